import Glibc
import Synchronization

/// Gathers blocks to be written anew and writes each file once, when the process ends.
enum Updates {
  private static let pending = Mutex<[String: [(lines: Range<Int>, text: String)]]>([:])
  private static let registered: Void = {
    atexit { Updates.write() }
  }()

  static func add(_ file: String, _ lines: Range<Int>, _ text: String) {
    _ = registered
    pending.withLock { $0[file, default: []].append((lines, text)) }
  }

  private static func write() {
    for (file, blocks) in pending.withLock({ $0 }) { CorpusFile.rewrite(file, blocks) }
  }
}
