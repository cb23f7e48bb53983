import Glibc
import Synchronization

/// Takes Ctrl-C on a thread of its own, so that no library's code is ever interrupted by it; also
/// what asks the program to end (SIGTERM, and SIGHUP of a terminal that is closed): what runs is
/// stopped as by Ctrl-C, so that nothing half-written stays, and then the process ends.
///
/// Make one before any library is loaded: threads inherit the block on the signal. A program
/// started from here inherits it too and has to unblock it.
package final class InterruptWatcher: Sendable {
  /// The exit code of a run ended by the user: 128 + SIGINT.
  package static let exitCode: Int32 = 130

  private struct State {
    var handlers: [@Sendable () -> Void] = []
    var wasInterrupted = false
    /// The process ends when what runs has been stopped.
    var isEnding = false
  }

  private let state = Mutex(State())
  private let signals: sigset_t
  private let idle: @Sendable () -> Void

  /// `idle` is called for a Ctrl-C while nothing runs; by default it ends the process.
  package init(idle: @escaping @Sendable () -> Void = { _exit(InterruptWatcher.exitCode) }) {
    self.idle = idle
    signals = Self.signals()
    var signals = signals
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
    defer {
      let isOver = state.withLock { state in
        _ = state.handlers.popLast()
        return state.isEnding && state.handlers.isEmpty
      }
      if isOver { _exit(Self.exitCode) }
    }
    return try body()
  }

  /// Whether a Ctrl-C came since the last `during` began.
  package var wasInterrupted: Bool { state.withLock { $0.wasInterrupted } }

  private static func signals() -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    for signal in [SIGTERM, SIGHUP] where !isIgnored(signal) { sigaddset(&signals, signal) }
    return signals
  }

  /// As `nohup` wants it.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
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
    var signals = signals
    var received: Int32 = 0
    while true {
      guard sigwait(&signals, &received) == 0 else { continue }
      interrupted(isEnding: received != SIGINT)
    }
  }

  private func interrupted(isEnding: Bool) {
    let end: @Sendable () -> Void = { _exit(InterruptWatcher.exitCode) }
    let whenIdle = isEnding ? end : idle
    let action = state.withLock { (state: inout State) -> @Sendable () -> Void in
      if isEnding { state.isEnding = true }
      guard let handler = state.handlers.last else { return whenIdle }
      guard !state.wasInterrupted else { return end }
      state.wasInterrupted = true
      return handler
    }
    action()
  }
}
