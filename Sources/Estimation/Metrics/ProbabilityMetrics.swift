import Glibc

/// What probabilities of yes-or-no outcomes are worth.
package enum ProbabilityMetrics {
  /// The mean of -log of the probability of what happened (Good 1952); probabilities are kept 1e-15 away
  /// from 0 and 1.
  package static func logLoss(
    _ outcomes: [Bool], _ probabilities: [Double], weights: [Double]? = nil
  ) -> Double {
    mean(outcomes.indices, weights) { logLoss(outcomes[$0] ? 1 : 0, probabilities[$0]) }
  }

  /// Of one row, whose outcome is 1 or 0.
  static func logLoss(_ outcome: UInt8, _ probability: Double) -> Double {
    let p = min(1 - 1e-15, max(1e-15, probability))
    return outcome == 1 ? -log(p) : -log1p(-p)
  }

  /// The same for several classes: one list of probabilities a class.
  package static func logLoss(
    classes codes: [Int32], _ probabilities: [[Double]], weights: [Double]? = nil
  ) -> Double {
    mean(codes.indices, weights) { row in
      -log(max(1e-15, probabilities[Int(codes[row])][row]))
    }
  }

  /// The mean square of probability minus outcome (Brier 1950).
  package static func brier(
    _ outcomes: [Bool], _ probabilities: [Double], weights: [Double]? = nil
  ) -> Double {
    mean(outcomes.indices, weights) { brier(outcomes[$0] ? 1 : 0, probabilities[$0]) }
  }

  static func brier(_ outcome: UInt8, _ probability: Double) -> Double {
    let distance = probability - Double(outcome)
    return distance * distance
  }

  static func mean(
    _ rows: Range<Int>, _ weights: [Double]?, _ value: (Int) -> Double
  ) -> Double {
    var sum = 0.0
    var total = 0.0
    for row in rows {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      sum += weight * value(row)
      total += weight
    }
    return sum / total
  }
}

/// How predicted probabilities and what happened compare, bin by bin.
package struct CalibrationCurve: Sendable, Equatable {
  package var bins: [Bin]

  package struct Bin: Sendable, Equatable {
    package var rows: Double
    package var meanPrediction: Double
    package var shareOfPositives: Double
  }

  package enum Binning: Sendable {
    /// Of the range from 0 to 1; a probability on an edge belongs to the lower bin's end, as in
    /// scikit-learn.
    case equalWidth(Int)
    /// Between quantiles of the predictions, rows of one prediction together, as in scikit-learn.
    case equalRows(Int)
  }

  package init(
    _ outcomes: [Bool], _ probabilities: [Double], binning: Binning = .equalRows(10)
  ) {
    let bins: [Int]
    switch binning {
    case .equalWidth(let count):
      bins = probabilities.map {
        max(0, min(count - 1, Int((($0 * Double(count)).rounded(.up))) - 1))
      }
    case .equalRows(let count): bins = Self.ranks(probabilities, count)
    }
    var sums: [Int: (rows: Double, prediction: Double, hits: Double)] = [:]
    for row in outcomes.indices {
      var sum = sums[bins[row]] ?? (0, 0, 0)
      sum.rows += 1
      sum.prediction += probabilities[row]
      sum.hits += outcomes[row] ? 1 : 0
      sums[bins[row]] = sum
    }
    self.bins = sums.sorted { $0.key < $1.key }.map { _, sum in
      Bin(
        rows: sum.rows, meanPrediction: sum.prediction / sum.rows,
        shareOfPositives: sum.hits / sum.rows)
    }
  }

  /// The bin of each value between the quantiles of all of them (interpolated, type 7 of Hyndman
  /// and Fan 1996); one that is a quantile belongs to the bin below it.
  fileprivate static func ranks(_ values: [Double], _ count: Int) -> [Int] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var bins = [Int](repeating: 0, count: values.count)
    var below = 0
    for (place, row) in order.enumerated() {
      if values[row] != values[order[below]] { below = place }
      bins[row] = bin(below: below, of: order.count, count)
    }
    return bins
  }

  /// With r values below it, of n, a value is in bin ⌈r · count / (n - 1)⌉, in whole numbers.
  static func bin(below: Int, of rows: Int, _ count: Int) -> Int {
    let last = max(1, rows - 1)
    return max(0, (below * count + last - 1) / last - 1)
  }

  /// The expected calibration error: the mean distance of prediction and outcome, weighted by
  /// rows (Naeini, Cooper and Hauskrecht 2015).
  package var expectedError: Double {
    let total = bins.reduce(0) { $0 + $1.rows }
    return bins.reduce(0) {
      $0 + $1.rows / total * abs($1.meanPrediction - $1.shareOfPositives)
    }
  }
}
