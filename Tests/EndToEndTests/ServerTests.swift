import Foundation
import ServerForTests
import Testing

/// The program on a server: tables by name, files beside them, reports, mistakes, Ctrl-C.
@Suite("Programs on PostgreSQL", .serialized, .enabled(if: PostgreSQLServer.shared != nil))
struct ServerTests {
  private func address() throws -> String { try #require(PostgreSQLServer.shared).address }

  /// Tables are made by a statement of the server's own; `whom` only reads them.
  private func tables() throws {
    let made = PostgreSQLServer.shared?.run(
      """
      drop schema if exists shop cascade;
      create schema shop;
      create table shop.orders (
        id int primary key, customer text not null, amount numeric(10, 2), paid_at timestamptz,
        lines int, tags text[], extra jsonb, rate real, small numeric);
      insert into shop.orders values
        (1, 'b', 10.50, '2025-01-31 09:30+01', 2147483647, '{x,y}', '{"a": 1}', 0.5, 1.25),
        (2, 'A', 20.25, '2025-02-01 00:00+00', 2, '{}', null, null, null),
        (3, 'a', null, null, 4, null, '[1]', 1.5, 2);
      """)
    #expect(made == true)
  }

  private func run(_ code: String) throws -> Program.Result {
    try tables()
    return try Program()("--engine", address(), "-c", code, "--format", "csv")
  }

  @Test("Columns of a table have the types of the language")
  func types() throws {
    let run = try run("shop.orders | sort customer")
    // By code point: capitals first, though the database sorts as people do.
    #expect(
      run.output == """
        id,customer,amount,paid_at,lines,tags,extra,rate,small
        2,A,20.25,2025-02-01T00:00:00Z,2,[],,,
        3,a,,,4,,[1],1.5,2.0
        1,b,10.50,2025-01-31T08:30:00Z,2147483647,"[""x"",""y""]","{""a"": 1}",0.5,1.25

        """)
    #expect(run.code == 0)
  }

