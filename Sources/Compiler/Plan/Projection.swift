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
    var items = items
    facts.uniqueKeys = input.facts.uniqueKeys.compactMap { key in
      let renamed = key.compactMap { newNames[$0] }
      return renamed.count == key.count ? renamed : nil
    }
    facts.order = order(input.facts.order, newNames, &items, span)
    if facts.order == .source, items.contains(where: \.expr.hasWindow) { facts.order = .unknown }
    return LogicalPlan(
      .project(input, items),
      schema: Schema(
        items.filter { !HiddenColumn.isHidden($0.name) }.map { Column($0.name, $0.expr.type) }),
      facts: facts, span: span)
  }

  /// The order in the new names. A key whose column is gone goes along hidden, so that
  /// `sort -spend | select name` stays sorted.
  private static func order(
    _ order: Facts.Order, _ newNames: [String: String], _ items: inout [NamedExpr], _ span: Span
  ) -> Facts.Order {
    guard case .by(let keys) = order else { return order }
    let types = Dictionary(items.map { ($0.name, $0.expr.type) }, uniquingKeysWith: { a, _ in a })
    let renamed = keys.enumerated().map { position, key -> SortKey in
      let kept = key.expr.replacingColumns { name in
        newNames[name].flatMap { new in
          types[new].map { TypedExpr(.column(new), $0, key.expr.span) }
        }
      }
      if let kept { return SortKey(kept, descending: key.isDescending) }
      let hidden = HiddenColumn.order(position)
      items.append(NamedExpr(hidden, key.expr))
      return SortKey(
        TypedExpr(.column(hidden), key.expr.type, key.expr.span), descending: key.isDescending)
    }
    return .by(renamed)
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

/// Columns that a relation carries without showing them: keys of its order.
package enum HiddenColumn {
  static func order(_ position: Int) -> String { "#order\(position + 1)" }
  package static func isHidden(_ name: String) -> Bool { name.hasPrefix("#order") }
}

extension Facts {
  /// The hidden columns that its order needs.
  package var hiddenColumns: [String] {
    sortKeys.flatMap { Array($0.expr.columnUses.keys) }.filter(HiddenColumn.isHidden).sorted()
  }
}
