import Values

extension Estimator {
  /// Generalised linear models.
  package static let glm = Estimator(
    name: "glm", summary: "generalised linear model: counts, amounts, shares",
    parameters: [
      Parameter(
        "family",
        .choice(["binomial", "poisson", "gamma", "negative_binomial", "gaussian"]),
        .text("poisson"), "how the target spreads around its mean"),
      Parameter(
        "link", .choice(Link.allCases.map(\.rawValue)), .automatic,
        "how features move the mean; each family has its own"),
      Parameter(
        "errors", .choice(["classical", "hc0", "hc1"]), .text("classical"),
        "standard errors: classical, or robust to a wrong spread"),
      Parameter(
        "theta", .number(1e-6...1e9), .automatic,
        "of the negative binomial: variance = mean + mean² / theta; else estimated"),
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
    let name = request.arguments.text("family") ?? "poisson"
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
