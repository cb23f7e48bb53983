package import Values

/// A result as CSV (RFC 4180, lines ended by LF): plain numbers, ISO 8601 dates, nothing for a
/// missing value and `""` for an empty text.
package enum CSVTable {
  package static func render(_ table: ResultTable) -> String {
    var text = line(table.schema.names.map { Exit.escape($0, for: .csv) })
    for row in 0..<table.rowCount {
      text += line(table.columns.indices.map { field(row, $0, of: table) })
    }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.joined(separator: ",") + "\n"
  }

  private static func field(_ row: Int, _ column: Int, of table: ResultTable) -> String {
    let labels = table.schema.columns[column].type.labels
    return switch Exit.machine(table.columns[column][row], labels: labels) {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): Exit.escape(text, for: .csv)
    case .array, .object:
      Exit.escape(
        Exit.machine(table.columns[column][row], labels: labels).text, for: .csv)
    }
  }
}
