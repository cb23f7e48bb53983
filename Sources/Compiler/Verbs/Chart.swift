import Diagnostics
import Syntax
import Values

extension Verb {
  static let chart = Verb(
    name: "chart", summary: "draws the rows: a chart is a value",
    form: "chart line(x = month, y = revenue, title = \"Revenue\")", clauses: [],
    details: """
      In a report it is a picture with its rows and a description, at the prompt it is drawn in
      characters. `title = "..."` goes with each kind:

      \(ChartKind.manual)

      `y_scale = "log"` puts equal factors at equal distances; what is not above zero has no place
      there, and is counted below the chart. `reference = 0.5` draws a line at a number,
      `reference = "diagonal"` the one where x equals y. A missing number breaks a line. Bars of
      several rows at one place lie on each other.
      """,
    examples: [
      "orders | summarize revenue = sum(amount) by region | chart bar(x = region, y = revenue)",
      "orders | chart histogram(x = amount, bins = 3)",
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
