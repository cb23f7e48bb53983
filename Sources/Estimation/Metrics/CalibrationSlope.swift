import Glibc

extension ScoreOrder {
  /// The slope of outcomes on the log odds that were predicted (Cox 1958), with its interval: 1 is
  /// right, below 1 the probabilities are too sure of themselves. Nothing where the scores do not
  /// differ or part the outcomes without a mistake, or so nearly that its interval reaches 100 to
  /// either side: then nothing is known of it. With weights its error is that of White's sandwich
  /// (1982).
  package func calibrationSlope(level: Double = 0.95) -> Interval? {
    guard !isParted else { return nil }
    let logits = scores.map { p in
      let inside = min(1 - 1e-9, max(1e-9, p))
      return log(inside / (1 - inside))
    }
    var fit = LogitLine(logits, hits, weights, intercept: 0, slope: 1)
    for _ in 0..<50 {
      guard let (intercept, slope) = fit.step else { return nil }
      var scale = 1.0
      var next = fit.moved(intercept, slope)
      // Half of a step that goes too far.
      while !(next.likelihood >= fit.likelihood - 1e-9 * abs(fit.likelihood)), scale > 1e-6 {
        scale /= 2
        next = fit.moved(scale * intercept, scale * slope)
      }
      fit = next
      guard abs(fit.slope) < 1e4 else { return nil }
      if abs(slope) < 1e-10 * (1 + abs(fit.slope)), let error = fit.slopeError {
        let reach = Distributions.normalQuantile((1 + level) / 2) * error
        guard reach < 100 else { return nil }
        return Interval(value: fit.slope, low: fit.slope - reach, high: fit.slope + reach)
      }
    }
    return nil
  }
}

extension ScoreOrder {
  /// Whether no score of one class lies beyond one of the other: then no slope is steep enough.
  private var isParted: Bool {
    guard let firstHit = hits.firstIndex(of: 1), let lastHit = hits.lastIndex(of: 1),
      let firstMiss = hits.firstIndex(of: 0), let lastMiss = hits.lastIndex(of: 0)
    else { return true }
    return scores[lastHit] >= scores[firstMiss] || scores[firstHit] <= scores[lastMiss]
  }
}

/// A logistic regression on one number: what Newton's method needs at one place (Agresti 2013,
/// section 5.5).
private struct LogitLine {
  let logits: [Double]
  let hits: [UInt8]
  let weights: [Double]?
  let intercept: Double
  let slope: Double
  private(set) var likelihood = 0.0
  private var gradient = (0.0, 0.0)
  /// Of the information matrix: both diagonals and what stands beside them.
  private var information = (0.0, 0.0, 0.0)
  /// The same of the squares of what each row adds to the gradient, where rows have weights.
  private var meat = (0.0, 0.0, 0.0)

  init(
    _ logits: [Double], _ hits: [UInt8], _ weights: [Double]?, intercept: Double, slope: Double
  ) {
    self.logits = logits
    self.hits = hits
    self.weights = weights
    self.intercept = intercept
    self.slope = slope
    for (row, x) in logits.enumerated() {
      let eta = intercept + slope * x
      let odds = exp(-abs(eta))
      let p = eta >= 0 ? 1 / (1 + odds) : odds / (1 + odds)
      let counts = weights?[row] ?? 1
      likelihood -= counts * (log1p(odds) + max(0, hits[row] == 1 ? -eta : eta))
      let rest = counts * (Double(hits[row]) - p)
      let weight = counts * p * (1 - p)
      if weights != nil {
        meat.0 += rest * rest
        meat.1 += rest * rest * x * x
        meat.2 += rest * rest * x
      }
      gradient.0 += rest
      gradient.1 += rest * x
      information.0 += weight
      information.1 += weight * x * x
      information.2 += weight * x
    }
  }

  private var determinant: Double? {
    let value = information.0 * information.1 - information.2 * information.2
    return value > 1e-12 * information.0 * information.1 ? value : nil
  }

  /// Where Newton's method goes.
  var step: (intercept: Double, slope: Double)? {
    guard let determinant else { return nil }
    return (
      (information.1 * gradient.0 - information.2 * gradient.1) / determinant,
      (information.0 * gradient.1 - information.2 * gradient.0) / determinant
    )
  }

  var slopeError: Double? {
    guard let determinant else { return nil }
    guard weights != nil else { return (information.0 / determinant).squareRoot() }
    let (a, b) = (-information.2 / determinant, information.0 / determinant)
    return (a * a * meat.0 + 2 * a * b * meat.2 + b * b * meat.1).squareRoot()
  }

  func moved(_ intercept: Double, _ slope: Double) -> LogitLine {
    LogitLine(
      logits, hits, weights, intercept: self.intercept + intercept, slope: self.slope + slope)
  }
}
