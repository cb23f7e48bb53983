import Glibc

/// How good the order is that scores give to the rows of each group. Ties in score share their
/// places evenly, so that no order among them can matter.
package struct RankingMetrics: Sendable, Equatable {
  /// The means over groups of several rows, one of them relevant. The others say nothing of an order,
  /// and each would count as a perfect one (LightGBM counts them, scikit-learn refuses one row).
  package var ndcg: Double
  package var hitRate: Double
  package var meanAveragePrecision: Double
  package var groups: Int
  /// Of each of these groups.
  package var ndcgs: [Double] = []
  package var hits: [Double] = []
  package var averagePrecisions: [Double] = []
  /// How much each of them counts, the mean of its rows; nothing for all the same.
  package var weights: [Double]?

  /// Groups stand together; the first `depth` places of each count. The gain of a row is its
  /// relevance itself (Järvelin and Kekäläinen 2002), or 2^relevance - 1 where `isExponential`
  /// (Burges et al. 2005).
  package init?(
    relevance: [Double], scores: [Double], groups: [Int32], at depth: Int,
    isExponential: Bool = false, weights: [Double]? = nil
  ) {
    var lists: [Double] = []
    for rows in GroupRuns(groups) where rows.count > 1 {
      let gains = rows.map { isExponential ? exp2(relevance[$0]) - 1 : relevance[$0] }
      guard gains.contains(where: { $0 > 0 }) else { continue }
      let ideal = Self.discounted(gains.sorted(by: >), depth)
      let ties = Self.ties(gains, rows.map { scores[$0] })
      let list = ties.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
      ndcgs.append(Self.discounted(list, depth) / ideal)
      hits.append(Self.hit(ties, depth))
      averagePrecisions.append(Self.averagePrecision(ties, depth))
      let all = rows.map { weights?[$0] ?? 1 }.sorted()
      lists.append(all.reduce(0, +) / Double(all.count))
    }
    guard !ndcgs.isEmpty else { return nil }
    let total = lists.reduce(0, +)
    func mean(_ values: [Double]) -> Double {
      zip(values, lists).reduce(0) { $0 + $1.0 * $1.1 } / total
    }
    self.groups = ndcgs.count
    ndcg = mean(ndcgs)
    hitRate = mean(hits)
    meanAveragePrecision = mean(averagePrecisions)
    self.weights = weights == nil ? nil : lists
  }

  /// Rows of the same score: how many, how many of them relevant, and what they gain in all.
  private struct Tie {
    var count = 0
    var relevant = 0
    var sum = 0.0
  }

  private static func ties(_ gains: [Double], _ scores: [Double]) -> [Tie] {
    var result: [Tie] = []
    var last: Double?
    for row in gains.indices.sorted(by: { (scores[$1], $0) < (scores[$0], $1) }) {
      if scores[row] != last { result.append(Tie()) }
      last = scores[row]
      result[result.count - 1].count += 1
      result[result.count - 1].relevant += gains[row] > 0 ? 1 : 0
      result[result.count - 1].sum += gains[row]
    }
    return result
  }

  private static func discounted(_ gains: [Double], _ depth: Int) -> Double {
    gains.prefix(depth).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
  }

  /// The chance of a relevant row among the first places, over all orders of tied rows.
  private static func hit(_ ties: [Tie], _ depth: Int) -> Double {
    var places = depth
    for tie in ties where places > 0 {
      if tie.relevant > 0 {
        let others = tie.count - tie.relevant
        guard places <= others else { return 1 }
        return 1
          - (0..<places).reduce(1) { $0 * Double(others - $1) / Double(tie.count - $1) }
      }
      places -= tie.count
    }
    return 0
  }

  /// The mean precision at each relevant row among the first places (Manning, Raghavan and
  /// Schütze 2008, section 8.4), over as many relevant rows as could stand there; the expected
  /// one over all orders of tied rows (McSherry and Najork 2008).
  private static func averagePrecision(_ ties: [Tie], _ depth: Int) -> Double {
    var before = 0
    var found = 0
    var sum = 0.0
    for tie in ties where before < depth {
      let share = Double(tie.relevant) / Double(tie.count)
      let next = tie.count > 1 ? Double(tie.relevant - 1) / Double(tie.count - 1) : 0
      for place in 0..<min(tie.count, depth - before) {
        let hits = Double(found) + 1 + Double(place) * next
        sum += share * hits / Double(before + place + 1)
      }
      before += tie.count
      found += tie.relevant
    }
    return sum / Double(min(depth, ties.reduce(0) { $0 + $1.relevant }))
  }
}
