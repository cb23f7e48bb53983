extension Estimator {
  /// Logistic regression by maximum likelihood, without a penalty.
  package static let logistic = Estimator(
    name: "logistic", summary: "logistic regression: how each feature moves the odds",
    parameters: [
      Parameter(
        "errors", .choice(["classical", "hc0", "hc1"]), .text("classical"),
        "standard errors: classical, or robust to a wrong spread"),
      Parameter(
        "level", .number(0.5...0.9999), .number(0.95), "of the intervals of the coefficients"),
    ],
    tasks: [.binary], encoding: .dense, needsFullRank: true,
    fit: { request throws(EstimationError) in
      try GeneralizedLinearFit(request, family: .binomial, link: .logit).model()
    },
    decode: { node throws(EstimationError) in try LinearModel(node: node) })
}
