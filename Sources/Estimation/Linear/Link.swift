import Glibc

/// How a linear predictor becomes a mean (McCullagh and Nelder 1989, section 2.2.3).
package enum Link: String, Sendable, CaseIterable {
  case identity, log, logit, probit, cloglog, inverse, sqrt

  /// The mean of a linear predictor.
  package func mean(_ eta: Double) -> Double {
    switch self {
    case .identity: eta
    case .log: exp(eta)
    case .logit: Self.logistic(eta)
    case .probit: Distributions.normalCumulative(eta)
    case .cloglog: -expm1(-exp(eta))
    case .inverse: 1 / eta
    case .sqrt: eta * eta
    }
  }

  var givesProbabilities: Bool {
    switch self {
    case .logit, .probit, .cloglog: true
    case .identity, .log, .inverse, .sqrt: false
    }
  }

  /// 1 / (1 + exp(-x)), without overflow on either side.
  package static func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }

  /// The slope of the mean at a linear predictor.
  func slope(_ eta: Double, mean: Double) -> Double {
    switch self {
    case .identity: 1
    case .log: mean
    case .logit: mean * (1 - mean)
    case .probit: Distributions.normalDensity(eta)
    case .cloglog: exp(eta - exp(eta))
    case .inverse: -mean * mean
    case .sqrt: 2 * eta
    }
  }

  /// The linear predictor of a mean.
  func predictor(_ mean: Double) -> Double {
    switch self {
    case .identity: mean
    case .log: Glibc.log(mean)
    case .logit: Glibc.log(mean / (1 - mean))
    case .probit: Distributions.normalQuantile(mean)
    case .cloglog: Glibc.log(-log1p(-mean))
    case .inverse: 1 / mean
    case .sqrt: mean.squareRoot()
    }
  }
}
