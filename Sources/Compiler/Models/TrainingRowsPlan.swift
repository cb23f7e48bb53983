import Diagnostics
import Values

/// The rows that a model is trained on or measured with, in an order that depends on what is in
/// them alone: lists of a ranker together, then by the key, else by all that is read (ruling 4).
struct TrainingRowsPlan {
  let input: LogicalPlan
  let span: Span
  private var items: [NamedExpr] = []

  init(input: LogicalPlan, span: Span) {
    self.input = input
    self.span = span
  }

  mutating func add(_ name: String, _ expr: TypedExpr) { items.append(NamedExpr(name, expr)) }

  mutating func add(features: [TypedExpr]) {
    for (place, feature) in features.enumerated() { add(ModelColumn.feature(place), feature) }
  }

  /// With what `finish` makes of the columns before they are sorted.
  func plan(_ finish: (LogicalPlan) -> LogicalPlan = { $0 }) -> LogicalPlan {
    var bare = input
    bare.facts.order = .unknown
    let keys = keyColumns
    let named = keys.enumerated().map {
      NamedExpr(ModelColumn.sortKey($0), .column($1, span))
    }
    var rows = finish(Projection.plan(bare, items + named, span))
    var order = named.map(sortKey)
    if !input.facts.isUnique(on: keys.map(\.name)) || keys.isEmpty {
      order += items.filter { $0.expr.type.base.isOrdered }.map(sortKey)
    }
    order.insert(contentsOf: items.filter { $0.name == ModelColumn.group }.map(sortKey), at: 0)
    rows.facts.order = .by(order)
    return LogicalPlan(.sort(rows), schema: rows.schema, facts: rows.facts, span: span)
  }

  private func sortKey(_ item: NamedExpr) -> SortKey {
    SortKey(TypedExpr(.column(item.name), item.expr.type, span))
  }

  /// What tells the rows apart, as far as it is known.
  private var keyColumns: [Column] {
    let isSortable: (Column) -> Bool = { $0.type.base.isOrdered }
    if let key = input.facts.uniqueKeys.first {
      let columns = key.compactMap { input.schema[$0] }
      if columns.count == key.count, columns.allSatisfy(isSortable) { return columns }
    }
    return input.schema.columns.filter {
      ($0.type.labels.isKey || $0.type.labels.isPseudonym) && isSortable($0)
    }
  }
}
