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
    if case .reference(let id, _, _) = plan.op, state.kept[id] != nil { return }
    for input in plan.inputs { try runSteps(in: input) }
    if state.steps[plan] != nil || state.scored[plan] != nil { return }
    if case .computed(let inputs, let computation) = plan.op {
      return try compute(plan, inputs, computation)
    }
    guard case .host(let input, let step) = plan.op else { return }
    for rule in JoinGuards.of(input) { try proveOnce(rule) }
    if try scoresThere(plan, input, step) { return }
    let name = "step_\(state.steps.count + 1)"
    let query = lowering.query(
      TwoPassMeans.rewrite(input), ordered: input.keepsOrder, showsHidden: true)
    let work = try work(of: step, input.schema, at: plan.span)
    try engineWork(on: input) { () throws(EngineError) in
      let rows = try local(query, input.schema, hidden: input.facts.hiddenColumns)
      try local.database().extend(
        local.prepared(.query(rows)), by: work.columns,
        into: IngestTarget(name: name, catalog: local.keptSchema))
      try handOver(name)
    }
    state.warnings += work.warnings()
    state.steps[plan] = [engine.keptSchema, name]
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
    case .calls(let calls): return StepWork(columns: HostWork(step, calls, schema).columns)
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
