/// One value: a literal of a program, a parameter, or a cell of a result.
package enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case float(Double)
  /// `unscaled / 10^scale`.
  case decimal(unscaled: Int128, scale: Int)
  case text(String)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00Z.
  case timestamp(Int64)
  /// Microseconds.
  case duration(Int64)
  case months(Int64)
  /// Days since 1970-01-01: from `start` up to, not including, `end`.
  case period(start: Int32, end: Int32)
  case list([Value])
  case record([Field])

  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: Value
    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package var isNull: Bool { self == .null }
}

/// Rows of a result that are about to be shown: at most as many as the reader will see.
/// Column-major, so that a column is formatted by one rule.
package struct ResultTable: Sendable {
  package var schema: Schema
  /// One array a column of `schema`, all of the same length.
  package var columns: [[Value]]
  /// How many rows the whole result has, where that is known; `nil` when it was cut unseen.
  package var totalRows: Int?

  package init(schema: Schema, columns: [[Value]], totalRows: Int?) {
    self.schema = schema
    self.columns = columns
    self.totalRows = totalRows
  }

  package var rowCount: Int { columns.first?.count ?? 0 }
  package var isWhole: Bool { totalRows == rowCount }
}
