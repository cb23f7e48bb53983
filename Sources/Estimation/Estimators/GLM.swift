import Values

extension Estimator {
  /// Generalised linear models. A yes-or-no target is binomial, as those who come from R or
  /// statsmodels expect of a probability; for a number nothing is guessed. The binomial takes no
  /// `log` link: its probabilities of new rows may be above 1 (Wacholder 1986).
  package static let glm = Estimator(
    name: "glm", summary: "generalised linear model: counts, amounts, shares",
    parameters: [
      Parameter(
        "family",
        .choice(["binomial", "poisson", "gamma", "negative_binomial", "gaussian"]),
        .automatic,
        "how the target spreads around its mean: \"poisson\" for counts, \"negative_binomial\" for counts "
          + "of wide spread, \"gamma\" for amounts above 0, \"binomial\" for shares",
        choices: [.binary: ["binomial"]], needed: [.regression]),
      Parameter(
        "link", .choice(Link.allCases.map(\.rawValue)), .automatic,
        "how features move the mean; each family has its own"),
      Parameter(
        "errors", .choice(["classical", "hc0", "hc1"]), .text("classical"),
        "standard errors: classical, or robust to a wrong spread"),
      Parameter(
        "theta", .number(1e-6...1e9), .automatic,
        "of the negative binomial: variance = mean + mean² / theta; else estimated",
        condition: .with("family", "negative_binomial")),
      Parameter(
        "level", .number(0.5...0.9999), .number(0.95), "of the intervals of the coefficients"),
    ],
    roles: [
      EstimatorRole("offset", .offset, isRequired: false, "added to the linear predictor as it is")
    ],
    tasks: [.regression, .binary], encoding: .dense, needsFullRank: true,
    fit: { request throws(EstimationError) in try fitGLM(request) },
    decode: { node throws(EstimationError) in try LinearModel(node: node) })

  private static func fitGLM(
    _ request: FitRequest
  ) throws(EstimationError) -> any FittedModel {
    let isBinary = request.rows.target.task.kind == .binary
    guard let name = request.arguments.text("family") ?? (isBinary ? "binomial" : nil) else {
      throw .needsArgument("family", estimator: "glm", target: .regression)
    }
    guard !isBinary || name == "binomial" else {
      throw .badArgument(
        name: "family", value: "\"\(name)\"", wanted: "\"binomial\", as yes or no needs it")
    }
    let theta = request.arguments.number("theta")
    guard let family = Family(name: name, theta: theta ?? 1) else {
      throw .badArgument(name: "family", value: name, wanted: "a family")
    }
    let link = request.arguments.text("link").flatMap(Link.init) ?? family.defaultLink
    guard family.links.contains(link) else {
      let known = Parameter.Kind.choice(family.links.map(\.rawValue)).words
      throw .badArgument(
        name: "link", value: "\"\(link.rawValue)\"", wanted: "\(known) for a \(name) target")
    }
    var fit = GeneralizedLinearFit(request, family: family, link: link)
    fit.estimatesTheta = name == "negative_binomial" && theta == nil
    return try fit.model()
  }
}

extension Family {
  package init?(name: String, theta: Double) {
    switch name {
    case "gaussian": self = .gaussian
    case "binomial": self = .binomial
    case "poisson": self = .poisson
    case "gamma": self = .gamma
    case "negative_binomial": self = .negativeBinomial(theta: theta)
    default: return nil
    }
  }
}
