import Compiler
import Diagnostics
import Models

// Where rows are scored. The embedded engine hands them to the library, which is fastest; from a
// server no row has to leave, as long as the model has a form that SQL can say.
extension Session {
  /// Whether the engine takes a step itself; then the plan that does so is kept.
  func scoresThere(
    _ plan: LogicalPlan, _ input: LogicalPlan, _ step: HostStep
  ) throws(Diagnostic) -> Bool {
    guard case .predict(let use, _) = step.work,
      local !== engine || options.alwaysScoresByQuery
    else { return false }
    let model = try model(use, at: plan.span)
    do throws(ModelScoring.Refusal) {
      state.scored[plan] = try ModelScoring(model, step, over: TwoPassMeans.rewrite(input))
        .plan(for: plan)
      return true
    } catch {
      if local !== engine { state.warnings.append(.scoredHere(error, at: plan.span)) }
      return false
    }
  }

  /// The steps below a plan whose models are known, as queries to look at and to take away.
  func scoringQueries(in plan: LogicalPlan) -> [LogicalPlan: LogicalPlan] {
    var found: [LogicalPlan: LogicalPlan] = [:]
    for input in plan.inputs { found.merge(scoringQueries(in: input)) { first, _ in first } }
    guard case .host(let input, let step) = plan.op, case .predict(let use, _) = step.work,
      let model = try? model(use, at: plan.span)
    else { return found }
    let scoring = ModelScoring(model, step, over: TwoPassMeans.rewrite(input))
    if let query = try? scoring.plan(for: plan) { found[plan] = query }
    return found
  }
}

extension Diagnostic {
  static func scoredHere(_ refusal: ModelScoring.Refusal, at span: Span) -> Diagnostic {
    let (why, help) =
      switch refusal {
      case .reasons: ("reasons are worked out by Whom", "leave `explain` out")
      case .form(let estimator):
        ("`\(estimator)` has no form that the server knows", "predict where the rows are few")
      case .size(let parts):
        (
          "as a query it would have \(parts) parts",
          "train fewer or smaller trees, with `rounds =` or `leaves =`"
        )
      }
    return Diagnostic(
      .scoredHere, "the rows leave the server to be scored", at: span, label: why, help: [help])
  }
}
