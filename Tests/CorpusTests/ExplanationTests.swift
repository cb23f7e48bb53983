import Compiler
import Diagnostics
import Testing

/// What `whom explain` shows is checked and run: the wrong program has the finding, the right one
/// has none.
@Suite("The programs of explanations")
struct ExplanationTests {
  /// The relations that they speak of.
  private static let data = ExampleData.explanations + "\n"

  /// Programs that need what a test of this kind does not have.
  private static let apart: [DiagnosticCode: String] = [
    .ambiguousDates: "a file of its own; the corpus has one",
    .badRow: "a file of its own; the corpus has one",
    .unexpectedCharacter: "a column with letters of its own",
    .notYetAVerb: "which verbs are not there changes",
    .expectationFailed: "the verb `expect` is not here yet",
    .unknownFormat: "writes a file",
  ]

  @Test("The wrong one has the finding", arguments: DiagnosticCode.allCases)
  func wrong(_ code: DiagnosticCode) {
    let program = Explanation.of(code).wrong
    guard !program.isEmpty, Self.apart[code] == nil else { return }
    let run = CorpusRun(Self.data + program)
    let found = run.errors + run.warnings
    #expect(found.contains("[\(code.rawValue)]:"), "\(code): \(found)")
  }

  @Test("The right one has none", arguments: DiagnosticCode.allCases)
  func right(_ code: DiagnosticCode) {
    guard Self.apart[code] == nil else { return }
    let run = CorpusRun(Self.data + Explanation.of(code).right)
    #expect(run.errors == "" && run.warnings == "", "\(code)")
  }
}
