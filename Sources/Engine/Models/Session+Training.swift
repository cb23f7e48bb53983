import Columnar
import Compiler
import Connectivity
import Diagnostics
import Estimation
import Glibc
import Models
import SQLGeneration
import SQLTree
package import Values

// Models in a run: trained where their statement stands, kept for all that come behind it.
extension Session {
  func train(_ plan: TrainingPlan) throws(Diagnostic) {
    let rows = try modelRows(plan.rows)
    var trainer = Trainer(plan, threads: threads, libraries: libraries)
    trainer.version = Whom.version
    do throws(ModelFailure) {
      let model = try trainer.train(consume rows)
      state.models[plan.use] = model
      state.cards.append((plan.name ?? model.history.formula, plan.use))
      if let notice = Diagnostic.notices(of: model, plan) { state.warnings.append(notice) }
    } catch {
      throw ModelWords.diagnostic(error, at: plan.span)
    }
  }

  /// The model that a plan means.
  func model(_ use: ModelUse, at span: Span) throws(Diagnostic) -> TrainedModel {
    if let known = state.models[use] ?? catalog.keptModels.loaded[use] { return known }
    throw Diagnostic(
      .unknownModel, "the model was not trained", at: span, label: "used here",
      help: ["its `train` failed or was skipped"])
  }

  /// The rows of a plan in memory, for a model, sorted as it says.
  func modelRows(_ plan: LogicalPlan) throws(Diagnostic) -> ModelRowsTable {
    try prepare(plan)
    let query = lowering.query(TwoPassMeans.rewrite(plan), ordered: false)
    let order = plan.facts.order.columns
    return try engineWork(on: plan) { () throws(EngineError) in
      let text = try engine.prepared(.query(query))
      var table = try engine.givingBuffersBack { (database) throws(EngineError) in
        try Self.table(of: database.query(text), plan.schema)
      }
      return table.finish(sortedBy: order, threads: threads)
    }
  }

  private static func table(
    of stream: ResultStream, _ schema: Schema
  ) throws(EngineError) -> ModelTable {
    defer { stream.close() }
    var table = ModelTable(schema)
    while let batch = try stream.next() {
      do throws(ColumnarError) {
        try table.append(batch)
      } catch {
        throw .unreadable(error)
      }
    }
    stream.closeAndFree()
    return table
  }

  /// The cards of the models that this run trained, in their order.
  package var modelCards: [(name: String, card: [[Value]])] {
    state.cards.compactMap { name, use in state.models[use].map { (name, $0.rows(of: "card")) } }
  }

  /// Those of the run.
  var threads: Int {
    options.engine.threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private var libraries: [String] { DriverLocations.current().engineFolders }
}

extension Facts.Order {
  /// The columns that the rows are sorted by.
  fileprivate var columns: [String] {
    guard case .by(let keys) = self else { return [] }
    return keys.compactMap(\.expr.columnName)
  }
}
