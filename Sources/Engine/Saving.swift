import Compiler
import Connectivity
import Diagnostics
import Glibc
import SQLGeneration
import SQLTree
import Values

extension Session {
  /// Writes the rows beside the target and puts the file in its place when it is whole. Gives
  /// the number of rows.
  func save(_ plan: LogicalPlan, _ target: SaveTarget) throws(Diagnostic) -> Int? {
    try prepare(plan)
    let promised = FilePaths.resolve(target.path, from: folder(of: target.span))
    let path = try place(of: target, promised)
    let partial = PartialFiles.beside(path)
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: true)
    do {
      let incoming = try engineWork(on: plan) { () throws(EngineError) in
        try local(query, plan.schema)
      }
      let added = try appended(incoming, plan, target, path)
      let rows = try write(added?.query ?? incoming, plan, target, to: partial)
      try FilePaths.move(partial, to: path, target)
      try engineWork(plan.span) { () throws(EngineError) in
        try catalog.fulfil(promised, target, columns: added?.columns)
      }
      return added?.rows ?? rows
    } catch {
      unlink(partial)
      throw error
    }
  }

  private func write(
    _ query: SQLQuery, _ plan: LogicalPlan, _ target: SaveTarget, to partial: String
  ) throws(Diagnostic) -> Int? {
    let copy = SQLStatement.copy(
      placed(query, plan.schema), path: partial, options: Self.options(target))
    do throws(EngineError) {
      let sql = try local.prepared(copy)
      // A plain stream of rows needs no memory for the whole; the engine is held to that.
      return plan.isStream
        ? try local.database().execute(sql, memoryLimit: "400MB")
        : try local.database().execute(sql)
    } catch {
      if let why = EngineWords.refusal(of: error, writing: partial) {
        throw .cannotWrite(target, why)
      }
      throw finding(error, in: [plan], plan.span)
    }
  }

  /// Where timestamps without a zone are read as those of the run's, ours say that they are UTC.
  private func placed(_ query: SQLQuery, _ schema: Schema) -> SQLQuery {
    guard catalog.zone != nil, schema.columns.contains(where: { $0.type.base == .timestamp })
    else { return query }
    var select = SQLSelect()
    select.from = .query(query, alias: "rows")
    select.items = schema.columns.map { column in
      let value = SQLExpr.column(column.name)
      let isInstant = column.type.base == .timestamp
      return SQLItem(isInstant ? .call("timezone", [.text("UTC"), value]) : value, as: column.name)
    }
    return .select(select)
  }

  /// Where the file goes: behind links, in a folder that is there, over nothing but a file.
  private func place(of target: SaveTarget, _ named: String) throws(Diagnostic) -> String {
    let path = FilePaths.behindLinks(named)
    if let there = FilePaths.info(path) {
      if there.isFolder { throw .cannotWrite(target, "a folder has this name") }
      if !there.isRegular { throw .cannotWrite(target, "this is no file but a device or a pipe") }
      if !FilePaths.canWrite(path) { throw .cannotWrite(target, "the file may not be changed") }
    }
    if FilePaths.name(path).utf8.count > 230 { throw .cannotWrite(target, "the name is too long") }
    try makeFolder(of: path, target)
    return path
  }

  /// The rows where files are written: those of a server come into a table of the embedded engine
  /// first, whose columns get the types of the plan.
  func local(
    _ query: SQLQuery, _ schema: Schema, hidden: [String] = []
  ) throws(EngineError) -> SQLQuery {
    guard local !== engine else { return query }
    let database = try local.database()
    try database.execute("drop table if exists \"temp\".\"fetched\"")
    try database.ingest(
      try engine.prepared(.query(query)), from: try engine.database(), into: "fetched")
    var select = SQLSelect()
    select.from = .named(["fetched"], alias: nil)
    select.items = schema.columns.map {
      let isNothing = $0.type.base == .null
      return SQLItem(
        isNothing ? .literal(.null) : .cast(.column($0.name), $0.type.base, isTry: false),
        as: $0.name)
    }
    select.items += hidden.map { SQLItem(.column($0), as: $0) }
    return .select(select)
  }

  private func makeFolder(of path: String, _ target: SaveTarget) throws(Diagnostic) {
    let folder = FilePaths.folder(of: path)
    if folder.isEmpty || FilePaths.info(folder)?.isFolder == true { return }
    var made = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if let there = FilePaths.info(made) {
        guard there.isFolder else {
          throw .cannotWrite(target, "`\(made)` is a file, not a folder")
        }
        continue
      }
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
        throw .cannotWrite(target, FilePaths.lastProblem)
      }
    }
  }

  private static func options(_ target: SaveTarget) -> [SQLField] {
    var options: [SQLField] =
      switch target.format {
      case .csv: [SQLField("format", .text("csv")), SQLField("header", .literal(.bool(true)))]
      case .tsv:
        [
          SQLField("format", .text("csv")), SQLField("header", .literal(.bool(true))),
          SQLField("delimiter", .text("\t")),
        ]
      case .parquet: [SQLField("format", .text("parquet"))]
      case .json: [SQLField("format", .text("json")), SQLField("array", .literal(.bool(true)))]
      case .ndjson: [SQLField("format", .text("json"))]
      }
    // The name of the unfinished file says nothing of how it is packed.
    if target.format != .parquet {
      options.append(SQLField("compression", .text(target.packing.rawValue)))
    }
    return options
  }
}

extension Diagnostic {
  static func cannotWrite(_ target: SaveTarget, _ why: String) -> Diagnostic {
    Diagnostic(
      .cannotWrite, "`\(Exit.escape(target.path, for: .terminal))` cannot be written",
      at: target.span, label: Exit.escape(why, for: .terminal))
  }
}

extension FilePaths {
  /// What the system said last.
  static var lastProblem: String { String(cString: strerror(errno)).lowercased() }

  static func canWrite(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The file that a link leads to, so that the link stays one.
  static func behindLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Puts a finished file in the place of another, with the rights that this one had.
  fileprivate static func move(
    _ partial: String, to path: String, _ target: SaveTarget
  ) throws(Diagnostic) {
    var status = stat()
    if stat(path, &status) == 0 { chmod(partial, status.st_mode & 0o7777) }
    guard rename(partial, path) == 0 else { throw .cannotWrite(target, lastProblem) }
  }
}

extension LogicalPlan {
  /// Rows go through one at a time: no join, group, order or window.
  var isStream: Bool {
    guard facts.order == .source else { return false }
    switch op {
    case .scan, .rows: return true
    case .filter, .project, .expand, .reference: return !isDear && inputs.allSatisfy(\.isStream)
    case .aggregate, .sort, .limit, .distinct, .join, .combine, .sql, .host, .computed: return false
    }
  }
}
