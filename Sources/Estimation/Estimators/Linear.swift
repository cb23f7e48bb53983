import Values

import Glibc

extension Estimator {
  /// Ordinary and weighted least squares.
  package static let linear = Estimator(
    name: "linear", summary: "least squares: what each feature adds to a number",
    parameters: [
      Parameter(
        "errors", .choice(["classical", "hc0", "hc1", "hc2", "hc3"]), .text("classical"),
        "standard errors: classical, or robust to unequal spread"),
      Parameter(
        "level", .number(0.5...0.9999), .number(0.95), "of the intervals of the coefficients"),
    ],
    roles: [
      EstimatorRole("offset", .offset, isRequired: false, "added to the linear predictor as it is")
    ],
    tasks: [.regression], encoding: .dense, needsFullRank: true,
    fit: { request throws(EstimationError) in try LeastSquares(request).model() },
    decode: { node throws(EstimationError) in try LinearModel(node: node) })
}

/// Least squares by an orthogonal decomposition of the rows; the normal equations would lose
/// half of the digits (Longley 1967).
private struct LeastSquares {
  let request: FitRequest
  let design: Design
  let target: [Double]
  let weights: [Double]?
  let moments: FeatureMoments
  let triangle: Triangle
  let estimates: [Double]
  let residuals: [Double]

  init(_ request: FitRequest) throws(EstimationError) {
    self.request = request
    design = request.rows.design
    weights = request.rows.weights
    let offset = request.rows.offset
    let plain = request.rows.target.numbers
    target = offset.map { zip(plain, $0).map { $0 - $1 } } ?? plain
    moments = try FeatureMoments(
      design, weights: request.rows.weights, sharing: request.sharing)
    triangle = design.triangle(weights: weights, target: target, sharing: request.sharing)
    try design.refuseAliased(triangle)
    estimates = triangle.solution(design.width, target: design.width)
    residuals = zip(target, design.times(estimates)).map { $0 - $1 }
  }

  private var width: Int { design.width }
  private var rowCount: Int { weights?.count { $0 > 0 } ?? design.rowCount }
  private var freedom: Double { Double(rowCount - width) }

  private func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  private var residualSquares: Double { triangle[width, width] * triangle[width, width] }

  /// Around the mean where there is an intercept, else around 0.
  private var totalSquares: Double {
    let first = design.interceptIndex == 0 ? 1 : 0
    return (first...width).reduce(0) { $0 + triangle[$1, width] * triangle[$1, width] }
  }

  func model() throws(EstimationError) -> LinearModel {
    guard freedom > 0 else {
      throw .tooFewRows(
        rows: rowCount, needed: width + 1, why: "estimating \(width) coefficients and the spread")
    }
    let names = design.features.map(\.name)
    let table = CoefficientTable(
      names: names, estimates: estimates, covariance: covariance, freedom: freedom,
      level: request.arguments.number("level") ?? 0.95)
    return LinearModel(
      features: names, weights: estimates, link: .identity, family: "gaussian",
      means: moments.means,
      deviations: moments.deviations, coefficients: table.rows, summary: summary)
  }

  // MARK: Standard errors

  /// Classical, or HC0 to HC3 (MacKinnon and White 1985, equations 3 to 12).
  private var covariance: [Double] {
    let bread = triangle.inverseCrossProducts(width)
    let kind = request.arguments.text("errors") ?? "classical"
    guard kind != "classical" else {
      return bread.map { $0 * residualSquares / freedom }
    }
    let meat = design.weightedCrossProducts(squares(kind), sharing: request.sharing)
    return SquareMatrix.sandwich(bread, meat, order: width)
  }

  private func squares(_ kind: String) -> [Double] {
    let leverages = kind == "hc2" || kind == "hc3" ? leverages : []
    let scale = kind == "hc1" ? Double(rowCount) / freedom : 1
    return residuals.indices.map { row in
      let square = weight(row) * weight(row) * residuals[row] * residuals[row]
      switch kind {
      case "hc2": return square / (1 - leverages[row])
      case "hc3": return square / ((1 - leverages[row]) * (1 - leverages[row]))
      default: return square * scale
      }
    }
  }

  private var leverages: [Double] {
    let lengths = design.rowLengths(times: triangle.inverse(width), sharing: request.sharing)
    return lengths.indices.map { min(1 - 1e-12, lengths[$0] * weight($0)) }
  }

  // MARK: Summary

  /// The F test of all coefficients but the intercept and the adjusted share that is explained
  /// (Draper and Smith 1998, chapters 5 and 6); AIC (Akaike 1974) and BIC (Schwarz 1978) of the normal
  /// likelihood, without a count for the spread, as statsmodels has them.
  private var summary: [Statistic] {
    let rows = Double(rowCount)
    let explained = Double(width - (design.interceptIndex == 0 ? 1 : 0))
    let ratio = 1 - residualSquares / totalSquares
    let variance = residualSquares / freedom
    let f = (totalSquares - residualSquares) / explained / variance
    let logWeights = weights?.reduce(0) { $0 + ($1 > 0 ? log($1) : 0) } ?? 0
    let likelihood =
      -rows / 2 * (log(2 * .pi) + log(residualSquares / rows) + 1) + logWeights / 2
    let base = design.interceptIndex == 0 ? rows - 1 : rows
    return [
      Statistic("rows", rows), Statistic("coefficients", Double(width)),
      Statistic("residual_df", freedom), Statistic("r2", ratio),
      Statistic("adjusted_r2", 1 - (1 - ratio) * base / freedom),
      Statistic("residual_deviation", variance.squareRoot()),
      Statistic("residual_squares", residualSquares),
      Statistic("f", f), Statistic("f_p", Distributions.fisherAbove(f, explained, freedom)),
      Statistic("log_likelihood", likelihood),
      Statistic("aic", -2 * likelihood + 2 * Double(width)),
      Statistic("bic", -2 * likelihood + log(rows) * Double(width)),
    ] + diagnostics
  }

  /// What speaks against the fit: unequal spread (Breusch and Pagan 1979 in Koenker's form of
  /// 1981), rows that decide alone (Cook 1977), columns close to each other (the condition
  /// number of columns scaled to length 1; Belsley, Kuh and Welsch 1980).
  private var diagnostics: [Statistic] {
    let leverages = leverages
    let variance = residualSquares / freedom
    var cook = 0.0
    for row in residuals.indices {
      let left = 1 - leverages[row]
      let square = weight(row) * residuals[row] * residuals[row]
      cook = max(cook, square * leverages[row] / (left * left) / (variance * Double(width)))
    }
    return [
      Statistic("largest_leverage", leverages.max() ?? 0),
      Statistic("largest_cook_distance", cook),
    ] + unequalSpread
  }

  private var unequalSpread: [Statistic] {
    guard design.interceptIndex == 0, width > 1 else { return [] }
    let squares = residuals.indices.map { weight($0) * residuals[$0] * residuals[$0] }
    let auxiliary = design.triangle(target: squares, sharing: request.sharing)
    let total = (1...width).reduce(0) { $0 + auxiliary[$1, width] * auxiliary[$1, width] }
    let left = auxiliary[width, width] * auxiliary[width, width]
    guard total > 0 else { return [] }
    let statistic = Double(design.rowCount) * (1 - left / total)
    return [
      Statistic("breusch_pagan", statistic),
      Statistic(
        "breusch_pagan_p",
        Distributions.chiSquaredAbove(statistic, freedom: Double(width - 1))),
    ]
  }
}
