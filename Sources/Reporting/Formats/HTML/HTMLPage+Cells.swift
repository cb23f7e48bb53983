import Charting
import Values

/// Cells: code, outputs, caption, note.
extension HTMLPage {
  mutating func cell(_ cell: ReportCell) -> HTMLNode {
    var children = code(of: cell)
    for (index, output) in cell.outputs.enumerated() {
      children.append(self.output(output, of: cell, isFirst: index == 0))
    }
    if let caption = cell.caption, !cell.showsCaptionInOutput {
      children.append(.make(.p, class: "caption", text: caption))
    }
    if let note = cell.note { children.append(.make(.p, class: "note", text: note)) }
    let name = HTMLAttribute(.ariaLabel, cell.caption ?? "Cell \(cell.id)")
    return .make(.section, class: "cell", id: Self.anchor(ofCell: cell.id), [name], children)
  }

  private func code(of cell: ReportCell) -> [HTMLNode] {
    guard !cell.code.text.isEmpty else { return [] }
    let program = HTMLNode.make(
      .pre, class: "program", [HTMLAttribute(.tabindex, "0"), HTMLAttribute(.ariaLabel, "Code")],
      [.make(.code, [], cell.code.nodes)])
    switch cell.codeDisplay {
    case .hidden: return []
    case .shown: return [program]
    case .folded:
      let summary = HTMLNode.make(
        .summary, [], [.text("Code "), .make(.span, class: "cell-id", text: cell.id)])
      return [.make(.details, class: "code", [], [summary, program])]
    }
  }

  private mutating func output(
    _ output: CellOutput, of cell: ReportCell, isFirst: Bool
  ) -> HTMLNode {
    switch output {
    case .table(let table):
      return tableFigure(table, caption: isFirst ? cell.caption : nil, cell: cell.id)
    case .chart(let chart):
      return chartFigure(chart, of: cell, caption: isFirst ? cell.caption : nil)
    case .value(let value): return self.value(value)
    case .receipt(let receipt): return self.receipt(receipt)
    case .checks(let checks): return self.checks(checks)
    case .message(let text): return .make(.p, class: "message", text: text)
    case .diagnostic(let diagnostic): return self.diagnostic(diagnostic)
    case .skipped(let cause):
      return .make(
        .p, class: "skipped", [],
        [
          .text("Not run: it needs "), link(toCell: cause, text: cause),
          .text(", which failed."),
        ])
    }
  }

  private func value(_ value: ReportValue) -> HTMLNode {
    let name = value.name.map { [HTMLNode.make(.span, class: "name", text: $0)] } ?? []
    return .make(
      .p, class: "value", [],
      name + [.make(.bdi, class: "number", text: document.text(value.value, value.type))])
  }

  /// The conditions in a table; below it, folded, some of the rows that fail each.
  private func checks(_ checks: [ReportCheck]) -> HTMLNode {
    let samples = checks.compactMap { check -> HTMLNode? in
      guard let sample = check.sample, sample.rowCount > 0 else { return nil }
      let words = "\(RowCount.text(shown: sample.rowCount, of: sample)) that fail "
      return .make(
        .details, class: "data", [],
        [
          .make(.summary, [], [.text(words), .make(.code, text: check.condition)]),
          scrollingTable(sample, caption: check.condition),
        ])
    }
    return .make(
      .figure, class: "table-figure checks", [],
      [scrollingTable(checks.table, caption: "Checks on the data")] + samples)
  }

  private func receipt(_ receipt: ReportReceipt) -> HTMLNode {
    let rows = receipt.rows.map {
      ", \(NumberPrinting.grouped("\($0)")) \($0 == 1 ? "row" : "rows")"
    }
    return .make(
      .p, class: "message", [],
      [.text("Saved "), .make(.code, text: receipt.file), .text(rows ?? "")])
  }

  private mutating func chartFigure(
    _ output: ReportChart, of cell: ReportCell, caption: String?
  ) -> HTMLNode {
    chartCount += 1
    let chart = Chart(output.spec, data: output.data.shown(in: document.zone))
    let image = chart.svg(id: "chart-\(chartCount)", description: cell.alt)
    let words = HTMLNode.make(.summary, text: "View as table")
    let table = HTMLNode.make(
      .details, class: "data", [],
      [words, scrollingTable(output.data, caption: chart.title)])
    let links = [
      download(
        CSVTable.renderForSpreadsheets(output.data), as: "text/csv", name: cell.id + ".csv", "CSV"),
      download(
        Chart(output.spec, data: output.data).vegaLite.text, as: "application/json",
        name: cell.id + ".vl.json", "Vega-Lite"),
    ].compactMap { $0 }
    let tools = HTMLNode.make(.div, class: "tools", [], [table, downloads(links)])
    return .make(
      .figure, class: "chart-figure", [],
      [picture(image, of: chart)] + narrowPicture(of: chart, image, cell)
        + figureCaption(caption == chart.title ? nil : caption) + [tools])
  }

  /// For narrow screens, where the wide picture would have to be scrolled; not for pictures of
  /// so many marks that a second one costs more than it helps.
  private func narrowPicture(
    of chart: Chart, _ wide: SVGImage, _ cell: ReportCell
  ) -> [HTMLNode] {
    guard wide.text.utf8.count <= 120_000 else { return [] }
    let image = chart.narrow.svg(id: "chart-\(chartCount)-narrow", description: cell.alt)
    return [.make(.div, class: "picture narrow", [], [.picture(image)])]
  }

  /// A picture of many rows scrolls in a box, by keyboard too.
  private func picture(_ image: SVGImage, of chart: Chart) -> HTMLNode {
    guard image.height > 900 else { return .make(.div, class: "picture", [], [.picture(image)]) }
    return .make(
      .div, class: "picture tall",
      [
        HTMLAttribute(.tabindex, "0"), HTMLAttribute(.role, "region"),
        HTMLAttribute(.ariaLabel, "Chart: \(chart.title)"),
      ], [.picture(image)])
  }

  func figureCaption(_ caption: String?) -> [HTMLNode] {
    caption.map { [.make(.figcaption, text: $0)] } ?? []
  }
}

extension ReportCell {
  /// A table or chart that comes first carries the caption itself.
  fileprivate var showsCaptionInOutput: Bool {
    switch outputs.first {
    case .table, .chart: true
    case .value, .receipt, .checks, .message, .diagnostic, .skipped, nil: false
    }
  }
}

extension HighlightedCode {
  /// The text in pieces, each of its kind; ranges that do not fit the text are passed over.
  var nodes: [HTMLNode] {
    let bytes = Array(text.utf8)
    var nodes: [HTMLNode] = []
    var place = 0
    for range in ranges where range.start >= place && range.start < range.end {
      guard range.end <= bytes.count else { continue }
      nodes += Self.node(bytes[place..<range.start])
      nodes.append(
        .make(
          .span, class: "h-\(range.kind.rawValue)", [], Self.node(bytes[range.start..<range.end])))
      place = range.end
    }
    return nodes + Self.node(bytes[place...])
  }

  private static func node(_ bytes: ArraySlice<UInt8>) -> [HTMLNode] {
    bytes.isEmpty ? [] : [.text(Exit.revealed(String(decoding: bytes, as: UTF8.self)))]
  }
}
