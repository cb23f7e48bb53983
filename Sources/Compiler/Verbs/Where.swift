import Diagnostics
import Syntax
import Values

extension Verb {
  static let `where` = Verb(
    name: "where", summary: "keeps the rows that satisfy a condition",
    form: "where amount > 0 and status in [\"paid\", \"sent\"]",
    clauses: [.by, .sort, .rows],
    details: """
      A missing value satisfies no order (`<`, `>=`, `~`), and `==` and `!=` take it for a value like
      any other; so `not p` keeps exactly the rows that `p` leaves out. With `by`, the condition may hold
      aggregates and window functions over the groups.
      """,
    examples: [
      "orders | where amount > 20 and status == \"paid\"",
      "orders | where region == null",
      "orders | where amount == max(amount) by customer_id",
    ]
  ) { check in
    guard let item = check.stage.items.first, let window = check.window() else { return .failed }
    var context = check.rowContext
    context.aggregates = window.map { .windowed($0) } ?? .needsBy(verb: "where")
    let condition = check.checker.checkCondition(item.expr, context)
    if condition.isFailed { return .relation(check.input) }
    return .relation(check.filtered(by: condition))
  }
}

extension StageCheck {
  /// The input with a filter; columns that the condition proves to be there lose their `?`.
  func filtered(by condition: TypedExpr) -> LogicalPlan {
    var plan = same(.filter(input, condition))
    // A window loses the order in which rows stand in a source.
    if plan.facts.order == .source, condition.hasWindow { plan.facts.order = .unknown }
    for name in NullProof.present(when: condition) {
      if let column = input.schema[name] {
        plan.schema.set(Column(name, column.type.nonNull))
      }
    }
    return plan
  }
}

/// Which columns cannot be null in a row for which a condition holds.
enum NullProof {
  static func present(when condition: TypedExpr) -> [String] {
    switch condition.kind {
    case .and(let all): return all.flatMap(present)
    case .compare(.notEqual, let a, let b):
      if b.constant == .null, let name = a.columnName { return [name] }
      if a.constant == .null, let name = b.columnName { return [name] }
      return []
    case .compare(.equal, let a, let b):
      if b.constant == .null || a.constant == .null { return [] }
      return (b.type.isNullable ? [] : strict(a)) + (a.type.isNullable ? [] : strict(b))
    case .compare(_, let a, let b): return strict(a) + strict(b)
    case .isIn(let value, let items, negated: false):
      return items.contains { $0.type.isNullable } ? [] : strict(value)
    case .matches(let text, _): return strict(text)
    case .column(let name): return [name]
    default: return []
    }
  }

  /// Columns that must be there for the expression to be there.
  private static func strict(_ expr: TypedExpr) -> [String] {
    switch expr.kind {
    case .column(let name): return [name]
    case .negate(let x), .widen(let x): return strict(x)
    case .arithmetic(_, let a, let b): return strict(a) + strict(b)
    default: return []
    }
  }
}
