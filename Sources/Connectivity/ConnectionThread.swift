import Columnar
import Glibc

/// The thread on which all calls of one connection run, one after the other.
///
/// Calls into an engine block, some for seconds and some deaf to being cancelled. On a thread of
/// their own they hold up neither Swift's own threads nor the prompt: who waits can stop waiting.
package final class ConnectionThread: @unchecked Sendable {
  /// Deep expressions recurse in engines too.
  private static let stackSize = 64 << 20

  private let shared = Shared()

  package init() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let context = Unmanaged.passRetained(shared).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { raw in
        if let raw { Unmanaged<Shared>.fromOpaque(raw).takeRetainedValue().serve() }
        return nil
      }, context)
    pthread_attr_destroy(&attributes)
    precondition(status == 0, "the system refuses another thread")
  }

  deinit {
    shared.stop()
  }

  /// Runs `body` there and waits. While it waits it asks `interrupt` every 10 ms; the first
  /// `true` starts a grace of `graceMilliseconds`, after which it gives up and returns nil:
  /// the body goes on alone and what it returns is dropped.
  package func run<T>(
    graceMilliseconds: Int, interrupted: () -> Bool, _ body: @escaping () -> T
  ) -> T? {
    let job = Job(body)
    shared.post(job)
    return shared.wait(for: job, grace: graceMilliseconds, interrupted: interrupted)
      ? job.result : nil
  }

  /// Runs `body` there after all that was asked before, without waiting.
  package func post(_ body: @escaping () -> Void) {
    shared.post(Job(body))
  }

  /// Work and its result; `result` is written before, and read after, `isDone` under the lock.
  private final class Job<T>: Runnable, @unchecked Sendable {
    private var body: (() -> T)?
    private(set) var result: T?

    init(_ body: @escaping () -> T) { self.body = body }

    override func run() {
      result = body?()
      body = nil
    }
  }

  private class Runnable: @unchecked Sendable {
    var isDone = false
    func run() {}
  }

  private final class Shared: @unchecked Sendable {
    private let monitor = Monitor()
    private var jobs: [Runnable] = []
    private var isStopped = false

    func post(_ job: Runnable) {
      monitor.locked {
        jobs.append(job)
        monitor.wakeAll()
      }
    }

    func stop() {
      monitor.locked {
        isStopped = true
        monitor.wakeAll()
      }
    }

    func serve() {
      while let job = nextJob() {
        job.run()
        monitor.locked {
          job.isDone = true
          monitor.wakeAll()
        }
      }
    }

    private func nextJob() -> Runnable? {
      monitor.locked {
        while jobs.isEmpty && !isStopped { monitor.wait() }
        return jobs.isEmpty ? nil : jobs.removeFirst()
      }
    }

    /// Whether it ended before the grace did.
    func wait(for job: Runnable, grace: Int, interrupted: () -> Bool) -> Bool {
      var deadline: Int?
      while true {
        let isDone = monitor.locked {
          if !job.isDone { monitor.wait(milliseconds: 10) }
          return job.isDone
        }
        if isDone { return true }
        guard interrupted() else { continue }
        let limit = deadline ?? monotonicMilliseconds() + grace
        deadline = limit
        if monotonicMilliseconds() >= limit { return false }
      }
    }
  }
}
