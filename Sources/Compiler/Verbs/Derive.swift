import Diagnostics
import Syntax
import Values

extension Verb {
  static let derive = Verb(
    name: "derive", summary: "adds or replaces columns; later ones see earlier ones",
    form: "derive net = amount - discount, share = net / sum(net) by region",
    clauses: [.by, .sort, .rows],
    details: """
      New columns stand at the end, in the order written; a column that is there already is replaced in
      its place. With `by`, aggregates and window functions see the groups, `by all` the whole relation;
      `sort` orders the rows within them, `rows` cuts a frame out.
      """,
    examples: [
      "orders | derive net = amount - discount, half = net / 2 | select order_id, net, half",
      "orders | derive share = amount / sum(amount) by customer_id | select customer_id, amount, share",
      """
      orders
      | derive running = sum(amount) by customer_id sort ordered_at rows ..0
      | select customer_id, ordered_at, amount, running
      """,
    ]
  ) { check in
    guard var window = check.window() else { return .failed }
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
      let isLast = names.count == check.stage.items.count
      if !isLast, let old = window?.keep(name.text, check.span) {
        plan = check.keeping(old, in: plan)
      }
      let column = NamedExpr(name.text, expr)
      plan =
        window == nil
        ? Projection.extending(column, in: plan, check.span)
        : Projection.setting(column, in: plan, check.span)
    }
    return .relation(check.withoutKept(plan))
  }
}

extension WindowSetting {
  /// `by`, `sort` and tie-breakers mean the rows that came in. Where an item replaces one of
  /// their columns the old one stays behind it under a hidden name, for the items after it.
  mutating func keep(_ name: String, _ span: Span) -> NamedExpr? {
    guard let column = incoming.schema[name] else { return nil }
    let hidden = StageCheck.keptPrefix + name
    func newName(_ other: String) -> String { other == name ? hidden : other }
    incoming = Projection.plan(
      incoming,
      incoming.schema.columns.map { NamedExpr(newName($0.name), .column($0, span)) }, span)
    partition = partition.map { $0.renamingColumns(newName) }
    sort = sort.map {
      SortKey($0.expr.renamingColumns(newName), descending: $0.isDescending)
    }
    return NamedExpr(hidden, .column(column, span))
  }
}

extension StageCheck {
  fileprivate static let keptPrefix = "#was "

  fileprivate func keeping(_ old: NamedExpr, in plan: LogicalPlan) -> LogicalPlan {
    Projection.plan(plan, Projection.identity(plan, span) + [old], span)
  }

  fileprivate func withoutKept(_ plan: LogicalPlan) -> LogicalPlan {
    let shown = plan.schema.columns.filter { !$0.name.hasPrefix(Self.keptPrefix) }
    guard shown.count < plan.schema.count else { return plan }
    return Projection.plan(plan, shown.map { NamedExpr($0.name, .column($0, span)) }, span)
  }
}

extension StageCheck {
  /// A measure with the `where` behind it, if any. After a mistake was reported a missing value
  /// stands in its place, which goes with any type: so the rest of the program is checked too.
  func measure(_ item: Item, _ context: ExprContext) -> TypedExpr? {
    let before = checker.diagnostics.count
    defer { sayColumn(item, since: before) }
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
