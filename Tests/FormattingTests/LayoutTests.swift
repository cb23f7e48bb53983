import Diagnostics
import Formatting
import Notebooks
import Syntax
import Testing

/// Layouts as they are shown; what goes in, what comes out.
@Suite("Layouts")
struct LayoutTests {
  @Test(
    "Blanks",
    arguments: [
      ("let   x=1+2 *-3", "let x = 1 + 2 * -3"),
      ("x|where a>1 and not b<=-2", "x | where a > 1 and not b <= -2"),
      ("x | summarize n=count( ),m = mean( a )", "x | summarize n = count(), m = mean(a)"),
      ("let r = {a:1,b : \"x\"}", "let r = {a: 1, b: \"x\"}"),
      ("let l = [ 1,2 , 3 ]", "let l = [1, 2, 3]"),
      (
        "fn f ( a:column<number>,b : list< text >?=null )=a*2",
        "fn f(a: column<number>, b: list<text>? = null) = a * 2"
      ),
      (
        "x | derive c = sum(a) by k sort -t rows ..0",
        "x | derive c = sum(a) by k sort -t rows ..0"
      ),
      ("x | where a in 1 .. 3", "x | where a in 1..3"),
      ("x|join left(y|take 1)on k", "x | join left (y | take 1) on k"),
      ("x | train y~.-z using logistic ( )", "x | train y ~ . - z using logistic()"),
      ("let z = case{a>1->2,else->3}", "let z = case { a > 1 -> 2, else -> 3 }"),
      ("param p:float in 0%..30%=9%", "param p: float in 0%..30% = 9%"),
      ("x | label m = money ( EUR )", "x | label m = money(EUR)"),
      ("let y = x . train", "let y = x.train"),
    ])
  func blanks(_ before: String, _ after: String) throws {
    #expect(try formatted(before) == after + "\n")
  }

  /// Found by fuzzing.
  @Test("Windows line ends around comments")
  func windowsLineEnds() throws {
    #expect(try formatted("## d\r\nread \"a\"|where x\r\n") == "## d\nread \"a\" | where x\n")
    #expect(try formatted("#\r\nlet x=1") == "#\nlet x = 1\n")
  }

