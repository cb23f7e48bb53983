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
      check.report(.unknownChart(mark))
      return .failed
    }
    var chart = ChartCheck(check, kind, mark)
    return chart.plan().map { .chart($0) } ?? .failed
  }
}
