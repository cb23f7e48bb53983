import CLinearAlgebra

/// What decisions and order of a score are worth, in each draw.
struct ScoredDraws {
  private let drawn: [whom_scored_metrics]
  private let level: Double

  init(_ order: ScoreOrder, _ redraws: Redraws, cut: ScoreCut, share: Double, level: Double) {
    self.level = level
    if order.weights != nil {
      drawn = redraws.map { order.drawnMetrics($0, share: share, cut: cut) }
      return
    }
    drawn = order.hits.withUnsafeBufferPointer { hits in
      order.ends.withUnsafeBufferPointer { ends in
        let scored = whom_scored(
          rows: order.count, hits: hits.baseAddress, ends: ends.baseAddress, share: share,
          cut: cut.rows, cut_end: cut.tiedEnd, cut_part: cut.tiedPart)
        return withUnsafePointer(to: scored) { scored in
          redraws.map { whom_drawn_metrics(scored, $0) }
        }
      }
    }
  }

  private func interval(_ metric: (whom_scored_metrics) -> Double?) -> Interval? {
    Redraws.interval(drawn.map(metric), level: level)
  }

  var averagePrecision: Interval? {
    interval { $0.positives > 0 ? $0.average_precision : nil }
  }
  var gain: Interval? { interval { $0.positives > 0 ? $0.gain : nil } }
  var f: Interval? { interval { Confusion($0).f() } }
  var matthews: Interval? { interval { Confusion($0).matthews } }

  /// Of the rows as they are.
  var confusion: Confusion { drawn.first.map { Confusion($0) } ?? Confusion() }
}

extension Confusion {
  init(_ metrics: whom_scored_metrics) {
    self.init()
    truePositives = metrics.taken_positives
    falsePositives = metrics.taken - metrics.taken_positives
    falseNegatives = metrics.positives - metrics.taken_positives
    trueNegatives = metrics.total - metrics.positives - falsePositives
  }
}

/// How many of the rows with the highest scores count as a yes.
struct ScoreCut: Equatable {
  /// All of these.
  var rows: Int
  /// And this part of the rows up to here, which have one score: what is to be expected when so
  /// many of them are picked blindly (McSherry and Najork 2008).
  var tiedEnd: Int
  var tiedPart: Double

  init(_ cut: Evaluation.Cut, _ order: ScoreOrder) {
    rows = 0
    tiedPart = 0
    tiedEnd = 0
    switch cut {
    case .probability(let limit):
      rows = order.scores.prefix { $0 >= limit }.count
      tiedEnd = rows
    case .share(let share) where order.weights != nil: take(share, order)
    case .share(let share): take(Int((share * Double(order.count)).rounded()), order)
    case .rows(let count): take(min(count, order.count), order)
    }
  }

  private mutating func take(_ wanted: Int, _ order: ScoreOrder) {
    rows = wanted
    tiedEnd = wanted
    var tied = 0..<0
    order.forEachTie { if $0.contains(wanted) { tied = $0 } }
    guard wanted > tied.lowerBound, wanted < tied.upperBound else { return }
    rows = tied.lowerBound
    tiedEnd = tied.upperBound
    tiedPart = Double(wanted - tied.lowerBound) / Double(tied.count)
  }

  /// So much of the weight of all rows.
  private mutating func take(_ share: Double, _ order: ScoreOrder) {
    let all = order.sums(0..<order.count)
    var left = share * (all.hits + all.misses)
    order.forEachTie { tied in
      guard left > 0 else { return }
      let sums = order.sums(tied)
      let size = sums.hits + sums.misses
      tiedEnd = tied.upperBound
      if size <= left { rows = tied.upperBound } else { tiedPart = left / size }
      left -= size
    }
  }
}
