#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An amount paid or received at a time.
package struct CashFlow {
  package var amount: Double
  package var time: Double

  package init(amount: Double, time: Double) {
    self.amount = amount
    self.time = time
  }
}

/// The internal rate of return: the root r above -1 of the sum of `amount / (1 + r) ^ time`.
/// Flows that change their sign once have one; with several changes there may be several roots,
/// and then no rate is the rate (Lorie and Savage, "Three problems in rationing capital", 1955).
package enum RateOfReturn {
  package static func of(_ flows: [CashFlow]) -> Double? {
    guard let first = flows.map(\.time).min(), flows.contains(where: { $0.amount > 0 }),
      flows.contains(where: { $0.amount < 0 })
    else { return nil }
    let span = max((flows.map(\.time).max() ?? first) - first, 1e-9)
    // With x = (1 + r) ^ -span a flow at the share s of the span is amount * x ^ s.
    let shares = flows.map { CashFlow(amount: $0.amount, time: ($0.time - first) / span) }
    func worth(_ logarithm: Double) -> Double {
      shares.reduce(0) { $0 + $1.amount * exp(logarithm * $1.time) }
    }
    var roots: [Double] = []
    var low = -range
    for step in 1...steps {
      let high = -range + 2 * range * Double(step) / Double(steps)
      if let root = root(low, high, worth) { roots.append(root) }
      low = high
    }
    guard roots.count == 1, let root = roots.first else { return nil }
    let rate = exp(-root / span) - 1
    return rate.isFinite ? rate : nil
  }

  /// From a loss of all but e^-20 over the whole time to a gain by e^20.
  private static let range = 20.0
  private static let steps = 2000

  /// By halving, where the ends differ in sign; a root at the upper end belongs to this part.
  private static func root(
    _ low: Double, _ high: Double, _ worth: (Double) -> Double
  ) -> Double? {
    var (low, high) = (low, high)
    let (atLow, atHigh) = (worth(low), worth(high))
    if atHigh == 0 { return high }
    guard atLow != 0, (atLow < 0) != (atHigh < 0) else { return nil }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      let value = worth(middle)
      if value == 0 { return middle }
      if (value < 0) == (atLow < 0) { low = middle } else { high = middle }
    }
  }
}
