/// 03: types.
extension Explanation {
  static let typeMismatch = Explanation(
    "two types that do not go together",
    """
    Numbers widen from int to decimal to float, and nothing else is converted in silence. Text is
    made into a number with `int(x)` or `float(x)`, into a date with `date(x)`; texts are put
    together with `f"{a} {b}"`. The notes below the place say which type each side has.
    """,
    wrong: "orders | where amount > \"10\"", right: "orders | where amount > 10")

  static let notABool = Explanation(
    "a condition that is not true or false",
    """
    `where`, `if`, `and`, `or` and `not` take conditions. A number is no condition: compare it.
    """,
    wrong: "orders | where amount", right: "orders | where amount != 0")

  static let wrongArgumentCount = Explanation(
    "too few or too many arguments",
    """
    Arguments go by position or by name, each parameter once; parameters with a default may be
    left out. `:doc name` shows what a function takes.
    """,
    wrong: "orders | derive r = round()", right: "orders | derive r = round(amount, 2)")

  static let badArgument = Explanation(
    "an argument that does not fit its parameter",
    """
    A parameter says which kind of thing it takes: a value of a type, a column, or a relation.
    A name that the function does not have is refused as well. A text never becomes a column.
    """,
    wrong: "orders | derive l = length(3)", right: "orders | derive l = length(name)")

  static let currencyMismatch = Explanation(
    "two currencies",
    """
    Columns labelled `money(EUR)` and `money(USD)` cannot be added or compared. Multiply one of
    them with a rate first, and label the result.
    """,
    wrong: "orders | label a = money(EUR), b = money(USD) | derive t = a + b",
    right: "orders | derive t = a + b * 0.92 | label t = money(EUR)")

  static let notOrdered = Explanation(
    "values without an order",
    """
    Numbers, texts, dates and durations have an order; lists, records and models have none, so
    they cannot be sorted or compared with `<`. Months and exact durations cannot be compared
    with each other: a month has no fixed length.
    """,
    wrong: "orders | sort [amount]", right: "orders | sort amount")

  static let notARelation = Explanation(
    "a relation is needed",
    """
    Verbs work on relations: what `read` gives, a list of records behind `rows`, or the result of
    another stage. A number or a text has no rows.
    """,
    wrong: "5 | take 1", right: "rows [{n: 5}] | take 1")

  static let notAValue = Explanation(
    "a single value is needed",
    """
    A relation, even of one row and one column, is not a number. `| value` takes its only cell,
    and `| count` counts its rows.
    """,
    wrong: "assert (orders | count by plan) > 0", right: "assert (orders | count) > 0")

  static let notConstant = Explanation(
    "something that must be known before rows are read",
    """
    The shape of a result never depends on the rows. Paths, lists of `pivot`, numbers of `take`,
    titles and seeds are therefore literals, parameters, or computed from those.
    """,
    wrong: "orders | take amount", right: "orders | take 10")

  static let nullableCondition = Explanation(
    "a condition that may be missing",
    """
    A column of conditions can have missing values. Under `where`, `and`, `or`, `not` and `if`
    a missing one counts as false, so `where paid` and `where not paid` together are not all rows.
    Say which is meant.
    """,
    wrong: "orders | where not paid", right: "orders | where not (paid ?? false)")

  static let floatEquality = Explanation(
    "computed floats compared with `==`",
    """
    Floats are approximate: `0.1 + 0.2 == 0.3` is false. Compare with a tolerance, round first, or
    label money so that it is counted exactly.
    """,
    wrong: "orders | where amount * 1.1 == 11.0",
    right: "orders | where abs(amount * 1.1 - 11.0) < 0.001")

}
