import Foundation
import Testing

/// What is labelled `pii` leaves nowhere by itself: not on screens, in reports, files and errors.
@Suite("Personal data")
struct PersonalDataTests {
  private static let people = "id,email,sex\n1,ann@example.com,f\n2,bob@example.com,m\n3,,f\n"

  @Test(
    "Formats for people and for programs are masked alike", arguments: ["table", "csv", "json"])
  func shown(format: String) throws {
    let whom = Program()
    try whom.folder.write("people.csv", Self.people)
    let run = try whom(
      "-c", "read \"people.csv\" | label email = pii", "--format", format)
    #expect(run.code == 0 && run.output.contains("(masked)"))
    #expect(!run.output.contains("example.com"))
  }

  @Test("A report masks them, and its ledger tells where they went and why")
  func ledger() throws {
    let whom = Program()
    try whom.folder.write("people.csv", Self.people)
    try whom.folder.write(
      "letters.md",
      """
      # Letters

      ```whom #people
      let people = read "people.csv" | label email = pii, sex = protected
      people
      ```

      ```whom #letters
      people
      | where email != null
      | reveal email because "letters <b>of</b> refusal"
      | select email
      | save "letters.csv"
      ```

      ```whom #by_sex
      people | summarize n = count() by sex
      ```

      The first is {= people | take 1 | value(email) =}.
      """)
    let run = try whom("run", "letters.md", "-o", "out", "--to", "html,md,json")
    #expect(run.code == 0, "\(run.errors)")
    for name in ["out/letters.html", "out/letters.md", "out/letters.json"] {
      let text = try whom.folder.read(name)
      #expect(!text.contains("example.com"), "\(name)")
      #expect(text.contains("(masked)"), "\(name)")
    }
    #expect(
      try whom.folder.read("letters.csv") == "email\nann@example.com\nbob@example.com\n")
    let page = try whom.folder.read("out/letters.html")
    #expect(page.contains("Privacy ledger") && !page.contains("<b>of</b>"))
    struct Report: Decodable {
      struct Entry: Decodable {
        struct Use: Decodable, Equatable {
          var use: String
          var cells: [String]
        }
        var column: String
        var labels: String
        var relation: String?
        var uses: [Use]
      }
      var privacy: [Entry]
    }
    let report = try JSONDecoder().decode(
      Report.self, from: Data(try whom.folder.read("out/letters.json").utf8))
    #expect(report.privacy.map(\.column) == ["email", "sex"])
    #expect(report.privacy.map(\.labels) == ["pii", "protected"])
    let email = try #require(report.privacy.first)
    #expect(email.uses.contains(.init(use: "shown masked", cells: ["people"])))
    #expect(
      email.uses.contains(
        .init(use: "revealed: “letters <b>of</b> refusal”", cells: ["letters"])))
    #expect(email.uses.contains(.init(use: "written to letters.csv", cells: ["letters"])))
    #expect(!email.uses.contains { $0.use == "shown" })
    let sex = report.privacy[1]
    #expect(sex.uses.first == .init(use: "shown", cells: ["people", "by_sex"]))
    #expect(!sex.uses.contains { $0.use.hasPrefix("written") })
    let check = try whom("check", "--privacy", "letters.md")
    #expect(check.code == 0 && check.output.contains("revealed: “letters <b>of</b> refusal”"))
    #expect(check.output.contains("\nemail of people: pii\n"))
    #expect(check.output.contains("\n  went into conditions, joins, groups or figures: "))
    #expect(check.output.contains("\n  shown: people, by_sex\n"))
  }

  @Test("Errors quote none of them")
  func errors() throws {
    let whom = Program()
    try whom.folder.write("people.csv", Self.people)
    for program in [
      "| label email = pii | derive a = int(email)",
      "| label email = pii, sex = pii | expect email == \"x\"",
      "| label email = pii, sex = pii | join (read \"people.csv\" | label sex = pii) as d on sex",
    ] {
      let run = try whom("-c", "read \"people.csv\" \(program)")
      #expect(run.code != 0 && !run.errors.contains("example.com"), "\(run.errors)")
      #expect(!run.errors.contains("sex f"), "\(run.errors)")
    }
    // What a join and a pivot leave out is counted, not quoted.
    try whom.folder.write("some.csv", "email,n\nann@example.com,1\n")
    for program in [
      "| label email = pii | join (read \"some.csv\" | label email = pii) on email | count",
      "| label email = pii | pivot count() by sex across email in [\"x\"]",
    ] {
      let run = try whom("-c", "read \"people.csv\" \(program)")
      #expect(run.errors.contains("warning[W070"), "\(run.errors)")
      #expect(!run.errors.contains("bob@"), "\(run.errors)")
    }
    // A row of the file that is not as the first ones: neither its value nor its line is shown.
    let phones = (1...20_500).map { "\($0),x" }.joined(separator: "\n")
    for (last, words) in [("0041.79.5551234,x", "5551234"), ("1,x,5551234", "5551234")] {
      try whom.folder.write("phones.csv", "phone,b\n\(phones)\n\(last)\n")
      let run = try whom(
        "-c", "read \"phones.csv\" | label phone = pii | summarize n = count_distinct(phone)")
      #expect(run.code == 1 && run.errors.contains("E0605"), "\(run.errors)")
      #expect(!run.errors.contains(words), "\(run.errors)")
      let count = try whom(
        "-c", "read \"phones.csv\" | label phone = pii | where phone > 1 | count")
      #expect(count.code == 1 && !count.errors.contains(words), "\(count.errors)")
    }
  }

  /// The digits are Python's: `hmac.new(b"0123456789abcdef0123", b"ann@example.com", "sha256")`.
  @Test("Pseudonyms need a secret, which no output holds")
  func pseudonyms() throws {
    var whom = Program()
    let code =
      "rows [{email: \"ann@example.com\"}] | label email = pii | select who = pseudonym(email)"
    whom.environment["WHOM_PSEUDONYM_KEY"] = ""
    #expect(try whom("-c", code).errors.contains("error[E0502]: `pseudonym` needs a secret"))
    whom.environment["WHOM_PSEUDONYM_KEY"] = "short"
    #expect(try whom("-c", code).errors.contains("the secret of `pseudonym` is too short"))
    whom.environment["WHOM_PSEUDONYM_KEY"] = "0123456789abcdef0123"
    #expect(try whom("-c", code).output == "who\n517e6ce3489ac9e00f5304776ca8a7ea\n")
    try whom.folder.write("p.whom", code)
    let sql = try whom("sql", "p.whom")
    #expect(!sql.output.contains("0123456789abcdef"))
    #expect(!sql.errors.contains("0123456789abcdef"))
  }
}
