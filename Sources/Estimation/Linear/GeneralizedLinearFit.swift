import Glibc

/// A generalised linear model from rows to table.
struct GeneralizedLinearFit {
  let request: FitRequest
  var family: Family
  let link: Link
  var estimatesTheta = false

  init(_ request: FitRequest, family: Family, link: Link) {
    self.request = request
    self.family = family
    self.link = link
  }

  private var design: Design { request.rows.design }
  private var target: [Double] { request.rows.target.numbers }
  private func weight(_ row: Int) -> Double { request.rows.weights?[row] ?? 1 }

  func model() throws(EstimationError) -> LinearModel {
    let target = target
    try family.check(target)
    let moments = try FeatureMoments(
      design, weights: request.rows.weights, sharing: request.sharing)
    guard estimatesTheta else {
      let fit = try solver(family, target).fit()
      return try model(fit, family, target, moments, theta: nil)
    }
    var search = DispersionSearch(weights: request.rows.weights, target: target)
    let (fit, theta) = try search.fit { (theta, start) throws(EstimationError) in
      let fit = try solver(.negativeBinomial(theta: theta), target).fit(start: start)
      return (fit, means(fit.coefficients))
    }
    return try model(fit, .negativeBinomial(theta: theta), target, moments, theta: theta)
  }

  private func solver(_ family: Family, _ target: [Double]) -> ReweightedLeastSquares {
    ReweightedLeastSquares(
      family: family, link: link, design: design, target: target, weights: request.rows.weights,
      offset: request.rows.offset, sharing: request.sharing)
  }

  private func means(_ coefficients: [Double]) -> [Double] {
    design.times(coefficients, plus: request.rows.offset).map(link.mean)
  }

  private func model(
    _ fit: ReweightedLeastSquares.Fit, _ family: Family, _ target: [Double],
    _ moments: FeatureMoments, theta: Double?
  ) throws(EstimationError) -> LinearModel {
    try refuseSeparation(fit, family, moments)
    guard fit.isConverged else { throw .notConverged(iterations: fit.iterations) }
    let rows = Double(request.rows.weights?.count { $0 > 0 } ?? design.rowCount)
    let freedom = rows - Double(design.width)
    guard family.hasFixedDispersion || freedom > 0 else {
      throw .tooFewRows(
        rows: Int(rows), needed: design.width + 1, why: "estimating the spread")
    }
    let dispersion = family.hasFixedDispersion ? 1 : fit.pearson / freedom
    let means = means(fit.coefficients)
    let names = design.features.map(\.name)
    let covariance = covariance(fit, family, target, means, dispersion, rows)
    let table = CoefficientTable(
      names: names, estimates: fit.coefficients, covariance: covariance,
      freedom: family.hasFixedDispersion ? nil : freedom,
      level: request.arguments.number("level") ?? 0.95)
    return LinearModel(
      features: names, weights: fit.coefficients, link: link, family: family.name,
      means: moments.means,
      deviations: moments.deviations, coefficients: table.rows,
      summary: try summary(fit, family, target, means, dispersion, rows, theta),
      curve: fit.deviances.enumerated().map {
        TrainingPoint(step: $0, rows: "train", metric: "deviance", value: $1)
      },
      notices: separatedIndicators(table.rows, moments)
        + (freedom > 0 ? [] : [.saturated(rows: Int(rows))]))
  }

  // MARK: Separation

