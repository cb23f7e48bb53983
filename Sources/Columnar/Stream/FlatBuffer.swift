/// Writes FlatBuffers (flatbuffers.dev, "Binary format"), in which Arrow describes its messages:
/// a tree of tables, forwards, every offset to something that comes later.
struct FlatBuffer {
  indirect enum Value {
    case byte(UInt8)
    case bool(Bool)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    case string(String)
    /// Fields by their number in the schema of the format; what is left out has its default.
    case table([Int: Value])
    case tables([[Int: Value]])
    /// A vector of structures that hold longs alone, `width` of them each.
    case longs([Int64], width: Int)

    var size: Int {
      switch self {
      case .byte, .bool: 1
      case .short: 2
      case .int, .string, .table, .tables, .longs: 4
      case .long: 8
      }
    }
  }

  private(set) var bytes: [UInt8] = []

  /// `root` as a whole buffer, padded to eight bytes.
  init(root: [Int: Value]) {
    append(UInt32(0))
    patch(at: 0, table(root))
    align(to: 0)
  }

  /// Gives the place of the table. Its fields are laid out largest first, so that each lies at a
  /// multiple of its size.
  private mutating func table(_ fields: [Int: Value]) -> Int {
    let numbers = fields.keys.sorted {
      let (a, b) = (fields[$0]?.size ?? 0, fields[$1]?.size ?? 0)
      return a == b ? $0 < $1 : a > b
    }
    let slots = (fields.keys.max() ?? -1) + 1
    var offsets = [UInt16](repeating: 0, count: slots)
    var end = 4
    for number in numbers {
      offsets[number] = UInt16(end)
      end += fields[number]?.size ?? 0
    }
    while (bytes.count + 4 + slots * 2) % 8 != 4 { bytes.append(0) }
    let virtual = bytes.count
    append(UInt16(4 + slots * 2))
    append(UInt16(end))
    for offset in offsets { append(offset) }
    let place = bytes.count
    append(Int32(place - virtual))
    var later: [(at: Int, Value)] = []
    for number in numbers {
      guard let value = fields[number] else { continue }
      if let reference = inline(value) { later.append((reference, value)) }
    }
    for (at, value) in later { patch(at: at, outOfLine(value)) }
    return place
  }

  /// Writes what fits into the table; the place of the offset for what does not.
  private mutating func inline(_ value: Value) -> Int? {
    switch value {
    case .byte(let byte): bytes.append(byte)
    case .bool(let flag): bytes.append(flag ? 1 : 0)
    case .short(let short): append(short)
    case .int(let int): append(int)
    case .long(let long): append(long)
    case .string, .table, .tables, .longs:
      append(UInt32(0))
      return bytes.count - 4
    }
    return nil
  }

  private mutating func outOfLine(_ value: Value) -> Int {
    switch value {
    case .string(let text): return string(text)
    case .table(let fields): return table(fields)
    case .tables(let all): return vector(all)
    case .longs(let longs, let width):
      align(to: 4)
      let place = bytes.count
      append(UInt32(longs.count / max(width, 1)))
      for long in longs { append(long) }
      return place
    case .byte, .bool, .short, .int, .long: return bytes.count
    }
  }

  private mutating func string(_ text: String) -> Int {
    let units = Array(text.utf8)
    while bytes.count % 4 != 0 { bytes.append(0) }
    let place = bytes.count
    append(UInt32(units.count))
    bytes += units
    bytes.append(0)
    return place
  }

  private mutating func vector(_ tables: [[Int: Value]]) -> Int {
    while bytes.count % 4 != 0 { bytes.append(0) }
    let place = bytes.count
    append(UInt32(tables.count))
    let first = bytes.count
    for _ in tables { append(UInt32(0)) }
    for (number, fields) in tables.enumerated() {
      patch(at: first + number * 4, table(fields))
    }
    return place
  }

  private mutating func align(to rest: Int) {
    while bytes.count % 8 != rest { bytes.append(0) }
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  private mutating func patch(at place: Int, _ target: Int) {
    let offset = UInt32(target - place)
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: offset >> (byte * 8)) }
  }
}
