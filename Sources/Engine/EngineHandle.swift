package import Connectivity
package import SQLGeneration
package import SQLTree
import Synchronization

/// An engine, opened when something first needs it: a command that reads no data never pays for
/// it.
package final class EngineHandle {
  package struct Options: Sendable {
    /// Where queries run; files are looked at by the embedded engine always.
    package var kind = EngineKind.duckDB
    package var threads: Int?
    package var memoryLimit: String?
    package var temporaryFolder: String?
    /// Whether all statements see the tables of a server as the first of them did: those of a run,
    /// not those of a prompt that is open all day.
    package var isOnePicture = true
    /// Sees every statement, so that a test can prove that nothing ran.
    package var observer: (@Sendable (StatementRecord) -> Void)?
    package init(
      kind: EngineKind = .duckDB, threads: Int? = nil, memoryLimit: String? = nil,
      temporaryFolder: String? = nil,
      observer: (@Sendable (StatementRecord) -> Void)? = nil
    ) {
      self.kind = kind
      self.threads = threads
      self.memoryLimit = memoryLimit
      self.temporaryFolder = temporaryFolder
      self.observer = observer
    }
  }

  private let options: Options
  package let canceller = EngineCanceller()
  private var opened: Database?
  /// Macros that are made in it already.
  private var macros: Set<String> = []
  package private(set) var version = ""

  package init(_ options: Options = Options()) { self.options = options }

  package var isOpen: Bool { opened != nil }
  package var kind: EngineKind { options.kind }

  package var dialect: Dialect {
    switch kind {
    case .duckDB: .duckDB
    case .postgreSQL: .postgreSQL
    }
  }

  /// Where kept rows go: a part of the name of their tables.
  package var keptSchema: String {
    switch kind {
    case .duckDB: "kept"
    case .postgreSQL: "pg_temp"
    }
  }

  /// The database with Whom's macros in it and a place for kept rows.
  package func database() throws(EngineError) -> Database {
    if let opened { return opened }
    let driver = try Driver(loading: DriverLocations.current().library(of: kind))
    let database = try Database(
      driver: driver,
      settings: EngineSettings(
        engine: kind, threads: options.threads, memoryLimit: options.memoryLimit,
        temporaryFolder: options.temporaryFolder, isOnePicture: options.isOnePicture,
        sandbox: nil),
      observer: options.observer ?? { _ in })
    if kind == .duckDB { try database.execute("attach ':memory:' as \"kept\"") }
    version = driver.version
    canceller.watch(database)
    opened = database
    return database
  }

  /// The text of a statement, after the macros that it calls were made.
  package func prepared(_ statement: SQLStatement) throws(EngineError) -> String {
    let database = try database()
    if let words = dialect.unsupported(in: statement) { throw .unsupported(words) }
    // A name may have several definitions: it is known when all of them are made.
    let missing = dialect.prelude(for: statement, known: macros)
    for macro in missing { try database.execute(macro.definition) }
    macros.formUnion(missing.map(\.name))
    return SQLPrinter(dialect).print(statement)
  }

  /// Runs what asks the embedded engine several things at once, each on the thread that asks:
  /// else those who ask wait for its other threads without rest and take the cores from them.
  func eachOnItsThread<T>(_ ask: (Database) -> T) throws(EngineError) -> T {
    let usual = options.threads.map { "set threads = \($0)" } ?? "reset threads"
    return try whileSet("threads = 1", backBy: usual) { (database) throws(EngineError) in
      ask(database)
    }
  }

  /// Reads what is kept outside of the engine. It would keep what it reads with for later, a
  /// quarter of a gigabyte where a file is large; now it gives that back as it goes.
  func givingBuffersBack<T>(
    _ read: (Database) throws(EngineError) -> T
  ) throws(EngineError) -> T {
    guard kind == .duckDB else { return try read(database()) }
    let setting = "allocator_bulk_deallocation_flush_threshold"
    return try whileSet("\(setting) = '0MB'", backBy: "reset \(setting)", read)
  }

  /// Works under another setting, which goes back also when the work fails or is cancelled.
  private func whileSet<T>(
    _ setting: String, backBy usual: String, _ work: (Database) throws(EngineError) -> T
  ) throws(EngineError) -> T {
    let database = try database()
    try database.execute("set \(setting)")
    defer { try? database.executeAlways(usual) }
    return try work(database)
  }

  /// Allows statements again after a cancel.
  package func resume() { opened?.resume() }
}

/// Stops what an engine is doing, from any thread, whether or not it is open yet.
package final class EngineCanceller: Sendable {
  private let database = Mutex<Database?>(nil)

  func watch(_ opened: Database) { database.withLock { $0 = opened } }
  package func cancel() { database.withLock { $0 }?.cancel() }
}
