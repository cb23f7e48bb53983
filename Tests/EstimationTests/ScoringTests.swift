import Estimation
import Glibc
import Testing
import Values

/// What a model says of itself is enough to compute it elsewhere, to the last bit of raw scores.
@Suite("Scores by a model's own description")
struct ScoringTests {
  private func model(
    _ estimator: Estimator, _ arguments: [String: ArgumentValue] = [:]
  ) throws -> (Model, Frame) {
    let (frame, signal) = TreeTests.rows(500, seed: 41)
    var request = TrainingRequest(
      estimator, Formula(columns: ["x", "gaps", "plan", "flag"]), frame: frame,
      target: .flags(TreeTests.outcomes(signal, seed: 42)))
    request.libraries = engineFolders
    if estimator.name == "boosted_trees" { request.arguments["rounds"] = .number(20) }
    request.arguments.merge(arguments) { $1 }
    return (try Model.train(request), frame)
  }

  /// A feature of a row, by the products of the preparation alone.
  private func value(_ product: Preparation.Product, _ model: Model, _ frame: Frame, _ row: Int)
    throws -> Double
  {
    var result = 1.0
    for basis in product.bases {
      let column = model.preparation.columns[basis.column]
      let number: Double
      switch (basis.step, column.kind, try frame.column(column.name).values) {
      case (.number(let missing, let origin, let scale), _, .numbers(let values)):
        number = values[row].isNaN ? missing : (values[row] - origin) / scale
      case (.number(let missing, _, _), _, .booleans(let flags)):
        number = flags[row] < 0 ? missing : Double(flags[row])
      case (.isMissing, _, .numbers(let values)): number = values[row].isNaN ? 1 : 0
      case (.level(let level, let share), .category(let levels), .categories(let codes, let names)):
        let code = codes[row]
        let place = code < 0 ? levels.missing : levels.names.firstIndex(of: names[Int(code)])
        number = place.map { $0 == level ? 1 : 0 } ?? share
      default:
        Issue.record("a step that these columns do not need")
        number = .nan
      }
      result *= number
    }
    return result
  }

  @Test("Linear: each product and each sum rounded by itself")
  func linear() throws {
    let (model, frame) = try model(.logistic)
    guard case .linear(let coefficients, let link) = model.fitted.scoring else {
      Issue.record("another form")
      return
    }
    let scores = try model.scores(frame)
    for row in 0..<frame.rowCount {
      var sum = 0.0
      for (coefficient, product) in zip(coefficients, model.preparation.products) {
        let term = coefficient * (try value(product, model, frame, row))
        sum += term
      }
      #expect(link.mean(sum).bitPattern == scores[row].bitPattern)
    }
  }

  @Test("Bins")
  func bins() throws {
    let (model, frame) = try model(.scorecard)
    guard case .bins(let start, let features, let link) = model.fitted.scoring else {
      Issue.record("another form")
      return
    }
    let design = try model.preparation.design(frame)
    let scores = try model.scores(frame)
    for row in 0..<frame.rowCount {
      var sum = start
      for feature in features {
        let place = try #require(design.features.firstIndex { $0.name == feature.name })
        sum += points(feature, design.features[place], design[row, place])
      }
      #expect(link.mean(sum).bitPattern == scores[row].bitPattern)
    }
  }

  private func points(_ feature: BinnedFeature, _ of: Feature, _ value: Double) -> Double {
    var last = feature.otherPoints
    for bin in feature.bins {
      switch bin.range {
      case .missing: if value.isNaN { return bin.points }
      case .levels(let names):
        if case .category(let levels) = of.kind, !value.isNaN, names.contains(levels[Int(value)]) {
          return bin.points
        }
      case .between(_, let high):
        if value < high { return bin.points }
        if !value.isNaN { last = bin.points }
      }
    }
    return last
  }

  @Test("Likelihoods of classes")
  func likelihoods() throws {
    let (model, frame) = try model(.naiveBayes)
    guard case .likelihoods(let bayes) = model.fitted.scoring else {
      Issue.record("another form")
      return
    }
    let (priors, spreads) = (bayes.priors, bayes.spreads)
    let design = try model.preparation.design(frame)
    let scores = try model.scores(frame)
    for row in 0..<frame.rowCount {
      let sums = priors.indices.map { label in
        spreads.indices.reduce(priors[label]) { sum, place in
          let value = design[row, place]
          guard !value.isNaN else { return sum }
          switch spreads[place] {
          case .counted(let logarithms): return sum + logarithms[label][Int(value)]
          case .normal(let means, let variances):
            let distance = value - means[label]
            return sum - 0.5
              * (log(2 * .pi * variances[label]) + distance * distance / variances[label])
          }
        }
      }
      #expect(abs(1 / (1 + exp(sums[0] - sums[1])) - scores[row]) < 1e-12)
    }
  }

  @Test("Trees walked one by one, and batches of any size", arguments: [1, 7, 500])
  func trees(batch: Int) throws {
    let (model, frame) = try model(.boostedTrees)
    guard case .trees(let ensemble) = model.fitted.scoring else {
      Issue.record("another form")
      return
    }
    let design = try model.preparation.design(frame)
    let whole = try model.scores(frame, threads: 2)
    for start in stride(from: 0, to: frame.rowCount, by: batch) {
      let rows = Array(start..<min(frame.rowCount, start + batch))
      #expect(try model.scores(frame.rows(rows), threads: 1) == rows.map { whole[$0] })
    }
    try check(whole, ensemble, design)
  }

  /// Up to 32 and up to 64 leaves go by masks of that many bits, more are walked.
  @Test(
    "Trees of any size come to the leaf that a walk comes to", arguments: [2, 20, 32, 33, 64, 65])
  func treesOfAnySize(leaves: Int) throws {
    let (model, frame) = try model(
      .boostedTrees, ["leaves": .number(Double(leaves)), "least_rows": .number(1)])
    guard case .trees(let ensemble) = model.fitted.scoring else {
      Issue.record("another form")
      return
    }
    #expect(ensemble.trees.map(\.leafValues.count).max() == leaves)
    if leaves > 2 {
      #expect(ensemble.trees.contains { $0.decisions.contains(where: \.isCategory) })
    }
    try check(
      try model.scores(frame, threads: 2), ensemble, try model.preparation.design(frame))
  }

  /// Against a walk from node to node.
  private func check(_ scores: [Double], _ ensemble: TreeEnsemble, _ design: Design) throws {
    for row in 0..<design.rowCount {
      var sum = 0.0
      for tree in ensemble.trees {
        var node = 0
        while node >= 0 { node = tree.next(node, design[row, tree.features[node]]) }
        sum += tree.leafValues[~node]
      }
      #expect(Link.logistic(sum).bitPattern == scores[row].bitPattern)
    }
  }
}
