import CLinearAlgebra

/// What decisions and order of a score are worth, in each draw.
struct ScoredDraws {
  private let drawn: [whom_scored_metrics]
  private let level: Double
  private let share: Double

  init(_ order: ScoreOrder, _ redraws: Redraws, cut: ScoreCut, share: Double, level: Double) {
    let distances = zip(order.scores, order.hits).map { $0 - Double($1) }
    let bins = order.binEnds(10)
    self.level = level
    self.share = share
    drawn = order.hits.withUnsafeBufferPointer { hits in
      order.ends.withUnsafeBufferPointer { ends in
        distances.withUnsafeBufferPointer { distances in
          bins.withUnsafeBufferPointer { bins in
            let scored = whom_scored(
              rows: order.count, hits: hits.baseAddress, ends: ends.baseAddress,
              distances: distances.baseAddress, bins: bins.baseAddress, bin_count: bins.count,
              share: share, cut: cut.rows, cut_end: cut.tiedEnd, cut_part: cut.tiedPart)
            return withUnsafePointer(to: scored) { scored in
              redraws.map { whom_drawn_metrics(scored, $0) }
            }
          }
        }
      }
    }
  }

  private func interval(
    isDistance: Bool = false, _ metric: (whom_scored_metrics) -> Double?
  ) -> Interval? {
    Redraws.interval(drawn.map(metric), level: level, isDistance: isDistance)
  }

  var averagePrecision: Interval? {
    interval { $0.positives > 0 ? $0.average_precision : nil }
  }
  var ks: Interval? {
    interval { $0.positives > 0 && $0.positives < $0.total ? $0.ks : nil }
  }
  var calibrationError: Interval? {
    interval(isDistance: true) { $0.total > 0 ? $0.calibration_error : nil }
  }
  var gain: Interval? { interval { $0.positives > 0 ? $0.gain : nil } }
  var lift: Interval? { interval { $0.positives > 0 ? $0.gain / share : nil } }
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
    switch cut {
    case .probability(let limit): rows = order.scores.prefix { $0 >= limit }.count
    case .share(let share):
      let wanted = Int((share * Double(order.count)).rounded())
      var tied = 0..<0
      order.forEachTie { if $0.contains(wanted) { tied = $0 } }
      rows = wanted
      if wanted > tied.lowerBound, wanted < tied.upperBound {
        rows = tied.lowerBound
        tiedEnd = tied.upperBound
        tiedPart = Double(wanted - tied.lowerBound) / Double(tied.count)
        return
      }
    }
    tiedEnd = rows
  }
}

extension ScoreOrder {
  /// Where each bin of a calibration curve ends, from the highest score down.
  fileprivate func binEnds(_ bins: Int) -> [Int] {
    var ends: [Int] = []
    var last = -1
    forEachTie { rows in
      let bin = CalibrationCurve.bin(below: count - rows.upperBound, of: count, bins)
      if bin != last, last >= 0 { ends.append(rows.lowerBound) }
      last = bin
    }
    return ends + [count]
  }
}
