import Connectivity
import Dispatch
import Glibc
import Testing
import Values

@Suite("Cancelling")
struct CancelTests {
  /// Calls `body` on another thread after a while.
  private func after(milliseconds: UInt32, _ body: @escaping @Sendable () -> Void) {
    let thread = ConnectionThread()
    thread.post {
      usleep(milliseconds * 1000)
      body()
    }
  }

  @Test("stops a statement that would take hours, and the next one runs")
  func statement() throws {
    let engine = try Engine()
    let database = engine.database
    after(milliseconds: 200) { database.cancel() }
    #expect(throws: EngineError.cancelled) {
      try engine.rows(
        "select count(*) from range(10000000) a, range(10000000) b where a.range <> b.range")
    }
    #expect(throws: EngineError.cancelled) { try engine.rows("select 1") }
    database.resume()
    #expect(try engine.rows("select 1") == [[.int(1)]])
  }

  @Test("ends a stream between two batches")
  func stream() throws {
    let engine = try Engine()
    let stream = try engine.database.query("select i from range(10000000) t(i)")
    _ = try stream.next()
    engine.database.cancel()
    #expect(throws: EngineError.cancelled) { while try stream.next() != nil {} }
    engine.database.resume()
    #expect(try engine.rows("select 2") == [[.int(2)]])
  }

  @Test("leaves a call alone that does not stop, and does not wait for it")
  func deaf() {
    let thread = ConnectionThread()
    // Goes on until it is let go, which is after the wait for it has ended.
    let mayEnd = DispatchSemaphore(value: 0)
    let result: Int? = thread.run(graceMilliseconds: 50, interrupted: { true }) {
      mayEnd.wait()
      return 1
    }
    #expect(result == nil)
    mayEnd.signal()
    let later: Int? = thread.run(graceMilliseconds: 0, interrupted: { false }, { 2 })
    #expect(later == 2)
  }
}
