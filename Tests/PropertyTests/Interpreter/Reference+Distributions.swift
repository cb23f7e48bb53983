import Glibc
import Values

/// Distributions by series, rounded to six places: beyond those two ways of working it out part.
extension Reference {
  static let distributions: [Reference] =
    [
      Curve("normal", "1, 2", -9...11) { x in
        exp(-(x - 1) * (x - 1) / 8) / (8 * Double.pi).squareRoot()
      } cumulative: {
        erfc(-($0 - 1) / 8.0.squareRoot()) / 2
      },
      Curve("lognormal", "0.5, 1", 0...500) { x in
        x > 0 ? exp(-(log(x) - 0.5) * (log(x) - 0.5) / 2) / (x * (2 * Double.pi).squareRoot()) : 0
      } cumulative: {
        $0 > 0 ? erfc(-(log($0) - 0.5) / 2.0.squareRoot()) / 2 : 0
      },
      Curve("exponential", "0.5", 0...80) {
        $0 < 0 ? 0 : 0.5 * exp(-0.5 * $0)
      } cumulative: {
        $0 < 0 ? 0 : 1 - exp(-0.5 * $0)
      },
      Curve("weibull", "1.5, 2", 0...40) { x in
        x < 0 ? 0 : 0.75 * (x / 2).squareRoot() * exp(-pow(x / 2, 1.5))
      } cumulative: {
        $0 < 0 ? 0 : 1 - exp(-pow($0 / 2, 1.5))
      },
      Curve("gamma", "2.5, 2", 0...100) { x in
        x <= 0 ? 0 : exp(1.5 * log(x / 2) - x / 2 - Series.logGamma(2.5)) / 2
      } cumulative: {
        Series.gammaP(2.5, $0 / 2)
      },
      Curve("chi2", "3", 0...100) { x in
        x <= 0 ? 0 : exp(0.5 * log(x) - x / 2 - 1.5 * log(2) - Series.logGamma(1.5))
      } cumulative: {
        Series.gammaP(1.5, $0 / 2)
      },
      Curve("beta", "2, 3.5", 0...1) { x in
        x <= 0 || x >= 1 ? 0 : exp(log(x) + 2.5 * log(1 - x) - Series.logBeta(2, 3.5))
      } cumulative: {
        Series.beta($0, 2, 3.5)
      },
      Curve("t", "4", -200...200) { x in
        exp(Series.logGamma(2.5) - Series.logGamma(2)) / (4 * Double.pi).squareRoot()
          * pow(1 + x * x / 4, -2.5)
      } cumulative: { x in
        let tail = Series.beta(4 / (4 + x * x), 2, 0.5) / 2
        return x < 0 ? tail : 1 - tail
      },
      Curve("f", "3, 8", 0...500) { x in
        x <= 0
          ? 0
          : exp(1.5 * log(3 * x) + 4 * log(8) - 5.5 * log(3 * x + 8) - Series.logBeta(1.5, 4)) / x
      } cumulative: {
        $0 <= 0 ? 0 : Series.beta(3 * $0 / (3 * $0 + 8), 1.5, 4)
      },
    ].flatMap(\.references)
    + [
      Count("binomial", "7, 0.25") { k in
        k > 7 ? 0 : chosen(7, k) * pow(0.25, k) * pow(0.75, 7 - k)
      },
      Count("poisson", "2.5") { exp(-2.5 + $0 * log(2.5) - Series.logGamma($0 + 1)) },
      Count("negative_binomial", "3, 0.4") { chosen($0 + 2, 2) * pow(0.4, 3) * pow(0.6, $0) },
    ].flatMap(\.references) + special

