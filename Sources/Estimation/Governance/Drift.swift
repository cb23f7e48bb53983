import Glibc

/// How far rows of today are from those of training.
package enum Drift {
  /// The population stability index. Bins of numbers are the tenths of the reference, each
  /// with its upper edge, equal edges merged; missing values are a bin of their own where there
  /// are any; no share counts as less than one in ten thousand.
  package static func stability(
    reference: [Double], current: [Double], bins: Int = 10
  ) -> Double? {
    let edges = edges(reference, bins)
    guard !reference.isEmpty, !current.isEmpty else { return nil }
    return stability(
      counts(reference, edges), counts(current, edges))
  }

  /// Of two lists of counts of the same bins.
  package static func stability(_ reference: [Double], _ current: [Double]) -> Double {
    let totals = (reference.reduce(0, +), current.reduce(0, +))
    return zip(reference, current).reduce(0) { sum, counts in
      guard counts.0 > 0 || counts.1 > 0 else { return sum }
      let expected = max(1e-4, counts.0 / totals.0)
      let actual = max(1e-4, counts.1 / totals.1)
      return sum + (actual - expected) * log(actual / expected)
    }
  }

  /// Inner edges: quantiles of the values that are there, each once.
  package static func edges(_ values: [Double], _ bins: Int) -> [Double] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard sorted.count > 1 else { return [] }
    var edges: [Double] = []
    for step in 1..<bins {
      let edge = Intervals.quantile(sorted, Double(step) / Double(bins))
      if edges.last != edge { edges.append(edge) }
    }
    return edges
  }

  /// Rows in each bin (an edge belongs to the bin below it), and last those without a value.
  static func counts(_ values: [Double], _ edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count + 2)
    for value in values {
      if value.isNaN {
        counts[edges.count + 1] += 1
        continue
      }
      var low = 0
      var high = edges.count
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] < value { low = middle + 1 } else { high = middle }
      }
      counts[low] += 1
    }
    return counts
  }

  /// The largest distance of two distributions (Kolmogorov, Smirnov) with its p for large
  /// samples, corrected as in Stephens 1970.
  package static func kolmogorovSmirnov(
    _ reference: [Double], _ current: [Double]
  ) -> (distance: Double, p: Double)? {
    let a = reference.filter { !$0.isNaN }.sorted()
    let b = current.filter { !$0.isNaN }.sorted()
    guard !a.isEmpty, !b.isEmpty else { return nil }
    var (i, j, distance) = (0, 0, 0.0)
    while i < a.count, j < b.count {
      let value = min(a[i], b[j])
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      distance = max(
        distance, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    let root = (Double(a.count) * Double(b.count) / Double(a.count + b.count)).squareRoot()
    return (distance, above((root + 0.12 + 0.11 / root) * distance))
  }

  /// P(K > x) of Kolmogorov's distribution.
  private static func above(_ x: Double) -> Double {
    guard x > 0.2 else { return 1 }
    var sum = 0.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
      if term < 1e-17 { break }
    }
    return min(1, max(0, 2 * sum))
  }

  /// Pearson's test that two lists of counts come from one distribution; empty bins of both do
  /// not count.
  package static func chiSquared(
    _ reference: [Double], _ current: [Double]
  ) -> (statistic: Double, freedom: Double, p: Double)? {
    let used = zip(reference, current).filter { $0 + $1 > 0 }
    let totals = used.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    guard used.count > 1, totals.0 > 0, totals.1 > 0 else { return nil }
    let all = totals.0 + totals.1
    let statistic = used.reduce(0.0) { sum, counts in
      let row = counts.0 + counts.1
      let expected = (row * totals.0 / all, row * totals.1 / all)
      return sum + (counts.0 - expected.0) * (counts.0 - expected.0) / expected.0
        + (counts.1 - expected.1) * (counts.1 - expected.1) / expected.1
    }
    let freedom = Double(used.count - 1)
    return (statistic, freedom, Distributions.chiSquaredAbove(statistic, freedom: freedom))
  }
}
