import Diagnostics

/// Signs, longest first, and the signs of other languages.
extension Lexer {
  mutating func scanSign(_ first: UInt8) {
    let second = byte(ahead: 1)
    switch first {
    case 0x22: scanText()
    case UInt8(ascii: "`"): scanQuotedName()
    case UInt8(ascii: "$"): scanVariable()
    case UInt8(ascii: "@"): scanDate()
    case UInt8(ascii: "'"): scanSingleQuotes()
    case UInt8(ascii: "."): scanDot(second)
    case UInt8(ascii: "|"): scanBar(second)
    case UInt8(ascii: "="): scanEquals(second)
    case UInt8(ascii: "!"): scanExclamation(second)
    case UInt8(ascii: "<"): scanLess(second)
    case UInt8(ascii: ">"): emitPair(second, "=", .greaterOrEqual, else: .greater)
    case UInt8(ascii: "?"): emitPair(second, "?", .coalesce, else: .question)
    case UInt8(ascii: "-"): scanMinus(second)
    case UInt8(ascii: "*"): scanTimes(second)
    case UInt8(ascii: "/"): scanSlash(second)
    case UInt8(ascii: "%"): scanPercentSign(second)
    case UInt8(ascii: "&"): scanAmpersand(second)
    case UInt8(ascii: ":"): scanColon(second)
    default: scanSimpleSign(first)
    }
  }

  private mutating func scanSimpleSign(_ first: UInt8) {
    switch first {
    case UInt8(ascii: ","): emit(.comma, length: 1)
    case UInt8(ascii: "+"): emit(.plus, length: 1)
    case UInt8(ascii: "^"): emit(.power, length: 1)
    case UInt8(ascii: "~"): emit(.matches, length: 1)
    case UInt8(ascii: "("): emit(.openParen, length: 1)
    case UInt8(ascii: ")"): emit(.closeParen, length: 1)
    case UInt8(ascii: "["): emit(.openBracket, length: 1)
    case UInt8(ascii: "]"): emit(.closeBracket, length: 1)
    case UInt8(ascii: "{"): emit(.openBrace, length: 1)
    case UInt8(ascii: "}"): emit(.closeBrace, length: 1)
    case UInt8(ascii: ";"): emitForeign(.semicolon, length: 1, .semicolon)
    default: scanUnknown()
    }
  }

  private mutating func emitPair(
    _ second: UInt8, _ sign: Unicode.Scalar, _ pair: Token.Kind, else single: Token.Kind
  ) {
    second == UInt8(ascii: sign) ? emit(pair, length: 2) : emit(single, length: 1)
  }

  /// A sign of another language, as the token that Whom has for it.
  private mutating func emitForeign(_ kind: Token.Kind, length: Int, _ habit: ForeignSign) {
    position += length
    emit(kind, reporting: .foreign(habit, span(from: tokenStart)))
  }

  private mutating func scanDot(_ second: UInt8) {
    if second == UInt8(ascii: ".") { return emit(.range, length: 2) }
    guard second.isDigit else { return emit(.dot, length: 1) }
    position += 1
    while byte.isNamePart { position += 1 }
    emit(
      .number,
      reporting: .numberStartsWithPoint(text(from: tokenStart), span(from: tokenStart)))
  }

  private mutating func scanBar(_ second: UInt8) {
    switch second {
    case UInt8(ascii: ">"): emitForeign(.pipe, length: 2, .pipeArrow)
    case UInt8(ascii: "|"): emitForeign(.or, length: 2, .doubleBar)
    default: emit(.pipe, length: 1)
    }
  }

  private mutating func scanEquals(_ second: UInt8) {
    switch second {
    case UInt8(ascii: "="):
      byte(ahead: 2) == UInt8(ascii: "=")
        ? emitForeign(.equal, length: 3, .tripleEquals) : emit(.equal, length: 2)
    case UInt8(ascii: ">"): emitForeign(.arrow, length: 2, .doubleArrow)
    case UInt8(ascii: "~"): emitForeign(.matches, length: 2, .equalsTilde)
    default: emit(.equals, length: 1)
    }
  }

  private mutating func scanExclamation(_ second: UInt8) {
    switch second {
    case UInt8(ascii: "="):
      byte(ahead: 2) == UInt8(ascii: "=")
        ? emitForeign(.notEqual, length: 3, .notDoubleEquals) : emit(.notEqual, length: 2)
    case UInt8(ascii: "~"): emitForeign(.matches, length: 2, .notTilde)
    default: emitForeign(.not, length: 1, .exclamation)
    }
  }

  private mutating func scanLess(_ second: UInt8) {
    switch second {
    case UInt8(ascii: "="): emit(.lessOrEqual, length: 2)
    case UInt8(ascii: ">"): emitForeign(.notEqual, length: 2, .lessGreater)
    default: emit(.less, length: 1)
    }
  }

