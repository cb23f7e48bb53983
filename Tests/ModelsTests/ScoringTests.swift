import Connectivity
import Estimation
import Models
import ServerForTests
import Testing
import Values
import Compiler

/// A model scored by a query is the model scored by the library: the raw score to the last bit,
/// what is behind the link to a millionth of a millionth. The library is what is compared with;
/// that it is right is tested in `EstimationTests`.
@Suite("Scores by queries", .serialized)
struct ScoringTests {
  static let kinds: [EngineKind] =
    [.duckDB] + (PostgreSQLServer.shared.map { [.postgreSQL($0.address)] } ?? [])

  /// Servers refuse to leave the range of floats at either end.
  private static func extreme(_ kind: EngineKind) -> Double {
    if case .duckDB = kind { .greatestFiniteMagnitude } else { 1e100 }
  }

  private static let training = ProbeRow.training(400, seed: 11)

  private static func numbers(seed: UInt64) -> [Double] {
    var draws = Draws(seed: seed)
    return training.map { row in
      let gap = row.gap ?? 1
      return 1 + 0.7 * (row.x ?? 0) + 0.2 * gap + (row.plan == "b" ? 1 : 0) + draws.normal() / 3
    }
  }

  private static func classes(_ count: Int, seed: UInt64) -> Target {
    let cuts = count == 2 ? [1.2] : [0.7, 1.8]
    return .classes(
      codes: numbers(seed: seed).map { value in Int32(cuts.count { value > $0 }) },
      labels: count == 2 ? ["false", "true"] : ["low", "it's", "high"])
  }

  private static func model(
    _ estimator: Estimator, _ target: Target, _ arguments: [String: ArgumentValue] = [:],
    formula: Formula = Formula(columns: ["x", "gap", "flag", "plan", "day"]),
    calibration: Calibration.Kind? = nil
  ) throws -> Model {
    var request = TrainingRequest(estimator, formula, frame: training.frame, target: target)
    request.arguments = arguments
    request.calibration = calibration
    request.libraries = DriverLocations.current().engineFolders
    request.seed = 5
    return try Model.train(request)
  }

  private func compare(
    _ model: Model, _ estimator: Estimator, _ kind: EngineKind, _ nearness: Nearness,
    cuts: [Double] = []
  ) throws {
    let rows = ProbeRow.edges(
      cuts: cuts + [0.5, 2, -0.3], extreme: Self.extreme(kind), seed: 3)
    let answer: ModelAnswer =
      switch model.task {
      case .classification(let labels): labels.count == 2 ? .probability : .classes
      case .regression: .number
      case .ranking: .rank
      case .survival: .risk
      }
    let found = try ScoringRun(kind).answers(model, estimator, answer, rows)
    let wanted = try model.scores(rows.frame)
    var wrong: [String] = []
    for row in rows.indices {
      if answer == .classes {
        let chances = (0..<3).map { wanted[$0 * rows.count + row] }
        // Where no class has a score there is no list.
        if found[1][row] == .null, chances.allSatisfy(\.isNaN) { continue }
        guard case .list(let list) = found[1][row], list.count == 3,
          !list.allSatisfy({ $0 == .null }),
          zip(list, chances).allSatisfy({ nearness.holds($0, $1) })
        else {
          wrong.append("\(rows[row]): \(found[1][row]), not \(chances)")
          continue
        }
      } else if !nearness.holds(found[0][row], wanted[row]) {
        wrong.append("\(rows[row]): \(found[0][row]), not \(wanted[row])")
      }
    }
    #expect(wrong.isEmpty, "\(estimator.name), \(wrong.count) of \(rows.count): \(wrong.prefix(3))")
    for (line, own) in try zip(model.outputs(rows.frame), found.dropFirst()) {
      #expect(zip(own, line).allSatisfy { nearness.holds($0, $1) })
    }
  }

  @Test("Random trees, every kind of decision", arguments: kinds, [1, 2, 3, 4] as [UInt64])
  func trees(_ kind: EngineKind, seed: UInt64) throws {
    let learned = try Preparation.learn(
      Formula(columns: ["x", "gap", "flag", "plan", "day"]), from: Self.training.frame,
      encoding: .codes
    ).preparation
    let text = RandomTrees.text(
      60, outputs: 1, objective: "regression", isAveraged: seed % 2 == 0, seed: seed)
    let fitted = try TreeModel(
      features: learned.features.map(\.name), text: text, summary: [], curve: [])
    var model = try Self.model(.baseline, .numbers(Self.numbers(seed: 1)))
    model.preparation = learned
    model.fitted = fitted
    let cuts = fitted.trees.trees.flatMap { tree in
      zip(tree.features, tree.thresholds).filter { $0.0 < 2 }.map(\.1)
    }
    try compare(model, .boostedTrees, kind, .bits, cuts: cuts)
  }

