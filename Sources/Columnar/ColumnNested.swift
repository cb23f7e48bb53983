import Values

extension ColumnVector {
  private typealias RangeReader = (Int) throws(ColumnarError) -> Range<Int>

  func listReader(as target: DataType) throws(ColumnarError) -> RowReader {
    guard case .list(let element) = target else { throw mismatch(target) }
    let (field, ranges) = try elementRanges()
    let child = try child(0, field)
    let reader = try child.nullableReader(as: element.base)
    return { (row) throws(ColumnarError) -> Value in
      let range = try ranges(row)
      guard range.lowerBound >= 0, range.upperBound <= child.count else {
        throw .malformed("a list beyond its elements")
      }
      var values: [Value] = []
      values.reserveCapacity(range.count)
      for element in range { values.append(try reader(element)) }
      return .list(values)
    }
  }

  /// Which elements of the child belong to a row.
  private func elementRanges() throws(ColumnarError) -> (ArrowField, RangeReader) {
    switch type {
    case .list(let field, .small), .map(let field):
      return (field, offsetRanges(try elements(1, Int32.self)))
    case .list(let field, .large):
      return (field, offsetRanges(try elements(1, Int64.self)))
    case .list(let field, .view):
      let (starts, sizes) = (try elements(1, Int32.self), try elements(2, Int32.self))
      return (
        field,
        { (row) throws(ColumnarError) in
          try Self.range(Int(starts[row]), Int(starts[row]) + Int(sizes[row]))
        }
      )
    case .fixedList(let field, let size):
      let offset = offset
      return (
        field,
        { (row) throws(ColumnarError) in
          try Self.range((row + offset) * size, (row + offset + 1) * size)
        }
      )
    default: throw .unsupported(column: name, type: type)
    }
  }

  private func offsetRanges<Offset: FixedWidthInteger>(_ offsets: UnsafePointer<Offset>)
    -> RangeReader
  {
    { (row) throws(ColumnarError) in try Self.range(Int(offsets[row]), Int(offsets[row + 1])) }
  }

  private static func range(_ start: Int, _ end: Int) throws(ColumnarError) -> Range<Int> {
    guard start <= end else { throw .malformed("offsets that run backwards") }
    return start..<end
  }

  func recordReader(_ fields: [ArrowField], as target: DataType) throws(ColumnarError) -> RowReader
  {
    if target == .period { return try periodReader(fields) }
    guard case .record(let columns) = target, columns.count == fields.count else {
      throw mismatch(target)
    }
    var readers: [(name: String, read: RowReader)] = []
    for (index, column) in columns.enumerated() {
      let child = try child(index, fields[index])
      readers.append((column.name, try child.nullableReader(as: column.type.base)))
    }
    let offset = offset
    return { (row) throws(ColumnarError) -> Value in
      var values: [Value.Field] = []
      values.reserveCapacity(readers.count)
      for (name, read) in readers { values.append(Value.Field(name, try read(row + offset))) }
      return .record(values)
    }
  }

  /// A period travels as a struct of two dates, the first day and the day after the last.
  private func periodReader(_ fields: [ArrowField]) throws(ColumnarError) -> RowReader {
    guard fields.count == 2 else { throw mismatch(.period) }
    let start = try child(0, fields[0]).nullableReader(as: .date)
    let end = try child(1, fields[1]).nullableReader(as: .date)
    let offset = offset
    return { (row) throws(ColumnarError) -> Value in
      guard case .date(let first) = try start(row + offset),
        case .date(let last) = try end(row + offset)
      else { return .null }
      return .period(start: first, end: last)
    }
  }
}
