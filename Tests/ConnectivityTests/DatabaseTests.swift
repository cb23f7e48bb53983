import Columnar
import Connectivity
import Glibc
import Testing
import Values

@Suite("A database")
struct DatabaseTests {
  @Test("tells the log of every statement, and asking for columns runs nothing")
  func log() throws {
    let engine = try Engine()
    _ = try engine.database.describe("select error('this ran') as a")
    try engine.database.execute("create table t as select 1 as a")
    _ = try engine.rows("select a from t")
    #expect(
      engine.log.all == [
        StatementRecord(sql: "select error('this ran') as a", kind: .describe),
        StatementRecord(sql: "create table t as select 1 as a", kind: .execute),
        StatementRecord(sql: "select a from t", kind: .query),
      ])
  }

  @Test("runs a statement to its end and says how many rows it changed")
  func execute() throws {
    let engine = try Engine()
    let folder = try TemporaryFolder()
    #expect(
      try engine.database.execute("copy (from range(12345)) to '\(folder.path)/a.csv'") == 12_345)
    #expect(try engine.database.execute("create table t as from range(7)") == 7)
    #expect(try engine.database.execute("select 1") == nil)
    #expect(throws: EngineError.self) {
      try engine.database.execute(
        "select case when i = 90000 then error('late') end from range(100000) t(i)")
    }
  }

  @Test("remembers the footer of a Parquet file, and notices when the file is another")
  func footers() throws {
    let engine = try Engine()
    let folder = try TemporaryFolder()
    for count in [1_000, 7, 500, 20_000, 3] {
      try engine.database.execute(
        "copy (select i from range(\(count)) t(i)) to '\(folder.path)/a.parquet'")
      let rows = try engine.database.scalar(
        "select count(i) from '\(folder.path)/a.parquet'", as: .int)
      #expect(rows == .int(Int64(count)))
    }
  }

  @Test("is set the same on every machine")
  func settings() throws {
    let engine = try Engine(EngineSettings(threads: 3, memoryLimit: "1GB"))
    func setting(_ name: String) throws -> Value {
      try engine.value("current_setting('\(name)')::text", as: .text)
    }
    #expect(try setting("TimeZone") == .text("UTC"))
    #expect(try setting("threads") == .text("3"))
    #expect(try setting("memory_limit") == .text("953.6 MiB"))
    #expect(try setting("autoinstall_known_extensions") == .text("false"))
    #expect(try setting("autoload_known_extensions") == .text("false"))
    #expect(
      try engine.rows("select unnest([2, null, 1]) as a order by a desc")
        == [[.int(2), .int(1), .null]])
  }

  @Test("has the settings on its later connections too")
  func laterConnections() throws {
    let engine = try Engine()
    let streams = try (0..<3).map { _ in
      try engine.database.query("select current_setting('TimeZone')")
    }
    for stream in streams {
      #expect(try stream.next()?.values(column: 0, as: .text) == [.text("UTC")])
    }
  }

  @Test("streams two results side by side, and a result left early frees its table")
  func streams() throws {
    let engine = try Engine()
    try engine.database.execute("create table t as select i from range(100000) t(i)")
    let (one, two) = (
      try engine.database.query("select i from t order by i"),
      try engine.database.query("select -i from t order by i")
    )
    #expect(try one.next()?.values(column: 0, as: .int, rows: 0..<2) == [.int(0), .int(1)])
    #expect(try two.next()?.values(column: 0, as: .int, rows: 1..<2) == [.int(-1)])
    one.close()
    two.close()
    #expect(try one.next() == nil)
    try engine.database.execute("drop table t")
  }

  @Test("an attached scratch database is seen by every connection")
  func scratch() throws {
    let engine = try Engine()
    try engine.database.execute("attach ':memory:' as scratch")
    let open = try engine.database.query("select 1")
    try engine.database.execute("create table scratch.t as select 42 as a")
    #expect(try engine.rows("select a from scratch.t") == [[.int(42)]])
    _ = try open.next()
  }

  @Test(
    "says what kind of failure it was",
    arguments: [
      ("select nope", EngineFailure.Kind.statement), ("selec 1", .statement),
      ("select * from nowhere", .statement), ("select 'x'::int", .conversion),
      ("select 9223372036854775807 + 1", .outOfRange), ("select * from '/nowhere.parquet'", .io),
    ])
  func failures(sql: String, kind: EngineFailure.Kind) throws {
    let engine = try Engine()
    let error = #expect(throws: EngineError.self) { try engine.rows(sql) }
    guard case .failed(let failure)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(failure.kind == kind)
    #expect(failure.sql == sql)
    #expect(!failure.message.contains("Error: "))
    #expect(try engine.rows("select 1") == [[.int(1)]])
  }

  @Test("an error in the middle of a stream is an error, not an early end")
  func lateFailure() throws {
    let engine = try Engine()
    let sql =
      "select case when i = 90000 then error('late') else i::text end from range(100000) t(i)"
    #expect(throws: EngineError.self) { try engine.rows(sql) }
  }

  @Test("in a sandbox reads nothing outside and lets nobody change that")
  func sandbox() throws {
    let (inside, outside) = (try TemporaryFolder(), try TemporaryFolder())
    for folder in [inside, outside] { try folder.write("a.csv", "x\n7\n") }
    let engine = try Engine(EngineSettings(sandbox: [inside.path]))
    #expect(try engine.rows("select x from '\(inside.path)/a.csv'") == [[.int(7)]])
    for sql in [
      "select x from '\(outside.path)/a.csv'", "set global enable_external_access = true",
      "set global allowed_directories = ['/']",
    ] {
      #expect(throws: EngineError.self) { try engine.database.execute(sql) }
    }
  }

  @Test(
    "knows one select from anything else, without running it",
    arguments: [
      ("select 1", true), ("with a as (select 1) select * from a -- note", true),
      ("select ';' as a;", true), ("select 1; select 2", false), ("drop table t", false),
      ("create table u as select 1; select 1", false), ("selec", false), ("", false),
      ("copy (select 1) to '/tmp/x.csv'", false), ("select 'a\0b'", true),
    ])
  func oneSelect(sql: String, expected: Bool) throws {
    let engine = try Engine()
    try engine.database.execute("create table t as select 1 as a")
    #expect(try engine.database.isOneSelect(sql) == expected)
    #expect(try engine.rows("select count(*) from duckdb_tables()") == [[.int(1)]])
  }

  @Test("lowers the memory for one statement and puts it back")
  func memoryLimit() throws {
    let engine = try Engine(EngineSettings(memoryLimit: "2GB"))
    let limit = "current_setting('memory_limit')"
    _ = try engine.database.execute(
      "create table t as select \(limit) as a", memoryLimit: "400MB")
    #expect(try engine.value("a from t", as: .text) == .text("381.4 MiB"))
    #expect(throws: EngineError.self) {
      try engine.database.execute("select error('no')", memoryLimit: "400MB")
    }
    #expect(try engine.value(limit, as: .text) == .text("1.8 GiB"))
  }
}
