package import Diagnostics

/// Cuts a source, or a part of it, into tokens. It never fails: what is no token is
/// reported and then counts as white space, and a habit from another language becomes the token that
/// Whom has for it, reported once, so that parsing goes on as if it were right.
package struct Lexer {
  let file: FileID
  let bytes: [UInt8]
  let limit: Int
  var position: Int
  /// Where the token that is being read begins, and the white space before it.
  var tokenStart: Int
  var triviaStart: Int
  private var lineStart: Int
  /// Columns that tabs add to the bytes of the line.
  private var tabColumns = 0
  private var startsLine = true
  private(set) var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// Braces in texts that nothing closes; after some of them no further one is believed, lest the
  /// rest of the line be read again for each.
  var brokenHoles = 0
  /// A `"""` is open at the end.
  var isInsideText = false

  /// Tokens of a file or of a range of it; the last is always `endOfFile`.
  package static func lex(
    _ file: SourceFile, range: Span? = nil
  ) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(file, range: range ?? file.whole)
    let tokens = lexer.run()
    return (tokens, lexer.diagnostics)
  }

  init(_ source: SourceFile, range: Span) {
    file = source.id
    bytes = source.bytes
    limit = max(0, min(range.end, source.bytes.count))
    position = max(0, min(range.start, limit))
    tokenStart = position
    triviaStart = position
    lineStart = position == 0 ? 0 : source.lineStarts[source.line(of: position)]
  }

  mutating func run() -> [Token] {
    tokens.reserveCapacity((limit - position) / 4 + 2)
    while true {
      skipTrivia()
      tokenStart = position
      guard position < limit else { break }
      scanToken()
    }
    emit(.endOfFile)
    return tokens
  }

  // MARK: Reading

  @inline(__always) var byte: UInt8 { bytes.at(position, limit: limit) }
  @inline(__always) func byte(ahead: Int) -> UInt8 { bytes.at(position + ahead, limit: limit) }

  /// Ends the token that began at `tokenStart` here. What was skipped without a token since the
  /// last one, such as a comment in another language's style, counts as its trivia.
  mutating func emit(_ kind: Token.Kind, flags: Token.Flags = []) {
    var flags = flags
    if startsLine { flags.insert(.startsLine) }
    tokens.append(
      Token(
        kind: kind, flags: flags, trivia: triviaStart, span: span(from: tokenStart),
        column: tokenStart - lineStart + tabColumns))
    startsLine = false
    tokenStart = position
    triviaStart = position
  }

  mutating func emit(_ kind: Token.Kind, length: Int) {
    position += length
    emit(kind)
  }

  /// Ends the token here and says what is wrong with it.
  mutating func emit(_ kind: Token.Kind, reporting diagnostic: Diagnostic) {
    report(diagnostic)
    emit(kind, flags: .isReported)
  }

  func span(from start: Int) -> Span { Span(file: file, start: start, end: position) }
  func text(from start: Int) -> String { text(start, position) }
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A source of garbage must not fill the memory with complaints.
  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Parser.errorLimit { diagnostics.append(diagnostic) }
  }

  var isPreviousWordSQL: Bool {
    guard let last = tokens.last, last.kind == .name, last.end - last.start == 3 else {
      return false
    }
    return bytes.spells("sql", at: last.start, limit: limit)
  }

  // MARK: White space and comments

  private mutating func skipTrivia() {
    while position < limit {
      switch bytes[position] {
      case 0x20, 0x0D: position += 1
      case 0x09:
        let column = position - lineStart + tabColumns
        tabColumns += 3 - column % 4
        position += 1
      case 0x0A:
        position += 1
        beginLine()
      case UInt8(ascii: "#"): skipComment()
      case 0xEF where position == 0 && bytes.spells("\u{FEFF}", at: 0, limit: limit):
        position = 3
      default: return
      }
    }
  }

  private mutating func beginLine() {
    lineStart = position
    tabColumns = 0
    startsLine = true
  }

  /// To the end of the line, which is not part of it.
  mutating func skipComment() {
    let start = position
    while position < limit, bytes[position] != 0x0A { position += 1 }
    reportHiddenDirection(in: start..<position)
  }

  /// The columns of what follows a token that spans lines count from its last line.
  mutating func noteLines(from start: Int) {
    var index = position - 1
    while index >= start {
      if bytes[index] == 0x0A {
        lineStart = index + 1
        tabColumns = 0
        return
      }
      index -= 1
    }
  }

  // MARK: Tokens

  private mutating func scanToken() {
    let byte = bytes[position]
    if byte.isLetter {
      scanWord()
    } else if byte.isDigit {
      scanNumber()
    } else {
      scanSign(byte)
    }
  }

  /// NAME = [A-Za-z_][A-Za-z0-9_]*, the reserved words, and the letter before a text.
  private mutating func scanWord() {
    if (byte == UInt8(ascii: "f") || byte == UInt8(ascii: "r")) && byte(ahead: 1) == 0x22 {
      return scanText()
    }
    while byte.isNamePart { position += 1 }
    if byte.isNonASCII, isLetterAhead { return scanForeignLetters() }
    emit(ReservedWord.kind(bytes, tokenStart, position) ?? .name)
  }
}
