/// 07: running.
extension Explanation {
  static let conversionFailed = Explanation(
    "a value that cannot be converted",
    """
    `int(x)`, `float(x)`, `date(x)` and the like stop at a value that is none, and show one.
    `try_int(x)` and its siblings give a missing value there instead.
    """,
    wrong: "orders | derive n = int(code)", right: "orders | derive n = try_int(code)")

  static let overflow = Explanation(
    "a number that became too large",
    """
    An int has 64 bits and a decimal 38 digits; a result beyond that is an error and never wraps
    around. Convert one operand with `float(x)` where an approximate result will do.
    """,
    wrong: "rows [{n: 9_000_000_000_000_000_000}] | derive m = n * 10",
    right: "rows [{n: 9_000_000_000_000_000_000}] | derive m = float(n) * 10")

  static let engineMissing = Explanation(
    "the engine was not found",
    """
    Queries run in an engine that is installed beside Whom. `whom doctor` says where it was looked
    for and how to get it; nothing is downloaded while a program runs.
    """,
    example: """
      $ whom doctor
      """)

  static let engineFailed = Explanation(
    "the engine refused a query",
    """
    The query passed all checks and the engine refused it nevertheless. The message names the
    stage, and the engine's own words stand below. Where the data is not the reason this is a
    defect of Whom: please report it with the program.
    """,
    example: """
      $ whom sql report.whom
      shows what was asked of the engine.
      """)

  static let notOnEngine = Explanation(
    "something that an engine does not have",
    """
    With `--engine` queries run on a server. What the language says means the same there; the few
    things that the server has no way to do are refused rather than done otherwise: lists of lists, and
    patterns of which it finds another part of a text (`Mr|Mrs`, of which Whom takes the first branch
    that matches and PostgreSQL the longest; lazy beside greedy; groups that are repeated).
    """,
    example: """
      $ whom report.whom --engine postgresql://reader@warehouse/sales
      fetch the rows with `save`, and read the file without `--engine`.
      """)

  static let serverUnreachable = Explanation(
    "no connection to the server",
    """
    `--engine` names a server, and it did not answer or refused the user. The reason below is the
    server's or the network's. The address is not repeated, because it may hold a password.
    """,
    example: """
      $ whom report.whom --engine postgresql://reader@warehouse/sales
      the password may stand in PGPASSWORD or in ~/.pgpass.
      """)

  static let cancelled = Explanation(
    "the run was stopped",
    """
    The run was interrupted. What was written before is complete, what was about to be written is
    not there.
    """,
    example: """
      $ whom run report.md
      ^C
      The exit code is 130; reports of an earlier run are still there.
      """)

  static let valueNotSingle = Explanation(
    "not exactly one value",
    """
    `| value` takes the only cell of a relation of one row; `only(x)` the only distinct value of a
    group. There were several; of none the value is missing, as its type says. Fold the rows first,
    with `summarize` or `take 1`.
    """,
    wrong: "orders | select amount | value", right: "orders | summarize sum(amount) | value")

  static let expectationFailed = Explanation(
    "a check on the data failed",
    """
    `expect` says what must hold for every row, or for a share of them behind `for`. The message
    counts the rows that do not hold. `else warn` goes on, `else quarantine "bad.parquet"` sets
    the rows aside. A missing value does not satisfy a comparison.
    """,
    right: "orders | expect amount >= 0, email != null for 99% else warn")

  static let expectationWarning = Explanation(
    "a check on the data failed, and the program goes on",
    """
    The stage says `else warn` or `else quarantine`. With `warn` all rows go on; with `quarantine`
    those that fail are in the file that it names, and the others go on. Without either the
    program stops at such a check.
    """,
    right: "orders | expect amount >= 0 else quarantine \"out/bad_orders.csv\"")

  static let rowsDropped = Explanation(
    "a join drops rows",
    """
    `join` alone is the inner join: a row without a match is gone, and every sum behind it is
    smaller. More than one row of a hundred went that way. `join left` keeps them, with missing
    values; `join inner` says that only rows with a match are wanted. Where what is joined is
    filtered in the program, that is taken as meant. Rows are counted where reading them again
    costs little: in files up to 8 MB (Parquet 64 MB), else among the first 100,000 rows if what
    is joined is small; `:time` counts them always.
    """,
    wrong: "orders | join visits on customer_id", right: "orders | join inner visits on customer_id"
  )

  static let valuesLeftOut = Explanation(
    "a pivot leaves rows out",
    """
    The columns of `pivot` are those of its list. Rows with another value, or with none, are in no
    column: the sums of the table are not those of the relation. Add the values to the list, or
    filter the rows before if only these are wanted.
    """,
    wrong: "orders | pivot count() across status in [\"paid\"]",
    right: "orders | where status == \"paid\" | pivot count() across status in [\"paid\"]")

  static let assertionFailed = Explanation(
    "an assertion does not hold",
    """
    `assert` compares single values while the program runs. Behind the comma stands what is said
    when it fails.
    """,
    right: "assert (orders | count) > 0, \"no orders at all\"")

  static let timedOut = Explanation(
    "it took too long",
    """
    The cell or the run has a limit, in the notebook's front matter or on the command line, and
    was stopped when it was reached.
    """,
    example: """
      ```whom #slow
      #| timeout: 5m
      orders | join many touches on customer_id
      ```
      """)

}
