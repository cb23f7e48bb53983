import CLinearAlgebra
import Glibc

/// Iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5), each step by
/// an orthogonal decomposition, so that columns of very different size do no harm.
///
/// One pass over the rows at given coefficients yields both the deviance there and the next
/// step's triangle; nothing of the rows' size is kept between passes.
struct ReweightedLeastSquares: Sendable {
  var family: Family
  var link: Link
  var design: Design
  var target: [Double]
  var weights: [Double]?
  var offset: [Double]?
  var sharing: WorkSharing
  /// A ridge: (each value times its coefficient)² is added to the deviance.
  var ridge: [Double]?
  var iterationLimit = 60
  /// Stops when the deviance moves by less than this part of itself.
  var tolerance = 1e-11

  struct Fit: Sendable {
    var coefficients: [Double]
    /// Of the weighted rows at the solution, with the working target as the last column.
    var triangle: Triangle
    var deviance: Double
    /// Pearson's: the sum of weight * (y - mean)² / variance.
    var pearson: Double
    var iterations: Int
    var deviances: [Double]
    var isConverged: Bool
    /// The largest distance of a target from its mean; near 0 where classes are separated.
    var largestMiss: Double
  }

  func fit(start: [Double]? = nil) throws(EstimationError) -> Fit {
    let start = start ?? startFromSample()
    var state = pass(start)
    if ridge == nil { try design.refuseAliased(state.triangle) }
    var coefficients = start ?? state.triangle.solution(design.width, target: design.width)
    if start == nil { state = pass(coefficients) }
    var deviances = [state.deviance]
    for iteration in 1...iterationLimit {
      let (next, nextState) = try step(from: coefficients, state)
      let change = abs(state.deviance - nextState.deviance)
      coefficients = next
      state = nextState
      deviances.append(state.deviance)
      if isSeparated(state) { return result(coefficients, state, iteration, deviances, true) }
      if change <= limit * (abs(state.deviance) + 1e-3) {
        // What the last pass found leads one step further, and costs nothing.
        let last = state.triangle.solution(design.width, target: design.width)
        let best = last.allSatisfy(\.isFinite) ? last : coefficients
        return result(best, state, iteration, deviances, true)
      }
    }
    return result(coefficients, state, iterationLimit, deviances, false)
  }

  /// Steps of another link than the family's own shrink more slowly.
  private var limit: Double { link == family.canonicalLink ? tolerance : tolerance / 100 }

  /// With many rows every sixteenth of them leads most of the way, at a sixteenth of the price.
  private func startFromSample() -> [Double]? {
    guard design.rowCount >= 200_000 else { return nil }
    let rows = Array(stride(from: 0, to: design.rowCount, by: 16))
    var sample = self
    sample.design = design.rows(rows)
    sample.target = rows.map { target[$0] }
    sample.weights = weights.map { all in rows.map { all[$0] } }
    sample.offset = offset.map { all in rows.map { all[$0] } }
    sample.tolerance = 1e-7
    guard let fit = try? sample.fit(), fit.isConverged,
      fit.largestMiss > 1e-6 || family != .binomial
    else { return nil }
    return fit.coefficients
  }

  private func isSeparated(_ state: Pass) -> Bool {
    family == .binomial && ridge == nil && state.largestMiss < 1e-7
  }

  private func result(
    _ coefficients: [Double], _ state: Pass, _ iterations: Int, _ deviances: [Double],
    _ isConverged: Bool
  ) -> Fit {
    Fit(
      coefficients: coefficients, triangle: state.triangle, deviance: state.deviance,
      pearson: state.pearson, iterations: iterations, deviances: deviances,
      isConverged: isConverged, largestMiss: state.largestMiss)
  }

  /// A full step, halved while it makes things worse or leaves the allowed range.
  private func step(
    from current: [Double], _ state: Pass
  ) throws(EstimationError) -> ([Double], Pass) {
    let full = state.triangle.solution(design.width, target: design.width)
    guard full.allSatisfy(\.isFinite) else { throw .notConverged(iterations: iterationLimit) }
    var part = 1.0
    for _ in 0..<12 {
      let next = zip(current, full).map { $0 + part * ($1 - $0) }
      let reached = pass(next)
      let worst = state.deviance + 1e-8 * (abs(state.deviance) + 0.1)
      if reached.deviance <= worst || (!state.deviance.isFinite && reached.deviance.isFinite) {
        return (next, reached)
      }
      part /= 2
    }
    return (current, state)
  }

