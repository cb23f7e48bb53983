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
    let path = FilePaths.resolve(target.path, from: folder(of: target.span))
    try makeFolder(of: path, target)
    let partial = "\(path).\(getpid()).partial"
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: true)
    do {
      let rows = try engineWork(on: plan) { () throws(EngineError) in
        let copy = SQLStatement.copy(
          try local(query, plan.schema), path: partial, options: Self.options(target.format))
        let engine = local
        let sql = try engine.prepared(copy)
        // A plain stream of rows needs no memory for the whole; the engine is held to that.
        return plan.isStream
          ? try engine.database().execute(sql, memoryLimit: "400MB")
          : try engine.database().execute(sql)
      }
      guard rename(partial, path) == 0 else {
        throw Self.cannotWrite(target, String(cString: strerror(errno)))
      }
      try engineWork(plan.span) { () throws(EngineError) in try catalog.fulfil(path) }
      return rows
    } catch {
      unlink(partial)
      guard let diagnostic = error as? Diagnostic else {
        throw Self.cannotWrite(target, "\(error)")
      }
      throw diagnostic
    }
  }

  /// The rows where files are written: those of a server come into a table of the embedded engine
  /// first, whose columns get the types of the plan.
  private func local(_ query: SQLQuery, _ schema: Schema) throws(EngineError) -> SQLQuery {
    guard local !== engine else { return query }
    let database = try local.database()
    try database.execute("drop table if exists \"temp\".\"fetched\"")
    try database.ingest(
      try engine.prepared(.query(query)), from: try engine.database(), into: "fetched")
    var select = SQLSelect()
    select.from = .named(["fetched"], alias: nil)
    select.items = schema.columns.map {
      SQLItem(.cast(.column($0.name), $0.type.base, isTry: false), as: $0.name)
    }
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
          throw Self.cannotWrite(target, "`\(made)` is a file, not a folder")
        }
        continue
      }
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
        throw Self.cannotWrite(target, String(cString: strerror(errno)))
      }
    }
  }

  private static func cannotWrite(_ target: SaveTarget, _ why: String) -> Diagnostic {
    Diagnostic(
      .cannotWrite, "`\(Exit.escape(target.path, for: .terminal))` cannot be written",
      at: target.span, label: Exit.escape(why, for: .terminal))
  }

  private static func options(_ format: SaveTarget.Format) -> [SQLField] {
    switch format {
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
  }
}

extension LogicalPlan {
  /// Rows go through one at a time: no join, group, order or window.
  var isStream: Bool {
    guard facts.order == .source else { return false }
    switch op {
    case .scan, .rows: return true
    case .filter, .project, .expand, .reference: return !isDear && inputs.allSatisfy(\.isStream)
    case .aggregate, .sort, .limit, .distinct, .join, .combine, .sql: return false
    }
  }
}
