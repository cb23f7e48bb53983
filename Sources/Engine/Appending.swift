import Compiler
import Connectivity
import Diagnostics
import SQLTree
import Values

extension Session {
  /// The rows of a file, and behind them those that come.
  struct Appended {
    var query: SQLQuery
    /// The columns in the order of the file.
    var columns: [String]
    /// How many come.
    var rows: Int?
  }

  /// nil where there is nothing to append to. The incoming rows are worked out once, since their
  /// keys say which rows of the file give way.
  func appended(
    _ incoming: SQLQuery, _ plan: LogicalPlan, _ target: SaveTarget, _ path: String
  ) throws(Diagnostic) -> Appended? {
    guard case .append(let keys) = target.mode, let info = FilePaths.info(path), info.size > 0
    else { return nil }
    let existing = try catalog.existing(target, path, plan.schema)
    let table = ["kept", "appended_\(state.nextAppended())"]
    let name = table.map(ReaderSQL.name).joined(separator: ".")
    let rows = try engineWork(on: plan) { () throws(EngineError) in
      try local.database().execute(local.prepared(.createTable(name: table, incoming)))
      return try local.database().scalar("select count(*) from \(name)", as: .int)
    }
    for column in existing.floats {
      let value = ReaderSQL.name(column)
      let rounded = try engineWork(on: plan) { () throws(EngineError) in
        try local.database().scalar(
          "select count(*) from \(name) "
            + "where cast(cast(\(value) as double) as hugeint) <> cast(\(value) as hugeint)",
          as: .int)
      }
      if rounded != .int(0) { throw FileCatalog.otherType(column, .float, .int, target) }
    }
    // A column of nothing has no type of its own, and must not change that of the file.
    let nothing = Set(plan.schema.columns.filter { $0.type.base == .null }.map(\.name))
    var old = Self.select(existing.columns, from: [existing.view], alias: "old")
    if !keys.isEmpty { old.filter = Self.isNotIn(table, keys, nothing) }
    var new = Self.select(existing.columns, from: table, alias: "new")
    new.items = new.items.map {
      nothing.contains($0.name) ? SQLItem(.literal(.null), as: $0.name) : $0
    }
    let query = SQLQuery.combined(
      .select(old), .unionAll, .select(new), order: [], limit: nil)
    var appended = Appended(query: query, columns: existing.columns)
    if case .int(let count) = rows { appended.rows = Int(count) }
    return appended
  }

  private static func select(
    _ columns: [String], from table: [String], alias: String
  ) -> SQLSelect {
    var select = SQLSelect()
    select.items = columns.map { SQLItem(.column(table: alias, $0), as: $0) }
    select.from = .named(table, alias: alias)
    return select
  }

  /// A missing key is a key too: else a run that is repeated would add its rows again.
  private static func isNotIn(
    _ table: [String], _ keys: [String], _ nothing: Set<String>
  ) -> SQLExpr {
    var inner = SQLSelect()
    inner.items = [SQLItem(.int(1), as: "")]
    inner.from = .named(table, alias: "new")
    inner.filter = SQLExpr.joined(
      keys.map { key in
        nothing.contains(key)
          ? .postfix(.column(table: "old", key), .isNull)
          : .binary(.column(table: "new", key), .isNotDistinct, .column(table: "old", key))
      }, by: .and)
    return .exists(.select(inner), negated: true)
  }
}

extension FileCatalog {
  struct Existing {
    var view: String
    /// In the order of the file.
    var columns: [String]
    /// Columns of floats behind which whole numbers come.
    var floats: [String]
  }

