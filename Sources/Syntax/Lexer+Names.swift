import Diagnostics

/// Backquoted names, variables, and letters that a plain name cannot hold.
extension Lexer {
  /// `` `Total (USD)` ``; two backquotes inside are one.
  mutating func scanQuotedName() {
    position += 1
    while position < limit, !byte.isLineEnd {
      if byte == UInt8(ascii: "`") {
        if byte(ahead: 1) != UInt8(ascii: "`") {
          position += 1
          reportHiddenDirection(in: tokenStart..<position)
          let isEmpty = position - tokenStart == 2
          return isEmpty
            ? emit(.quotedName, reporting: .emptyName(span(from: tokenStart)))
            : emit(.quotedName)
        }
        position += 1
      }
      position += 1
    }
    emit(.quotedName, reporting: .unterminatedName(span(from: tokenStart)))
  }

  /// `$name`; `$9.99` is money, which Whom says with a label.
  mutating func scanVariable() {
    position += 1
    if byte.isLetter {
      while byte.isNamePart { position += 1 }
      return emit(.variable)
    }
    if byte.isDigit {
      while byte.isNamePart || (byte == UInt8(ascii: ".") && byte(ahead: 1).isDigit) {
        position += 1
      }
      return emit(
        .number, reporting: .dollarAmount(text(from: tokenStart + 1), span(from: tokenStart)))
    }
    emit(.variable, reporting: .loneDollar(span(from: tokenStart)))
  }

  /// Whether a character that could belong to a word of some language stands here.
  var isLetterAhead: Bool {
    guard let scalar = scalarAhead else { return false }
    return scalar.properties.isAlphabetic
  }

  /// The character at the position, decoded.
  var scalarAhead: Unicode.Scalar? {
    var end = position + 1
    while end < limit, bytes[end].isContinuation { end += 1 }
    return text(position, min(end, limit)).unicodeScalars.first
  }

  mutating func skipScalar() {
    position += 1
    while position < limit, bytes[position].isContinuation { position += 1 }
  }

  /// `größe`: one report for the whole word, which then goes on as a name.
  mutating func scanForeignLetters() {
    while position < limit {
      if byte.isNamePart {
        position += 1
      } else if byte.isNonASCII, isLetterAhead {
        skipScalar()
      } else {
        break
      }
    }
    emit(
      .name, reporting: .lettersNeedBackquotes(text(from: tokenStart), span(from: tokenStart)))
  }

  /// Marks that turn the direction of what follows make a program read otherwise than it runs.
  mutating func reportHiddenDirection(in range: Range<Int>) {
    var index = range.lowerBound
    while index + 2 < range.upperBound {
      if bytes[index] == 0xE2, isHiddenDirection(bytes[index + 1], bytes[index + 2]) {
        let place = Span(file: file, start: index, end: index + 3)
        report(.hiddenDirection(text(index, index + 3), place))
        return
      }
      index += 1
    }
  }

  /// U+202A to U+202E and U+2066 to U+2069.
  private func isHiddenDirection(_ second: UInt8, _ third: UInt8) -> Bool {
    (second == 0x80 && (0xAA...0xAE).contains(third))
      || (second == 0x81 && (0xA6...0xA9).contains(third))
  }
}
