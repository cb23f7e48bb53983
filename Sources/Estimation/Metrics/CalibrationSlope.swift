import Values

import Glibc

/// The slope of outcomes on the log odds that were predicted (Cox 1958): 1 is right, below 1
/// the probabilities are too sure of themselves.
package struct CalibrationSlope: Sendable, Equatable {
  package var interval: Interval

  package init?(_ outcomes: [Bool], _ probabilities: [Double], level: Double = 0.95) {
    let logits = probabilities.map { p in
      let inside = min(1 - 1e-9, max(1e-9, p))
      return log(inside / (1 - inside))
    }
    let count = outcomes.count
    let rows = TrainingRows(
      design: Design(
        features: [
          Feature("(intercept)", sources: [], kind: .intercept),
          Feature("logit", sources: [], kind: .number),
        ], rowCount: count, columns: [[Double](repeating: 1, count: count), logits]),
      target: .classes(codes: outcomes.map { $0 ? 1 : 0 }, labels: ["no", "yes"]))
    guard
      let arguments = try? Arguments(["level": .number(level)], for: Estimator.logistic.parameters),
      let model = try? Estimator.logistic.fitChecked(FitRequest(rows: rows, arguments: arguments)),
      let row = model.coefficients.last, let value = row.estimate, let low = row.low,
      let high = row.high
    else { return nil }
    interval = Interval(value: value, low: low, high: high)
  }
}
