import Diagnostics
import Notebooks
import Reporting
import Testing

@Suite struct NotebookParserTests {
  static let churn = """
    ---
    title: Weekly churn
    author: [Ada, Grace]
    date: 2025-06-30
    lang: en
    run:    {on_error: stop, cell_timeout: 2m, timeout: 1h}
    report: {code: hide, toc: false, rows: 50, data: none}
    ---
    # Weekly churn

    ```whom #setup
    #| fold: true
    #| caption: "Where: the data"
    param week: date = @2025-06-30   ## last day
    ```

    ~~~~whom
    orders | take 5
    ~~~
    still code
    ~~~~

    Revenue was {= orders | sum(amount) =} this week, {=$week=}.

    """

  @Test func readsFrontMatter() throws {
    let (notebook, diagnostics) = parse(Self.churn)
    #expect(diagnostics.isEmpty)
    let matter = notebook.frontMatter
    #expect(matter.title == "Weekly churn")
    #expect(matter.authors == ["Ada", "Grace"])
    #expect(matter.date == "2025-06-30")
    #expect(matter.run.onError == .stop)
    #expect(matter.run.cellTimeout == TimeLimit(milliseconds: 120_000))
    #expect(matter.run.timeout == TimeLimit(milliseconds: 3_600_000))
    #expect(matter.report.code == .hide)
    #expect(!matter.report.hasContents)
    #expect(matter.report.rows == 50)
    #expect(matter.report.data == .none)
  }

  @Test func readsCells() throws {
    let source = SourceFile(id: FileID(3), name: "churn.md", text: Self.churn)
    let (notebook, _) = NotebookParser.parse(source)
    #expect(notebook.cells.map(\.id) == ["setup", "cell-2"])
    let setup = try #require(notebook.cells.first)
    #expect(setup.options.fold == true)
    #expect(setup.options.caption == "Where: the data")
    #expect(source.text(setup.code) == "param week: date = @2025-06-30   ## last day\n")
    #expect(source.text(setup.head) == "```whom #setup")
    #expect(source.text(notebook.cells[1].code) == "orders | take 5\n~~~\nstill code\n")
    #expect(notebook.cells.allSatisfy { $0.code.file == FileID(3) })
  }

  @Test func readsInlineValues() {
    let source = SourceFile(id: FileID(0), name: "churn.md", text: Self.churn)
    let (notebook, _) = NotebookParser.parse(source)
    #expect(
      notebook.inlineExprs.map { source.text($0.expr) } == ["orders | sum(amount)", "$week"])
    #expect(notebook.inlineExprs.map(\.cellsAbove) == [2, 2])
    #expect(
      notebook.blocks.last
        == .prose([
          .paragraph([
            .text("Revenue was "), .hole(0), .text(" this week, "), .hole(1), .text("."),
          ])
        ]))
  }

  @Test func keepsTheOrderOfProseAndCells() {
    let (notebook, _) = parse("one\n\n```whom\na\n```\n```whom\nb\n```\n\ntwo\n")
    #expect(
      notebook.blocks == [
        .prose([.paragraph([.text("one")])]), .cell(0), .cell(1),
        .prose([.paragraph([.text("two")])]),
      ])
  }

  @Test(arguments: [
    "```python\nprint()\n```", "```whom norun\norders\n```", "```\norders\n```",
    "    ```whom\n    orders\n    ```", "```whom-hint #a\nhint\n```",
  ])
  func leavesOtherCodeAlone(_ block: String) {
    let (notebook, diagnostics) = parse("\(block)\n\n```whom\norders\n```\n")
    #expect(notebook.cells.map(\.id) == ["cell-1"])
    #expect(diagnostics.isEmpty)
    guard case .prose(let prose) = notebook.blocks.first, case .code = prose.first else {
      Issue.record("\(notebook.blocks)")
      return
    }
  }

  @Test func indentedFencesAndWindowsLineEnds() {
    let source = SourceFile(
      id: FileID(0), name: "n.md",
      text:
        "---\r\ntitle: T\r\n---\r\n  ```whom  #a\r\n  #| rows: 3\r\n  orders\r\n  ```\r\n{= 1 =}\r\n"
    )
    let (notebook, diagnostics) = NotebookParser.parse(source)
    #expect(diagnostics.isEmpty)
    #expect(notebook.frontMatter.title == "T")
    #expect(notebook.cells.first?.options.rows == 3)
    #expect(notebook.cells.first.map { source.text($0.code) } == "  orders\r\n")
    #expect(notebook.inlineExprs.map { source.text($0.expr) } == ["1"])
  }

  @Test func emptyTexts() {
    for text in ["", "\n", "---\n---\n", "\u{FEFF}", "# Only prose\n"] {
      let (notebook, diagnostics) = parse(text)
      #expect(notebook.cells.isEmpty)
      #expect(diagnostics.map(\.title) == ["the notebook has no cells"])
    }
  }

  @Test func idsOfCellsAndHeadingsAreUnique() {
    let (notebook, diagnostics) = parse(
      """
      # Top
      ## Top
      ```whom
      a
      ```
      ```whom #cell-1
      b
      ```
      ## Cell 1
      """)
    #expect(diagnostics.isEmpty)
    #expect(notebook.cells.map(\.id) == ["cell-1-2", "cell-1"])
    #expect(headings(notebook) == ["top", "top-2", "cell-1-3"])
  }

  @Test func leadsWithASection() throws {
    let (notebook, diagnostics) = parse(
      """
      ---
      report: {lead: In short}
      ---
      # Top

      Why.

      ```whom #a
      a
      ```

      ## In *short*

      ```whom #b
      b
      ```

      All is {= b =}.

      ### More

      ## End
      """)
    #expect(diagnostics.isEmpty)
    let (blocks, lead) = try #require(notebook.leading(with: "In short"))
    #expect(lead == 3)
    var led = notebook
    led.blocks = Array(blocks.prefix(lead))
    #expect(headings(led) == ["in-short", "more"])
    led.blocks = Array(blocks.dropFirst(lead))
    #expect(headings(led) == ["top", "end"])
    #expect(blocks.count { $0 == .cell(0) } == 1 && blocks[1] == .cell(1))
    #expect(notebook.leading(with: "Short") == nil)
  }

  private func headings(_ notebook: Notebook) -> [String] {
    notebook.blocks.flatMap { block -> [String] in
      guard case .prose(let prose) = block else { return [] }
      return prose.compactMap { if case .heading(_, let id, _) = $0 { id } else { nil } }
    }
  }
}

func parse(_ text: String) -> (Notebook, [Diagnostic]) {
  NotebookParser.parse(SourceFile(id: FileID(0), name: "notebook.md", text: text))
}
