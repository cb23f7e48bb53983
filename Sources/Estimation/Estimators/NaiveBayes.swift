import Values

import Glibc

extension Estimator {
  /// Naive Bayes: normal numbers, counted categories (Hand and Yu 2001, "Idiot's Bayes").
  package static let naiveBayes = Estimator(
    name: "naive_bayes", summary: "naive Bayes: quick, many classes, few rows",
    parameters: [
      Parameter("smoothing", .number(0...1e6), .number(1), "rows added to each count (Laplace)")
    ],
    tasks: [.binary, .multiclass], encoding: .codes, needsFullRank: false,
    fit: { request throws(EstimationError) in try NaiveBayesModel(request) },
    decode: { node throws(EstimationError) in try NaiveBayesModel(node: node) })
}

/// For each class its share, and for each feature how its values spread within the class. A
/// missing value says nothing.
package struct NaiveBayesModel: FittedModel, Equatable {
  package var names: [String]
  /// Logarithms of the classes' shares.
  package var priors: [Double]
  package var spreads: [Spread]
  package var summary: [Statistic]

  package enum Spread: Sendable, Equatable {
    /// By class.
    case normal(means: [Double], variances: [Double])
    /// Logarithms of probabilities: by class, then by code.
    case counted([[Double]])
  }

  init(_ request: FitRequest) throws(EstimationError) {
    guard case .classes(let codes, let labels) = request.rows.target else { throw .noRows }
    let design = request.rows.design
    let weights = request.rows.weights ?? [Double](repeating: 1, count: codes.count)
    var shares = [Double](repeating: 0, count: labels.count)
    for (code, weight) in zip(codes, weights) { shares[Int(code)] += weight }
    let total = shares.reduce(0, +)
    if let empty = shares.firstIndex(of: 0) {
      throw .tooFewRows(rows: 0, needed: 1, why: "learning the class `\(labels[empty])`")
    }
    names = design.features.map(\.name)
    priors = shares.map { log($0 / total) }
    spreads = []
    let smoothing = request.arguments.number("smoothing") ?? 1
    for index in design.features.indices {
      let rows = ClassRows(
        values: design.column(index), codes: codes, weights: weights, classes: labels.count)
      if case .category(let levels) = design.features[index].kind {
        spreads.append(rows.counted(levels.count, smoothing))
      } else {
        spreads.append(try rows.normal(names[index]))
      }
    }
    summary = [Statistic("rows", Double(codes.count)), Statistic("classes", Double(labels.count))]
  }

  // MARK: Scores

  private var classes: Int { priors.count }

  /// The logarithm of how likely a value is within a class; 0 for a missing one.
  private func likelihood(_ feature: Int, _ value: Double, _ label: Int) -> Double {
    guard !value.isNaN else { return 0 }
    switch spreads[feature] {
    case .normal(let means, let variances):
      let distance = value - means[label]
      return -0.5 * (log(2 * .pi * variances[label]) + distance * distance / variances[label])
    case .counted(let logarithms):
      let code = Int(exactly: value) ?? -1
      return logarithms[label].indices.contains(code) ? logarithms[label][code] : 0
    }
  }

  private func check(_ design: Design) throws(EstimationError) {
    guard design.features.map(\.name) == names else {
      throw .unreadableModel("its features are not those of the rows")
    }
  }

  package func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double] {
    try check(design)
    let count = design.rowCount
    let parts = sharing.map(Pieces.count(count)) { piece in
      probabilities(design, Pieces.range(piece, of: count))
    }
    return (0..<(classes == 2 ? 1 : classes)).flatMap { label in
      parts.flatMap { $0[classes == 2 ? 1 : label] }
    }
  }

  /// For each class, of some of the rows.
  private func probabilities(_ design: Design, _ rows: Range<Int>) -> [[Double]] {
    var sums = priors.map { [Double](repeating: $0, count: rows.count) }
    for feature in names.indices {
      let read = design.reader(feature)
      let values = rows.map(read)
      for label in 0..<classes { add(feature, label, values, to: &sums[label]) }
    }
    for row in sums[0].indices {
      var top = sums[0][row]
      for label in 1..<classes { top = max(top, sums[label][row]) }
      var total = 0.0
      for label in 0..<classes {
        sums[label][row] = exp(sums[label][row] - top)
        total += sums[label][row]
      }
      for label in 0..<classes { sums[label][row] /= total }
    }
    return sums
  }

  private func add(_ feature: Int, _ label: Int, _ values: [Double], to sums: inout [Double]) {
    switch spreads[feature] {
    case .normal(let means, let variances):
      let (mean, variance) = (means[label], variances[label])
      let size = log(2 * .pi * variance)
      for (row, value) in values.enumerated() where !value.isNaN {
        sums[row] += -0.5 * (size + (value - mean) * (value - mean) / variance)
      }
    case .counted:
      for (row, value) in values.enumerated() { sums[row] += likelihood(feature, value, label) }
    }
  }

  /// The logarithm of the ratio of likelihoods, for each feature.
  package func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions? {
    guard classes == 2 else { return nil }
    try check(design)
    var values: [Double] = []
    for feature in names.indices {
      for value in design.column(feature) {
        values.append(likelihood(feature, value, 1) - likelihood(feature, value, 0))
      }
    }
    values += repeatElement(priors[1] - priors[0], count: design.rowCount)
    return Contributions(
      features: names, rowCount: design.rowCount, values: values, outputs: 1)
  }

  package var scoring: ScoringForm { .likelihoods(self) }

  // MARK: Keeping

  package var node: ModelNode {
    .fields([
      "names": .texts(names), "priors": .numbers(priors),
      "spreads": .list(
        spreads.map { spread in
          switch spread {
          case .normal(let means, let variances):
            .fields(["means": .numbers(means), "variances": .numbers(variances)])
          case .counted(let logarithms):
            .fields(["counted": .list(logarithms.map(ModelNode.numbers))])
          }
        }),
      "summary": .list(summary.map(\.node)),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    names = try node.field("names").texts()
    priors = try node.field("priors").finiteNumbers()
    spreads = []
    for item in try node.field("spreads").items() {
      if try item.fields().first?.name == "counted" {
        var rows: [[Double]] = []
        for row in try item.field("counted").items() { rows.append(try row.finiteNumbers()) }
        spreads.append(.counted(rows))
      } else {
        spreads.append(
          .normal(
            means: try item.field("means").finiteNumbers(),
            variances: try item.field("variances").finiteNumbers()))
      }
    }
    summary = try Statistic.list(node.field("summary"))
    guard names.count == spreads.count, priors.count > 1, spreads.allSatisfy(fits) else {
      throw .unreadableModel("its lists differ in length")
    }
  }

  private func fits(_ spread: Spread) -> Bool {
    switch spread {
    case .normal(let means, let variances):
      means.count == classes && variances.count == classes && variances.allSatisfy { $0 > 0 }
    case .counted(let rows): rows.count == classes
    }
  }

  package func flaw(in features: [Feature], _ task: Task) -> String? {
    guard features.map(\.name) == names else { return Self.otherFeatures }
    guard case .classification(let labels) = task, labels.count == classes else {
      return "it has another number of classes"
    }
    let fits = zip(features, spreads).allSatisfy { feature, spread in
      switch (feature.kind, spread) {
      case (.category(let levels), .counted(let rows)):
        rows.allSatisfy { $0.count == levels.count }
      case (.number, .normal), (.indicator, .normal): true
      case (.category, .normal), (.intercept, _), (.number, _), (.indicator, _): false
      }
    }
    return fits ? nil : "what it learned of a feature is of another kind"
  }
}

/// One feature's values with the classes of their rows.
private struct ClassRows {
  let values: [Double]
  let codes: [Int32]
  let weights: [Double]
  let classes: Int

  private func eachKnown(_ body: (Double, Int, Double) -> Void) {
    for (row, value) in values.enumerated() where !value.isNaN {
      body(value, Int(codes[row]), weights[row])
    }
  }

  func counted(_ levels: Int, _ smoothing: Double) -> NaiveBayesModel.Spread {
    var counts = [[Double]](
      repeating: [Double](repeating: smoothing, count: levels), count: classes)
    eachKnown { value, label, weight in
      let code = Int(exactly: value) ?? -1
      if (0..<levels).contains(code) { counts[label][code] += weight }
    }
    return .counted(
      counts.map { row in
        let total = row.reduce(0, +)
        return row.map { total > 0 ? log(max($0, 1e-300) / total) : 0 }
      })
  }

  /// Two passes; a billionth of the feature's own variance is added, so that a class of equal
  /// values stays possible.
  func normal(_ name: String) throws(EstimationError) -> NaiveBayesModel.Spread {
    var sums = [Double](repeating: 0, count: classes)
    var totals = sums
    eachKnown { value, label, weight in
      sums[label] += weight * value
      totals[label] += weight
    }
    let all = totals.reduce(0, +)
    let overall = sums.reduce(0, +) / max(all, 1e-300)
    let means = zip(sums, totals).map { $1 > 0 ? $0 / $1 : overall }
    var squares = [Double](repeating: 0, count: classes)
    var whole = 0.0
    eachKnown { value, label, weight in
      squares[label] += weight * (value - means[label]) * (value - means[label])
      whole += weight * (value - overall) * (value - overall)
    }
    guard whole.isFinite else { throw .extremeValues("`\(name)`") }
    let least = max(1e-9 * whole / max(all, 1e-300), 1e-300)
    let variances = zip(squares, totals).map { ($1 > 0 ? $0 / $1 : whole / all) + least }
    return .normal(means: means, variances: variances)
  }
}
