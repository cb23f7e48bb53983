import CArrowADBC
import Values

/// The body of a batch: where each buffer lies, and what the message says of it.
struct BatchBody {
  /// Bytes that are somewhere, or bytes of our own.
  enum Piece {
    case borrowed(UnsafeRawBufferPointer)
    case owned([UInt8])

    var count: Int {
      switch self {
      case .borrowed(let bytes): bytes.count
      case .owned(let bytes): bytes.count
      }
    }
  }

  private(set) var nodes: [Int64] = []
  private(set) var buffers: [Int64] = []
  private(set) var pieces: [Piece] = []
  private(set) var size = 0

  mutating func add(_ piece: Piece) {
    buffers += [Int64(size), Int64(piece.count)]
    pieces.append(piece)
    size += Self.padded(piece.count)
  }

  static func padded(_ count: Int) -> Int { (count + 7) & ~7 }

  // MARK: As it lies in memory

  /// An array of the engine and its children, without a copy of a row.
  mutating func add(_ vector: ColumnVector) throws(ColumnarError) {
    let array = vector.array
    guard array.offset == 0 else { throw .malformed("an array that begins behind its buffers") }
    let rows = vector.count
    let nulls = vector.type == .null ? rows : vector.nullCount
    nodes += [Int64(rows), Int64(nulls)]
    if vector.type == .null { return }
    try addValidity(vector, nulls)
    switch vector.type {
    case .bool: try add(vector, 1, (rows + 7) / 8)
    case .text(.small), .binary(.small): try addBytes(vector, Int32.self)
    case .text(.large), .binary(.large): try addBytes(vector, Int64.self)
    case .list(let element, .small): try addList(vector, element, Int32.self)
    case .list(let element, .large): try addList(vector, element, Int64.self)
    case .map(let element): try addList(vector, element, Int32.self)
    case .fixedList(let element, _): try add(vector.child(0, element))
    case .record(let fields):
      for (position, field) in fields.enumerated() { try add(vector.child(position, field)) }
    case .int, .float, .decimal, .fixedBinary, .date, .time, .timestamp, .duration, .interval:
      guard let width = vector.type.width else {
        throw .unsupported(column: vector.name, type: vector.type)
      }
      try add(vector, 1, rows * width)
    case .null, .text(.view), .binary(.view), .list(_, .view), .dictionary, .unsupported:
      throw .unsupported(column: vector.name, type: vector.type)
    }
  }

  private mutating func addValidity(_ vector: ColumnVector, _ nulls: Int) throws(ColumnarError) {
    if nulls == 0 { return add(.owned([])) }
    try add(vector, 0, (vector.count + 7) / 8)
  }

  private mutating func add(
    _ vector: ColumnVector, _ buffer: Int, _ count: Int
  ) throws(ColumnarError) {
    if count == 0 { return add(.owned([])) }
    add(.borrowed(UnsafeRawBufferPointer(start: try vector.buffer(buffer), count: count)))
  }

  private mutating func addBytes<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ vector: ColumnVector, _: Offset.Type
  ) throws(ColumnarError) {
    let end = try addOffsets(vector, Offset.self)
    try add(vector, 2, end)
  }

  private mutating func addList<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ vector: ColumnVector, _ element: ArrowField, _: Offset.Type
  ) throws(ColumnarError) {
    _ = try addOffsets(vector, Offset.self)
    try add(vector.child(0, element))
  }

  /// Gives the last offset.
  private mutating func addOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ vector: ColumnVector, _: Offset.Type
  ) throws(ColumnarError) -> Int {
    guard vector.count > 0 else {
      add(.owned([UInt8](repeating: 0, count: MemoryLayout<Offset>.size)))
      return 0
    }
    let offsets = try vector.elements(1, Offset.self)
    let end = Int(offsets[vector.count])
    guard end >= 0 else { throw .malformed("offsets that run backwards") }
    try add(vector, 1, (vector.count + 1) * MemoryLayout<Offset>.size)
    return end
  }

  // MARK: Value by value

  /// Values of another type in memory: sums that come as wide decimals, intervals.
  mutating func add(_ values: [Value], as type: DataType) {
    nodes += [Int64(values.count), Int64(values.count { $0.isNull })]
    if type == .null { return }
    add(.owned(Self.bits(values) { !$0.isNull }))
    switch type {
    case .bool: add(.owned(Self.bits(values) { $0 == .bool(true) }))
    case .text, .json: addTexts(values)
    case .date: addFixed(values, Int32.self)
    case .decimal, .months: addFixed(values, Int128.self)
    case .int, .float, .timestamp, .duration, .period, .list, .record, .null:
      addFixed(values, Int64.self)
    }
  }

  private static func bits(_ values: [Value], _ isSet: (Value) -> Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
    for (row, value) in values.enumerated() where isSet(value) {
      bytes[row >> 3] |= 1 << UInt8(row & 7)
    }
    return bytes
  }

  private mutating func addFixed<T: FixedWidthInteger>(_ values: [Value], _: T.Type) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * MemoryLayout<T>.size)
    for value in values {
      let number = T(truncatingIfNeeded: value.wireNumber)
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    add(.owned(bytes))
  }

  private mutating func addTexts(_ values: [Value]) {
    var (offsets, bytes): ([UInt8], [UInt8]) = ([0, 0, 0, 0], [])
    for value in values {
      if case .text(let text) = value { bytes += Array(text.utf8) }
      let end = Int32(truncatingIfNeeded: bytes.count)
      withUnsafeBytes(of: end.littleEndian) { offsets.append(contentsOf: $0) }
    }
    add(.owned(offsets))
    add(.owned(bytes))
  }
}

extension Value {
  /// The bits that stand for a value of fixed width.
  fileprivate var wireNumber: Int128 {
    switch self {
    case .int(let number): Int128(number)
    case .float(let number): Int128(Int64(bitPattern: number.bitPattern))
    case .decimal(let unscaled, _): unscaled
    case .date(let days): Int128(days)
    case .timestamp(let instant), .duration(let instant): Int128(instant)
    // Months, days and nanoseconds stand one behind the other.
    case .months(let count): Int128(UInt32(truncatingIfNeeded: count))
    case .null, .bool, .text, .period, .list, .record: 0
    }
  }
}

extension ColumnVector {
  /// Counted where the engine does not say.
  fileprivate var nullCount: Int {
    if array.null_count >= 0 { return hasNulls ? Int(array.null_count) : 0 }
    return (0..<count).count { isNull($0) }
  }
}

extension ArrowType {
  /// Bytes of a value of fixed width.
  fileprivate var width: Int? {
    switch self {
    case .int(let bits, _), .float(let bits), .decimal(_, _, let bits): bits / 8
    case .fixedBinary(let width): width
    case .date(.day), .interval(.months): 4
    case .date(.millisecond), .timestamp, .duration, .interval(.dayTime): 8
    case .interval(.monthDayNano): 16
    case .time(let unit): unit == .second || unit == .millisecond ? 4 : 8
    case .null, .bool, .text, .binary, .list, .fixedList, .record, .map, .dictionary,
      .unsupported:
      nil
    }
  }
}
