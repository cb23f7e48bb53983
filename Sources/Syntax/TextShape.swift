/// How a text is written, and where it and the holes in it end. The lexer asks for the end, the
/// parser for the parts; both see the same shape.
struct TextShape {
  /// Of the first byte behind the opening quotes.
  var bodyStart: Int
  var isRaw = false
  /// `f"..."`
  var isFormatted = false
  /// Behind the word `sql`: braces take a relation.
  var takesRelations = false
  var isMultiline = false

  var hasHoles: Bool { isFormatted || takesRelations }
  var quotes: Int { isMultiline ? 3 : 1 }

  /// Texts inside of holes inside of texts go no deeper.
  static let deepest = 32

  init(_ bytes: [UInt8], at start: Int, limit: Int, isSQL: Bool) {
    var index = start
    switch bytes.at(index, limit: limit) {
    case UInt8(ascii: "f"):
      isFormatted = true
      index += 1
    case UInt8(ascii: "r"):
      isRaw = true
      index += 1
    default: break
    }
    takesRelations = isSQL && !isFormatted
    isMultiline = bytes.spells("\"\"\"", at: index, limit: limit)
    bodyStart = index + (isMultiline ? 3 : 1)
  }

  /// Where the closing quotes begin: `nil` when the text is not closed on its line, or at all. A
  /// brace that nothing closes is just a brace; of a text inside of a hole it is the end.
  func body(
    _ bytes: [UInt8], limit: Int, seeksHoles: Bool, depth: Int = 0
  ) -> (end: Int?, hasBrokenHole: Bool) {
    var index = bodyStart
    var seeks = hasHoles && seeksHoles
    var isBroken = false
    while index < limit {
      let byte = bytes[index]
      if byte == 0x22, !isMultiline || bytes.spells("\"\"\"", at: index, limit: limit) {
        return (index, isBroken)
      } else if byte == 0x0A, !isMultiline {
        break
      } else if byte == UInt8(ascii: "\\"), !isRaw {
        index += bytes.at(index + 1, limit: limit) == 0x0A && !isMultiline ? 1 : 2
      } else if byte == UInt8(ascii: "{"), seeks {
        if let behind = afterBrace(bytes, index, limit, depth) {
          index = behind
        } else {
          if depth > 0 { break }
          isBroken = true
          seeks = false
          index += 1
        }
      } else {
        index += 1
      }
    }
    return (nil, isBroken)
  }

  /// Behind `{{` or behind a whole hole.
  private func afterBrace(
    _ bytes: [UInt8], _ index: Int, _ limit: Int, _ depth: Int
  ) -> Int? {
    if bytes.at(index + 1, limit: limit) == UInt8(ascii: "{") { return index + 2 }
    return hole(bytes, at: index + 1, limit: limit, depth: depth).map { $0.end + 1 }
  }

  /// The hole whose content begins at `start`: the end of its expression, and the closing brace.
  func hole(
    _ bytes: [UInt8], at start: Int, limit: Int, depth: Int = 0
  ) -> (exprEnd: Int, end: Int)? {
    var index = start
    var open = 0
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "}") where open <= 0: return (index, index)
      case UInt8(ascii: ":") where open == 0 && isFormatted:
        guard let end = formatEnd(bytes, index, limit) else { return nil }
        return (index, end)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
      case 0x0A where !isMultiline: return nil
      case 0x22:
        guard let end = nestedTextEnd(bytes, index, start, limit, depth) else { return nil }
        index = end
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The last byte of a text inside of a hole.
  private func nestedTextEnd(
    _ bytes: [UInt8], _ quote: Int, _ start: Int, _ limit: Int, _ depth: Int
  ) -> Int? {
    guard depth < Self.deepest else { return nil }
    let hasPrefix =
      quote > start
      && (bytes[quote - 1] == UInt8(ascii: "f") || bytes[quote - 1] == UInt8(ascii: "r"))
      && (quote - 1 == start || !bytes[quote - 2].isNamePart)
    let inner = TextShape(
      bytes, at: hasPrefix ? quote - 1 : quote, limit: limit, isSQL: false)
    guard !inner.isMultiline || isMultiline else { return quote + 1 }
    let body = inner.body(bytes, limit: limit, seeksHoles: true, depth: depth + 1)
    return body.end.map { $0 + inner.quotes - 1 }
  }

  /// A format runs to the next closing brace and holds no quotes.
  private func formatEnd(_ bytes: [UInt8], _ colon: Int, _ limit: Int) -> Int? {
    var index = colon + 1
    while index < limit, bytes[index] != 0x0A, bytes[index] != 0x22 {
      if bytes[index] == UInt8(ascii: "}") { return index }
      index += 1
    }
    return nil
  }
}
