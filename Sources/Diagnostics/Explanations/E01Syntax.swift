/// 01: what a program looks like.
extension Explanation {
  static let unexpectedCharacter = Explanation(
    "a character that means nothing here",
    """
    Outside of texts, comments and backquotes a program is made of the letters A to Z, digits and
    a few signs. Typographic quotes, special blanks and long dashes usually come from a word
    processor or a web page. Characters that turn the direction of writing are refused everywhere,
    since a program that holds them can read otherwise than it runs.
    """,
    wrong: "orders | select größe", right: "orders | select `größe`")

  static let unterminatedText = Explanation(
    "a text is not closed",
    """
    A text in plain quotes ends on the line on which it begins; a quote inside of it is written
    `\\"`. A text over several lines stands in three quotes, and the indentation of its last line
    is taken off from every line.
    """,
    wrong: "let city = \"Oslo", right: "let city = \"Oslo\"")

  static let badNumber = Explanation(
    "a number is not written as one",
    """
    A number has digits on both sides of its point, and `_` only between digits. Nothing may touch
    it: a currency is a label of the column, and thousands are written out.
    """,
    wrong: "let price = 10EUR", right: "let price = 10")

  static let badDate = Explanation(
    "a date is not written as one",
    """
    A date begins with `@` and has a year of four digits. With less than a day behind it, it is a
    period: a year, a quarter, a month or a week. A time of day follows a `T`. Days that no
    calendar has are refused, and so is anything that touches the date.
    """,
    wrong: "let until = @2025-02-30",
    right: "let until = @2025-02-28\nlet spring = @2025-Q2\nlet start = @2025-01-31T09:30Z")

  static let badDuration = Explanation(
    "a duration is not clear",
    """
    `5m` could be five minutes or five months, so it is neither. A month is not a number of days
    either: exact durations go up to weeks, and months, quarters and years count by the calendar,
    whole ones only.
    """,
    wrong: "let wait = 5m", right: "let wait = 5min\nlet notice = 5 months")

  static let badEscape = Explanation(
    "a backslash with nothing known behind it",
    """
    The escapes of a text are `\\n`, `\\t`, `\\"`, `\\\\` and `\\u{...}` with the number of a
    character. Patterns are full of backslashes and are best written as raw texts, `r"..."`, in
    which a backslash is just a backslash. `\\u{0}` is refused: no engine keeps a NUL in a text.
    """,
    wrong: "orders | where code ~ \"\\d+\"", right: "orders | where code ~ r\"\\d+\"")

  static let unexpectedToken = Explanation(
    "something stands where it cannot",
    """
    The label below the marked place says what was expected there. Often a pipe, a comma or an
    operator is missing before it, or a line that should go on is not indented deeper than the
    first line of its statement.
    """,
    wrong: "orders | where amount > 10 take 5", right: "orders | where amount > 10 | take 5")

  static let foreignSyntax = Explanation(
    "another language's way to say it",
    """
    Many programs are written with SQL, R or Python in mind. What means something there is
    reported with what Whom says instead: `==` compares, `!=` is inequality, conditions are joined
    with `and` and `or`, a comment starts with `#`, and a relation stands before what is done
    with it.
    """,
    wrong: "orders | where status = \"paid\"", right: "orders | where status == \"paid\"")

  static let unclosedBracket = Explanation(
    "a bracket is never closed",
    """
    Where a bracket is open, lines do not end statements. So when the closing one is missing, the
    mistake is noticed only where the next statement begins. The marked place is the bracket that
    was opened, the second one is where it should have been closed at the latest.
    """,
    wrong: "let net = orders | derive net = (amount - discount\nlet rate = 3",
    right: "let net = orders | derive net = (amount - discount)\nlet rate = 3")

  static let nestingTooDeep = Explanation(
    "brackets in brackets in brackets",
    """
    Expressions and blocks may be nested 256 levels deep, which no hand reaches. Generated
    programs should give inner parts names with `let`.
    """,
    example: """
      let net = orders | derive net = amount - discount
      net | derive tax = net * 0.2, gross = net + tax
      """)

  static let chainedComparison = Explanation(
    "comparisons do not chain",
    """
    `a < b < c` would compare the truth of `a < b` with `c`, which nobody means. Join two
    comparisons with `and`; a closed range is written with `in`.
    """,
    wrong: "orders | where 10 < amount < 20",
    right: "orders | where amount > 10 and amount < 20\norders | where amount in 10..20")

  static let reservedWord = Explanation(
    "a reserved word as a name",
    """
    `and or not in if then else case true false null it` are never names. A column that is called
    like one of them stands in backquotes. All other words of the language may be columns.
    """,
    wrong: "orders | derive case = 3", right: "orders | derive `case` = 3")

  static let repeatedClause = Explanation(
    "a clause stands twice",
    """
    A stage has each of its clauses once. Two keys are written behind one `by`, two conditions of
    a join behind one `on`, with a comma between.
    """,
    wrong: "orders | summarize n = count() by plan by region",
    right: "orders | summarize n = count() by plan, region")

  static let clauseNotHere = Explanation(
    "a clause that does not go with this verb",
    """
    Each verb takes some clauses and refuses the others. `sort` and `rows` inside of a stage order
    the rows within the groups of `by`, so they need one; to order a whole relation there is the
    verb `sort`, behind a pipe of its own.
    """,
    wrong: "orders | select amount sort amount", right: "orders | select amount | sort amount")

  static let notYetAVerb = Explanation(
    "a statement that this build does not have",
    """
    The word begins a statement of the language, and programs with it are read and formatted, but
    this version of Whom cannot run it. `whom --version` says which one it is.
    """,
    example: """
      $ whom --version
      """)
}
