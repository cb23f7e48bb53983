import Diagnostics
import Syntax
import Values

extension Verb {
  static let reveal = Verb(
    name: "reveal", summary: "lets columns labelled pii leave, and says why",
    form: "reveal email because \"campaign export 2025-04\"", clauses: [.because],
    details: """
      What is labelled `pii` is masked where it is shown, and refused in files, charts and models.
      Behind `reveal` it is treated as any other column; the reason stands in the privacy ledger of
      the report, with what became of the column.
      """,
    examples: [
      "customers | label name = pii | reveal name because \"letters of refusal\" | take 2"
    ]
  ) { check in
    guard let reason = check.reason() else { return .failed }
    var items = Projection.identity(check.input, check.span)
    var names: [String] = []
    for item in check.stage.items {
      guard let column = check.personalColumn(item) else { return .failed }
      guard let position = check.input.schema.position(of: column.name) else { return .failed }
      items[position].expr.type.labels.isPII = false
      items[position].expr.type.labels.isRevealed = true
      names.append(column.name)
    }
    check.checker.steps.append(
      .reveal(
        Disclosure(columns: names, reason: reason, plan: check.input, span: check.span)))
    return .relation(Projection.plan(check.input, items, check.span))
  }
}

extension StageCheck {
  /// A column that is labelled `pii`.
  fileprivate func personalColumn(_ item: Item) -> Column? {
    guard case .name(let text) = item.expr.kind else {
      report(
        .mismatch("`reveal` takes columns", at: item.expr.span, label: "not the name of a column"))
      return nil
    }
    guard let column = column(Name(text, item.expr.span)) else { return nil }
    guard column.type.labels.isPII else {
      report(
        Diagnostic(
          .badArgument, "there is nothing to reveal in `\(text)`", at: item.expr.span,
          label: "not labelled pii", help: ["leave it out: it may leave as it is"]))
      return nil
    }
    return column
  }

  /// The text behind `because`, which must say something.
  fileprivate func reason() -> String? {
    guard let literal = clause(.because)?.text else {
      report(
        Diagnostic(
          .clauseNotHere, "`reveal` needs a reason", at: span, label: "why may it leave?",
          help: ["`reveal ... because \"campaign export 2025-04\"`; the report tells its readers"]))
      return nil
    }
    guard let text = checker.constantText(Expr(.text(literal), literal.span), "a reason", scope)
    else { return nil }
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
      report(
        Diagnostic(
          .badArgument, "the reason of `reveal` is empty", at: literal.span, label: "why?",
          help: ["the privacy ledger of the report shows it to its readers"]))
      return nil
    }
    return text
  }
}
