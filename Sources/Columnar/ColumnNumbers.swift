import Values

extension ColumnVector {
  /// Integers of any width and decimals of any width, as one wide integer.
  func integers() throws(ColumnarError) -> (Int) -> Int128 {
    switch type {
    case .int(bits: 8, signed: true): widened(try elements(1, Int8.self))
    case .int(bits: 16, signed: true): widened(try elements(1, Int16.self))
    case .int(bits: 32, signed: true), .decimal(_, _, bits: 32):
      widened(try elements(1, Int32.self))
    case .int(bits: 64, signed: true), .decimal(_, _, bits: 64):
      widened(try elements(1, Int64.self))
    case .int(bits: 8, signed: false): widened(try elements(1, UInt8.self))
    case .int(bits: 16, signed: false): widened(try elements(1, UInt16.self))
    case .int(bits: 32, signed: false): widened(try elements(1, UInt32.self))
    case .int(bits: 64, signed: false): widened(try elements(1, UInt64.self))
    case .decimal(_, _, bits: 128): try wide(stride: 16)
    default: throw .unsupported(column: name, type: type)
    }
  }

  private func widened<T: FixedWidthInteger>(_ elements: UnsafePointer<T>) -> (Int) -> Int128 {
    { row in Int128(elements[row]) }
  }

  /// Engines align 128-bit values to 8 bytes, Swift wants 16: so the load is unaligned.
  private func wide(stride: Int) throws(ColumnarError) -> (Int) -> Int128 {
    let base = try buffer(1)
    let offset = offset
    return { row in base.loadUnaligned(fromByteOffset: (row + offset) * stride, as: Int128.self) }
  }

  /// The unscaled value, or an overflow where 256 bits hold more than 128.
  private func unscaled(for target: DataType) throws(ColumnarError)
    -> (Int) throws(ColumnarError) -> Int128
  {
    guard case .decimal(_, _, bits: 256) = type else {
      let integers = try integers()
      return { (row) throws(ColumnarError) -> Int128 in integers(row) }
    }
    let base = try buffer(1)
    let (offset, name) = (offset, name)
    return { (row) throws(ColumnarError) -> Int128 in
      let at = (row + offset) * 32
      let low = base.loadUnaligned(fromByteOffset: at, as: Int128.self)
      let high = base.loadUnaligned(fromByteOffset: at + 16, as: Int128.self)
      guard high == (low < 0 ? -1 : 0) else {
        throw .overflow(column: name, row: row, wanted: target)
      }
      return low
    }
  }

  private var scale: Int {
    if case .decimal(_, let scale, _) = type { scale } else { 0 }
  }

  /// Integers and decimals as int, decimal or float. A whole sum comes as `decimal(38, 0)` and
  /// goes home to 64 bits; what does not fit is an overflow, never a wrong number.
  func exactReader(as target: DataType) throws(ColumnarError) -> RowReader {
    let unscaled = try unscaled(for: target)
    let (scale, name) = (scale, name)
    switch target {
    case .int where scale == 0:
      return { (row) throws(ColumnarError) -> Value in
        guard let value = Int64(exactly: try unscaled(row)) else {
          throw .overflow(column: name, row: row, wanted: target)
        }
        return .int(value)
      }
    case .decimal(_, let wanted) where wanted >= scale:
      let factor = Self.powerOfTen(wanted - scale)
      return { (row) throws(ColumnarError) -> Value in
        let (value, overflow) = try unscaled(row).multipliedReportingOverflow(by: factor)
        guard !overflow else { throw .overflow(column: name, row: row, wanted: target) }
        return .decimal(unscaled: value, scale: wanted)
      }
    case .float:
      let divisor = Double(Self.powerOfTen(scale))
      return { (row) throws(ColumnarError) -> Value in
        .float(Double(try unscaled(row)) / divisor)
      }
    case .bool, .int, .decimal, .text, .date, .timestamp, .duration, .months, .period, .list,
      .record, .json, .null:
      throw mismatch(target)
    }
  }

  private static func powerOfTen(_ exponent: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<min(exponent, 38) { result *= 10 }
    return result
  }

  /// NaN and the infinities are missing values everywhere in Whom.
  func floatReader(as target: DataType) throws(ColumnarError) -> RowReader {
    guard target == .float else { throw mismatch(target) }
    let number: (Int) -> Double
    switch type {
    case .float(bits: 16):
      let elements = try elements(1, UInt16.self)
      number = { Self.double(half: elements[$0]) }
    case .float(bits: 32):
      let elements = try elements(1, Float.self)
      number = { Double(elements[$0]) }
    default:
      let elements = try elements(1, Double.self)
      number = { elements[$0] }
    }
    return { (row) throws(ColumnarError) -> Value in
      let value = number(row)
      return value.isFinite ? .float(value) : .null
    }
  }

  /// IEEE 754 binary16; written out because `Float16` is not on every platform.
  private static func double(half bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
      }
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }
}
