package import CArrowADBC
import Synchronization

/// How a stream broke off, for those who had it pulled by somebody else: an engine that takes rows
/// in may take a failure for their end, and say that all is well.
package final class StreamWatch: Sendable {
  private let noted = Mutex<BatchStream.Failure?>(nil)

  package init() {}

  package var failure: BatchStream.Failure? { noted.withLock { $0 } }

  fileprivate func note(_ failure: BatchStream.Failure) {
    noted.withLock { $0 = $0 ?? failure }
  }
}

package enum WatchedStream {
  /// Takes over `stream`: whoever gets the new one releases both with it.
  package static func make(
    _ stream: ArrowArrayStream, _ watch: StreamWatch
  ) -> ArrowArrayStream {
    var result = ArrowArrayStream()
    result.private_data = Unmanaged.passRetained(WatchState(stream, watch)).toOpaque()
    result.get_schema = { stream, out in WatchState.of(stream)?.schema(out) ?? 22 }
    result.get_next = { stream, out in WatchState.of(stream)?.next(out) ?? 22 }
    result.get_last_error = { stream in WatchState.of(stream)?.lastError }
    result.release = { stream in
      guard let stream, let data = stream.pointee.private_data else { return }
      Unmanaged<WatchState>.fromOpaque(data).release()
      stream.pointee.private_data = nil
      stream.pointee.release = nil
    }
    return result
  }
}

private final class WatchState {
  private let source: UnsafeMutablePointer<ArrowArrayStream>
  private let watch: StreamWatch

  init(_ source: ArrowArrayStream, _ watch: StreamWatch) {
    self.source = .allocate(capacity: 1)
    self.source.initialize(to: source)
    self.watch = watch
  }

  deinit {
    source.pointee.release?(source)
    source.deallocate()
  }

  static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> WatchState? {
    guard let data = stream?.pointee.private_data else { return nil }
    return Unmanaged<WatchState>.fromOpaque(data).takeUnretainedValue()
  }

  var lastError: UnsafePointer<CChar>? { source.pointee.get_last_error?(source) }

  func schema(_ out: UnsafeMutablePointer<ArrowSchema>?) -> Int32 {
    noted(source.pointee.get_schema?(source, out) ?? 22)
  }

  func next(_ out: UnsafeMutablePointer<ArrowArray>?) -> Int32 {
    noted(source.pointee.get_next?(source, out) ?? 22)
  }

  private func noted(_ code: Int32) -> Int32 {
    if code != 0 {
      let message = lastError.map { String(cString: $0) } ?? ""
      watch.note(.engine(code: code, message: message))
    }
    return code
  }
}
