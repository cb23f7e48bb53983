import Glibc

/// The spread of areas under ROC curves of scores on the same rows (DeLong, DeLong and
/// Clarke-Pearson 1988), by ranks (Sun and Xu 2014).
package struct DeLong: Sendable {
  /// One for each list of scores.
  package var areas: [Double]
  /// By columns.
  package var covariance: [Double]
  private let positives: Double
  private let negatives: Double

  /// Nothing unless each class has at least two rows.
  package init?(_ outcomes: [Bool], _ scores: [[Double]]) {
    let positives = outcomes.indices.filter { outcomes[$0] }
    let negatives = outcomes.indices.filter { !outcomes[$0] }
    guard positives.count > 1, negatives.count > 1,
      scores.allSatisfy({ $0.count == outcomes.count && !$0.contains(where: \.isNaN) })
    else { return nil }
    let (m, n) = (Double(positives.count), Double(negatives.count))
    (self.positives, self.negatives) = (m, n)
    var ofPositives: [[Double]] = []
    var ofNegatives: [[Double]] = []
    areas = []
    for list in scores {
      let all = Ranks.middle(positives.map { list[$0] } + negatives.map { list[$0] })
      let within = Ranks.middle(positives.map { list[$0] })
      let without = Ranks.middle(negatives.map { list[$0] })
      let won = positives.indices.map { (all[$0] - within[$0]) / n }
      let lost = negatives.indices.map { 1 - (all[positives.count + $0] - without[$0]) / m }
      areas.append(won.reduce(0, +) / m)
      ofPositives.append(won)
      ofNegatives.append(lost)
    }
    covariance = []
    for a in scores.indices {
      for b in scores.indices {
        covariance.append(
          Self.covariance(ofPositives[a], ofPositives[b]) / m
            + Self.covariance(ofNegatives[a], ofNegatives[b]) / n)
      }
    }
  }

  private static func covariance(_ a: [Double], _ b: [Double]) -> Double {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / (count - 1)
  }

  /// The area of a list with its interval.
  package func interval(_ list: Int = 0, level: Double = 0.95) -> Interval {
    Intervals.area(
      areas[list], variance: covariance[list * (areas.count + 1)], positives: positives,
      negatives: negatives, level: level)
  }
}

enum Ranks {
  /// From 1; equal values share the mean of their ranks.
  static func middle(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + end + 1) / 2
      for place in start..<end { ranks[order[place]] = rank }
      start = end
    }
    return ranks
  }
}
