/// 04: verbs.
extension Explanation {
  static let aggregateNeedsBy = Explanation(
    "an aggregate without its groups",
    """
    In `derive` and `where` an aggregate speaks of a group of rows, which `by` names; `by all` is
    all rows together. To fold rows into one for each group there is `summarize`.
    """,
    wrong: "orders | derive share = amount / sum(amount)",
    right: "orders | derive share = amount / sum(amount) by all")

  static let aggregateNotHere = Explanation(
    "an aggregate where there is no group",
    """
    `sum`, `count` and the like fold many rows. Keys, the order of `sort` and the conditions of a
    join look at one row at a time: compute the aggregate in a stage before.
    """,
    wrong: "orders | sort sum(amount)",
    right: "orders | summarize spend = sum(amount) by plan | sort spend")

  static let windowNotHere = Explanation(
    "a window where it cannot stand",
    """
    `lag`, `rank`, `cumsum` and the like look at other rows of a group. They stand in `derive` and
    `where` with a `by`, not in `summarize`, keys or joins.
    """,
    wrong: "orders | summarize r = rank(amount) by plan",
    right: "orders | derive r = rank(amount) by plan")

  static let orderArgument = Explanation(
    "an order that is missing, or in the wrong place",
    """
    Functions that rank or pick take their order as arguments: `rank(-spend)`, `first(page, at)`.
    Functions that look around use the order of the stage: `lag(at)` needs `by ... sort at`.
    A minus before a whole key means descending.
    """,
    wrong: "visits | derive before = lag(at) by customer_id",
    right: "visits | derive before = lag(at) by customer_id sort at")

  static let joinKeys = Explanation(
    "how rows of a join find each other",
    """
    Each item of `on` is a column of both sides, or one comparison whose left operand belongs to
    the relation that comes in and whose right operand belongs to the joined one. `cross` has no
    `on`, all others need it.
    """,
    wrong: "orders | join customers", right: "orders | join customers on customer_id")

  static let joinNameClash = Explanation(
    "both sides of a join have a column of this name",
    """
    Apart from the keys, two columns of one name would be left. `as p` puts `p_` before every
    column of the joined side; `rename` or `select` on either side also helps.
    """,
    wrong: "orders | join refunds on order_id",
    right: "orders | join left refunds as refund on order_id")

  static let fanOut = Explanation(
    "a join that multiplies rows",
    """
    A row of the left side found more than one row on the right, so sums over the result would
    count it more than once. Make the right side unique, with `distinct` or `summarize`, or write
    `join many` where the multiplication is wanted. The keys shown are three of those that match
    several rows.
    """,
    wrong: "orders | join touches on customer_id",
    right: "orders | join left many touches on customer_id")

  static let badCount = Explanation(
    "a number of rows that is none",
    """
    `take`, `top`, `sample` and `split` take a whole number of rows, or a share above 0% and up to
    100%. A share of some rows is at least one row.
    """,
    wrong: "orders | take 2.5", right: "orders | take 5\norders | take 5%")

  static let chartArguments = Explanation(
    "a chart that cannot be drawn so",
    """
    Each kind of chart takes columns under fixed names, such as `x`, `y` and `color`, and options,
    such as `title`: `whom doc chart` lists them. A needed one is missing, an unknown one was
    given, or its type cannot be drawn there. Bars, boxes and funnels need a number as `x` or `y`;
    an interval needs `low` and `high`.
    """,
    wrong: "orders | chart line(y = amount)",
    right: "orders | chart line(x = ordered_at, y = amount)")

  static let nestedAggregate = Explanation(
    "an aggregate of an aggregate",
    """
    `mean(sum(x))` does not say over which groups the inner one goes. Summarize twice: by the
    finer key first, then over the result.
    """,
    wrong: "orders | summarize m = mean(sum(amount)) by plan",
    right: """
      orders
      | summarize spend = sum(amount) by customer_id, plan
      | summarize m = mean(spend) by plan
      """)

  static let orderLost = Explanation(
    "an order that the next stage forgets",
    """
    `summarize`, `distinct`, some joins and others give their rows in an order of their own. A
    `sort` before them has no effect; sort behind them.
    """,
    wrong: "orders | sort -amount | summarize n = count() by plan",
    right: "orders | summarize n = count() by plan | sort -n")

  static let dependsOnSource = Explanation(
    "what this means depends on the columns of the source",
    """
    All columns of a file are also those that it gains next month: whole rows are then compared or
    folded by one more column, and the figures change without a change of the program. Say which
    columns are meant, with `select` before or by name.
    """,
    wrong: "read \"orders.csv\" | distinct", right: "orders | distinct customer_id, plan")

  static let neverMatches = Explanation(
    "a rule that never matches",
    """
    In `route` and `case` the first condition that holds decides. What an earlier one takes, a later
    one does not get: a wide condition above a narrow one leaves it nothing. Put the narrower one
    first. A rule whose parts contradict each other matches nothing either.
    """,
    wrong:
      "orders | derive size = case { amount > 10 -> \"some\", amount > 100 -> \"much\", else -> \"little\" }",
    right:
      "orders | derive size = case { amount > 100 -> \"much\", amount > 10 -> \"some\", else -> \"little\" }"
  )

  static let columnsDiffer = Explanation(
    "relations of different columns",
    """
    `union`, `except` and `intersect` put rows together by the names of their columns, wherever
    they stand. Both relations must have the same names; types may differ where one widens to the
    other, as an int does to a float.
    """,
    wrong: "orders | select order_id | union orders",
    right: "orders | select order_id | union (orders | select order_id)")
}
