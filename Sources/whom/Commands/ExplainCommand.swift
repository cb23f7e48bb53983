import ArgumentParser
import Diagnostics

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains the code of an error.",
    discussion: "example: whom explain E0201")

  @Argument(help: "A code, as E0201.")
  var code: String

  func run() throws {
    guard let known = DiagnosticCode(rawValue: code.uppercased()) else {
      let near = Suggestion.nearest(
        to: code.uppercased(), in: DiagnosticCode.allCases.map(\.rawValue))
      Terminal.report(
        "whom: there is no code `\(code)`" + (near.map { "; did you mean \($0)?" } ?? "") + "\n")
      throw ExitCode(2)
    }
    Terminal.write(Explanation.page(known))
  }
}
