import SQLGeneration
import SQLTree
import Testing
import Values

/// Values and names in SQL text. What the engine reads from these was checked in DuckDB 2.0.
struct LiteralTests {
  private let duckDB = SQLPrinter(.duckDB)
  private let postgreSQL = SQLPrinter(.postgreSQL)

  @Test(
    arguments: [
      (Value.null, "null"), (.bool(true), "true"), (.int(-42), "-42"),
      (.float(0.1), "0.1e0"), (.float(100), "100e0"), (.float(1e300), "1e+300"),
      (.float(.leastNonzeroMagnitude), "5e-324"), (.float(-2.5), "-2.5e0"),
      (.decimal(unscaled: 1250, scale: 2), "12.50"), (.decimal(unscaled: -5, scale: 3), "-0.005"),
      (.date(20_119), "date '2025-01-31'"), (.date(-735_174), "date '0044-03-01 (BC)'"),
      (.timestamp(1_738_315_800_000_000), "timestamp '2025-01-31 09:30:00'"),
      (.timestamp(-1), "timestamp '1969-12-31 23:59:59.999999'"),
      (.timestamp(1_500_000), "timestamp '1970-01-01 00:00:01.5'"),
      (.duration(5_400_000_000), "interval '90 minutes'"),
      (.duration(86_400_000_000), "interval '1 day'"),
      (.duration(-1_000_000), "interval '-1 second'"), (.duration(0), "interval '0 seconds'"),
      (.duration(1), "interval '1 microsecond'"), (.months(1), "interval '1 month'"),
      (.months(24), "interval '2 years'"), (.months(14), "interval '14 months'"),
      (.list([.int(1), .text("a")]), "[1, 'a']"),
      (.record([.init("a", .int(1))]), "{'a': 1}"),
    ] as [(Value, String)])
  func values(value: Value, expected: String) {
    #expect(duckDB.print(.literal(value)) == expected)
  }

  @Test(
    arguments: [
      (Value.float(0.1), "float8 '0.1'"),
      (.timestamp(1_738_315_800_000_000), "timestamptz '2025-01-31 09:30:00+00'"),
      (.date(-735_174), "date '0044-03-01 BC'"), (.list([.int(1)]), "array[1]"),
      (.record([.init("a", .int(1))]), "jsonb_build_object('a', 1)"),
    ] as [(Value, String)])
  func valuesForPostgreSQL(value: Value, expected: String) {
    #expect(postgreSQL.print(.literal(value)) == expected)
  }

  @Test(
    arguments: [
      ("it's", "'it''s'"), ("'; drop table x; --", "'''; drop table x; --'"), ("", "''"),
      ("a\\b", "'a\\b'"), ("a\tb\nc", "e'a\\tb\\nc'"), ("\u{1B}[31m", "e'\\x1b[31m'"),
      ("a\\\n'", "e'a\\\\\\n'''"), ("a\0b", "'a\u{2400}b'"), ("\u{202E}x", "e'\\xe2\\x80\\xaex'"),
      ("<script>é🙂", "'<script>é🙂'"),
    ])
  func texts(text: String, expected: String) {
    #expect(duckDB.print(.text(text)) == expected)
  }

  @Test(
    arguments: [
      ("amount", "\"amount\""), ("select", "\"select\""), ("a\"b", "\"a\"\"b\""),
      ("x\"; drop table y; --", "\"x\"\"; drop table y; --\""), ("a\0b", "\"a\u{2400}b\""),
      ("naïve – name", "\"naïve – name\""),
    ])
  func names(name: String, expected: String) {
    #expect(duckDB.print(.column(name)) == expected)
  }

  @Test func noStatementEverHoldsANUL() {
    var select = SQLSelect()
    select.items = [SQLItem(.text("\0"), as: "\0")]
    select.from = .named(["\0"], alias: "\0")
    let text = duckDB.print(.createView(name: ["\0"], .select(select)))
    #expect(!text.utf8.contains(0))
  }

  @Test func typesAreNamedByTheEngine() {
    let record = DataType.record([Column("a\"", ValueType(.int))])
    let expected: [(DataType, String)] = [
      (.int, "bigint"), (.float, "double"), (.decimal(precision: 12, scale: 2), "decimal(12, 2)"),
      (.text, "varchar"), (.timestamp, "timestamp"), (.list(ValueType(.text)), "varchar[]"),
      (record, "struct(\"a\"\"\" bigint)"),
    ]
    for (type, name) in expected {
      let cast = SQLExpr.cast(.literal(.null), type, isTry: false)
      #expect(duckDB.print(cast) == "cast(null as \(name))")
    }
  }
}
