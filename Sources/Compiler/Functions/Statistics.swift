import Statistics
import Values

/// Distributions and special functions: no engine has them, so Whom itself works them out, with
/// Boost.Math, in a step between two queries; on constants while the program is checked.
extension BuiltinFunction {
  static let statistics: [BuiltinFunction] =
    distributions.flatMap { $0.functions } + special

  private static let distributions: [DistributionFamily] = [
    DistributionFamily(
      "normal", "the normal distribution", [("mean", 0), ("deviation", 1)], "1.96"
    ) { .normal(mean: $0, deviation: $1) },
    DistributionFamily("t", "Student's t distribution", [("freedom", nil)], "2.1, 10") { first, _ in
      .studentT(freedom: first)
    },
    DistributionFamily("chi2", "the chi-square distribution", [("freedom", nil)], "3.84, 1") {
      first, _ in .chiSquared(freedom: first)
    },
    DistributionFamily(
      "f", "the F distribution", [("freedom1", nil), ("freedom2", nil)], "3.1, 3, 20"
    ) { .fisherF(freedom1: $0, freedom2: $1) },
    DistributionFamily("beta", "the beta distribution", [("a", nil), ("b", nil)], "0.2, 2, 5") {
      .beta(a: $0, b: $1)
    },
    DistributionFamily(
      "gamma", "the gamma distribution", [("shape", nil), ("scale", 1)], "1.5, 2"
    ) { .gamma(shape: $0, scale: $1) },
    DistributionFamily("exponential", "the exponential distribution", [("rate", 1)], "0.5, 2") {
      first, _ in .exponential(rate: first)
    },
    DistributionFamily(
      "weibull", "the Weibull distribution", [("shape", nil), ("scale", 1)], "0.5, 2"
    ) { .weibull(shape: $0, scale: $1) },
    DistributionFamily(
      "lognormal", "the distribution of a value whose logarithm is normal",
      [("location", 0), ("scale", 1)], "1.5"
    ) { .lognormal(location: $0, scale: $1) },
    DistributionFamily(
      "binomial", "the number of successes in so many trials",
      [("trials", nil), ("probability", nil)], "3, 10, 0.25", isDiscrete: true
    ) { .binomial(trials: $0, probability: $1) },
    DistributionFamily(
      "poisson", "the Poisson distribution", [("mean", nil)], "3, 2.5", isDiscrete: true
    ) { first, _ in .poisson(mean: first) },
    DistributionFamily(
      "negative_binomial", "the number of failures before so many successes",
      [("successes", nil), ("probability", nil)], "3, 2, 0.4", isDiscrete: true
    ) { .negativeBinomial(successes: $0, probability: $1) },
  ]

  private static let special: [BuiltinFunction] = [
    number("log_gamma", "the logarithm of the gamma function, (x - 1)! of a whole x", ["x"], "5") {
      SpecialFunctions.logGamma($0[0])
    },
    number("digamma", "the derivative of `log_gamma`", ["x"], "5") {
      SpecialFunctions.digamma($0[0])
    },
    number("erf", "the error function", ["x"], "0.5") { SpecialFunctions.erf($0[0]) },
    number("erfc", "1 - erf(x), with all its digits where it is small", ["x"], "5") {
      SpecialFunctions.erfc($0[0])
    },
    number("erf_inverse", "the x whose `erf` is p, of a p between -1 and 1", ["p"], "0.5") {
      SpecialFunctions.inverseErf($0[0])
    },
    number("beta_function", "the beta function of two numbers above 0", ["a", "b"], "2, 3") {
      SpecialFunctions.beta($0[0], $0[1])
    },
    number(
      "gamma_p", "the regularised lower incomplete gamma function P(a, x)", ["a", "x"], "2, 3"
    ) { SpecialFunctions.gammaP($0[0], $0[1]) },
    number("gamma_q", "1 - gamma_p(a, x), with all its digits", ["a", "x"], "2, 30") {
      SpecialFunctions.gammaQ($0[0], $0[1])
    },
    number(
      "incomplete_beta", "the regularised incomplete beta function I_x(a, b)", ["x", "a", "b"],
      "0.3, 2, 5"
    ) { SpecialFunctions.incompleteBeta($0[1], $0[2], $0[0]) },
    number("factorial", "1 * 2 * ... * n, of a number that may be a fraction", ["n"], "5") {
      $0[0] < 0 ? .nan : wholeIfNear(SpecialFunctions.gamma($0[0] + 1), $0)
    },
    number("choose", "how many ways there are to take k of n, without order", ["n", "k"], "5, 2") {
      ways($0[0], $0[1])
    },
  ]

