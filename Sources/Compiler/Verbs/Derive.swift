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
    guard let window = check.window() else { return .failed }
    return window.map(check.derived) ?? check.derived()
  }
}

extension StageCheck {
  /// Without `by`.
  fileprivate func derived() -> Checked {
    var rows = GrowingProjection(input, span)
    var seen: [String: Span] = [:]
    for item in stage.items {
      let earlier = seen
      guard let name = name(of: item, what: "column"), isNew(name, &seen),
        let expr = derived(item, rows.schema, earlier)
      else { return .failed }
      rows.add(NamedExpr(name.text, expr))
    }
    return .relation(rows.plan)
  }

  private func derived(
    _ item: Item, _ schema: Schema, _ earlier: [String: Span]
  ) -> TypedExpr? {
    measure(
      item,
      ExprContext(
        scope: scope, row: .relation(schema, name: input.facts.name),
        aggregates: .needsBy(verb: "derive"), renewed: earlier))
  }

  fileprivate func derived(_ window: WindowSetting) -> Checked {
    var window = window
    var rows = GrowingProjection(input, span)
    var seen: [String: Span] = [:]
    for (position, item) in stage.items.enumerated() {
      let earlier = seen
      guard let name = name(of: item, what: "column"), isNew(name, &seen) else { return .failed }
      let context = ExprContext(
        scope: scope, row: .relation(rows.schema, name: input.facts.name),
        aggregates: .windowed(window), renewed: earlier)
      guard let expr = measure(item, context) else { return .failed }
      if position + 1 < stage.items.count, let old = window.keep(name.text, span) {
        rows.add(old)
      }
      rows.add(NamedExpr(name.text, expr))
    }
    return .relation(withoutKept(rows.plan))
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
