import Compiler
import SQLTree
import Values

extension PlanLowering {
  /// `limit` for the first rows of all; a numbered window for shares and for groups.
  func limit(_ block: SelectBlock, _ limit: Limit, _ input: LogicalPlan) -> SelectBlock {
    if case .rows(let count) = limit.count, limit.partition.isEmpty {
      return firstRows(block, count, limit.order, input)
    }
    var block = block
    if !block.isPlain { block = wrap(block, name: input.facts.name) }
    let lowering = expressions(over: block)
    let window = SQLWindow(
      partition: limit.partition.map(lowering.value), order: lowering.order(limit.order))
    let number = SQLExpr.window(.call("row_number", []), window)
    let condition = SQLExpr.binary(number, .lessOrEqual, bound(limit, window))
    if dialect.hasQualify {
      block.addQualify(condition)
      return block
    }
    return filterByNumber(block, number, bound(limit, window), input)
  }

  private func firstRows(
    _ block: SelectBlock, _ count: Int, _ order: [SortKey], _ input: LogicalPlan
  ) -> SelectBlock {
    var block = block
    if block.isLimited { block = wrap(block, name: input.facts.name) }
    block.select.order = expressions(over: block).order(order)
    if block.sortsHidden || block.hasShadowedOrder {
      block.select.order = []
      block = wrap(block, name: input.facts.name)
      block.select.order = expressions(over: block).order(order)
    }
    block.select.limit = count
    return block
  }

  /// How many rows: a share is rounded down but is at least one row (L40). The share is an
  /// exact decimal, so that 29% of 100 rows are 29.
  private func bound(_ limit: Limit, _ window: SQLWindow) -> SQLExpr {
    switch limit.count {
    case .rows(let count): return .int(count)
    case .share(let share):
      let all = SQLExpr.window(
        .aggregate(SQLAggregate("count", [.star])), SQLWindow(partition: window.partition))
      return .call(
        "greatest", [.int(1), .call("floor", [.binary(all, .times, .exact(share))])])
    }
  }

  private func filterByNumber(
    _ block: SelectBlock, _ number: SQLExpr, _ bound: SQLExpr, _ input: LogicalPlan
  ) -> SelectBlock {
    var inner = block
    let names = inner.columns.map(\.name)
    inner.columns.append(
      .init(name: "#keep", expr: .binary(number, .lessOrEqual, bound), isWindow: true))
    var outer = wrap(inner, name: input.facts.name)
    outer.columns.removeAll { !names.contains($0.name) }
    outer.addFilter(.column("#keep"))
    return outer
  }
}
