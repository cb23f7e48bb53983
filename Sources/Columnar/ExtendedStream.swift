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
  /// In one place, for the workers ask it too.
  private let source: UnsafeMutablePointer<ArrowArrayStream>
  private let added: ColumnExtension
  /// There from the first batch on.
  private var batches: ExtendedBatches?
  private var message: UnsafeMutablePointer<CChar>?

  init(_ source: ArrowArrayStream, _ added: ColumnExtension) {
    self.source = .allocate(capacity: 1)
    self.source.initialize(to: source)
    self.added = added
  }

  deinit {
    batches?.close()
    source.pointee.release?(source)
    source.deallocate()
    message?.deallocate()
  }

  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> StreamState? {
    guard let data = stream?.pointee.private_data else { return nil }
    return Unmanaged<StreamState>.fromOpaque(data).takeUnretainedValue()
  }

  var lastError: UnsafePointer<CChar>? {
    if let message { return UnsafePointer(message) }
    return source.pointee.get_last_error?(source)
  }

  func schema(_ out: UnsafeMutablePointer<ArrowSchema>?) -> Int32 {
    guard let out else { return 22 }
    var schema = ArrowSchema()
    let code = source.pointee.get_schema?(source, &schema) ?? 22
    guard code == 0 else { return code }
    do throws(ColumnarError) {
      let fields = try ArrowField.columns(copying: schema)
      let kept = fields.indices.filter { !added.consumed.contains(fields[$0].name) }
      if batches == nil {
        batches = ExtendedBatches(source, fields: fields, kept: kept, added)
      }
      out.initialize(to: SchemaFamily.extend(schema, keeping: kept, by: added.columns))
      return 0
    } catch {
      schema.release?(&schema)
      return fail("\(error)")
    }
  }

  func next(_ out: UnsafeMutablePointer<ArrowArray>?) -> Int32 {
    guard let out else { return 22 }
    if batches == nil {
      var schema = ArrowSchema()
      let code = self.schema(&schema)
      guard code == 0 else { return code }
      schema.release?(&schema)
    }
    switch batches?.next() {
    case .batch(let array): out.initialize(to: array)
    case .end, nil: out.initialize(to: ArrowArray())
    case .failed(let code, let words):
      if let words { return fail(words) }
      return code
    }
    return 0
  }

  private func fail(_ words: String) -> Int32 {
    let bytes = words.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (place, byte) in bytes.enumerated() { copy[place] = byte }
    message?.deallocate()
    message = copy
    return 5
  }
}
