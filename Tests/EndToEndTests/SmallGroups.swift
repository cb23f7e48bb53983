import Foundation
import Testing

/// Groups of few people leave nowhere: not on screens, in reports, charts and files.
///
/// Six people on `a`, five on `b`, two on `c`: `c` is left out, and `b`, the next larger, with it.
@Suite("Groups of few people")
struct SmallGroupTests {
  private static let people =
    "id,plan,age\n"
    + zip("aaaaaabbbbbcc", 1...).map { "p\($1),\($0),\(20 + $1)\n" }.joined()
  private static let groups =
    "read \"people.csv\" | label id = pseudonym | summarize n = count() by plan"

  private static func program() throws -> Program {
    let whom = Program()
    try whom.folder.write("people.csv", people)
    return whom
  }

  @Test("Formats for people and for programs leave them out, and a warning counts them")
  func shown() throws {
    let whom = try Self.program()
    for format in ["csv", "json", "table"] {
      let run = try whom("-c", Self.groups, "--format", format)
      #expect(run.code == 0 && run.output.contains("6"), "\(run.errors)")
      #expect(!run.output.contains("5") && !run.output.contains("b"), "\(run.output)")
      #expect(run.errors.contains("warning[W0704]: 1 group under 5 people is not shown"))
      #expect(run.errors.contains("nor 1 more"))
    }
    #expect(try whom("-c", Self.groups).output == "plan,n\na,6\n")
    let later = try whom("-c", "let groups = \(Self.groups)\ngroups | summarize total = sum(n)")
    #expect(later.output == "total\n13\n", "\(later.errors)")
  }

  @Test("Files hold none of them, also where they are read again")
  func saved() throws {
    let whom = try Self.program()
    for name in ["groups.csv", "groups.parquet", "groups.ndjson"] {
      let run = try whom(
        "-c", "\(Self.groups) | save \"\(name)\"\nread \"\(name)\" | summarize n = sum(n)")
      #expect(run.code == 0 && run.output.hasSuffix("n\n6\n"), "\(run.output)\(run.errors)")
    }
    #expect(try whom.folder.read("groups.csv") == "plan,n\na,6\n")
  }

  @Test("A report says so at its cell, its ledger which groups left; loops and charts are under it")
  func report() throws {
    let whom = try Self.program()
    try whom.folder.write(
      "groups.md",
      """
      # Groups

      ```whom #groups
      let people = read "people.csv" | label id = pseudonym
      let groups = people | summarize n = count(), age = mean(age) by plan
      groups
      ```

      ```whom #bars
      groups | chart bar(x = plan, y = n)
      ```

      ```whom #each
      for one in ["a", "c"] {
        people | where plan == $one | summarize oldest = max(age)
      }
      ```

      Of `c` there are {= people | where plan == "c" | count =}, of `a` {= people | where plan == "a" | count =}.
      """)
    let run = try whom("run", "groups.md", "-o", "out", "--to", "html,md,json")
    #expect(run.code == 0, "\(run.errors)")
    let text = try whom.folder.read("out/groups.md")
    #expect(text.contains("1 group under 5 people is not shown"))
    #expect(text.contains("Of `c` there are –, of `a` 6."), "\(text)")
    #expect(
      text.contains("|     26 |") && !text.contains("|     33 |"), "the oldest of `a`, not of `c`")
    #expect(text.contains("left in groups of at least 5 people, others are suppressed"))
    let page = try whom.folder.read("out/groups.html")
    #expect(page.contains("1 group under 5 people is not shown"))
    let check = try whom("check", "--privacy", "groups.md")
    #expect(
      check.output.contains(
        "  left in groups of at least 5 people, others are suppressed: groups, bars, each\n"),
      "\(check.output)")
  }

  @Test("The number is a setting, and the ledger tells of 1")
  func setting() throws {
    let whom = try Self.program()
    let all = "plan,n\na,6\nb,5\nc,2\n"
    #expect(try whom("-c", Self.groups, "--min-group", "2").output == all)
    #expect(try whom("-c", Self.groups, "--min-group", "7").output == "plan,n\n")
    try whom.folder.write("whom.toml", "min_group = 1\n")
    let run = try whom("-c", Self.groups)
    #expect(run.output == all && run.errors.isEmpty, "\(run.errors)")
    try whom.folder.write("groups.whom", Self.groups)
    let check = try whom("check", "--privacy", "groups.whom")
    #expect(check.output.contains("left in groups of any size: min_group is 1"))
    try whom.folder.write(
      "groups.md", "---\nmin_group: 3\n---\n\n# Groups\n\n```whom\n\(Self.groups)\n```\n")
    #expect(try whom("run", "groups.md", "-o", "out", "--to", "md").code == 0)
    let text = try whom.folder.read("out/groups.md")
    #expect(text.contains("1 group under 3 people") && !text.contains("| c"), "\(text)")
    let wrong = try whom("-c", Self.groups, "--min-group", "0")
    #expect(wrong.code == 2 && wrong.errors.contains("a number of people from 1 to 1000"))
  }

  @Test("`reveal` does not switch it off")
  func revealed() throws {
    let whom = try Self.program()
    let code = """
      read "people.csv" | label id = pii | reveal id because "letters"
      | summarize n = count() by plan
      """
    #expect(try whom("-c", code).output == "plan,n\na,6\n")
    let dropped = """
      read "people.csv" | label id = pii | reveal id because "letters"
      | drop id | summarize n = count() by plan
      """
    #expect(try whom("-c", dropped).output == "plan,n\na,6\n")
  }
}
