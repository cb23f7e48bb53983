import Glibc

/// Distributions worked out by sums, fractions and halving, the slow way that textbooks show
/// (Abramowitz and Stegun, "Handbook of Mathematical Functions", 6.5.29, 6.5.31, 26.5.8).
enum Series {
  static func logGamma(_ x: Double) -> Double { lgamma(x) }

  /// The regularised lower incomplete gamma function: the series below the mean, the continued
  /// fraction of its complement above.
  static func gammaP(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x)
  }

  static func gammaQ(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x)
  }

  private static func gammaSeries(_ a: Double, _ x: Double) -> Double {
    var (term, sum, n) = (1 / a, 1 / a, a)
    while term > sum * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return sum * exp(a * log(x) - x - logGamma(a))
  }

  private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
    var fraction = 0.0
    for n in stride(from: 400.0, to: 0, by: -1) {
      fraction = n * (n - a) / (x + 2 * n + 1 - a - fraction)
    }
    return exp(a * log(x) - x - logGamma(a)) / (x + 1 - a - fraction)
  }

  /// The regularised incomplete beta function by its continued fraction, from the end backwards.
  static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - beta(1 - x, b, a) }
    var fraction = 1.0
    for m in stride(from: 400.0, through: 0, by: -1) {
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      let next = m + 1
      let even = next * (b - next) * x / ((a + 2 * next - 1) * (a + 2 * next))
      fraction = 1 + odd / (1 + even / fraction)
    }
    return exp(a * log(x) + b * log(1 - x) - logBeta(a, b)) / (a * fraction)
  }

  static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// From far out by its expansion, with x raised until that holds (6.3.5, 6.3.18).
  static func digamma(_ x: Double) -> Double {
    if x < 12 { return digamma(x + 1) - 1 / x }
    let y = 1 / (x * x)
    return log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y / 240)))
  }

  /// Where a rising function comes up to a share.
  static func root(
    _ share: Double, _ range: ClosedRange<Double>, _ rising: (Double) -> Double
  ) -> Double {
    var (low, high) = (range.lowerBound, range.upperBound)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if rising(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
