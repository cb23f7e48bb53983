/// Which engine a database is.
package enum EngineKind: Hashable, Sendable {
  /// The embedded one, in memory.
  case duckDB
  /// A server: `postgresql://user@host/database`
  case postgreSQL(String)
}

/// What an engine is told before its first statement.
package struct EngineSettings: Hashable, Sendable {
  package var engine = EngineKind.duckDB
  /// As many as the machine has when nil.
  package var threads: Int?
  /// As `4GB`; the engine's own default (80 % of the memory) when nil.
  package var memoryLimit: String?
  /// Where it may spill; nil for nowhere.
  package var temporaryFolder: String?
  /// Whether a server shows one state of its tables from the first statement to the last.
  package var isOnePicture = false
  /// When set, only these folders may be read or written and no setting can be changed.
  package var sandbox: [String]?

  package init(
    engine: EngineKind = .duckDB, threads: Int? = nil, memoryLimit: String? = nil,
    temporaryFolder: String? = nil, isOnePicture: Bool = false, sandbox: [String]? = nil
  ) {
    self.isOnePicture = isOnePicture
    self.engine = engine
    self.threads = threads
    self.memoryLimit = memoryLimit
    self.temporaryFolder = temporaryFolder
    self.sandbox = sandbox
  }

  /// The embedded engine reads files, which have no transactions.
  var holdsPicture: Bool {
    switch engine {
    case .duckDB: false
    case .postgreSQL: isOnePicture
    }
  }

  var options: [(String, String)] {
    switch engine {
    case .duckDB: duckDBOptions
    case .postgreSQL(let address): [("uri", address)]
    }
  }

  /// Settings that are known only once the database is open.
  var statements: [String] {
    switch engine {
    case .duckDB: duckDBStatements
    case .postgreSQL: Self.postgreSQLStatements
    }
  }

  /// Instants in UTC, dates as ISO writes them, and no compiling of queries that run for
  /// milliseconds. Notices of the server reach nobody.
  private static let postgreSQLStatements = [
    "set time zone 'UTC'", "set datestyle = 'ISO, YMD'", "set standard_conforming_strings = on",
    "set jit = off", "set client_min_messages = error",
    "set application_name = 'whom'",
  ]

  /// DuckDB's names. Nothing is installed or loaded from elsewhere behind the user's back, and
  /// two machines with other defaults give the same rows in the same order.
  private var duckDBOptions: [(String, String)] {
    var options = [
      ("autoinstall_known_extensions", "false"),
      ("autoload_known_extensions", "false"),
      ("default_null_order", "nulls_last"),
      ("default_order", "asc"),
      ("preserve_insertion_order", "true"),
      ("temp_directory", temporaryFolder ?? ""),
    ]
    if let threads { options.append(("threads", String(threads))) }
    if let memoryLimit { options.append(("memory_limit", memoryLimit)) }
    return options
  }

  /// Settings of the built-in extensions.
  private var duckDBStatements: [String] {
    var statements = [
      "set global TimeZone = 'UTC'", "set global Calendar = 'gregorian'",
      // A file is described, made a view and read: its footer is read once (2 ms each time for
      // 10 million rows). A file that was written meanwhile is noticed.
      "set global parquet_metadata_cache = true",
      // It would hand casts to the readers of files: `text(day)` of a CSV file then gives the
      // letters of the file, and an instant with an offset loses it.
      "set global disabled_optimizers = 'type_pushdown'",
    ]
    if let sandbox {
      let folders = sandbox.map(Database.literal)
      statements.append("set global allowed_directories = [\(folders.joined(separator: ", "))]")
      statements.append("set global enable_external_access = false")
      statements.append("set global lock_configuration = true")
    }
    return statements
  }
}
