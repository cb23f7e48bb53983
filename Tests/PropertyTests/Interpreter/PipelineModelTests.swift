import Connectivity
import Diagnostics
import Engine
import Glibc
import ServerForTests
import Testing
import Values

/// Whole pipelines give the rows that working them out on paper gives, stage by stage.
@Suite("Random pipelines against rows worked out stage by stage")
struct PipelineModelTests {
  private static let seed: UInt64 =
    getenv("WHOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_250_630

  @Test("1,500 pipelines of one to six stages")
  func agree() { compare(1_500, Session(Session.Options(now: 0))) }

  @Test("300 of them on PostgreSQL", .enabled(if: PostgreSQLServer.shared != nil))
  func agreeOnAServer() throws {
    var options = Session.Options(now: 0)
    options.engine.kind = .postgreSQL(try #require(PostgreSQLServer.shared).address)
    compare(300, Session(options))
  }

  private func compare(_ count: Int, _ session: Session) {
    var generator = ExpressionGenerator(seed: Self.seed)
    var bad = 0
    for _ in 1...count where bad < 8 {
      var model = PipelineModel(generator, ExpressionRows(&generator, copies: 4, huge: []))
      model.grow(generator.number(1...6))
      generator.random = model.generator.random
      generator.columns = ExpressionGenerator(seed: 0).columns
      bad += check(model, session) ? 0 : 1
    }
  }

  private func check(_ model: PipelineModel, _ session: Session) -> Bool {
    do throws(Diagnostic) {
      let file = session.add(name: "random.whom", text: model.source)
      let checked = session.check(file)
      if let error = checked.diagnostics.first(where: { $0.severity == .error }) { throw error }
      guard let statement = checked.statements.first,
        case .table(let table, _)? = try session.run(statement, rows: 1000).first
      else { return false }
      return same(model, table)
    } catch  where error.code == .conversionFailed || error.code == .notOnEngine {
      // An engine may work out rows that a condition leaves out, and meet a day there is none of.
      return true
    } catch {
      Issue.record("seed \(Self.seed)\n\(model.source)\n\(error)")
      return false
    }
  }

  private func same(_ model: PipelineModel, _ table: ResultTable) -> Bool {
    let names = table.schema.columns.map(\.name)
    let got = (0..<table.rowCount).map { row in
      names.indices.map { table.columns[$0][row] }
    }
    let wanted = model.relation.rows.map { row in names.map { row[$0] ?? .null } }
    let isSorted = model.relation.isSorted
    let (a, b) = isSorted ? (got, wanted) : (Self.ordered(got), Self.ordered(wanted))
    let isSame =
      Set(names) == Set(model.relation.columns.map(\.name)) && a.count == b.count
      && zip(a, b).allSatisfy { zip($0, $1).allSatisfy(Self.same) }
    if !isSame {
      Issue.record("seed \(Self.seed)\n\(model.source)\n\(names)\nwanted \(b)\ngot    \(a)")
    }
    return isSame
  }

  private static func ordered(_ rows: [[Value]]) -> [[Value]] {
    rows.map { ($0, "\($0.map(rough))") }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// So that floats that differ in their last digit sort alike.
  private static func rough(_ value: Value) -> String {
    guard case .float(let x) = value else { return "\(value)" }
    return "\(Float(x) == 0 ? 0 : Float(x))"
  }

  private static func same(_ a: Value, _ b: Value) -> Bool {
    guard let x = a.number, let y = b.number else { return a == b }
    return x == y || abs(x - y) <= 1e-12 * max(abs(x), abs(y))
  }
}
