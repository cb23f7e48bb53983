/// 02 and 04, continued: statements and modules.
extension Explanation {
  static let moduleCycle = Explanation(
    "modules that use each other",
    """
    A module can use what stands above it, so two that use each other have no first one. Put what
    both need into a third module that uses neither.
    """,
    wrong: "", right: "use rfm")

  static let notInModule = Explanation(
    "a module holds functions and metrics",
    """
    A file that others take in with `use` declares functions and metrics, and may use other
    modules. It reads nothing and shows nothing: what a function needs comes in as its parameters,
    a metric is about a relation of whoever uses it. Names that start with `_` stay within the
    module.
    """,
    wrong: "", right: "fn margin(price, cost) = (price - cost) / price")

  static let badSQL = Explanation(
    "SQL that cannot be taken as a relation",
    """
    `sql` takes one query, which the engine reads while the program is checked, so that its
    columns are known. Braces hold relations and values of the program; they are put in as queries
    and values, never as text, so they stand without quotes. The rows come in no order: put a
    `sort` behind it. Nothing but a `select` is run.
    """,
    wrong: "sql \"delete from {orders}\"",
    right:
      "sql \"select region, sum(amount) as revenue from {orders} group by region\" | sort region")

  static let metricNotHere = Explanation(
    "a metric over other rows than its own",
    """
    A metric is declared `on` a relation and speaks of its rows, each once, with its columns as
    they came. It may be used behind filters, sorts, new columns and joins that add columns; not
    behind groups, `join many`, or a change of a column that it reads.
    """,
    wrong: """
      metric aov on orders = sum(amount) / count()
      orders | summarize amount = sum(amount) by customer_id | summarize aov()
      """,
    right: """
      metric aov on orders = sum(amount) / count()
      orders | summarize aov() by customer_id
      """)
}
