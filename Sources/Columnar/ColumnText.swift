import CArrowADBC
import Values

extension DataType {
  /// What an engine without nested types holds as a document.
  var isDocument: Bool {
    switch self {
    case .record, .list: true
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .json, .null:
      false
    }
  }
}

extension ColumnVector {
  typealias Bytes = UnsafeBufferPointer<UInt8>
  typealias BytesReader = (Int) throws(ColumnarError) -> Bytes

  /// Text as it is (bytes that are no UTF-8 are replaced by U+FFFD); bytes as hexadecimal.
  func textReader(as target: DataType) throws(ColumnarError) -> RowReader {
    if case .decimal(_, let scale) = target, case .text = type { return try numeralReader(scale) }
    if case .text = type, target.isDocument {
      return documentReader(as: target, try textReader(as: .text))
    }
    guard target == .text || target == .json || target == .null else { throw mismatch(target) }
    let bytes = try bytesReader()
    if case .text = type {
      return { (row) throws(ColumnarError) -> Value in
        .text(String(decoding: try bytes(row), as: UTF8.self))
      }
    }
    return { (row) throws(ColumnarError) -> Value in .text(Self.hexadecimal(try bytes(row))) }
  }

  /// Exact numbers that come as text: `-12.50`.
  private func numeralReader(_ scale: Int) throws(ColumnarError) -> RowReader {
    let bytes = try bytesReader()
    let name = name
    return { (row) throws(ColumnarError) -> Value in
      let digits = try bytes(row)
      guard let unscaled = Self.unscaled(digits, scale) else {
        if String(decoding: digits, as: UTF8.self) == "NaN" { return .null }
        throw .overflow(column: name, row: row, wanted: .decimal(precision: 38, scale: scale))
      }
      return .decimal(unscaled: unscaled, scale: scale)
    }
  }

  /// The digits as a whole number with so many places; further ones must be zeros.
  private static func unscaled(_ digits: Bytes, _ scale: Int) -> Int128? {
    var result: Int128 = 0
    var places: Int?
    for byte in digits {
      switch byte {
      case UInt8(ascii: "-"): continue
      case UInt8(ascii: "."): places = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let found = places {
          places = found + 1
          if found >= scale {
            if byte != UInt8(ascii: "0") { return nil }
            continue
          }
        }
        guard let next = appended(Int128(byte - UInt8(ascii: "0")), to: result) else { return nil }
        result = next
      default: return nil
      }
    }
    for _ in min(places ?? 0, scale)..<scale {
      guard let next = appended(0, to: result) else { return nil }
      result = next
    }
    return digits.first == UInt8(ascii: "-") ? -result : result
  }

  private static func appended(_ digit: Int128, to number: Int128) -> Int128? {
    let (tenfold, isTooLarge) = number.multipliedReportingOverflow(by: 10)
    return isTooLarge ? nil : tenfold + digit
  }

  func bytesReader() throws(ColumnarError) -> BytesReader {
    switch type {
    case .text(.small), .binary(.small): return try offsetBytes(try elements(1, Int32.self))
    case .text(.large), .binary(.large): return try offsetBytes(try elements(1, Int64.self))
    case .text(.view), .binary(.view): return try viewBytes()
    case .fixedBinary(let width):
      let base = try buffer(1).assumingMemoryBound(to: UInt8.self)
      let offset = offset
      return { (row) throws(ColumnarError) -> Bytes in
        Bytes(start: base + (row + offset) * width, count: width)
      }
    default: throw .unsupported(column: name, type: type)
    }
  }

  private func offsetBytes<Offset: FixedWidthInteger>(_ offsets: UnsafePointer<Offset>)
    throws(ColumnarError) -> BytesReader
  {
    // Where every text is empty there may be no bytes at all.
    let base = array.buffers?[2].map { $0.assumingMemoryBound(to: UInt8.self) }
    return { (row) throws(ColumnarError) -> Bytes in
      let (start, end) = (Int(offsets[row]), Int(offsets[row + 1]))
      guard start < end else {
        guard start == end else { throw .malformed("offsets that run backwards") }
        return Bytes(start: nil, count: 0)
      }
      guard let base, start >= 0 else { throw .malformed("text without bytes") }
      return Bytes(start: base + start, count: end - start)
    }
  }

  /// Views of 16 bytes: a length, then up to 12 bytes, or a prefix, a buffer and an offset.
  private func viewBytes() throws(ColumnarError) -> BytesReader {
    let views = try buffer(1) + offset * 16
    let (buffers, bufferCount) = (array.buffers, Int(array.n_buffers))
    return { (row) throws(ColumnarError) -> Bytes in
      let view = views + row * 16
      let count = Int(view.loadUnaligned(as: Int32.self))
      guard count >= 0 else { throw .malformed("a view of negative length") }
      if count <= 12 {
        return Bytes(start: (view + 4).assumingMemoryBound(to: UInt8.self), count: count)
      }
      let index = 2 + Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
      let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
      guard index >= 2, index < bufferCount, start >= 0, let base = buffers?[index] else {
        throw .malformed("a view into a buffer that is not there")
      }
      return Bytes(start: base.assumingMemoryBound(to: UInt8.self) + start, count: count)
    }
  }

  private static func hexadecimal(_ bytes: Bytes) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
