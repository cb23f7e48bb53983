import Columnar
import Compiler
import Connectivity
import Diagnostics
import Engine
import Estimation
import Models
import SQLGeneration
import SQLTree
import Syntax
import Testing
import Values

/// Scores rows by a query on an engine and by the library.
struct ScoringRun {
  let engine: EngineHandle
  private let kind: EngineKind
  let isServer: Bool

  init(_ kind: EngineKind) {
    engine = EngineHandle(EngineHandle.Options(kind: kind))
    self.kind = kind
    isServer = kind != .duckDB
  }

  private static let span = Span(file: FileID(0), start: 0, end: 0)
  private static let types: [DataType] = [.float, .float, .bool, .text, .date]
  private static let names = ["x", "gap", "flag", "plan", "day"]

  private static func input(_ text: String, _ type: DataType) -> ModelInput {
    ModelInput(text: text, type: type, expr: Expr(.missing, span))
  }

  static func shape(_ estimator: Estimator, _ answer: ModelAnswer) -> ModelShape {
    ModelShape(
      estimator: estimator.signature, answer: answer, target: input("y", .float),
      features: zip(names, types).map(input), terms: [], hasIntercept: true, roles: [:], keys: [],
      searched: [])
  }

  /// The plan that stands for `predict` over a table, and the one that scores there.
  private func plans(
    _ model: Model, _ estimator: Estimator, _ answer: ModelAnswer, _ table: String
  ) throws -> (host: LogicalPlan, scored: LogicalPlan) {
    let shape = Self.shape(estimator, answer)
    let columns =
      [Column("id", ValueType(.int))]
      + Self.types.enumerated().map { Column("#feature\($0 + 1)", ValueType($1, nullable: true)) }
    let scan = LogicalPlan(
      .scan(Scan(path: [table])), schema: Schema(columns), facts: Facts(), span: Self.span)
    let outputs = shape.predictions(as: "p", reasons: 0)
    let step = HostStep(
      inputs: [], outputs: outputs, work: .predict(.trained(BindingID(1)), reasons: 0))
    let host = LogicalPlan(
      .host(scan, step), schema: Schema(columns + outputs), facts: Facts(), span: Self.span)
    let trained = TrainedModel(
      shape: shape,
      members: [.init(keys: [], model: model, metrics: [], isCrossValidated: false)],
      history: ModelHistory(
        formula: "", settings: [], rows: 0, seed: 0, protected: [], notices: []))
    return (host, try ModelScoring(trained, step, over: scan).plan(for: host))
  }

  /// The same by the text that is taken elsewhere, in an engine that knows nothing of Whom.
  func answersElsewhere(
    _ model: Model, _ estimator: Estimator, _ answer: ModelAnswer, _ rows: [ProbeRow]
  ) throws -> [Value] {
    let (_, scored) = try plans(model, estimator, answer, "probe")
    let bare = try Database(
      driver: Driver(loading: DriverLocations.current().library(of: kind)),
      settings: EngineSettings(engine: kind))
    let query = PlanLowering(engine.dialect).query(scored, ordered: false)
    let printer = SQLPrinter(engine.dialect)
    for statement in rows.statement("probe").split(separator: ";") {
      try bare.execute(String(statement))
    }
    defer { _ = try? bare.execute("drop table probe") }
    for definition in printer.definitions(for: [query]) { try bare.execute(definition) }
    let stream = try bare.query(printer.print(query))
    defer { stream.close() }
    let place = try #require(scored.schema.columns.firstIndex { $0.name == "p" })
    var found: [(Int64, Value)] = []
    while let batch = try stream.next() {
      let ids = try batch.values(column: 0, as: .int)
      let values = try batch.values(column: place, as: scored.schema.columns[place].type.base)
      found += zip(ids.map(Self.id), values)
    }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The answers of the query in the order of the rows, column by column.
  func answers(
    _ model: Model, _ estimator: Estimator, _ answer: ModelAnswer, _ rows: [ProbeRow]
  ) throws -> [[Value]] {
    let (_, scored) = try plans(model, estimator, answer, "probe")
    let database = try engine.database()
    for statement in rows.statement("probe").split(separator: ";") {
      try database.execute(String(statement))
    }
    defer { _ = try? database.execute("drop table probe") }
    let query = PlanLowering(engine.dialect).query(scored, ordered: false)
    let stream = try database.query(engine.prepared(.query(query)))
    defer { stream.close() }
    let places = scored.schema.columns.indices.filter {
      !scored.schema.columns[$0].name.hasPrefix("#")
    }
    var columns: [[Value]] = places.map { _ in [] }
    while let batch = try stream.next() {
      for (index, place) in places.enumerated() {
        columns[index] += try batch.values(
          column: place, as: scored.schema.columns[place].type.base)
      }
    }
    let order = columns[0].indices.sorted { Self.id(columns[0][$0]) < Self.id(columns[0][$1]) }
    return columns.dropFirst().map { column in order.map { column[$0] } }
  }

  private static func id(_ value: Value) -> Int64 {
    if case .int(let id) = value { id } else { -1 }
  }
}

/// How near two numbers are: the same bits, or to within a part of their size.
enum Nearness: Equatable {
  case bits
  case relative(Double)

  func holds(_ found: Value, _ wanted: Double) -> Bool {
    guard wanted.isFinite else { return found == .null }
    guard case .float(let number) = found else { return false }
    switch self {
    case .bits: return number.bitPattern == wanted.bitPattern
    case .relative(let part):
      return number == wanted || abs(number - wanted) <= part * abs(wanted)
    }
  }
}
