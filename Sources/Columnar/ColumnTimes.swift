import Values

extension ColumnVector {
  /// Microseconds in a day; Whom counts instants and durations in microseconds.
  private static let day: Int64 = 86_400_000_000

  func timeReader(as target: DataType) throws(ColumnarError) -> RowReader {
    switch (type, target) {
    case (.date(let unit), .date): return try dateReader(unit)
    case (.timestamp(let unit, _), .timestamp):
      return try microseconds(unit, bits: 64, target) { .timestamp($0) }
    case (.duration(let unit), .duration):
      return try microseconds(unit, bits: 64, target) { .duration($0) }
    case (.time(let unit), .duration):
      let bits = unit == .second || unit == .millisecond ? 32 : 64
      return try microseconds(unit, bits: bits, target) { .duration($0) }
    case (.interval(let unit), .duration): return try durationReader(unit)
    case (.interval(let unit), .months): return try monthsReader(unit)
    case (_, _): throw mismatch(target)
    }
  }

  private func dateReader(_ unit: ArrowType.DateUnit) throws(ColumnarError) -> RowReader {
    switch unit {
    case .day:
      let days = try elements(1, Int32.self)
      return { (row) throws(ColumnarError) -> Value in .date(days[row]) }
    case .millisecond:
      let milliseconds = try elements(1, Int64.self)
      let name = name
      return { (row) throws(ColumnarError) -> Value in
        let days = Calendar.floorDivide(Int(milliseconds[row]), 86_400_000)
        guard let days = Int32(exactly: days) else {
          throw .overflow(column: name, row: row, wanted: .date)
        }
        return .date(days)
      }
    }
  }

  /// Finer units lose what is below a microsecond, towards the past, so that order is kept.
  private func microseconds(
    _ unit: ArrowType.TimeUnit, bits: Int, _ target: DataType,
    _ make: @escaping (Int64) -> Value
  ) throws(ColumnarError) -> RowReader {
    let integers = try ColumnVector(array, type: .int(bits: bits, signed: true), name: name)
      .integers()
    let (perSecond, name) = (Int128(unit.rawValue), name)
    return { (row) throws(ColumnarError) -> Value in
      let scaled = integers(row) * 1_000_000
      let floored = scaled >= 0 ? scaled / perSecond : -((perSecond - 1 - scaled) / perSecond)
      guard let value = Int64(exactly: floored) else {
        throw .overflow(column: name, row: row, wanted: target)
      }
      return make(value)
    }
  }

  /// An interval as (months, microseconds), whatever its unit.
  private func intervals(_ unit: ArrowType.IntervalUnit) throws(ColumnarError)
    -> (Int) -> (months: Int64, microseconds: Int64)
  {
    let base = try buffer(1)
    let offset = offset
    func load<T: BitwiseCopyable>(_ row: Int, _ stride: Int, _ at: Int, _: T.Type) -> T {
      base.loadUnaligned(fromByteOffset: (row + offset) * stride + at, as: T.self)
    }
    switch unit {
    case .months: return { row in (Int64(load(row, 4, 0, Int32.self)), 0) }
    case .dayTime:
      return { row in
        let days = Int64(load(row, 8, 0, Int32.self)) * Self.day
        return (0, days + Int64(load(row, 8, 4, Int32.self)) * 1000)
      }
    case .monthDayNano:
      return { row in
        let days = Int64(load(row, 16, 4, Int32.self)) * Self.day
        return (Int64(load(row, 16, 0, Int32.self)), days &+ load(row, 16, 8, Int64.self) / 1000)
      }
    }
  }

  private func durationReader(_ unit: ArrowType.IntervalUnit) throws(ColumnarError) -> RowReader {
    let intervals = try intervals(unit)
    let name = name
    return { (row) throws(ColumnarError) -> Value in
      let (months, microseconds) = intervals(row)
      guard months == 0 else { throw .monthsInDuration(column: name, row: row) }
      return .duration(microseconds)
    }
  }

  private func monthsReader(_ unit: ArrowType.IntervalUnit) throws(ColumnarError) -> RowReader {
    let intervals = try intervals(unit)
    let name = name
    return { (row) throws(ColumnarError) -> Value in
      let (months, microseconds) = intervals(row)
      guard microseconds == 0 else { throw .daysInMonths(column: name, row: row) }
      return .months(months)
    }
  }
}
