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
    let usable = actual.indices.filter { actual[$0] != 0 }
    if !usable.isEmpty {
      rows.append(
        mean("mape", usable.count, weights.map { all in usable.map { all[$0] } }) { place in
          let row = usable[place]
          return abs((actual[row] - predicted[row]) / actual[row])
        })
    }
    return rows
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
  /// left. Both follow from three sums over the rows of a draw.
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
    let distances = order.map { actual[$0] - middle }
    let values =
      order.map { weights[$0] * left[$0] } + zip(weighing, distances).map { $0 * $1 }
      + zip(weighing, distances).map { $0 * $1 * $1 } + weighing
    let sums = redraws(count).map { counts in
      var sums = [Double](repeating: 0, count: 4)
      whom_drawn_sums(counts, values, count, 4, &sums)
      return sums
    }
    return (
      Redraws.interval(sums.map { $0[3] > 0 ? ($0[0] / $0[3]).squareRoot() : nil }, level: level),
      Redraws.interval(
        sums.map { sums in
          let spread = sums[2] - sums[1] * sums[1] / sums[3]
          return sums[3] > 0 && spread > 1e-12 * sums[2] ? 1 - sums[0] / spread : nil
        }, level: level)
    )
  }
}
