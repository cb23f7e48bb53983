import Diagnostics
import Syntax
import Testing

/// Expected values are counted by hand or with a calendar, in the units of the tree: days since
/// 1970, microseconds, months.
@Suite struct LiteralTests {
  @Test(arguments: [
    ("42", "42"), ("1_000_000", "1000000"), ("3.14", "3.14"), ("1e-6", "1e-06"), ("2E3", "2000.0"),
    ("007", "7"), ("15%", "15%"), ("99.5%", "99.5%"),
    ("9223372036854775807", "9223372036854775807"),
    ("1..12", "(.. 1 12)"), ("-6..0", "(.. (neg 6) 0)"), ("x - -1", "(sum x -(neg 1))"),
  ])
  func numbers(_ written: String, _ tree: String) {
    #expect(Source.dump("let x = " + written) == "(let x \(tree))")
  }

  @Test(arguments: [
    ("250ms", "250000us"), ("30s", "30000000us"), ("15min", "900000000us"),
    ("12h", "43200000000us"),
    ("30d", "2592000000000us"), ("2w", "1209600000000us"), ("3mo", "3mo"), ("2q", "6mo"),
    ("1y", "12mo"), ("1 day", "86400000000us"), ("90 minutes", "5400000000us"),
    ("1.5 hours", "5400000000us"), ("1 quarter", "3mo"), ("2 years", "24mo"),
    ("-30 days", "(neg 2592000000000us)"),
  ])
  func durations(_ written: String, _ tree: String) {
    #expect(Source.dump("let x = " + written) == "(let x \(tree))")
  }

  /// `days` is a name wherever no number stands before it.
  @Test func unitWordsAreNames() {
    #expect(Source.dump("o | where days > 30 days") == "(pipe o (where (> days 2592000000000us)))")
    #expect(
      Source.dump("o | where days(a - b) > 3") == "(pipe o (where (> (call days (sum a -b)) 3)))")
    #expect(Source.dump("let x = 10\ndays | take 5") == "(let x 10)\n(pipe days (take 5))")
  }

  @Test(arguments: [
    ("@1970-01-01", "@0"), ("@2000-03-01", "@11017"), ("@2025-01-31", "@20119"),
    ("@1969-12-31", "@-1"), ("@2024-02-29", "@19782"), ("@2025", "@20089..<20454"),
    ("@2025-Q1", "@20089..<20179"), ("@2025-03", "@20148..<20179"), ("@2025-W01", "@20087..<20094"),
    ("@2026-W53", "@20815..<20822"), ("@1970-01-01T00:01", "@60000000us"),
    ("@1970-01-01T00:00:01.5", "@1500000us"), ("@1970-01-01T01:00+01:00", "@0us"),
    ("@1970-01-01T00:00-02:30", "@9000000000us"), ("@1970-01-01T00:00:00.000001Z", "@1us"),
    ("@2025-01-31 - 3 days", "(sum @20119 -259200000000us)"),
    ("@2025-01-01..@2025-01-31", "(.. @20089 @20119)"),
  ])
  func dates(_ written: String, _ tree: String) {
    #expect(Source.dump("let x = " + written) == "(let x \(tree))")
  }

  @Test(arguments: [
    (#""a\n\t\"\\\u{E9}""#, #""a\n\t\"\\é""#), (#"r"\d+""#, #""\\d+""#), (#""""#, #""""#),
    (#"f"{a} and {b:,.2f} {{}}""#, #"(text (hole a) " and " (hole b ",.2f") " {}")"#),
    (#"f"{at:%H:%M}""#, #"(text (hole at "%H:%M"))"#),
    (
      #"f"{if a == "x" then f"{b}" else "}"}""#,
      #"(text (hole (if (-> (== a "x") (text (hole b))) (else "}"))))"#
    ),
    (#"f"{ {a: 1} }""#, #"(text (hole (record (: a 1))))"#),
    (#"f"{(orders | count)}""#, #"(text (hole (pipe orders (apply count))))"#),
    (
      #"sql "select * from {orders | take 5} where a = '{{'""#,
      #"(sql (text "select * from " (relation (pipe orders (take 5))) " where a = '{'"))"#
    ),
    ("\"\"\"\n    a\n      \"b\"\n    \"\"\"", #""a\n  \"b\"""#),
    ("\"\"\"one line\"\"\"", #""one line""#), ("r\"\"\"\n  \\d\n  \"\"\"", #""\\d""#),
    ("f\"\"\"\n  {a}\n  b\n  \"\"\"", #"(text (hole a) "\nb")"#),
  ])
  func texts(_ written: String, _ tree: String) {
    #expect(Source.dump("let x = " + written) == "(let x \(tree))")
  }

  /// A hole's tokens point into the file.
  @Test func holesKnowTheirPlace() {
    let shown = Source.render(#"o | derive a = f"{x} {y +}""#)
    #expect(
      shown == """
        error[E0107]: the program ends too early
         --> test.whom:1:26
          |
        1 | o | derive a = f"{x} {y +}"
          |                          ^ expected an expression

        """)
  }

  @Test(arguments: [
    ("5m", "`5m` could be minutes or months"), ("10EUR", "`EUR` is glued to a number"),
    ("10k", "`k` is glued to a number"), ("0x1F", "`x1F` is glued to a number"),
    ("1_", "`_` is glued to a number"), ("1.5h", "`h` is glued to a number"),
    ("$9.99", "an amount of money is a plain number"), ("1.", "a number does not end with a point"),
    (".5", "a number does not start with a point"), ("1e999", "the number is too large"),
    ("9223372036854775808", "the number is too large"),
    ("1.5 months", "there is no part of a month"),
    ("@2025-02-29", "`@2025-02-29` is not a date"), ("@2025-13", "`@2025-13` is not a date"),
    ("@2025-W53", "`@2025-W53` is not a date"), ("@2025-Q5", "`@2025-Q5` is not a date"),
    ("@2025-01-31x", "`@2025-01-31x` is not a date"),
    ("@2025-01-31-x", "`@2025-01-31-x` is not a date"), ("@today", "`@today` is not a date"),
    ("@2025-01-31T25:00", "`@2025-01-31T25:00` is not a date"),
    ("@2025-1-1", "`@2025-1-1` is not a date"), (#""\d""#, #"unknown escape `\d`"#),
    (#""\u{110000}""#, "this is no character"), (#""abc"#, "this text is not closed on its line"),
    ("\"\"\"abc", "this text is never closed"), ("`abc", "this name is not closed on its line"),
    ("``", "an empty name"), ("$", "`$` without a name"), (#"f"{}""#, "nothing between the braces"),
    (#"f"{a""#, "`{` is never closed"), (#"sql f"{a}""#, "`sql` takes no `f` text"),
    ("\"a\u{0}b\"", "an invisible control character in a text"),
  ])
  func refusals(_ written: String, _ title: String) {
    #expect(Source.titles("let x = \(written)\nlet y = 2") == [title])
  }
}
