import Diagnostics
import Syntax
import Values

extension Verb {
  static let show = Verb(
    name: "show", summary: "shows the rows at this point, with a title, and passes them on",
    form: "show \"Top customers\"", clauses: [],
    details: """
      For looking into the middle of a pipeline; a statement's result is shown without it.
      """,
    examples: [
      "orders | where status == \"sent\" | show \"Sent\" | summarize sum(amount)"
    ]
  ) { check in
    if let item = check.stage.items.first,
      !check.checker.isKnownBeforeRows(item.expr, "a title", over: check.input, check.scope)
    {
      return .failed
    }
    guard let title = check.checker.optionalTitle(check.stage, check.scope) else { return .failed }
    check.checker.steps.append(
      .show(.relation(check.checker.leaving(check.input)), title: title.text))
    return .relation(check.input)
  }
}

extension Checker {
  struct Title { var text: String? }

  /// The title behind `show`: none, a text, or an `f` text of values known before the run.
  func optionalTitle(_ stage: Stage, _ scope: Scope) -> Title? {
    guard let item = stage.items.first else { return Title(text: nil) }
    guard let text = constantText(item.expr, "a title", scope) else { return nil }
    return Title(text: text)
  }

  /// Whether something that must be known before rows are read is no column; reports it if so.
  func isKnownBeforeRows(
    _ expr: Expr, _ what: String, over input: LogicalPlan, _ scope: Scope
  ) -> Bool {
    guard case .name(let name) = expr.kind, scope.bindings[name] == nil,
      input.schema[name] != nil
    else { return true }
    report(.notConstant(what, at: expr.span))
    return false
  }

  /// A text that is known before rows are read; `nil` after a mistake was reported.
  func constantText(_ expr: Expr, _ what: String, _ scope: Scope) -> String? {
    let value = check(expr, .outside(scope))
    if value.isFailed { return nil }
    guard value.type.base == .text else {
      report(.mismatch("\(what) is a text", at: expr.span, label: "this is \(value.type)"))
      return nil
    }
    guard case .text(let text)? = value.constant else {
      report(.notConstant(what, at: expr.span))
      return nil
    }
    return text
  }
}
