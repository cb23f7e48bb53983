import CBoostMath

/// Special functions by Boost.Math; NaN outside of their domain.
package enum SpecialFunctions {
  /// The logarithm of the absolute value of the gamma function.
  package static func logGamma(_ x: Double) -> Double { whom_log_gamma(x) }
  package static func gamma(_ x: Double) -> Double { whom_gamma(x) }
  /// The derivative of `logGamma`.
  package static func digamma(_ x: Double) -> Double { whom_digamma(x) }
  /// The derivative of `digamma`.
  package static func trigamma(_ x: Double) -> Double { whom_trigamma(x) }

  package static func erf(_ x: Double) -> Double { whom_erf(x) }
  /// 1 - erf(x), with all its digits where it is small.
  package static func erfc(_ x: Double) -> Double { whom_erfc(x) }
  package static func inverseErf(_ x: Double) -> Double { whom_erf_inverse(x) }
  package static func inverseErfc(_ x: Double) -> Double { whom_erfc_inverse(x) }

  package static func beta(_ a: Double, _ b: Double) -> Double { whom_beta(a, b) }

  /// The regularised lower incomplete gamma function P(a, x), its complement Q, and the x of a P.
  package static func gammaP(_ a: Double, _ x: Double) -> Double { whom_gamma_p(a, x) }
  package static func gammaQ(_ a: Double, _ x: Double) -> Double { whom_gamma_q(a, x) }
  package static func inverseGammaP(_ a: Double, _ p: Double) -> Double {
    whom_gamma_p_inverse(a, p)
  }

  /// The regularised incomplete beta function I_x(a, b), its complement, and the x of an I.
  package static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    whom_incomplete_beta(a, b, x)
  }
  package static func incompleteBetaComplement(_ a: Double, _ b: Double, _ x: Double) -> Double {
    whom_incomplete_beta_complement(a, b, x)
  }
  package static func inverseIncompleteBeta(_ a: Double, _ b: Double, _ p: Double) -> Double {
    whom_incomplete_beta_inverse(a, b, p)
  }
}

/// The version of Boost that was compiled in: `1.74`.
package let boostVersion = String(
  String(cString: whom_boost_version()).map { $0 == "_" ? "." : $0 })
