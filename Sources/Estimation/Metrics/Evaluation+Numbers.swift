import CLinearAlgebra

// How far predicted numbers are from what happened.
extension Evaluation {
  func regression(_ actual: [Double], _ predicted: [Double]) -> [MetricRow] {
    let count = actual.count
    let (rmse, r2) = squares(actual, predicted)
    var rows = [row("rmse", rmse, count), row("r2", r2, count)].compactMap { $0 }
    rows.append(mean("mae", count) { abs(actual[$0] - predicted[$0]) })
    if let quantile {
      rows.append(
        mean("pinball", count) { row in
          RegressionMetrics.pinball(actual[row] - predicted[row], share: quantile)
        })
      let below = Double(actual.indices.count { actual[$0] <= predicted[$0] })
      if let coverage = Intervals.share(below, of: Double(count), level: level) {
        rows.append(MetricRow("coverage", coverage, rows: count))
      }
    }
    let usable = actual.indices.filter { actual[$0] != 0 }
    if !usable.isEmpty {
      rows.append(
        mean("mape", usable.count) { place in
          let row = usable[place]
          return abs((actual[row] - predicted[row]) / actual[row])
        })
    }
    return rows
  }

  /// Root of the mean square of what is left, and the share of the target's spread that is not
  /// left. Both follow from three sums over the rows of a draw.
  private func squares(
    _ actual: [Double], _ predicted: [Double]
  ) -> (rmse: Interval?, r2: Interval?) {
    let count = actual.count
    let middle = actual.sorted().reduce(0, +) / Double(count)
    let left = zip(actual, predicted).map { ($0 - $1) * ($0 - $1) }
    let order = left.indices.sorted { (left[$0], actual[$0]) < (left[$1], actual[$1]) }
    let distances = order.map { actual[$0] - middle }
    let values = order.map { left[$0] } + distances + distances.map { $0 * $0 }
    let sums = redraws(count).map { counts in
      var sums = [Double](repeating: 0, count: 4)
      whom_drawn_sums(counts, values, count, 3, &sums)
      for row in 0..<count { sums[3] += Double(counts[row]) }
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
