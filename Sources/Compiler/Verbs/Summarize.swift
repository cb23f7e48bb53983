import Diagnostics
import Syntax
import Values

extension Verb {
  static let summarize = Verb(
    name: "summarize", summary: "folds rows into one for each group, sorted by the keys",
    form: "summarize spend = sum(amount), orders = count() by customer_id, month = month(at)",
    clauses: [.by],
    details: """
      The keys come first, then the measures. Within an aggregate a name is an incoming column; outside of
      one it is a key or an earlier measure. A missing key makes a group of its own. Without `by` there is
      exactly one row. `where` behind a measure filters its rows alone.
      """,
    examples: [
      "orders | summarize spend = sum(amount), orders = count(), average = spend / orders by region",
      "orders | summarize count(), paid = count() where status == \"paid\" by month = month(ordered_at)",
    ]
  ) { check in
    guard let keys = check.summaryKeys() else { return .failed }
    let collector = GroupCollector(input: check.input, keys: keys.map(\.expr))
    var results: [NamedExpr] = keys.map { key in
      NamedExpr(key.expr.name, TypedExpr(.column(key.expr.name), key.expr.expr.type, key.name.span))
    }
    var visible = Schema(results.map { Column($0.name, $0.expr.type) })
    var names = keys.map(\.name)
    // Keys, and measures that stand before.
    var earlier = Dictionary(
      results.map { ($0.name, $0.expr) }, uniquingKeysWith: { key, _ in key })
    for item in check.stage.items {
      guard let name = check.name(of: item, what: "measure") else { return .failed }
      names.append(name)
      guard let expr = check.measured(item, visible, collector) else { return .failed }
      let inlined = expr.replacingColumns {
        earlier[$0] ?? hidden($0, expr)
      }
      let value = inlined ?? expr
      results.append(NamedExpr(name.text, value))
      earlier[name.text] = value
      visible.set(Column(name.text, value.type))
    }
    guard check.areDistinct(names) else { return .failed }
    return .relation(check.grouped(collector, results))
  }

  /// An aggregate that was lifted out stays a column of the grouping.
  private static func hidden(_ name: String, _ expr: TypedExpr) -> TypedExpr? {
    guard name.hasPrefix("#") else { return nil }
    var found: TypedExpr?
    expr.forEach { if $0.columnName == name, found == nil { found = $0 } }
    return found
  }
}

extension StageCheck {
  /// A measure, which sees the keys and the measures before it.
  fileprivate func measured(
    _ item: Item, _ visible: Schema, _ collector: GroupCollector
  ) -> TypedExpr? {
    measure(
      item,
      ExprContext(
        scope: scope, row: .group(visible, incoming: input.schema),
        aggregates: .grouped(collector)))
  }

  struct NamedKey {
    var name: Name
    var expr: NamedExpr
  }

  /// The keys of `by`, each named; none without the clause.
  func summaryKeys() -> [NamedKey]? {
    guard let by = clause(.by) else { return [] }
    if by.names.contains(where: { $0.text == "all" }) { return [] }
    var keys: [NamedKey] = []
    for item in by.items {
      for key in groupKeys(item) {
        if key.expr.isFailed { return nil }
        keys.append(NamedKey(name: Name(key.name, item.name?.span ?? item.span), expr: key))
      }
    }
    return keys
  }

  /// One row a group, then whatever is computed from the aggregates.
  func grouped(_ collector: GroupCollector, _ results: [NamedExpr]) -> LogicalPlan {
    var newNames: [String: String] = [:]
    for result in results {
      guard let hidden = result.expr.columnName, collector.rename(hidden, to: result.name) else {
        continue
      }
      newNames[hidden] = result.name
    }
    // Whoever else uses the same aggregate uses it by its new name.
    let results = newNames.isEmpty ? results : results.map { renamed($0, newNames) }
    let columns =
      collector.keys.map { Column($0.name, $0.expr.type) }
      + collector.items.map { Column($0.name, $0.expr.type) }
    let keyNames = collector.keys.map(\.name)
    let order = collector.keys.filter { $0.expr.type.base.isOrdered }.map {
      SortKey(TypedExpr(.column($0.name), $0.expr.type, span))
    }
    let facts = Facts(
      order: order.isEmpty ? .unknown : .by(order), uniqueKeys: [keyNames], name: input.facts.name)
    let plan = LogicalPlan(
      .aggregate(input, keys: collector.keys, items: collector.items), schema: Schema(columns),
      facts: facts, span: span)
    let isPlain = zip(results, columns).allSatisfy {
      $0.name == $1.name && $0.expr.columnName == $1.name
    }
    return isPlain && results.count == columns.count
      ? plan : Projection.plan(plan, results, span)
  }

  private func renamed(_ item: NamedExpr, _ newNames: [String: String]) -> NamedExpr {
    let expr = item.expr.replacingColumns { column in
      columnType(column, in: item.expr).map {
        TypedExpr(.column(newNames[column] ?? column), $0, span)
      }
    }
    return NamedExpr(item.name, expr ?? item.expr)
  }

  private func columnType(_ name: String, in expr: TypedExpr) -> ValueType? {
    var type: ValueType?
    expr.forEach { if $0.columnName == name { type = $0.type } }
    return type
  }
}
