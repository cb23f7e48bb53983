import Foundation
import Testing

/// `labels.whom` holds for every program that reads what it speaks of.
@Suite("Labels beside the data")
struct LabelFileTests {
  private static let people = "id,email,fee\n1,ann@example.com,10.5\n"

  private static func folders(_ whom: Program, _ names: String...) throws {
    for name in names {
      try FileManager.default.createDirectory(
        atPath: "\(whom.folder.path)/\(name)", withIntermediateDirectories: true)
    }
  }

  @Test("A script, a notebook, -c, the check and a pattern are under them")
  func everywhere() throws {
    let whom = Program()
    try Self.folders(whom, "data")
    try whom.folder.write("data/people.csv", Self.people)
    try whom.folder.write("labels.whom", "read \"data/*.csv\" | label email = pii\n")
    try whom.folder.write("show.whom", "read \"data/people.csv\"")
    try whom.folder.write("show.md", "# Show\n\n```whom\nread \"data/people.csv\"\n```\n")
    let code = "read \"data/people.csv\""
    for arguments in [
      ["-c", code], ["show.whom"], ["-c", "read \"data/*.csv\""], ["-c", "read \"data\""],
    ] {
      let run = try whom.start(arguments).result()
      #expect(run.code == 0 && run.output.contains("(masked)"), "\(arguments) \(run.errors)")
      #expect(!run.output.contains("ann@"))
    }
    #expect(try whom("run", "show.md", "-o", "out", "--to", "json").code == 0)
    let report = try whom.folder.read("out/show.json")
    #expect(report.contains("(masked)") && !report.contains("ann@"))
    let ledger = try whom("check", "--privacy", "show.whom")
    #expect(ledger.output.contains("email of people: pii\n  shown masked"), "\(ledger.output)")
    let prompt = try whom(input: code + "\n")
    #expect(prompt.output.contains("(masked)") && !prompt.output.contains("ann@"))
  }

  @Test("The nearest file says what a column is; what it does not name the others say")
  func nearest() throws {
    let whom = Program()
    try Self.folders(whom, "data", "data/crm")
    try whom.folder.write("data/crm/people.csv", Self.people)
    try whom.folder.write(
      "labels.whom", "read \"data/crm/people.csv\" | label email = pii, fee = money(EUR)\n")
    try whom.folder.write(
      "data/labels.whom", "read \"crm/people.csv\" | label email = public\n")
    let run = try whom("-c", "read \"data/crm/people.csv\" | save \"copy.csv\"")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try whom.folder.read("copy.csv") == "id,email,fee\n1,ann@example.com,10.5000\n")
    try whom.folder.write("data/crm/labels.whom", "read \"people.csv\" | label email = pii\n")
    let refused = try whom("-c", "read \"data/crm/people.csv\" | save \"copy.csv\"")
    #expect(refused.code == 2 && refused.errors.contains("E0501"))
  }

  @Test("A program elsewhere is under the labels of the data, and data elsewhere under its own")
  func elsewhere() throws {
    let (data, project) = (Program(), Program())
    try data.folder.write("people.csv", Self.people)
    let path = "\(data.folder.path)/people.csv"
    let code = "read \"\(path)\" | select email"
    #expect(try project("-c", code).output == "email\nann@example.com\n")
    try project.folder.write("labels.whom", "read \"\(path)\" | label email = pii\n")
    #expect(try project("-c", code).output == "email\n(masked)\n")
    let other = Program()
    #expect(try other("-c", code).output == "email\nann@example.com\n")
    try data.folder.write("labels.whom", "read \"people.csv\" | label email = pii\n")
    #expect(try other("-c", code).output == "email\n(masked)\n")
  }

  @Test("A mistake is told of where it stands, once, and nothing is read")
  func mistakes() throws {
    let whom = Program()
    try whom.folder.write("people.csv", Self.people)
    try whom.folder.write("labels.whom", "\nread \"people.csv\" | label emial = pii\n")
    try whom.folder.write(
      "twice.md",
      "# Twice\n\n```whom\nread \"people.csv\"\n```\n\n```whom\nread \"people.csv\"\n```\n")
    for arguments in [["-c", "read \"people.csv\""], ["check", "twice.md"]] {
      let run = try whom.start(arguments).result()
      #expect(run.code == 2 && run.errors.contains("--> labels.whom:2:27"), "\(run.errors)")
      #expect(run.errors.contains("did you mean `email`?"))
    }
    #expect(try whom("-c", "rows [{a: 1}]").output == "a\n1\n")
    try whom.folder.write("labels.whom", "read \"people.csv\" | label\n")
    let run = try whom("check", "twice.md")
    #expect(run.code == 2 && run.errors.components(separatedBy: "labels.whom:").count == 2)
  }
}
