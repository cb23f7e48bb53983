import Glibc
import Synchronization

/// Takes Ctrl-C on a thread of its own, so that no library's code is ever interrupted by it.
///
/// Make one before any library is loaded: threads inherit the block on the signal. A program
/// started from here inherits it too and has to unblock it.
package final class InterruptWatcher: Sendable {
  /// The exit code of a run ended by the user: 128 + SIGINT.
  package static let exitCode: Int32 = 130

  private struct State {
    var handlers: [@Sendable () -> Void] = []
    var wasInterrupted = false
  }

  private let state = Mutex(State())
  private let idle: @Sendable () -> Void

  /// `idle` is called for a Ctrl-C while nothing runs; by default it ends the process.
  package init(idle: @escaping @Sendable () -> Void = { _exit(InterruptWatcher.exitCode) }) {
    self.idle = idle
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    startThread()
  }

  /// Runs `body`; the first Ctrl-C meanwhile calls `cancel`, from another thread, and the second
  /// ends the process.
  @discardableResult
  package func during<T, Failure: Error>(
    cancel: @escaping @Sendable () -> Void, _ body: () throws(Failure) -> T
  ) throws(Failure) -> T {
    state.withLock {
      $0.handlers.append(cancel)
      $0.wasInterrupted = false
    }
    defer { state.withLock { _ = $0.handlers.popLast() } }
    return try body()
  }

  /// Whether a Ctrl-C came since the last `during` began.
  package var wasInterrupted: Bool { state.withLock { $0.wasInterrupted } }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    return signals
  }

  /// The watcher lives as long as the process: its thread holds it.
  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { raw in
        if let raw { Unmanaged<InterruptWatcher>.fromOpaque(raw).takeRetainedValue().watch() }
        return nil
      }, context)
    pthread_detach(thread)
  }

  private func watch() -> Never {
    var signals = Self.signals
    var received: Int32 = 0
    while true {
      if sigwait(&signals, &received) == 0 { interrupted() }
    }
  }

  private func interrupted() {
    let action: @Sendable () -> Void = state.withLock { state in
      guard let handler = state.handlers.last else { return idle }
      guard !state.wasInterrupted else { return { _exit(InterruptWatcher.exitCode) } }
      state.wasInterrupted = true
      return handler
    }
    action()
  }
}
