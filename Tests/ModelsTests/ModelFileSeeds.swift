import Compiler
import Connectivity
import Diagnostics
import Estimation
import Models
import Syntax
import Values

/// A small document of every estimator and every task that it learns.
enum ModelFileSeeds {
  struct Seed: Sendable {
    var name: String
    var text: String
    var bytes: [UInt8]
  }

  static let rows = ProbeRow.training(200, seed: 41)
  private static let names = ["x", "gap", "flag", "plan", "day"]
  private static let types: [DataType] = [.float, .float, .bool, .text, .date]

  /// Reads the text of an input as the registry does, but for what it allows.
  static func expression(_ text: String) -> Expr? {
    let file = SourceFile(id: FileID(0), name: "<model>", text: text)
    let (expr, findings) = Parser.parseExpression(file, range: file.whole)
    return findings.isEmpty ? expr : nil
  }

  static func all() throws -> [Seed] {
    try Estimator.all.flatMap { estimator in
      try estimator.tasks.flatMap { task in try seeds(estimator, task) }
    }
  }

  private static func seeds(_ estimator: Estimator, _ task: TaskKind) throws -> [Seed] {
    var request = TrainingRequest(
      estimator, Formula([["x"], ["gap"], ["flag"], ["plan"], ["day"], ["x", "plan"]]),
      frame: rows.frame, target: target(task))
    for (name, value) in [("rounds", 4.0), ("leaves", 5), ("folds", 3), ("steps", 5)]
    where estimator.parameters.contains(where: { $0.name == name }) {
      request.arguments[name] = .number(value)
    }
    if estimator.name == "glm" {
      request.arguments["family"] = .text(task == .binary ? "binomial" : "gaussian")
    }
    if task == .ranking { request.groups = rows.indices.map { Int32($0 / 8) } }
    request.libraries = DriverLocations.current().engineFolders
    var found = [try seed(Model.train(request), estimator, task)]
    if task == .binary, estimator.name == "logistic" {
      for kind in Calibration.Kind.allCases {
        request.calibration = kind
        found.append(try seed(Model.train(request), estimator, task))
      }
    }
    return found
  }

  private static func target(_ task: TaskKind) -> Target {
    var draws = Draws(seed: 7)
    let values = rows.map { row in
      draws.normal() + (row.x ?? 0) + (row.plan == "b" ? 1 : 0) + (row.gap ?? 0) / 8
        + Double((row.day ?? 0) % 7) / 4
    }
    return switch task {
    case .regression: .numbers(values.map { max(0, ($0 + 3).rounded()) })
    case .binary:
      .classes(codes: values.map { $0 > 0.7 ? 1 : 0 }, labels: ["false", "true"])
    case .survival: .survival(times: values.map { abs($0) + 0.1 }, events: values.map { $0 > 0 })
    case .multiclass:
      .classes(codes: values.map { $0 > 1.4 ? 2 : $0 > 0 ? 1 : 0 }, labels: ["a", "b", "c"])
    case .ranking: .relevance(values.map { Int32(max(0, min(4, $0 + 1))) })
    }
  }

  private static func input(_ text: String, _ type: DataType) -> ModelInput {
    ModelInput(
      text: text, type: type, expr: Expr(.missing, Span(file: FileID(0), start: 0, end: 0)))
  }

  private static func seed(
    _ model: Model, _ estimator: Estimator, _ task: TaskKind
  ) throws -> Seed {
    let answer: ModelAnswer =
      switch task {
      case .regression: .number
      case .binary: .probability
      case .multiclass: .classes
      case .ranking: .rank
      case .survival: .risk
      }
    let isGrouped = estimator.name == "linear" || estimator.name == "naive_bayes"
    let shape = ModelShape(
      estimator: estimator.signature, answer: answer, target: input("y", .float),
      features: zip(names, types).map(input), terms: names.map { [$0] } + [["x", "plan"]],
      hasIntercept: true,
      roles: estimator.roles.contains { $0.kind == .group } ? ["group": input("g", .int)] : [:],
      keys: isGrouped ? [input("plan", .text), input("k", .int)] : [],
      searched: [Column("rounds", ValueType(.int)), Column("l2", ValueType(.float))])
    let trials = [
      try Tuning.Trial(
        node: .fields([
          "number": .number(1), "value": .number(0.25), "failure": .nothing,
          "arguments": .fields(["rounds": .number(4), "l2": .number(0.5)]),
        ]))
    ]
    let metrics = [
      try MetricRow(
        node: .fields([
          "metric": .text("rmse"), "value": .number(0.5), "low": .number(0.4),
          "high": .nothing, "rows": .number(200),
        ]))
    ]
    let keys: [[Value]] = isGrouped ? [[.text("a"), .int(1)], [.null, .int(2)]] : [[]]
    let trained = TrainedModel(
      shape: shape,
      members: keys.map {
        .init(
          keys: $0, model: model, metrics: metrics, isCrossValidated: true, trials: trials, best: 1)
      },
      history: ModelHistory(
        formula: "y ~ x", settings: ["seed 1"], rows: 200, seed: 1, protected: [], notices: ["n"]))
    let data = TrainingData(
      fingerprint: "00", rows: 200, keys: [Column("id", ValueType(.int))],
      labels: ["x": LabelSet()])
    return Seed(
      name: "\(estimator.name) \(task)", text: ModelDocument(trained, data).encoded,
      bytes: model.bytes)
  }
}
