import Diagnostics
import Notebooks
import Testing

@Suite struct NotebookErrorTests {
  /// A notebook, the code, the title, and the source text that is marked.
  static let cases: [(text: String, code: String, title: String, marked: String)] = [
    ("---\ntitle: x\n\n```whom\na\n```\n", "E0801", "the front matter is not closed", "---"),
    ("---\ntitel: x\n---\n", "E0802", "unknown setting \"titel\"", "titel"),
    ("---\nréport: x\n---\n", "E0802", "unknown setting \"réport\"", "réport"),
    ("---\nreport: {kode: fold}\n---\n", "E0802", "unknown setting \"kode\"", "kode"),
    ("---\nreport: {code: maybe}\n---\n", "E0801", "`code` takes fold, show or hide", "maybe"),
    (
      "---\nreport: {lead: In shrt}\n---\n## In short\n\n```whom\nx\n```\n", "E0801",
      "no section is called \"In shrt\"", "In shrt"
    ),
    ("---\nreport: {toc: yes}\n---\n", "E0801", "`toc` takes true or false", "yes"),
    (
      "---\nrun: {timeout: soon}\n---\n", "E0801", "`timeout` takes a time such as 30s, 2m or 1h",
      "soon"
    ),
    ("---\nrun: fast\n---\n", "E0801", "the settings of `run` are not `name: value`", "fast"),
    ("---\nlang: e\"n\n---\n", "E0801", "`lang` takes a language such as en or pt-BR", "e\"n"),
    ("---\ntitle: a\ntitle: b\n---\n", "E0801", "\"title\" is set twice", "title"),
    ("---\ntitle: a: b\n---\n", "E0801", "these settings cannot be read", ":"),
    ("---\ntitle: &x a\n---\n", "E0801", "these settings cannot be read", "&x a"),
    ("---\n- a\n---\n", "E0801", "the settings of the front matter are not `name: value`", "- a\n"),
    ("```whom #a\norders\n", "E0801", "the cell is not closed", "```whom #a"),
    ("````whom\norders\n```\n", "E0801", "the cell is not closed", "````whom"),
    (
      "```whom #a\nx\n```\n\n```whom #a\ny\n```\n", "E0801", "two cells are called \"a\"",
      "```whom #a"
    ),
    ("```whom #1a\nx\n```\n", "E0801", "\"#1a\" is not the id of a cell", "```whom #1a"),
    ("```whom #a #b\nx\n```\n", "E0801", "a cell with two ids", "```whom #a #b"),
    (
      "```whom exercise\nx\n```\n", "E0802", "unknown word \"exercise\" behind `whom`",
      "```whom exercise"
    ),
    ("```{whom}\nx\n```\n", "E0801", "`{whom}` does not open a cell", "```{whom}"),
    ("```Whom\nx\n```\n", "E0801", "`Whom` does not open a cell", "```Whom"),
    ("- item\n\n  ```whom\n  x\n  ```\n", "E0801", "a cell inside a list or a quote", "  ```whom"),
    ("```whom\n#| captoin: x\nx\n```\n", "E0802", "unknown setting \"captoin\"", "captoin"),
    ("```whom\n#| rows: many\nx\n```\n", "E0801", "`rows` takes a whole number", "many"),
    ("```whom\n#| rows: -1\nx\n```\n", "E0801", "`rows` takes a whole number", "-1"),
    ("```whom\nx\n#| rows: 3\n```\n", "E0801", "an option below code", "#| rows: 3"),
    (
      "```whom\n#| tags: [a, [b]]\nx\n```\n", "E0801", "`tags` takes a text or a list of texts",
      "[a, [b]]"
    ),
  ]

  @Test(arguments: cases.indices) func reports(_ index: Int) throws {
    let expected = Self.cases[index]
    let file = SourceFile(id: FileID(0), name: "n.md", text: expected.text)
    let (_, diagnostics) = NotebookParser.parse(file)
    #expect(diagnostics.count == 1)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.code.rawValue == expected.code)
    #expect(diagnostic.title == expected.title)
    #expect(diagnostic.span.map(file.text) == expected.marked)
  }

  @Test func suggestsNearNames() {
    #expect(parse("---\ntitel: x\n---\n").1.first?.help.first == "Did you mean `title`?")
    #expect(
      parse("```whom\n#| captoin: x\nx\n```\n").1.first?.help.first == "Did you mean `caption`?")
    #expect(parse("```whom no-run\nx\n```\n").1.first?.help.first == "Did you mean `norun`?")
    #expect(
      parse("---\nparams: {a: 1}\n---\n").1.first?.help.first?.contains("param week") == true)
  }

  @Test func aRepeatedIDPointsAtTheFirst() {
    let diagnostics = parse("```whom #a\nx\n```\n\n```whom #a\ny\n```\n").1
    #expect(diagnostics.first?.notes.first?.span == Span(file: FileID(0), start: 0, end: 10))
    #expect(diagnostics.first?.span?.start == 18)
  }

  /// Cuts, doubles and swaps bytes of a notebook: whatever comes out must not end the process,
  /// and every span must lie in the file.
  @Test func survivesDamage() {
    let original = Array(NotebookParserTests.churn.utf8)
    for index in original.indices {
      for kind in 0..<3 {
        var bytes = original
        switch kind {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(contentsOf: [bytes[index], UInt8(ascii: "`")], at: index)
        default: bytes.removeSubrange(index...)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let (notebook, diagnostics) = parse(text)
        let spans =
          notebook.cells.map(\.code) + notebook.inlineExprs.map(\.expr)
          + diagnostics.compactMap(\.span)
        let size = text.utf8.count
        #expect(spans.allSatisfy { $0.start >= 0 && $0.start <= $0.end && $0.end <= size })
      }
    }
  }
}
