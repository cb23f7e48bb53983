import Diagnostics
import Values

/// The rows of a box plot: one a group, worked out by the engine.
///
///     region  count  low  q1  median  q3  high  min   max  outliers
///     AMER       40    2  10      20  30    55    2    90         3
///
/// Quartiles are those of `quantile`. `low` and `high`, the ends of the whiskers, are the lowest
/// and the highest value within one and a half quartile distances of the box; `outliers` counts
/// what lies beyond (Tukey 1977, Exploratory Data Analysis, 2C).
struct Quartiles {
  var text: StageText
  /// One row a value: `value`, a float, and `group`, where there is one.
  let values: LogicalPlan

  static let figures = [
    "count", "low", "q1", "median", "q3", "high", "min", "max", "outliers",
  ]

  mutating func plan() -> LogicalPlan? {
    let isGrouped = values.schema["group"] != nil
    guard let boxes = boxes(isGrouped), let joined = joined(boxes, isGrouped) else { return nil }
    let kept = ["count", "q1", "median", "q3", "min", "max"]
    let inside = "value >= lower_fence and value <= upper_fence"
    return text.apply(
      "summarize low = min(value) where \(inside), high = max(value) where \(inside),"
        + " inside = count(value) where \(inside)"
        + " by \((isGrouped ? ["group"] : []).joined() + (isGrouped ? ", " : ""))"
        + kept.joined(separator: ", ")
        + " | derive outliers = count - inside", to: joined)
  }

  private func boxes(_ isGrouped: Bool) -> LogicalPlan? {
    text.apply(
      "summarize count = count(value), q1 = quantile(value, 0.25), median = median(value),"
        + " q3 = quantile(value, 0.75), min = min(value), max = max(value)"
        + (isGrouped ? " by group" : "")
        + " | derive lower_fence = q1 - 1.5 * (q3 - q1), upper_fence = q3 + 1.5 * (q3 - q1)",
      to: values)
  }

  /// Each value with the figures of its group; a missing group is a group as well.
  private mutating func joined(_ boxes: LogicalPlan, _ isGrouped: Bool) -> LogicalPlan? {
    guard isGrouped, let group = values.schema["group"] else {
      text.bind("boxes", boxes)
      return text.apply("join cross boxes", to: values)
    }
    let own = values.schema.columns.map { column in
      (Join.Output(name: column.name, source: .left(column.name)), column.type)
    }
    let others = boxes.schema.columns.filter { $0.name != "group" }.map { column in
      (Join.Output(name: column.name, source: .right(column.name)), column.type)
    }
    let outputs = own + others
    let same = TypedExpr(
      .compare(
        .equal, .column(group, text.span),
        TypedExpr(.rightColumn("group"), group.type, text.span)),
      ValueType(.bool), text.span)
    let join = Join(
      kind: .inner, keys: [], conditions: [same], outputs: outputs.map(\.0), guardSpan: nil)
    return LogicalPlan(
      .join(values, boxes, join),
      schema: Schema(outputs.map { Column($0.0.name, $0.1) }), facts: Facts(), span: text.span)
  }
}
