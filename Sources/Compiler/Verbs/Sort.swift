import Diagnostics
import Syntax
import Values

extension Verb {
  static let sort = Verb(
    name: "sort", summary: "orders the rows; a minus means descending, nulls come last",
    form: "sort -spend, name", clauses: [],
    details: """
      The order holds until a verb changes it. Missing values come last both ways.
      """,
    examples: [
      "orders | sort region, -amount | select order_id, region, amount"
    ]
  ) { check in
    guard let keys = check.sortKeys(check.stage.items) else { return .relation(check.input) }
    var plan = check.same(.sort(check.input))
    plan.facts.order = .by(keys)
    return .relation(plan)
  }

  static let take = Verb(
    name: "take", summary: "the first rows, or the first of each group",
    form: "take 10 | take 3 by region sort -spend", clauses: [.by, .sort],
    details: """
      A whole number counts rows, a share in percent is rounded down. With `by` each group gives its
      own; then `sort` belongs into the stage.
      """,
    examples: [
      "orders | take 2",
      "orders | take 1 by region sort -amount",
    ]
  ) { check in
    guard let item = check.stage.items.first, let count = check.count(item.expr),
      let window = check.window()
    else { return .relation(check.input) }
    let partition = window?.partition ?? []
    let stated = window?.sort.isEmpty == false ? window?.sort ?? [] : check.input.facts.sortKeys
    var order = stated
    if !stated.isEmpty || check.input.facts.order == .unknown || !partition.isEmpty {
      order += Picking.tieBreakers(stated, check.input, partition)
    }
    let limit = Limit(count: count, partition: partition, order: order)
    var plan = check.same(.limit(check.input, limit))
    if plan.facts.order == .source, limit.needsWindow { plan.facts.order = .unknown }
    return .relation(plan)
  }

  static let top = Verb(
    name: "top", summary: "the rows with the largest values", form: "top 10 by spend",
    clauses: [.by],
    details: """
      As `sort` with a minus and then `take`, in one word: the largest first. `by -amount` takes the
      smallest. `top 5%` is a share of the rows.
      """,
    examples: [
      "orders | top 2 by amount"
    ]
  ) { check in
    guard let item = check.stage.items.first, let count = check.count(item.expr),
      let by = check.clause(.by), let keys = check.sortKeys(by.items)
    else { return .relation(check.input) }
    let largestFirst = keys.map { SortKey($0.expr, descending: !$0.isDescending) }
    let order = largestFirst + Picking.tieBreakers(largestFirst, check.input)
    var plan = check.same(
      .limit(check.input, Limit(count: count, partition: [], order: order)))
    plan.facts.order = .by(largestFirst)
    return .relation(plan)
  }
}

extension StageCheck {
  /// `10` or `5%`: known before rows are read (L40).
  func count(_ expr: Expr, of word: String? = nil) -> Limit.Count? {
    guard checker.isKnownBeforeRows(expr, "the number of rows", over: input, scope) else {
      return nil
    }
    let value = checker.check(expr, .outside(scope))
    if value.isFailed { return nil }
    switch value.constant {
    case .int(let number)? where number >= 0 && number <= 1_000_000_000_000:
      return .rows(Int(number))
    case .float(let share)? where share > 0 && share <= 1:
      return .share(NumberPrinting.plain(share))
    case .some: report(.badCount(word ?? verb, at: expr.span, got: words(value)))
    case nil: report(.notConstant("the number of rows", at: expr.span))
    }
    return nil
  }

  private func words(_ value: TypedExpr) -> String {
    switch value.constant {
    case .int(let number)?: "\(number)"
    case .float(let number)?:
      "\(number): a share is more than nothing and at most all, 100%"
    default: "\(value.type)"
    }
  }
}
