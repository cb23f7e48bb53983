import Foundation
import Testing

/// What the README shows is what happens.
@Suite("README")
struct ReadmeTests {
  private static let text =
    (try? String(contentsOfFile: Program.inProject("README.md"), encoding: .utf8)) ?? ""

  private static func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "\n```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
  }

  @Test("Each program runs, as it stands, from the project's folder")
  func programs() throws {
    let programs = Self.blocks("whom")
    #expect(!programs.isEmpty)
    for program in programs {
      let whom = Program()
      try FileManager.default.createSymbolicLink(
        atPath: "\(whom.folder.path)/notebooks",
        withDestinationPath: Program.inProject("notebooks"))
      try whom.folder.write("readme.whom", program + "\n")
      let run = try whom("readme.whom")
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output != "")
    }
  }

  @Test("The mistake is answered in these words")
  func mistake() throws {
    let whom = Program()
    try whom.folder.write("orders.csv", "customer_id,ordered_at,amount\n1,2025-01-01,2\n")
    try whom.folder.write(
      "report.whom", "let orders = read \"orders.csv\"\n\n\norders | top 10 by amuont\n")
    let shown = try #require(
      Self.text.components(separatedBy: "\n```\n").first { $0.hasPrefix("error[") })
    #expect(try whom("check", "report.whom").errors.contains(shown))
  }

  @Test("Each command of the table is there")
  func commands() throws {
    let words = Self.text.matches(of: /\n\| `whom ([a-z]+)/).map { String($0.1) }
    #expect(words.contains("run"))
    for word in Set(words) {
      #expect(try Program()(word, "--help").code == 0, "whom \(word)")
    }
  }
}
