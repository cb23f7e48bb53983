import Diagnostics
import Syntax
import Values

extension Verb {
  static let select = Verb(
    name: "select", summary: "keeps and names columns, as written",
    form: "select customer_id, total = amount", clauses: [],
    details: """
      The columns come out in the order written. What is computed needs a name, unless it is a lone call,
      which takes the name of its function.
      """,
    examples: [
      "orders | select order_id, month(ordered_at), total = amount - discount"
    ]
  ) { check in
    var items: [NamedExpr] = []
    var names: [Name] = []
    for item in check.stage.items {
      if case .negate(let inner) = item.expr.kind, item.name == nil,
        case .name(let text) = inner.kind
      {
        check.report(
          Diagnostic(
            .unnamedColumn, "`select` keeps columns; it does not drop them", at: item.span,
            label: "a minus in front", help: ["to leave it out, write `| drop \(text)`"]))
        return .failed
      }
      guard let name = check.name(of: item, what: "column") else { return .failed }
      names.append(name)
      if case .name(let old) = item.expr.kind, item.name != nil, check.input.schema[old] == nil,
        check.input.schema[name.text] != nil, check.scope.bindings[old] == nil
      {
        check.report(.renameTurnedRound(new: name, old: old, at: item.span))
        return .failed
      }
      guard let expr = check.measure(item, check.rowContext) else { return .failed }
      items.append(NamedExpr(name.text, expr))
    }
    guard check.areDistinct(names) else { return .failed }
    return .relation(Projection.plan(check.input, items, check.span))
  }

  static let drop = Verb(
    name: "drop", summary: "leaves columns out", form: "drop email, phone", clauses: [],
    details: """
      All other columns stay where they are.
      """,
    examples: [
      "orders | drop status, region, discount"
    ]
  ) { check in
    var gone: Set<String> = []
    for item in check.stage.items {
      guard case .name(let text) = item.expr.kind else {
        check.report(
          .mismatch("`drop` wants names of columns", at: item.span, label: "not a plain name"))
        return .failed
      }
      guard check.column(Name(text, item.span)) != nil else { return .failed }
      gone.insert(text)
    }
    let kept = Projection.identity(check.input, check.span).filter { !gone.contains($0.name) }
    guard !kept.isEmpty else {
      check.report(
        .mismatch("nothing is left", at: check.span, label: "all columns are dropped"))
      return .failed
    }
    return .relation(check.keepingRest(kept))
  }

  static let rename = Verb(
    name: "rename", summary: "gives columns new names", form: "rename id = customer_id",
    clauses: [],
    details: """
      The new name stands first, as in every binding. Places do not change, and two names may be swapped.
      """,
    examples: [
      "customers | rename id = customer_id, customer = name"
    ]
  ) { check in
    var newNames: [String: Name] = [:]
    for item in check.stage.items {
      guard let new = item.name, case .name(let old) = item.expr.kind else {
        check.report(
          .mismatch(
            "`rename` wants `new = old`", at: item.span, label: "not a pair of names"))
        return .failed
      }
      if check.input.schema[old] == nil, check.input.schema[new.text] != nil {
        check.report(.renameTurnedRound(new: new, old: old, at: item.span))
        return .failed
      }
      guard check.column(Name(old, item.expr.span)) != nil else { return .failed }
      newNames[old] = new
    }
    for (old, new) in newNames.sorted(by: { $0.value.span.start < $1.value.span.start })
    where old != new.text && check.input.schema[new.text] != nil && newNames[new.text] == nil {
      check.report(.renameToKnown(new))
      return .failed
    }
    var names: [Name] = []
    var items: [NamedExpr] = []
    for column in check.input.schema.columns {
      let name = newNames[column.name] ?? Name(column.name, check.span)
      names.append(name)
      items.append(NamedExpr(name.text, .column(column, check.span)))
    }
    guard check.areDistinct(names) else { return .failed }
    return .relation(check.keepingRest(items))
  }
}

extension StageCheck {
  /// All columns but those that the stage speaks of are there because the source has them.
  fileprivate func keepingRest(_ items: [NamedExpr]) -> LogicalPlan {
    var plan = Projection.plan(input, items, span)
    plan.facts.keepsRest = true
    return plan
  }
}
