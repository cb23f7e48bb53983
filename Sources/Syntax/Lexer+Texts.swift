import Diagnostics

/// Texts and dates: the lexer finds where they end, the parser reads what is in them.
extension Lexer {
  mutating func scanText() {
    let isSQL = isPreviousWordSQL
    let start = position
    let shape = TextShape(bytes, at: position, limit: limit, isSQL: isSQL)
    let flags: Token.Flags = shape.takesRelations ? .isSQL : []
    let body = shape.body(bytes, limit: limit, seeksHoles: brokenHoles < 20)
    if body.hasBrokenHole { brokenHoles += 1 }
    guard let end = body.end else { return scanOpenText(shape) }
    position = end + shape.quotes
    reportControls(in: start..<position, isMultiline: shape.isMultiline)
    emit(.text, flags: flags)
    if shape.isMultiline { noteLines(from: start) }
  }

  /// To the end of the line, or of the source.
  private mutating func scanOpenText(_ shape: TextShape) {
    position = shape.bodyStart
    if shape.isMultiline {
      position = limit
      isInsideText = true
    } else {
      while position < limit, !byte.isLineEnd { position += 1 }
    }
    let opening = Span(file: file, start: tokenStart, end: shape.bodyStart)
    emit(.text, reporting: .unterminatedText(opening, isMultiline: shape.isMultiline))
  }

  /// Control characters in a text are written as escapes, so that a reader sees them.
  private mutating func reportControls(in range: Range<Int>, isMultiline: Bool) {
    reportHiddenDirection(in: range)
    for index in range where bytes[index] < 0x20 && bytes[index] != 0x09 {
      if isMultiline, bytes[index].isLineEnd { continue }
      let place = Span(file: file, start: index, end: index + 1)
      return report(.controlInText(Unicode.Scalar(bytes[index]), place))
    }
  }

  /// `@2025-01-31T09:30Z`
  mutating func scanDate() {
    let read = DateReader.read(bytes, at: position, limit: limit)
    position = read.end
    guard let problem = read.problem else { return emit(.date) }
    if problem == .noDigits {
      while byte.isNamePart || byte == UInt8(ascii: "-") { position += 1 }
    }
    emit(
      .date, reporting: .badDate(problem, text(from: tokenStart), span(from: tokenStart)))
  }
}
