import Charting
import Values

/// Cells: code, outputs, caption, note.
extension MarkdownPage {
  /// Longer tables are folded behind their first rows.
  private static let openRows = 40
  private static let firstRows = 20

  mutating func cell(_ cell: ReportCell) -> [String] {
    var blocks = ["<a id=\"\(Self.anchor(cell.id))\"></a>"]
    switch cell.codeDisplay {
    case .hidden: break
    case .shown: blocks.append(Self.block(cell.code.text, language: "whom"))
    case .folded:
      blocks.append(
        Self.folded("Code of \(cell.id)", Self.block(cell.code.text, language: "whom")))
    }
    for (index, output) in cell.outputs.enumerated() {
      var shown = self.output(output, of: cell, index)
      if index == 0, let caption = cell.caption, !output.isNamed(caption) {
        shown.insert("*\(Self.escaped(caption))*", at: min(1, shown.count))
      }
      blocks += shown
    }
    if cell.outputs.isEmpty, let caption = cell.caption {
      blocks.append("*\(Self.escaped(caption))*")
    }
    if let note = cell.note { blocks.append(Self.quoted(Self.escaped(note))) }
    return blocks.count == 1 && cell.outputs.isEmpty ? [] : blocks
  }

  private mutating func output(
    _ output: CellOutput, of cell: ReportCell, _ index: Int
  ) -> [String] {
    switch output {
    case .table(let table): return self.table(table)
    case .chart(let chart): return self.chart(chart, of: cell, index)
    case .value(let value):
      let name = value.name.map { Self.escaped($0) + ": " } ?? ""
      let text = document.text(value.value, value.type)
      return ["\(name)**\(Self.escaped(text))**"]
    case .receipt(let receipt):
      let rows = receipt.rows.map {
        ", \(NumberPrinting.grouped("\($0)")) \($0 == 1 ? "row" : "rows")"
      }
      return ["Saved \(Self.code(receipt.file))\(rows ?? "")"]
    case .checks(let checks): return self.checks(checks)
    case .message(let text): return [Self.escaped(text)]
    case .diagnostic(let diagnostic): return [self.diagnostic(diagnostic)]
    case .skipped(let cause):
      return ["Not run: it needs \(link(toCell: cause, cause)), which failed."]
    }
  }

  // MARK: Tables

  private func table(_ output: ReportTable) -> [String] {
    let title = output.title.map { ["**\(Self.escaped($0))**"] } ?? []
    let table = output.table.shown(in: document.zone)
    let all = Self.trimmed(MarkdownTable.render(table))
    let count = RowCount.text(shown: table.rowCount, of: table)
    if table.rowCount == 0 { return title + [all, "no rows"] }
    guard table.rowCount > Self.openRows else {
      return title + [all] + (table.isWhole && table.rowCount < 10 ? [] : [count])
    }
    let first = Self.trimmed(MarkdownTable.render(table.prefix(Self.firstRows)))
    return title + [first, Self.folded("All of \(count)", all)]
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The conditions in a table; below it, folded, some of the rows that fail each.
  private func checks(_ checks: [ReportCheck]) -> [String] {
    let samples = checks.compactMap { check -> String? in
      guard let sample = check.sample, sample.rowCount > 0 else { return nil }
      let count = RowCount.text(shown: sample.rowCount, of: sample)
      return Self.folded(
        "\(count) that fail \(check.condition)",
        Self.trimmed(MarkdownTable.render(sample.shown(in: document.zone))))
    }
    return [Self.trimmed(MarkdownTable.render(checks.table))] + samples
  }

  // MARK: Charts

  private mutating func chart(
    _ output: ReportChart, of cell: ReportCell, _ index: Int
  ) -> [String] {
    let data = output.data.shown(in: document.zone)
    let chart = Chart(output.spec, data: data)
    let stem = Exit.escape(cell.id, for: .fileName)
    let name = index == 0 ? "\(stem).svg" : "\(stem)-\(index + 1).svg"
    pictures.append(
      .init(name: name, image: chart.svg(id: "c", isStandalone: true, description: cell.alt)))
    let numbers = data.prefix(200)
    let count = RowCount.text(shown: numbers.rowCount, of: output.data)
    return [
      "![\(Self.escaped(cell.alt ?? chart.summary))](<\(folder)/\(name)>)",
      Self.folded(
        "The numbers, \(count)", Self.trimmed(MarkdownTable.render(numbers))),
    ]
  }

  // MARK: Findings

  private func diagnostic(_ finding: ReportDiagnostic) -> String {
    var parts = [
      finding.isError ? "[!CAUTION]" : "[!WARNING]",
      "**\(finding.isError ? "Error" : "Warning") \(finding.code)** \(Self.words(finding.title))",
    ]
    var text = parts.joined(separator: "\n")
    parts = finding.excerpt.map { [excerpt($0)] } ?? []
    for note in finding.notes {
      parts.append(Self.words(note.text))
      parts += note.excerpt.map { [excerpt($0)] } ?? []
    }
    parts += finding.help.map { "**Help:** " + Self.words($0) }
    text += parts.map { "\n\n" + $0 }.joined()
    return Self.quoted(text)
  }

  /// The lines of source, with the marked part underlined.
  private func excerpt(_ excerpt: ReportDiagnostic.Excerpt) -> String {
    var lines = [excerpt.place]
    for (index, line) in excerpt.lines.enumerated() {
      let bytes = Array(line.text.utf8)
      let start = max(0, min(line.mark.lowerBound, bytes.count))
      let end = max(start, min(line.mark.upperBound, bytes.count))
      let before = String(decoding: bytes[..<start], as: UTF8.self)
      let marked = String(decoding: bytes[start..<end], as: UTF8.self)
      lines.append("\(line.number) | \(line.text)")
      let blanks = String(
        repeating: " ", count: "\(line.number) | ".count + DisplayWidth.of(Exit.revealed(before)))
      let carets = String(
        repeating: "^", count: max(1, DisplayWidth.of(Exit.revealed(marked))))
      lines.append(
        blanks + carets + (index == 0 && !excerpt.label.isEmpty ? " " + excerpt.label : ""))
    }
    return Self.block(lines.joined(separator: "\n"), language: "text")
  }
}

extension ResultTable {
  /// The first rows, and still how many there are.
  func prefix(_ count: Int) -> ResultTable {
    ResultTable(
      schema: schema, columns: columns.map { Array($0.prefix(count)) },
      totalRows: totalRows ?? (rowCount > count ? nil : rowCount))
  }
}

extension CellOutput {
  /// Whether it shows these words as its title already.
  fileprivate func isNamed(_ caption: String) -> Bool {
    switch self {
    case .chart(let chart): chart.spec.title == caption
    case .table(let table): table.title == caption
    case .value, .receipt, .checks, .message, .diagnostic, .skipped: false
    }
  }
}
