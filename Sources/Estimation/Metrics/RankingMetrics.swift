import Glibc

/// How good the order is that scores give to the rows of each group. Ties in score share their
/// places evenly, so that no order among them can matter.
package struct RankingMetrics: Sendable, Equatable {
  /// The means over groups that have a relevant row.
  package var ndcg: Double
  package var hitRate: Double
  package var meanAveragePrecision: Double
  package var groups: Int
  /// Of each of these groups.
  package var ndcgs: [Double] = []
  package var hits: [Double] = []
  package var averagePrecisions: [Double] = []

  /// Groups stand together; the first `depth` places of each count. The gain of a row is its
  /// relevance itself (Järvelin and Kekäläinen 2002), or 2^relevance - 1 where `isExponential`
  /// (Burges et al. 2005).
  package init?(
    relevance: [Double], scores: [Double], groups: [Int32], at depth: Int,
    isExponential: Bool = false
  ) {
    for rows in GroupRuns(groups) {
      let gains = rows.map { isExponential ? exp2(relevance[$0]) - 1 : relevance[$0] }
      guard gains.contains(where: { $0 > 0 }) else { continue }
      let ideal = Self.discounted(gains.sorted(by: >), depth)
      let list = Self.ranked(gains, rows.map { scores[$0] })
      ndcgs.append(Self.discounted(list, depth) / ideal)
      hits.append(Self.hit(list, depth))
      averagePrecisions.append(Self.averagePrecision(gains, rows.map { scores[$0] }, depth))
    }
    guard !ndcgs.isEmpty else { return nil }
    let count = Double(ndcgs.count)
    self.groups = ndcgs.count
    ndcg = ndcgs.reduce(0, +) / count
    hitRate = hits.reduce(0, +) / count
    meanAveragePrecision = averagePrecisions.reduce(0, +) / count
  }

  /// Gains in the order of scores, those of tied rows replaced by their mean.
  private static func ranked(_ gains: [Double], _ scores: [Double]) -> [Double] {
    let order = gains.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var list = order.map { gains[$0] }
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let mean = list[start..<end].reduce(0, +) / Double(end - start)
      for place in start..<end { list[place] = mean }
      start = end
    }
    return list
  }

  private static func discounted(_ gains: [Double], _ depth: Int) -> Double {
    gains.prefix(depth).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
  }

  private static func hit(_ list: [Double], _ depth: Int) -> Double {
    list.prefix(depth).contains { $0 > 0 } ? 1 : 0
  }

  /// The mean precision at each relevant row among the first places (Manning, Raghavan and
  /// Schütze 2008, section 8.4), over as many relevant rows as could stand there.
  private static func averagePrecision(
    _ gains: [Double], _ scores: [Double], _ depth: Int
  ) -> Double {
    let order = gains.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    var hits = 0.0
    var sum = 0.0
    for (place, row) in order.prefix(depth).enumerated() where gains[row] > 0 {
      hits += 1
      sum += hits / Double(place + 1)
    }
    return sum / Double(min(depth, gains.count { $0 > 0 }))
  }
}
