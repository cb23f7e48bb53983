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
/// exact where there is a formula (DeLong, Wilson, the mean's), else by bootstrap.
package struct Evaluation: Sendable {
  package var level = 0.95
  /// How often rows are drawn for a bootstrap; 0 for none.
  package var draws = 200
  package var seed: UInt64 = 0
  /// Which rows count as a yes.
  package var cut = Cut.probability(0.5)

  /// For predictions of a quantile: which one.
  package var quantile: Double?

  package enum Cut: Sendable, Equatable {
    case probability(Double)
    /// So many of the best-scored rows, as a share; ties go by the order of the rows.
    case share(Double)
  }

  package init() {}

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
    }
  }

  // MARK: Yes or no

  private func binary(_ outcomes: [Bool], _ scores: [Double]) -> [MetricRow] {
    let count = outcomes.count
    var rows: [MetricRow] = []
    if let areas = DeLong(outcomes, [scores]) {
      let auc = areas.interval(level: level)
      rows.append(MetricRow("auc", auc, rows: count))
      rows.append(
        MetricRow(
          "gini",
          Interval(value: 2 * auc.value - 1, low: 2 * auc.low - 1, high: 2 * auc.high - 1),
          rows: count))
    }
    let sorted = SortedOutcomes(outcomes, scores)
    func drawn(_ name: String, _ metric: @escaping (ScoredRows) -> Double?) {
      let interval = interval(count) { metric(sorted.rows($0)) }
      if let interval { rows.append(MetricRow(name, interval, rows: count)) }
    }
    drawn("average_precision") { $0.averagePrecision }
    drawn("ks") { $0.ks?.value }
    rows += [
      mean("log_loss", count) { ProbabilityMetrics.logLoss([outcomes[$0]], [scores[$0]]) },
      mean("brier", count) { ProbabilityMetrics.brier([outcomes[$0]], [scores[$0]]) },
    ]
    let curve = CalibrationCurve.Assigned(outcomes, scores)
    if let error = interval(count, isDistance: true, curve.expectedError) {
      rows.append(MetricRow("calibration_error", error, rows: count))
    }
    if let slope = CalibrationSlope(outcomes, scores, level: level)?.interval {
      rows.append(MetricRow("calibration_slope", slope, rows: count))
    }
    if case .share(let share) = cut {
      drawn("lift") { $0.lift(at: share) }
      drawn("gain") { $0.gain(at: share) }
    }
    return rows + decisions(outcomes, decisions(scores))
  }

  /// Which rows are a yes at the cut.
  package func decisions(_ scores: [Double]) -> [Bool] {
    switch cut {
    case .probability(let limit): return scores.map { $0 >= limit }
    case .share(let share):
      let wanted = Int((share * Double(scores.count)).rounded())
      let best = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(wanted)
      var decisions = [Bool](repeating: false, count: scores.count)
      for row in best { decisions[row] = true }
      return decisions
    }
  }

  private func decisions(_ outcomes: [Bool], _ decisions: [Bool]) -> [MetricRow] {
    let confusion = Confusion(outcomes, decisions)
    let (tp, fp) = (confusion.truePositives, confusion.falsePositives)
    let (tn, fn) = (confusion.trueNegatives, confusion.falseNegatives)
    let count = outcomes.count
    var rows: [MetricRow] = []
    for (name, hits, total) in [
      ("accuracy", tp + tn, confusion.total), ("precision", tp, tp + fp), ("recall", tp, tp + fn),
      ("false_positive_rate", fp, fp + tn), ("selected", tp + fp, confusion.total),
    ] {
      guard let interval = Intervals.share(hits, of: total, level: level) else { continue }
      rows.append(MetricRow(name, interval, rows: Int(total)))
    }
    for (name, metric) in [
      ("f1", { (confusion: Confusion) in confusion.f() }), ("mcc", { $0.matthews }),
    ] {
      let interval = interval(count) { metric(Confusion(outcomes, decisions, weights: $0)) }
      if let interval { rows.append(MetricRow(name, interval, rows: count)) }
    }
    return rows + [
      MetricRow("true_positives", tp, rows: count), MetricRow("false_positives", fp, rows: count),
      MetricRow("true_negatives", tn, rows: count), MetricRow("false_negatives", fn, rows: count),
    ]
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
    let draws = (0..<draws).map { draw in
      ClassConfusion(
        codes, predicted, labels: labels,
        weights: Intervals.counts(rows: count, draw: draw, seed: seed))
    }
    func drawn(_ name: String, _ metric: (ClassConfusion) -> Double?) {
      guard let value = metric(confusion) else { return }
      guard
        let interval = Intervals.interval(
          value, draws.compactMap(metric), of: draws.count, level: level)
      else { return rows.append(MetricRow(name, value, rows: count)) }
      rows.append(MetricRow(name, interval, rows: count))
    }
    if let accuracy = Intervals.share(right, of: Double(count), level: level) {
      rows.append(MetricRow("accuracy", accuracy, rows: count))
    }
    drawn("macro_f1") { $0.macroF }
    drawn("mcc") { $0.matthews }
    rows.append(mean("log_loss", count) { -log(max(1e-15, lists[Int(codes[$0])][$0])) })
    rows.append(
      mean("brier", count) { row in
        labels.indices.reduce(0) { sum, label in
          let distance = lists[label][row] - (Int(codes[row]) == label ? 1 : 0)
          return sum + distance * distance
        }
      })
    for (place, label) in labels.enumerated() { drawn("f1: \(label)") { $0.fByClass[place] } }
    return rows
  }

  private func regression(_ actual: [Double], _ predicted: [Double]) -> [MetricRow] {
    let count = actual.count
    var rows: [MetricRow] = []
    for (name, metric) in [
      ("rmse", { (metrics: RegressionMetrics) -> Double? in metrics.rmse }), ("r2", { $0.r2 }),
    ] {
      let interval = interval(count) {
        RegressionMetrics(actual, predicted, weights: $0).flatMap(metric)
      }
      if let interval { rows.append(MetricRow(name, interval, rows: count)) }
    }
    rows.append(mean("mae", count) { abs(actual[$0] - predicted[$0]) })
    if let quantile {
      rows.append(
        mean("pinball", count) { row in
          RegressionMetrics.pinball(actual[row] - predicted[row], share: quantile)
        })
      let below = Double(actual.indices.count { actual[$0] <= predicted[$0] })
      if let coverage = Intervals.share(below, of: Double(count), level: level) {
        rows.append(MetricRow("coverage", coverage, rows: count))
      }
    }
    let usable = actual.indices.filter { actual[$0] != 0 }
    if !usable.isEmpty {
      rows.append(
        mean("mape", usable.count) { place in
          let row = usable[place]
          return abs((actual[row] - predicted[row]) / actual[row])
        })
    }
    return rows
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

  // MARK: Intervals

  /// A mean of losses over rows, with the interval of a mean; no loss is below 0.
  private func mean(_ name: String, _ count: Int, _ value: (Int) -> Double) -> MetricRow {
    let values = (0..<count).map(value)
    let mean = values.reduce(0, +) / Double(count)
    guard count > 1 else { return MetricRow(name, mean, rows: count) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    let reach = Distributions.studentQuantile((1 + level) / 2, freedom: Double(count - 1)) * error
    return MetricRow(
      name, Interval(value: mean, low: max(0, mean - reach), high: mean + reach), rows: count)
  }

  private func interval(
    _ count: Int, isDistance: Bool = false, _ metric: ([Double]) -> Double?
  ) -> Interval? {
    if draws > 0 {
      return Intervals.bootstrap(
        rows: count, draws: draws, seed: seed, level: level, isDistance: isDistance, metric)
    }
    return metric([Double](repeating: 1, count: count)).map {
      Interval(value: $0, low: $0, high: $0)
    }
  }
}

/// Outcomes sorted by score once, for many drawings.
private struct SortedOutcomes {
  let order: [Int]
  let outcomes: [Bool]
  let scores: [Double]

  init(_ outcomes: [Bool], _ scores: [Double]) {
    order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    self.outcomes = outcomes
    self.scores = scores
  }

  func rows(_ counts: [Double]) -> ScoredRows {
    ScoredRows(order: order, outcomes: outcomes, scores: scores, weights: counts)
  }
}
