import Diagnostics
import Syntax
import Values

extension Verb {
  static let chart = Verb(
    name: "chart", summary: "draws the rows: a chart is a value",
    form: "chart line(x = month, y = revenue, title = \"Revenue\")", clauses: [],
    details: """
      `line`, `bar`, `point`, `heatmap` and others; `x`, `y`, `color` and so on name columns. In a report it
      is drawn, at the prompt the rows are shown with a line that says what the chart would show.
      """,
    examples: [
      "orders | summarize revenue = sum(amount) by region | chart bar(x = region, y = revenue)"
    ]
  ) { check in
    guard let mark = check.stage.modifiers.first else { return .failed }
    guard let kind = ChartKind(rawValue: mark.text) else {
      check.report(check.unknownChart(mark))
      return .failed
    }
    return check.chart(kind, mark)
  }
}

/// The charts and what each shows. The drawing of each is in the charting target, under the same
/// name.
package enum ChartKind: String, CaseIterable, Sendable {
  case line, bar, heatmap

  /// Channel, whether it must be there, and whether it must be a number.
  package var channels: [(name: String, isRequired: Bool, isNumber: Bool)] {
    switch self {
    case .line, .bar: [("x", true, false), ("y", true, false), ("color", false, false)]
    case .heatmap: [("x", true, false), ("y", true, false), ("color", true, true)]
    }
  }
}

extension StageCheck {
  fileprivate func unknownChart(_ mark: Name) -> Diagnostic {
    let known = ChartKind.allCases.map(\.rawValue)
    let near = Suggestion.nearest(to: mark.text, in: known)
    return Diagnostic(
      .chartArguments, "there is no chart `\(mark.text)`", at: mark.span, label: "unknown chart",
      help: [near.map { "did you mean `\($0)`?" } ?? "charts: \(known.joined(separator: ", "))"])
  }

  fileprivate func chart(_ kind: ChartKind, _ mark: Name) -> Checked {
    var encodings: [ChartPlan.Encoding] = []
    var items: [NamedExpr] = []
    var title: String?
    for argument in stage.arguments {
      guard let name = argument.name else {
        report(
          Diagnostic(
            .chartArguments, "arguments of a chart have names", at: argument.value.span,
            label: "which part of the chart?",
            help: ["for example `\(kind.rawValue)(x = ..., y = ...)`"]))
        return .failed
      }
      if name.text == "title" {
        guard let text = checker.constantText(argument.value, "a title", scope) else {
          return .failed
        }
        title = text
        continue
      }
      guard let encoding = encoding(kind, name, argument.value, &items) else { return .failed }
      encodings.append(encoding)
    }
    for channel in kind.channels
    where channel.isRequired && !encodings.contains(where: { $0.channel == channel.name }) {
      report(
        Diagnostic(
          .chartArguments, "`\(kind.rawValue)` needs `\(channel.name)`", at: mark.span,
          label: "`\(channel.name) = ...` is missing"))
      return .failed
    }
    let plan = Projection.plan(input, items, span)
    return .chart(
      ChartPlan(
        mark: kind.rawValue, plan: plan, encodings: encodings, title: title, span: span))
  }

  private func encoding(
    _ kind: ChartKind, _ name: Name, _ value: Expr, _ items: inout [NamedExpr]
  ) -> ChartPlan.Encoding? {
    guard let channel = kind.channels.first(where: { $0.name == name.text }) else {
      let known = kind.channels.map(\.name) + ["title"]
      let near = Suggestion.nearest(to: name.text, in: known)
      report(
        Diagnostic(
          .chartArguments, "`\(kind.rawValue)` has no `\(name.text)`", at: name.span,
          label: "unknown part of the chart",
          help: [near.map { "did you mean `\($0)`?" } ?? "it has \(known.joined(separator: ", "))"])
      )
      return nil
    }
    let expr = checker.check(value, rowContext)
    if expr.isFailed { return nil }
    if channel.isNumber, !expr.type.base.isNumber, expr.type.base != .null {
      report(
        Diagnostic(
          .chartArguments, "`\(name.text)` of `\(kind.rawValue)` must be a number", at: value.span,
          label: "this is \(expr.type)"))
      return nil
    }
    let column = Self.ownName(of: value, scope)?.text ?? name.text
    if !items.contains(where: { $0.name == column }) { items.append(NamedExpr(column, expr)) }
    return ChartPlan.Encoding(name.text, column)
  }
}
