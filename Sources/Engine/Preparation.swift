import Columnar
import Compiler
import Connectivity
import Diagnostics
import SQLGeneration
import SQLTree
import Values

extension Session {
  /// What must hold or be there before a plan runs: kept rows of relations that several read,
  /// and the rule that joins match at most one row.
  func prepare(_ plan: LogicalPlan) throws(Diagnostic) {
    try checkSources(of: plan)
    if !catalog.keptModels.unread.isEmpty { try checkTrainingRows(of: plan) }
    try engineWork(on: plan) { () throws(EngineError) in try catalog.bring(plan) }
    try keepShared(plan)
    try runSteps(in: plan)
    for rule in JoinGuards.of(plan) { try proveOnce(rule) }
    try noteLosses(plan)
    try noteSmallGroups(plan)
  }

  func proveOnce(_ rule: JoinGuard) throws(Diagnostic) {
    if state.provenGuards.contains(rule) { return }
    try prove(rule)
    state.provenGuards.insert(rule)
  }

  /// A file that changes while a run reads it would give figures that do not fit together.
  private func checkSources(of plan: LogicalPlan) throws(Diagnostic) {
    if options.isPrompt { return }
    for source in catalog.sources {
      let name = Exit.escape(source.name, for: .terminal)
      if source.isWrittenOver {
        guard reads(source.view, plan) else { continue }
        throw Diagnostic(
          .changedDuringRun, "`\(name)` is not what it was: this program has written over it",
          at: plan.span, label: "read again here",
          help: ["write another file, or read what was written: `let new = read \"\(name)\"`"])
      }
      if Fingerprint.of(source.files) != source.fingerprint {
        throw Diagnostic(
          .changedDuringRun, "`\(name)` changed during the run", at: plan.span,
          label: "read again here", help: ["run it again once nothing writes to the file"])
      }
    }
  }

  /// Whether the plan reads a file by this name; kept rows are read from where they are kept.
  private func reads(_ view: String, _ plan: LogicalPlan) -> Bool {
    switch plan.op {
    case .scan(let scan): scan.path.last == view
    case .reference(let id, _, _) where state.kept[id] != nil: false
    default: plan.inputs.contains { reads(view, $0) }
    }
  }

  // MARK: Kept rows

  /// A relation that is dear to compute and read more than once is computed once. A scan, a
  /// filter or a projection is not: to run it again costs less than to write it down.
  private func keepShared(_ plan: LogicalPlan) throws(Diagnostic) {
    for reference in plan.sharedReferences {
      guard case .reference(let id, let name, let inner) = reference.op else { continue }
      if let check = state.unfit[id.plain] {
        throw ExpectationWords.unfit(name, at: plan.span, check: check)
      }
      // Another name for kept rows is no reason to copy them.
      if case .reference = inner.op { continue }
      let readers = state.readers[id, default: 0]
      guard state.kept[id] == nil, readers > 1, inner.isDear || (readers > 2 && isLongText(inner))
      else { continue }
      try prepare(inner)
      let table = [engine.keptSchema, "\(name)_\(id.number)\(id.hasPeople ? "_people" : "")"]
      let query = lowering.query(
        TwoPassMeans.rewrite(inner), ordered: inner.keepsOrder, showsHidden: true)
      _ = try engineWork(on: inner) { () throws(EngineError) in
        try engine.database().execute(engine.prepared(.createTable(name: table, query)))
      }
      state.kept[id] = table
    }
  }

  /// Whether each reading goes through so much text that it costs more than to write the rows down
  /// once: `describe` reads them for every column.
  private func isLongText(_ plan: LogicalPlan) -> Bool {
    if case .scan(let scan) = plan.op { return catalog.textSize(of: scan.path) > 16 << 20 }
    return plan.inputs.contains(where: isLongText)
  }

  // MARK: Join rules

  /// Where the right side is the smaller one, a look at it alone mostly settles it.
  private func prove(_ rule: JoinGuard) throws(Diagnostic) {
    if let repeated = rule.repeated, size(of: rule.right) <= size(of: rule.left),
      try rows(of: repeated, rule).isEmpty
    {
      return
    }
    let found = try rows(of: rule.offenders, rule)
    if !found.isEmpty { throw Self.fanOut(rule, found) }
  }

  /// Bytes of the files below a plan: what reading it costs, roughly.
  private func size(of plan: LogicalPlan) -> Int {
    if case .scan(let scan) = plan.op { return catalog.size(of: scan.path) }
    return plan.inputs.reduce(0) { $0 + size(of: $1) }
  }

  /// The rows of a question about a plan, asked as it stands.
  func table(of question: LogicalPlan) throws(Diagnostic) -> ResultTable {
    let query = lowering.query(TwoPassMeans.rewrite(question), ordered: true)
    return try engineWork(on: question) { () throws(EngineError) in
      let stream = try engine.database().query(engine.prepared(.query(query)))
      defer { stream.close() }
      return try Self.collect(stream, question.schema, .max, isCut: false)
    }
  }

  private func rows(of plan: LogicalPlan, _ rule: JoinGuard) throws(Diagnostic) -> [[Value]] {
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: false)
    return try engineWork(on: [plan], rule.span) { () throws(EngineError) in
      let stream = try engine.database().query(engine.prepared(.query(query)))
      defer { stream.close() }
      var rows: [[Value]] = []
      while let batch = try stream.next() {
        for row in 0..<batch.rowCount {
          rows.append(try Self.row(batch, row, plan.schema))
        }
      }
      return rows
    }
  }

  private static func row(
    _ batch: RecordBatch, _ row: Int, _ schema: Schema
  ) throws(EngineError) -> [Value] {
    var values: [Value] = []
    for (position, column) in schema.columns.enumerated() {
      do throws(ColumnarError) {
        values += try batch.values(column: position, as: column.type.base, rows: row..<(row + 1))
      } catch {
        throw .unreadable(error)
      }
    }
    return values
  }

  private static func fanOut(_ rule: JoinGuard, _ rows: [[Value]]) -> Diagnostic {
    let relation = rule.relation.map { "`\($0)`" } ?? "the joined relation"
    let examples = rows.map { row -> Diagnostic.Note in
      let keys = zip(rule.keys, row).map { name, value in
        "\(name) \(Exit.escape(ColumnFormat.plain(value), for: .terminal))"
      }
      let count = row.last.map { ColumnFormat.plain($0) } ?? "several"
      return Diagnostic.Note("\(keys.joined(separator: ", ")) stands in \(count) rows")
    }
    if rule.isTie { return tie(rule, relation, examples) }
    return Diagnostic(
      .fanOut, "a row matches more than one row of \(relation)", at: rule.span,
      label: "rows would be doubled", notes: examples,
      help: [
        "make the key unique first: `\(rule.relation ?? "other") | take 1 by \(rule.keys.first ?? "key") sort ...`",
        "or write `join many` if every match is wanted",
      ])
  }

  private static func tie(
    _ rule: JoinGuard, _ relation: String, _ examples: [Diagnostic.Note]
  ) -> Diagnostic {
    Diagnostic(
      .fanOut, "two rows of \(relation) match at the same time", at: rule.span,
      label: "which of them is the latest?", notes: examples,
      help: [
        "keep one of them first: `\(rule.relation ?? "other") | take 1 by \(rule.keys.joined(separator: ", ")) sort ...`"
      ])
  }
}
