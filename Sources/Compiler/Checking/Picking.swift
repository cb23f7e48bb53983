import Values

/// Makes orders total, so that the same row is picked on every run (language rulings L9, L49).
enum Picking {
  /// Functions that pick one row of several that the order may leave equal.
  private static let picks: Set<String> = ["first", "last", "nth", "row_number", "ntile", "list"]

  static func needsOrder(_ function: String) -> Bool {
    switch function {
    case "first", "last", "nth", "row_number", "ntile", "rank", "dense_rank", "percent_rank",
      "cume_dist":
      true
    default: false
    }
  }

  /// The order arguments with tie-breakers, where the result could depend on them.
  static func total(
    _ order: [SortKey], _ function: String, over input: LogicalPlan, partition: [TypedExpr],
    picked: [TypedExpr]
  ) -> [SortKey] {
    guard picks.contains(function) else { return order }
    let onlyPicked = ["first", "last", "nth", "list"].contains(function)
    guard !order.isEmpty || function == "list" else { return order }
    if onlyPicked, function != "list" {
      // Rows that tie in the order differ only in what is picked: the least value decides.
      return isTotal(order, input, partition)
        ? order
        : order
          + picked.prefix(1).filter {
            !order.map(\.expr.kind).contains($0.kind) && $0.type.base.isOrdered
          }.map { SortKey($0) }
    }
    if function == "list" {
      return isTotal(order, input, partition)
        ? order
        : order
          + picked.prefix(1).filter {
            !order.map(\.expr.kind).contains($0.kind) && $0.type.base.isOrdered
          }.map { SortKey($0) }
    }
    return order + tieBreakers(order, input, partition)
  }

  /// The stage's `sort` made total, for windows that look at neighbours.
  static func totalSort(
    _ sort: [SortKey], over input: LogicalPlan, partition: [TypedExpr]
  ) -> [SortKey] {
    sort.isEmpty ? sort : sort + tieBreakers(sort, input, partition)
  }

  private static func isTotal(
    _ order: [SortKey], _ input: LogicalPlan, _ partition: [TypedExpr]
  ) -> Bool {
    input.facts.isUnique(
      on: order.compactMap(\.expr.columnName) + partition.compactMap(\.columnName))
  }

  /// The relation's key, else all remaining sortable columns, left to right.
  static func tieBreakers(
    _ order: [SortKey], _ input: LogicalPlan, _ partition: [TypedExpr] = []
  ) -> [SortKey] {
    if isTotal(order, input, partition) { return [] }
    let used = Set(order.compactMap(\.expr.columnName) + partition.compactMap(\.columnName))
    let key = input.facts.uniqueKeys.first { key in
      key.allSatisfy { name in input.schema[name]?.type.base.isOrdered == true }
    }
    let names = key ?? input.schema.columns.filter { $0.type.base.isOrdered }.map(\.name)
    let span = order.first?.expr.span ?? input.span
    let shown = names.filter { !used.contains($0) }.compactMap { name in
      input.schema[name].map { SortKey(.column($0, span)) }
    }
    // Rows that are equal in all one sees can still stand in an order.
    return key == nil ? shown + input.facts.sortKeys.filter(isHidden) : shown
  }

  private static func isHidden(_ key: SortKey) -> Bool {
    key.expr.columnUses.keys.contains(where: HiddenColumn.isHidden)
  }
}
