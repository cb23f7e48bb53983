internal import Diagnostics

/// Finds `{= expr =}` in prose before Markdown sees it, because an expression may hold `*`, `|`
/// and backquotes that mean something to Markdown. Each one is replaced by a mark, with as many
/// line ends as it had, so that line numbers stay.
///
/// Not looked into: code spans, and the lines that the caller knows to be code.
struct InlineValueScanner {
  struct Found: Hashable {
    /// From `{=` to `=}`.
    var whole: Span
    var expr: Span
  }

  private let lines: SourceLines
  private let file: FileID
  private let isCode: Set<Int>
  private let mark: [UInt8]
  private var position: Int
  private var line: Int
  private(set) var masked: [UInt8] = []
  private(set) var found: [Found] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Scans from the line `first` to the end of the text.
  init(_ lines: SourceLines, file: FileID, from first: Int, isCode: Set<Int>, mark: [UInt8]) {
    self.lines = lines
    self.file = file
    self.isCode = isCode
    self.mark = mark
    line = first
    position = lines.start(first)
    masked.reserveCapacity(lines.bytes.count - position)
    while position < lines.bytes.count { step() }
  }

  private mutating func step() {
    while position >= lines.start(line + 1) { line += 1 }
    if isCode.contains(line) { return copy(to: lines.start(line + 1)) }
    switch lines.bytes[position] {
    case .backslash: copy(to: position + 2)
    case .backquote: copyCodeSpan()
    case UInt8(ascii: "{") where byte(position + 1) == UInt8(ascii: "="): replaceValue()
    default: copy(to: position + 1)
    }
  }

  private func byte(_ offset: Int) -> UInt8? {
    offset < lines.bytes.count ? lines.bytes[offset] : nil
  }

  private mutating func copy(to end: Int) {
    let end = min(end, lines.bytes.count)
    masked += lines.bytes[position..<end]
    position = end
  }

  /// A run of backquotes opens a code span only when a run of the same length closes it within
  /// the paragraph.
  private mutating func copyCodeSpan() {
    let length = run(at: position)
    let limit = paragraphEnd
    var next = position + length
    while next < limit {
      let closing = run(at: next)
      if closing == length { return copy(to: next + length) }
      next += max(1, closing)
    }
    copy(to: position + length)
  }

  private func run(at offset: Int) -> Int {
    lines.bytes[offset...].prefix { $0 == .backquote }.count
  }

  /// The start of the next blank or code line.
  private var paragraphEnd: Int {
    var next = line + 1
    while next < lines.count, !lines.isBlank(next), !isCode.contains(next) { next += 1 }
    return lines.start(next)
  }

  private mutating func replaceValue() {
    let start = position
    guard let end = valueEnd else {
      diagnostics.append(.unclosedValue(at: span(start, start + 2)))
      return copy(to: start + 2)
    }
    let expr = trimmed(start + 2, end)
    if expr.start == expr.end { diagnostics.append(.emptyValue(at: span(start, end + 2))) }
    let lineEnds = lines.bytes[start..<end].filter { $0 == .newline }
    masked += mark + Array(String(found.count).utf8) + mark + lineEnds
    found.append(Found(whole: span(start, end + 2), expr: expr))
    position = end + 2
  }

  /// Where `=}` stands: not within a text or a name in backquotes.
  private var valueEnd: Int? {
    let limit = paragraphEnd
    var next = position + 2
    while next + 1 < limit {
      let byte = lines.bytes[next]
      if byte == UInt8(ascii: "="), lines.bytes[next + 1] == UInt8(ascii: "}") { return next }
      let isDelimiter = byte == .quote || byte == .backquote
      next = isDelimiter ? end(ofQuoted: next, limit: limit) : next + 1
    }
    return nil
  }

  private func end(ofQuoted start: Int, limit: Int) -> Int {
    var next = start + 1
    while next < limit, lines.bytes[next] != lines.bytes[start] {
      next += lines.bytes[next] == .backslash ? 2 : 1
    }
    return next < limit ? next + 1 : start + 1
  }

  private func trimmed(_ start: Int, _ end: Int) -> Span {
    let isSpace = { (byte: UInt8) in byte.isBlank || byte == .newline || byte == .return }
    var (start, end) = (start, end)
    while start < end, isSpace(lines.bytes[start]) { start += 1 }
    while start < end, isSpace(lines.bytes[end - 1]) { end -= 1 }
    return span(start, end)
  }

  private func span(_ start: Int, _ end: Int) -> Span { Span(file: file, start: start, end: end) }
}