  private static let special: [Reference] = [
    rounded("erf") { erf($0) }, rounded("erfc") { erfc($0) },
    rounded("log_gamma") { $0 > 0 && $0 < 1e4 ? lgamma($0) : .infinity },
    rounded("digamma") { $0 > 0 && $0 < 1e4 ? Series.digamma($0) : .infinity },
    rounded("erf_inverse") { p in
      abs(p) < 1 ? Series.root(p, -7...7) { erf($0) } : abs(p) == 1 ? .infinity : .nan
    },
    rounded("beta_function", "2.5") { x in
      x > 1e-3 && x < 1e4 ? exp(Series.logBeta(x, 2.5)) : .infinity
    },
    rounded("gamma_p", before: "2.5") { $0 < 0 ? .nan : Series.gammaP(2.5, $0) },
    rounded("gamma_q", before: "2.5") { $0 < 0 ? .nan : Series.gammaQ(2.5, $0) },
    rounded("incomplete_beta", "2, 3.5") { (0...1).contains($0) ? Series.beta($0, 2, 3.5) : .nan },
    Reference("factorial", [.value(.int)], .float) { arguments in
      let n = try arguments.int(0)
      // Below 0 a column has null, and a constant is refused.
      if !(0...18).contains(n) { throw Undefined() }
      return .float((0..<n).reduce(1) { $0 * Double($1 + 1) })
    },
    Reference("choose", [.value(.int), .value(.int)], .float) { arguments in
      let (n, k) = (try arguments.int(0), try arguments.int(1))
      if !(0...40).contains(n) { throw Undefined() }
      return .float(k < 0 || k > n ? 0 : chosen(Double(n), Double(k)).rounded())
    },
  ]

  private static func chosen(_ n: Double, _ k: Double) -> Double {
    stride(from: 1, through: k, by: 1).reduce(1) { $0 * (n - k + $1) / $1 }
  }

  /// `round(erf(x), 6)`. Not a number is null; infinity stands for what is not compared.
  static func rounded(
    _ name: String, _ after: String = "", before: String = "",
    _ f: @escaping @Sendable (Double) -> Double
  ) -> Reference {
    Reference(name, [.varying(.float)], .float) { arguments in
      let value = f(try arguments.float(0))
      if value.isNaN { return .null }
      let scaled = abs(value) * 1e6
      // Half-way between two, the last digit decides; of large ones there are no six places.
      guard scaled < 1e11, abs(scaled - scaled.rounded(.down) - 0.5) > 1e-4 else {
        throw Undefined()
      }
      let size = (scaled + 0.5).rounded(.down) / 1e6
      return .float(value < 0 ? -size : size)
    }.written { parts in
      let arguments = [before, parts[0], after].filter { !$0.isEmpty }.joined(separator: ", ")
      return "round(\(name)(\(arguments)), 6)"
    }
  }
}

/// The four functions of a continuous distribution.
private struct Curve {
  var references: [Reference]

  init(
    _ name: String, _ parameters: String, _ range: ClosedRange<Double>,
    _ density: @escaping @Sendable (Double) -> Double,
    cumulative: @escaping @Sendable (Double) -> Double
  ) {
    references = [
      Reference.rounded("\(name)_pdf", parameters, density),
      Reference.rounded("\(name)_cdf", parameters, cumulative),
      Reference.rounded("\(name)_sf", parameters) { 1 - cumulative($0) },
      Reference.rounded("\(name)_quantile", parameters) { share in
        if share < 0 || share > 1 { return .nan }
        // Far out the slow way is not good enough.
        return share < 1e-6 || share > 1 - 1e-6
          ? .infinity : Series.root(share, range, cumulative)
      },
    ]
  }
}

/// The four functions of counts, from their probabilities.
private struct Count {
  var references: [Reference]

  init(
    _ name: String, _ parameters: String, _ probability: @escaping @Sendable (Double) -> Double
  ) {
    let upTo: @Sendable (Double) -> Double = { x in
      x < 0
        ? 0
        : stride(from: 0, through: min(x.rounded(.down), 400), by: 1).reduce(0) {
          $0 + probability($1)
        }
    }
    references = [
      Reference.rounded("\(name)_pmf", parameters) { x in
        x < 0 || x != x.rounded() ? 0 : x > 400 ? 0 : probability(x)
      },
      Reference.rounded("\(name)_cdf", parameters, upTo),
      Reference.rounded("\(name)_sf", parameters) { 1 - upTo($0) },
      Reference.rounded("\(name)_quantile", parameters) { share in
        if share < 0 || share > 1 { return .nan }
        if share > 1 - 1e-6 { return .infinity }
        var count = 0.0
        while upTo(count) < share { count += 1 }
        return abs(upTo(count) - share) < 1e-9 ? .infinity : count
      },
    ]
  }
}