  /// The file that `append` adds to, as a view with the types of what is added.
  func existing(
    _ target: SaveTarget, _ path: String, _ schema: Schema
  ) throws(Diagnostic) -> Existing {
    guard let format = FileSource.Format(rawValue: target.format.rawValue) else {
      throw .cannotWrite(target, "the format is not known")
    }
    var file = FileSource(
      format: format, name: target.path, pattern: path, files: [path], options: [])
    let found = try describe(file, at: target.span)
    try Self.compare(found.schema, schema, target)
    file.options = [try Self.types(found.schema, schema, target)]
    let reader = try describe(file, at: target.span)
    let view = unusedName("existing")
    do throws(EngineError) {
      try engine.database().execute(reader.view(named: view))
    } catch {
      throw EngineWords.diagnostic(error, reading: target.path, at: target.span)
    }
    let floats = schema.columns.filter {
      $0.type.base == .int && found.schema[$0.name]?.type.base == .float
    }
    return Existing(view: view, columns: reader.schema.names, floats: floats.map(\.name))
  }

  private static func compare(
    _ found: Schema, _ wanted: Schema, _ target: SaveTarget
  ) throws(Diagnostic) {
    let missing = wanted.names.filter { found[$0] == nil }
    let surplus = found.names.filter { wanted[$0] == nil }
    if missing.isEmpty, surplus.isEmpty { return }
    func list(_ names: [String]) -> String {
      names.prefix(5).map { "`\(Exit.escape($0, for: .terminal))`" }.joined(separator: ", ")
    }
    var notes: [Diagnostic.Note] = []
    if !missing.isEmpty { notes.append(.init("the file has no \(list(missing))")) }
    if !surplus.isEmpty { notes.append(.init("the file alone has \(list(surplus))")) }
    throw Diagnostic(
      .columnsDiffer, "the file has other columns than these rows", at: target.span,
      label: "appended by name", notes: notes,
      help: ["`rename`, `select` or `drop` before `save`, or write another file"])
  }

  /// The types that the rows of the file are read with, which keep what is in them.
  private static func types(
    _ found: Schema, _ wanted: Schema, _ target: SaveTarget
  ) throws(Diagnostic) -> SourceRequest.Option {
    let isLettersOnly = target.format == .csv || target.format == .tsv
    var plain: [Value.Field] = []
    for column in wanted.columns {
      let new = column.type.base
      guard isPlain(new), let old = found[column.name]?.type.base else { continue }
      guard let type = reading(old, before: new, isLettersOnly: isLettersOnly) else {
        throw otherType(column.name, old, new, target)
      }
      plain.append(Value.Field(column.name, .text("\(type)")))
    }
    return SourceRequest.Option(
      name: ReadOption.types.rawValue, value: .record(plain), span: target.span)
  }

  private static func isPlain(_ type: DataType) -> Bool {
    switch type {
    case .bool, .int, .float, .decimal, .text, .date, .timestamp: true
    case .duration, .months, .period, .list, .record, .json, .null: false
    }
  }

  /// What a column of the file is read as before rows of a type come behind it; nil where that
  /// type cannot hold its values. A file of letters has no types: what is in it may always be
  /// read as text, and its texts may be what the rows say that they are.
  private static func reading(
    _ old: DataType, before new: DataType, isLettersOnly: Bool
  ) -> DataType? {
    switch (old, new) {
    case _ where old == new: new
    case (.int, .float), (.decimal, .float), (.int, .decimal), (.date, .timestamp): new
    case (.decimal(let digits, let scale), .decimal(let most, let places)):
      scale <= places && digits - scale <= most - places ? new : nil
    // Its letters: as numbers of so many places they might be rounded.
    case (.float, .decimal): isLettersOnly ? .text : nil
    case (.float, .int): isLettersOnly ? .text : old
    case (_, .text), (.text, _): isLettersOnly ? new : nil
    default: isPlain(old) ? nil : new
    }
  }

  fileprivate static func otherType(
    _ name: String, _ old: DataType, _ new: DataType, _ target: SaveTarget
  ) -> Diagnostic {
    let name = Exit.escape(name, for: .terminal)
    return Diagnostic(
      .columnsDiffer, "`\(name)` of the file has another type than these rows", at: target.span,
      label: "appended by name", notes: [.init("it is \(old) there and \(new) here")],
      help: [
        "convert it before `save`, as `derive \(name) = \(old)(\(name))`, or write another file"
      ])
  }
}
