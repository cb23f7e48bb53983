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
    return Interval(value: p, low: max(0, middle - reach), high: min(1, middle + reach))
  }

  /// Any metric, by drawing rows with replacement (Efron 1979; percentiles). `metric` gets how
  /// often each row was drawn; draws without a metric do not count. A metric that noise alone
  /// makes larger, a distance, is larger in most draws: where it `isDistance`, the percentiles are
  /// moved until the middle one is the value (Efron and Tibshirani 1993, chapter 10).
  package static func bootstrap(
    rows: Int, draws: Int = 1000, seed: UInt64, level: Double = 0.95, isDistance: Bool = false,
    _ metric: ([Double]) -> Double?
  ) -> Interval? {
    guard rows > 0, let value = metric([Double](repeating: 1, count: rows)) else { return nil }
    let values = (0..<draws).compactMap { metric(counts(rows: rows, draw: $0, seed: seed)) }
    return interval(value, values, of: draws, level: level, isDistance: isDistance)
  }

  /// How often each row was drawn.
  static func counts(rows: Int, draw: Int, seed: UInt64) -> [Double] {
    var counts = [Double](repeating: 0, count: rows)
    let base = SeededMix.mix(seed, UInt64(draw))
    for place in 0..<rows {
      counts[Int(SeededMix.uniform(base, UInt64(place)) * Double(rows))] += 1
    }
    return counts
  }

  /// The percentiles of what the draws gave; nothing where half of them gave nothing.
  static func interval(
    _ value: Double, _ drawn: [Double], of draws: Int, level: Double, isDistance: Bool = false
  ) -> Interval? {
    let values = drawn.filter(\.isFinite).sorted()
    guard values.count > draws / 2 else { return nil }
    let shift = isDistance ? value - quantile(values, 0.5) : 0
    let low = quantile(values, (1 - level) / 2) + shift
    return Interval(
      value: value, low: isDistance ? max(0, low) : low,
      high: quantile(values, (1 + level) / 2) + shift)
  }

  /// Of sorted values, straight between them (type 7 of Hyndman and Fan 1996).
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return last }
    return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
  }
}
