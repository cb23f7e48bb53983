import Foundation
import Testing

/// Figures of other programs, met by programs of the language. The files of `Tests/References` say
/// for each program what a cell of its table must be; the data are the public ones of `../shared`.
@Suite("Reference figures through the language", .enabled(if: PublicData.isThere))
struct ReferenceFigures {
  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var program: String
    var figures: [Figure]
    var testDescription: String { title }
  }

  struct Figure: Sendable {
    var row: String
    var column: String
    var value: Double
    var tolerance: Double
  }

  static let cases = ["linear", "glm", "metrics", "credit", "fairness", "churn"].flatMap(read)

  @Test("The figures are those of the peers", arguments: cases)
  func agrees(_ test: Case) throws {
    let whom = Program()
    try FileManager.default.createSymbolicLink(
      atPath: "\(whom.folder.path)/data", withDestinationPath: "\(PublicData.shared)/data")
    try whom.folder.write("case.whom", test.program)
    let run = try whom("case.whom", "--format", "json")
    #expect(run.code == 0, "\(run.errors)")
    let data = Data(run.output.utf8)
    let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    for figure in test.figures {
      let row = rows.first { $0.values.contains { $0 as? String == figure.row } }
      let found = try #require(row?[figure.column] as? Double, "\(figure.row) \(figure.column)")
      #expect(
        abs(found - figure.value) <= figure.tolerance * max(abs(figure.value), 1e-9),
        "\(figure.row) \(figure.column): \(found), not \(figure.value)")
    }
  }

  @Test("There are many")
  func many() {
    #expect(Self.cases.count > 55)
    #expect(Self.cases.reduce(0) { $0 + $1.figures.count } > 550)
  }

  // MARK: The files

  /// `## title`, a block `whom`, and a table `| row | column | value | tolerance |`.
  private static func read(_ name: String) -> [Case] {
    let path = Program.inProject("Tests/References/\(name).md")
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.components(separatedBy: "\n## ").dropFirst().map { part in
      let title = part.prefix { $0 != "\n" }
      let blocks = part.components(separatedBy: "```")
      let program = blocks.count > 1 ? String(blocks[1].dropFirst("whom\n".count)) : ""
      let figures = (blocks.last ?? "").split(separator: "\n").compactMap(figure)
      return Case(title: String(title), program: program, figures: figures)
    }
  }

  private static func figure(_ line: Substring) -> Figure? {
    let cells = line.components(separatedBy: " | ")
    guard cells.count == 4, cells[0].hasPrefix("| "), cells[3].hasSuffix(" |"),
      let value = Double(cells[2]), let tolerance = Double(cells[3].dropLast(2))
    else { return nil }
    return Figure(
      row: String(cells[0].dropFirst(2)), column: cells[1], value: value, tolerance: tolerance)
  }
}

/// Where the data are.
private enum PublicData {
  static let shared =
    ProcessInfo.processInfo.environment["WHOM_SHARED"] ?? Program.inProject("../shared")
  static let isThere = FileManager.default.fileExists(atPath: "\(shared)/data/longley.csv")
}
