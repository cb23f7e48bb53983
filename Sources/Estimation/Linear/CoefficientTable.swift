/// The rows of a table of coefficients from estimates and their covariance: tests and intervals of
/// Student (1908) where the spread was estimated from normal residuals, else of Wald (1943).
struct CoefficientTable {
  var names: [String]
  var estimates: [Double]
  /// Symmetric, by columns.
  var covariance: [Double]
  /// Of Student's t; nothing for the normal distribution.
  var freedom: Double?
  var level = 0.95

  var rows: [Coefficient] {
    let reach = quantile
    return names.indices.map { index in
      let error = covariance[index * (names.count + 1)].squareRoot()
      let statistic = estimates[index] / error
      return Coefficient(
        feature: names[index], estimate: estimates[index], standardError: error,
        statistic: statistic, p: p(statistic), low: estimates[index] - reach * error,
        high: estimates[index] + reach * error)
    }
  }

  private var quantile: Double {
    let tail = (1 + level) / 2
    guard let freedom else { return Distributions.normalQuantile(tail) }
    return Distributions.studentQuantile(tail, freedom: freedom)
  }

  private func p(_ statistic: Double) -> Double {
    guard let freedom else { return Distributions.normalTwoSided(statistic) }
    return Distributions.studentTwoSided(statistic, freedom: freedom)
  }
}
