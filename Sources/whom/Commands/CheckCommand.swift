import ArgumentParser
import Diagnostics
import Engine
import Notebooks

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks programs and notebooks; runs nothing.",
    discussion: "example: whom check notebooks/*.md report.whom")

  @Argument(help: "Notebooks (.md) and programs (.whom).")
  var files: [String]

  @OptionGroup var program: ProgramOptions

  func run() throws {
    var failed = false
    for file in files {
      guard let text = InputText.read(file) else {
        Terminal.report(InputText.complaint(file))
        failed = true
        continue
      }
      let project = program.project(for: file, text: text)
      let session = try program.session(project)
      let findings = Self.findings(text, file, session, project)
      if !findings.isEmpty { Terminal.report(session.rendered(findings)) }
      if findings.contains(where: { $0.severity == .error }) {
        failed = true
      } else {
        Terminal.write("\(file): well\n")
      }
    }
    if failed { throw ExitCode(2) }
  }

  private static func findings(
    _ text: String, _ file: String, _ session: Session, _ project: ProjectSettings
  ) -> [Diagnostic] {
    if file.hasSuffix(".md") {
      return CheckedNotebook(text, name: file, in: session, project: project.project).diagnostics
    }
    return session.check(session.add(name: file, text: text)).diagnostics
      + session.unknownSettings()
  }
}
