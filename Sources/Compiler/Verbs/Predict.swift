import Diagnostics
import Syntax
import Values

extension Verb {
  static let predict = Verb(
    name: "predict", summary: "what a model says about each row",
    form: "predict churn as p explain 3", clauses: [.as, .explain, .horizon],
    details: """
      Adds the column named behind `as`, `prediction` without it. For a target that was a condition it is the
      probability that it is true; for a number it is the expected number; for a text it is the likeliest
      text, and `p_probabilities` lists the probability of each. `explain 3` adds the three columns
      `p_reason_1` to `p_reason_3`: what moved the score of this row most. Of a feature such as `log(tenure)` they
      tell the tenure.

      The rows need the columns that the formula reads. A text that training never saw counts as missing. There is
      no cut-off: `where p >= 20%` or `route` decides.
      """,
    examples: [
      """
      let spend = orders | where amount != null | train amount ~ region using linear
      orders | predict spend as expected | select order_id, region, expected
      """
    ]
  ) { check in
    guard let item = check.stage.items.first,
      let model = check.checker.checkModelOperand(item.expr, "predict", check.scope),
      let reasons = check.reasonCount()
    else { return .failed }
    if let horizon = check.clause(.horizon) {
      check.report(
        Diagnostic(
          .clauseNotHere, "\(model.words) has no horizon", at: horizon.span,
          label: "only forecasts and purchases have one"))
      return .failed
    }
    let name = check.clause(.as)?.names.first?.text ?? "prediction"
    let outputs = model.shape.predictions(as: name, reasons: reasons)
    if let known = outputs.first(where: { check.input.schema[$0.name] != nil }) {
      check.report(
        Diagnostic(
          .duplicateName, "there is a column `\(known.name)` already",
          at: check.clause(.as)?.names.first?.span ?? check.span, label: "cannot be added again",
          help: ["choose another name behind `as`, or `drop \(known.name)` first"]))
      return .failed
    }
    return check.predicted(model, outputs, reasons).map { .relation($0) } ?? .failed
  }
}

extension StageCheck {
  fileprivate func reasonCount() -> Int? {
    guard let item = clause(.explain)?.items.first else { return 0 }
    return checker.wholeNumber(item.expr, 1...20, "the number of reasons", scope)
  }

  fileprivate func predicted(
    _ model: ModelValue, _ outputs: [Column], _ reasons: Int
  ) -> LogicalPlan? {
    var rows = ModelRows(self, model)
    guard rows.addFeatures() else { return nil }
    if reasons > 0 { rows.addOrigins() }
    let wide = rows.behind()
    let step = HostStep(
      inputs: wide.schema.names.filter { input.schema[$0] == nil }, outputs: outputs,
      work: .predict(model.use, reasons: reasons))
    let scored = LogicalPlan(
      .host(wide, step), schema: Schema(wide.schema.columns + outputs), facts: wide.facts,
      span: span)
    let items =
      Projection.identity(input, span) + outputs.map { NamedExpr($0.name, .column($0, span)) }
    return Projection.plan(scored, items, span)
  }
}
