import ArgumentParser
import Compiler
import Diagnostics
import Engine
import Notebooks
import Values

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks programs and notebooks; runs nothing.",
    discussion: """
      example: whom check notebooks/*.md report.whom
      Checks and runs keep the columns of their sources in .whom/schemas.json of the project, for
      `whom check --offline` where the data or the server are not.
      """)

  @Argument(help: "Notebooks (.md) and programs (.whom).")
  var files: [String]

  @Flag(help: "Touch no data and no server: go by the columns that were kept.")
  var offline = false

  @Flag(help: "Tell what becomes of columns labelled pii, pseudonym or protected.")
  var privacy = false

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
      let session = try program.session(project, isOffline: offline)
      let (findings, ledger) = Self.findings(text, file, session, project)
      if !findings.isEmpty { Terminal.report(session.rendered(findings)) }
      if findings.contains(where: { $0.severity == .error }) {
        failed = true
      } else {
        session.keepSchemas()
        Terminal.write("\(file): well\(Self.age(session))\n")
        if privacy { Self.tell(ledger) }
      }
    }
    if failed { throw ExitCode(2) }
  }

  /// Of what an offline check went by.
  private static func age(_ session: Session) -> String {
    guard let sources = session.offlineSources else { return "" }
    let day = DatePrinting.date(Int(sources.oldest))
    let ago =
      switch sources.age {
      case 0: "today"
      case 1: "yesterday"
      case let days: "\(day), \(days) days ago"
      }
    return sources.count == 1
      ? " (offline, by the columns of one source as of \(ago))"
      : " (offline, by the columns of \(sources.count) sources, the oldest as of \(ago))"
  }

  private static func findings(
    _ text: String, _ file: String, _ session: Session, _ project: ProjectSettings
  ) -> ([Diagnostic], PrivacyLedger) {
    if file.hasSuffix(".md") {
      let notebook = CheckedNotebook(text, name: file, in: session, project: project.project)
      return (notebook.diagnostics, notebook.ledger())
    }
    let checked = session.check(session.add(name: file, text: text))
    var ledger = PrivacyLedger()
    ledger.add(checked.statements, at: nil)
    return (checked.diagnostics + session.unknownSettings(), ledger)
  }

  /// The privacy ledger, as the report would have it, in lines: nothing of it may be cut.
  private static func tell(_ ledger: PrivacyLedger) {
    var lines = ledger.entries.isEmpty ? ["no column is labelled pii, pseudonym or protected"] : []
    for entry in ledger.entries {
      let relation = entry.column.relation.map { " of \($0)" } ?? ""
      lines.append("\(entry.column.name)\(relation): \(entry.column.labels)")
      if entry.uses.isEmpty { lines.append("  read, and nothing of it leaves") }
      for (use, places) in entry.uses {
        lines.append(
          "  " + use.words + (places.isEmpty ? "" : ": " + places.joined(separator: ", ")))
      }
    }
    Terminal.write(lines.map { Exit.escape($0, for: .terminal) + "\n" }.joined())
  }
}
