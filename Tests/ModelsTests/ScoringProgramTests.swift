import Columnar
import Compiler
import Diagnostics
import Engine
import Models
import Testing
import Values

/// Programs whose models score by a query give what they give by the library: groups, offsets, and
/// what no query can say and goes back to the library.
@Suite("Programs that score by queries", .serialized)
struct ScoringProgramTests {
  private static let rows = """
    let data = (rows [{n: list_range(1, 300)}] | unnest n
      | derive a = 1.0 * (n * 7 - n * 7 // 11 * 11), b = 1.0 * (n * 5 - n * 5 // 13 * 13),
        g = if n // 3 * 3 == n then "x" else "y", size = 1 + n // 100
      | derive y = a + 0.3 * b + 0.5 * (n * 3 - n * 3 // 7 * 7), c = n - n // 4 * 4)

    """

  private func cells(_ program: String, byQuery: Bool) throws -> (rows: [[Value]], sql: String) {
    var options = Session.Options(now: 0)
    options.alwaysScoresByQuery = byQuery
    let session = Session(options)
    let checked = session.check(session.add(name: "case.whom", text: Self.rows + program))
    try #require(!checked.hasErrors, "\(checked.diagnostics.map(\.title))")
    var table: ResultTable?
    var sql = ""
    for statement in checked.statements {
      for result in try session.run(statement) {
        if case .table(let found, _) = result { table = found }
      }
      if let plan = statement.steps.flatMap(\.plans).last { sql = session.sql(of: plan) }
    }
    let columns = try #require(table).columns
    return (columns.first.map { $0.indices.map { row in columns.map { $0[row] } } } ?? [], sql)
  }

  private func compare(_ program: String) throws -> (rows: [[Value]], sql: String) {
    let asked = try cells(program, byQuery: true)
    let known = try cells(program, byQuery: false)
    #expect(asked.rows.count == known.rows.count && !asked.rows.isEmpty)
    for (a, b) in zip(asked.rows, known.rows) {
      for (one, other) in zip(a, b) { #expect(Self.agree(one, other), "\(one) \(other)") }
    }
    return asked
  }

  private static func agree(_ a: Value, _ b: Value) -> Bool {
    guard case .float(let x) = a, case .float(let y) = b else { return a == b }
    return abs(x - y) <= 1e-12 * max(1, abs(y))
  }

  @Test("One model for each group, and none for a group that training did not see")
  func groups() throws {
    let found = try compare(
      """
      let m = data | where size == 1 or size == 3 | train y ~ a + b using linear by g, size
      data | sort n | predict m as p | select n, g, size, p
      """)
    #expect(found.sql.contains("when \"#model\" = 0 then"))
    #expect(found.rows.contains { $0[2] == .int(2) && $0[3] == .null })
    #expect(found.rows.contains { $0[2] == .int(1) && $0[3] != .null })
  }

  @Test("An offset is added, for a linear predictor and for trees of counts")
  func offset() throws {
    let found = try compare(
      """
      let m = data | train c ~ a + g using glm(family = "poisson", offset = log(size))
      data | sort n | predict m as p | derive rate = p / size | select n, p, rate
      """)
    // The rate of equal rows is one rate, whatever their size: a is 7 in rows 1, 12, ..., 111.
    #expect(found.sql.contains("ln("))
  }

  @Test("More trees than a query can hold are scored by the library, with the same answer")
  func size() throws {
    let program = """
      let m = data | train y ~ a + b + n using boosted_trees(rounds = 2500, leaves = 40, least_rows = 1)
      data | sort n | predict m as p | select n, p
      """
    #expect(!(try compare(program).sql.contains("case when")))
    let small = program.replacing("2500", with: "5")
    #expect(try compare(small).sql.contains("case when"))
  }

  @Test("Reasons are the library's, whatever scores")
  func reasons() throws {
    _ = try compare(
      """
      let m = data | train y ~ a + b using linear
      data | sort n | predict m as p explain 2 | select n, p, p_reason_1, p_reason_2
      """)
  }
}
