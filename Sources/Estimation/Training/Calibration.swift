import Glibc
package import Values

/// Turns scores into probabilities that come true as often as they say.
package indirect enum Calibration: Sendable, Equatable {
  /// 1 / (1 + exp(a * logit(score) + b)), Platt 1999 with his smoothed targets.
  case sigmoid(a: Double, b: Double)
  /// Steps that never fall (Zadrozny and Elkan 2002), straight between their middles.
  case isotonic(scores: [Double], values: [Double])
  /// Of more than two classes each against the rest, then divided by their sum (Zadrozny and
  /// Elkan 2002); where none is left over, all are equally likely.
  case eachClass([Calibration])

  package typealias Kind = CalibrationMethod

  package init(
    _ kind: Kind, scores: [Double], outcomes: [Bool], weights: [Double]? = nil
  ) throws(EstimationError) {
    guard !scores.isEmpty else { throw .noRows }
    guard outcomes.contains(true), outcomes.contains(false) else {
      throw .oneClass(outcomes[0] ? "true" : "false")
    }
    switch kind {
    case .sigmoid: self = try Self.sigmoid(scores, outcomes, weights)
    case .isotonic: self = Self.isotonic(scores, outcomes, weights)
    }
  }

  /// Of each class against the rest; `scores` column after column.
  package init(
    _ kind: Kind, scores: [Double], classes codes: [Int32], count: Int, weights: [Double]? = nil
  ) throws(EstimationError) {
    var each: [Calibration] = []
    for label in 0..<count {
      let own = scores[label * codes.count..<(label + 1) * codes.count]
      each.append(
        try Calibration(
          kind, scores: Array(own), outcomes: codes.map { Int($0) == label }, weights: weights))
    }
    self = .eachClass(each)
  }

  package func apply(_ scores: [Double]) -> [Double] {
    switch self {
    case .sigmoid(let a, let b): scores.map { Link.logistic(-(a * Self.logit($0) + b)) }
    case .isotonic(let knots, let values): scores.map { Self.between(knots, values, $0) }
    case .eachClass(let each): Self.shares(each, scores)
    }
  }

  private static func shares(_ each: [Calibration], _ scores: [Double]) -> [Double] {
    let rows = scores.count / max(1, each.count)
    var result: [Double] = []
    for (label, one) in each.enumerated() {
      result += one.apply(Array(scores[label * rows..<(label + 1) * rows]))
    }
    for row in 0..<rows {
      let total = each.indices.reduce(0) { $0 + result[$1 * rows + row] }
      for label in each.indices {
        result[label * rows + row] =
          total == 0 ? 1 / Double(each.count) : result[label * rows + row] / total
      }
    }
    return result
  }

  private static func logit(_ score: Double) -> Double {
    let p = min(1 - 1e-12, max(1e-12, score))
    return log(p / (1 - p))
  }

  // MARK: Sigmoid

  /// Logistic regression of targets pulled in from 0 and 1 by Platt's rule. Rows of a class count as
  /// much as they weigh; weights that add up to less than the rows there are (shares of a whole, say)
  /// are taken as ratios.
  private static func sigmoid(
    _ scores: [Double], _ outcomes: [Bool], _ weights: [Double]?
  ) throws(EstimationError) -> Calibration {
    let logits = scores.map(logit)
    guard logits.contains(where: { $0 != logits[0] }) else {
      return .sigmoid(a: -1, b: 0)
    }
    let count = outcomes.count
    let weighing = weights ?? [Double](repeating: 1, count: count)
    let rowsPerWeight = max(1, Double(count) / weighing.sorted().reduce(0, +))
    func rows(_ outcome: Bool) -> Double {
      outcomes.indices.filter { outcomes[$0] == outcome }.map { weighing[$0] }.sorted()
        .reduce(0, +) * rowsPerWeight
    }
    let (positives, negatives) = (rows(true), rows(false))
    let high = (positives + 1) / (positives + 2)
    let low = 1 / (negatives + 2)
    let design = Design(
      features: [
        Feature("(intercept)", sources: [], kind: .intercept),
        Feature("logit", sources: [], kind: .number),
      ], rowCount: count, columns: [[Double](repeating: 1, count: count), logits])
    let fit = try ReweightedLeastSquares(
      family: .binomial, link: .logit, design: design, target: outcomes.map { $0 ? high : low },
      weights: weights, offset: nil, sharing: WorkSharing(threads: 1)
    ).fit()
    return .sigmoid(a: -fit.coefficients[1], b: -fit.coefficients[0])
  }

  // MARK: Isotonic

  /// Pools neighbours that fall (Barlow et al. 1972) and joins the first and last score of each
  /// pool.
  private static func isotonic(
    _ scores: [Double], _ outcomes: [Bool], _ weights: [Double]?
  ) -> Calibration {
    struct Pool {
      var low: Double
      var high: Double
      var sum: Double
      var weight: Double
      var mean: Double { sum / weight }
    }
    var pools: [Pool] = []
    for row in scores.indices.sorted(by: { (scores[$0], $0) < (scores[$1], $1) }) {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      let hit = outcomes[row] ? weight : 0
      if let last = pools.last, last.high == scores[row], last.low == scores[row] {
        pools[pools.count - 1].sum += hit
        pools[pools.count - 1].weight += weight
      } else {
        pools.append(Pool(low: scores[row], high: scores[row], sum: hit, weight: weight))
      }
    }
    var merged: [Pool] = []
    for pool in pools {
      merged.append(pool)
      while merged.count > 1, merged[merged.count - 2].mean >= merged[merged.count - 1].mean {
        let top = merged.removeLast()
        merged[merged.count - 1].high = top.high
        merged[merged.count - 1].sum += top.sum
        merged[merged.count - 1].weight += top.weight
      }
    }
    var knots: [Double] = []
    var values: [Double] = []
    for pool in merged {
      for score in pool.low == pool.high ? [pool.low] : [pool.low, pool.high] {
        knots.append(score)
        values.append(pool.mean)
      }
    }
    return .isotonic(scores: knots, values: values)
  }

  /// Straight between knots, level beyond them.
  private static func between(_ knots: [Double], _ values: [Double], _ x: Double) -> Double {
    guard let first = knots.first, let last = knots.last else { return x }
    if x <= first { return values[0] }
    if x >= last { return values[values.count - 1] }
    var low = 0
    var high = knots.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= x { low = middle } else { high = middle }
    }
    let share = (x - knots[low]) / (knots[high] - knots[low])
    return values[low] + share * (values[high] - values[low])
  }
}
