/// 08: notebooks and parameters, and what should never happen.
extension Explanation {
  static let badNotebook = Explanation(
    "a notebook that cannot be read",
    """
    A notebook is Markdown with cells fenced as `whom`, and front matter between two lines `---`.
    A fence that is never closed, two cells of one name or front matter that is not a list of
    keys and values make it unreadable. Nothing has run.
    """,
    example: """
      ---
      title: Orders
      ---

      ```whom #orders
      read "data/orders.csv" | take 5
      ```
      """)

  static let unknownOption = Explanation(
    "an option that is not known",
    """
    The keys of the front matter and of a cell's `#|` lines are a fixed set, so that a misspelt one
    does not pass in silence.
    """,
    example: """
      ```whom #orders
      #| captoin: Orders of June      there is no captoin
      #| caption: Orders of June      this is meant
      orders
      ```
      """)

  static let unknownParameter = Explanation(
    "a parameter that the program does not have",
    """
    `--set name=value`, a parameter file and the environment may set the `param`s of a program and
    nothing else.
    """,
    right: "param region: text = \"EMEA\"")

  static let badParameter = Explanation(
    "a value that does not fit its parameter",
    """
    The value is read as the type of the `param`: a date as 2025-06-30, a number with a point, a
    share as 15%, a list in brackets.
    """,
    right: "param until: date = @2025-06-30")

  static let parameterOutsideDomain = Explanation(
    "a value that the parameter does not allow",
    """
    Behind `in` a `param` lists the values it takes, or the range they lie in; the default has to
    be one of them too.
    """,
    wrong: "param months: int in 3..24 = 36", right: "param months: int in 3..24 = 12")

  static let badSetting = Explanation(
    "a setting that cannot be used",
    """
    Settings stand in `whom.toml`, in the folder of the program or in one above it, in the front
    matter of a notebook, in the environment, or behind the command. The later ones of this list
    count. A file of settings that cannot be read stops every program below it, so that none runs
    with others than were meant.
    """,
    example: """
      zone = Europe/Zurich            a text stands in quotes
      zone = "Europe/Zurich"          this is meant
      """)

  static let internalError = Explanation(
    "a defect of Whom",
    """
    Something happened that should be impossible, whatever the program says. Please report it with
    the program that led to it; no result was written.
    """,
    example: """
      $ whom --version
      says which version to name in the report.
      """)
}
