import Diagnostics
import Syntax
import Values

extension Verb {
  static let derive = Verb(
    name: "derive", summary: "adds or replaces columns; later ones see earlier ones",
    form: "derive net = amount - discount, share = net / sum(net) by region",
    clauses: [.by, .sort, .rows]
  ) { check in
    guard let window = check.window() else { return .failed }
    var plan = check.input
    var names: [Name] = []
    for item in check.stage.items {
      guard let name = check.name(of: item, what: "column") else { return .failed }
      names.append(name)
      guard check.areDistinct(names) else { return .failed }
      var context = check.rowContext(plan)
      if var setting = window {
        setting.input = plan
        context.aggregates = .windowed(setting)
      } else {
        context.aggregates = .needsBy(verb: "derive")
      }
      guard let expr = check.measure(item, context) else { return .failed }
      plan = Projection.setting(NamedExpr(name.text, expr), in: plan, check.span)
    }
    return .relation(plan)
  }
}

extension StageCheck {
  /// A measure with the `where` behind it, if any. After a mistake was reported a missing value
  /// stands in its place, which goes with any type: so the rest of the program is checked too.
  func measure(_ item: Item, _ context: ExprContext) -> TypedExpr? {
    let expr: TypedExpr
    if let filter = item.filter {
      expr = checker.checkFiltered(item.expr, filter, item.span, context)
    } else {
      expr = checker.check(item.expr, context)
    }
    guard !expr.isFailed, isStorable(expr) else {
      return TypedExpr(.literal(.null), ValueType(.null, nullable: true), item.expr.span)
    }
    return expr
  }

  /// A period is a thing of the program, not of a column.
  private func isStorable(_ expr: TypedExpr) -> Bool {
    guard expr.type.base == .period else { return true }
    report(
      .mismatch(
        "a period cannot be a column", at: expr.span, label: "this is \(expr.type)",
        help: ["use it in a condition: `at in @2025-Q1`"]))
    return false
  }
}
