import Foundation
import Testing

/// Texts of other people in names and cells of a file, wherever they leave the program. What is
/// expected was written by hand; a file of `=cmd|...` is from OWASP's page on CSV injection.
@Suite("Hostile text")
struct HostileTextTests {
  private let whom = Program()
  private static let texts = [
    "<script>alert(1)</script>", "\"quoted\" 'it'", "a\u{1B}[31mred", "\u{202E}olleh", "👩‍👩‍👧",
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "]]>", "a\u{2028}b",
    "\u{85}next", "nul\0nul", "](javascript:alert(1))",
  ]
  private static let name = "<b>\u{202E}x\u{1B}[2J"

  init() throws {
    let quoted = { (text: String) in "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let rows = Self.texts.enumerated().map { "\($0),\(quoted($1)),\(quoted($1))\n" }
    try whom.folder.write("h.csv", "n,\(quoted(Self.name)),=t\n" + rows.joined())
  }

  /// What a terminal would obey, or show in another order than it is written.
  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 10: true
      case 0..<32, 127..<160, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
  }

  @Test(
    "Tables, charts and findings on a terminal",
    arguments: [
      "", "| describe", "| chart bar(x = `=t`, y = n)", "| count by `=t`", "| where x > 1",
      "| derive z = int(`=t`)", "| expect `=t` == \"x\"", "| select `=T`",
      "| pivot count() across `=t` in [\"a\", \"b\"]", "| join (read \"h.csv\") on `=t`",
      "| unpivot columns(\"*x*\") as k, v", "| save \"out/h.parquet\" | join read(\"h.csv\") on n",
    ])
  func terminal(stages: String) throws {
    for format in ["table", "markdown"] {
      let run = try whom("-c", "read \"h.csv\" \(stages)", "--format", format)
      #expect(isHarmless(run.output), "\(run.output.debugDescription)")
      #expect(isHarmless(run.errors), "\(run.errors.debugDescription)")
      #expect(!(run.output + run.errors).isEmpty)
    }
  }

  @Test("Names of columns in the hints of a finding")
  func hints() throws {
    let run = try whom("-c", "read \"h.csv\" | select nn")
    #expect(run.code == 2 && isHarmless(run.errors))
    #expect(run.errors.contains("<b>\\u{202E}x␛[2J"), "\(run.errors)")
  }

  @Test("A name of a file, of a notebook and of a parameter in a finding")
  func otherNames() throws {
    for arguments in [
      ["check", "a\u{1B}[2J\u{202E}.whom"], ["run", "a\u{1B}[2J\u{202E}.md"],
      ["-c", "read \"\u{5D0}\\u{1b}[2J.csv\""], ["-c", "1", "--set", "a\u{1B}[2J=1"],
      ["-c", "1", "--format", "x\u{1B}[2J"], ["explain", "\u{1B}[2J"], ["doc", "\u{202E}sum"],
      ["\u{1B}[2Jrun"],
    ] {
      let run = try whom.start(arguments).result()
      #expect(run.code != 0 && isHarmless(run.errors + run.output), "\(arguments) \(run.errors)")
    }
  }

  @Test("The report: no element of theirs, and no formula in what is downloaded")
  func report() throws {
    let cells = ["read \"h.csv\"", "read \"h.csv\" | chart bar(x = `=t`, y = n)"]
    try whom.folder.write(
      "n.md", "# T\n\n" + cells.map { "```whom\n\($0)\n```\n\n" }.joined())
    let run = try whom("run", "n.md", "-o", "out")
    #expect(run.code == 0, "\(run.errors)")
    let page = try whom.folder.read("out/n.html")
    #expect(!page.contains("<script") && !page.contains("<b>") && !page.contains("\u{1B}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    let links = page.matches(of: /href="data:text\/csv;charset=utf-8,([^"]*)"/)
    let file = try #require(links.first.flatMap { String($0.output.1).removingPercentEncoding })
    #expect(
      file.hasPrefix("n,\"<b>\u{202E}x\u{1B}[2J\",'=t\n"), "\(file.prefix(60).debugDescription)")
    for start in ["=cmd", "+1", "-1", "@SUM", "\t=1", "\r=1"] {
      #expect(file.contains("'\(start)"), "\(start) in \(file.debugDescription)")
      #expect(!file.contains(",\(start)") && !file.contains(",\"\(start)"))
    }
  }

  @Test("A pattern, a title and a caption are texts too")
  func words() throws {
    try whom.folder.write(
      "n.md",
      "# <script>alert(1)</script>\n\n```whom\n#| caption: \"<script>x</script>\"\n"
        + "rows [{a: 1}] | show \"<script>\\u{1b}[2J\\u{202e}\"\n```\n")
    let run = try whom("run", "n.md", "-o", "out")
    #expect(run.code == 0 && isHarmless(run.errors + run.output), "\(run.errors)")
    let page = try whom.folder.read("out/n.html")
    #expect(!page.contains("<script") && !page.contains("\u{1B}"))
  }

  @Test("Features of a model: tables, reasons, the card, the report")
  func features() throws {
    let (a, b) = ("a\u{202E}x", "b\u{1B}[2J<script>")
    let words = ["<b>", "=1+1", "x\u{202E}y"]
    let rows = (0..<60).map { "\($0 % 7),\($0),\(words[$0 % 3])\n" }
    try whom.folder.write("m.csv", "y,\(a),\(b)\n" + rows.joined())
    let program = """
      let rows = read "m.csv"
      let linear = rows | train y ~ . using linear
      let trees = rows | train y ~ . using boosted_trees(rounds = 5)
      linear
      linear.card
      linear.coefficients
      rows | explain trees
      rows | predict trees explain 2 | take 3
      """
    try whom.folder.write("m.whom", program)
    for format in ["table", "markdown"] {
      let run = try whom("m.whom", "--format", format)
      #expect(run.code == 0 && isHarmless(run.output + run.errors), "\(run)")
      #expect(run.output.contains("a\\u{202e}x") || run.output.contains("a\\\\u{202e}x"))
    }
    try whom.folder.write("m.md", "# M\n\n```whom\n\(program)\n```\n")
    let run = try whom("run", "m.md", "-o", "out")
    #expect(run.code == 0 && isHarmless(run.errors), "\(run.errors)")
    let page = try whom.folder.read("out/m.html")
    #expect(!page.contains("<script>") && !page.contains("<b>") && !page.contains("\u{1B}"))
  }
}
