import CBoostMath

/// A probability distribution with its parameters, by Boost.Math. Parameters outside the domain
/// give NaN, not a trap.
///
///     Distribution.normal(mean: 0, deviation: 1).quantile(0.975)  // 1.959963984540054
package enum Distribution: Hashable, Sendable {
  case normal(mean: Double, deviation: Double)
  case studentT(freedom: Double)
  case chiSquared(freedom: Double)
  case fisherF(freedom1: Double, freedom2: Double)
  case beta(a: Double, b: Double)
  case gamma(shape: Double, scale: Double)
  case exponential(rate: Double)
  case weibull(shape: Double, scale: Double)
  /// Of a variable whose logarithm is normal with this location and scale.
  case lognormal(location: Double, scale: Double)
  case binomial(trials: Double, probability: Double)
  case poisson(mean: Double)
  /// How many failures come before so many successes.
  case negativeBinomial(successes: Double, probability: Double)

  package static let standardNormal = Distribution.normal(mean: 0, deviation: 1)

  package enum Measure: CaseIterable, Hashable, Sendable {
    case density, cumulative, survival, quantile

    fileprivate var code: whom_measure {
      switch self {
      case .density: whom_density
      case .cumulative: whom_cumulative
      case .survival: whom_survival
      case .quantile: whom_quantile
      }
    }
  }

  /// The density, or the probability of a count.
  package func density(_ x: Double) -> Double { measure(.density, x) }

  /// P(X <= x)
  package func cumulative(_ x: Double) -> Double { measure(.cumulative, x) }

  /// P(X > x), with all its digits where it is small.
  package func survival(_ x: Double) -> Double { measure(.survival, x) }

  /// The x with P(X <= x) = p; of counts the smallest with P(X <= x) >= p.
  package func quantile(_ p: Double) -> Double { measure(.quantile, p) }

  package func measure(_ what: Measure, _ x: Double) -> Double {
    let code = what.code
    return switch self {
    case .normal(let mean, let deviation): whom_normal(code, x, mean, deviation)
    case .studentT(let freedom): whom_student_t(code, x, freedom)
    case .chiSquared(let freedom): whom_chi_squared(code, x, freedom)
    case .fisherF(let freedom1, let freedom2): whom_fisher_f(code, x, freedom1, freedom2)
    case .beta(let a, let b): whom_beta_distribution(code, x, a, b)
    case .gamma(let shape, let scale): whom_gamma_distribution(code, x, shape, scale)
    case .exponential(let rate): whom_exponential(code, x, rate)
    case .weibull(let shape, let scale): whom_weibull(code, x, shape, scale)
    case .lognormal(let location, let scale): whom_lognormal(code, x, location, scale)
    case .binomial(let trials, let probability): whom_binomial(code, x, trials, probability)
    case .poisson(let mean): whom_poisson(code, x, mean)
    case .negativeBinomial(let successes, let probability):
      whom_negative_binomial(code, x, successes, probability)
    }
  }
}
