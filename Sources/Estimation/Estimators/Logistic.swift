import Values

extension Estimator {
  /// Logistic regression by maximum likelihood, or with a ridge.
  package static let logistic = Estimator(
    name: "logistic", summary: "logistic regression: how each feature moves the odds",
    parameters: [
      Parameter(
        "penalty", .choice(["none", "l2"]), .text("none"),
        "\"l2\" keeps coefficients small; then there are no standard errors"),
      Parameter(
        "strength", .number(1e-9...1e9), .number(1),
        "of the penalty: half of it times each squared coefficient, in standard deviations",
        condition: .with("penalty", "l2")),
      Parameter(
        "errors", .choice(["classical", "hc0", "hc1"]), .text("classical"),
        "standard errors: classical, or robust to a wrong spread",
        condition: .with("penalty", "none")),
      Parameter(
        "level", .number(0.5...0.9999), .number(0.95), "of the intervals of the coefficients",
        condition: .with("penalty", "none")),
    ],
    roles: [
      EstimatorRole("offset", .offset, isRequired: false, "added to the linear predictor as it is")
    ],
    tasks: [.binary], encoding: .dense, needsFullRank: true,
    fit: { request throws(EstimationError) in
      guard request.arguments.text("penalty") == "l2" else {
        return try GeneralizedLinearFit(request, family: .binomial, link: .logit).model()
      }
      return try RidgeLogisticFit(request).model()
    },
    decode: { node throws(EstimationError) in try LinearModel(node: node) })
}

/// Logistic regression whose coefficients are pulled towards 0 (le Cessie and van Houwelingen
/// 1992). Separated classes and features that follow from others do no harm.
private struct RidgeLogisticFit {
  let request: FitRequest

  init(_ request: FitRequest) { self.request = request }

  func model() throws(EstimationError) -> LinearModel {
    let design = request.rows.design
    let moments = try FeatureMoments(
      design, weights: request.rows.weights, sharing: request.sharing)
    let strength = request.arguments.number("strength") ?? 1
    var solver = ReweightedLeastSquares(
      family: .binomial, link: .logit, design: design, target: request.rows.target.numbers,
      weights: request.rows.weights, offset: request.rows.offset, sharing: request.sharing)
    solver.ridge = moments.deviations.map { $0 * strength.squareRoot() }
    let fit = try solver.fit()
    guard fit.isConverged else { throw .notConverged(iterations: fit.iterations) }
    let names = design.features.map(\.name)
    let penalty = zip(solver.ridge ?? [], fit.coefficients).reduce(0) {
      $0 + $1.0 * $1.1 * $1.0 * $1.1
    }
    return LinearModel(
      features: names, weights: fit.coefficients, link: .logit, family: "binomial",
      means: moments.means,
      deviations: moments.deviations,
      coefficients: zip(names, fit.coefficients).map { Coefficient(feature: $0, estimate: $1) },
      summary: [
        Statistic("rows", Double(design.rowCount)),
        Statistic("coefficients", Double(design.width)),
        Statistic("deviance", fit.deviance - penalty),
        Statistic("log_likelihood", (penalty - fit.deviance) / 2), Statistic("strength", strength),
        Statistic("iterations", Double(fit.iterations)),
      ])
  }
}
