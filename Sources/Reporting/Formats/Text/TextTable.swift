package import Values

/// A table for a terminal: numbers to the right, long texts cut, columns that do not fit counted.
///
///     month    revenue USD  customers
///     ───────  ───────────  ─────────
///     1997-01   299,060.17      7,846
///     1997-02   379,590.03      9,633
///     2 rows × 3 columns
package enum TextTable {
  private static let gap = 2
  private static let narrowestText = 12

  /// `width` in columns of the terminal; `maxRows` cuts a long result; `styled` may use ANSI;
  /// `time` stands at the end.
  package static func render(
    _ table: ResultTable, width: Int, styled: Bool, maxRows: Int? = nil,
    time: String? = nil
  ) -> String {
    let rows = min(table.rowCount, maxRows ?? table.rowCount)
    var columns = table.schema.columns.indices.map { TextColumn(table, at: $0, rows: rows) }
    let hidden = fit(&columns, to: max(width, 10))
    var lines = [
      line(columns.map { ($0.header, $0.isRightAligned, .bold) }, columns, styled),
      line(
        columns.map { (String(repeating: "─", count: $0.width), false, .dim) }, columns, styled),
    ]
    for row in 0..<rows {
      let cells = columns.map { ($0.cells[row], $0.isRightAligned, $0.style(at: row)) }
      lines.append(line(cells, columns, styled))
    }
    if columns.isEmpty { lines = [] }
    let end = time.map { ", \($0)" } ?? ""
    let footer =
      footer(of: table, shown: rows, hidden: hidden, width: width - DisplayWidth.of(end)) + end
    lines.append(styled ? TextStyle.dim.applied(to: footer) : footer)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(
    _ cells: [(text: String, isRight: Bool, style: TextStyle)], _ columns: [TextColumn],
    _ styled: Bool
  ) -> String {
    var result = ""
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1 && !cell.isRight
      if isLast && cell.text.isEmpty { break }
      if index > 0 { result += String(repeating: " ", count: gap) }
      let shown = DisplayWidth.cut(cell.text, to: columns[index].width)
      let padded =
        isLast ? shown : DisplayWidth.pad(shown, to: columns[index].width, right: cell.isRight)
      result += styled ? cell.style.applied(to: padded) : padded
    }
    return result
  }

  /// Narrows the widest texts, then takes columns away from the right; gives their names.
  private static func fit(_ columns: inout [TextColumn], to width: Int) -> [String] {
    while total(columns) > width, let widest = widestText(columns) {
      columns[widest].width -= 1
    }
    var hidden: [String] = []
    while total(columns) > width, columns.count > 1, let last = columns.popLast() {
      hidden.insert(last.name, at: 0)
    }
    if let only = columns.first, columns.count == 1 { columns[0].width = min(only.width, width) }
    grow(&columns, to: width)
    return hidden
  }

  /// Gives room that a hidden column left back to the texts that were narrowed.
  private static func grow(_ columns: inout [TextColumn], to width: Int) {
    var room = width - total(columns)
    for index in columns.indices where room > 0 {
      let more = min(room, columns[index].naturalWidth - columns[index].width)
      columns[index].width += max(0, more)
      room -= max(0, more)
    }
  }

  private static func total(_ columns: [TextColumn]) -> Int {
    columns.reduce(0) { $0 + $1.width } + gap * max(0, columns.count - 1)
  }

  private static func widestText(_ columns: [TextColumn]) -> Int? {
    columns.indices.filter { columns[$0].isNarrowable && columns[$0].width > narrowestText }
      .max { (columns[$0].width, -$0) < (columns[$1].width, -$1) }
  }

  private static func footer(
    of table: ResultTable, shown: Int, hidden: [String], width: Int
  ) -> String {
    let columns = "\(table.schema.count) \(table.schema.count == 1 ? "column" : "columns")"
    let names = hidden.map { Exit.escape($0, for: .terminal) }.joined(separator: ", ")
    let size = "\(RowCount.text(shown: shown, of: table)) × \(columns)"
    if hidden.isEmpty { return size }
    let note = " (\(hidden.count) hidden: "
    let room = max(8, min(60, width - DisplayWidth.of(size + note) - 1))
    return "\(size)\(note)\(DisplayWidth.cut(names, to: room)))"
  }
}

/// `18 rows`, `1,000 of 83,214 rows`, `the first 1,000 rows`.
enum RowCount {
  static func text(shown: Int, of table: ResultTable) -> String {
    let count = NumberPrinting.grouped("\(shown)")
    guard let total = table.totalRows else { return "the first \(count) rows" }
    if total == shown { return "\(count) \(shown == 1 ? "row" : "rows")" }
    return "\(count) of \(NumberPrinting.grouped("\(total)")) rows"
  }
}

private enum TextStyle {
  case plain, bold, dim

  func applied(to text: String) -> String {
    switch self {
    case .plain: text
    case .bold: "\u{1B}[1m\(text)\u{1B}[0m"
    case .dim: "\u{1B}[2m\(text)\u{1B}[0m"
    }
  }
}

/// One column with its cells in words.
private struct TextColumn {
  let name: String
  let header: String
  let cells: [String]
  let isRightAligned: Bool
  /// A cut text can still be read, a cut date cannot.
  let isNarrowable: Bool
  private let isMissing: [Bool]
  let naturalWidth: Int
  var width: Int

  init(_ table: ResultTable, at index: Int, rows: Int) {
    let column = table.schema.columns[index]
    let values = table.columns[index].prefix(rows)
    let format = ColumnFormat(for: column, values: Array(values))
    name = column.name
    header =
      Exit.escape(column.name, for: .terminal) + (format.currency.map { " \($0)" } ?? "")
    cells = values.map {
      Exit.text($0, as: format, labels: column.type.labels, for: .terminal)
    }
    isMissing = values.map(\.isNull)
    isRightAligned = format.isRightAligned
    isNarrowable = Self.isNarrowable(column.type.base)
    let widest = cells.reduce(0) { max($0, DisplayWidth.of($1)) }
    naturalWidth = max(widest, DisplayWidth.of(header), 1)
    width = naturalWidth
  }

  private static func isNarrowable(_ type: DataType) -> Bool {
    switch type {
    case .text, .list, .record, .json: true
    case .bool, .int, .float, .decimal, .date, .timestamp, .duration, .months, .period, .null:
      false
    }
  }

  func style(at row: Int) -> TextStyle { isMissing[row] ? .dim : .plain }
}
