import Diagnostics
import Testing

@Suite struct DiagnosticJSONTests {
  @Test func everyMember() {
    let file = SourceFile(id: FileID(0), name: "a \"b\".whom", text: "é\nlet x = <\u{202E}")
    let finding = Diagnostic(
      .unknownBinding, "a\\b\n", at: Span(file: file.id, start: 7, end: 8), label: "l",
      notes: [.init("n")], help: ["<script>\u{1}\u{202E}"])
    let expected =
      #"{"code":"E0202","severity":"error","title":"a\\b\n","label":"l","#
      + #""place":{"file":"a \"b\".whom","start":{"line":2,"column":5,"offset":7},"#
      + #""end":{"line":2,"column":6,"offset":8}},"notes":[{"text":"n"}],"#
      + #""help":["\u003cscript>\u0001\u202e"]}"#
    #expect(DiagnosticJSON(files: [file]).encode(finding) == expected)
    #expect(
      DiagnosticJSON(files: [file]).encode([finding, finding]) == "[\(expected),\(expected)]")
    #expect(DiagnosticJSON(files: []).encode([]) == "[]")
  }

  @Test func positionsCountCharacters() {
    let file = SourceFile(id: FileID(0), name: "a", text: "日本x\r\n\ty")
    #expect(file.position(of: 6) == SourcePosition(line: 1, column: 3))
    #expect(file.position(of: 10) == SourcePosition(line: 2, column: 2))
    #expect(file.position(of: 999) == SourcePosition(line: 2, column: 3))
  }
}
