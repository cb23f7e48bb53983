package import CArrowADBC

/// The batches of a result, pulled one by one. It owns the Arrow stream and releases it once.
///
/// Not for use by two threads at a time.
package final class BatchStream {
  package let fields: [ArrowField]
  private var stream: ArrowArrayStream

  /// A stream that broke off: the engine's error code (an `errno`) and its words.
  package enum Failure: Error {
    case engine(code: Int32, message: String)
    case columnar(ColumnarError)
  }

  /// Takes over `stream`: the caller must not release it, whether this succeeds or not.
  package init(taking stream: ArrowArrayStream) throws(Failure) {
    var stream = stream
    var schema = ArrowSchema()
    let code = stream.get_schema?(&stream, &schema) ?? 22
    guard code == 0 else {
      let failure = Self.failure(code, of: &stream)
      stream.release?(&stream)
      throw failure
    }
    defer { schema.release?(&schema) }
    do {
      fields = try ArrowField.columns(copying: schema)
    } catch {
      stream.release?(&stream)
      throw .columnar(error)
    }
    self.stream = stream
  }

  deinit { close() }

  /// Releases the stream now; it has no further batches.
  package func close() {
    stream.release?(&stream)
    stream.release = nil
  }

  /// The next batch, or nil at the end. Batches without rows are passed over.
  package func next() throws(Failure) -> RecordBatch? {
    while stream.release != nil {
      var array = ArrowArray()
      let code = stream.get_next?(&stream, &array) ?? 22
      guard code == 0 else { throw Self.failure(code, of: &stream) }
      guard array.release != nil else { return nil }
      do {
        let batch = try RecordBatch(taking: array, fields: fields)
        if batch.rowCount > 0 { return batch }
      } catch {
        throw .columnar(error)
      }
    }
    return nil
  }

  private static func failure(_ code: Int32, of stream: inout ArrowArrayStream) -> Failure {
    let message = stream.get_last_error?(&stream).map { String(cString: $0) } ?? ""
    return .engine(code: code, message: message)
  }
}
