import Reporting
import Testing
import Values

@Suite("Tables as text")
struct TableTests {
  private func table(_ columns: [(String, ValueType, [Value])], total: Int? = nil) -> ResultTable {
    ResultTable(
      schema: Schema(columns.map { Column($0.0, $0.1) }), columns: columns.map(\.2),
      totalRows: total ?? columns.first?.2.count)
  }

  private var sales: ResultTable {
    var money = LabelSet()
    money.currency = "USD"
    return table([
      ("month", ValueType(.date), [.date(9862), .date(9893)]),
      ("revenue", ValueType(.float, nullable: true, labels: money), [.float(299_060.17), .null]),
      ("note", ValueType(.text), [.text("a | \"b\"\nc"), .text("")]),
    ])
  }

  @Test("a terminal table")
  func terminal() {
    #expect(
      TextTable.render(sales, width: 80, styled: false) == """
        month       revenue USD  note
        ──────────  ───────────  ─────────
        1997-01-01   299,060.17  a | "b"␊c
        1997-02-01            –
        2 rows × 3 columns

        """)
  }

  @Test("what does not fit is cut or counted, and no line is too wide")
  func fitting() {
    let text = Value.text("李小龍 wrote a very long note about everything 👩‍👩‍👧 and more")
    let wide = table(
      [("id", ValueType(.int), [.int(1)])]
        + (0..<9).map { ("column \($0)", ValueType(.text), [text]) }, total: 83_214)
    for width in [20, 40, 60, 80, 120] {
      let lines = TextTable.render(wide, width: width, styled: false).split(separator: "\n")
      for line in lines.dropLast() { #expect(DisplayWidth.of(String(line)) <= width) }
      #expect(lines.last?.hasPrefix("1 of 83,214 rows × 10 columns (") == true)
    }
    let half = TextTable.render(wide, width: 60, styled: false, time: "12 ms")
    let footer = half.split(separator: "\n").last ?? ""
    #expect(DisplayWidth.of(String(footer)) <= 60)
    #expect(footer.hasSuffix("…), 12 ms"))
    let narrow = TextTable.render(wide, width: 80, styled: false)
    #expect(narrow.contains("hidden: column "))
    #expect(narrow.contains("…"))
  }

  @Test("rows beyond the limit are counted")
  func limit() {
    let text = TextTable.render(sales, width: 80, styled: false, maxRows: 1)
    #expect(text.hasSuffix("1 of 2 rows × 3 columns\n"))
    #expect(!text.contains("1997-02-01"))
  }

  @Test("CSV by RFC 4180: quotes doubled, an empty text is not a missing value")
  func csv() {
    #expect(
      CSVTable.render(sales)
        == "month,revenue,note\n1997-01-01,299060.17,\"a | \"\"b\"\"\nc\"\n1997-02-01,,\"\"\n")
  }

  @Test("JSON, NDJSON, Markdown")
  func others() {
    let line = #"{"month":"1997-01-01","revenue":299060.17,"note":"a | \"b\"\nc"}"#
    #expect(NDJSONTable.render(sales).hasPrefix(line + "\n"))
    #expect(JSONTable.render(sales).hasPrefix("[\n  " + line + ",\n"))
    #expect(
      MarkdownTable.render(sales) == """
        | month      | revenue USD | note       |
        | :--------- | ----------: | :--------- |
        | 1997-01-01 |  299,060.17 | a \\| "b"␊c |
        | 1997-02-01 |           – |            |

        """)
  }

  @Test("no rows, no columns")
  func empty() {
    let none = table([("a", ValueType(.int), [])])
    #expect(TextTable.render(none, width: 80, styled: false) == "a\n─\n0 rows × 1 column\n")
    #expect(JSONTable.render(none) == "[]\n")
    #expect(CSVTable.render(none) == "a\n")
    _ = TextTable.render(table([]), width: 80, styled: true)
  }
}