  /// Classes that the features tell apart without a mistake have no finite coefficients
  /// (Albert and Anderson 1984).
  private func refuseSeparation(
    _ fit: ReweightedLeastSquares.Fit, _ family: Family, _ moments: FeatureMoments
  ) throws(EstimationError) {
    guard family == .binomial, fit.largestMiss < 1e-6 else { return }
    let sizes = zip(fit.coefficients, moments.deviations).map { abs($0) * $1 }
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] }
    throw .separated(feature: largest.map { design.features[$0].name })
  }

  /// Some features run away although the classes mix: a level whose rows are all of one class, or
  /// all without an event where events are counted (Correia, Guimarães and Zylkin 2019).
  private func separatedIndicators(
    _ table: [Coefficient], _ moments: FeatureMoments
  ) -> [EstimationError] {
    guard family == .binomial || link == .log else { return [] }
    let weights = request.rows.weights?.filter { $0 > 0 } ?? [1]
    let meanWeight = weights.reduce(0, +) / Double(max(1, weights.count))
    return table.indices.compactMap { place in
      let (row, deviation) = (table[place], moments.deviations[place])
      guard let ownError = row.standardError, let estimate = row.estimate, deviation > 0 else {
        return nil
      }
      // Errors of rows that weigh one on average.
      let error = ownError * meanWeight.squareRoot()
      // A number may be measured in any unit, so that its estimate says something in deviations.
      let unit = design.features[place].kind == .number ? deviation : 1
      guard error * unit > 100, abs(estimate) * unit > 8, abs(estimate) * deviation < error * unit
      else { return nil }
      return .infiniteEstimate(row.feature)
    }
  }

  // MARK: Standard errors

  /// The inverse of the expected information, or White's sandwich of it around the scores.
  private func covariance(
    _ fit: ReweightedLeastSquares.Fit, _ family: Family, _ target: [Double],
    _ means: [Double], _ dispersion: Double, _ rows: Double
  ) -> [Double] {
    let bread = fit.triangle.inverseCrossProducts(design.width)
    let kind = request.arguments.text("errors") ?? "classical"
    guard kind != "classical" else { return bread.map { $0 * dispersion } }
    let scale = kind == "hc1" ? rows / (rows - Double(design.width)) : 1
    let squares = means.indices.map { row -> Double in
      let slope = link.slope(link.predictor(means[row]), mean: means[row])
      let score =
        weight(row) * (target[row] - means[row]) * slope / family.variance(means[row])
      return score.isFinite ? scale * score * score : 0
    }
    let meat = design.weightedCrossProducts(squares, sharing: request.sharing)
    return SquareMatrix.sandwich(bread, meat, order: design.width)
  }

  // MARK: Summary

  /// AIC (Akaike 1974) and BIC (Schwarz 1978) count the coefficients and an estimated theta, not the dispersion, as statsmodels
  /// does; R counts it too for gamma and gaussian.
  private func summary(
    _ fit: ReweightedLeastSquares.Fit, _ family: Family, _ target: [Double],
    _ means: [Double], _ dispersion: Double, _ rows: Double, _ theta: Double?
  ) throws(EstimationError) -> [Statistic] {
    // The spread of largest likelihood for the normal, deviance / rows for gamma (as R does).
    let spread = family.hasFixedDispersion ? 1 : fit.deviance / rows
    var likelihood = 0.0
    for row in means.indices where weight(row) > 0 {
      likelihood += family.logLikelihood(
        target[row], means[row], weight: weight(row), dispersion: spread)
    }
    let count = Double(design.width) + (theta == nil ? 0 : 1)
    let nullDeviance = try nullDeviance(family, target)
    return [
      Statistic("rows", rows), Statistic("coefficients", Double(design.width)),
      Statistic("residual_df", rows - Double(design.width)),
      Statistic("deviance", fit.deviance), Statistic("null_deviance", nullDeviance),
      Statistic("deviance_explained", 1 - fit.deviance / nullDeviance),
      Statistic("pearson", fit.pearson), Statistic("dispersion", dispersion),
      Statistic("log_likelihood", likelihood), Statistic("aic", -2 * likelihood + 2 * count),
      Statistic("bic", -2 * likelihood + log(rows) * count),
      Statistic("iterations", Double(fit.iterations)),
    ] + (theta.map { [Statistic("theta", $0)] } ?? [])
  }

  /// Of a model of the intercept alone, with the same offset.
  private func nullDeviance(
    _ family: Family, _ target: [Double]
  ) throws(EstimationError) -> Double {
    guard request.rows.offset == nil, design.interceptIndex != nil else {
      var solver = solver(family, target)
      solver.design = Design(
        features: [Feature("(intercept)", sources: [], kind: .intercept)],
        rowCount: design.rowCount, sources: [], recipes: [[]])
      return try solver.fit().deviance
    }
    var sum = 0.0
    var total = 0.0
    for row in target.indices {
      sum += weight(row) * target[row]
      total += weight(row)
    }
    let mean = sum / total
    return target.indices.reduce(0) { $0 + weight($1) * family.deviance(target[$1], mean) }
  }
}
