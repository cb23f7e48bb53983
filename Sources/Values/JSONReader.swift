/// Reads a JSON text (RFC 8259) into a value; nil where it is none.
package struct JSONReader {
  /// Deeper nesting than any data have; it keeps the stack safe.
  private static let deepest = 200

  private var rest: Substring.UnicodeScalarView
  private var depth = 0

  package static func read(_ text: String) -> JSONValue? {
    var reader = JSONReader(rest: Substring(text).unicodeScalars)
    guard let value = reader.value() else { return nil }
    reader.skipBlanks()
    return reader.rest.isEmpty ? value : nil
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func accept(word: String) -> Bool {
    guard rest.starts(with: word.unicodeScalars) else { return false }
    rest.removeFirst(word.unicodeScalars.count)
    return true
  }

  private mutating func value() -> JSONValue? {
    skipBlanks()
    switch rest.first {
    case "{": return nested { $0.object() }
    case "[": return nested { $0.array() }
    case "\"": return string().map { .string($0) }
    case "t": return accept(word: "true") ? .bool(true) : nil
    case "f": return accept(word: "false") ? .bool(false) : nil
    case "n": return accept(word: "null") ? .null : nil
    default: return number()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> JSONValue?) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    depth += 1
    defer { depth -= 1 }
    rest.removeFirst()
    return read(&self)
  }

  private mutating func object() -> JSONValue? {
    var members: [JSONValue.Member] = []
    if accept("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard rest.first == "\"", let name = string(), accept(":"), let value = value() else {
        return nil
      }
      members.append(JSONValue.Member(name, value))
    } while accept(",")
    return accept("}") ? .object(members) : nil
  }

  private mutating func array() -> JSONValue? {
    var items: [JSONValue] = []
    if accept("]") { return .array([]) }
    repeat {
      guard let value = value() else { return nil }
      items.append(value)
    } while accept(",")
    return accept("]") ? .array(items) : nil
  }

  private mutating func number() -> JSONValue? {
    let digits = rest.prefix { "+-.eE0123456789".unicodeScalars.contains($0) }
    let text = String(digits)
    guard Double(text) != nil, text.first != "+", text.first != "." else { return nil }
    rest = rest.dropFirst(digits.count)
    return .number(text)
  }

  private mutating func string() -> String? {
    rest.removeFirst()
    var result = ""
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return result
      case "\\":
        guard let escaped = escape() else { return nil }
        result.unicodeScalars.append(escaped)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    switch rest.popFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u": return hexadecimal()
    case let other?: return other == "\"" || other == "\\" || other == "/" ? other : nil
    case nil: return nil
    }
  }

  /// Four digits; two halves of a pair make one character.
  private mutating func hexadecimal() -> Unicode.Scalar? {
    guard let first = codeUnit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard rest.popFirst() == "\\", rest.popFirst() == "u", let second = codeUnit(),
      (0xDC00..<0xE000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func codeUnit() -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4 else { return nil }
    rest.removeFirst(4)
    return UInt32(String(digits), radix: 16)
  }
}
