import Diagnostics
import Values

/// The rows that a model is trained on, in an order that depends on what is in them alone: by
/// their key, else by all that is learned from (ruling 4).
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

  func plan() -> LogicalPlan {
    var bare = input
    bare.facts.order = .unknown
    let keys = keyColumns
    let named = keys.enumerated().map { NamedExpr("#key\($0 + 1)", .column($1, span)) }
    var rows = Projection.plan(bare, items + named, span)
    var order = named.map { SortKey(TypedExpr(.column($0.name), $0.expr.type, span)) }
    if !input.facts.isUnique(on: keys.map(\.name)) || keys.isEmpty {
      order += items.filter { $0.expr.type.base.isOrdered }.map {
        SortKey(TypedExpr(.column($0.name), $0.expr.type, span))
      }
    }
    rows.facts.order = .by(order)
    return LogicalPlan(.sort(rows), schema: rows.schema, facts: rows.facts, span: span)
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
