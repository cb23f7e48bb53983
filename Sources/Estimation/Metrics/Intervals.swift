import Glibc

/// A number with the range that it may well be in.
package struct Interval: Sendable, Equatable {
  package var value: Double
  package var low: Double
  package var high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

package enum Intervals {
  /// A share of rows (Wilson 1927): never below 0 or above 1, sensible for few rows.
  package static func share(
    _ hits: Double, of rows: Double, level: Double = 0.95
  ) -> Interval? {
    guard rows > 0, hits >= 0, hits <= rows else { return nil }
    let z = Distributions.normalQuantile((1 + level) / 2)
    let p = hits / rows
    let scale = 1 + z * z / rows
    let middle = (p + z * z / (2 * rows)) / scale
    let reach = z / scale * (p * (1 - p) / rows + z * z / (4 * rows * rows)).squareRoot()
    return Interval(
      value: p, low: hits == 0 ? 0 : max(0, middle - reach),
      high: hits == rows ? 1 : min(1, middle + reach))
  }

  /// Of sorted values, straight between them (type 7 of Hyndman and Fan 1996).
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return last }
    return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
  }

  /// An area under a ROC curve with the variance that was found for it. Where every positive row
  /// scores higher than every negative one, or lower, the variance says nothing; then the interval
  /// is that of Newcombe (2006, part 2, method 5), whose variance is that of the limit itself. With
  /// 10 and 20 rows an area of 1 goes down to 0.849.
  static func area(
    _ value: Double, variance: Double, positives: Double, negatives: Double, level: Double
  ) -> Interval {
    let z = Distributions.normalQuantile((1 + level) / 2)
    guard value >= 1 - 1e-12 || value <= 1e-12 else {
      let reach = z * max(0, variance).squareRoot()
      return Interval(value: value, low: max(0, value - reach), high: min(1, value + reach))
    }
    let others = (positives + negatives) / 2 - 1
    // How far from 1 the limit is: (1 - t)² = z² V(t), where 1 - t divides both sides.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let t = (low + high) / 2
      let spread = t * (1 + others * (1 - t) / (2 - t) + others * t / (1 + t))
      if 1 - t > z * z * spread / (positives * negatives) { low = t } else { high = t }
    }
    return value > 0.5
      ? Interval(value: value, low: low, high: 1)
      : Interval(value: value, low: 0, high: 1 - low)
  }

  /// The quantile of the distribution of Kolmogorov (1933): of the largest distance of an
  /// empirical distribution from the true one, times the root of the number of rows.
  static func kolmogorovQuantile(_ p: Double) -> Double {
    var (low, high) = (0.3, 6.0)
    for _ in 0..<60 {
      let x = (low + high) / 2
      var above = 0.0
      for k in 1...60 {
        let term = 2 * exp(-2 * Double(k * k) * x * x)
        above += k % 2 == 1 ? term : -term
      }
      if 1 - above < p { low = x } else { high = x }
    }
    return (low + high) / 2
  }
}
