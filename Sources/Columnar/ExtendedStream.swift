package import CArrowADBC

/// A stream that gives the batches of another one with further columns behind: what an engine
/// is handed as a table of the rows and of what Whom worked out for them.
package enum ExtendedStream {
  /// Takes over `stream`: whoever gets the new one releases both with it.
  package static func make(
    _ stream: ArrowArrayStream, adding added: ColumnExtension
  ) -> ArrowArrayStream {
    let state = StreamState(stream, added)
    var result = ArrowArrayStream()
    result.private_data = Unmanaged.passRetained(state).toOpaque()
    result.get_schema = { stream, out in StreamState.of(stream)?.schema(out) ?? 22 }
    result.get_next = { stream, out in StreamState.of(stream)?.next(out) ?? 22 }
    result.get_last_error = { stream in StreamState.of(stream)?.lastError }
    result.release = { stream in
      guard let stream, let data = stream.pointee.private_data else { return }
      Unmanaged<StreamState>.fromOpaque(data).release()
      stream.pointee.private_data = nil
      stream.pointee.release = nil
    }
    return result
  }
}

private final class StreamState {
  private var source: ArrowArrayStream
  private let added: ColumnExtension
  private var fields: [ArrowField] = []
  /// The places of the columns that go on.
  private var kept: [Int] = []
  private var message: UnsafeMutablePointer<CChar>?

  init(_ source: ArrowArrayStream, _ added: ColumnExtension) {
    self.source = source
    self.added = added
  }

  deinit {
    source.release?(&source)
    message?.deallocate()
  }

  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> StreamState? {
    guard let data = stream?.pointee.private_data else { return nil }
    return Unmanaged<StreamState>.fromOpaque(data).takeUnretainedValue()
  }

  var lastError: UnsafePointer<CChar>? {
    if let message { return UnsafePointer(message) }
    return source.get_last_error?(&source)
  }

  func schema(_ out: UnsafeMutablePointer<ArrowSchema>?) -> Int32 {
    guard let out else { return 22 }
    var schema = ArrowSchema()
    let code = source.get_schema?(&source, &schema) ?? 22
    guard code == 0 else { return code }
    do throws(ColumnarError) {
      fields = try ArrowField.columns(copying: schema)
    } catch {
      schema.release?(&schema)
      return fail(error)
    }
    kept = fields.indices.filter { !added.consumed.contains(fields[$0].name) }
    out.initialize(to: SchemaFamily.extend(schema, keeping: kept, by: added.columns))
    return 0
  }

  func next(_ out: UnsafeMutablePointer<ArrowArray>?) -> Int32 {
    guard let out else { return 22 }
    if fields.isEmpty {
      var schema = ArrowSchema()
      let code = self.schema(&schema)
      guard code == 0 else { return code }
      schema.release?(&schema)
    }
    var array = ArrowArray()
    let code = source.get_next?(&source, &array) ?? 22
    guard code == 0 else { return code }
    guard array.release != nil else {
      out.initialize(to: ArrowArray())
      return 0
    }
    do throws(ColumnarError) {
      let batch = try RecordBatch(taking: array, fields: fields)
      let columns = try added.work(batch)
      guard columns.map(\.kind) == added.columns.map(\.kind),
        columns.allSatisfy({ $0.count == batch.rowCount })
      else { throw .malformed("columns that do not fit what was promised") }
      let all = try batch.sharedColumns(kept) + columns.map { $0.export() }
      out.initialize(to: ArrayFamily.batch(of: all, length: batch.rowCount))
      return 0
    } catch {
      return fail(error)
    }
  }

  private func fail(_ error: ColumnarError) -> Int32 {
    let bytes = "\(error)".utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (place, byte) in bytes.enumerated() { copy[place] = byte }
    message?.deallocate()
    message = copy
    return 5
  }
}
