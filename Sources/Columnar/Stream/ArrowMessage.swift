/// The messages of an Arrow stream (arrow.apache.org, "Serialization and interprocess
/// communication"; the numbers are those of its Message.fbs and Schema.fbs, version 5).
enum ArrowMessage {
  private static let version: Int16 = 4

  static func schema(_ fields: [ArrowField]) -> [UInt8] {
    framed(kind: 1, header: [1: .tables(fields.map(field))], body: 0)
  }

  /// `nodes` has length and count of nulls of each column and child, `buffers` place and length
  /// of each buffer in the body, in the order of a walk from the top.
  static func batch(rows: Int, nodes: [Int64], buffers: [Int64], body: Int) -> [UInt8] {
    framed(
      kind: 3,
      header: [
        0: .long(Int64(rows)), 1: .longs(nodes, width: 2), 2: .longs(buffers, width: 2),
      ], body: body)
  }

  static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

  /// The start of a message that never comes.
  static let torn: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]

  private static func framed(kind: UInt8, header: [Int: FlatBuffer.Value], body: Int) -> [UInt8] {
    let message = FlatBuffer(root: [
      0: .short(version), 1: .byte(kind), 2: .table(header), 3: .long(Int64(body)),
    ])
    let size = UInt32(message.bytes.count)
    return [0xFF, 0xFF, 0xFF, 0xFF]
      + (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) } + message.bytes
  }

  private static func field(_ field: ArrowField) -> [Int: FlatBuffer.Value] {
    let (kind, parameters) = type(field.type)
    var table: [Int: FlatBuffer.Value] = [
      0: .string(field.name), 1: .bool(field.isNullable), 2: .byte(kind), 3: .table(parameters),
      5: .tables(children(of: field.type).map(self.field)),
    ]
    if !field.extensionName.isEmpty {
      table[6] = .tables([
        [0: .string("ARROW:extension:name"), 1: .string(field.extensionName)],
        [0: .string("ARROW:extension:metadata"), 1: .string("")],
      ])
    }
    return table
  }

  static func children(of type: ArrowType) -> [ArrowField] {
    switch type {
    case .list(let element, _), .fixedList(let element, _), .map(let element): [element]
    case .record(let fields): fields
    case .null, .bool, .int, .float, .decimal, .text, .binary, .fixedBinary, .date, .time,
      .timestamp, .duration, .interval, .dictionary, .unsupported:
      []
    }
  }

  /// The number of a type and its parameters.
  private static func type(_ type: ArrowType) -> (UInt8, [Int: FlatBuffer.Value]) {
    switch type {
    case .null, .unsupported, .dictionary: (1, [:])
    case .int(let bits, let signed): (2, [0: .int(Int32(bits)), 1: .bool(signed)])
    case .float(let bits): (3, [0: .short(bits == 64 ? 2 : bits == 32 ? 1 : 0)])
    case .binary(.large): (19, [:])
    case .binary(.small), .binary(.view): (4, [:])
    case .text(.large): (20, [:])
    case .text(.small), .text(.view): (5, [:])
    case .bool: (6, [:])
    case .decimal(let precision, let scale, let bits):
      (7, [0: .int(Int32(precision)), 1: .int(Int32(scale)), 2: .int(Int32(bits))])
    case .date(let unit): (8, [0: .short(unit == .day ? 0 : 1)])
    case .time(let unit):
      (9, [0: .short(number(unit)), 1: .int(unit == .second || unit == .millisecond ? 32 : 64)])
    case .timestamp(let unit, let zone):
      (10, zone.isEmpty ? [0: .short(number(unit))] : [0: .short(number(unit)), 1: .string(zone)])
    case .interval(let unit): (11, [0: .short(unit == .months ? 0 : unit == .dayTime ? 1 : 2)])
    case .list(_, .large): (21, [:])
    case .list(_, .small), .list(_, .view): (12, [:])
    case .record: (13, [:])
    case .fixedBinary(let width): (15, [0: .int(Int32(width))])
    case .fixedList(_, let size): (16, [0: .int(Int32(size))])
    case .map: (17, [:])
    case .duration(let unit): (18, [0: .short(number(unit))])
    }
  }

  private static func number(_ unit: ArrowType.TimeUnit) -> Int16 {
    switch unit {
    case .second: 0
    case .millisecond: 1
    case .microsecond: 2
    case .nanosecond: 3
    }
  }
}
