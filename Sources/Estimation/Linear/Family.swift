import Glibc

/// The distribution of a target around its mean (McCullagh and Nelder, Generalized Linear
/// Models, 2nd ed. 1989, chapter 2; the negative binomial as NB2, Venables and Ripley, MASS,
/// 4th ed. 2002, section 7.4).
package enum Family: Sendable, Equatable {
  case gaussian, binomial, poisson, gamma
  /// variance = mean + mean² / theta
  case negativeBinomial(theta: Double)

  package var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .binomial: "binomial"
    case .poisson: "poisson"
    case .gamma: "gamma"
    case .negativeBinomial: "negative_binomial"
    }
  }

  /// The link that is taken when none is named. Gamma's is log, not the canonical inverse: means
  /// stay positive and coefficients read as factors.
  package var defaultLink: Link {
    switch self {
    case .gaussian: .identity
    case .binomial: .logit
    case .poisson, .gamma, .negativeBinomial: .log
    }
  }

  /// With it the steps of the fit are Newton's, and shrink with their squares.
  var canonicalLink: Link? {
    switch self {
    case .gaussian: .identity
    case .binomial: .logit
    case .poisson: .log
    case .gamma: .inverse
    case .negativeBinomial: nil
    }
  }

  package var links: [Link] {
    switch self {
    case .gaussian: [.identity, .log, .inverse]
    case .binomial: [.logit, .probit, .cloglog]
    case .poisson, .negativeBinomial: [.log, .identity, .sqrt]
    case .gamma: [.log, .inverse, .identity]
    }
  }

  /// Whether the spread is known once the mean is.
  var hasFixedDispersion: Bool {
    switch self {
    case .gaussian, .gamma: false
    case .binomial, .poisson, .negativeBinomial: true
    }
  }

  func variance(_ mean: Double) -> Double {
    switch self {
    case .gaussian: 1
    case .binomial: mean * (1 - mean)
    case .poisson: mean
    case .gamma: mean * mean
    case .negativeBinomial(let theta): mean + mean * mean / theta
    }
  }

  /// One row's part of the deviance, before its weight.
  func deviance(_ y: Double, _ mean: Double) -> Double {
    switch self {
    case .gaussian: (y - mean) * (y - mean)
    case .binomial: 2 * (Self.times(y, y / mean) + Self.times(1 - y, (1 - y) / (1 - mean)))
    case .poisson: 2 * (Self.times(y, y / mean) - (y - mean))
    case .gamma: -2 * (log(y / mean) - (y - mean) / mean)
    case .negativeBinomial(let theta):
      2 * (Self.times(y, y / mean) - (y + theta) * log((y + theta) / (mean + theta)))
    }
  }

  /// factor * log(x), where 0 * log(0) is 0.
  private static func times(_ factor: Double, _ x: Double) -> Double {
    factor == 0 ? 0 : factor * log(x)
  }

  /// A mean to start from, inside the range that the family allows.
  func startingMean(_ y: Double, weight: Double, average: Double) -> Double {
    switch self {
    case .gaussian: y
    case .binomial: (weight * y + 0.5) / (weight + 1)
    case .poisson: y + 0.1
    case .gamma: y
    case .negativeBinomial: y > 0 ? y : max(average, 1) / 6
    }
  }

  func allows(_ mean: Double) -> Bool {
    switch self {
    case .gaussian: mean.isFinite
    case .binomial: mean >= 0 && mean <= 1
    case .poisson, .gamma, .negativeBinomial: mean > 0 && mean.isFinite
    }
  }

  func check(_ target: [Double]) throws(EstimationError) {
    let (wanted, isBad): (String, (Double) -> Bool) =
      switch self {
      case .gaussian: ("any number", { !$0.isFinite })
      case .binomial: ("between 0 and 1", { !($0 >= 0 && $0 <= 1) })
      case .poisson: ("0 or more", { !($0 >= 0) })
      case .gamma: ("above 0", { !($0 > 0) })
      case .negativeBinomial: ("0 or more", { !($0 >= 0) })
      }
    let bad = target.count(where: isBad)
    guard bad == 0 else { throw .targetOutOfRange(family: name, wanted: wanted, rows: bad) }
  }

  /// One row's logarithm of the likelihood; `dispersion` only where it is not fixed.
  func logLikelihood(_ y: Double, _ mean: Double, weight: Double, dispersion: Double) -> Double {
    switch self {
    case .gaussian:
      return -0.5 * weight * (y - mean) * (y - mean) / dispersion
        - 0.5 * log(2 * .pi * dispersion / weight)
    case .binomial: return -0.5 * weight * deviance(y, mean)
    case .poisson: return weight * (Self.times(y, mean) - mean - lgamma(y + 1))
    case .gamma:
      let shape = 1 / dispersion
      return weight
        * (shape * log(shape * y / mean) - shape * y / mean - log(y) - lgamma(shape))
    case .negativeBinomial(let theta):
      let constant = lgamma(y + theta) - lgamma(theta) - lgamma(y + 1)
      return weight
        * (constant + theta * log(theta / (theta + mean)) + Self.times(y, mean / (mean + theta)))
    }
  }
}
