import Values

// Columns as plain numbers, for what reads many rows of them: no value of a row is made.

extension RecordBatch {
  /// Adds a column of numbers, or of yes and no as 1 and 0. NaN stands for what is missing, NaN
  /// itself and the infinities among it.
  package func append(numbers column: Int, to values: inout [Double]) throws(ColumnarError) {
    let (vector, shift) = try rows(of: column)
    try fill(&values, 0) { (to) throws(ColumnarError) in
      try vector.numbers(from: shift, &to)
    }
  }

  /// Adds a column of yes and no: 0, 1, or -1 for what is missing.
  package func append(flags column: Int, to values: inout [Int8]) throws(ColumnarError) {
    let (vector, shift) = try rows(of: column)
    guard vector.type == .bool || vector.type == .null else { throw vector.mismatch(.bool) }
    let bits = vector.type == .null ? nil : try vector.buffer(1).assumingMemoryBound(to: UInt8.self)
    try fill(&values, -1) { (to) throws(ColumnarError) in
      guard let bits else { return }
      for place in to.indices where !vector.isNull(place + shift) {
        let bit = place + shift + vector.offset
        to[place] = bits[bit >> 3] & (1 << UInt8(bit & 7)) != 0 ? 1 : 0
      }
    }
  }

  /// Adds a column of dates or instants as days since 1970-01-01; `Int32.min` is missing.
  package func append(days column: Int, to values: inout [Int32]) throws(ColumnarError) {
    let (vector, shift) = try rows(of: column)
    try fill(&values, .min) { (to) throws(ColumnarError) in try vector.days(from: shift, &to) }
  }

  /// Adds a column of texts (or whole numbers, or yes and no, as they are written) as numbers of
  /// a dictionary: `TextDictionary.missing`, or `.unseen` where the dictionary is closed.
  package func append(
    codes column: Int, of dictionary: inout TextDictionary, to values: inout [Int32]
  ) throws(ColumnarError) {
    let (vector, shift) = try rows(of: column)
    var grown = dictionary
    dictionary = TextDictionary()
    defer { dictionary = grown }
    try fill(&values, TextDictionary.missing) { (to) throws(ColumnarError) in
      try vector.codes(from: shift, &to, &grown)
    }
  }

  /// A column, and how many of its rows come before those of the batch.
  private func rows(of column: Int) throws(ColumnarError) -> (ColumnVector, Int) {
    guard fields.indices.contains(column) else { throw .malformed("a column is missing") }
    let vector = try vector(column)
    guard vector.count >= rowCount + firstRow else {
      throw .malformed("a column is shorter than its batch")
    }
    return (vector, firstRow)
  }

