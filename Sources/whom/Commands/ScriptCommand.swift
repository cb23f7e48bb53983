import ArgumentParser
import Connectivity
import Diagnostics
import Engine
import Glibc

struct ScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script", abstract: "Runs a script, or opens the prompt.",
    discussion: "example: whom -c 'read \"orders.csv\" | summarize count() by plan'",
    shouldDisplay: false)

  @Argument(help: "A program, FILE.whom; standard input when not given.")
  var file: String?

  @Option(name: [.customShort("c")], parsing: .unconditional, help: "The program itself.")
  var code: String?

  @Option(
    name: [.long, .customLong("to")],
    help: "table, csv, json, ndjson, markdown or arrow; table on a terminal, else csv.")
  var format: ResultFormat?

  @Option(help: "How many rows of a table are shown.")
  var rows: Int?

  @Flag(
    name: .customLong("no-init"), help: "At the prompt: do not run ~/.config/whom/init.whom first.")
  var isPlain = false

  @OptionGroup var program: ProgramOptions

  func run() throws {
    if file == nil, code == nil, Terminal.isInput {
      try Prompt(program, rows: rows, isPlain: isPlain).run()
      return
    }
    try InputText.refuseNotebook(file, "a notebook runs with `whom run %`")
    let session = try program.session(program.project(for: file))
    guard let source = source(in: session) else {
      Terminal.report(InputText.complaint(file))
      throw ExitCode(2)
    }
    throw ExitCode(
      ScriptRunner(session, ResultPrinter(format, rows: rows, zone: session.zone)).run(source))
  }

  private func source(in session: Session) -> SourceFile? {
    if let code { return session.add(name: "<command>", text: code) }
    guard let text = InputText.read(file) else { return nil }
    return session.add(name: file ?? "<input>", text: text)
  }
}

/// Checks a whole program, then runs it statement by statement; stops at the first failure.
struct ScriptRunner {
  let session: Session
  let printer: ResultPrinter

  init(_ session: Session, _ printer: ResultPrinter) {
    self.session = session
    self.printer = printer
  }

  func run(_ source: SourceFile) -> Int32 {
    let checked = session.check(source)
    let findings = checked.diagnostics + session.unknownSettings()
    if !findings.isEmpty { Terminal.report(session.rendered(findings)) }
    if findings.contains(where: { $0.severity == .error }) { return 2 }
    session.keepSchemas()
    if printer.format == .arrow {
      if let problem = ArrowResult.problem(checked.statements) {
        Terminal.report("whom: \(problem)\n")
        return 2
      }
      session.arrowOutput = { Terminal.write($0) }
    }
    let canceller = session.engine.canceller
    return Main.interrupts.during(cancel: { canceller.cancel() }) {
      for statement in checked.statements {
        do throws(Diagnostic) {
          let results = try session.run(statement, rows: printer.wantedRows)
          Terminal.report(session.renderedWarnings())
          for result in results { Terminal.write(printer.text(result)) }
        } catch {
          Terminal.report(session.renderedWarnings())
          Terminal.report(session.rendered([error]))
          return Self.exitCode(error)
        }
      }
      return 0
    }
  }

  static func exitCode(_ diagnostic: Diagnostic) -> Int32 {
    switch diagnostic.code {
    case .cancelled: 130
    case .assertionFailed, .expectationFailed: 4
    default: 1
    }
  }
}
