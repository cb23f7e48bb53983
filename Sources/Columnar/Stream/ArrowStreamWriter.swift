package import Values

/// Writes a result as an Arrow stream, batch by batch, for pyarrow, R, and whoever else reads it.
///
///     let writer = try ArrowStreamWriter(fields, schema, write: send)
///     while let batch = try stream.next() { try writer.add(batch) }
///     try writer.end()
package struct ArrowStreamWriter {
  /// Takes bytes that are there during the call; false where nobody takes more.
  package typealias Sink = (UnsafeRawBufferPointer) -> Bool

  package enum Failure: Error {
    case columnar(ColumnarError)
    /// The reader has gone, or the disk is full.
    case closed
  }

  private let columns: [WireColumn]
  private let write: Sink

  /// Writes the schema.
  package init(
    _ fields: [ArrowField], _ schema: Schema, write: @escaping Sink
  ) throws(Failure) {
    guard fields.count == schema.count else {
      throw .columnar(.malformed("another number of columns than was promised"))
    }
    var columns: [WireColumn] = []
    do throws(ColumnarError) {
      for (field, column) in zip(fields, schema.columns) {
        columns.append(try WireColumn(field, column))
      }
    } catch {
      throw .columnar(error)
    }
    self.columns = columns
    self.write = write
    try send(ArrowMessage.schema(columns.map(\.field)))
  }

  package func add(_ batch: RecordBatch) throws(Failure) {
    var body = BatchBody()
    do throws(ColumnarError) {
      for (position, column) in columns.enumerated() {
        try add(position, column, of: batch, to: &body)
      }
    } catch {
      throw .columnar(error)
    }
    try send(
      ArrowMessage.batch(
        rows: batch.rowCount, nodes: body.nodes, buffers: body.buffers, body: body.size))
    for piece in body.pieces { try send(piece) }
  }

  package func end() throws(Failure) { try send(ArrowMessage.end) }

  /// After a failure: a message that no reader gets through, because one that merely stopped
  /// would take the part for the whole.
  package func breakOff() { try? send(ArrowMessage.torn) }

  private func add(
    _ position: Int, _ column: WireColumn, of batch: RecordBatch, to body: inout BatchBody
  ) throws(ColumnarError) {
    switch column {
    case .same(let field):
      let vector = try batch.vector(position)
      if field.type != .float(bits: 64) || vector.isFinite { return try body.add(vector) }
      body.add(try batch.values(column: position, as: .float), as: .float)
    case .converted(_, let type):
      body.add(try batch.values(column: position, as: type), as: type)
    }
  }

  private func send(_ piece: BatchBody.Piece) throws(Failure) {
    switch piece {
    case .borrowed(let bytes): if !bytes.isEmpty, !write(bytes) { throw .closed }
    case .owned(let bytes): try send(bytes)
    }
    let padding = BatchBody.padded(piece.count) - piece.count
    if padding > 0 { try send([UInt8](repeating: 0, count: padding)) }
  }

  private func send(_ bytes: [UInt8]) throws(Failure) {
    if bytes.isEmpty { return }
    if !bytes.withUnsafeBytes({ write($0) }) { throw .closed }
  }
}
