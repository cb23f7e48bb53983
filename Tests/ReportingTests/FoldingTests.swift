import Charting
import Diagnostics
import Reporting
import Testing
import Values

/// What a reader opens on purpose: long tables, tall pictures; and words that are code.
@Suite("Folding in the HTML report")
struct FoldingTests {
  private func report(_ outputs: [CellOutput], caption: String? = nil) -> String {
    var document = ReportDocument(title: "t")
    document.blocks = [
      .cell(
        ReportCell(id: "a", code: HighlightedCode(""), caption: caption, outputs: outputs))
    ]
    return HTMLReport.render(document)
  }

  private func numbers(_ count: Int) -> ResultTable {
    ResultTable(
      schema: Schema([Column("n", ValueType(.int)), Column("name", ValueType(.text))]),
      columns: [
        (0..<count).map { .int(Int64($0)) }, (0..<count).map { .text("customer number \($0)") },
      ], totalRows: count)
  }

  @Test("a long table shows its first rows, and all on a click; a short one is open")
  func tables() {
    let long = report([.table(ReportTable(numbers(100)))])
    #expect(long.contains("<details class=\"data all\">"))
    #expect(long.ranges(of: "customer number 19<").count == 2)
    #expect(long.ranges(of: "customer number 20<").count == 1)
    #expect(long.contains("The first 20 of </span>100 rows"))
    let short = report([.table(ReportTable(numbers(30)))])
    #expect(!short.contains("<details"))
    #expect(short.contains("30 rows"))
  }

  @Test("a tall picture scrolls in a box that the keyboard reaches")
  func pictures() {
    let spec = ChartSpec(mark: .bar, x: "n", y: "name", title: "T")
    #expect(
      report([.chart(ReportChart(spec, data: numbers(200)))]).contains(
        "<div class=\"picture tall\" tabindex=\"0\" role=\"region\" aria-label=\"Chart: T\">"))
    #expect(
      report([.chart(ReportChart(spec, data: numbers(5)))]).contains("<div class=\"picture\">"))
  }

  @Test("a caption that is the chart's title is not said twice")
  func captions() {
    let chart = CellOutput.chart(
      ReportChart(ChartSpec(mark: .bar, x: "n", y: "name", title: "T"), data: numbers(3)))
    #expect(!report([chart], caption: "T").contains("<figcaption"))
    #expect(report([chart], caption: "U").contains("<figcaption>U</figcaption>"))
  }

  @Test("what stands between backticks is code; a lone backtick is a letter")
  func code() {
    #expect(
      report([.diagnostic(finding("`a` is < `b`"))]).contains(
        "<code>a</code> is &lt; <code>b</code>"))
    #expect(report([.diagnostic(finding("one ` alone"))]).contains("one ` alone"))
  }

  private func finding(_ title: String) -> ReportDiagnostic {
    ReportDiagnostic(.init(.unknownColumn, title, at: nil, label: ""), sources: .init())
  }
}
