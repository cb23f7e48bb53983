import Glibc
import Synchronization

/// Calls `expired` from a thread of its own when time is up, unless it was stopped before.
package final class Watchdog: Sendable {
  private let state = Mutex((isStopped: false, hasExpired: false))
  private let expired: @Sendable () -> Void

  /// `nil` milliseconds never expire.
  package init(milliseconds: Int?, expired: @escaping @Sendable () -> Void) {
    self.expired = expired
    guard let milliseconds else { return }
    let deadline = Watchdog.now + milliseconds
    var thread = pthread_t()
    final class Start: Sendable {
      let watchdog: Watchdog
      let deadline: Int
      init(_ watchdog: Watchdog, _ deadline: Int) {
        self.watchdog = watchdog
        self.deadline = deadline
      }
    }
    let context = Unmanaged.passRetained(Start(self, deadline)).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { raw in
        if let raw {
          let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
          start.watchdog.wait(until: start.deadline)
        }
        return nil
      }, context)
    if result == 0 { pthread_detach(thread) }
  }

  /// Milliseconds of a clock that never jumps.
  static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private func wait(until deadline: Int) {
    while Watchdog.now < deadline {
      if state.withLock({ $0.isStopped }) { return }
      usleep(UInt32(max(1, min(20, deadline - Watchdog.now))) * 1000)
    }
    let isDue = state.withLock { state in
      if state.isStopped { return false }
      state.hasExpired = true
      return true
    }
    if isDue { expired() }
  }

  /// Ends the watch; whether the time had run out.
  package func stop() -> Bool {
    state.withLock { state in
      state.isStopped = true
      return state.hasExpired
    }
  }
}
