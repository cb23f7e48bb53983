/// How well risks put events in order (Harrell et al. 1982): of all pairs of which one is known to
/// have ended first, the share in which that one has the higher risk; equal risks count half. A case
/// that went on beyond a time is later than an event at that time; two events at one time are no
/// pair.
package struct Concordance: Sendable {
  /// From the longest time to the shortest.
  private let order: [Int]
  private let times: [Double]
  private let events: [Bool]
  /// The place of each risk among all of them, from 1; equal ones share it.
  private let ranks: [Int]

  package init(times: [Double], events: [Bool], risks: [Double]) {
    self.times = times
    self.events = events
    order = times.indices.sorted { (times[$1], $0) < (times[$0], $1) }
    var ranks = [Int](repeating: 1, count: risks.count)
    var rank = 0
    var last: Double?
    for row in risks.indices.sorted(by: { (risks[$0], $0) < (risks[$1], $1) }) {
      if risks[row] != last { rank += 1 }
      last = risks[row]
      ranks[row] = rank
    }
    self.ranks = ranks
  }

  /// Nothing where no pair can be told apart.
  package var value: Double? { value([Double](repeating: 1, count: times.count)) }

  /// Each row as often as `counts` says.
  package func value(_ counts: [Double]) -> Double? {
    var later = RunningSums(size: ranks.max() ?? 0)
    var right = 0.0
    var pairs = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, times[order[end]] == times[order[start]] { end += 1 }
      let tied = order[start..<end].filter { counts[$0] > 0 }
      for row in tied where !events[row] { later.add(counts[row], at: ranks[row]) }
      for row in tied where events[row] {
        let below = later.sum(upTo: ranks[row] - 1)
        let equal = later.sum(upTo: ranks[row]) - below
        right += counts[row] * (below + equal / 2)
        pairs += counts[row] * later.total
      }
      for row in tied where events[row] { later.add(counts[row], at: ranks[row]) }
      start = end
    }
    return pairs > 0 ? right / pairs : nil
  }
}

/// Sums over the first so many places (Fenwick 1994).
private struct RunningSums {
  private var parts: [Double]
  private(set) var total = 0.0

  init(size: Int) { parts = [Double](repeating: 0, count: size + 1) }

  mutating func add(_ value: Double, at place: Int) {
    total += value
    var place = place
    while place < parts.count {
      parts[place] += value
      place += place & -place
    }
  }

  func sum(upTo place: Int) -> Double {
    var (sum, place) = (0.0, place)
    while place > 0 {
      sum += parts[place]
      place -= place & -place
    }
    return sum
  }
}
