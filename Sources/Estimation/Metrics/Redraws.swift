import CLinearAlgebra

/// Rows drawn again and again, for intervals of metrics without a formula.
///
/// Each row is drawn a Poisson number of times with mean 1: for many rows that is a draw with
/// replacement (Efron 1979), but a row's number depends on its place alone (Hanley and MacGibbon
/// 2006; Chamandy, Muralidharan, Najmi and Naidu 2012). So one walk along sorted rows gives all
/// metrics of a draw, and draws go on several threads.
package struct Redraws: Sendable {
  package var rows: Int
  package var draws: Int
  package var seed: UInt64
  package var threads: Int

  package init(rows: Int, draws: Int, seed: UInt64, threads: Int = 1) {
    self.rows = rows
    self.draws = draws
    self.seed = seed
    self.threads = threads
  }

  /// What `metrics` makes of how often each row was drawn, for each draw; first of each row once.
  package func map<Result>(_ metrics: (UnsafePointer<UInt8>) -> Result) -> [Result] {
    WorkSharing(threads: threads).map(draws + 1) { draw in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, rows)) { counts in
        counts.initialize(repeating: 1)
        guard let start = counts.baseAddress else { preconditionFailure("at least one byte") }
        if draw > 0 { whom_draw_counts(SeededMix.mix(seed, UInt64(draw)), rows, start) }
        return metrics(start)
      }
    }
  }

  /// Any metric, by percentiles of what its draws gave; those without a value do not count.
  package static func interval(_ values: [Double?], level: Double = 0.95) -> Interval? {
    guard let first = values.first, let value = first, value.isFinite else { return nil }
    if values.count == 1 { return Interval(value: value, low: value, high: value) }
    let drawn = values.dropFirst().compactMap { $0 }.filter(\.isFinite).sorted()
    guard drawn.count > (values.count - 1) / 2 else { return nil }
    return Interval(
      value: value, low: Intervals.quantile(drawn, (1 - level) / 2),
      high: Intervals.quantile(drawn, (1 + level) / 2))
  }

  /// A figure whose error each draw knows: by the quantiles of how many errors the draws are off
  /// (bootstrap-t; Hall 1988). For means of skewed rows that is a better interval than percentiles:
  /// of the root mean square of 30 to 400 errors with 5 degrees of freedom it held the true one in
  /// 91 to 94 of 100 samples, that of percentiles in 82 to 92.
  package static func studentized(
    _ values: [(value: Double, error: Double)?], level: Double = 0.95
  ) -> Interval? {
    guard let first = values.first, let own = first, own.value.isFinite else { return nil }
    let none = Interval(value: own.value, low: own.value, high: own.value)
    guard values.count > 1, own.error > 0 else { return none }
    let off = values.dropFirst().compactMap { draw -> Double? in
      guard let draw, draw.error > 0 else { return nil }
      return (draw.value - own.value) / draw.error
    }.filter(\.isFinite).sorted()
    guard off.count > (values.count - 1) / 2 else { return none }
    return Interval(
      value: own.value,
      low: own.value - Intervals.quantile(off, (1 + level) / 2) * own.error,
      high: own.value - Intervals.quantile(off, (1 - level) / 2) * own.error)
  }
}
