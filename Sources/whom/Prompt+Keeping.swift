import Compiler
import Connectivity
import Diagnostics
import Engine
import REPL
import Values

// How the session is shown, and how it becomes a notebook.
extension Prompt {
  var keeping: [REPLCommand] {
    [
      REPLCommand(
        "save", argument: "NB.md", of: .file, summary: "a notebook of what the last result needs",
        run: save),
      REPLCommand(
        "load", argument: "FILE", of: .file, summary: "run the statements of a file", run: load),
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
      + (constants.leastPeople == 5 ? [] : ["min_group: \(constants.leastPeople)"])
  }

  func load(_ path: String) -> String {
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
}
