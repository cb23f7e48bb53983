package import Diagnostics
package import Values

/// Columns that are added one by one: those that use nothing that is new share a projection, so
/// `derive a = x + 1, b = x + 2` is one step, not two. Thousands of them take no longer each.
/// Windows over the same rows share one, too.
package struct GrowingProjection {
  private var below: LogicalPlan
  private let span: Span
  /// The columns of the projection that grows; nil before the first.
  private var items: [NamedExpr]?
  private var positions: [String: Int] = [:]
  private var new: Set<String> = []
  private var windows = false
  /// Of the rows with all that was added.
  package private(set) var schema: Schema

  package init(_ input: LogicalPlan, _ span: Span) {
    below = input
    self.span = span
    schema = input.schema
  }

  /// Replaces a column in place, or puts a new one at the end.
  package mutating func add(_ item: NamedExpr) {
    if items == nil || !canTake(item) { begin() }
    if let at = positions[item.name] {
      items?[at] = item
    } else {
      positions[item.name] = items?.count
      items?.append(item)
    }
    if item.expr.columnName != item.name { new.insert(item.name) }
    windows = item.expr.hasWindow
    schema.set(Column(item.name, item.expr.type))
  }

  private func canTake(_ item: NamedExpr) -> Bool {
    item.expr.hasWindow == windows && !new.contains(item.name)
      && new.isDisjoint(with: item.expr.columnUses.keys)
  }

  private mutating func begin() {
    below = plan
    let columns = Projection.identity(below, span)
    items = columns
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    new = []
  }

  package var plan: LogicalPlan { items.map { Projection.plan(below, $0, span) } ?? below }
}
