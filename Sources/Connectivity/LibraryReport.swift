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
      return .found(path: driver.library.path, version: driver.version)
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
