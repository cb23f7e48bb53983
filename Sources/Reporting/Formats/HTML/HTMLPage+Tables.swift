import Values

/// Results as tables, what was read, and downloads.
extension HTMLPage {
  mutating func tableFigure(
    _ output: ReportTable, caption: String?, cell: String
  ) -> HTMLNode {
    let link = download(
      CSVTable.renderForSpreadsheets(output.table), as: "text/csv", name: cell + ".csv", "CSV")
    let words = RowCount.text(shown: output.table.rowCount, of: output.table)
    let title = output.title ?? caption
    let foot =
      output.table.rowCount > Self.openRows
      ? all(of: output.table, words, title) : HTMLNode.make(.span, text: words)
    return .make(
      .figure, class: "table-figure", [],
      [
        scrollingTable(
          output.table.rowCount > Self.openRows
            ? output.table.prefix(Self.firstRows) : output.table, caption: title),
        .make(.div, class: "tools", [], [foot, downloads([link].compactMap { $0 })]),
      ] + figureCaption(output.title == nil ? nil : caption))
  }

  /// Longer tables are folded behind their first rows.
  private static let openRows = 30
  private static let firstRows = 20
  /// Texts from this many bytes on are broken into lines where there is no room for all columns.
  private static let longText = 32

  /// Everything, in the place of the first rows once it is opened.
  private func all(of table: ResultTable, _ words: String, _ title: String?) -> HTMLNode {
    .make(
      .details, class: "data all", [],
      [
        .make(
          .summary, [],
          [
            .make(.span, class: "part", text: "The first \(Self.firstRows) of "), .text(words),
            .make(.span, class: "part act", text: " · show all"),
          ]),
        scrollingTable(table, caption: title),
      ])
  }

  /// A table in a box of its own, which scrolls by keyboard too.
  func scrollingTable(_ table: ResultTable, caption: String?) -> HTMLNode {
    let label = HTMLAttribute(.ariaLabel, caption.map { "Table: \($0)" } ?? "Table")
    return .make(
      .div, class: "scroll",
      [HTMLAttribute(.tabindex, "0"), HTMLAttribute(.role, "region"), label],
      [self.table(table, caption: caption)])
  }

  private func table(_ table: ResultTable, caption: String?) -> HTMLNode {
    let table = table.shown(in: document.zone)
    let columns = table.schema.columns
    let formats = columns.indices.map {
      ColumnFormat(for: columns[$0], values: table.columns[$0])
    }
    let head = columns.indices.map { header(columns[$0], formats[$0]) }
    let rows = (0..<table.rowCount).map { row in
      HTMLNode.make(
        .tr, [],
        columns.indices.map { index in
          self.cell(table.columns[index][row], columns[index], formats[index])
        })
    }
    let title = caption.map { [HTMLNode.make(.caption, [], [.make(.span, text: $0)])] } ?? []
    let empty = HTMLNode.make(
      .tr, [], [.make(.td, class: "empty", [], [.text("no rows")])])
    return .make(
      .table, class: "result", [],
      title + [
        .make(.thead, [], [.make(.tr, [], head)]),
        .make(.tbody, [], rows.isEmpty ? [empty] : rows),
      ])
  }

  private func header(_ column: Column, _ format: ColumnFormat) -> HTMLNode {
    let unit = format.currency.map { [HTMLNode.make(.small, text: " " + $0)] } ?? []
    return .make(
      .th, class: format.isRightAligned ? "right" : nil, [HTMLAttribute(.scope, "col")],
      [.text(column.name)] + unit)
  }

  private func cell(_ value: Value, _ column: Column, _ format: ColumnFormat) -> HTMLNode {
    let text = Exit.display(value, as: format, labels: column.type.labels)
    var classes = format.isRightAligned ? ["right"] : []
    if value.isNull { classes.append("missing") }
    if column.type.base == .text { classes.append("words") }
    if text.utf8.count > Self.longText { classes.append("long") }
    let tooltip = value.isNull ? [HTMLAttribute(.title, "missing")] : []
    return .make(
      .td, class: classes.isEmpty ? nil : classes.joined(separator: " "), tooltip, [.text(text)])
  }

  /// A card for each model.
  var models: [HTMLNode] {
    guard !document.models.isEmpty else { return [] }
    return [.make(.h2, id: "models", text: "Models")]
      + document.models.map { model in
        let rows = model.lines.map { line in
          HTMLNode.make(
            .tr, [],
            [
              .make(.th, [HTMLAttribute(.scope, "row")], HTMLNode.words(line.item)),
              .make(.td, class: "words", [], HTMLNode.words(line.value)),
            ])
        }
        let caption = HTMLNode.make(.caption, text: model.name)
        return .make(
          .div, class: "scroll card", [], [.make(.table, [], [caption, .make(.tbody, [], rows)])])
      }
  }

  /// Files and tables with what identifies their content.
  var sources: [HTMLNode] {
    guard !document.sources.isEmpty else { return [] }
    let knowsRows = document.sources.contains { $0.rows != nil }
    let rows = document.sources.map { source in
      let count = HTMLNode.make(
        .td, class: "right",
        text: source.rows.map { NumberPrinting.grouped("\($0)") } ?? Exit.missing)
      return HTMLNode.make(
        .tr, [],
        [
          .make(.th, [HTMLAttribute(.scope, "row")], [.make(.code, text: source.name)]),
          .make(.td, class: "right", text: source.size.map(ByteCount.text) ?? Exit.missing),
        ] + (knowsRows ? [count] : []) + [
          .make(.td, [], [.make(.code, text: source.fingerprint ?? Exit.missing)])
        ])
    }
    let table = HTMLNode.make(
      .table, class: "sources", [],
      [
        .make(
          .thead, [], [headRow(["Source", "Size"] + (knowsRows ? ["Rows"] : []) + ["Fingerprint"])]),
        .make(.tbody, [], rows),
      ])
    return [
      .make(.h2, id: "what-was-read", text: "What was read"),
      .make(.div, class: "scroll", [], [table]),
    ]
  }

  /// A link with the data in its address; `nil` when the page has enough of them already.
  mutating func download(
    _ text: String, as type: String, name: String, _ label: String
  ) -> HTMLNode? {
    let address = "data:\(type);charset=utf-8," + PercentEncoding.encode(text)
    guard address.utf8.count <= budget else { return nil }
    budget -= address.utf8.count
    return .make(
      .a,
      [
        HTMLAttribute(.download, Exit.escape(name, for: .fileName)),
        HTMLAttribute(.href, address),
        HTMLAttribute(.ariaLabel, "Download \(name)"),
      ], [.text(label)])
  }

  func downloads(_ links: [HTMLNode]) -> HTMLNode {
    .make(.span, class: "downloads", [], links)
  }
}

/// `301 B`, `12.4 KB`, `551 MB`, in powers of a thousand.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    var size = Double(bytes)
    var unit = "B"
    for larger in ["KB", "MB", "GB", "TB"] where size >= 999.5 {
      size /= 1000
      unit = larger
    }
    let isSmall = size < 99.95 && unit != "B"
    return NumberPrinting.fixed(size, digits: isSmall ? 1 : 0) + " " + unit
  }
}

/// Text in an address (RFC 3986).
enum PercentEncoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~,;:/@!$*()".utf8.contains(byte)
    }
  }
}