  @Test("A stage on a line of its own asks for one for each")
  func stages() throws {
    #expect(
      try formatted("let a = x | take 5 |\n  sort b\nx | take 1\n| show") == """
        let a = x
          | take 5
          | sort b
        x
        | take 1
        | show

        """)
  }

  @Test("A line that is too long is broken at its pipes, then at its items")
  func longLines() throws {
    let items = (1...9).map { "column_\($0) = amount * \($0)" }.joined(separator: ", ")
    #expect(
      try formatted("let a = x | where b > 1 | derive \(items) by k sort t") == """
        let a = x
          | where b > 1
          | derive
              column_1 = amount * 1,
              column_2 = amount * 2,
              column_3 = amount * 3,
              column_4 = amount * 4,
              column_5 = amount * 5,
              column_6 = amount * 6,
              column_7 = amount * 7,
              column_8 = amount * 8,
              column_9 = amount * 9
            by k sort t

        """)
  }

  @Test(
    "A line that is still too long is broken from the outside to the inside",
    arguments: [
      (
        "let churned = customers | train churned ~ tenure + monthly_fee + contract + payment_method "
          + "+ calls using boosted_trees(rounds = 300) folds 5 seed 42",
        """
        let churned = customers
          | train churned ~ tenure + monthly_fee + contract + payment_method + calls
              using boosted_trees(rounds = 300)
              folds 5
              seed 42
        """
      ),
      (
        "x | where (status == \"paid\" or status == \"sent\") and amount > 100 "
          + "and region in [\"EMEA\", \"AMER\"] and customer_id != null",
        """
        x
        | where (status == "paid" or status == "sent")
            and amount > 100
            and region in ["EMEA", "AMER"]
            and customer_id != null
        """
      ),
      (
        "let x = if $first_condition_of_all > 100 then \"the first answer\" "
          + "else if $second_condition > 50 then \"the second answer\" else \"none of the answers\"",
        """
        let x = if $first_condition_of_all > 100 then "the first answer"
          else if $second_condition > 50 then "the second answer"
          else "none of the answers"
        """
      ),
      (
        "let names = [\"alpha\", \"bravo\", \"charlie\", \"delta\", \"echo\", \"foxtrot\", "
          + "\"golf\", \"hotel\", \"india\", \"juliett\", \"kilo\"]",
        """
        let names = [
          "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett",
          "kilo"
        ]
        """
      ),
      (
        "x | chart line(x = month, y = revenue, color = region, "
          + "title = \"Revenue of each region by month in the year of 2025\")",
        """
        x
        | chart line(
            x = month,
            y = revenue,
            color = region,
            title = "Revenue of each region by month in the year of 2025"
          )
        """
      ),
      (
        "x | derive tier = case { amount > 1000 -> \"gold\", amount > 500 -> \"silver\", "
          + "amount > 100 -> \"bronze\", else -> \"basic\" }",
        """
        x
        | derive tier = case {
            amount > 1000 -> "gold",
            amount > 500  -> "silver",
            amount > 100  -> "bronze",
            else          -> "basic"
          }
        """
      ),
    ])
  func wrapped(_ before: String, _ after: String) throws {
    #expect(try formatted(before) == after + "\n")
    #expect(try formatted(after) == after + "\n")
  }

  @Test("Only what cannot be broken is wider than a page")
  func narrow() throws {
    for program in Programs.corpus where Parser.parse(file(program.text)).diagnostics.isEmpty {
      for line in try formatted(program.text).split(separator: "\n") where line.count > 100 {
        #expect(
          line.contains("\"") || line.contains("#") || line.contains("@"),
          "\(program.name): \(line)")
      }
    }
  }

  @Test("Arms and rows stand in columns")
  func columns() throws {
    #expect(
      try formatted(
        "x | derive t = case {\n r >= 4 -> \"a\",\n else -> \"b\" }\n"
          + "let y = rows [\n{a: 1, b: 2},\n{a: 1000, b: 3}]") == """
          x | derive t = case {
            r >= 4 -> "a",
            else   -> "b"
          }
          let y = rows [
            {a: 1,    b: 2},
            {a: 1000, b: 3}
          ]

          """)
  }

  @Test("Comments stay where they speak, and in columns")
  func comments() throws {
    #expect(
      try formatted(
        "param a: int = 1   ## first\nparam bcd: int = 2 ## second\n\n\n\n# alone\nx |  # of x\n  # above\n take 5"
      ) == """
        param a: int = 1    ## first
        param bcd: int = 2  ## second

        # alone
        x    # of x
        # above
        | take 5

        """)
  }

  @Test("Blocks")
  func blocks() throws {
    #expect(
      try formatted(
        "if $n>0 {\nx|take 1\n} else { for r in [1] { x\n} }\nfn f(a) {\nlet b = a\nb+1 }")
          == """
          if $n > 0 {
            x | take 1
          } else {
            for r in [1] {
              x
            }
          }
          fn f(a) {
            let b = a
            b + 1
          }

          """)
  }

  @Test("A program with a mistake is refused")
  func mistakes() {
    #expect(throws: SourceFormatter.Failure.self) { try formatted("x | take (5") }
  }

  @Test("Of a notebook only the cells change")
  func notebook() throws {
    let text = """
      ---
      title:   Orders
      ---
      Prose  with  *blanks*,  {= x|count =}.

      ```whom #a
      #| caption: As it is
      let x=rows [{n:1}]
      ```

      ```sql
      select   1
      ```

      ~~~whom #b
      let y=2
      ~~~

      """
    let result = try NotebookFormatter.format(SourceFile(id: FileID(0), name: "n.md", text: text))
    let expected = text.replacing("let x=rows [{n:1}]", with: "let x = rows [{n: 1}]")
    #expect(result == expected.replacing("let y=2", with: "let y = 2"))
  }

  @Test("Lines of a notebook end as they did")
  func carriageReturns() throws {
    let text = "Prose.\r\n\r\n```whom\r\nlet x=1\r\n```\r\n"
    let result = try NotebookFormatter.format(SourceFile(id: FileID(0), name: "n.md", text: text))
    #expect(result == "Prose.\r\n\r\n```whom\r\nlet x = 1\r\n```\r\n")
  }

  @Test("A cell that the end of the file cuts off stays as it is")
  func openFence() throws {
    let text = "```whom\nlet x=1\n```\n\n```whom\n#|\n\n##"
    let result = try NotebookFormatter.format(SourceFile(id: FileID(0), name: "n.md", text: text))
    #expect(result == text.replacing("x=1", with: "x = 1"))
  }

  @Test("The notebooks of the project are laid out", arguments: Programs.notebooks)
  func notebooks(_ notebook: Programs.Program) throws {
    let source = SourceFile(id: FileID(0), name: notebook.name, text: notebook.text)
    #expect(try NotebookFormatter.format(source) == notebook.text)
  }
}
