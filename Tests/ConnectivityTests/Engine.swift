import Columnar
import Connectivity
import Synchronization
import Values

/// A DuckDB for one test, with what was sent to it.
struct Engine {
  private static let driver = Result { try Driver(loading: DriverLocations.current().duckDB()) }

  let database: Database
  let log = Log()

  final class Log: Sendable {
    private let records = Mutex<[StatementRecord]>([])
    var all: [StatementRecord] { records.withLock { $0 } }
    func add(_ record: StatementRecord) { records.withLock { $0.append(record) } }
  }

  init(_ settings: EngineSettings = EngineSettings(threads: 2)) throws {
    let log = log
    database = try Database(
      driver: Self.driver.get(), settings: settings, observer: { log.add($0) })
  }

  /// A whole result, column by column, in the types that Arrow itself says.
  func rows(_ sql: String) throws -> [[Value]] {
    let stream = try database.query(sql)
    let schema = try Schema(arrow: stream.fields)
    var columns = [[Value]](repeating: [], count: schema.count)
    while let batch = try stream.next() {
      for (index, column) in schema.columns.enumerated() {
        columns[index] += try batch.values(column: index, as: column.type.base)
      }
    }
    return columns
  }

  func value(_ sql: String, as type: DataType) throws -> Value {
    try database.scalar("select " + sql, as: type)
  }
}
