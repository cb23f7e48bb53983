import Diagnostics
import Syntax
import Testing

/// Findings exactly as they are shown.
@Suite struct ErrorSnapshotTests {
  @Test func comparison() {
    #expect(
      Source.render("let paid = orders\n  | where status = \"paid\"\n  | take 5") == """
        error[E0108]: a comparison is written `==`
         --> test.whom:2:18
          |
        2 |   | where status = "paid"
          |                  ^ did you mean `==`?
          |
          = help: `=` gives something a name, `==` compares

        """)
  }

  @Test func unclosed() {
    #expect(
      Source.render("let net = orders | derive net = (a - b\n\nlet rate = 3") == """
        error[E0109]: `(` is never closed
         --> test.whom:1:33
          |
        1 | let net = orders | derive net = (a - b
          |                                 ^ opened here
        ...
        3 | let rate = 3
          | --- `)` is missing before this

        """)
  }

  @Test func missingOn() {
    #expect(
      Source.render("orders\n  | join left customers customer_id") == """
        error[E0107]: `on` is missing before the keys of the join
         --> test.whom:2:25
          |
        2 |   | join left customers customer_id
          |                         ^^^^^^^^^^^ expected `on`
          |
          = help: as in `join customers on customer_id`

        """)
  }

  @Test func missingComma() {
    #expect(
      Source.render("orders | chart line(x = month y = revenue)") == """
        error[E0107]: unexpected `y`
         --> test.whom:1:31
          |
        1 | orders | chart line(x = month y = revenue)
          |                               ^ expected `,` or `)`
          |
          = help: a comma or an operator is missing before this

        """)
  }

  @Test func misspeltVerb() {
    #expect(
      Source.render("orders | sumarize n = count()") == """
        error[E0204]: unknown verb `sumarize`
         --> test.whom:1:10
          |
        1 | orders | sumarize n = count()
          |          ^^^^^^^^ not a verb
          |
          = help: did you mean `summarize`?

        """)
  }

  @Test func glued() {
    #expect(
      Source.render("orders | where price > 10EUR") == """
        error[E0103]: `EUR` is glued to a number
         --> test.whom:1:24
          |
        1 | orders | where price > 10EUR
          |                        ^^^^^ not a number, and not a duration
          |
          = help: write `10`; `label price = money(EUR)` says what a column counts

        """)
  }

  @Test func reserved() {
    #expect(
      Source.render("let in = 5") == """
        error[E0112]: `in` is a reserved word
         --> test.whom:1:5
          |
        1 | let in = 5
          |     ^^ a name is expected here
          |
          = help: write `` `in` `` in backquotes to use it as a name

        """)
  }

  @Test func earlyEnd() {
    #expect(
      Source.render("let total =\n\nlet x = 5 +") == """
        error[E0107]: the line ends too early
         --> test.whom:1:12
          |
        1 | let total =
          |            ^ expected an expression
          |
          = help: a statement goes on in the next line when that line is indented deeper

        error[E0107]: the program ends too early
         --> test.whom:3:12
          |
        3 | let x = 5 +
          |            ^ expected an expression

        """)
  }

  @Test func mismatchedBracket() {
    #expect(
      Source.render("let x = f([1, 2)") == """
        error[E0107]: unexpected `)`
         --> test.whom:1:16
          |
        1 | let x = f([1, 2)
          |                ^ expected `,` or `]`
          |           - `[` opens here

        """)
  }
}
