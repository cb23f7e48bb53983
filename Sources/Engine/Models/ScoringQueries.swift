package import Compiler
package import Diagnostics
import Models
import Values

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
      let scoring = ModelScoring(model, step, over: TwoPassMeans.rewrite(input))
      state.scored[plan] = try scoring.plan(for: plan)
      return true
    } catch {
      if local !== engine { state.warnings.append(.scoredHere(error, at: plan.span)) }
      return false
    }
  }

  /// Says how many rows that an engine scores itself are of groups that training did not see.
  func noteUnknownGroups(
    _ plan: LogicalPlan, _ input: LogicalPlan, _ step: HostStep
  ) throws(Diagnostic) {
    guard case .predict(let use, _) = step.work else { return }
    let model = try model(use, at: plan.span)
    let scoring = ModelScoring(model, step, over: TwoPassMeans.rewrite(input))
    guard let unknown = scoring.unknownRows else { return }
    let count = try number(unknown)
    guard count > 0 else { return }
    state.warnings.append(
      .unknownGroups(
        count, model.shape.keys.map(\.text), meaning: "no prediction for them", at: plan.span))
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

// What a query that is taken elsewhere does not say.
extension Session {
  /// The steps of a plan that stand between its queries, each with the reason.
  package func leftOut(of plan: LogicalPlan) -> [Diagnostic] {
    let below = plan.inputs.flatMap(leftOut)
    switch plan.op {
    case .host(let input, let step): return below + leftOut(plan, input, step)
    case .computed(_, let work):
      return below + [
        .notInQuery(work.title, "Whom works it out from all rows", [], at: plan.span)
      ]
    case .reference(_, _, let inner): return leftOut(of: inner)
    case .scan, .sql, .rows, .filter, .project, .aggregate, .sort, .limit, .distinct, .join,
      .expand, .combine:
      return below
    }
  }

  private func leftOut(
    _ plan: LogicalPlan, _ input: LogicalPlan, _ step: HostStep
  ) -> [Diagnostic] {
    guard case .predict(let use, _) = step.work else {
      return [.notInQuery(step.title, "Whom works it out itself", [], at: plan.span)]
    }
    guard let model = try? model(use, at: plan.span) else {
      return [
        .notInQuery(
          step.title, "the model is trained when the program runs",
          ["save it, and use the saved one: `save model \"churn\"`, `predict model \"churn\"`"],
          at: plan.span)
      ]
    }
    do throws(ModelScoring.Refusal) {
      _ = try ModelScoring(model, step, over: TwoPassMeans.rewrite(input)).plan(for: plan)
      return []
    } catch {
      let (why, help) = error.words
      return [.notInQuery(step.title, why, [help], at: plan.span)]
    }
  }
}

extension ModelScoring.Refusal {
  /// Why, and what to do.
  fileprivate var words: (String, String) {
    switch self {
    case .reasons: ("reasons are worked out by Whom", "leave `explain` out")
    case .form(let estimator):
      ("`\(estimator)` has no form that SQL can say", "predict where the rows are few")
    case .depth(let limit):
      ("a tree is deeper than \(limit) splits", "train flatter trees, with `depth =`")
    case .size(let parts):
      (
        "as a query it would have \(parts) parts",
        "train fewer or smaller trees, with `rounds =` or `leaves =`"
      )
    }
  }
}

extension Diagnostic {
  fileprivate static func notInQuery(
    _ step: String, _ why: String, _ help: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .notInQuery, "`\(Exit.escape(step, for: .terminal))` is not part of this SQL", at: span,
      label: why, help: help)
  }

  static func scoredHere(_ refusal: ModelScoring.Refusal, at span: Span) -> Diagnostic {
    let (why, help) = refusal.words
    return Diagnostic(
      .scoredHere, "the rows leave the server to be scored", at: span, label: why, help: [help])
  }
}
