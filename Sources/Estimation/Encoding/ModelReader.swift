extension ModelNode {
  /// Reads what `encoded` wrote, and any other JSON. The text is not trusted: nesting is limited
  /// and every mistake is an error.
  package init(encoded text: String) throws(EstimationError) {
    var reader = ModelReader(bytes: Array(text.utf8))
    self = try reader.document()
  }
}

private struct ModelReader {
  let bytes: [UInt8]
  var position = 0
  private static let depthLimit = 64

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(EstimationError) -> ModelNode {
    let node = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw broken("text after the end") }
    return node
  }

  private func broken(_ why: String) -> EstimationError {
    .unreadableModel("\(why) at byte \(position)")
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 32 || (9...13).contains(byte) { position += 1 }
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: Character) -> Bool {
    guard let code = byte.asciiValue, current == code else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(EstimationError) -> ModelNode {
    guard depth < Self.depthLimit else { throw broken("nested too deeply") }
    skipSpace()
    if take("{") { return try record(depth) }
    if take("[") { return try list(depth) }
    if take("\"") { return .text(try text()) }
    for (word, node) in [
      ("true", ModelNode.flag(true)), ("false", .flag(false)), ("null", .nothing),
    ]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return node
    }
    return .number(try number())
  }

  private mutating func record(_ depth: Int) throws(EstimationError) -> ModelNode {
    var fields: [ModelNode.Field] = []
    skipSpace()
    if take("}") { return .record([]) }
    repeat {
      skipSpace()
      guard take("\"") else { throw broken("a name is missing") }
      let name = try text()
      skipSpace()
      guard take(":") else { throw broken("a colon is missing") }
      fields.append(ModelNode.Field(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw broken("a record is not closed") }
    return .record(fields)
  }

  private mutating func list(_ depth: Int) throws(EstimationError) -> ModelNode {
    var items: [ModelNode] = []
    skipSpace()
    if take("]") { return .list([]) }
    repeat {
      items.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw broken("a list is not closed") }
    return .list(items)
  }

  private mutating func number() throws(EstimationError) -> Double {
    let start = position
    while let byte = current, byte != 44, byte != 93, byte != 125, byte > 32 { position += 1 }
    guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)),
      value.isFinite
    else { throw broken("a value is missing") }
    return value
  }

  private mutating func text() throws(EstimationError) -> String {
    var result: [UInt8] = []
    while let byte = current {
      position += 1
      if byte == 34 { return String(decoding: result, as: UTF8.self) }
      if byte == 92 { result += try escape() } else { result.append(byte) }
    }
    throw broken("a text is not closed")
  }

  private mutating func escape() throws(EstimationError) -> [UInt8] {
    guard let byte = current else { throw broken("a text is not closed") }
    position += 1
    switch byte {
    case 110: return [10]
    case 116: return [9]
    case 114: return [13]
    case 98: return [8]
    case 102: return [12]
    case 34, 47, 92: return [byte]
    case 117: return Array(String(Character(try scalar())).utf8)
    default: throw broken("an unknown escape")
    }
  }

  private mutating func scalar() throws(EstimationError) -> Unicode.Scalar {
    let high = try hexadecimal()
    guard (0xD800..<0xDC00).contains(high) else {
      guard let scalar = Unicode.Scalar(high) else { throw broken("half a character") }
      return scalar
    }
    guard take("\\"), take("u") else { throw broken("half a character") }
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw broken("half a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(EstimationError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw broken("an unknown escape") }
    position += 4
    return value
  }
}
