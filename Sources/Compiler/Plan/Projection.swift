package import Diagnostics
import Values

/// Builds a projection: its schema, and what stays known about order and keys.
package enum Projection {
  package static func plan(
    _ input: LogicalPlan, _ items: [NamedExpr], _ span: Span
  ) -> LogicalPlan {
    var newNames: [String: String] = [:]
    for item in items {
      if let old = item.expr.columnName, newNames[old] == nil { newNames[old] = item.name }
    }
    var facts = Facts(name: input.facts.name)
    facts.uniqueKeys = input.facts.uniqueKeys.compactMap { key in
      let renamed = key.compactMap { newNames[$0] }
      return renamed.count == key.count ? renamed : nil
    }
    facts.order = order(input.facts.order, newNames, items)
    if facts.order == .source, items.contains(where: \.expr.hasWindow) { facts.order = .unknown }
    return LogicalPlan(
      .project(input, items), schema: Schema(items.map { Column($0.name, $0.expr.type) }),
      facts: facts, span: span)
  }

  /// Keys of the order up to the first one whose columns are gone.
  private static func order(
    _ order: Facts.Order, _ newNames: [String: String], _ items: [NamedExpr]
  ) -> Facts.Order {
    guard case .by(let keys) = order else { return order }
    let types = Dictionary(items.map { ($0.name, $0.expr.type) }, uniquingKeysWith: { a, _ in a })
    var kept: [SortKey] = []
    for key in keys {
      let renamed = key.expr.replacingColumns { name in
        newNames[name].flatMap { new in
          types[new].map { TypedExpr(.column(new), $0, key.expr.span) }
        }
      }
      guard let renamed else { break }
      kept.append(SortKey(renamed, descending: key.isDescending))
    }
    return kept.isEmpty ? .unknown : .by(kept)
  }

  /// All columns of a relation as they are.
  package static func identity(_ input: LogicalPlan, _ span: Span) -> [NamedExpr] {
    input.schema.columns.map { NamedExpr($0.name, .column($0, span)) }
  }

  /// All columns, with one replaced in place or appended.
  package static func setting(
    _ item: NamedExpr, in input: LogicalPlan, _ span: Span
  ) -> LogicalPlan {
    var items = identity(input, span)
    if let at = items.firstIndex(where: { $0.name == item.name }) {
      items[at] = item
    } else {
      items.append(item)
    }
    return plan(input, items, span)
  }
}
