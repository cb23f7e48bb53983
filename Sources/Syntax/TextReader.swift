import Diagnostics

/// Walks over the body of a text and gathers its parts; stops at each hole and each mistake.
struct TextReader {
  enum Event {
    case hole(Range<Int>, format: String?)
    case problem(Diagnostic)
  }

  private let shape: TextShape
  private let bytes: [UInt8]
  private let file: FileID
  private var position: Int
  private let end: Int
  /// How many blanks each line loses.
  private var indentation = 0
  private var parts: [TextLiteral.Part] = []
  private var buffer: [UInt8] = []
  private var seeksHoles: Bool

  init(_ shape: TextShape, token: Token, bytes: [UInt8]) {
    self.shape = shape
    self.bytes = bytes
    file = token.span.file
    position = shape.bodyStart
    seeksHoles = shape.hasHoles
    let closing = max(position, token.end - shape.quotes)
    end = shape.isMultiline ? Self.lastLineCut(bytes, position, closing) : closing
    if shape.isMultiline {
      indentation = Self.indentation(bytes, position, closing)
      skipFirstLineEnd()
    }
  }

  private var byte: UInt8 { bytes.at(position, limit: end) }
  private func byte(ahead: Int) -> UInt8 { bytes.at(position + ahead, limit: end) }

  mutating func append(_ part: TextLiteral.Part) {
    flush()
    parts.append(part)
  }

  mutating func finish() -> [TextLiteral.Part] {
    flush()
    return parts
  }

  private mutating func flush() {
    guard !buffer.isEmpty else { return }
    parts.append(.text(String(decoding: buffer, as: UTF8.self)))
    buffer = []
  }

  // MARK: Lines

  /// The white space that the last line begins with.
  private static func indentation(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var lineStart = end
    while lineStart > start, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
    guard lineStart > start else { return 0 }
    var count = 0
    while lineStart + count < end, bytes[lineStart + count].isBlank { count += 1 }
    return count
  }

  /// Where the text ends when its last line holds nothing but the closing quotes.
  private static func lastLineCut(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var cut = end
    while cut > start, bytes[cut - 1].isBlank { cut -= 1 }
    guard cut > start, bytes[cut - 1] == 0x0A else { return end }
    cut -= 1
    return cut > start && bytes[cut - 1] == 0x0D ? cut - 1 : cut
  }

  /// The line end right behind the opening quotes is not part of the text.
  private mutating func skipFirstLineEnd() {
    var index = position
    while index < end, bytes[index].isBlank || bytes[index] == 0x0D { index += 1 }
    guard bytes.at(index, limit: end) == 0x0A else {
      if index >= end { position = max(position, min(index, end)) }
      return
    }
    position = index + 1
    skipIndentation()
  }

  private mutating func skipIndentation() {
    var left = indentation
    while left > 0, byte.isBlank {
      position += 1
      left -= 1
    }
  }

  // MARK: Characters

  /// Reads on to the next hole or mistake; `nil` at the end.
  mutating func nextEvent() -> Event? {
    while position < end {
      switch byte {
      case UInt8(ascii: "\\") where !shape.isRaw:
        if let problem = readEscape() { return .problem(problem) }
      case UInt8(ascii: "{") where seeksHoles:
        if let event = readBrace() { return event }
      case UInt8(ascii: "}") where shape.hasHoles && byte(ahead: 1) == UInt8(ascii: "}"):
        take(skipping: 2, UInt8(ascii: "}"))
      case 0x0D where byte(ahead: 1) == 0x0A: position += 1
      case 0x0A:
        take(skipping: 1, 0x0A)
        skipIndentation()
      default: take(skipping: 1, byte)
      }
    }
    return nil
  }

  private mutating func take(skipping count: Int, _ byte: UInt8) {
    buffer.append(byte)
    position += count
  }

  private mutating func readBrace() -> Event? {
    if byte(ahead: 1) == UInt8(ascii: "{") {
      take(skipping: 2, UInt8(ascii: "{"))
      return nil
    }
    let open = position
    guard let hole = shape.hole(bytes, at: open + 1, limit: end) else {
      seeksHoles = false
      take(skipping: 1, UInt8(ascii: "{"))
      return .problem(.unclosedHole(Span(file: file, start: open, end: open + 1)))
    }
    position = hole.end + 1
    let format = hole.exprEnd < hole.end ? text(hole.exprEnd + 1, hole.end) : nil
    return .hole(open + 1..<hole.exprEnd, format: format)
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// `\n`, `\t`, `\"`, `\\` and `\u{1F600}`
  private mutating func readEscape() -> Diagnostic? {
    let start = position
    switch byte(ahead: 1) {
    case UInt8(ascii: "n"): take(skipping: 2, 0x0A)
    case UInt8(ascii: "t"): take(skipping: 2, 0x09)
    case UInt8(ascii: "\""): take(skipping: 2, UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): take(skipping: 2, UInt8(ascii: "\\"))
    case UInt8(ascii: "u"): return readCodePoint()
    default:
      take(skipping: 1, UInt8(ascii: "\\"))
      var after = position + 1
      while after < end, bytes[after].isContinuation { after += 1 }
      let written = text(start, min(after, end))
      return .badEscape(written, Span(file: file, start: start, end: min(after, end)))
    }
    return nil
  }

  private mutating func readCodePoint() -> Diagnostic? {
    let start = position
    position += 2
    var value: UInt32 = 0
    var digits = 0
    if byte == UInt8(ascii: "{") {
      position += 1
      while let digit = hexDigit(byte), digits < 8 {
        value = value << 4 | digit
        digits += 1
        position += 1
      }
      if byte == UInt8(ascii: "}"), digits > 0, let scalar = Unicode.Scalar(value) {
        position += 1
        if value == 0 { return .nulInText(Span(file: file, start: start, end: position)) }
        buffer.append(contentsOf: Array(String(scalar).utf8))
        return nil
      }
    }
    if byte == UInt8(ascii: "}") { position += 1 }
    return .badCodePoint(Span(file: file, start: start, end: max(position, start + 2)))
  }

  private func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }
}
