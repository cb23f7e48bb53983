import CArrowADBC
import Glibc

/// An engine's library, loaded for the rest of the process's life.
package final class Driver: @unchecked Sendable {
  package let library: DriverLibrary
  /// As the library says it: `v2.0.0`; empty where it does not say.
  package let version: String
  /// The table of functions; never changed after `init`.
  let functions: UnsafeMutablePointer<AdbcDriver>

  /// Loads the library: 5 to 30 ms. Symbols stay local to it; only the stubs are global, because
  /// the library's open symbols are looked for there.
  package init(loading library: DriverLibrary) throws(EngineError) {
    if let stubs = library.preload, dlopen(stubs, RTLD_NOW | RTLD_GLOBAL) == nil {
      throw .driverUnusable(path: stubs, reason: Self.loadError())
    }
    guard let handle = dlopen(library.path, RTLD_LAZY | RTLD_LOCAL) else {
      throw .driverUnusable(path: library.path, reason: Self.loadError())
    }
    guard let entry = dlsym(handle, "duckdb_adbc_init") ?? dlsym(handle, "AdbcDriverInit") else {
      throw .driverUnusable(path: library.path, reason: "it has no ADBC entry point")
    }
    self.library = library
    version = Self.version(handle)
    functions = .allocate(capacity: 2)  // a newer driver may write beyond our version of it
    UnsafeMutableRawPointer(functions).initializeMemory(
      as: UInt8.self, repeating: 0, count: 2 * MemoryLayout<AdbcDriver>.stride)
    let initialize = unsafeBitCast(entry, to: AdbcDriverInitFunc.self)
    let table = functions
    try check { initialize(ADBC_VERSION_1_1_0, table, $0) }
  }

  private static func loadError() -> String {
    dlerror().map { String(cString: $0) } ?? "unknown reason"
  }

  private static func version(_ handle: UnsafeMutableRawPointer) -> String {
    typealias Function = @convention(c) () -> UnsafePointer<CChar>?
    guard let symbol = dlsym(handle, "duckdb_library_version"),
      let text = unsafeBitCast(symbol, to: Function.self)()
    else { return "" }
    return String(cString: text)
  }

  /// Makes a call and turns its status and error struct into an error of ours.
  func check(sql: String = "", _ call: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode?)
    throws(EngineError)
  {
    var error = AdbcError()
    defer { error.release?(&error) }
    guard let status = call(&error) else {
      throw .driverUnusable(path: library.path, reason: "it lacks a function of ADBC 1.1")
    }
    guard Int(status) != ADBC_STATUS_OK else { return }
    let message = error.message.map { String(cString: $0) } ?? "status \(status)"
    if Int(status) == ADBC_STATUS_CANCELLED || EngineFailure.isInterruption(message) {
      throw .cancelled
    }
    let state = withUnsafeBytes(of: error.sqlstate) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw .failed(EngineFailure(raw: message, sqlState: state, sql: sql))
  }
}
