import Statistics

/// The probabilities that tests and intervals need.
enum Distributions {
  private static let normal = Distribution.standardNormal

  /// P(|Z| > |z|)
  static func normalTwoSided(_ z: Double) -> Double { 2 * normal.survival(abs(z)) }
  static func normalQuantile(_ p: Double) -> Double { normal.quantile(p) }
  static func normalCumulative(_ z: Double) -> Double { normal.cumulative(z) }
  static func normalDensity(_ z: Double) -> Double { normal.density(z) }

  /// P(|T| > |t|)
  static func studentTwoSided(_ t: Double, freedom: Double) -> Double {
    2 * Distribution.studentT(freedom: freedom).survival(abs(t))
  }

  static func studentQuantile(_ p: Double, freedom: Double) -> Double {
    Distribution.studentT(freedom: freedom).quantile(p)
  }

  /// P(F > f)
  static func fisherAbove(_ f: Double, _ freedom1: Double, _ freedom2: Double) -> Double {
    Distribution.fisherF(freedom1: freedom1, freedom2: freedom2).survival(f)
  }

  /// P(X > x)
  static func chiSquaredAbove(_ x: Double, freedom: Double) -> Double {
    Distribution.chiSquared(freedom: freedom).survival(x)
  }

  static func logGamma(_ x: Double) -> Double { SpecialFunctions.logGamma(x) }
  static func digamma(_ x: Double) -> Double { SpecialFunctions.digamma(x) }
  static func trigamma(_ x: Double) -> Double { SpecialFunctions.trigamma(x) }
}
