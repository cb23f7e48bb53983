import Glibc

/// An elastic net (Zou and Hastie 2005) from rows to model: the path of penalties, and the choice of
/// one by cross-validation on folds of the rows (Stone 1974); `simplest` by the rule of one standard
/// error (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3).
struct PenalizedFit {
  let request: FitRequest
  let design: Design
  let target: [Double]
  let family: Family
  let mix: Double
  let foldCount: Int
  /// Of the features over all rows: what the size of coefficients is measured in.
  let deviations: [Double]
  let means: [Double]

  init(_ request: FitRequest) throws(EstimationError) {
    self.request = request
    design = request.rows.design
    target = request.rows.target.numbers
    family = request.rows.target.task == .regression ? .gaussian : .binomial
    mix = request.arguments.number("mix") ?? 0.5
    foldCount = request.arguments.whole("folds") ?? 10
    guard design.width > (design.interceptIndex == nil ? 0 : 1) else { throw .noFeatures }
    let weights = request.rows.weights ?? [Double](repeating: 1, count: design.rowCount)
    var means: [Double] = []
    var deviations: [Double] = []
    for column in 0..<design.width {
      let values = design.column(column)
      let (mean, square) = FeatureMoments.weighted(values, weights)
      guard mean.isFinite, square.isFinite else {
        throw .beyond(design.features[column].name, values)
      }
      means.append(mean)
      deviations.append(square <= 1e-24 * mean * mean ? 0 : square.squareRoot())
    }
    self.means = means
    self.deviations = deviations
  }

  private var hasIntercept: Bool { design.interceptIndex == 0 }

  func model() throws(EstimationError) -> LinearModel {
    let weights = request.rows.weights ?? [Double](repeating: 1, count: design.rowCount)
    guard let penalty = request.arguments.number("penalty") else { return try chosen(weights) }
    let whole = PenalizedPath(self, weights: weights)
    let coefficients = try whole.solve([penalty])
    return model(coefficients[0], penalty, curve: [], more: [])
  }

  // MARK: Choosing the penalty

  private func chosen(_ weights: [Double]) throws(EstimationError) -> LinearModel {
    guard design.rowCount >= 2 * foldCount else {
      throw .tooFewRows(
        rows: design.rowCount, needed: 2 * foldCount, why: "\(foldCount) folds of rows")
    }
    let whole = PenalizedPath(self, weights: weights)
    let penalties = whole.penalties(request.arguments.whole("steps") ?? 100)
    let path = try whole.solve(penalties)
    let errors = try foldErrors(weights, Array(penalties.prefix(path.count)))
    let used = min(path.count, errors.map(\.count).min() ?? 0)
    let means = (0..<used).map { step in
      errors.reduce(0) { $0 + $1[step] } / Double(errors.count)
    }
    guard let best = means.indices.min(by: { means[$0] < means[$1] }) else {
      throw .notConverged(iterations: 0)
    }
    let spread = errors.reduce(0) { $0 + ($1[best] - means[best]) * ($1[best] - means[best]) }
    let error = (spread / Double(errors.count - 1) / Double(errors.count)).squareRoot()
    let simplest = means.indices.first { means[$0] <= means[best] + error } ?? best
    let step = request.arguments.text("choose") == "simplest" ? simplest : best
    let curve = means.enumerated().map {
      TrainingPoint(step: $0 + 1, rows: "validation", metric: metric, value: $1)
    }
    return model(
      path[step], penalties[step], curve: curve,
      more: [
        Statistic("validation_\(metric)", means[step]),
        Statistic("best_penalty", penalties[best]),
        Statistic("simplest_penalty", penalties[simplest]),
      ])
  }

  private var metric: String { family == .gaussian ? "mean_square" : "deviance" }

  /// For each fold the mean error at each penalty, by models of the other folds.
  private func foldErrors(
    _ weights: [Double], _ penalties: [Double]
  ) throws(EstimationError) -> [[Double]] {
    let folds = (0..<design.rowCount).map { row in
      let unit = request.units?[row] ?? UInt64(row)
      return Int(SeededMix.mix(request.seed, unit) % UInt64(foldCount))
    }
    var result: [[Double]] = []
    for fold in 0..<foldCount {
      let kept = weights.indices.map { folds[$0] == fold ? 0 : weights[$0] }
      let held = weights.indices.map { folds[$0] == fold ? weights[$0] : 0 }
      guard held.contains(where: { $0 > 0 }), kept.contains(where: { $0 > 0 }) else { continue }
      let path = try PenalizedPath(self, weights: kept).solve(penalties)
      result.append(path.map { error($0, held) })
    }
    return result
  }

