import CArrowADBC
import Columnar
import Synchronization
import Values

/// One connection and its thread. One statement at a time.
final class Connection: Sendable {
  /// How long a cancelled call may take to stop before it is left alone.
  private static let graceMilliseconds = 100

  private let handle: ConnectionHandle
  private let thread = ConnectionThread()
  private let interruption: Interruption
  private let wasLeft = Atomic<Bool>(false)
  private let picture: Mutex<Picture>

  init(
    _ database: DatabaseHandle, _ interruption: Interruption, holdsPicture: Bool = false
  ) throws(EngineError) {
    handle = try ConnectionHandle(database)
    self.interruption = interruption
    picture = Mutex(holdsPicture ? .notBegun : .none)
  }

  /// Whether statements of the connection see what the first of them saw, whatever others write
  /// meanwhile: one transaction, in which each statement stands behind a savepoint, so that one
  /// that fails does not end it.
  private enum Picture {
    case none, notBegun, held, broken

    var statements: [String] {
      switch self {
      case .none: []
      case .notBegun: ["begin isolation level repeatable read", "savepoint whom"]
      case .held: ["release savepoint whom", "savepoint whom"]
      case .broken: ["rollback to savepoint whom"]
      }
    }
  }

  /// To be called before each statement.
  func begin() throws(EngineError) {
    let now = picture.withLock { $0 }
    for sql in now.statements { _ = try execute(sql) }
    if !now.statements.isEmpty { picture.withLock { $0 = .held } }
  }

  private func noteFailure() {
    picture.withLock { if case .held = $0 { $0 = .broken } }
  }

  /// False once a call was left running on it.
  var isUsable: Bool { !wasLeft.load(ordering: .acquiring) }

  func interrupt() { handle.cancel() }

  func execute(_ sql: String) throws(EngineError) -> Int? {
    let handle = handle
    return try run { () throws(EngineError) in try Self.execute(sql, on: handle) }
  }

  /// On the caller's thread: runs the statement to its end. The rows are asked for and thrown
  /// away, because without that DuckDB would not so much as begin a `select`.
  static func execute(_ sql: String, on handle: ConnectionHandle) throws(EngineError) -> Int? {
    let query = try open(sql, on: handle)
    defer { query.free() }
    do throws(BatchStream.Failure) {
      var changed: Int?
      while let batch = try query.next() { changed = batch.changedRows }
      return changed
    } catch {
      throw EngineError(error, sql: sql)
    }
  }

  func query(_ sql: String) throws(EngineError) -> OpenQuery {
    let handle = handle
    return try run { () throws(EngineError) in try Self.open(sql, on: handle) }
  }

  private static func open(_ sql: String, on handle: ConnectionHandle) throws(EngineError)
    -> OpenQuery
  {
    let statement = try StatementHandle(handle, sql: sql)
    let stream = try statement.query()
    do throws(BatchStream.Failure) {
      return OpenQuery(statement, try BatchStream(taking: stream))
    } catch {
      throw EngineError(error, sql: sql)
    }
  }

  /// The stream of the other connection is read on this one's thread, where the driver pulls it.
  /// `columns` are worked out on the way.
  func ingest(
    _ sql: String, from other: Connection, adding columns: ColumnExtension? = nil,
    into table: IngestTarget
  ) throws(EngineError) {
    let (handle, source) = (handle, other.handle)
    try run { () throws(EngineError) in
      let statement = try StatementHandle(source, sql: sql)
      let rows = try statement.query()
      let watch = StreamWatch()
      var stream = WatchedStream.make(
        columns.map { ExtendedStream.make(rows, adding: $0) } ?? rows, watch)
      defer { stream.release?(&stream) }
      let outcome = Result { () throws(EngineError) in
        try StatementHandle(ingestingInto: table, handle).ingest(&stream)
      }
      // Rows that break off are the cause of all that this engine says, and it may say nothing.
      if let failure = watch.failure {
        other.noteFailure()
        throw EngineError(failure, sql: sql)
      }
      try outcome.get()
    }
  }

  func ingest(
    _ columns: [(name: String, values: AddedColumn)], into table: IngestTarget
  ) throws(EngineError) {
    let handle = handle
    try run { () throws(EngineError) in
      var stream = ColumnStream.make(columns)
      defer { stream.release?(&stream) }
      try StatementHandle(ingestingInto: table, handle).ingest(&stream)
    }
  }

  func describe(_ sql: String) throws(EngineError) -> [ArrowField] {
    let handle = handle
    return try run { () throws(EngineError) in
      var schema = try StatementHandle(handle, sql: sql).schema()
      defer { schema.release?(&schema) }
      do throws(ColumnarError) {
        return try ArrowField.columns(copying: schema)
      } catch {
        throw .unreadable(error)
      }
    }
  }

  /// Frees a query on the thread where its calls run, and waits, so that whoever drops what the
  /// query read finds it free. After a call that was left there nobody waits.
  func release(_ query: OpenQuery) {
    guard isUsable else { return thread.post { query.free() } }
    let freed: Void? = thread.run(
      graceMilliseconds: Self.graceMilliseconds,
      interrupted: { interruption.isRequested }, { query.free() })
    if freed == nil { wasLeft.store(true, ordering: .releasing) }
  }

  /// Runs `body` on the connection's thread. An interruption is passed on to the engine again
  /// and again, since one that comes just before a statement starts is lost on the engine.
  func run<T>(_ body: @escaping () throws(EngineError) -> T) throws(EngineError) -> T {
    let result = thread.run(
      graceMilliseconds: Self.graceMilliseconds,
      interrupted: {
        guard interruption.isRequested else { return false }
        handle.cancel()
        return true
      },
      { Result(catching: body) })
    guard let result else {
      wasLeft.store(true, ordering: .releasing)
      throw .cancelled
    }
    do {
      return try result.get()
    } catch {
      noteFailure()
      throw interruption.isRequested ? .cancelled : error
    }
  }
}

/// A statement that runs and the stream of its rows; used on the connection's thread only.
final class OpenQuery {
  let fields: [ArrowField]
  private var open: (stream: BatchStream, statement: StatementHandle)?

  init(_ statement: StatementHandle, _ stream: BatchStream) {
    fields = stream.fields
    open = (stream, statement)
  }

  func next() throws(BatchStream.Failure) -> RecordBatch? {
    try open?.stream.next()
  }

  /// The stream goes before the statement that made it.
  func free() {
    open?.stream.close()
    open = nil
  }
}

extension EngineError {
  init(_ failure: BatchStream.Failure, sql: String) {
    switch failure {
    case .columnar(let error): self = .unreadable(error)
    case .engine(_, let message)
    where EngineFailure.isInterruption(message):
      self = .cancelled
    case .engine(let code, let message):
      let text = message.isEmpty ? "the result broke off (\(code))" : message
      self = .failed(EngineFailure(raw: text, sqlState: "", sql: sql))
    }
  }
}

extension RecordBatch {
  /// What DuckDB answers to `insert`, `copy ... to` and their like: one row, one column, `Count`.
  fileprivate var changedRows: Int? {
    guard rowCount == 1, fields.count == 1, fields[0].name == "Count",
      case .int(let count)? = try? values(column: 0, as: .int).first
    else { return nil }
    return Int(count)
  }
}
