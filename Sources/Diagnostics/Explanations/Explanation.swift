/// What `whom explain CODE` says: why the finding exists, a program that has it, and one without.
package struct Explanation: Sendable {
  /// A few words, the heading.
  package var title: String
  package var text: String
  /// A program with the finding; empty where the cause is not in the program.
  package var wrong: String
  package var right: String
  /// Where no program shows it: commands, a notebook, a folder.
  package var example: String

  init(
    _ title: String, _ text: String, wrong: String = "", right: String = "", example: String = ""
  ) {
    self.example = example
    self.title = title
    self.text = text
    self.wrong = wrong
    self.right = right
  }

  /// The whole explanation as text:
  ///
  ///     E0102: a text is not closed
  ///
  ///     A text in plain quotes ends on the line ...
  ///
  ///     Wrong:
  ///         let city = "Oslo
  ///     Right:
  ///         let city = "Oslo"
  package static func page(_ code: DiagnosticCode) -> String {
    let explanation = of(code)
    var page = "\(code.rawValue): \(explanation.title)\n\n\(explanation.text)\n"
    if !explanation.wrong.isEmpty { page += "\nWrong:\n\(indented(explanation.wrong))\n" }
    if !explanation.right.isEmpty { page += "\nRight:\n\(indented(explanation.right))\n" }
    if !explanation.example.isEmpty { page += "\nExample:\n\(indented(explanation.example))\n" }
    return page
  }

  private static func indented(_ program: String) -> String {
    program.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }
}
