package import Values

/// A result as CSV (RFC 4180, lines ended by LF): plain numbers, ISO 8601 dates, nothing for a
/// missing value and `""` for an empty text.
package enum CSVTable {
  package static func render(_ table: ResultTable) -> String { render(table) { $0 } }

  /// For a file that a person opens in a spreadsheet: a text that one would take for a formula,
  /// from `=`, `+`, `-`, `@` on, has an apostrophe before it (OWASP, CSV injection). Numbers stay.
  package static func renderForSpreadsheets(_ table: ResultTable) -> String {
    render(table) { text in
      guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first)
      else {
        return text
      }
      return "'" + text
    }
  }

  private static func render(_ table: ResultTable, _ guarded: (String) -> String) -> String {
    var text = line(table.schema.names.map { Exit.escape(guarded($0), for: .csv) })
    for row in 0..<table.rowCount {
      text += line(table.columns.indices.map { field(row, $0, of: table, guarded) })
    }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.joined(separator: ",") + "\n"
  }

  private static func field(
    _ row: Int, _ column: Int, of table: ResultTable, _ guarded: (String) -> String
  ) -> String {
    let labels = table.schema.columns[column].type.labels
    return switch Exit.machine(table.columns[column][row], labels: labels) {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): Exit.escape(isText(table, column) ? guarded(text) : text, for: .csv)
    case .array, .object:
      Exit.escape(
        Exit.machine(table.columns[column][row], labels: labels).text, for: .csv)
    }
  }

  /// A date or a length of time is no formula.
  private static func isText(_ table: ResultTable, _ column: Int) -> Bool {
    switch table.schema.columns[column].type.base {
    case .text, .json: true
    case .bool, .int, .float, .decimal, .date, .timestamp, .duration, .months, .period, .list,
      .record, .null:
      false
    }
  }
}
