import Diagnostics
import Syntax
import Testing

/// What is right in another language gets one finding, which says how Whom says it.
@Suite struct ForeignHabitTests {
  @Test(arguments: [
    ("o |> take 5", "`orders | take 5`"), ("o %>% take 5", "`orders | take 5`"),
    ("o | where a <> 1", "`status != "), ("o | where a && b", "`a > 1 and b > 1`"),
    ("o | where a & b", "`a > 1 and b > 1`"),
    ("o | where a || b", "`a > 1 or b > 1`"), ("o | where !a", "`where not paid`"),
    ("o | where a === 1", "`==`"), ("o | where a !== 1", "`!=`"), ("o -- note", "`# like this`"),
    ("// note\no", "`# like this`"), ("/* note */ o", "`# like this`"),
    ("let a = 1;", "line of its own"),
    ("o | derive b = a % 2", "`mod(a, b)`"), ("o | derive b = a%2", "`mod(a, b)`"),
    ("o | where a == 'x'", "`\"x\"`"), ("o | where a == “x”", "`\"paid\"`"),
    ("o | where a = 1", "`==` compares"), ("assert a = 1", "`==` compares"),
    ("o | summarize n = count() where a = 1", "`==` compares"), ("if a = 1 { o }", "`==` compares"),
    ("o | where a IS NULL", "`x == null`"), ("o | where a is not null", "`x == null`"),
    ("o | where a LIKE \"x%\"", "matches a pattern"),
    ("o | where a between 1 and 2", "`a in 1..2`"),
    ("o | where a AND b", "write `and`"), ("o | where a in (1, 2)", "`plan in ["),
    ("o | sort a desc", "`-a`"), ("o | sort a asc, b", "`sort name`"),
    ("o | order by a", "`sort` orders rows"), ("o | group by a", "`by`"),
    ("o | group by a | summarize n = count()", "`by`"),
    ("o | summarize n = count(*)", "`count()` counts rows"), ("df[0]", "`where` picks rows"),
    ("o | derive b = a[0]", "`where` picks rows"), ("x = 5", "`let x = ...`"),
    ("x <- 5", "`let x = ...`"), ("x := 5", "`let limit = 10`"), ("let x := 5", "`let limit = 10`"),
    ("o | filter a > 1", "`where` keeps rows"), ("o | mutate b = a", "`derive` adds columns"),
    ("o | limit 10", "`take` keeps"), ("o | summarise n = count()", "`summarize`"),
    ("def f(x): return x", "`fn margin"), ("import pandas as pd", "`use rfm`"),
    ("function f(x) { x }", "`fn margin"), ("var x = 5", "`let limit = 10`"),
    ("from orders", "`orders | take 5`"), ("SELECT * FROM t", "`orders | where"),
    ("select a, b\nfrom t\nwhere x = 1\norder by a", "`orders | where"),
    ("with x as (select 1) select * from x", "`let paid"), ("o | derive b = a ? 1 : 2", "`if paid"),
    ("o | derive b = a ** 2", "`x ^ 2`"), ("o | derive b = x--1", "`x - -1`"),
    ("case { a => 1, else => 2 }", "`case {"), ("let x = case when a then 1 else 2 end", "`case {"),
    ("let x = case { when a -> 1, else -> 2 }", "`case {"), ("let x = {\"a\": 1}", "`{a: 1}`"),
    ("o | inner_join c", "write `join`"), ("o | join outer c on a", "inner join"),
    ("where a > 1", "`orders | where ...`"), ("o | where a =~ \"x\"", "`name ~ r"),
    ("o | take $n days", "`$n * 1 day`"), ("let x: int = 5", "`param limit: int = 10`"),
    ("fn f(x) -> int = x", "`fn margin"), ("o | where größe > 1", "`` `größe` ``"),
    ("param r: text = \"a\" in [\"a\"]", "`param region: text in ["),
    ("o | where a > 1 take 5", "`| take`"),
    ("param r text = 1", "`param region: text"), ("o | save out/x.csv", "in quotes"),
    ("if $n > 0\n  o", "in braces"), ("let d = @2025-01-31 09:30", "`@2025-01-31T09:30`"),
    ("o | where a > 1 b", "is missing before this"), ("o | take 5, 6", ""),
    ("o | where a > 1, b > 2", "`where a > 1 and b < 2`"),
  ])
  func teaches(_ program: String, _ fix: String) {
    let tree = Source.parse(program)
    let arrows = program.contains("=>")
    #expect(tree.diagnostics.count == (arrows ? 2 : 1), "\(Source.render(program))")
    guard !fix.isEmpty else { return }
    let help = tree.diagnostics.first?.help.joined(separator: " ") ?? ""
    #expect(help.contains(fix), "\(Source.render(program))")
  }

  /// Good programs that look a little like another language.
  @Test(arguments: [
    "o | where a < -1", "let select = 1", "from | take 5", "def | select import", "print(orders)",
    "o | derive b = a // 2", "o | group(x)", "let x = 5%..10%", "o | sort -a", "`x` | take 5",
    "o | derive is = 1, like = 2, desc = 3", "o | order_by(a)", "set(a)",
  ])
  func staysSilent(_ program: String) {
    #expect(Source.render(program) == "")
  }

  @Test func hiddenDirectionsAreReported() {
    for program in ["let a = \"x\u{202E}y\"", "# note \u{2066}\nlet a = 1", "let `a\u{202D}` = 1"] {
      let titles = Source.titles(program)
      #expect(titles == ["an invisible character that changes the direction of the text"])
    }
    #expect(Source.titles("let a = \u{202E}1").count == 1)
    #expect(!Source.render("let a = \"x\u{202E}y\"").contains("\u{202E}"))
  }
}
