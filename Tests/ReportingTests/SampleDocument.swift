import Charting
import Diagnostics
import Reporting
import Values

/// A report with one of everything, in which every text is `word`.
func sampleDocument(_ word: String) -> ReportDocument {
  var document = ReportDocument(title: word)
  document.authors = [word]
  document.asOf = 10_407
  document.status = ReportStatus(cells: 2, failed: 1, skipped: 1, checks: 1, failedChecks: 1)
  document.parameters = [
    ReportParameter(
      name: word, type: ValueType(.text), value: .text(word), origin: .set, doc: word)
  ]
  document.inlineValues = [
    InlineValue(.value(.text(word), ValueType(.text)), lineage: word),
    InlineValue(.failed(title: word, code: "E0701"), lineage: word),
  ]
  document.failedChecks = [FailedCheck(title: word, cell: word, detail: word)]
  document.sources = [ReportSource(name: word, size: 1, rows: 2, fingerprint: word)]
  document.versions = [ReportVersion(name: word, version: word)]
  document.blocks = [
    .prose(sampleProse(word)), .cell(sampleCell(word, id: "one")),
    .cell(ReportCell(id: word, code: HighlightedCode(word), outputs: [.skipped(becauseOf: word)])),
  ]
  return document
}

private func sampleProse(_ word: String) -> [ProseBlock] {
  let inline: [ProseInline] = [
    .text(word), .emphasis([.text(word)]), .strong([.text(word)]), .code(word), .hole(0), .hole(1),
    .hole(9), .link(to: "https://example.org/?q=" + word, title: word, [.text(word)]),
    .link(to: "javascript:alert(1)", title: nil, [.text("dangerous")]),
    .image(source: word, alt: word), .lineBreak, .strikethrough([.text(word)]),
  ]
  return [
    .heading(level: 2, id: "first", [.text(word)]), .paragraph(inline),
    .heading(level: 3, id: "second", [.hole(0)]),
    .list(
      ProseList(start: 3, items: [ProseListItem(isDone: true, blocks: [.paragraph(inline)])])),
    .table(
      ProseTable(alignments: [.right], header: [[.text(word)]], rows: [[[.text(word)]]])),
    .code(language: word, text: word), .quote([.paragraph(inline)]), .rule,
  ]
}

func sampleCell(_ word: String, id: String) -> ReportCell {
  let data = ResultTable(
    schema: Schema([
      Column(word, ValueType(.text, nullable: true)), Column("n", ValueType(.float)),
      Column("tags", ValueType(.list(ValueType(.text)))),
    ]),
    columns: [
      [.text(word), .null], [.float(1), .float(2)], [.list([.text(word)]), .list([])],
    ], totalRows: 83_214)
  var sources = SourceMap()
  let file = sources.add(name: word, text: word + "\n" + word)
  let finding = Diagnostic(
    .unknownColumn, word, at: file.whole, label: word, notes: [.init(word, at: file.whole)],
    help: [word])
  let specs = [
    ChartSpec(mark: .bar, x: word, y: "n", title: word),
    ChartSpec(mark: .line, x: word, y: "n", color: word),
    ChartSpec(mark: .heatmap, x: word, y: "tags", color: "n"),
  ]
  var outputs: [CellOutput] = [.table(ReportTable(data, title: word))]
  outputs += specs.map { .chart(ReportChart($0, data: data)) }
  outputs += [
    .value(ReportValue(.text(word), type: ValueType(.text), name: word)),
    .receipt(ReportReceipt(file: word, rows: 1)), .message(word),
    .diagnostic(ReportDiagnostic(finding, sources: sources, input: data.schema)),
  ]
  outputs.append(
    .checks([
      ReportCheck(
        condition: word, rows: 2, failed: 1, required: 0.9, outcome: .warned, sample: data)
    ]))
  let ranges = [
    HighlightedRange(.verb, start: 0, end: 1), HighlightedRange(.name, start: 1, end: 900),
  ]
  return ReportCell(
    id: id, code: HighlightedCode(word, ranges: ranges), caption: word, alt: word, note: word,
    outputs: outputs)
}
