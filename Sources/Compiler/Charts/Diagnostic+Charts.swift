import Diagnostics
import Syntax
import Values

// What is said about charts that cannot be drawn.
extension Diagnostic {
  static func unknownChart(_ mark: Name) -> Diagnostic {
    let known = ChartKind.allCases.map(\.rawValue)
    let near =
      elsewhere[mark.text]
      ?? (known.first { mark.text.lowercased().contains($0) }
      ?? Suggestion.nearest(to: mark.text, in: known))
      .map { "did you mean `\($0)`?" }
    return Diagnostic(
      .chartArguments, "there is no chart `\(mark.text)`", at: mark.span, label: "unknown chart",
      help: [near ?? "charts: \(known.joined(separator: ", "))"])
  }

  /// What other tools call a chart.
  private static let elsewhere = [
    "scatter": "points are drawn by `point`", "dot": "points are drawn by `point`",
    "column": "`bar` stands upright when `y` is the number",
    "barh": "`bar` lies when `x` is the number", "hist": "did you mean `histogram`?",
    "density": "`histogram` shows how values are spread",
    "boxplot": "did you mean `box`?", "violin": "`box` compares how groups are spread",
    "pie": "a pie is hard to read: `bar` shows shares",
    "donut": "a ring is hard to read: `bar` shows shares",
  ]

  static func unnamedChannel(_ kind: ChartKind, at span: Span) -> Diagnostic {
    let example = kind.channels.filter(\.isRequired).map { "\($0.name) = ..." }
    return Diagnostic(
      .chartArguments, "arguments of a chart have names", at: span,
      label: "which part of the chart?",
      help: ["for example `\(kind.rawValue)(\(example.joined(separator: ", ")))`"])
  }

  static func repeatedChannel(_ name: Name, first: Span) -> Diagnostic {
    Diagnostic(
      .chartArguments, "`\(name.text)` is given twice", at: name.span, label: "the second time",
      notes: [.init("the first time", at: first)])
  }

  static func missingChannel(_ name: String, of kind: ChartKind, at span: Span) -> Diagnostic {
    Diagnostic(
      .chartArguments, "`\(kind.rawValue)` needs `\(name)`", at: span,
      label: "`\(name) = ...` is missing")
  }

  static func unknownChannel(_ name: Name, of kind: ChartKind) -> Diagnostic {
    let options = ["title"] + kind.options.map(\.rawValue)
    let known = kind.channels.map(\.name) + options
    let near = Suggestion.nearest(to: name.text, in: known)
    return Diagnostic(
      .chartArguments, "`\(kind.rawValue)` has no `\(name.text)`", at: name.span,
      label: "unknown part of the chart",
      help: [
        absence(of: name.text, in: kind) ?? near.map { "did you mean `\($0)`?" }
          ?? "it has \(known.joined(separator: ", "))"
      ])
  }

  private static func absence(of name: String, in kind: ChartKind) -> String? {
    switch (name, kind) {
    case ("y", .histogram): "its `y` is the number of rows in each bin"
    case ("y_scale", .bar), ("y_scale", .area), ("y_scale", .histogram), ("x_scale", .bar):
      "its marks begin at zero, which a log axis does not have; `point` and `line` have one"
    case ("stacked", .area): "areas are always stacked; `line` shows series side by side"
    case ("log", _): "an axis of logarithms is `y_scale = \"log\"` or `x_scale = \"log\"`"
    case ("fill", _), ("group", _), ("hue", _): "the series are made by `color`"
    case ("label", _), ("name", _): "the title of the chart is `title`"
    default: nil
    }
  }

  static func wrongType(
    of name: String, _ kind: ChartKind, _ accepted: ChartKind.Accepted, _ expr: TypedExpr
  ) -> Diagnostic {
    switch accepted {
    case .anything:
      return Diagnostic(
        .chartArguments, "`\(name)` of `\(kind.rawValue)` cannot be drawn", at: expr.span,
        label: "this is \(expr.type)", help: ["draw a part of it: a number, a text, a date"])
    case .measure, .number:
      return Diagnostic(
        .chartArguments, "`\(name)` of `\(kind.rawValue)` must be a number", at: expr.span,
        label: "this is \(expr.type)", help: advice(kind, expr.type.base))
    }
  }

  private static func advice(_ kind: ChartKind, _ type: DataType) -> [String] {
    switch (kind, type) {
    case (.histogram, .date), (.histogram, .timestamp):
      ["count by month: `| summarize n = count() by month = month(...) | chart bar(...)`"]
    case (.histogram, .text), (.histogram, .bool):
      ["count each value: `| summarize n = count() by ... | chart bar(...)`"]
    case (.line, .text), (.area, .text):
      ["the number goes up: `y`; the text goes along (`x`) or makes the series (`color`)"]
    default: []
    }
  }

  /// A bar, box or funnel of words alone.
  static func noMeasure(_ kind: ChartKind, _ channels: [ChartCheck.Given]) -> Diagnostic {
    let axes = channels.filter { ["x", "y"].contains($0.name.text) }
    let types = axes.map { "`\($0.name.text)` is \($0.expr.type)" }.joined(separator: ", ")
    let hint =
      kind == .box
      ? "`box(x = region, y = amount)` shows how the amounts are spread"
      : "count first: `| summarize n = count() by ...`"
    return Diagnostic(
      .chartArguments, "one of `x` and `y` of `\(kind.rawValue)` must be a number",
      at: axes.last?.expr.span ?? Span(file: FileID(0), start: 0, end: 0), label: types,
      help: [hint])
  }

  static func halfInterval(_ end: Name) -> Diagnostic {
    let other = end.text == "low" ? "high" : "low"
    return Diagnostic(
      .chartArguments, "an interval has two ends", at: end.span,
      label: "`\(other) = ...` is missing")
  }

  static func stackedInterval(_ end: Name) -> Diagnostic {
    Diagnostic(
      .chartArguments, "bars on each other have no intervals", at: end.span,
      label: "an interval is of one bar", help: ["leave `stacked = true` out"])
  }

  static func logOfOther(_ axis: String, _ expr: TypedExpr, at span: Span?) -> Diagnostic {
    Diagnostic(
      .chartArguments, "a log axis is for numbers", at: span ?? expr.span,
      label: "`\(axis)` is \(expr.type)")
  }

  static func wrongOption(_ option: ChartOption, of kind: ChartKind, at span: Span) -> Diagnostic {
    let wanted =
      switch option {
      case .title: "a text"
      case .bins: "a whole number from 1 to 1000"
      case .stacked: "`true` or `false`"
      case .xScale, .yScale: "\"log\" or \"linear\""
      case .reference:
        kind == .bar ? "a number" : "a number, or \"diagonal\" for the line where x equals y"
      }
    return Diagnostic(
      .chartArguments, "`\(option.rawValue)` is \(wanted)", at: span, label: "something else")
  }
}
