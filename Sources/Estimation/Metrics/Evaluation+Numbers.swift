import CLinearAlgebra

// How far predicted numbers are from what happened.
extension Evaluation {
  func regression(
    _ actual: [Double], _ predicted: [Double], _ weights: [Double]?
  ) -> [MetricRow] {
    let count = actual.count
    let (rmse, r2) = squares(actual, predicted, weights)
    var rows = [row("rmse", rmse, count), row("r2", r2, count)].compactMap { $0 }
    rows.append(mean("mae", count, weights) { abs(actual[$0] - predicted[$0]) })
    if let quantile {
      rows.append(
        mean("pinball", count, weights) { row in
          RegressionMetrics.pinball(actual[row] - predicted[row], share: quantile)
        })
      rows += [coverage(actual, predicted, weights)].compactMap { $0 }
    }
    rows += [percentageError(actual, predicted, weights)].compactMap { $0 }
    return rows
  }

  /// Over the rows whose actual number is not 0. Where these are on both sides of 0, some are as
  /// close to it as one likes, and the mean of such ratios need not exist (Hyndman and Koehler
  /// 2006): then there is no interval.
  private func percentageError(
    _ actual: [Double], _ predicted: [Double], _ weights: [Double]?
  ) -> MetricRow? {
    let usable = actual.indices.filter { actual[$0] != 0 }
    guard !usable.isEmpty else { return nil }
    var row = mean("mape", usable.count, weights.map { all in usable.map { all[$0] } }) { place in
      abs((actual[usable[place]] - predicted[usable[place]]) / actual[usable[place]])
    }
    if actual.contains(where: { $0 < 0 }), actual.contains(where: { $0 > 0 }) {
      (row.low, row.high) = (nil, nil)
    }
    return row
  }

  /// In what share of the rows the number stays at or below the quantile.
  private func coverage(
    _ actual: [Double], _ predicted: [Double], _ weights: [Double]?
  ) -> MetricRow? {
    let all = weights?.sorted() ?? [Double](repeating: 1, count: actual.count)
    let total = all.reduce(0, +)
    let below = actual.indices.filter { actual[$0] <= predicted[$0] }.map { weights?[$0] ?? 1 }
      .sorted().reduce(0, +)
    // So many rows of one weight (Kish 1965).
    let scale = total / all.reduce(0) { $0 + $1 * $1 }
    return row(
      "coverage", Intervals.share(below * scale, of: total * scale, level: level), actual.count)
  }

  /// Root of the mean square of what is left, and the share of the target's spread that is not
  /// left. Both follow from sums over the rows of a draw.
  private func squares(
    _ actual: [Double], _ predicted: [Double], _ weights: [Double]?
  ) -> (rmse: Interval?, r2: Interval?) {
    let count = actual.count
    let middle = actual.sorted().reduce(0, +) / Double(count)
    let left = zip(actual, predicted).map { ($0 - $1) * ($0 - $1) }
    let weights = weights ?? [Double](repeating: 1, count: count)
    let order = left.indices.sorted {
      (left[$0], actual[$0], weights[$0]) < (left[$1], actual[$1], weights[$1])
    }
    let weighing = order.map { weights[$0] }
    let weighted = order.map { weights[$0] * left[$0] }
    let distances = order.map { actual[$0] - middle }
    let largest = left.max() ?? 0
    // Fourth powers of what is left have no room in a float; their ratios to the largest do.
    let scaled = weighted.map { largest > 0 ? $0 / largest : 0 }
    let values =
      weighted + zip(weighing, distances).map { $0 * $1 }
      + zip(weighing, distances).map { $0 * $1 * $1 } + weighing
      + scaled.map { $0 * $0 } + zip(scaled, weighing).map { $0 * $1 } + weighing.map { $0 * $0 }
    let sums = redraws(count).map { counts in
      var sums = [Double](repeating: 0, count: 7)
      whom_drawn_sums(counts, values, count, 7, &sums)
      return sums
    }
    let squares = Redraws.studentized(sums.map { Self.meanSquare($0, largest) }, level: level)
    return (
      squares.map { squares in
        Interval(
          value: squares.value.squareRoot(), low: max(0, squares.low).squareRoot(),
          high: squares.high.squareRoot())
      },
      Redraws.interval(
        sums.map { sums in
          let spread = sums[2] - sums[1] * sums[1] / sums[3]
          return sums[3] > 0 && spread > 1e-12 * sums[2] ? 1 - sums[0] / spread : nil
        }, level: level)
    )
  }

  /// The mean square of a draw, and its error: that of a ratio of sums (Cochran 1977, section 6.4).
  private static func meanSquare(
    _ sums: [Double], _ largest: Double
  ) -> (value: Double, error: Double)? {
    guard sums[3] > 0 else { return nil }
    let mean = sums[0] / sums[3]
    guard largest > 0 else { return (mean, 0) }
    let share = mean / largest
    let squares = sums[4] - 2 * share * sums[5] + share * share * sums[6]
    // What is left of equal squares is rounding.
    let error = squares > 1e-12 * sums[4] ? squares.squareRoot() / sums[3] * largest : 0
    return (mean, error)
  }
}
