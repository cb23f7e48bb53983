import Compiler
import Connectivity
import Diagnostics
import Engine
import Glibc
import ServerForTests
import Testing
import Values

/// What the engine gives is what the language's documents say: each expression is worked out a
/// second time, by a small interpreter that knows no SQL, on rows with nothing, something and
/// everything missing.
@Suite("Random expressions against an interpreter")
struct InterpreterTests {
  private static let seed: UInt64 =
    getenv("WHOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_250_630
  private static let perQuery = 40

  @Test("10,000 expressions on three rows each")
  func agree() {
    compare(10_000, Session(Session.Options(now: 0)))
  }

  /// What the server cannot do is refused with a code of its own, of few of them.
  @Test("2,000 expressions on PostgreSQL", .enabled(if: PostgreSQLServer.shared != nil))
  func agreeOnServer() throws {
    var options = Session.Options(now: 0)
    options.engine.kind = .postgreSQL(try #require(PostgreSQLServer.shared).address)
    compare(2_000, Session(options))
  }

  private func compare(_ count: Int, _ session: Session) {
    var generator = ExpressionGenerator(seed: Self.seed)
    var (compared, bad, refused) = (0, 0, 0)
    while compared < count, bad < 10 {
      let rows = ExpressionRows(&generator)
      let expressions = defined(rows, &generator)
      compared += expressions.count
      bad += disagreements(expressions, rows, session, &refused)
    }
    #expect(refused * 20 <= compared, "\(refused) of \(compared) expressions are refused")
  }

  /// The functions that no second way of working out is here for, with the reason.
  private static let excluded: [String: String] = [
    "pseudonym": "needs a secret of the environment: tested end to end"
  ]

  @Test("Each scalar function is in the interpreter, or left out for a stated reason")
  func complete() {
    let known = Set(Reference.all.map(\.name)).union(Self.excluded.keys)
    let scalar = BuiltinFunction.all.filter { function in
      function.overloads.contains {
        switch $0.form {
        case .scalar, .host, .constant: true
        case .aggregate, .twoPass, .ranking, .looking: false
        }
      }
    }
    #expect(scalar.map(\.name).filter { !known.contains($0) } == [])
  }

  /// Expressions with a value on every row.
  private func defined(
    _ rows: ExpressionRows, _ generator: inout ExpressionGenerator
  ) -> [(Expression, [Value])] {
    var found: [(Expression, [Value])] = []
    while found.count < Self.perQuery {
      let expression = generator.expression()
      let values = try? rows.rows.map { row in
        try Interpreter(row: row.mapValues(\.value)).value(expression)
      }
      if let values { found.append((expression, values)) }
    }
    return found
  }

  /// How many of them the engine sees otherwise.
  private func disagreements(
    _ expressions: [(Expression, [Value])], _ rows: ExpressionRows, _ session: Session,
    _ refused: inout Int
  ) -> Int {
    do throws(Diagnostic) {
      let columns = try run(expressions.map(\.0), rows, session)
      var bad = 0
      for ((expression, wanted), got) in zip(expressions, columns) {
        guard !zip(wanted, got).allSatisfy(Self.same) || got.count != wanted.count else { continue }
        Issue.record(
          "seed \(Self.seed): \(expression.source)\n\(rows.source)\nwanted \(wanted)\ngot    \(got)"
        )
        bad += 1
      }
      return bad
    } catch {
      guard expressions.count > 1 else {
        if error.code == .notOnEngine {
          refused += 1
          return 0
        }
        Issue.record(
          "seed \(Self.seed): \(expressions[0].0.source)\n\(rows.source)\nwanted \(expressions[0].1)\n\(error)"
        )
        return 1
      }
      return expressions.reduce(0) { $0 + disagreements([$1], rows, session, &refused) }
    }
  }

  private func run(
    _ expressions: [Expression], _ rows: ExpressionRows, _ session: Session
  ) throws(Diagnostic) -> [[Value]] {
    let items = expressions.enumerated().map { "e\($0) = \($1.source)" }
    let program = "\(rows.source)\n| derive \(items.joined(separator: ",\n  "))\n| sort n"
    let checked = session.check(session.add(name: "random.whom", text: program))
    if let error = checked.diagnostics.first(where: { $0.severity == .error }) { throw error }
    guard let statement = checked.statements.first,
      case .table(let table, _)? = try session.run(statement, rows: 10).first
    else { return [] }
    return Array(table.columns.suffix(expressions.count))
  }

  private static func same(_ a: Value, _ b: Value) -> Bool {
    if case .list(let x) = a, case .list(let y) = b {
      return x.count == y.count && zip(x, y).allSatisfy(same)
    }
    guard let x = a.number, let y = b.number else { return a == b }
    return x == y || abs(x - y) <= 1e-12 * max(abs(x), abs(y))
  }
}
