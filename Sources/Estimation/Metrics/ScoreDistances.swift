/// How far probabilities are from what happened, and the scores of one class from those of the
/// other: sums and maxima of distances, which noise alone makes larger. A percentile of redrawn
/// rows has that noise twice, so these intervals come from what the noise can do.
extension ScoreOrder {
  /// The largest distance of the score's distributions in the two classes (Kolmogorov, Smirnov).
  ///
  /// Below the value lies what noise can have added: the distance of two samples of one population
  /// (Smirnov 1939). Above it noise can only have taken away what it takes at one score, where the
  /// distance is largest: two shares, counted with one yes and one no more (Agresti and Caffo
  /// 2000). In simulations of 100 to 5,000 rows, true distances from 0 to 0.95 and 5% or 33% of
  /// positives at least 96% of the intervals held the truth; far from 0 they are wider than needed.
  func separation(level: Double) -> Interval? {
    let all = sums(0..<count)
    guard all.hits > 0, all.misses > 0 else { return nil }
    var best = (value: 0.0, hits: 0.0, misses: 0.0)
    var (hits, misses) = (0.0, 0.0)
    forEachTie { rows in
      let tied = sums(rows)
      hits += tied.hits
      misses += tied.misses
      let distance = abs(hits / all.hits - misses / all.misses)
      if distance > best.value { best = (distance, hits / all.hits, misses / all.misses) }
    }
    let (m, n) = effectiveRows
    func variance(_ share: Double, _ rows: Double) -> Double {
      let drawn = (share * rows + 1) / (rows + 2)
      return drawn * (1 - drawn) / (rows + 2)
    }
    let tail = (1 + level) / 2
    let above =
      Distributions.normalQuantile(tail)
      * (variance(best.hits, m) + variance(best.misses, n)).squareRoot()
    let below = Intervals.kolmogorovQuantile(tail) * (1 / m + 1 / n).squareRoot()
    return Interval(
      value: best.value, low: max(0, best.value - below), high: min(1, best.value + above))
  }

  /// The mean distance of prediction and outcome over ten bins of equally many rows, weighted by
  /// rows (Naeini, Cooper and Hauskrecht 2015).
  ///
  /// It is large where probabilities are right but rows are few (Roelofs et al. 2022). With d the
  /// true and e the estimated mean distance of a bin, |e| - |d| is at most |e - d|: the lower limit
  /// is the value less what sums of such noise reach. And |d| - |e| is at most (d - e) with the sign
  /// of d, whose sum over bins is normal: so far goes the upper limit. The variance of a bin is that
  /// of its rows, at least that of a share with two yes and two no more (Agresti and Coull 1998).
  /// In simulations of 100 to 5,000 rows, calibrated and not, with few positives and with many, at
  /// least 96% of the intervals held the error of ten bins of 2 million rows.
  func calibrationError(level: Double) -> Interval? {
    let bins = self.bins(10)
    let total = bins.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return nil }
    let value = bins.reduce(0) { $0 + $1.weight * abs($1.distance) } / total
    let spreads = bins.map { $0.weight / total * $0.variance.squareRoot() }
    let tail = (1 + level) / 2
    let above =
      Distributions.normalQuantile(tail)
      * spreads.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return Interval(
      value: value, low: max(0, value - Self.sizeQuantile(spreads, tail)),
      high: min(1, value + above))
  }

  /// Of the sum of the sizes of normal numbers with these deviations, by 2,000 draws of each.
  private static func sizeQuantile(_ deviations: [Double], _ tail: Double) -> Double {
    let sums = (0..<2000).map { draw in
      deviations.indices.reduce(0.0) { $0 + deviations[$1] * drawnSizes[draw * 10 + $1] }
    }
    return Intervals.quantile(sums.sorted(), tail)
  }

  /// Sizes of standard normal numbers, ten for each draw.
  private static let drawnSizes = (0..<20_000).map { place in
    abs(Distributions.normalQuantile(SeededMix.uniform(0x5EED, UInt64(place)) / 2 + 0x1p-55))
  }

  /// Rows whose scores lie together.
  private struct Bin {
    var weight = 0.0
    /// The mean of prediction less outcome.
    var distance = 0.0
    /// Of that mean.
    var variance = 0.0
  }

  private func bins(_ wanted: Int) -> [Bin] {
    var start = 0
    return binEnds(wanted).map { end in
      let rows = start..<end
      start = end
      var (weight, squares, hits, distance) = (0.0, 0.0, 0.0, 0.0)
      for row in rows {
        let w = weights?[row] ?? 1
        weight += w
        squares += w * w
        hits += w * Double(self.hits[row])
        distance += w * (scores[row] - Double(self.hits[row]))
      }
      let mean = distance / weight
      let spread = rows.reduce(0.0) { sum, row in
        let apart = scores[row] - Double(self.hits[row]) - mean
        return sum + (weights?[row] ?? 1) * apart * apart
      }
      let size = weight * weight / squares
      let share = (hits / weight * size + 2) / (size + 4)
      let found = size > 1 ? spread / weight * size / (size - 1) : 0
      return Bin(
        weight: weight, distance: mean, variance: max(found, share * (1 - share)) / size)
    }
  }

  /// Where each bin of a calibration curve ends, from the highest score down.
  private func binEnds(_ bins: Int) -> [Int] {
    var ends: [Int] = []
    var last = -1
    forEachTie { rows in
      let bin = CalibrationCurve.bin(below: count - rows.upperBound, of: count, bins)
      if bin != last, last >= 0 { ends.append(rows.lowerBound) }
      last = bin
    }
    return ends + [count]
  }
}
