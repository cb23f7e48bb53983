import Connectivity
import Glibc
import Testing
import Values

@Suite("Cancelling")
struct CancelTests {
  private static func milliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }

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
    let start = Self.milliseconds()
    #expect(throws: EngineError.cancelled) {
      try engine.rows(
        "select count(*) from range(10000000) a, range(10000000) b where a.range <> b.range")
    }
    #expect(Self.milliseconds() - start < 5000)
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
    let start = Self.milliseconds()
    let result: Int? = thread.run(graceMilliseconds: 50, interrupted: { true }) {
      usleep(1_500_000)
      return 1
    }
    #expect(result == nil)
    #expect(Self.milliseconds() - start < 1000)
    let later: Int? = thread.run(graceMilliseconds: 0, interrupted: { false }, { 2 })
    #expect(later == 2)
  }
}
