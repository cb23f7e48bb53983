import Columnar
import Compiler
import Connectivity
import Diagnostics
import Models
import SQLGeneration
import SQLTree
import Values

// Relations that Whom works out itself as a whole: parts of models, evaluations, explanations.
extension Session {
  /// Puts the rows of a `.computed` operator into a table.
  func compute(
    _ plan: LogicalPlan, _ inputs: [LogicalPlan], _ computation: Computation
  ) throws(Diagnostic) {
    let model = try model(computation.model, at: plan.span)
    switch computation.work {
    case .part(_, let part): try keep(model.rows(of: part), plan)
    case .evaluate(_, let cut, let keys):
      try refuseTrained(inputs.dropFirst(), plan, computation.model)
      try measure(model, inputs, plan, keys) { (all) throws(ModelFailure) in
        try all.evaluation(cut)
      }
    case .permutation:
      try measure(model, inputs, plan, 0) { (all) throws(ModelFailure) in try all.permutation() }
    case .dependence(_, let feature):
      try measure(model, inputs, plan, 0) { (all) throws(ModelFailure) in
        try all.dependence(on: feature)
      }
    case .explain(_, let keys):
      try measure(model, inputs, plan, keys) { (all) throws(ModelFailure) in
        try all.explanation()
      }
    }
  }

  /// The second input has the rows that the model was trained on.
  private func refuseTrained(
    _ inputs: ArraySlice<LogicalPlan>, _ plan: LogicalPlan, _ use: ModelUse
  ) throws(Diagnostic) {
    guard let known = inputs.first else { return }
    let count = try table(known, 0).totalRows ?? 0
    if count > 0 { throw .trained(on: count, of: words(use), at: plan.span) }
  }

  private func words(_ use: ModelUse) -> String {
    switch use {
    case .kept(let name, let version): "`\(name)@\(version)`"
    case .trained: "the model"
    }
  }

  private func measure(
    _ model: TrainedModel, _ inputs: [LogicalPlan], _ plan: LogicalPlan, _ keys: Int,
    _ work: (Measuring) throws(ModelFailure) -> [[Value]]
  ) throws(Diagnostic) {
    guard let input = inputs.first else { return }
    let rows = try modelRows(input)
    let measuring = Measuring(
      model, rows, keys: Array(plan.schema.columns.prefix(keys)), threads: threads)
    let found: [[Value]]
    do throws(ModelFailure) {
      found = try work(measuring)
    } catch {
      throw ModelWords.diagnostic(error, at: plan.span)
    }
    try keep(found, plan)
  }

  private func keep(_ rows: [[Value]], _ plan: LogicalPlan) throws(Diagnostic) {
    let name = "step_\(state.steps.count + 1)"
    let columns = plan.schema.columns.enumerated().map { place, column in
      (
        name: column.name,
        values: AddedColumn(rows.lazy.map { $0[place] }, AddedColumn.Kind(column.type.base))
      )
    }
    try engineWork(on: plan) { () throws(EngineError) in
      try local.database().ingest(
        columns, into: IngestTarget(name: name, catalog: local.keptSchema))
      try handOver(name)
    }
    state.steps[plan] = [engine.keptSchema, name]
  }
}
