import Diagnostics
import Syntax
import Testing

/// Garbage of several kinds; the seed is in the name of the case.
@Suite struct FuzzTests {
  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func survivesBytes(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<200 {
      let length = Int.random(in: 0..<300, using: &numbers)
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func survivesTokens(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<300 {
      let length = Int.random(in: 0..<80, using: &numbers)
      let words = (0..<length).map { _ in Self.pieces.randomElement(using: &numbers) ?? "" }
      check(words.joined(separator: Bool.random(using: &numbers) ? " " : ""))
    }
  }

  private func check(_ text: String) {
    let file = Source.file(text)
    let tree = Parser.parse(file)
    #expect(tree.tokens.reduce(0) { $0 + $1.end - $1.triviaStart } == file.bytes.count)
    #expect(tree.diagnostics.count <= 10)
    let shown = DiagnosticRenderer(files: [file]).render(tree.diagnostics)
    let escapes = shown.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
    #expect(escapes.isEmpty, "a control character reached the screen: \(text.debugDescription)")
  }

  private static let pieces = [
    "let", "param", "fn", "if", "for", "else", "then", "case", "and", "or", "not", "in", "null",
    "it", "x", "orders", "where", "derive", "select", "join", "train", "route", "chart", "expect",
    "by", "sort", "on", "at", "as", "using", "rows", "sql", "read", "top", "all", "many", "a", "b",
    "(", ")", "[", "]", "{", "}", "|", ",", ".", "..", "=", "==", "~", "->", "?", "??", "+", "-",
    "*", "/", "//", "^", ":", "\n", "\n  ", "\t", "\"a\"", "f\"{x}\"", "f\"{", "\"", "\"\"\"", "`",
    "`q`", "$x", "$", "1", "2.5", "15%", "3mo", "5m", "30 days", "@2025", "@2025-01-31", "@",
    "# c\n", "## d\n", ";", "&&", "||", "|>", "%", "<>", "'t'", "--", "é", "\u{202E}", "\u{0}",
    "\u{FEFF}", "🙂", "\\", "\r\n",
  ]
}
