import Columnar
import Connectivity
import Testing
import Values

@Suite("What DuckDB sends")
struct EngineTypeTests {
  /// Expressions, the type of a Whom program for them, and the value by arithmetic on paper.
  static let expressions: [(sql: String, type: DataType, value: Value)] = [
    ("sum(i) from range(4) t(i)", .int, .int(6)),
    ("count(*) from range(4)", .int, .int(4)),
    ("avg(i) from range(4) t(i)", .float, .float(1.5)),
    (
      "sum(1.25::decimal(12, 2))", .decimal(precision: 38, scale: 2),
      .decimal(unscaled: 125, scale: 2)
    ),
    ("1::tinyint", .int, .int(1)),
    ("9223372036854775807", .int, .int(.max)),
    ("0.1::double + 0.2::double", .float, .float(0.30000000000000004)),
    ("'nan'::double", .float, .null),
    ("1e308::double * 10", .float, .null),
    ("true", .bool, .bool(true)),
    ("null::text", .text, .null),
    ("'O''Brien \u{202E}\u{1}<script>'", .text, .text("O'Brien \u{202E}\u{1}<script>")),
    ("date '1969-12-31'", .date, .date(-1)),
    ("date '2024-03-01' - date '2024-02-01'", .int, .int(29)),
    ("timestamptz '2024-01-01 02:00:00+02'", .timestamp, .timestamp(1_704_067_200_000_000)),
    ("timestamp '1969-12-31 23:59:59.5'", .timestamp, .timestamp(-500_000)),
    ("interval 90 minute", .duration, .duration(5_400_000_000)),
    ("interval 2 year", .months, .months(24)),
    ("timestamp '2024-03-01' - timestamp '2024-02-01'", .duration, .duration(29 * 86_400_000_000)),
    ("['a', null]", .list(ValueType(.text, nullable: true)), .list([.text("a"), .null])),
    (
      "{'a': 1, 'b': [2]}",
      .record([Column("a", ValueType(.int)), Column("b", ValueType(.list(ValueType(.int))))]),
      .record([Value.Field("a", .int(1)), Value.Field("b", .list([.int(2)]))])
    ),
    ("'b'::enum('a', 'b')", .text, .text("b")),
    ("'{\"a\": 1}'::json", .json, .text("{\"a\": 1}")),
    (
      "{'start': date '2025-01-01', 'end': date '2025-04-01'}", .period,
      .period(start: 20_089, end: 20_179)
    ),
  ]

  @Test("comes home as the value it is", arguments: expressions.indices)
  func values(_ index: Int) throws {
    let (sql, type, value) = Self.expressions[index]
    #expect(try Engine().value(sql, as: type) == value, "\(sql)")
  }

  @Test("a sum beyond 64 bits is an overflow, not a wrong number")
  func overflow() throws {
    #expect(throws: EngineError.self) {
      try Engine().value("sum(9223372036854775807) from range(2)", as: .int)
    }
  }

  @Test("nulls at every place of many batches stay where they were")
  func manyBatches() throws {
    let columns = try Engine().rows(
      """
      select case when i % 3 = 0 then null else i end as a,
        case when i % 7 = 0 then null else 'n' || i end as b
      from range(10000) t(i)
      """)
    #expect(columns[0].count == 10_000)
    for row in 0..<10_000 {
      #expect(columns[0][row] == (row % 3 == 0 ? .null : .int(Int64(row))))
      #expect(columns[1][row] == (row % 7 == 0 ? .null : .text("n\(row)")))
    }
  }

  @Test("the described columns are those that come")
  func described() throws {
    let engine = try Engine()
    let sql = "select 1 as a, 'x' as b, sum(2) as c, date '2024-01-01' as d, [1.5] as e"
    #expect(try engine.database.describe(sql) == engine.database.query(sql).fields)
  }
}
