import Compiler
import Connectivity
import Diagnostics
import Engine
import REPL
import Values

// What an expression is, without running it.
extension Prompt {
  var looking: [REPLCommand] {
    [
      REPLCommand(
        "sql", argument: "[E]", of: .program,
        summary: "the SQL of a pipeline, or of the last result", run: sql),
      REPLCommand(
        "plan", argument: "[E]", of: .program,
        summary: "its operators, with what is known of their rows", run: outline),
      REPLCommand(
        "schema", argument: "[R]", of: .program,
        summary: "the columns of a relation, or of the last result", run: schema),
      REPLCommand(
        "doc", argument: "NAME", of: .name, summary: "what a verb or function does", run: doc),
      REPLCommand(
        "type", argument: "E", of: .program, summary: "the type of a value", run: type),
      REPLCommand(
        "time", argument: "E", of: .program, summary: "how long it takes", run: time),
      REPLCommand("vars", summary: "what is bound", run: { _ in variables }),
    ]
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
    if text.isEmpty { return log.lastPlan.map(shownSQL) ?? "nothing was shown yet" }
    let (plan, findings) = plan(text)
    return plan.map(shownSQL) ?? (findings.isEmpty ? "no relation here" : findings)
  }

  /// Names in it may hold what a terminal would obey.
  private func shownSQL(_ plan: LogicalPlan) -> String { Exit.lines(session.sql(of: plan)) }

  private func outline(_ text: String) -> String {
    var found = text.isEmpty ? (log.lastPlan, "nothing was shown yet") : plan(text)
    if found.1.isEmpty { found.1 = "no relation here" }
    let sources = session.sources
    return found.0.map { plan in
      PlanOutline(plan) { sources[$0.file]?.text($0) }.text(width: printer.width)
    } ?? found.1
  }

  private func doc(_ name: String) -> String {
    let pages = Documentation.pages(name)
    return pages.isEmpty
      ? Self.trimmed(Documentation.unknown(name))
      : Terminal.wrapped(pages.map(\.plain).joined(separator: "\n\n"))
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
    // Counted apart from the time that was taken.
    let losses = shown.plans.flatMap(session.losses)
    let lines = (shown.text.isEmpty ? [] : [shown.text]) + losses + [Self.words(taken)]
    return lines.joined(separator: "\n")
  }

  private func schema(_ text: String) -> String {
    let (plan, findings) = text.isEmpty ? (log.lastPlan, "nothing was shown yet") : plan(text)
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
}
