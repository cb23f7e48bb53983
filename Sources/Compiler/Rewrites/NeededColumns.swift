import Values

/// Which columns of its rows somebody reads behind each step that Whom takes itself: of a table
/// with forty columns of which the model reads ten and the program shows two, twelve are fetched.
///
///     customers | predict churn as p | summarize mean(p) by region
///     host(customers, predict churn)    p, region
package struct NeededColumns {
  /// By step; a step that is not here is read in full.
  package private(set) var ofSteps: [LogicalPlan: Set<String>] = [:]

  /// `nil` stands for all columns.
  private typealias Need = Set<String>?

  /// All columns of `root` are read.
  package init(_ root: LogicalPlan) { visit(root, nil) }

  private mutating func visit(_ plan: LogicalPlan, _ need: Need) {
    let own = need.map { $0.union(plan.facts.sortKeys.flatMap(\.expr.columnUses.keys)) }
    switch plan.op {
    case .scan, .rows: break
    case .reference(_, _, let inner): visit(inner, own)
    case .sort(let input): visit(input, own)
    case .filter(let input, let condition):
      visit(input, own.map { $0.union(condition.columnUses.keys) })
      visitAll(condition.plans)
    case .limit(let input, let limit):
      let order = limit.partition + limit.order.map(\.expr)
      visit(input, own.map { $0.union(order.flatMap(\.columnUses.keys)) })
    case .project(let input, let items): visit(input, items, own)
    case .aggregate(let input, let keys, let items):
      visit(input, Set((keys + items).flatMap(\.expr.columnUses.keys)))
      visitAll((keys + items).flatMap(\.expr.plans))
    case .host(let input, let step): visit(input, plan, step, own)
    case .sql, .distinct, .join, .expand, .combine, .computed: visitAll(plan.inputs)
    }
  }

  private mutating func visitAll(_ plans: [LogicalPlan]) {
    for plan in plans { visit(plan, nil) }
  }

  /// A column that only goes through is read where somebody reads it; one that is computed is
  /// computed, whoever reads it.
  private mutating func visit(_ input: LogicalPlan, _ items: [NamedExpr], _ need: Need) {
    visitAll(items.flatMap(\.expr.plans))
    guard let need else {
      visit(input, Set(items.flatMap(\.expr.columnUses.keys)))
      return
    }
    let read = items.filter { item in
      item.expr.columnName == nil || need.contains(item.name) || HiddenColumn.isHidden(item.name)
    }
    visit(input, Set(read.flatMap(\.expr.columnUses.keys)))
  }

  private mutating func visit(
    _ input: LogicalPlan, _ plan: LogicalPlan, _ step: HostStep, _ need: Need
  ) {
    guard let need else {
      ofSteps[plan] = Set(plan.schema.names)
      return visit(input, nil)
    }
    ofSteps[plan, default: []].formUnion(need)
    visit(input, need.subtracting(step.outputs.map(\.name)).union(step.inputs))
  }
}
