import ArgumentParser
import Compiler
import Connectivity
import Diagnostics
import Engine
import REPL
import Syntax
import Values

/// The prompt: each input is checked and run after all before it.
struct Prompt {
  let session: Session
  let printer: ResultPrinter

  init(_ options: ProgramOptions, rows: Int?) throws {
    session = try options.session(options.project(), isPrompt: true)
    printer = ResultPrinter(.table, rows: rows ?? 20, zone: session.zone)
  }

  func run() throws {
    let host = REPLHost(
      evaluate: evaluate, isComplete: isComplete, complete: complete, commands: commands,
      greeting: "Whom \(Whom.version) — :help for commands, Ctrl-D to leave")
    guard REPL(host: host).run() else { throw ExitCode(2) }
  }

  private func isComplete(_ text: String) -> Bool {
    let file = SourceFile(id: FileID(-1), name: "<prompt>", text: text)
    return !Parser.parse(file, isPrompt: true).isIncomplete
  }

  private func evaluate(_ text: String) -> String { evaluated(text).text }

  /// What is printed, and the relations that were read for it.
  private func evaluated(_ text: String) -> (text: String, plans: [LogicalPlan]) {
    session.engine.resume()
    let canceller = session.engine.canceller
    return Main.interrupts.during(cancel: { canceller.cancel() }) {
      let checked = session.check(session.add(name: "<prompt>", text: text))
      var output = checked.diagnostics.isEmpty ? "" : session.rendered(checked.diagnostics)
      if checked.hasErrors { return (Self.trimmed(output), []) }
      for statement in checked.statements {
        do throws(Diagnostic) {
          let results = try session.run(statement, rows: printer.rows)
          output += session.renderedWarnings()
          for result in results { output += printer.text(result) }
        } catch {
          output += session.renderedWarnings() + session.rendered([error])
          break
        }
      }
      return (Self.trimmed(output), checked.statements.flatMap(\.steps).flatMap(\.plans))
    }
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  // MARK: Commands

  private var commands: [REPLCommand] {
    [
      REPLCommand("sql", argument: "E", summary: "the SQL of a pipeline", run: sql),
      REPLCommand("schema", argument: "R", summary: "the columns of a relation", run: schema),
      REPLCommand("doc", argument: "NAME", summary: "what a verb or function does", run: doc),
      REPLCommand("type", argument: "E", summary: "the type of a value", run: type),
      REPLCommand("time", argument: "E", summary: "how long it takes", run: time),
      REPLCommand("vars", summary: "what is bound", run: { _ in variables }),
    ]
  }

  private func plan(_ text: String) -> (LogicalPlan?, String) {
    let checked = session.check(session.add(name: "<prompt>", text: text))
    let findings = checked.diagnostics.isEmpty ? "" : session.rendered(checked.diagnostics)
    let plans = checked.statements.flatMap(\.steps).flatMap(\.plans)
    return (plans.last, Self.trimmed(findings))
  }

  private func sql(_ text: String) -> String {
    let (plan, findings) = plan(text)
    return plan.map(session.sql) ?? (findings.isEmpty ? "no relation here" : findings)
  }

  private func doc(_ name: String) -> String {
    let pages = Documentation.pages(name)
    return pages.isEmpty
      ? Self.trimmed(Documentation.unknown(name))
      : pages.map(\.plain).joined(separator: "\n\n")
  }

  private func type(_ text: String) -> String {
    let checked = session.check(session.add(name: "<prompt>", text: text))
    for case .show(let output, _) in checked.statements.flatMap(\.steps) {
      switch output {
      case .value(let value): return "\(value.type)"
      case .relation(let plan):
        return "relation of \(plan.schema.count) columns; `:schema` lists them"
      case .chart(let chart): return "\(chart.mark) chart"
      }
    }
    return checked.diagnostics.isEmpty
      ? "no value here" : Self.trimmed(session.rendered(checked.diagnostics))
  }

  private func time(_ text: String) -> String {
    let clock = ContinuousClock()
    let began = clock.now
    let shown = evaluated(text)
    let taken = (clock.now - began) / .milliseconds(1)
    let words = taken < 10 ? "\(Double(Int(taken * 10)) / 10)" : "\(Int(taken))"
    // Counted apart from the time that was taken.
    let losses = shown.plans.flatMap(session.losses)
    let lines = (shown.text.isEmpty ? [] : [shown.text]) + losses + ["\(words) ms"]
    return lines.joined(separator: "\n")
  }

  private func schema(_ text: String) -> String {
    let (plan, findings) = plan(text)
    guard let plan else { return findings.isEmpty ? "no relation here" : findings }
    let width = plan.schema.names.map { DisplayWidth.of($0) }.max() ?? 0
    return plan.schema.columns.map { column in
      let name = Exit.escape(column.name, for: .terminal)
      let pad = String(repeating: " ", count: max(0, width - DisplayWidth.of(name)))
      return "\(name)\(pad)  \(column.type)"
    }.joined(separator: "\n")
  }

  private var variables: String {
    let names = session.checker.bindingWords
    return names.isEmpty ? "nothing is bound" : names.joined(separator: "\n")
  }

  private func complete(_ text: String) -> [String] { session.checker.completions(for: text) }
}
