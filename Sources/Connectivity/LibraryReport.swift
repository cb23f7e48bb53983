import Glibc

/// What is known about one library that Whom can use, for `whom doctor`.
package struct LibraryReport: Hashable, Sendable {
  package var name: String
  package var state: State

  package enum State: Hashable, Sendable {
    case found(path: String, version: String)
    /// There, but it does not load.
    case unusable(path: String, reason: String)
    case missing(searched: [String])
  }

  package init(name: String, state: State) {
    self.name = name
    self.state = state
  }

  /// What stands in the file `VERSION` that is put beside a library; empty without one.
  package static func version(beside library: String) -> String {
    let folder = library.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let file = fopen(folder.joined(separator: "/") + "/VERSION", "re") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, Int32(line.count), file) != nil else { return "" }
    let bytes = line.prefix { $0 > 32 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension DriverLocations {
  /// Looks for each engine's library, loads it and asks its version.
  package func report() -> [LibraryReport] {
    [
      LibraryReport(name: "DuckDB", state: state(of: .duckDB)),
      LibraryReport(name: "PostgreSQL driver", state: state(of: .postgreSQL(""))),
    ]
  }

  private func state(of engine: EngineKind) -> LibraryReport.State {
    do throws(EngineError) {
      let driver = try Driver(loading: try library(of: engine))
      let path = driver.library.path
      let own = driver.version
      return .found(
        path: path, version: own.isEmpty ? LibraryReport.version(beside: path) : own)
    } catch {
      switch error {
      case .driverMissing(_, let searched): return .missing(searched: searched)
      case .driverUnusable(let path, let reason): return .unusable(path: path, reason: reason)
      case .failed(let failure): return .unusable(path: "", reason: failure.message)
      case .cancelled, .unreadable, .unsupported, .unreachable:
        return .unusable(path: "", reason: "\(error)")
      }
    }
  }
}
