import Glibc

/// Where engines' libraries are looked for. The environment and the executable's path are
/// passed in, so that a test can give its own.
package struct DriverLocations: Sendable {
  package var environment: [String: String]
  package var executable: String

  package init(environment: [String: String], executable: String) {
    self.environment = environment
    self.executable = executable
  }

  /// Those of this process.
  package static func current() -> DriverLocations {
    var environment: [String: String] = [:]
    for name in ["WHOM_DUCKDB", "WHOM_POSTGRESQL", "WHOM_ENGINES", "XDG_DATA_HOME", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    let bytes = path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    return DriverLocations(
      environment: environment, executable: String(decoding: bytes, as: UTF8.self))
  }

  /// The library of DuckDB: `WHOM_DUCKDB`, else the first found in the folders, else the
  /// system's. The folders come first because they hold the version that is tested.
  package func duckDB() throws(EngineError) -> DriverLibrary {
    if let path = environment["WHOM_DUCKDB"], !path.isEmpty {
      guard access(path, R_OK) == 0 else {
        throw .driverMissing(engine: "DuckDB", searched: [path])
      }
      return DriverLibrary(path: path)
    }
    for folder in engineFolders {
      if let library = Self.duckDB(in: folder + "/duckdb") { return library }
    }
    for path in Self.systemLibraries where access(path, R_OK) == 0 {
      return DriverLibrary(path: path)
    }
    throw .driverMissing(engine: "DuckDB", searched: engineFolders + Self.systemLibraries)
  }

  /// The driver of PostgreSQL: `WHOM_POSTGRESQL`, else the first found in the folders.
  package func postgreSQL() throws(EngineError) -> DriverLibrary {
    if let path = environment["WHOM_POSTGRESQL"], !path.isEmpty {
      guard access(path, R_OK) == 0 else {
        throw .driverMissing(engine: "PostgreSQL", searched: [path])
      }
      return DriverLibrary(path: path)
    }
    for folder in engineFolders {
      let path = folder + "/postgresql/libadbc_driver_postgresql.so"
      if access(path, R_OK) == 0 { return DriverLibrary(path: path) }
    }
    throw .driverMissing(engine: "PostgreSQL", searched: engineFolders)
  }

  package func library(of engine: EngineKind) throws(EngineError) -> DriverLibrary {
    switch engine {
    case .duckDB: try duckDB()
    case .postgreSQL: try postgreSQL()
    }
  }

  /// `WHOM_ENGINES`, `.engines` beside or above the executable, `../lib/whom`, and the user's
  /// data folder, in this order.
  package var engineFolders: [String] {
    var folders: [String] = []
    if let folder = environment["WHOM_ENGINES"], !folder.isEmpty { folders.append(folder) }
    var parts = executable.split(separator: "/").dropLast()
    if !executable.isEmpty {
      folders.append("/" + (parts.dropLast() + ["lib", "whom"]).joined(separator: "/"))
    }
    while !parts.isEmpty {
      folders.append("/" + (parts + [".engines"]).joined(separator: "/"))
      parts = parts.dropLast()
    }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty {
      folders.append(data + "/whom/engines")
    } else if let home = environment["HOME"], !home.isEmpty {
      folders.append(home + "/.local/share/whom/engines")
    }
    return folders
  }

  private static let systemLibraries = [
    "/usr/local/lib/libduckdb.so", "/usr/lib/x86_64-linux-gnu/libduckdb.so",
    "/usr/lib/aarch64-linux-gnu/libduckdb.so", "/usr/lib/libduckdb.so",
  ]

  /// A real library before the one out of the wheel, which needs its stubs beside it.
  private static func duckDB(in folder: String) -> DriverLibrary? {
    let real = folder + "/libduckdb.so"
    if access(real, R_OK) == 0 { return DriverLibrary(path: real) }
    guard let wheel = file(in: folder, prefix: "_duckdb.", suffix: ".so") else { return nil }
    return DriverLibrary(path: wheel, preload: folder + "/libCPythonStubs.so")
  }

  private static func file(in folder: String, prefix: String, suffix: String) -> String? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(prefix), name.hasSuffix(suffix) { return folder + "/" + name }
    }
    return nil
  }
}

/// A library that was found, and the one that it needs loaded before it.
package struct DriverLibrary: Hashable, Sendable {
  package var path: String
  package var preload: String?

  package init(path: String, preload: String? = nil) {
    self.path = path
    self.preload = preload
  }
}
