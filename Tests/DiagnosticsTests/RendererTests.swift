import Diagnostics
import Testing

/// Findings as a terminal shows them, in full.
@Suite struct RendererTests {
  private func file(_ text: String, _ name: String = "a.whom", _ id: Int = 0) -> SourceFile {
    SourceFile(id: FileID(id), name: name, text: text)
  }

  /// The first place where `part` stands.
  private func span(_ part: String, in file: SourceFile) -> Span {
    let bytes = Array(part.utf8)
    let start = file.bytes.indices.first { file.bytes[$0...].starts(with: bytes) } ?? 0
    return Span(file: file.id, start: start, end: start + bytes.count)
  }

  private func render(_ diagnostic: Diagnostic, _ files: SourceFile..., width: Int = 60) -> String {
    DiagnosticRenderer(files: files, width: width).render(diagnostic)
  }

  @Test func aSecondPlaceAndHelp() {
    let file = file("let orders = read \"o.csv\"\n\n\n\n\n\n\n\n\norders | where ordered_on > 3\n")
    let finding = Diagnostic(
      .unknownColumn, "unknown column `ordered_on`", at: span("ordered_on", in: file),
      label: "not a column of orders",
      notes: [.init("the columns come from here", at: span("read \"o.csv\"", in: file))],
      help: ["did you mean `ordered_at`?"])
    #expect(
      render(finding, file) == """
        error[E0201]: unknown column `ordered_on`
          --> a.whom:10:16
           |
         1 | let orders = read "o.csv"
           |              ------------ the columns come from here
        ...
        10 | orders | where ordered_on > 3
           |                ^^^^^^^^^^ not a column of orders
           |
           = help: did you mean `ordered_at`?
        """)
  }

  @Test func labelThatDoesNotFit() {
    let file = file("orders | summarize spend = sum(sqrt(amount) * ln(amount))\n")
    let finding = Diagnostic(
      .unknownFunction, "unknown function `ln`", at: span("ln", in: file),
      label: "no function of this name")
    var screen = DiagnosticRenderer(files: [file], width: 60)
    screen.isScreen = true
    #expect(
      screen.render(finding) == """
        error[E0203]: unknown function `ln`
         --> a.whom:1:47
          |
        1 | …ders | summarize spend = sum(sqrt(amount) * ln(amount))
          |                                              ^^
          |                                 no function of this name
        """)
    #expect(render(finding, file).hasSuffix("  ^^ no function of this name"))
  }

  @Test func anotherFile() {
    let program = file("use lib\norders | f(3)")
    let library = file("fn f(x) = x + missing\n", "lib.whom", 1)
    let finding = Diagnostic(
      .typeMismatch, "cannot add", at: span("missing", in: library), label: "this is text",
      notes: [.init("called from here", at: span("f(3)", in: program)), .init("just so")],
      severity: .warning)
    #expect(
      render(finding, program, library) == """
        warning[E0301]: cannot add
         --> lib.whom:1:15
          |
        1 | fn f(x) = x + missing
          |               ^^^^^^^ this is text
         ::: a.whom:2:10
          |
        2 | orders | f(3)
          |          ---- called from here
          |
          = note: just so
        """)
  }

  @Test func severalLines() {
    let file = file("x\n  | derive a = (1 +\n     2) * 3\n")
    let finding = Diagnostic(
      .typeMismatch, "t", at: span("(1 +\n     2)", in: file), label: "all of this")
    #expect(
      render(finding, file) == """
        error[E0301]: t
         --> a.whom:2:16
          |
        2 |   | derive a = (1 +
          |                ^^^^
        3 |      2) * 3
          |      ^^ all of this
        """)
  }

  /// A tab goes to the next multiple of four, a wide character takes two columns.
  @Test func tabsAndWideCharacters() {
    let file = file("\tlet a\t= \"日本\" + x")
    let finding = Diagnostic(.unknownBinding, "t", at: span("x", in: file), label: "here")
    #expect(
      render(finding, file) == """
        error[E0202]: t
         --> a.whom:1:17
          |
        1 |     let a   = "日本" + x
          |                        ^ here
        """)
  }

  @Test func hostileTextIsWrittenOut() {
    let file = file("let a = \"\u{1B}[31m\u{202E}x\u{0}\" + b", "evil\u{1B}[0m\u{7}.whom")
    let finding = Diagnostic(
      .unknownBinding, "nothing is bound to `b\u{9B}\u{2066}`", at: span("b", in: file),
      label: "\u{8}", help: ["\u{1B}]0;title\u{7}"])
    #expect(
      render(finding, file) == """
        error[E0202]: nothing is bound to `b\\u{9B}\\u{2066}`
         --> evil␛[0m␇.whom:1:22
          |
        1 | let a = "␛[31m\\u{202E}x␀" + b
          |                             ^ ␈
          |
          = help: ␛]0;title␇
        """)
  }

  @Test func longLinesAreCutAroundThePlace() {
    let file = file("let x = [" + (1...200).map(String.init).joined(separator: ", ") + "]")
    let finding = Diagnostic(.typeMismatch, "t", at: span("100", in: file), label: "here")
    let lines = render(finding, file).split(separator: "\n").map(String.init)
    let mark = lines[4].firstIndex(of: "^").map {
      lines[4].distance(from: lines[4].startIndex, to: $0)
    }
    #expect(lines[3].count <= 60)
    #expect(lines[3].hasPrefix("1 | …") && lines[3].hasSuffix("…"))
    #expect(lines[3].dropFirst(mark ?? 0).hasPrefix("100"))
    let edges = Diagnostic(.typeMismatch, "t", at: file.whole)
    let whole = render(edges, file).split(separator: "\n").map(String.init)
    #expect(whole.allSatisfy { $0.count <= 60 })
  }

  @Test func placesAtTheEdges() {
    let file = file("ab\r\ncd")
    let end = Diagnostic(.unexpectedToken, "t", at: Span(file: file.id, start: 6, end: 6))
    #expect(render(end, file).hasSuffix("2 | cd\n  |   ^"))
    let lineEnd = Diagnostic(.unexpectedToken, "t", at: Span(file: file.id, start: 2, end: 2))
    #expect(render(lineEnd, file).hasSuffix("1 | ab\n  |   ^"))
    let empty = self.file("")
    let nothing = Diagnostic(.unexpectedToken, "t", at: empty.whole)
    #expect(render(nothing, empty).hasSuffix("1 |\n  | ^"))
  }

  @Test func withoutAPlace() {
    let finding = Diagnostic(
      .engineMissing, "no engine", at: nil,
      help: ["run `make setup`, which puts one beside the program, and then try it once more"])
    #expect(
      render(finding) == """
        error[E0703]: no engine
         = help: run `make setup`, which puts one beside the
                 program, and then try it once more
        """)
  }

  @Test func colours() {
    let file = file("x")
    let finding = Diagnostic(.typeMismatch, "t", at: file.whole, label: "l", help: ["h"])
    let shown = DiagnosticRenderer(files: [file], isColoured: true).render(finding)
    #expect(shown.hasPrefix("\u{1B}[1;31merror[E0301]\u{1B}[0m"))
    let plain = shown.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == DiagnosticRenderer(files: [file]).render(finding))
  }

  @Test func counting() {
    let error = Diagnostic(.typeMismatch, "t", at: nil)
    let warning = Diagnostic(.orderLost, "t", at: nil)
    #expect(DiagnosticRenderer.count([]) == "")
    #expect(DiagnosticRenderer.count([error]) == "1 error")
    #expect(DiagnosticRenderer.count([error, warning, error]) == "2 errors, 1 warning")
  }
}
