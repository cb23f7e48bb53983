import Values

/// Reads the value of one row that is not null.
typealias RowReader = (Int) throws(ColumnarError) -> Value

extension ColumnVector {
  /// The values of `rows` as `target`; the common columns go through a loop without closures.
  func values(_ rows: Range<Int>, as target: DataType) throws(ColumnarError) -> [Value] {
    guard rows.upperBound <= count else { throw .malformed("rows beyond the end") }
    if target == .null, type != .null, rows.allSatisfy(isNull) {
      return [Value](repeating: .null, count: rows.count)
    }
    switch (type, target) {
    case (.int(bits: 64, signed: true), .int):
      return fixed(rows, try elements(1, Int64.self)) { .int($0) }
    case (.float(bits: 64), .float):
      return fixed(rows, try elements(1, Double.self)) { $0.isFinite ? .float($0) : .null }
    case (.date(.day), .date):
      return fixed(rows, try elements(1, Int32.self)) { .date($0) }
    case (.timestamp(.microsecond, _), .timestamp):
      return fixed(rows, try elements(1, Int64.self)) { .timestamp($0) }
    case (_, _):
      return try read(rows, with: try reader(as: target))
    }
  }

  @inline(__always)
  private func fixed<T: BitwiseCopyable>(
    _ rows: Range<Int>, _ elements: UnsafePointer<T>, _ make: (T) -> Value
  ) -> [Value] {
    Array(unsafeUninitializedCapacity: rows.count) { buffer, initialized in
      var at = 0
      for row in rows {
        let value: Value = hasNulls && isNull(row) ? .null : make(elements[row])
        (buffer.baseAddress.map { $0 + at })?.initialize(to: value)
        at += 1
      }
      initialized = at
    }
  }

  private func read(_ rows: Range<Int>, with reader: RowReader) throws(ColumnarError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(rows.count)
    for row in rows { values.append(isNull(row) ? .null : try reader(row)) }
    return values
  }

  /// As `reader(as:)`, for a child whose rows may be null.
  func nullableReader(as target: DataType) throws(ColumnarError) -> RowReader {
    let reader = try reader(as: target)
    return { (row) throws(ColumnarError) -> Value in
      guard row < count else { throw .malformed("a row beyond the end of a child") }
      return isNull(row) ? .null : try reader(row)
    }
  }

  /// Decides once how this column becomes `target`, so that a row costs one call.
  func reader(as target: DataType) throws(ColumnarError) -> RowReader {
    // An array without rows may come without buffers.
    guard count > 0 else { return { (_) throws(ColumnarError) -> Value in .null } }
    switch type {
    case .null: return { (_) throws(ColumnarError) -> Value in .null }
    case .bool: return try boolReader(as: target)
    case .int, .decimal: return try exactReader(as: target)
    case .float: return try floatReader(as: target)
    case .text, .binary, .fixedBinary: return try textReader(as: target)
    case .date, .time, .timestamp, .duration, .interval: return try timeReader(as: target)
    case .list, .fixedList, .map: return try listReader(as: target)
    case .record(let fields): return try recordReader(fields, as: target)
    case .dictionary(let indexes, let values):
      return try dictionaryReader(indexes, values, as: target)
    case .unsupported: throw .unsupported(column: name, type: type)
    }
  }

  func mismatch(_ wanted: DataType) -> ColumnarError {
    .mismatch(column: name, found: type, wanted: wanted)
  }

  private func boolReader(as target: DataType) throws(ColumnarError) -> RowReader {
    guard target == .bool else { throw mismatch(target) }
    let bits = try buffer(1).assumingMemoryBound(to: UInt8.self)
    let offset = offset
    return { (row) throws(ColumnarError) -> Value in
      let bit = row + offset
      return .bool(bits[bit >> 3] & (1 << UInt8(bit & 7)) != 0)
    }
  }

  /// The dictionary's values are read once; a row is a look-up.
  private func dictionaryReader(
    _ indexes: ArrowType, _ values: ArrowType, as target: DataType
  ) throws(ColumnarError) -> RowReader {
    let dictionary = try dictionary(values)
    let words = try dictionary.values(0..<dictionary.count, as: target)
    let index = try ColumnVector(array, type: indexes, name: name).integers()
    return { (row) throws(ColumnarError) -> Value in
      let at = index(row)
      guard at >= 0, at < words.count else { throw .malformed("an index beyond its dictionary") }
      return words[Int(at)]
    }
  }
}
