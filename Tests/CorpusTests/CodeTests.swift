import Diagnostics
import Testing

/// Each finding is shown once as its reader sees it, so that its words are read before they ship.
@Suite("The codes of findings")
struct CodeTests {
  /// Findings that no program of the corpus can have, and where they are tested instead.
  static let elsewhere: [DiagnosticCode: String] = [
    .changedDuringRun: "a file has to change between two uses: OutsideTests",
    .unknownParameter: "set on the command line: OutsideTests",
    .cancelled: "a person at the keyboard: OutsideTests, and EndToEndTests with Ctrl-C",
    .noKeptSchema: "a check without the data: EndToEndTests",
    .notOnEngine: "what a server cannot do: PostgreSQLTests",
    .serverUnreachable: "a server that is not there: EndToEndTests",
    .engineMissing: "an engine that is not there: EndToEndTests",
    .engineFailed: "what no program should be able to cause",
    .timedOut: "a limit of time, which notebooks have: EndToEndTests",
    .badNotebook: "the form of a notebook: NotebooksTests",
    .unknownOption: "the settings of a notebook: NotebooksTests",
    .badSetting: "what stands in no program: NotebooksTests and EndToEndTests",
    .damagedModel: "a file of the registry: EndToEndTests",
    .scoredHere: "what a server cannot score: EndToEndTests",
    .notInQuery: "what `whom sql` cannot show: EndToEndTests",
    .internalError: "what no program should be able to cause",
  ]

  static let cases = CorpusFile.all().flatMap(\.cases)

  @Test("Each has a case, or a reason why it has none", arguments: DiagnosticCode.allCases)
  func hasACase(_ code: DiagnosticCode) {
    let mark = "[\(code.rawValue)]:"
    let isShown = Self.cases.contains { test in
      test.blocks.contains {
        ($0.kind == "error" || $0.kind == "warning") && $0.text.contains(mark)
      }
    }
    #expect(isShown || Self.elsewhere[code] != nil)
  }

  @Test("Each case of the errors begins with the code it shows")
  func namesSayTheCode() {
    for test in Self.cases where test.file.contains("/errors/") {
      let code = test.name.prefix { $0 != " " }
      let text = (test.block("error") ?? test.block("warning"))?.text ?? ""
      #expect(text.contains("[\(code)]:"), "\(test.name)")
    }
  }
}