  /// `->`, `-`; `--` before a blank opens a comment in SQL, elsewhere it is twice a minus.
  private mutating func scanMinus(_ second: UInt8) {
    if second == UInt8(ascii: ">") { return emit(.arrow, length: 2) }
    guard second == UInt8(ascii: "-") else { return emit(.minus, length: 1) }
    let third = byte(ahead: 2)
    if third.isBlank || third == UInt8(ascii: "-") || third.isLineEnd || third == 0 {
      return refuseComment(length: 2)
    }
    position += 2
    report(.doubleMinus(span(from: tokenStart)))
    position -= 1
    emit(.minus, flags: .isReported)
    emit(.minus, length: 1)
  }

  /// Says that a comment begins with `#`, and skips what was meant as one.
  private mutating func refuseComment(length: Int) {
    let start = position
    position += length
    report(.foreign(.comment(text(from: start)), span(from: start)))
    skipComment()
  }

  private mutating func scanTimes(_ second: UInt8) {
    second == UInt8(ascii: "*")
      ? emitForeign(.power, length: 2, .doubleStar) : emit(.times, length: 1)
  }

  /// `/`, `//`; `/*` was meant to open a comment.
  private mutating func scanSlash(_ second: UInt8) {
    switch second {
    case UInt8(ascii: "/"): emit(.floorDivide, length: 2)
    case UInt8(ascii: "*"): refuseBlockComment()
    default: emit(.divide, length: 1)
    }
  }

  private mutating func refuseBlockComment() {
    let start = position
    position += 2
    report(.foreign(.comment("/*"), span(from: start)))
    while position < limit, !(byte == UInt8(ascii: "*") && byte(ahead: 1) == UInt8(ascii: "/")) {
      position += 1
    }
    position = min(position + 2, limit)
    noteLines(from: start)
  }

  private mutating func scanPercentSign(_ second: UInt8) {
    if second == UInt8(ascii: ">"), byte(ahead: 2) == UInt8(ascii: "%") {
      return emitForeign(.pipe, length: 3, .percentPipe)
    }
    if isPercentApart { return refusePercentApart() }
    emitForeign(.times, length: 1, .modulo)
  }

  /// `5 %` with nothing behind it that could be divided by.
  private var isPercentApart: Bool {
    guard tokens.last?.kind == .number, position > triviaStart else { return false }
    var ahead = 1
    while byte(ahead: ahead) == UInt8(ascii: " ") { ahead += 1 }
    let next = byte(ahead: ahead)
    return position + ahead >= limit || next == 0x0A || next == 0x0D
      || ",)]}|#".utf8.contains(next)
  }

  /// The sign counts as white space, so that the number stands alone.
  private mutating func refusePercentApart() {
    let number = tokens.last.map { text($0.start, $0.end) } ?? ""
    position += 1
    report(.percentApart(number, span(from: tokenStart)))
  }

  private mutating func scanAmpersand(_ second: UInt8) {
    emitForeign(.and, length: second == UInt8(ascii: "&") ? 2 : 1, .ampersand)
  }

  private mutating func scanColon(_ second: UInt8) {
    second == UInt8(ascii: "=")
      ? emitForeign(.equals, length: 2, .colonEquals) : emit(.colon, length: 1)
  }

  /// `'text'`: SQL's quotes, in which a doubled quote is one.
  private mutating func scanSingleQuotes() {
    position += 1
    while position < limit, !byte.isLineEnd {
      if byte == UInt8(ascii: "'") {
        guard byte(ahead: 1) == byte else { break }
        position += 1
      }
      position += 1
    }
    guard byte == UInt8(ascii: "'") else {
      position = tokenStart + 1
      return report(.foreign(.singleQuote, span(from: tokenStart)))
    }
    position += 1
    let written = text(tokenStart + 1, position - 1)
    emit(.text, reporting: .foreign(.singleQuotes(written), span(from: tokenStart)))
  }

  /// One report for a run of characters that mean nothing here; then they count as blanks.
  private mutating func scanUnknown() {
    if byte.isNonASCII, isLetterAhead { return scanForeignLetters() }
    let start = position
    let first = scalarAhead
    skipScalar()
    if first?.isTypographicQuote ?? false, skipTypographicText() {
      return emit(.text, reporting: .unexpectedCharacter(first, span(from: start)))
    }
    while position < limit, isUnknown(byte) { skipScalar() }
    report(.unexpectedCharacter(first, span(from: start)))
  }

  /// To the end of a text in typographic quotes, when it ends on its line.
  private mutating func skipTypographicText() -> Bool {
    let behindQuote = position
    while position < limit, !byte.isLineEnd {
      let isEnd = byte.isNonASCII && (scalarAhead?.isTypographicQuote ?? false)
      skipScalar()
      if isEnd { return true }
    }
    position = behindQuote
    return false
  }

  private func isUnknown(_ byte: UInt8) -> Bool {
    (byte.isNonASCII && !isLetterAhead) || (byte < 0x20 && byte != 0x09 && !byte.isLineEnd)
      || byte == 0x7F || byte == UInt8(ascii: "\\")
  }
}
