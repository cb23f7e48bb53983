import Columnar
package import Compiler
import Connectivity
package import Diagnostics
import SQLGeneration
import SQLTree
import Values

// Files and tables where queries run on a server.
extension FileCatalog {
  /// The rows of the plan's files go to temporary tables of the server, once. Nothing to do where
  /// the embedded engine runs the queries.
  func bring(_ plan: LogicalPlan) throws(EngineError) {
    for name in files(below: plan) where brought.insert([name]).inserted {
      try send(name, rows: "")
    }
  }

  /// An empty table in the place of each file, so that the server can say the columns of a query.
  func announce(_ plan: LogicalPlan) throws(EngineError) {
    for name in files(below: plan) where !brought.contains([name]) {
      try send(name, rows: " limit 0")
    }
  }

  private func send(_ name: String, rows: String) throws(EngineError) {
    guard let server = try server?.database() else { return }
    let quoted = SQLPrinter.quoted(name)
    let documents = documents(of: name)
    let items = documents.map { "cast(to_json(\($0)) as varchar) as \($0)" }
    let list = items.isEmpty ? "*" : "* replace (\(items.joined(separator: ", ")))"
    try server.execute("drop table if exists pg_temp.\(quoted)")
    try server.ingest(
      "select \(list) from \(quoted)\(rows)", from: try engine.database(), into: name)
    for column in documents {
      try server.execute(
        "alter table pg_temp.\(quoted) alter column \(column) type jsonb using \(column)::jsonb")
    }
  }

  /// Columns of records, which the server holds as documents.
  private func documents(of name: String) -> [String] {
    schema(ofFile: name)?.columns.filter { column in
      switch column.type.base {
      case .record, .json: true
      case .list(let element):
        if case .record = element.base { true } else { false }
      case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
        .null:
        false
      }
    }.map { SQLPrinter.quoted($0.name) } ?? []
  }

  private func files(below plan: LogicalPlan) -> [String] {
    guard server != nil else { return [] }
    if case .scan(let scan) = plan.op {
      return scan.path.count == 1 ? scan.path : []
    }
    return plan.inputs.flatMap(files)
  }

  // MARK: Tables

  package func table(
    _ path: [String], at span: Span
  ) -> Result<SourceDescription, Diagnostic>? {
    guard server != nil, let found = described(table: path, at: span) else { return nil }
    do throws(Diagnostic) {
      return .success(try labelled(try found.get(), table: path, at: span))
    } catch {
      return .failure(error)
    }
  }

  private func described(
    table path: [String], at span: Span
  ) -> Result<SourceDescription, Diagnostic>? {
    guard let server else { return nil }
    if let known = tables[path] { return known.map { .success($0) } }
    if memory.isOffline { return remembered(table: path, at: span) }
    do throws(EngineError) {
      let found = try ServerTable(path, try server.database(), zone: zone)?.description
      tables[path] = .some(found)
      if let found { memory.saw(.table(path.joined(separator: ".")), found) }
      return found.map { .success($0) }
    } catch {
      return .failure(EngineWords.diagnostic(error, at: span))
    }
  }
}

/// What PostgreSQL's catalogue says of a table or a view.
struct ServerTable {
  private(set) var description: SourceDescription

  init?(_ path: [String], _ database: Database, zone: String?) throws(EngineError) {
    let name = ReaderSQL.quoted(path.map(SQLPrinter.quoted).joined(separator: "."))
    let rows = try database.texts(
      """
      select n.nspname::text, c.relname::text, a.attname::text, a.attnotnull::text,
        coalesce(e.typname, b.typname, t.typname)::text, a.atttypmod::text, t.typcategory::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_type b on b.oid = t.typbasetype and t.typtype = 'd'
      left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
      where c.oid = to_regclass(\(name)) order by a.attnum
      """, columns: 7)
    guard let first = rows.first else { return nil }
    let columns = rows.map(ServerColumn.init)
    description = SourceDescription(
      path: [first[0], first[1]],
      schema: Schema(
        columns.map { Column($0.name, ValueType($0.type, nullable: !$0.isNotNull)) }),
      name: first[1])
    description.casts = Set(columns.filter(\.needsCast).map(\.name))
    if let zone {
      let clocks = columns.filter(\.isZoneless).map(\.name)
      description.clocks = .init(columns: Set(clocks), zone: zone)
    }
    description.isOrdered = false
    description.keys = try Self.keys(name, database)
  }

  /// Unique indexes over columns that are never missing, the primary key first.
  private static func keys(
    _ name: String, _ database: Database
  ) throws(EngineError) -> [[String]] {
    let rows = try database.texts(
      """
      select i.indexrelid::text, a.attname::text from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indrelid = to_regclass(\(name)) and i.indisunique and i.indisvalid
        and i.indpred is null and i.indexprs is null
        and not exists (select 1 from pg_attribute m
          where m.attrelid = i.indrelid and m.attnum = any(i.indkey) and not m.attnotnull)
      order by i.indisprimary desc, i.indexrelid, a.attnum
      """, columns: 2)
    var keys: [(index: String, columns: [String])] = []
    for row in rows {
      if keys.last?.index == row[0] {
        keys[keys.count - 1].columns.append(row[1])
      } else {
        keys.append((row[0], [row[1]]))
      }
    }
    return keys.map(\.columns)
  }
}

/// A column of a server's table as Whom has it.
private struct ServerColumn {
  var name: String
  var type: DataType
  var isNotNull: Bool
  var needsCast = false
  /// What a clock showed that hung in no zone.
  var isZoneless: Bool

  /// The row of `ServerTable`'s query.
  init(_ row: [String]) {
    name = row[2]
    isNotNull = row[3] == "true"
    isZoneless = row[4] == "timestamp" && row[6] != "A"
    let (base, native) = Self.type(row[4], Int(row[5]) ?? -1)
    type = row[6] == "A" ? .list(ValueType(base, nullable: true)) : base
    needsCast = !native
  }

  /// The type, and whether the server holds it so that nothing needs to be said. A number
  /// without a scale has as many digits as it likes, which only a float takes.
  private static func type(_ name: String, _ modifier: Int) -> (DataType, Bool) {
    switch name {
    case "bool": (.bool, true)
    case "int2", "int4", "int8": (.int, true)
    case "float8": (.float, true)
    case "float4": (.float, false)
    case "numeric":
      modifier >= 4 && (modifier - 4) >> 16 <= 38
        ? (.decimal(precision: (modifier - 4) >> 16, scale: (modifier - 4) & 0x7ff), true)
        : (.float, false)
    case "text", "varchar": (.text, true)
    case "date": (.date, true)
    case "timestamp", "timestamptz": (.timestamp, true)
    case "interval", "time": (.duration, name == "interval")
    case "json", "jsonb": (.json, name == "jsonb")
    default: (.text, false)
    }
  }
}

extension Database {
  /// All rows of a query that gives texts.
  func texts(_ sql: String, columns: Int) throws(EngineError) -> [[String]] {
    let stream = try query(sql)
    defer { stream.close() }
    var rows: [[String]] = []
    while let batch = try stream.next() {
      do throws(ColumnarError) {
        var parts: [[Value]] = []
        for column in 0..<columns {
          parts.append(try batch.values(column: column, as: .text, rows: 0..<batch.rowCount))
        }
        for row in 0..<batch.rowCount { rows.append(parts.map { ColumnFormat.plain($0[row]) }) }
      } catch {
        throw .unreadable(error)
      }
    }
    return rows
  }
}
