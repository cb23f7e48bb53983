/// A document as bytes, shorter and quicker to read than its text: `WHOM`, the format's number,
/// then the node. A node is a byte that says what it is and what belongs to that:
///
///     0 nothing    1 no    2 yes    3 a number: 8 bytes, IEEE 754, least significant first
///     4 a text: its length in bytes, then UTF-8
///     5 a list: how many, then the nodes
///     6 a record: how many, then for each the name (as in 4, without the byte) and the node
///     7 a list of numbers alone: how many, then 8 bytes for each
///
/// Lengths have 7 bits a byte, the least significant first; the highest bit says that more follow.
enum ModelBytes {
  static let magic = Array("WHOM".utf8)
  static let version: UInt8 = 1
  static let nestingLimit = 64

  static func encode(_ node: ModelNode) -> [UInt8] {
    var bytes = magic + [version]
    append(node, to: &bytes)
    return bytes
  }

  private static func append(_ node: ModelNode, to bytes: inout [UInt8]) {
    switch node {
    case .nothing: bytes.append(0)
    case .flag(let flag): bytes.append(flag ? 2 : 1)
    case .number(let value):
      bytes.append(3)
      append(value, to: &bytes)
    case .text(let text):
      bytes.append(4)
      append(text, to: &bytes)
    case .list(let items):
      let numbers = items.compactMap { item -> Double? in
        if case .number(let value) = item { value } else { nil }
      }
      let isPlain = numbers.count == items.count && !items.isEmpty
      bytes.append(isPlain ? 7 : 5)
      append(length: items.count, to: &bytes)
      if isPlain {
        for value in numbers { append(value, to: &bytes) }
      } else {
        for item in items { append(item, to: &bytes) }
      }
    case .record(let fields):
      bytes.append(6)
      append(length: fields.count, to: &bytes)
      for field in fields {
        append(field.name, to: &bytes)
        append(field.value, to: &bytes)
      }
    }
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(length: text.utf8.count, to: &bytes)
    bytes += text.utf8
  }

  private static func append(length: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(length)
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads bytes that may come from anywhere: every length is held against what is left.
struct ModelBytesReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(EstimationError) -> ModelNode {
    guard bytes.starts(with: ModelBytes.magic), bytes.count > 5 else {
      throw .unreadableModel("its format is another")
    }
    guard bytes[4] == ModelBytes.version else {
      throw .unreadableModel("a newer version of this program wrote it (bytes \(bytes[4]))")
    }
    place = 5
    let result = try node(depth: 0)
    guard place == bytes.count else { throw .unreadableModel("something follows its end") }
    return result
  }

  private mutating func node(depth: Int) throws(EstimationError) -> ModelNode {
    guard depth < ModelBytes.nestingLimit else {
      throw .unreadableModel("it is nested too deeply")
    }
    let kind = try byte()
    switch kind {
    case 0: return .nothing
    case 1, 2: return .flag(kind == 2)
    case 3: return .number(try number())
    case 4: return .text(try text())
    case 5:
      var items: [ModelNode] = []
      for _ in 0..<(try length(of: 1)) { items.append(try node(depth: depth + 1)) }
      return .list(items)
    case 6:
      var fields: [ModelNode.Field] = []
      for _ in 0..<(try length(of: 2)) {
        let name = try text()
        fields.append(ModelNode.Field(name: name, value: try node(depth: depth + 1)))
      }
      return .record(fields)
    case 7:
      var items: [ModelNode] = []
      for _ in 0..<(try length(of: 8)) { items.append(.number(try number())) }
      return .list(items)
    default: throw .unreadableModel("an unknown kind of node")
    }
  }

  private mutating func byte() throws(EstimationError) -> UInt8 {
    guard place < bytes.count else { throw .unreadableModel("it is cut off") }
    defer { place += 1 }
    return bytes[place]
  }

  private mutating func number() throws(EstimationError) -> Double {
    var bits: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bits |= UInt64(try byte()) << shift }
    return Double(bitPattern: bits)
  }

  private mutating func text() throws(EstimationError) -> String {
    let count = try length(of: 1)
    defer { place += count }
    guard let text = String(validating: bytes[place..<place + count], as: UTF8.self) else {
      throw .unreadableModel("a text is no UTF-8")
    }
    return text
  }

  /// A count of things of at least so many bytes each.
  private mutating func length(of size: Int) throws(EstimationError) -> Int {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 56, by: 7) {
      let next = try byte()
      result |= UInt64(next & 0x7f) << shift
      if next & 0x80 == 0 {
        guard result <= UInt64((bytes.count - place) / size) else { break }
        return Int(result)
      }
    }
    throw .unreadableModel("it is cut off")
  }
}

extension Model {
  /// The model as bytes; `ModelBytes` tells the format. The same model gives the same bytes.
  package var bytes: [UInt8] { ModelBytes.encode(node) }

  package init(bytes: [UInt8]) throws(EstimationError) {
    var reader = ModelBytesReader(bytes)
    try self.init(node: try reader.document())
  }
}