  /// By Python's zoneinfo.
  @Test("Times without a zone are those of the run's zone, instants are what they are")
  func zones() throws {
    let made = PostgreSQLServer.shared?.run(
      """
      drop schema if exists clocks cascade;
      create schema clocks;
      create table clocks.at (id int primary key, local timestamp, instant timestamptz);
      insert into clocks.at values
        (1, '2025-01-15 12:00', '2025-01-15 12:00+00'),
        (2, '2025-07-01 12:00', '2025-07-01 12:00+00'), (3, null, null);
      """)
    #expect(made == true)
    let code = "clocks.at | derive h = hour_of_day(local), i = hour_of_day(instant) | sort id"
    func run(_ zone: String) throws -> String {
      try Program()(
        "--engine", address(), "-c", code, "--format", "csv", "--zone", zone
      ).output
    }
    #expect(
      try run("Europe/Zurich") == """
        id,local,instant,h,i
        1,2025-01-15T11:00:00Z,2025-01-15T12:00:00Z,12,13
        2,2025-07-01T10:00:00Z,2025-07-01T12:00:00Z,12,14
        3,,,,

        """)
    #expect(
      try run("UTC") == """
        id,local,instant,h,i
        1,2025-01-15T12:00:00Z,2025-01-15T12:00:00Z,12,12
        2,2025-07-01T12:00:00Z,2025-07-01T12:00:00Z,12,12
        3,,,,

        """)
  }

  /// By least squares: slope 2.05, intercept 1. The server works predictions out, but no reasons.
  @Test("A model scores there; what the server cannot say is worked out here, with a warning")
  func scoring() throws {
    let model = """
      let line = rows [{a: 1, y: 3.0}, {a: 2, y: 5.0}, {a: 3, y: 7.5}, {a: 4, y: 9.0}]
        | train y ~ a using linear
      shop.orders | where id == 2 | select a = lines | predict line as p
      """
    let there = try run(model)
    #expect(there.output.hasPrefix("a,p\n2,5.1"))
    #expect(there.errors == "")
    let here = try run(model + " explain 1 | select p_reason_1")
    // Half a step of 2.05 below the mean, to two places.
    #expect(here.output.hasPrefix("p_reason_1\na is 2 (-1.0"))
    #expect(here.errors.contains("[W1004]"))
  }

  /// Order 1 has the largest count of lines there is, and no model.
  @Test("Rows of groups without a model are counted there as here")
  func unknownGroups() throws {
    let code = """
      let line = rows [{a: 1, y: 3.0, g: 2}, {a: 2, y: 5.0, g: 2}, {a: 3, y: 8.0, g: 2},
          {a: 1, y: 4.0, g: 4}, {a: 2, y: 1.0, g: 4}, {a: 5, y: 2.0, g: 4}]
        | train y ~ a using linear by g
      shop.orders | select a = id, g = lines | sort a | predict line as p
      """
    let there = try run(code)
    // By least squares: 2.5 a + 1/3 for 2, -0.2692 a + 3.0513 for 4.
    #expect(there.output.hasPrefix("a,g,p\n1,2147483647,\n2,2,5.33333333333333"))
    #expect(there.errors.contains("warning[W1003]: 1 row has no model"), "\(there.errors)")
  }

  @Test("Its tables are kept too: a check without it knows their columns, keys and queries")
  func offline() throws {
    try tables()
    let whom = Program()
    let there = try address()
    try whom.folder.write(
      "p.whom",
      """
      shop.orders | where amount > 2 | select id, tags
      sql "select id, rate from {shop.orders} where id < 3" | take 1
      """)
    #expect(try whom("check", "p.whom", "--engine", there).code == 0)
    let kept = try whom.folder.read(".whom/schemas.json")
    #expect(kept.contains("{\"table\":\"shop.orders\",\"path\":[\"shop\",\"orders\"]"))
    #expect(kept.contains("\"keys\":[[\"id\"]]"))
    #expect(kept.contains("{\"name\":\"amount\",\"type\":\"decimal(10, 2)\",\"missing\":true}"))
    #expect(!kept.contains("postgresql") && !kept.contains(there))
    let nowhere = "postgresql://nobody@127.0.0.1:1/none"
    let offline = try whom("check", "--offline", "p.whom", "--engine", nowhere)
    #expect(
      offline.output
        == "p.whom: well (offline, by the columns of 2 sources, the oldest as of today)\n",
      "\(offline.errors)")
    try whom.folder.write("p.whom", "shop.order | take 1")
    let wrong = try whom("check", "--offline", "p.whom", "--engine", nowhere)
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("did you mean `shop.orders`?"), "\(wrong.errors)")
  }

  @Test("What the server does not hold is said in our words, with the limit")
  func limits() throws {
    let items = (0..<2000).map { "s\($0) = sum(a) + \($0)" }.joined(separator: ", ")
    let wide = try run("rows [{g: 1, a: 2}] | derive \(items) by g")
    #expect(wide.errors.contains("error[E0710]: these are more columns than this engine takes"))
    #expect(wide.errors.contains("at most 1664"))
    let early = try run("rows [{d: @1970-01-01 - 2500000 days}] | derive y = year(d)")
    #expect(early.errors.contains("error[E0701]: a date is out of the reach of this engine"))
    let sum = try run("rows [{a: 1e308}, {a: 1e308}] | summarize sum(a)")
    #expect(sum.errors.contains("error[E0702]: a number left the range of its type"))
    for run in [wide, early, sum] {
      #expect(run.code == 1)
      #expect(!run.errors.contains("the engine says"))
    }
  }

  @Test("A product of two columns of 32 bits has 64")
  func wide() throws {
    let run = try run("shop.orders | where id == 1 | select twice = lines * id * 2")
    #expect(run.output == "twice\n4294967294\n")
  }

  @Test("A table and a file are joined there")
  func mixed() throws {
    try tables()
    let whom = Program()
    try whom.folder.write("names.csv", "customer,name\nA,Ann\nb,Bob\n")
    let run = try whom(
      "--engine", address(), "-c",
      "let names = read \"names.csv\"\nshop.orders | join names on customer | select id, name",
      "--format", "csv")
    #expect(run.output == "id,name\n1,Bob\n2,Ann\n", "\(run.errors)")
  }

  @Test("A notebook runs to a report with the figures of the table")
  func notebook() throws {
    try tables()
    let whom = Program()
    try whom.folder.write(
      "sales.md",
      """
      # Sales

      ```whom
      let paid = shop.orders | where amount != null
      paid | summarize total = sum(amount), n = count()
      ```

      In all {= (paid | count) =} orders.

      """)
    let run = try whom.start(["run", "sales.md", "--engine", try address(), "--to", "json"])
      .result()
    #expect(run.code == 0, "\(run.errors)")
    let report =
      try whom.folder.names.filter { $0.hasSuffix(".json") }.map(whom.folder.read)
      .first ?? (try? whom.folder.read("out/sales.json")) ?? ""
    #expect(report.contains("30.75"))
  }

  @Test("No file is written where a value of the server fails far down")
  func saveFailed() throws {
    try tables()
    let whom = Program()
    let rows = "numbers(1..60000) | derive x = int(if n == 50000 then \"a\" else \"1\")"
    let run = try whom("--engine", address(), "-c", "\(rows) | save \"o.csv\"")
    #expect(run.code == 1 && run.errors.contains("`a` is not an int"), "\(run.errors)")
    #expect(whom.folder.names == [])
  }

  @Test("Rows are saved as a file")
  func save() throws {
    try tables()
    let whom = Program()
    let run = try whom(
      "--engine", address(), "-c",
      "shop.orders | select id, amount, paid_at, tags | save \"o.parquet\"")
    #expect(run.code == 0, "\(run.errors)")
    let back = try whom("-c", "read \"o.parquet\"", "--format", "csv")
    #expect(
      back.output == """
        id,amount,paid_at,tags
        1,10.50,2025-01-31T08:30:00Z,"[""x"",""y""]"
        2,20.25,2025-02-01T00:00:00Z,[]
        3,,,

        """)
  }

  @Test(
    "A list that is empty in every row is a list",
    arguments: [
      ("rows [{x: []}, {x: []}]", "x\n[]\n[]\n"), ("rows [{x: []}, {x: [1]}]", "x\n[]\n[1]\n"),
      ("rows [{a: 1}] | derive x = [] | select x", "x\n[]\n"),
    ])
  func emptyLists(program: String, output: String) throws {
    let run = try run(program)
    #expect(run.output == output, "\(run.output) \(run.errors)")
  }

  @Test("A server that is not there is said so, without its own words alone")
  func noServer() throws {
    let run = try Program()(
      "--engine", "postgresql://nobody@localhost:1/none", "-c", "orders | count")
    #expect(run.code == 2)
    #expect(run.errors.contains("error[E0711]: the server cannot be reached"))
    #expect(!run.errors.contains("libpq"))
  }

  @Test("A password of the address is never shown")
  func secret() throws {
    let run = try Program()(
      "--engine", "postgresql://nobody:hunter2@localhost:1/none", "-c", "orders | count")
    #expect(!(run.errors + run.output).contains("hunter2"))
  }

  @Test("A table that is not there is a name that is not there")
  func noTable() throws {
    let run = try run("shop.ordres | count")
    #expect(run.code == 2)
    #expect(run.errors.contains("ordres"))
  }

  @Test("A run sees one state of the tables, whatever others write meanwhile")
  func onePicture() throws {
    try tables()
    let whom = Program()
    try whom.folder.write(
      "job.whom",
      """
      shop.orders | count
      sql "select cast(pg_sleep(2) as text) as slept" | count
      shop.orders | count
      """)
    let running = try whom.start(["job.whom", "--engine", try address()])
    let server = try #require(PostgreSQLServer.shared)
    #expect(server.waits(untilAtWork: true, on: "pg_sleep(2"))
    let added = "insert into shop.orders (id, customer) values (4, 'd')"
    #expect(server.run(added))
    let run = try running.result()
    #expect(run.output == "value\n3\nvalue\n1\nvalue\n3\n", "\(run.errors)")
    let later = try whom("--engine", address(), "-c", "shop.orders | count")
    #expect(later.output == "value\n4\n")
  }

  @Test("A statement that fails does not take the rest with it, nor what was brought before")
  func goesOn() throws {
    try tables()
    let whom = Program()
    try whom.folder.write("names.csv", "customer,name\nA,Ann\nb,Bob\n")
    let cells = [
      "#| on_error: continue\nlet names = read \"names.csv\"\nnames | count",
      "#| on_error: continue\nshop.orders | select number = int(customer)",
      "names | join shop.orders on customer | select name, id | sort id",
    ]
    let text = cells.map { "```whom\n\($0)\n```\n" }.joined(separator: "\n")
    try whom.folder.write("job.md", "# Job\n\n" + text)
    let run = try whom("run", "job.md", "--engine", address(), "--to", "json", "-o", "out")
    #expect(run.code == 1 && run.errors.contains("E0701"), "\(run.errors)")
    let report = try whom.folder.read("out/job.json")
    #expect(report.contains("Ann") && report.contains("Bob"))
  }

  @Test("Ctrl-C stops the server's work: exit 130")
  func interrupt() throws {
    let whom = Program()
    let work = "select cast(pg_sleep(4321) as text) as slept"
    try whom.folder.write("job.whom", "sql \"\(work)\" | count\n")
    let running = try whom.start(["job.whom", "--engine", try address()])
    let server = try #require(PostgreSQLServer.shared)
    #expect(server.waits(untilAtWork: true, on: "pg_sleep(4321"))
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.result().code == 130)
    #expect(server.waits(untilAtWork: false, on: "pg_sleep(4321"))
  }
}
