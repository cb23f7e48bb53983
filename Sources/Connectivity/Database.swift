package import Columnar
import CArrowADBC
import Synchronization

/// An open database of an engine, with its connections.
///
/// All calls block until the engine has answered and may be made from any thread but those of
/// Swift's own pool. Each open result has a connection of its own, because a second statement on
/// its connection would make the engine hold the whole result in memory.
package final class Database: Sendable {
  package let driver: Driver
  package let settings: EngineSettings
  private let handle: DatabaseHandle
  private let observer: (@Sendable (StatementRecord) -> Void)?
  private let idle = Mutex<[Connection]>([])
  private let busy = Mutex<[ObjectIdentifier: Connection]>([:])
  private let interruption = Interruption()

  /// Opens an empty database in memory, 20 to 60 ms, or a connection to a server.
  ///
  /// `observer` is told of every statement before it goes to the engine, from whichever thread.
  package init(
    driver: Driver, settings: EngineSettings = EngineSettings(),
    observer: (@Sendable (StatementRecord) -> Void)? = nil
  ) throws(EngineError) {
    self.driver = driver
    self.settings = settings
    self.observer = observer
    let interruption = interruption
    let opened = try Self.reaching(settings.engine) { () throws(EngineError) in
      let handle = try DatabaseHandle(driver, options: settings.options)
      let connection = try Connection(
        handle, interruption, holdsPicture: settings.holdsPicture)
      return (handle: handle, connection: connection)
    }
    handle = opened.handle
    let connection = opened.connection
    for statement in settings.statements { _ = try connection.execute(statement) }
    idle.withLock { $0.append(connection) }
  }

  private static func reaching<T>(
    _ engine: EngineKind, _ open: () throws(EngineError) -> T
  ) throws(EngineError) -> T {
    do throws(EngineError) {
      return try open()
    } catch {
      guard engine != .duckDB, case .failed(let failure) = error else { throw error }
      let reason = failure.message.split(separator: "\n").first ?? ""
      let start = reason.firstRange(of: "ailed to connect: ")?.upperBound ?? reason.startIndex
      throw .unreachable(String(reason[start...]))
    }
  }

  /// Runs a statement to its end; how many rows it changed, where the engine says.
  @discardableResult
  package func execute(_ sql: String) throws(EngineError) -> Int? {
    try lease(for: StatementRecord(sql: sql, kind: .execute)).connection.execute(sql)
  }

  /// Puts something back in order, even while everything else is cancelled.
  package func executeAlways(_ sql: String) throws(EngineError) {
    _ = try Connection.execute(sql, on: try ConnectionHandle(handle))
  }

  /// Makes a temporary table of what a query gives on another database. The rows stream from one
  /// to the other in batches.
  package func ingest(
    _ sql: String, from other: Database, into table: String
  ) throws(EngineError) {
    try ingest(sql, from: other, into: IngestTarget(name: table, catalog: nil))
  }

  /// Makes a table of what a query gives and of further columns, worked out batch by batch on
  /// the way from the engine and back to it.
  package func extend(
    _ sql: String, by columns: ColumnExtension, into table: IngestTarget
  ) throws(EngineError) {
    try ingest(sql, from: self, adding: columns, into: table)
  }

  /// Makes a table of columns of the same length.
  package func ingest(
    _ columns: [(name: String, values: AddedColumn)], into table: IngestTarget
  ) throws(EngineError) {
    let lease = try lease(for: StatementRecord(sql: "copy into \(table.name)", kind: .execute))
    try lease.connection.ingest(columns, into: table)
  }

  private func ingest(
    _ sql: String, from other: Database, adding columns: ColumnExtension? = nil,
    into table: IngestTarget
  ) throws(EngineError) {
    let source = try other.lease(for: StatementRecord(sql: sql, kind: .query))
    let target = try lease(for: StatementRecord(sql: "copy into \(table.name)", kind: .execute))
    try target.connection.ingest(sql, from: source.connection, adding: columns, into: table)
  }

  /// Starts a query; its rows come batch by batch, and it may be left before its end.
  package func query(_ sql: String) throws(EngineError) -> ResultStream {
    let lease = try lease(for: StatementRecord(sql: sql, kind: .query))
    return ResultStream(try lease.connection.query(sql), lease: lease, sql: sql)
  }

  /// The columns that a query would give. The engine reads file headers for it, and no rows.
  package func describe(_ sql: String) throws(EngineError) -> [ArrowField] {
    try lease(for: StatementRecord(sql: sql, kind: .describe)).connection.describe(sql)
  }

  /// Stops whatever runs, from any thread; those who wait get `.cancelled` within 0.1 s.
  /// Nothing further starts until `resume()`.
  package func cancel() {
    interruption.isRequested = true
    let connections = busy.withLock { Array($0.values) }
    for connection in connections { connection.interrupt() }
  }

  /// Allows statements again after a `cancel()`.
  package func resume() { interruption.isRequested = false }

  package var isCancelled: Bool { interruption.isRequested }

  // MARK: Connections

  private func lease(for record: StatementRecord) throws(EngineError) -> ConnectionLease {
    guard !interruption.isRequested else { throw .cancelled }
    observer?(record)
    let connection = try connection()
    busy.withLock { $0[ObjectIdentifier(connection)] = connection }
    let lease = ConnectionLease(connection) { [weak self] in self?.takeBack(connection) }
    try connection.begin()
    return lease
  }

  private func connection() throws(EngineError) -> Connection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    return try Connection(handle, interruption, holdsPicture: settings.holdsPicture)
  }

  /// A connection whose last call was left alone is not used again.
  private func takeBack(_ connection: Connection) {
    busy.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
    if connection.isUsable { idle.withLock { $0.append(connection) } }
  }
}

/// A flag between the thread that cancels and those that wait.
final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  var isRequested: Bool {
    get { flag.load(ordering: .acquiring) }
    set { flag.store(newValue, ordering: .releasing) }
  }
}

/// The use of a connection, given back when the last one who holds it lets go.
final class ConnectionLease {
  let connection: Connection
  private let giveBack: () -> Void

  init(_ connection: Connection, giveBack: @escaping () -> Void) {
    self.connection = connection
    self.giveBack = giveBack
  }

  deinit { giveBack() }
}
