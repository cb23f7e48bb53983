import Glibc

/// Numbers above zero onto pixels, equal factors onto equal lengths. Ticks at powers of ten, for
/// fewer than three of them at 1, 2 and 5 times a power: `1, 10, 100`; `50, 100, 200`.
struct LogScale: Sendable {
  let low: Double
  let high: Double
  let ticks: [Double]
  var range: (from: Double, to: Double)

  /// Below it powers of ten lose their digits.
  private static let least = 1e-300

  /// Numbers that are not above zero have no place; there must be one that is.
  init(over numbers: [Double], from: Double, to: Double) {
    let positive = numbers.filter { $0 > 0 }.map { max($0, Self.least) }
    let least = positive.min() ?? 1
    let most = positive.max() ?? 10
    let tens = Self.powers(from: least, to: most)
    let fine = Self.fine(tens)
    if tens.count > 3 {
      ticks = Self.thinned(tens)
      low = tens[0]
      high = tens[tens.count - 1]
    } else {
      let first = fine.last { $0 <= least } ?? fine.first ?? least
      let last = fine.first { $0 >= most } ?? fine.last ?? most
      ticks = fine.filter { $0 >= first && $0 <= last }
      low = first
      high = last
    }
    range = (from, to)
  }

  func position(of number: Double) -> Double {
    let span = log10(high) - log10(low)
    let share = span > 0 ? (log10(max(number, Self.least)) - log10(low)) / span : 0.5
    return range.from + share * (range.to - range.from)
  }

  /// The powers of ten around both numbers.
  private static func powers(from least: Double, to most: Double) -> [Double] {
    let first = Int(log10(least).rounded(.down))
    let last = max(first + 1, Int(log10(most).rounded(.up)))
    return (first...last).map(power)
  }

  private static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

  private static func fine(_ tens: [Double]) -> [Double] {
    tens.flatMap { ten in [1, 2, 5].map { ten >= 1 ? ten * $0 : $0 / (1 / ten).rounded() } }
  }

  /// At most eight of them, at equal distances.
  private static func thinned(_ tens: [Double]) -> [Double] {
    let every = (tens.count + 7) / 8
    return tens.enumerated().filter { $0.offset % every == 0 }.map(\.element)
  }
}
