import Diagnostics
import Notebooks
import Reporting
import Testing

@Suite struct InlineValueTests {
  /// Prose, the expressions found in it, and what the reader sees with `⟨n⟩` for the values.
  static let cases: [(prose: String, exprs: [String], seen: String)] = [
    ("{= a =}", ["a"], "⟨0⟩"),
    ("**{= a | count =}** of {= b =}", ["a | count", "b"], "⟨0⟩ of ⟨1⟩"),
    ("{= a * b * c =} and _x_", ["a * b * c"], "⟨0⟩ and x"),
    ("{= `Total (USD)` =}", ["`Total (USD)`"], "⟨0⟩"),
    (#"{= f"{x}=}" =} end"#, [#"f"{x}=}""#], "⟨0⟩ end"),
    ("`{= a =}` and {= b =}", ["b"], "{= a =} and ⟨0⟩"),
    ("`` {= a =} ` `` {= b =}", ["b"], "{= a =} ` ⟨0⟩"),
    ("` {= a =}", ["a"], "` ⟨0⟩"),
    (#"\{= a =}"#, [], "{= a =}"),
    ("    {= code =}\n\n{= b =}", ["b"], "{= code =}⟨0⟩"),
    ("```\n{= code =}\n```\n{= b =}", ["b"], "{= code =}⟨0⟩"),
    ("| n |\n|---|\n| {= a | count =} |", ["a | count"], "n⟨0⟩"),
    ("# Sales of {= $year =}", ["$year"], "Sales of ⟨0⟩"),
    ("- {= a =}\n- {= b =}", ["a", "b"], "⟨0⟩⟨1⟩"),
    ("> {= a =}", ["a"], "⟨0⟩"),
    ("{= a\n  | count =} x", ["a\n  | count"], "⟨0⟩\nx"),
    ("<!-- {= a =} -->", [], ""),
    ("[{= a =}](https://example.org/{= b =})", ["a"], "⟨0⟩"),
    ("\u{E000}1\u{E000} {= a =}", ["a"], "\u{E000}1\u{E000} ⟨0⟩"),
    ("grün {= größe =} 🙂", ["größe"], "grün ⟨0⟩ 🙂"),
  ]

  @Test(arguments: cases.indices) func finds(_ index: Int) {
    let (prose, exprs, seen) = Self.cases[index]
    let file = SourceFile(id: FileID(0), name: "n.md", text: "\(prose)\n\n```whom\nx\n```\n")
    let (notebook, diagnostics) = NotebookParser.parse(file)
    #expect(diagnostics.isEmpty)
    #expect(notebook.inlineExprs.map { file.text($0.expr) } == exprs)
    #expect(notebook.inlineExprs.allSatisfy { $0.cellsAbove == 0 })
    #expect(notebook.cells.count == 1)
    let text = notebook.blocks.map { if case .prose(let prose) = $0 { words(prose) } else { "" } }
    #expect(text.joined() == seen)
  }

  @Test func linkTargetsKeepTheirText() {
    let (notebook, _) = parse("[a](https://example.org/{=b=})")
    #expect(
      notebook.blocks == [
        .prose([
          .paragraph([.link(to: "https://example.org/{=b=}", title: nil, [.text("a")])])
        ])
      ])
  }

  @Test func openValuesAreReported() {
    let (_, diagnostics) = parse("so {= a | count\n\nnext =}\n")
    #expect(diagnostics.map(\.title) == ["the inline value is not closed"])
    #expect(diagnostics.first?.span == Span(file: FileID(0), start: 3, end: 5))
    #expect(parse("so {= =}\n").1.map(\.title) == ["an inline value without an expression"])
  }
}

/// The words a reader sees, without the dress.
func words(_ blocks: [ProseBlock]) -> String {
  blocks.map { block in
    switch block {
    case .heading(_, _, let content), .paragraph(let content): words(content)
    case .list(let list): list.items.map { words($0.blocks) }.joined()
    case .table(let table): (table.header + table.rows.flatMap { $0 }).map(words).joined()
    case .code(_, let text): text
    case .quote(let blocks): words(blocks)
    case .rule: "―"
    }
  }.joined()
}

private func words(_ inlines: [ProseInline]) -> String {
  inlines.map { inline in
    switch inline {
    case .text(let text), .code(let text): text
    case .emphasis(let content), .strong(let content), .strikethrough(let content),
      .link(_, _, let content):
      words(content)
    case .image(_, let alt): alt
    case .lineBreak, .softBreak: "\n"
    case .hole(let number): "⟨\(number)⟩"
    }
  }.joined()
}
