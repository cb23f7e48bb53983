import CArrowADBC

/// Owners of ADBC's objects: each releases its object in `deinit` and keeps its parent alive.
/// Which thread lets go last does not matter; that no call is in flight does.
final class DatabaseHandle: @unchecked Sendable {
  let driver: Driver
  let pointer: UnsafeMutablePointer<AdbcDatabase>

  init(_ driver: Driver, options: [(String, String)]) throws(EngineError) {
    self.driver = driver
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: AdbcDatabase())
    let (functions, database) = (driver.functions, pointer)
    try driver.check { functions.pointee.DatabaseNew?(database, $0) }
    for (name, value) in options {
      try driver.check { functions.pointee.DatabaseSetOption?(database, name, value, $0) }
    }
    try driver.check { functions.pointee.DatabaseInit?(database, $0) }
  }

  deinit {
    if pointer.pointee.private_data != nil {
      try? driver.check { driver.functions.pointee.DatabaseRelease?(pointer, $0) }
    }
    pointer.deallocate()
  }
}

final class ConnectionHandle: @unchecked Sendable {
  let database: DatabaseHandle
  let pointer: UnsafeMutablePointer<AdbcConnection>

  var driver: Driver { database.driver }

  init(_ database: DatabaseHandle) throws(EngineError) {
    self.database = database
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: AdbcConnection())
    let (functions, connection) = (database.driver.functions, pointer)
    try database.driver.check { functions.pointee.ConnectionNew?(connection, $0) }
    try database.driver.check {
      functions.pointee.ConnectionInit?(connection, database.pointer, $0)
    }
  }

  deinit {
    if pointer.pointee.private_data != nil {
      try? driver.check { driver.functions.pointee.ConnectionRelease?(pointer, $0) }
    }
    pointer.deallocate()
  }

  /// From any thread. That nothing runs is no error.
  func cancel() {
    try? driver.check { driver.functions.pointee.ConnectionCancel?(pointer, $0) }
  }
}

final class StatementHandle {
  let connection: ConnectionHandle
  let pointer: UnsafeMutablePointer<AdbcStatement>
  private let sql: String

  private init(new connection: ConnectionHandle, sql: String) throws(EngineError) {
    self.connection = connection
    self.sql = sql
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: AdbcStatement())
    let (functions, statement) = (connection.driver.functions, pointer)
    try connection.driver.check {
      functions.pointee.StatementNew?(connection.pointer, statement, $0)
    }
  }

  /// Will make a table of the stream that `ingest` gets: a temporary one where no catalogue is named.
  convenience init(
    ingestingInto table: IngestTarget, _ connection: ConnectionHandle
  ) throws(EngineError) {
    try self.init(new: connection, sql: "")
    let place =
      table.catalog.map { ("adbc.ingest.target_catalog", $0) } ?? ("adbc.ingest.temporary", "true")
    let options = [
      ("adbc.ingest.target_table", table.name), place,
      ("adbc.ingest.mode", "adbc.ingest.mode.create"),
    ]
    for (name, value) in options {
      try connection.driver.check {
        connection.driver.functions.pointee.StatementSetOption?(pointer, name, value, $0)
      }
    }
  }

  /// The driver takes the stream, and releases it.
  func ingest(_ stream: inout ArrowArrayStream) throws(EngineError) {
    let functions = connection.driver.functions
    try connection.driver.check {
      functions.pointee.StatementBindStream?(pointer, &stream, $0)
    }
    stream.release = nil
    try connection.driver.check {
      functions.pointee.StatementExecuteQuery?(pointer, nil, nil, $0)
    }
  }

  convenience init(_ connection: ConnectionHandle, sql: String) throws(EngineError) {
    try self.init(new: connection, sql: sql)
    let (functions, statement) = (connection.driver.functions, pointer)
    try connection.driver.check(sql: sql) {
      functions.pointee.StatementSetSqlQuery?(statement, sql, $0)
    }
  }

  deinit {
    if pointer.pointee.private_data != nil {
      let driver = connection.driver
      try? driver.check { driver.functions.pointee.StatementRelease?(pointer, $0) }
    }
    pointer.deallocate()
  }

  /// Runs it; the caller owns the stream.
  func query() throws(EngineError) -> ArrowArrayStream {
    let functions = connection.driver.functions
    var stream = ArrowArrayStream()
    try connection.driver.check(sql: sql) {
      functions.pointee.StatementExecuteQuery?(pointer, &stream, nil, $0)
    }
    return stream
  }

  /// The columns that it would give, without running it; the caller owns the schema.
  func schema() throws(EngineError) -> ArrowSchema {
    let functions = connection.driver.functions
    var schema = ArrowSchema()
    try connection.driver.check(sql: sql) {
      functions.pointee.StatementExecuteSchema?(pointer, &schema, $0)
    }
    return schema
  }
}

/// Where a stream goes: a new table of a database that all connections see, or a temporary one.
package struct IngestTarget: Hashable, Sendable {
  package var name: String
  package var catalog: String?
  package init(name: String, catalog: String?) {
    self.name = name
    self.catalog = catalog
  }
}
