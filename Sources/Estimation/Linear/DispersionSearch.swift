import Glibc

/// The theta of a negative binomial by maximum likelihood, in turns with the coefficients
/// (Venables and Ripley, MASS, 4th ed. 2002, section 7.4).
struct DispersionSearch {
  var weights: [Double]?
  var target: [Double]

  typealias Fit = ReweightedLeastSquares.Fit

  mutating func fit(
    _ refit: (Double, [Double]?) throws(EstimationError) -> (Fit, [Double])
  ) throws(EstimationError) -> (Fit, Double) {
    // From the Poisson limit.
    var (fit, means) = try refit(1e8, nil)
    var theta = start(means)
    for _ in 0..<100 {
      let next = maximum(means, from: theta)
      let change = abs(next - theta) / theta
      theta = next
      (fit, means) = try refit(theta, fit.coefficients)
      if change < 1e-9 { return (fit, theta) }
    }
    throw .notConverged(iterations: 100)
  }

  private func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// By moments: the rows divided by the sum of (y / mean - 1)².
  private func start(_ means: [Double]) -> Double {
    var rows = 0.0
    var squares = 0.0
    for (row, mean) in means.enumerated() where mean > 0 {
      let part = target[row] / mean - 1
      rows += weight(row)
      squares += weight(row) * part * part
    }
    return squares > 0 ? max(1e-4, min(1e7, rows / squares)) : 1e7
  }

  /// Newton's method on log(theta); beyond 1e8 the target does not spread more than a Poisson's.
  private func maximum(_ means: [Double], from start: Double) -> Double {
    var theta = start
    for _ in 0..<100 {
      let (slope, curvature) = derivatives(means, theta)
      // In terms of log(theta).
      let first = slope * theta
      let second = curvature * theta * theta + first
      let step = second < 0 ? -first / second : (first > 0 ? 1 : -1)
      let next = min(1e8, max(1e-8, theta * exp(max(-2, min(2, step)))))
      let change = abs(next - theta)
      theta = next
      if change <= 1e-11 * theta { break }
    }
    return theta
  }

  private func derivatives(_ means: [Double], _ theta: Double) -> (Double, Double) {
    let digamma = Distributions.digamma(theta)
    let trigamma = Distributions.trigamma(theta)
    var slope = 0.0
    var curvature = 0.0
    for (row, mean) in means.enumerated() {
      let y = target[row]
      let weight = weight(row)
      slope +=
        weight
        * (Distributions.digamma(theta + y) - digamma + log(theta) + 1 - log(theta + mean)
          - (y + theta) / (mean + theta))
      curvature +=
        weight
        * (Distributions.trigamma(theta + y) - trigamma + 1 / theta - 2 / (mean + theta)
          + (y + theta) / ((mean + theta) * (mean + theta)))
    }
    return (slope, curvature)
  }
}
