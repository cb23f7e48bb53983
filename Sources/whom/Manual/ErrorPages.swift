import Compiler
import Diagnostics

/// The page of findings: why each exists, a program that has it with the message that it gets, and
/// one that is right.
enum ErrorPages {
  static func markdown(folder: String) -> (text: String, failures: [String]) {
    var failures: [String] = []
    var blocks = [
      "# Findings",
      """
      Every error and warning has a code; `whom explain E0201` says in a terminal what is said here.
      The programs speak of these relations.
      """,
      ManualPage.fence("whom #data", ExampleData.explanations),
    ]
    let codes = DiagnosticCode.allCases.sorted { $0.rawValue < $1.rawValue }
    for (group, title) in groups {
      let members = codes.filter { $0.rawValue.hasPrefix(group) }
      if members.isEmpty { continue }
      blocks.append("## \(title)")
      for code in members { blocks += entry(code, folder, &failures) }
    }
    return (blocks.joined(separator: "\n\n") + "\n", failures)
  }

  private static let groups = [
    ("E01", "E01: how a program is written"), ("E02", "E02: names"), ("E03", "E03: types"),
    ("E04", "E04: verbs and statements"), ("E05", "E05: privacy"),
    ("E06", "E06: reading and writing"), ("E07", "E07: while it runs"),
    ("E08", "E08: notebooks and parameters"), ("E09", "E09: what should never happen"),
    ("E10", "E10: models"), ("W", "Warnings"),
  ]

  private static func entry(
    _ code: DiagnosticCode, _ folder: String, _ failures: inout [String]
  ) -> [String] {
    let explanation = Explanation.of(code)
    var blocks = ["### \(code.rawValue): \(explanation.title)", explanation.text]
    if !explanation.wrong.isEmpty {
      blocks.append(ManualPage.fence("whom norun", explanation.wrong))
      if case .failed(let words) = run(explanation.wrong, folder),
        words.contains("[\(code.rawValue)]")
      {
        blocks.append(ManualPage.fence("text", words))
      }
    }
    if !explanation.right.isEmpty {
      blocks += ["Right:", ManualPage.fence("whom norun", explanation.right)]
    }
    if !explanation.example.isEmpty {
      blocks.append(ManualPage.fence("text", explanation.example))
    }
    return blocks
  }

  /// Each in a session of its own: a mistake leaves nothing behind for the next.
  private static func run(_ program: String, _ folder: String) -> ExampleRunner.Outcome {
    ExampleRunner(folder: folder, setup: ExampleData.explanations).run(program)
  }
}
