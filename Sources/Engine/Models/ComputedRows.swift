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
    _ work: (Measuring) throws(ModelFailure) -> Measured
  ) throws(Diagnostic) {
    guard let input = inputs.first else { return }
    let rows = try modelRows(input)
    let measuring = Measuring(
      model, rows, keys: Array(plan.schema.columns.prefix(keys)), threads: threads)
    let found: Measured
    do throws(ModelFailure) {
      found = try work(measuring)
    } catch {
      throw ModelWords.diagnostic(error, at: plan.span, isTraining: false)
    }
    warn(of: found, model, at: plan.span)
    try keep(found.rows, plan)
  }

  private func warn(of found: Measured, _ model: TrainedModel, at span: Span) {
    if found.unknownGroups > 0 {
      state.warnings.append(
        .unknownGroups(
          found.unknownGroups, model.shape.keys.map(\.text),
          meaning: "they are left out of these figures", at: span))
    }
    if found.unscored > 0 {
      state.warnings.append(
        .unscored(found.unscored, model.shape.role(.offset)?.text, at: span))
    }
  }

  private func keep(_ rows: [[Value]], _ plan: LogicalPlan) throws(Diagnostic) {
    let name = stepName
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
    state.steps[plan] = StepTable([engine.keptSchema, name])
  }
}

extension Diagnostic {
  /// Rows that a model has no prediction for, by what it reads of them.
  fileprivate static func unscored(_ rows: Int, _ offset: String?, at span: Span) -> Diagnostic {
    let why =
      offset.map { "`\(Exit.escape($0, for: .terminal))`, the offset, is missing or not finite" }
      ?? "what it predicts is no finite number"
    return Diagnostic(
      .unscoredRows,
      "\(rows == 1 ? "1 row has" : "\(NumberPrinting.grouped("\(rows)")) rows have") no prediction",
      at: span, label: "left out of these figures",
      notes: [Note(why)],
      help: ["look at them: `predict` gives null there; `where` leaves them out on purpose"])
  }
}
