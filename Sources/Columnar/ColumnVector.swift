import CArrowADBC
import Values

/// A typed view of one Arrow array. It borrows: whoever makes one keeps the batch alive.
struct ColumnVector {
  let type: ArrowType
  /// The column it belongs to, for errors.
  let name: String
  let array: ArrowArray
  let count: Int
  /// Rows skipped at the front of every buffer.
  let offset: Int
  private let validity: UnsafePointer<UInt8>?

  init(_ array: ArrowArray, type: ArrowType, name: String) throws(ColumnarError) {
    guard array.length >= 0, array.offset >= 0,
      let buffers = type.bufferCount, array.n_buffers >= Int64(buffers)
    else { throw .malformed("a column that does not fit its type") }
    self.type = type
    self.name = name
    self.array = array
    self.count = Int(clamping: array.length)
    self.offset = Int(clamping: array.offset)
    let mayHoldNulls = array.null_count != 0 && type.hasValidity
    validity =
      mayHoldNulls ? array.buffers?[0].map { $0.assumingMemoryBound(to: UInt8.self) } : nil
  }

  var hasNulls: Bool { validity != nil || type == .null }

  func isNull(_ row: Int) -> Bool {
    guard let validity else { return type == .null }
    let bit = row + offset
    return validity[bit >> 3] & (1 << UInt8(bit & 7)) == 0
  }

  /// A data buffer, from its first byte. Engines leave it out of an empty array.
  func buffer(_ index: Int) throws(ColumnarError) -> UnsafeRawPointer {
    guard let pointer = array.buffers?[index] else { throw .malformed("a buffer is missing") }
    return pointer
  }

  /// A buffer of fixed-width elements, from the first row of this array.
  func elements<T: BitwiseCopyable>(_ index: Int, _ type: T.Type) throws(ColumnarError)
    -> UnsafePointer<T>
  {
    try buffer(index).assumingMemoryBound(to: T.self) + offset
  }

  func child(_ index: Int, _ field: ArrowField) throws(ColumnarError) -> ColumnVector {
    guard index < array.n_children, let child = array.children?[index] else {
      throw .malformed("a child is missing")
    }
    return try ColumnVector(child.pointee, type: field.type, name: name)
  }

  func dictionary(_ values: ArrowType) throws(ColumnarError) -> ColumnVector {
    guard let dictionary = array.dictionary else { throw .malformed("a dictionary is missing") }
    return try ColumnVector(dictionary.pointee, type: values, name: name)
  }
}

extension ArrowType {
  /// How many buffers an array of this type has at least; `nil` for what cannot be read.
  var bufferCount: Int? {
    switch self {
    case .null: 0
    case .record, .fixedList: 1
    case .bool, .int, .float, .decimal, .fixedBinary, .date, .time, .timestamp, .duration,
      .interval, .map, .list(_, .small), .list(_, .large), .text(.view), .binary(.view):
      2
    case .text(.small), .text(.large), .binary(.small), .binary(.large), .list(_, .view): 3
    case .dictionary(let indexes, _): indexes.bufferCount
    case .unsupported: nil
    }
  }

  var hasValidity: Bool { self != .null }
}
