import ArgumentParser
import Compiler
import Connectivity
import Diagnostics
import Engine
import Glibc
import REPL
import Syntax
import Values

/// The prompt: each input is checked and run after all before it.
struct Prompt {
  let session: Session
  let log: PromptLog

  private let startFile: String?

  /// `isPlain` runs no `init.whom` first.
  init(_ options: ProgramOptions, rows: Int?, isPlain: Bool) throws {
    session = try options.session(options.project(), isPrompt: true)
    log = PromptLog(rows: rows ?? 20)
    startFile = isPlain ? nil : Self.startFile
  }

  /// `~/.config/whom/init.whom`, where it is there.
  private static var startFile: String? {
    let own = Terminal.environment("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = Terminal.environment("HOME").map { "\($0)/.config" }
    guard let path = (own ?? home).map({ "\($0)/whom/init.whom" }),
      access(path, F_OK) == 0
    else { return nil }
    return path
  }

  var printer: ResultPrinter {
    ResultPrinter(log.format, rows: log.rows, zone: session.zone)
  }

  func run() throws {
    let greeting = "Whom \(Whom.version) — :help for commands, Ctrl-D to leave"
    let started = startFile.map { load($0) } ?? ""
    let host = REPLHost(
      prepare: session.prepare, evaluate: evaluate, isComplete: isComplete, complete: complete,
      page: Subprocess.page,
      commands: looking + keeping + files,
      greeting: started.isEmpty ? greeting : "\(started)\n\(greeting)")
    guard REPL(host: host).run() else { throw ExitCode(2) }
  }

  private func isComplete(_ text: String) -> Bool {
    let file = SourceFile(id: FileID(-1), name: "<prompt>", text: text)
    return !Parser.parse(file, isPrompt: true).isIncomplete
  }

  private func evaluate(_ text: String) -> String { evaluated(text).text }

  /// What is printed, and the relations that were read for it.
  func evaluated(
    _ text: String, name: String = "<prompt>", isKept: Bool = true
  ) -> (text: String, plans: [LogicalPlan]) {
    session.engine.resume()
    log.values = [:]
    var printer = printer
    let clock = ContinuousClock()
    let began = clock.now
    let canceller = session.engine.canceller
    return Main.interrupts.during(cancel: { canceller.cancel() }) {
      let checked = session.check(session.add(name: name, text: text))
      var output = checked.diagnostics.isEmpty ? "" : session.rendered(checked.diagnostics)
      if checked.hasErrors { return (Self.trimmed(output), []) }
      for statement in checked.statements {
        do throws(Diagnostic) {
          let results = try session.run(statement, rows: printer.rows)
          printer.time = Self.words((clock.now - began) / .milliseconds(1))
          output += session.renderedWarnings()
          for result in results { output += printer.text(result) }
        } catch {
          output += session.renderedWarnings() + session.rendered([error])
          return (Self.trimmed(output), [])
        }
      }
      if isKept { log.note(text, checked.statements) }
      return (Self.trimmed(output), checked.statements.flatMap(\.steps).flatMap(\.plans))
    }
  }

  /// `0.4 ms`, `83 ms`, `2.1 s`
  static func words(_ milliseconds: Double) -> String {
    if milliseconds < 9.95 { return "\(Double(Int(milliseconds * 10 + 0.5)) / 10) ms" }
    if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
    return "\(Double(Int(milliseconds / 100)) / 10) s"
  }

  static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
