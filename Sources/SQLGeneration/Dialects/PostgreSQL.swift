import Compiler
import Values

extension Dialect {
  /// PostgreSQL 15. An instant is `timestamptz`; a session sets its time zone to UTC. Text is
  /// compared by code point, so columns of text carry `collate "C"` where order matters.
  package static let postgreSQL = Dialect(
    name: .postgreSQL, nullOrder: .largest, hasQualify: false, hasTryCast: false,
    floats: .typed("float8"), lists: .array, ordersTextByLocale: true,
    cutsWholeNumbers: true, records: .json, timestampLiteral: .zoned, schemaOfFiles: "pg_temp",
    typeName: postgreSQLType)

  @Sendable
  private static func postgreSQLType(_ type: DataType) -> String {
    switch type {
    case .bool: "boolean"
    case .int: "bigint"
    case .float: "double precision"
    case .decimal(let precision, let scale): "numeric(\(precision), \(scale))"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamptz"
    case .duration, .months: "interval"
    case .list(let element): postgreSQLType(element.base) + "[]"
    case .record, .json: "jsonb"
    case .period: "daterange"
    case .null: "text"
    }
  }
}
