package import CArrowADBC
package import Values

/// Some rows of a result, column by column, in the memory that the engine filled.
///
/// It owns the Arrow array: the engine's `release` is called once, when the last reference to
/// the batch goes. Nothing in it changes after `init`, so that threads may share it.
package final class RecordBatch: @unchecked Sendable {
  package let fields: [ArrowField]
  package let rowCount: Int
  private var array: ArrowArray

  /// Takes over `array`: the caller must not release it, whether this succeeds or not.
  package init(taking array: ArrowArray, fields: [ArrowField]) throws(ColumnarError) {
    self.array = array
    self.fields = fields
    self.rowCount = Int(clamping: array.length)
    guard array.release != nil else { throw .malformed("a batch that was released") }
    guard array.length >= 0, array.offset >= 0, array.n_children == Int64(fields.count) else {
      throw .malformed("a batch that does not fit its schema")
    }
  }

  deinit {
    array.release?(&array)
  }

  /// The values of one column as `type`, which is what the checker says it is.
  ///
  /// What the engine widened is brought home: a `decimal(38, 0)` sum to `int`, an interval to
  /// `duration` or `months`; NaN and the infinities are missing values.
  package func values(column: Int, as type: DataType, rows: Range<Int>? = nil)
    throws(ColumnarError) -> [Value]
  {
    let vector = try vector(column)
    guard vector.count >= rowCount + Int(array.offset) else {
      throw .malformed("a column is shorter than its batch")
    }
    let rows = (rows ?? 0..<rowCount).clamped(to: 0..<rowCount)
    let shift = Int(array.offset)
    return try vector.values(rows.lowerBound + shift..<rows.upperBound + shift, as: type)
  }

  /// How many rows of each column come before those of the batch.
  var firstRow: Int { Int(array.offset) }

  /// A column as it lies in memory.
  func vector(_ column: Int) throws(ColumnarError) -> ColumnVector {
    let field = fields[column]
    guard let child = array.children?[column] else { throw .malformed("a column is missing") }
    return try ColumnVector(child.pointee, type: field.type, name: field.name)
  }

  /// Columns as arrays of their own, each of which keeps the batch alive until its release.
  func sharedColumns(_ positions: [Int]) throws(ColumnarError) -> [ArrowArray] {
    var columns: [ArrowArray] = []
    for position in positions {
      guard let child = array.children?[position] else {
        for place in columns.indices { columns[place].release?(&columns[place]) }
        throw .malformed("a column is missing")
      }
      var copy = child.pointee
      copy.offset += array.offset
      copy.length = Int64(rowCount)
      if array.offset > 0 { copy.null_count = -1 }
      copy.private_data = Unmanaged.passRetained(self).toOpaque()
      copy.release = { array in
        guard let array, let data = array.pointee.private_data else { return }
        Unmanaged<RecordBatch>.fromOpaque(data).release()
        array.pointee.private_data = nil
        array.pointee.release = nil
      }
      columns.append(copy)
    }
    return columns
  }
}

extension ColumnVector {
  /// Whether no row of a column of floats is NaN or infinite.
  var isFinite: Bool {
    guard count > 0, let elements = try? elements(1, Double.self) else { return true }
    return (0..<count).allSatisfy { elements[$0].isFinite }
  }
}
