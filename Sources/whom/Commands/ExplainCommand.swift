import ArgumentParser
import Diagnostics
import Values

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explains the code of an error.",
    discussion:
      "example: whom explain E0201\n`whom explain` lists all codes, `whom explain E03` those of a group."
  )

  @Argument(help: "A code, as E0201; all are listed when not given.")
  var code: String?

  func run() throws {
    let group = code?.uppercased() ?? ""
    let listed = DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix(group) }
    if group.count < 5, !listed.isEmpty {
      let lines = listed.sorted { $0.rawValue < $1.rawValue }.map {
        "\($0.rawValue)  \(Explanation.of($0).title)\n"
      }
      Terminal.write(lines.joined())
      return
    }
    try explain(code ?? "")
  }

  private func explain(_ code: String) throws {
    guard let known = DiagnosticCode(rawValue: code.uppercased()) else {
      let near = Suggestion.nearest(
        to: code.uppercased(), in: DiagnosticCode.allCases.map(\.rawValue))
      Terminal.report(
        "whom: there is no code `\(Exit.escape(code, for: .terminal))`"
          + (near.map { "; did you mean \($0)?" } ?? "") + "\n")
      throw ExitCode(2)
    }
    Terminal.write(Explanation.page(known))
  }
}
