import CLinearAlgebra

/// Yes-or-no outcomes from the highest score down; of rows with one score those with a yes come
/// first. Whatever is worked out from it does not depend on the order in which the rows came.
package struct ScoreOrder: Sendable {
  package private(set) var scores: [Double] = []
  /// 1 for a yes.
  private(set) var hits: [UInt8] = []
  /// 1 for the last row of each score.
  private(set) var ends: [UInt8] = []
  /// How much each row counts; nothing for all the same.
  private(set) var weights: [Double]?

  /// Scores are not NaN; rows that count for nothing are left out.
  package init(
    _ outcomes: [Bool], _ scores: [Double], weights: [Double]? = nil, threads: Int = 1
  ) {
    if let weights {
      sort(outcomes, scores, weights)
    } else {
      sort(outcomes, scores, threads: threads)
    }
  }

  /// Each class is sorted for itself, so that no pairs have to be moved.
  private mutating func sort(_ outcomes: [Bool], _ scores: [Double], threads: Int) {
    let sorted = WorkSharing(threads: threads).map(2) { part in
      var own: [Double] = []
      for (row, outcome) in outcomes.enumerated() where outcome == (part == 0) {
        // Adding 0 makes one of the two zeros.
        own.append(scores[row] + 0)
      }
      DigitSort.sort(descending: &own)
      return own
    }
    merge(sorted[0], sorted[1])
  }

  private mutating func sort(_ outcomes: [Bool], _ scores: [Double], _ weights: [Double]) {
    let order = scores.indices.filter { weights[$0] > 0 }.sorted { a, b in
      if scores[a] != scores[b] { return scores[a] > scores[b] }
      if outcomes[a] != outcomes[b] { return outcomes[a] }
      return weights[a] > weights[b]
    }
    self.scores = order.map { scores[$0] + 0 }
    hits = order.map { outcomes[$0] ? 1 : 0 }
    self.weights = order.map { weights[$0] }
    markEnds()
  }

  private mutating func merge(_ yes: [Double], _ no: [Double]) {
    let count = yes.count + no.count
    scores.reserveCapacity(count)
    hits.reserveCapacity(count)
    var (i, j) = (0, 0)
    while i < yes.count || j < no.count {
      let isHit = j == no.count || (i < yes.count && yes[i] >= no[j])
      scores.append(isHit ? yes[i] : no[j])
      hits.append(isHit ? 1 : 0)
      if isHit { i += 1 } else { j += 1 }
    }
    markEnds()
  }

  private mutating func markEnds() {
    ends = [UInt8](repeating: 1, count: count)
    for row in scores.indices.dropLast() where scores[row] == scores[row + 1] { ends[row] = 0 }
  }

  package var count: Int { scores.count }

  /// Rows of one score, one stretch after the other.
  func forEachTie(_ body: (Range<Int>) -> Void) {
    var start = 0
    for row in ends.indices where ends[row] == 1 {
      body(start..<row + 1)
      start = row + 1
    }
  }

  /// The area under the ROC curve with its interval (DeLong, DeLong and Clarke-Pearson 1988): a
  /// positive row wins against the negative ones below it and half of those beside it. Of few rows
  /// in a class, or where no score is out of order, Newcombe's interval stands there.
  package func area(level: Double) -> Interval? {
    if weights != nil { return weightedArea(level: level) }
    let positives = hits.reduce(0) { $0 + Int($1) }
    let (m, n) = (Double(positives), Double(count - positives))
    guard m > 0, n > 0 else { return nil }
    var won = Moments()
    var lost = Moments()
    var above = (yes: 0.0, no: 0.0)
    forEachTie { rows in
      let yes = Double(rows.reduce(0) { $0 + Int(hits[$1]) })
      let no = Double(rows.count) - yes
      won.add(1 - (above.no + no / 2) / n, times: yes)
      lost.add((above.yes + yes / 2) / m, times: no)
      above = (above.yes + yes, above.no + no)
    }
    return Intervals.area(
      won.mean, variance: won.variance / m + lost.variance / n, positives: m, negatives: n,
      level: level)
  }
}

/// Mean and variance of values that come one after the other (West 1979).
private struct Moments {
  private var weight = 0.0
  private var squares = 0.0
  var mean = 0.0

  mutating func add(_ value: Double, times: Double) {
    guard times > 0 else { return }
    weight += times
    let distance = value - mean
    mean += distance * times / weight
    squares += times * distance * (value - mean)
  }

  var variance: Double { weight > 1 ? squares / (weight - 1) : 0 }
}
