import Glibc

/// A metric with its interval, where one is known, and how many rows it is from.
package struct MetricRow: Sendable, Equatable {
  package var metric: String
  package var value: Double
  package var low: Double?
  package var high: Double?
  package var rows: Int

  init(_ metric: String, _ value: Double, rows: Int) {
    self.metric = metric
    self.value = value
    self.rows = rows
  }

  init(_ metric: String, _ interval: Interval, rows: Int) {
    self.init(metric, interval.value, rows: rows)
    low = interval.low
    high = interval.high
  }
}

/// What a model is worth on rows with known outcomes, as the rows of one table. Intervals are
/// exact where there is a formula (DeLong, Wilson, the mean's), else by bootstrap. The order of
/// the rows does not matter, down to the last bit.
package struct Evaluation: Sendable {
  package var level = 0.95
  /// How often rows are drawn for a bootstrap; 0 for none.
  package var draws = 200
  package var seed: UInt64 = 0
  /// Which rows count as a yes.
  package var cut = Cut.probability(0.5)
  package var threads = 1
  /// For predictions of a quantile: which one.
  package var quantile: Double?

  package enum Cut: Sendable, Equatable {
    case probability(Double)
    /// So many of the best-scored rows, as a share; rows tied at the edge count in the part that
    /// fits.
    case share(Double)
  }

  package init() {}

  /// The same without intervals: on the rows of the training itself they would say how sure a
  /// figure is that is too good.
  package func values(
    of target: Target, _ scores: [Double], groups: [Int32]? = nil
  ) -> [MetricRow] {
    var evaluation = self
    evaluation.draws = 0
    return evaluation.of(target, scores, groups: groups).map {
      MetricRow($0.metric, $0.value, rows: $0.rows)
    }
  }

  package func of(_ target: Target, _ scores: [Double], groups: [Int32]? = nil) -> [MetricRow] {
    let count = target.count
    guard count > 0, scores.count == count * target.task.width,
      scores.allSatisfy({ !$0.isNaN })
    else { return [] }
    switch target {
    case .numbers(let values): return regression(values, scores)
    case .classes(let codes, let labels):
      if labels.count == 2 { return binary(codes.map { $0 == 1 }, scores) }
      return classes(codes, labels, scores)
    case .relevance(let relevance):
      return ranking(relevance.map(Double.init), scores, groups ?? [])
    case .survival(let times, let events): return survival(times, events, scores)
    }
  }

  // MARK: Yes or no

  private func binary(_ outcomes: [Bool], _ scores: [Double]) -> [MetricRow] {
    let count = outcomes.count
    let order = ScoreOrder(outcomes, scores, threads: threads)
    let share = if case .share(let share) = cut { share } else { 1.0 }
    let drawn = ScoredDraws(
      order, redraws(count), cut: ScoreCut(cut, order), share: share, level: level)
    let auc = order.area(level: level)
    let gini = auc.map {
      Interval(value: 2 * $0.value - 1, low: 2 * $0.low - 1, high: 2 * $0.high - 1)
    }
    var rows: [MetricRow?] = [
      row("auc", auc, count), row("gini", gini, count),
      row("average_precision", drawn.averagePrecision, count), row("ks", drawn.ks, count),
      mean("log_loss", zip(order.hits, order.scores).map(ProbabilityMetrics.logLoss)),
      mean("brier", zip(order.hits, order.scores).map(ProbabilityMetrics.brier)),
      row("calibration_error", drawn.calibrationError, count),
      row("calibration_slope", order.calibrationSlope(level: level), count),
    ]
    if case .share = cut {
      rows += [row("lift", drawn.lift, count), row("gain", drawn.gain, count)]
    }
    return rows.compactMap { $0 } + decisions(drawn, count)
  }

  func row(_ name: String, _ interval: Interval?, _ rows: Int) -> MetricRow? {
    interval.map { MetricRow(name, $0, rows: rows) }
  }

  private func decisions(_ drawn: ScoredDraws, _ count: Int) -> [MetricRow] {
    let confusion = drawn.confusion
    let (tp, fp) = (confusion.truePositives, confusion.falsePositives)
    let (tn, fn) = (confusion.trueNegatives, confusion.falseNegatives)
    var rows: [MetricRow?] = []
    for (name, hits, total) in [
      ("accuracy", tp + tn, confusion.total), ("precision", tp, tp + fp), ("recall", tp, tp + fn),
      ("false_positive_rate", fp, fp + tn), ("selected", tp + fp, confusion.total),
    ] {
      rows.append(row(name, Intervals.share(hits, of: total, level: level), Int(total)))
    }
    rows += [
      row("f1", drawn.f, count), row("mcc", drawn.matthews, count),
      MetricRow("true_positives", tp, rows: count), MetricRow("false_positives", fp, rows: count),
      MetricRow("true_negatives", tn, rows: count), MetricRow("false_negatives", fn, rows: count),
    ]
    return rows.compactMap { $0 }
  }

  // MARK: Others

  private func classes(_ codes: [Int32], _ labels: [String], _ scores: [Double]) -> [MetricRow] {
    let count = codes.count
    let lists = labels.indices.map { Array(scores[$0 * count..<($0 + 1) * count]) }
    let predicted = codes.indices.map { row in
      Int32(labels.indices.max { (lists[$0][row], $1) < (lists[$1][row], $0) } ?? 0)
    }
    let right = Double(zip(codes, predicted).count { $0 == $1 })
    var rows: [MetricRow] = []
    let confusion = ClassConfusion(codes, predicted, labels: labels)
    let drawn = self.drawn(confusion, codes)
    func measured(_ name: String, _ metric: (ClassConfusion) -> Double?) {
      if let interval = Redraws.interval(drawn.map(metric), level: level) {
        rows.append(MetricRow(name, interval, rows: count))
      } else if let value = metric(confusion) {
        rows.append(MetricRow(name, value, rows: count))
      }
    }
    if let accuracy = Intervals.share(right, of: Double(count), level: level) {
      rows.append(MetricRow("accuracy", accuracy, rows: count))
    }
    measured("macro_f1") { $0.macroF }
    measured("mcc") { $0.matthews }
    rows.append(mean("log_loss", count) { -log(max(1e-15, lists[Int(codes[$0])][$0])) })
    rows.append(
      mean("brier", count) { row in
        labels.indices.reduce(0) { sum, label in
          let distance = lists[label][row] - (Int(codes[row]) == label ? 1 : 0)
          return sum + distance * distance
        }
      })
    for (place, label) in labels.enumerated() { measured("f1: \(label)") { $0.fByClass[place] } }
    return rows
  }

  /// How often each class was taken for each: first as it is, then in each draw. The rows go by
  /// what they count in, so that their order does not matter.
  private func drawn(
    _ confusion: ClassConfusion, _ codes: [Int32]
  ) -> [ClassConfusion] {
    redraws(codes.count).map { counts in
      var drawn = confusion
      var row = 0
      for (actual, cells) in confusion.counts.enumerated() {
        for (said, size) in cells.enumerated() {
          let sum = (row..<row + Int(size)).reduce(0) { $0 + Int(counts[$1]) }
          drawn.counts[actual][said] = Double(sum)
          row += Int(size)
        }
      }
      return drawn
    }
  }

  private func ranking(
    _ relevance: [Double], _ scores: [Double], _ groups: [Int32]
  ) -> [MetricRow] {
    guard groups.count == scores.count,
      let metrics = RankingMetrics(relevance: relevance, scores: scores, groups: groups, at: 10)
    else { return [] }
    // Groups are what was sampled: the intervals are those of means over them.
    return [
      mean("ndcg_at_10", metrics.groups) { metrics.ndcgs[$0] },
      mean("hit_rate_at_10", metrics.groups) { metrics.hits[$0] },
      mean("map_at_10", metrics.groups) { metrics.averagePrecisions[$0] },
    ]
  }

  /// How well risks put the events in order, and how many events there were.
  private func survival(
    _ times: [Double], _ events: [Bool], _ risks: [Double]
  ) -> [MetricRow] {
    let concordance = Concordance(times: times, events: events, risks: risks)
    var rows: [MetricRow] = []
    let values = redraws(times.count).map { counts in
      concordance.value(times.indices.map { Double(counts[$0]) })
    }
    if let interval = Redraws.interval(values, level: level) {
      rows.append(MetricRow("concordance", interval, rows: times.count))
    }
    rows.append(MetricRow("events", Double(events.count { $0 }), rows: times.count))
    return rows
  }

  // MARK: Intervals

  /// A mean of losses over rows, with the interval of a mean; no loss is below 0. Sorted, so that
  /// it is the same in any order.
  func mean(_ name: String, _ count: Int, _ value: (Int) -> Double) -> MetricRow {
    mean(name, (0..<count).map(value).sorted())
  }

  private func mean(_ name: String, _ values: [Double]) -> MetricRow {
    let count = values.count
    let mean = values.reduce(0, +) / Double(count)
    guard count > 1 else { return MetricRow(name, mean, rows: count) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    let reach = Distributions.studentQuantile((1 + level) / 2, freedom: Double(count - 1)) * error
    return MetricRow(
      name, Interval(value: mean, low: max(0, mean - reach), high: mean + reach), rows: count)
  }

  func redraws(_ rows: Int) -> Redraws {
    Redraws(rows: rows, draws: draws, seed: seed, threads: threads)
  }
}
