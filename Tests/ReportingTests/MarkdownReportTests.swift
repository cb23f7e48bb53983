import Charting
import Reporting
import Testing
import Values

@Suite("The Markdown report")
struct MarkdownReportTests {
  private let hostile = "<script>a|b*c`d_[x](y)\n# e\u{202E}"

  @Test("hostile texts stay texts; each picture is there")
  func hostileTexts() {
    let report = MarkdownReport(sampleDocument(hostile), folder: "r_files")
    let outside = report.text.split(separator: "\n").filter { !$0.hasPrefix("```") }
    #expect(!report.text.unicodeScalars.contains("\u{202E}"))
    // Only the report's own elements begin with a bracket that is not escaped.
    var isCode = false
    for line in outside {
      if line.contains("```") { isCode.toggle() }
      guard !isCode, !line.contains("`") else { continue }
      for (index, _) in line.enumerated().filter({ $0.element == "<" }) {
        let rest = line.dropFirst(index)
        let own = [
          "<details>", "<summary>", "</summary>", "</details>", "<a id=", "</a>", "<r_files/",
          "<https:",
        ]
        #expect(own.contains { rest.hasPrefix($0) }, "\(line)")
      }
    }
    #expect(!report.pictures.isEmpty)
    for picture in report.pictures {
      #expect(report.text.contains("(<r_files/\(picture.name)>)"))
      #expect(picture.image.text.hasPrefix("<svg"))
    }
  }

  @Test("prose, values, tables and findings as GitHub reads them")
  func content() {
    let text = MarkdownReport(sampleDocument("word"), folder: "f").text
    #expect(text.hasPrefix("# word\n\n❌ word · As of 30 June 1998 · 1 of 2 cells failed"))
    #expect(text.contains("\n## word\n"))
    #expect(text.contains("word*word***word**`word`"))
    #expect(text.contains("3. [x] word"))
    #expect(text.contains("| word |\n| --: |\n| word |"))
    #expect(text.contains("> [!CAUTION]\n> **Error E0201** word"))
    #expect(text.contains("> 1 | word\n>     ^^^^ word"))
    #expect(text.contains("2 of 83,214 rows"))
    #expect(!text.contains("javascript:"))
  }

  @Test("long tables are folded behind their first rows")
  func folding() {
    let values = (0..<100).map { Value.int(Int64($0)) }
    let table = ResultTable(
      schema: Schema([Column("n", ValueType(.int))]), columns: [values], totalRows: 2000)
    var document = ReportDocument(title: "t")
    document.blocks = [
      .cell(ReportCell(id: "a", code: HighlightedCode(""), outputs: [.table(ReportTable(table))]))
    ]
    let text = MarkdownReport(document, folder: "f").text
    #expect(text.contains("<summary>All of 100 of 2,000 rows</summary>"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("|  19 |") } == 2)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("|  20 |") } == 1)
  }

  @Test("words at the start of a line begin no list")
  func lineStarts() {
    var document = ReportDocument(title: "t")
    document.blocks = [
      .prose([.paragraph([.text("1. no list"), .softBreak, .text("- none either")])])
    ]
    let text = MarkdownReport(document, folder: "f").text
    #expect(text.contains("1\\. no list\n\\- none either"))
  }

  @Test("what a spreadsheet would work out is marked as text")
  func formulas() {
    let data = table([
      ("=a", ValueType(.text), [.text("=1+1"), .text("@x"), .text("ok")]),
      ("n", ValueType(.int), [.int(-1), .int(2), .int(3)]),
    ])
    #expect(CSVTable.renderForSpreadsheets(data) == "'=a,n\n'=1+1,-1\n'@x,2\nok,3\n")
    #expect(CSVTable.render(data) == "=a,n\n=1+1,-1\n@x,2\nok,3\n")
  }

  private func table(_ columns: [(String, ValueType, [Value])]) -> ResultTable {
    ResultTable(
      schema: Schema(columns.map { Column($0.0, $0.1) }), columns: columns.map(\.2),
      totalRows: columns.first?.2.count)
  }
}
