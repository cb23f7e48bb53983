import Values

extension Topic {
  /// A page for each type; which they are is `DataType`'s to say.
  package static let types: [Topic] = [
    Topic(
      "bool", .types, "true or false",
      """
      What a condition is. A comparison gives `true` or `false` and never null; only data can be
      missing. A `bool?` as a condition counts as false where it is null, with a warning.
      """,
      examples: ["3 > 2 and not (1 == 2)", "null == null", "null > 1"]),
    Topic(
      "int", .types, "a whole number of 64 bits",
      """
      From -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807. A result beyond them is an error,
      never another number. `_` may stand between digits. `/` gives a float, `//` rounds down to a
      whole number.
      """,
      examples: ["1_000_000 * 3", "7 / 2", "-7 // 2"]),
    Topic(
      "float", .types, "a number with a point, in 64 bits",
      """
      About 15 digits, as on every machine. There is no NaN and no infinity: what has no finite value
      is null. The sum of floats does not depend on the order of rows. A number with `%` is a float.
      A sum near 1e308 that leaves the range on its way is null, on PostgreSQL an error (E0702).
      """,
      examples: ["0.1 + 0.2", "1 / 0", "15% * 200"]),
    Topic(
      "decimal", .types, "an exact number with a fixed count of digits behind the point",
      """
      `decimal(12, 2)` has 12 digits in all, two of them behind the point; at most 38 in all. Sums and
      products are exact. A column becomes one by `types = {price: "decimal(12, 2)"}` in `read`, or by
      the label `money`.
      """,
      examples: ["orders | label amount = money(EUR) | summarize third = sum(amount) * 3"]),
    Topic(
      "text", .types, "characters",
      """
      Compared, sorted and grouped by code point, capital letters before small ones, the same on every
      engine. Texts are put together with `f"..."`, never with `+`. No text of a program holds a NUL; one
      in a file is kept, shown as `␀`, and warned of.
      """,
      examples: [
        "\"Zoe\" < \"anna\"", "f\"{3} for {2 * 1.5:.2f}\"", "r\"\\d+\"", "\"tab\\tquote\\\"\"",
      ]),
    Topic(
      "date", .types, "a day of the calendar",
      """
      A date minus a date is a duration, a date plus a duration a timestamp or a date. Months are added
      by the calendar and stay within the month: 31 January plus a month is 28 February.
      Before 4713 BC PostgreSQL has no days: what leads there is an error (E0701).
      """,
      examples: ["@2025-03-01 - @2025-02-01", "@2025-01-31 + 1 month", "@2025-01-31 + 30 days"]),
    Topic(
      "timestamp", .types, "an instant, in microseconds",
      """
      In UTC; what is written without a zone is taken for the run's zone, which is UTC where no
      setting says another (`whom doc settings`). Against a date it is compared as its day, so
      `at <= @2025-06-30` includes that whole day.
      """,
      examples: [
        "@2025-06-30T22:15", "@2025-06-30T22:15+02:00", "@2025-06-30T22:15 <= @2025-06-30",
      ]),
    Topic(
      "duration", .types, "an exact length of time",
      """
      Milliseconds to weeks, written `30 days`, `90min` or `2h`. Divided by another duration it is a
      number; `days(d)` and `hours(d)` count whole ones.
      """,
      examples: ["36 hours", "36 hours / 1 day", "days(36 hours)"]),
    Topic(
      "months", .types, "an amount of the calendar",
      """
      Months, quarters and years, whole ones. A month is not a number of days, so a duration and months
      are two types, and a month is added only to a date or a timestamp.
      """,
      examples: ["1 quarter + 1 month", "@2024-02-29 + 1 year"]),
    Topic(
      "period", .types, "the days from one up to before another",
      """
      A year, a quarter, a month or a week after `@`. `in` asks whether a date or a timestamp lies in
      it; the day that follows it does not.
      """,
      examples: ["@2025-Q1", "@2025-03-31T23:59 in @2025-Q1", "@2025-04-01 in @2025-Q1"]),
    Topic(
      "list", .types, "values of one type in an order",
      """
      `list<text>` and so on. `in` asks for membership, `unnest` makes rows of it, the aggregate `list`
      makes one of rows.
      """,
      examples: ["[1, 2.5, 3]", "\"b\" in [\"a\", \"b\"]", "length([3, 5])"]),
    Topic(
      "record", .types, "named values together",
      """
      A field is taken with a point. A relation made of `rows [...]` is written as records, one a row.
      """,
      examples: ["{name: \"Ann\", age: 34}", "{name: \"Ann\", age: 34}.age"]),
    Topic(
      "json", .types, "a value whose shape is not known before it is read",
      """
      Comes from JSON files whose rows differ; it can be passed on, shown and saved. `types` in `read`
      gives such a column a type.
      """),
    Topic(
      "null", .types, "a value that is missing",
      """
      A type with a question mark, as `text?`, may be missing; every column of a file is such a one.
      Arithmetic with null is null. `==` and `!=` take null for a value, an order with it is false,
      aggregates pass it over. `??` puts something in its place; `where x != null` takes the question
      mark away. Nulls come last in every order and are one group.
      """,
      examples: [
        "1 + null", "null ?? 5", "null == 5", "null != 5",
        "orders | where region != \"EMEA\" | select order_id, region",
      ]),
  ]
}
