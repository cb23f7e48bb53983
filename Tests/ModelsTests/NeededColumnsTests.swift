import Diagnostics
import Columnar
import Compiler
import Connectivity
import Engine
import Synchronization
import Testing
import Values

/// What a prediction reads of its rows: the model's columns and those that the program goes on
/// with.
@Suite("Columns that predictions read", .serialized)
struct NeededColumnsTests {
  private final class Log: Sendable {
    private let texts = Mutex<[String]>([])
    func add(_ record: StatementRecord) { texts.withLock { $0.append(record.sql) } }
    /// The queries that gave rows to be scored.
    var fetching: [String] { texts.withLock { $0.filter { $0.contains("#feature1") } } }
  }

  private static let rows = """
    let data = rows [
      {id: 1, email: "a@x", city: "u", a: 1.0, y: 2.1}, {id: 2, email: "b@x", city: "v", a: 2.0, y: 3.9},
      {id: 3, email: "c@x", city: "u", a: 3.0, y: 6.2}, {id: 4, email: "d@x", city: "v", a: 4.0, y: 7.8},
    ]
    let m = data | train y ~ a using linear

    """

  private func run(_ program: String) throws -> (tables: [ResultTable], fetching: [String]) {
    let log = Log()
    var options = Session.Options(now: 0)
    options.engine = EngineHandle.Options(observer: { log.add($0) })
    let session = Session(options)
    let checked = session.check(session.add(name: "case.whom", text: Self.rows + program))
    try #require(!checked.hasErrors, "\(checked.diagnostics.map(\.title))")
    var tables: [ResultTable] = []
    for statement in checked.statements {
      for result in try session.run(statement) {
        if case .table(let found, _) = result { tables.append(found) }
      }
    }
    return (tables, log.fetching.filter { !$0.contains("#target") })
  }

  private func cells(_ table: ResultTable) -> [[Value]] {
    (table.columns.first ?? []).indices.map { row in table.columns.map { $0[row] } }
  }

  @Test("What is not read is not fetched")
  func narrowed() throws {
    // Slope 1.94, intercept 0.15 (NumPy): 2.09 and 5.97 in u, 4.03 and 7.91 in v.
    let found = try run(
      "data | predict m as p | summarize p = round(mean(p), 6) by city | sort city")
    #expect(
      cells(try #require(found.tables.last)) == [
        [.text("u"), .float(4.03)], [.text("v"), .float(5.97)],
      ])
    let query = try #require(found.fetching.first)
    #expect(query.hasPrefix("select \"city\", \"#feature1\"\nfrom"), "\(query)")
  }

  @Test("What is shown, sorted by, filtered by or joined is read")
  func kept() throws {
    for program in [
      "data | predict m as p | sort -p",
      "data | predict m as p | distinct | select p",
      "data | predict m as p | join (data | select id, y2 = y) on id | select p, email, city",
    ] {
      let found = try run(program)
      #expect(!found.fetching.isEmpty)
      #expect(found.fetching.allSatisfy { $0.hasPrefix("select *, \"a\" as \"#feature1\"") })
    }
    let sorted = try run("data | predict m as p | where email != \"a@x\" | sort -id | select city")
    #expect(cells(try #require(sorted.tables.last)) == [[.text("v")], [.text("u")], [.text("v")]])
  }

  @Test("A relation that is read twice has the columns of both readers")
  func twice() throws {
    let found = try run(
      """
      let scored = data | predict m as p
      scored | summarize n = count() by city | sort city
      scored | where p > 4 | select email, id | sort id
      """)
    #expect(
      cells(found.tables[found.tables.count - 1]) == [
        [.text("b@x"), .int(2)], [.text("c@x"), .int(3)], [.text("d@x"), .int(4)],
      ])
  }
}