  /// A function of numbers that has no value where there is no finite one.
  static func number(
    _ name: String, _ summary: String, _ parameters: [String], _ example: String,
    _ code: @escaping @Sendable ([Double]) -> Double
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .statistics, summary, examples: ["\(name)(\(example))"],
      overloads: [
        Overload(
          parameters.map { FunctionParameter($0, .number) }, .host(HostCode(numbers: code)),
          nullability: .always, result: Overload.type(.float))
      ])
  }

  private static func wholeIfNear(_ found: Double, _ arguments: [Double]) -> Double {
    arguments.allSatisfy { $0 == $0.rounded() } ? found.rounded() : found
  }

  /// Multiplied out while that is exact, beyond by the gamma function.
  private static func ways(_ n: Double, _ k: Double) -> Double {
    guard n >= 0, n == n.rounded(), k == k.rounded() else { return .nan }
    if k < 0 || k > n { return 0 }
    let steps = min(k, n - k)
    guard steps <= 1000 else {
      return 1 / ((n + 1) * SpecialFunctions.beta(n - k + 1, k + 1))
    }
    var result = 1.0
    var step = 1.0
    while step <= steps {
      result = result * (n - steps + step) / step
      step += 1
    }
    return result.rounded()
  }
}

/// The four functions of a distribution: `normal_pdf normal_cdf normal_sf normal_quantile`; of
/// counts the first is `binomial_pmf`.
private struct DistributionFamily {
  /// Of one parameter or two; the second is 0 where there is none.
  typealias Make = @Sendable (Double, Double) -> Distribution

  var functions: [BuiltinFunction]

  init(
    _ name: String, _ words: String, _ parameters: [(name: String, standard: Int64?)],
    _ example: String, isDiscrete: Bool = false, _ make: @escaping Make
  ) {
    let rest = parameters.map { parameter in
      FunctionParameter(
        parameter.name, .number, default: parameter.standard.map { .int($0) })
    }
    let others = example.split(separator: ",").dropFirst().map { ",\($0)" }.joined()
    func function(
      _ ending: String, _ argument: String, _ summary: String, _ measure: Distribution.Measure,
      _ example: String
    ) -> BuiltinFunction {
      BuiltinFunction(
        "\(name)_\(ending)", .statistics, "\(summary) of \(words)",
        examples: ["\(name)_\(ending)(\(example))"],
        overloads: [
          Overload(
            [FunctionParameter(argument, .number)] + rest,
            .host(
              HostCode(numbers: { x in
                make(x[1], x.count > 2 ? x[2] : 0).measure(measure, x[0])
              })),
            nullability: .always, result: Overload.type(.float))
        ])
    }
    functions = [
      function(
        isDiscrete ? "pmf" : "pdf", "x",
        isDiscrete ? "the probability of just x" : "the density at x", .density, example),
      function("cdf", "x", "the probability of at most x", .cumulative, example),
      function("sf", "x", "the probability of more than x", .survival, example),
      function(
        "quantile", "p",
        isDiscrete
          ? "the least count with a probability of at least p up to it"
          : "the value that is not passed with probability p", .quantile, "0.975\(others)"),
    ]
  }
}