  private func fill<T>(
    _ values: inout [T], _ initial: T,
    _ body: (inout UnsafeMutableBufferPointer<T>) throws(ColumnarError) -> Void
  ) throws(ColumnarError) {
    let start = values.count
    values.append(contentsOf: repeatElement(initial, count: rowCount))
    guard rowCount > 0 else { return }
    let result = values.withUnsafeMutableBufferPointer { buffer -> Result<Void, ColumnarError> in
      var rows = UnsafeMutableBufferPointer(rebasing: buffer[start...])
      do throws(ColumnarError) {
        try body(&rows)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}

extension ColumnVector {
  fileprivate func numbers(
    from shift: Int, _ to: inout UnsafeMutableBufferPointer<Double>
  ) throws(ColumnarError) {
    switch type {
    case .null: for place in to.indices { to[place] = .nan }
    case .float(bits: 64): copy(try elements(1, Double.self), shift, &to) { $0 }
    case .float(bits: 32): copy(try elements(1, Float.self), shift, &to) { Double($0) }
    case .int(bits: 64, signed: true):
      copy(try elements(1, Int64.self), shift, &to) { Double($0) }
    case .int(bits: 32, signed: true):
      copy(try elements(1, Int32.self), shift, &to) { Double($0) }
    case .bool:
      let bits = try buffer(1).assumingMemoryBound(to: UInt8.self)
      for place in to.indices {
        let bit = place + shift + offset
        to[place] =
          isNull(place + shift) ? .nan : bits[bit >> 3] & (1 << UInt8(bit & 7)) != 0 ? 1 : 0
      }
    case .float, .int, .decimal:
      for (place, value) in try values(shift..<shift + to.count, as: .float).enumerated() {
        to[place] = if case .float(let number) = value { number } else { .nan }
      }
    case .text, .binary, .fixedBinary, .date, .time, .timestamp, .duration, .interval, .list,
      .fixedList, .record, .map, .dictionary, .unsupported:
      throw mismatch(.float)
    }
  }

  @inline(__always)
  private func copy<T>(
    _ from: UnsafePointer<T>, _ shift: Int, _ to: inout UnsafeMutableBufferPointer<Double>,
    _ number: (T) -> Double
  ) {
    for place in to.indices {
      let value = number(from[place + shift])
      to[place] = value.isFinite ? value : .nan
    }
    guard hasNulls else { return }
    for place in to.indices where isNull(place + shift) { to[place] = .nan }
  }

  fileprivate func days(
    from shift: Int, _ to: inout UnsafeMutableBufferPointer<Int32>
  ) throws(ColumnarError) {
    if type == .null { return }
    if case .timestamp = type {
      let values = try values(shift..<shift + to.count, as: .timestamp)
      for (place, value) in values.enumerated() {
        guard case .timestamp(let instant) = value else { continue }
        to[place] = Int32(clamping: Calendar.floorDivide(Int(instant), 86_400_000_000))
      }
      return
    }
    for (place, value) in try values(shift..<shift + to.count, as: .date).enumerated() {
      if case .date(let day) = value { to[place] = day }
    }
  }

  fileprivate func codes(
    from shift: Int, _ to: inout UnsafeMutableBufferPointer<Int32>,
    _ dictionary: inout TextDictionary
  ) throws(ColumnarError) {
    switch type {
    case .null: return
    case .text:
      let bytes = try bytesReader()
      for place in to.indices where !isNull(place + shift) {
        to[place] = dictionary.code(try bytes(place + shift))
      }
    case .dictionary(let indexes, let values):
      try codes(of: indexes, values, from: shift, &to, &dictionary)
    case .bool: try codes(from: shift, &to, &dictionary, as: .bool)
    case .int: try codes(from: shift, &to, &dictionary, as: .int)
    case .decimal, .float, .binary, .fixedBinary, .date, .time, .timestamp, .duration, .interval,
      .list, .fixedList, .record, .map, .unsupported:
      throw mismatch(.text)
    }
  }

  /// Each text of the batch's own dictionary is looked up once.
  private func codes(
    of indexes: ArrowType, _ values: ArrowType, from shift: Int,
    _ to: inout UnsafeMutableBufferPointer<Int32>, _ dictionary: inout TextDictionary
  ) throws(ColumnarError) {
    let words = try self.dictionary(values).values(0..<self.dictionary(values).count, as: .text)
    var known = [Int32?](repeating: nil, count: words.count)
    let index = try ColumnVector(array, type: indexes, name: name).integers()
    for place in to.indices where !isNull(place + shift) {
      guard let at = Int(exactly: index(place + shift)), words.indices.contains(at) else {
        throw .malformed("an index beyond its dictionary")
      }
      if let code = known[at] {
        to[place] = code
      } else if case .text(let text) = words[at] {
        let code = dictionary.code(text)
        known[at] = code
        to[place] = code
      }
    }
  }

  private func codes(
    from shift: Int, _ to: inout UnsafeMutableBufferPointer<Int32>,
    _ dictionary: inout TextDictionary, as target: DataType
  ) throws(ColumnarError) {
    for (place, value) in try values(shift..<shift + to.count, as: target).enumerated() {
      if case .int(let number) = value { to[place] = dictionary.code(String(number)) }
      if case .bool(let flag) = value { to[place] = dictionary.code(flag ? "true" : "false") }
    }
  }
}

extension TextDictionary {
  mutating func code(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { code($0) }
  }
}
