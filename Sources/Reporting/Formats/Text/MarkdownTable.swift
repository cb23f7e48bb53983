package import Values

/// A result as a GitHub Markdown table, numbers to the right.
///
///     | month   | revenue USD |
///     | :------ | ----------: |
///     | 1997-01 |  299,060.17 |
package enum MarkdownTable {
  package static func render(_ table: ResultTable) -> String {
    let columns = table.schema.columns.indices.map { cells(of: $0, in: table) }
    let formats = table.schema.columns.indices.map { format(of: $0, in: table) }
    let widths = columns.map { column in max(3, column.map(DisplayWidth.of).max() ?? 3) }
    var text = ""
    for row in 0...table.rowCount {
      text += line(columns.map { $0[row] }, widths, formats)
      if row == 0 { text += rule(widths, formats) }
    }
    return columns.isEmpty ? "" : text
  }

  private static func format(of column: Int, in table: ResultTable) -> ColumnFormat {
    ColumnFormat(for: table.schema.columns[column], values: table.columns[column])
  }

  /// The header and the cells below it.
  private static func cells(of index: Int, in table: ResultTable) -> [String] {
    let column = table.schema.columns[index]
    let format = format(of: index, in: table)
    let header =
      Exit.escape(column.name, for: .markdown) + (format.currency.map { " \($0)" } ?? "")
    return [header]
      + table.columns[index].map {
        Exit.text($0, as: format, labels: column.type.labels, for: .markdown)
      }
  }

  private static func line(
    _ cells: [String], _ widths: [Int], _ formats: [ColumnFormat]
  ) -> String {
    let padded = cells.indices.map {
      DisplayWidth.pad(cells[$0], to: widths[$0], right: formats[$0].isRightAligned)
    }
    return "| " + padded.joined(separator: " | ") + " |\n"
  }

  private static func rule(_ widths: [Int], _ formats: [ColumnFormat]) -> String {
    let parts = widths.indices.map { index in
      let dashes = String(repeating: "-", count: widths[index] - 1)
      return formats[index].isRightAligned ? dashes + ":" : ":" + dashes
    }
    return "| " + parts.joined(separator: " | ") + " |\n"
  }
}
