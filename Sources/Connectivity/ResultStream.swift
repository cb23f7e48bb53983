import CArrowADBC
package import Columnar

/// The rows of a running query, batch by batch; the engine computes as they are asked for.
///
/// Letting go of it stops the query and gives its connection back. For one thread at a time.
package final class ResultStream {
  package let fields: [ArrowField]
  package let sql: String
  private var open: (query: OpenQuery, lease: ConnectionLease)?

  init(_ query: OpenQuery, lease: ConnectionLease, sql: String) {
    fields = query.fields
    self.sql = sql
    open = (query, lease)
  }

  deinit { close() }

  /// The next batch, or nil at the end; it waits until the engine has it.
  package func next() throws(EngineError) -> RecordBatch? {
    guard let query = open?.query, let lease = open?.lease else { return nil }
    let sql = sql
    do {
      let batch = try lease.connection.run { () throws(EngineError) in
        do throws(BatchStream.Failure) {
          return try query.next()
        } catch {
          throw EngineError(error, sql: sql)
        }
      }
      if batch == nil { close() }
      return batch
    } catch {
      close()
      throw error
    }
  }

  /// Frees what the query holds in the engine; `next()` gives nil from now on.
  package func close() {
    guard let lease = open?.lease, let query = open?.query else { return }
    open = nil
    lease.connection.release(query)
  }

  /// For a large result, before memory is needed for something else: the buffers that the engine
  /// read with go back to the system.
  package func closeAndFree() {
    close()
    whom_give_memory_back()
  }
}