  // MARK: One pass

  struct Pass {
    var triangle: Triangle
    var deviance = 0.0
    var pearson = 0.0
    var largestMiss = 0.0
  }

  /// What the rows say at these coefficients; without any, at the family's starting means.
  func pass(_ coefficients: [Double]?) -> Pass {
    let average = coefficients == nil ? mean(target) : 0
    let parts = sharing.map(Pieces.count(design.rowCount)) { piece in
      self.piece(Pieces.range(piece, of: design.rowCount), coefficients, average)
    }
    var whole = Pass(triangle: Triangle(order: design.width + 1))
    for part in parts {
      whole.triangle.absorb(part.triangle)
      whole.deviance += part.deviance
      whole.pearson += part.pearson
      whole.largestMiss = max(whole.largestMiss, part.largestMiss)
    }
    if let ridge { add(ridge, coefficients, to: &whole) }
    return whole
  }

  /// The penalty as one more row for each coefficient, whose target is 0.
  private func add(_ ridge: [Double], _ coefficients: [Double]?, to pass: inout Pass) {
    var rows = Triangle(order: design.width + 1)
    for (column, value) in ridge.enumerated() {
      rows.values[column * (design.width + 2)] = value
      let part = value * (coefficients?[column] ?? 0)
      pass.deviance += part * part
    }
    pass.triangle.absorb(rows)
  }

  private func piece(_ rows: Range<Int>, _ coefficients: [Double]?, _ average: Double) -> Pass {
    var result = Pass(triangle: Triangle(order: design.width + 1))
    var eta = [Double](repeating: 0, count: Pieces.block)
    var working = WorkingBlock()
    var scratch = [Double](repeating: 0, count: Pieces.block * (design.width + 2))
    for block in Pieces.blocks(rows) {
      if let coefficients {
        design.withBlock(block) { whom_multiply($0, coefficients, nil, &eta) }
      }
      for (place, row) in block.enumerated() {
        prepare(row, place, coefficients == nil ? nil : eta[place], average, &working, &result)
      }
      design.withBlock(block) {
        whom_absorb_rows(
          $0, working.weights, working.target, &result.triangle.values, &scratch)
      }
    }
    return result
  }

  struct WorkingBlock {
    var weights = [Double](repeating: 0, count: Pieces.block)
    var target = [Double](repeating: 0, count: Pieces.block)
  }

  /// The working weight and target of a row, and its part of the sums.
  @inline(__always)
  private func prepare(
    _ row: Int, _ place: Int, _ linear: Double?, _ average: Double,
    _ working: inout WorkingBlock, _ sums: inout Pass
  ) {
    let y = target[row]
    let weight = weights?[row] ?? 1
    let shift = offset?[row] ?? 0
    let eta: Double
    let mean: Double
    if let linear {
      eta = linear + shift
      mean = link.mean(eta)
    } else {
      mean = family.startingMean(y, weight: weight, average: average)
      eta = link.predictor(mean)
    }
    guard family.allows(mean) else {
      sums.deviance = .infinity
      working.weights[place] = 0
      working.target[place] = 0
      return
    }
    let slope = link.slope(eta, mean: mean)
    let variance = family.variance(mean)
    let isUsable = variance > 0 && slope != 0
    working.weights[place] = isUsable ? weight * slope * slope / variance : 0
    working.target[place] = isUsable ? eta - shift + (y - mean) / slope : 0
    sums.deviance += weight == 0 ? 0 : weight * deviance(y, mean, eta)
    sums.pearson += isUsable ? weight * (y - mean) * (y - mean) / variance : 0
    if family == .binomial { sums.largestMiss = max(sums.largestMiss, abs(y - mean)) }
  }

  /// For yes or no by logit, from the linear predictor: exact far out, where 1 - mean is 0.
  private func deviance(_ y: Double, _ mean: Double, _ eta: Double) -> Double {
    guard family == .binomial, link == .logit, y == 0 || y == 1 else {
      return family.deviance(y, mean)
    }
    let wrong = y == 1 ? -eta : eta
    return 2 * (wrong > 0 ? wrong + log1p(exp(-wrong)) : log1p(exp(wrong)))
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }
}
