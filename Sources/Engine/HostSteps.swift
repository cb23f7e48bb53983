import Columnar
import Compiler
import Connectivity
import Diagnostics
import SQLGeneration
import SQLTree
import Values

// What Whom works out itself, between a query that gives the rows and one that goes on.
extension Session {
  /// Runs the host steps of a plan, the innermost first; the rows of each go into a table, and
  /// a step that ran is not run again.
  func runSteps(in plan: LogicalPlan) throws(Diagnostic) {
    try runSteps(in: plan, for: NeededColumns(plan))
  }

  private func runSteps(in plan: LogicalPlan, for needed: NeededColumns) throws(Diagnostic) {
    if case .reference(let id, _, _) = plan.op, state.kept[id] != nil { return }
    if state.scored[plan] != nil || has(plan, needed) { return }
    for input in plan.inputs { try runSteps(in: input, for: needed) }
    if case .computed(let inputs, let computation) = plan.op {
      return try compute(plan, inputs, computation)
    }
    guard case .host(let input, let step) = plan.op else { return }
    for rule in JoinGuards.of(input) { try proveOnce(rule) }
    if try scoresThere(plan, input, step) { return try noteUnknownGroups(plan, input, step) }
    let name = stepName
    let read = narrowed(input, to: needed.ofSteps[plan], for: step)
    let query = only(
      read,
      of: lowering.query(
        TwoPassMeans.rewrite(input), ordered: input.keepsOrder, showsHidden: true), input)
    let work = try work(of: step, read, at: plan.span)
    try engineWork(on: input) { () throws(EngineError) in
      let rows = try local(query, read, hidden: input.facts.hiddenColumns)
      try local.database().extend(
        local.prepared(.query(rows)), by: work.columns,
        into: IngestTarget(name: name, catalog: local.keptSchema))
      try handOver(name)
    }
    state.warnings += work.warnings()
    state.steps[plan] = StepTable(
      [engine.keptSchema, name],
      columns: Set(read.names + step.outputs.map(\.name)).union(needed.ofSteps[plan] ?? []))
  }

  /// Whether a step ran, with all columns that are read now.
  private func has(_ plan: LogicalPlan, _ needed: NeededColumns) -> Bool {
    guard let table = state.steps[plan] else { return false }
    guard let there = table.columns, let wanted = needed.ofSteps[plan] else { return true }
    return there.isSuperset(of: wanted)
  }

  /// A name that no step has.
  var stepName: String {
    state.stepCount += 1
    return "step_\(state.stepCount)"
  }

  /// The columns that somebody reads behind a step, or the step itself; all, for nil.
  private func narrowed(_ input: LogicalPlan, to needed: Set<String>?, for step: HostStep) -> Schema
  {
    guard let needed = needed?.union(step.inputs) else { return input.schema }
    let read = input.schema.columns.filter { needed.contains($0.name) || $0.type.base.isNested }
    // Rows without a column are not counted.
    return Schema(read.isEmpty ? Array(input.schema.columns.prefix(1)) : read)
  }

  private func only(_ read: Schema, of query: SQLQuery, _ input: LogicalPlan) -> SQLQuery {
    guard read.count < input.schema.count else { return query }
    var select = SQLSelect()
    select.from = .query(query, alias: input.facts.name ?? "t")
    select.items = (read.names + input.facts.hiddenColumns).map { SQLItem(.column($0), as: $0) }
    return .select(select)
  }

  /// A server has one session, which cannot read and write at once: rows pass through a table of
  /// the embedded engine.
  func handOver(_ name: String) throws(EngineError) {
    guard local !== engine else { return }
    let path = [local.keptSchema, name].map(SQLPrinter.quoted).joined(separator: ".")
    try engine.database().ingest("select * from \(path)", from: try local.database(), into: name)
    try local.database().execute("drop table \(path)")
  }

  private func work(
    of step: HostStep, _ schema: Schema, at span: Span
  ) throws(Diagnostic) -> StepWork {
    switch step.work {
    case .calls(let calls):
      return StepWork(columns: HostWork(step, calls, schema, threads: threads).columns)
    case .predict(let use, let reasons):
      return try predictions(use, reasons, step, schema, at: span)
    }
  }
}

/// What a step adds to each batch, and what it has found when all of them are through.
struct StepWork {
  var columns: ColumnExtension
  var warnings: () -> [Diagnostic] = { [] }
}
