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
}