  @Test("Trained trees and forests", arguments: kinds)
  func trained(_ kind: EngineKind) throws {
    let numbers = Target.numbers(Self.numbers(seed: 1))
    for (estimator, target, nearness) in [
      (Estimator.boostedTrees, numbers, Nearness.bits), (.randomForest, numbers, .bits),
      (.boostedTrees, Self.classes(2, seed: 1), .relative(1e-12)),
      (.randomForest, Self.classes(2, seed: 1), .relative(1e-12)),
      (.boostedTrees, Self.classes(3, seed: 1), .relative(1e-12)),
    ] {
      let model = try Self.model(estimator, target, ["rounds": .number(20)])
      guard case .trees(let trees) = model.fitted.scoring else {
        Issue.record("no trees")
        return
      }
      let cuts = trees.trees.flatMap { tree in
        zip(tree.features, tree.thresholds).filter { $0.0 < 2 && abs($0.1) < 1e300 }.map(\.1)
      }
      try compare(model, estimator, kind, nearness, cuts: cuts)
    }
  }

  @Test("The text taken elsewhere runs in an engine without Whom's functions", arguments: kinds)
  func elsewhere(_ kind: EngineKind) throws {
    let numbers = Target.numbers(Self.numbers(seed: 2))
    let rows = ProbeRow.edges(cuts: [0.5, 2, -0.3], extreme: Self.extreme(kind), seed: 3)
    for (estimator, target, nearness) in [
      (Estimator.linear, numbers, Nearness.bits), (.boostedTrees, numbers, .bits),
      (.logistic, Self.classes(2, seed: 1), .relative(1e-12)),
    ] {
      let model = try Self.model(estimator, target)
      let answer: ModelAnswer = nearness == .bits ? .number : .probability
      let found = try ScoringRun(kind).answersElsewhere(model, estimator, answer, rows)
      let wanted = try model.scores(rows.frame)
      #expect(found.count == wanted.count)
      #expect(
        zip(found, wanted).allSatisfy { nearness.holds($0, $1) }, "\(estimator.name)")
    }
  }

  @Test("Linear models: gaps, levels, dates, products", arguments: kinds)
  func linear(_ kind: EngineKind) throws {
    let numbers = Target.numbers(Self.numbers(seed: 2))
    try compare(Self.model(.linear, numbers), .linear, kind, .bits)
    let products = Formula([["x"], ["plan"], ["x", "plan"], ["gap", "flag"], ["x", "day"]])
    try compare(Self.model(.linear, numbers, formula: products), .linear, kind, .bits)
    let bare = Formula([["plan"], ["x"]], hasIntercept: false)
    try compare(Self.model(.linear, numbers, formula: bare), .linear, kind, .bits)
    try compare(
      Self.model(.elasticNet, numbers), .elasticNet, kind, .bits)
  }

  @Test("Links", arguments: kinds, ["identity", "log", "logit", "cloglog"])
  func links(_ kind: EngineKind, link: String) throws {
    let counts = Target.numbers(Self.numbers(seed: 3).map { max(0, $0.rounded()) })
    let family = link == "logit" || link == "cloglog" ? "binomial" : "poisson"
    let target = family == "binomial" ? Self.classes(2, seed: 3) : counts
    if link == "identity" {
      try compare(
        Self.model(.logistic, Self.classes(2, seed: 4)), .logistic, kind, .relative(1e-12))
      return
    }
    let model = try Self.model(
      .glm, target, ["family": .text(family), "link": .text(link)],
      formula: Formula(columns: ["x", "gap", "plan"]))
    try compare(model, .glm, kind, .relative(1e-12))
  }

  @Test("Scorecards with their points", arguments: kinds)
  func scorecard(_ kind: EngineKind) throws {
    let model = try Self.model(
      .scorecard, Self.classes(2, seed: 5), formula: Formula(columns: ["x", "gap", "flag", "plan"]))
    guard case .bins(_, let features, _) = model.fitted.scoring else {
      Issue.record("no bins")
      return
    }
    let cuts = features.flatMap(\.bins).compactMap { bin -> Double? in
      if case .between(_, let high) = bin.range, high.isFinite { high } else { nil }
    }
    try compare(model, .scorecard, kind, .relative(1e-12), cuts: cuts)
  }

  @Test("Naive Bayes of two and of three classes; the dummy", arguments: kinds, [2, 3])
  func bayes(_ kind: EngineKind, count: Int) throws {
    let classes = Self.classes(count, seed: 6)
    try compare(Self.model(.baseline, classes), .baseline, kind, .relative(1e-12))
    try compare(Self.model(.naiveBayes, classes), .naiveBayes, kind, .relative(1e-9))
  }

  @Test("Calibrated probabilities", arguments: kinds, Calibration.Kind.allCases)
  func calibrated(_ kind: EngineKind, _ calibration: Calibration.Kind) throws {
    let model = try Self.model(
      .logistic, Self.classes(2, seed: 7), formula: Formula(columns: ["x", "gap", "plan"]),
      calibration: calibration)
    try compare(model, .logistic, kind, .relative(1e-11))
  }

  @Test("Calibrated probabilities of three classes", arguments: kinds, Calibration.Kind.allCases)
  func calibratedClasses(_ kind: EngineKind, _ calibration: Calibration.Kind) throws {
    let model = try Self.model(
      .naiveBayes, Self.classes(3, seed: 7), formula: Formula(columns: ["x", "gap", "plan"]),
      calibration: calibration)
    try compare(model, .naiveBayes, kind, .relative(1e-9))
  }
}
