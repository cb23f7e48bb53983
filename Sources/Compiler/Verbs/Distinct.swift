import Diagnostics
import Syntax
import Values

extension Verb {
  static let distinct = Verb(
    name: "distinct", summary: "one row for each different combination of values",
    form: "distinct customer_id, month(at)", clauses: [],
    details: """
      Only the columns named are left, sorted by them; alone it compares whole rows.
      """,
    examples: [
      "orders | distinct customer_id, region",
      "orders | distinct month(ordered_at)",
    ]
  ) { check in
    guard !check.stage.items.isEmpty else {
      check.warnIfOpen(check.input, "all of its columns tell rows apart")
      return .relation(check.wholeRows())
    }
    var keys: [NamedExpr] = []
    var names: [Name] = []
    for item in check.stage.items {
      for key in check.groupKeys(item) {
        if key.expr.isFailed { return .failed }
        keys.append(key)
        names.append(Name(key.name, item.span))
      }
    }
    guard check.areDistinct(names) else { return .failed }
    let collector = GroupCollector(input: check.input, keys: keys)
    let results = keys.map {
      NamedExpr($0.name, TypedExpr(.column($0.name), $0.expr.type, check.span))
    }
    return .relation(check.grouped(collector, results))
  }
}

extension StageCheck {
  fileprivate func wholeRows() -> LogicalPlan {
    let ordered = input.schema.columns.filter { $0.type.base.isOrdered }
    let order = ordered.map { SortKey(.column($0, span)) }
    let facts = Facts(
      order: order.isEmpty ? .unknown : .by(order),
      uniqueKeys: input.facts.uniqueKeys + [input.schema.names], name: input.facts.name)
    return LogicalPlan(.distinct(input), schema: input.schema, facts: facts, span: span)
  }
}
