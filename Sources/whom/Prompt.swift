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
  let log: PromptLog

  init(_ options: ProgramOptions, rows: Int?) throws {
    session = try options.session(options.project(), isPrompt: true)
    log = PromptLog(rows: rows ?? 20)
  }

  private var printer: ResultPrinter {
    ResultPrinter(log.format, rows: log.rows, zone: session.zone)
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
  private func evaluated(
    _ text: String, name: String = "<prompt>", isKept: Bool = true
  ) -> (text: String, plans: [LogicalPlan]) {
    session.engine.resume()
    let printer = printer
    let canceller = session.engine.canceller
    return Main.interrupts.during(cancel: { canceller.cancel() }) {
      let checked = session.check(session.add(name: name, text: text))
      var output = checked.diagnostics.isEmpty ? "" : session.rendered(checked.diagnostics)
      if checked.hasErrors { return (Self.trimmed(output), []) }
      for statement in checked.statements {
        do throws(Diagnostic) {
          let results = try session.run(statement, rows: printer.rows)
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

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  // MARK: Commands

  private var commands: [REPLCommand] {
    [
      REPLCommand(
        "sql", argument: "[E]", summary: "the SQL of a pipeline, or of the last result", run: sql),
      REPLCommand("schema", argument: "R", summary: "the columns of a relation", run: schema),
      REPLCommand("doc", argument: "NAME", summary: "what a verb or function does", run: doc),
      REPLCommand("type", argument: "E", summary: "the type of a value", run: type),
      REPLCommand("time", argument: "E", summary: "how long it takes", run: time),
      REPLCommand("vars", summary: "what is bound", run: { _ in variables }),
    ] + keeping
  }

  private func plan(_ text: String) -> (LogicalPlan?, String) {
    let checked = session.checker.trial {
      session.check(session.add(name: "<prompt>", text: text))
    }
    let findings = checked.diagnostics.isEmpty ? "" : session.rendered(checked.diagnostics)
    let plans = checked.statements.flatMap(\.steps).flatMap(\.plans)
    return (plans.last, Self.trimmed(findings))
  }

  private func sql(_ text: String) -> String {
    if text.isEmpty { return log.lastPlan.map(session.sql) ?? "nothing was shown yet" }
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
    let checked = session.checker.trial {
      session.check(session.add(name: "<prompt>", text: text))
    }
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

  // MARK: The session itself

  private var keeping: [REPLCommand] {
    [
      REPLCommand(
        "save", argument: "NB.md", summary: "a notebook of what the last result needs", run: save),
      REPLCommand("load", argument: "FILE", summary: "run the statements of a file", run: load),
      REPLCommand("last", argument: "[N]", summary: "the last result, with N rows", run: last),
      REPLCommand("rows", argument: "[N]", summary: "how many rows are shown", run: rows),
      REPLCommand(
        "format", argument: "[F]", summary: "table, csv, json, ndjson or markdown", run: format),
      REPLCommand(
        "set", argument: "NAME=VALUE", summary: "what the next `param NAME` is", run: set),
      REPLCommand("params", summary: "parameters and their values", run: { _ in parameters }),
    ]
  }

  private func save(_ path: String) -> String {
    let shown = Exit.escape(path, for: .terminal)
    guard path.hasSuffix(".md") else { return "the name of a notebook ends in .md" }
    if InputText.read(path) != nil { return "`\(shown)` is there already: choose another name" }
    guard let text = log.notebook(settings: settings) else { return "nothing was shown yet" }
    do throws(AtomicFile.Failure) {
      try AtomicFile.write(text, to: path)
      return "saved \(shown); run it with: whom run \(shown)\(flags(for: text))"
    } catch {
      return Exit.escape(error.description, for: .terminal)
    }
  }

  /// What the run has to be told, since it was said outside of the statements.
  private func flags(for notebook: String) -> String {
    session.checker.parameters.filter {
      $0.origin != .byDefault && notebook.contains("param \($0.name)")
    }.map { parameter in
      let text = session.checker.settings[parameter.name]?.text ?? ""
      return " --set " + Exit.escape("\(parameter.name)=\(text)", for: .terminal)
    }.joined()
  }

  /// So that days are the same ones in the notebook.
  private var settings: [String] {
    let constants = session.checker.constants
    return (constants.zone.map { ["zone: \($0.name)"] } ?? [])
      + (constants.weekStart == .monday ? [] : ["week_start: \(constants.weekStart.rawValue)"])
  }

  private func load(_ path: String) -> String {
    guard let text = InputText.read(path) else { return Self.trimmed(InputText.complaint(path)) }
    return evaluated(text, name: path).text
  }

  private func last(_ count: String) -> String {
    guard log.lastPlan != nil else { return "nothing was shown yet" }
    let before = log.rows
    defer { log.rows = before }
    if !count.isEmpty {
      guard let rows = Int(count), rows > 0 else { return "Write :last 100, a number of rows." }
      log.rows = rows
    }
    return evaluated("it", isKept: false).text
  }

  private func rows(_ count: String) -> String {
    if !count.isEmpty {
      guard let rows = Int(count), rows > 0 else { return "Write :rows 100, a number of rows." }
      log.rows = rows
    }
    return "of a result \(log.rows == 1 ? "one row is" : "\(log.rows) rows are") shown"
  }

  private func format(_ name: String) -> String {
    if name.isEmpty { return log.format.rawValue }
    guard let format = ResultFormat(rawValue: name), format != .arrow else {
      return "The formats are table, csv, json, ndjson and markdown."
    }
    log.format = format
    return ""
  }

  private func set(_ text: String) -> String {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      return "Write :set region=EMEA, then `param region: text`."
    }
    let name = text[..<equals].filter { !$0.isWhitespace }
    session.checker.settings[name] = ParameterSetting(
      text: text[text.index(after: equals)...].drop { $0 == " " }.description, origin: .set)
    return ""
  }

  private var parameters: String {
    let lines = session.checker.parameters.map { parameter in
      let value = Exit.escape(
        Exit.display(parameter.value, type: parameter.type), for: .terminal)
      return "\(parameter.name): \(parameter.type) = \(value)  (\(parameter.origin.rawValue))"
    }
    return lines.isEmpty ? "there are no parameters" : lines.joined(separator: "\n")
  }

  private func complete(_ text: String) -> [String] { session.checker.completions(for: text) }
}
