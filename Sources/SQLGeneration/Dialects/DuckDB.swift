import Compiler
import Values

extension Dialect {
  /// DuckDB 2.0. An instant is the engine's plain `timestamp`, in UTC by convention: it needs no
  /// time zone tables, and truncation cannot depend on a setting.
  package static let duckDB = Dialect(
    name: .duckDB, nullOrder: .alwaysLast, hasQualify: true, hasTryCast: true, floats: .exponent,
    lists: .brackets,
    ordersTextByLocale: false, cutsWholeNumbers: false, records: .braces, timestampLiteral: .plain,
    schemaOfFiles: "main",
    typeName: duckDBType)

  @Sendable
  private static func duckDBType(_ type: DataType) -> String {
    switch type {
    case .bool: "boolean"
    case .int: "bigint"
    case .float: "double"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .text: "varchar"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration, .months: "interval"
    case .list(let element): duckDBType(element.base) + "[]"
    case .record(let fields):
      "struct("
        + fields.map { SQLPrinter.quoted($0.name) + " " + duckDBType($0.type.base) }
        .joined(separator: ", ") + ")"
    case .json: "json"
    case .period: "struct(\"start\" date, \"end\" date)"
    case .null: "varchar"
    }
  }
}