  /// The mean deviance of the rows with a weight.
  private func error(_ coefficients: [Double], _ weights: [Double]) -> Double {
    let eta = design.times(coefficients, plus: request.rows.offset)
    return ProbabilityMetrics.mean(eta.indices, weights) { row in
      guard family == .binomial else { return family.deviance(target[row], eta[row]) }
      let wrong = target[row] == 1 ? -eta[row] : eta[row]
      return 2 * (wrong > 0 ? wrong + log1p(exp(-wrong)) : log1p(exp(wrong)))
    }
  }

  private func model(
    _ coefficients: [Double], _ penalty: Double, curve: [TrainingPoint], more: [Statistic]
  ) -> LinearModel {
    let names = design.features.map(\.name)
    let used = zip(design.features, coefficients).count { $0.kind != .intercept && $1 != 0 }
    return LinearModel(
      features: names, weights: coefficients, link: family.defaultLink, means: means,
      deviations: deviations,
      coefficients: zip(names, coefficients).map { Coefficient(feature: $0, estimate: $1) },
      summary: [
        Statistic("rows", Double(design.rowCount)), Statistic("penalty", penalty),
        Statistic("mix", mix), Statistic("features_used", Double(used)),
      ] + more, curve: curve)
  }

  var solver: ReweightedLeastSquares {
    ReweightedLeastSquares(
      family: family, link: family.defaultLink, design: design, target: target, weights: nil,
      offset: request.rows.offset, sharing: request.sharing)
  }

  fileprivate var isIntercepted: Bool { hasIntercept }
}

/// Coefficients along falling penalties, each starting from the one before.
private struct PenalizedPath {
  let fit: PenalizedFit
  let weights: [Double]
  let total: Double
  /// Of the rows of least squares; a logistic model makes its own at every step.
  private let start: ReweightedLeastSquares.Pass
  private var solver: ReweightedLeastSquares

  init(_ fit: PenalizedFit, weights: [Double]) {
    self.fit = fit
    self.weights = weights
    total = weights.reduce(0, +)
    solver = fit.solver
    solver.weights = weights
    start = solver.pass(Self.empty(fit, weights))
  }

  /// The model of the intercept alone.
  private static func empty(_ fit: PenalizedFit, _ weights: [Double]) -> [Double] {
    var coefficients = [Double](repeating: 0, count: fit.design.width)
    guard fit.isIntercepted else { return coefficients }
    var sum = 0.0
    var total = 0.0
    for row in weights.indices {
      let shift = fit.family == .gaussian ? fit.request.rows.offset?[row] ?? 0 : 0
      sum += weights[row] * (fit.target[row] - shift)
      total += weights[row]
    }
    coefficients[0] = fit.family.defaultLink.predictor(sum / total)
    return coefficients
  }

  private func quadratic(_ triangle: Triangle) -> PenalizedQuadratic {
    PenalizedQuadratic(
      triangle, width: fit.design.width, hasIntercept: fit.isIntercepted, scales: fit.deviations,
      total: total)
  }

  /// Evenly spaced by logarithm, down to a ten-thousandth of what leaves all features out.
  func penalties(_ steps: Int) -> [Double] {
    let top = quadratic(start.triangle).largestPenalty(mix: fit.mix)
    return (0..<steps).map { top * pow(1e-4, Double($0) / Double(steps - 1)) }
  }

  /// Ends early once further steps explain next to nothing more.
  func solve(_ penalties: [Double]) throws(EstimationError) -> [[Double]] {
    var coefficients = Self.empty(fit, weights)
    let least = quadratic(start.triangle)
    var result: [[Double]] = []
    var state = start
    for penalty in penalties {
      if fit.family == .gaussian {
        coefficients = least.solve(penalty: penalty, mix: fit.mix, start: coefficients)
      } else {
        (coefficients, state) = try logistic(penalty, coefficients, state)
      }
      result.append(coefficients)
      // Classes are about to be told apart without a mistake.
      if fit.family == .binomial, state.deviance < 0.01 * start.deviance { break }
    }
    return result
  }

  private func logistic(
    _ penalty: Double, _ coefficients: [Double], _ state: ReweightedLeastSquares.Pass
  ) throws(EstimationError) -> ([Double], ReweightedLeastSquares.Pass) {
    var coefficients = coefficients
    var state = state
    for _ in 0..<50 {
      let next = quadratic(state.triangle).solve(
        penalty: penalty, mix: fit.mix, start: coefficients)
      guard next.allSatisfy(\.isFinite) else { throw .notConverged(iterations: 50) }
      let moved = zip(zip(next, coefficients), fit.deviations).reduce(0.0) {
        max($0, abs($1.0.0 - $1.0.1) * max($1.1, 1e-3))
      }
      coefficients = next
      state = solver.pass(coefficients)
      if moved < 1e-7 { break }
    }
    return (coefficients, state)
  }
}
