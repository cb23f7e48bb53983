import Glibc

/// A metric with its interval, where one is known, and how many rows it is from.
package struct MetricRow: Sendable, Equatable {
  package var metric: String
  /// Of several classes, the one that it is about.
  package var label: String?
  package var value: Double
  package var low: Double?
  package var high: Double?
  package var rows: Int

  init(_ metric: String, _ value: Double, rows: Int) {
    self.metric = metric
    self.value = value
    self.rows = rows
  }

  /// An interval without width says that the rows show no spread, not that there is none: then
  /// there is none given.
  init(_ metric: String, _ interval: Interval, rows: Int) {
    self.init(metric, interval.value, rows: rows)
    guard interval.low < interval.high else { return }
    low = interval.low
    high = interval.high
  }
}

/// What a model is worth on rows with known outcomes, as the rows of one table. Intervals are
/// exact where there is a formula (DeLong, Wilson, the mean's), else by bootstrap. The order of
/// the rows does not matter, down to the last bit.
package struct Evaluation: Sendable {
  package var level = 0.95
  /// How often rows are drawn for a bootstrap; 0 for none. By itself a thousand times, for more
  /// than 20,000 rows less often, down to 200 times.
  package var draws: Int?
  package var seed: UInt64 = 0
  /// Which rows count as a yes.
  package var cut = Cut.probability(0.5)
  package var threads = 1
  /// For predictions of a quantile: which one.
  package var quantile: Double?

  package enum Cut: Sendable, Equatable {
    case probability(Double)
    /// So many of the best-scored rows, as a share; rows tied at the edge count in the part that
    /// fits. With weights so much of the weight of all rows.
    case share(Double)
    /// So many of them.
    case rows(Int)
  }

  package init() {}

  /// The same without intervals: on the rows of the training itself they would say how sure a
  /// figure is that is too good.
  package func values(
    of target: Target, _ scores: [Double], groups: [Int32]? = nil, weights: [Double]? = nil
  ) -> [MetricRow] {
    var evaluation = self
    evaluation.draws = 0
    return evaluation.of(target, scores, groups: groups, weights: weights).map { row in
      var row = row
      (row.low, row.high) = (nil, nil)
      return row
    }
  }

  /// `weights` say how much each row counts; a row of weight 0 is left out.
  package func of(
    _ target: Target, _ scores: [Double], groups: [Int32]? = nil, weights: [Double]? = nil
  ) -> [MetricRow] {
    let count = target.count
    guard count > 0, scores.count == count * target.task.width,
      scores.allSatisfy({ !$0.isNaN })
    else { return [] }
    if let weights, weights.contains(0) {
      let kept = weights.indices.filter { weights[$0] > 0 }
      return of(
        target.rows(kept),
        (0..<target.task.width).flatMap { output in kept.map { scores[output * count + $0] } },
        groups: groups.map { all in kept.map { all[$0] } }, weights: kept.map { weights[$0] })
    }
    switch target {
    case .numbers(let values): return regression(values, scores, weights)
    case .classes(let codes, let labels):
      if labels.count == 2 { return binary(codes.map { $0 == 1 }, scores, weights) }
      return classes(codes, labels, scores, weights)
    case .relevance(let relevance):
      return ranking(relevance.map(Double.init), scores, groups ?? [], weights)
    case .survival(let times, let events): return survival(times, events, scores, weights)
    }
  }

  // MARK: Yes or no

  private func binary(
    _ outcomes: [Bool], _ scores: [Double], _ weights: [Double]?
  ) -> [MetricRow] {
    let count = outcomes.count
    let order = ScoreOrder(outcomes, scores, weights: weights, threads: threads)
    let taken = ScoreCut(cut, order)
    let share =
      switch cut {
      case .share(let share): share
      case .rows: order.share(of: taken)
      case .probability: 1.0
      }
    let drawn = ScoredDraws(order, redraws(count), cut: taken, share: share, level: level)
    let auc = order.area(level: level)
    let gini = auc.map {
      Interval(value: 2 * $0.value - 1, low: 2 * $0.low - 1, high: 2 * $0.high - 1)
    }
    var rows: [MetricRow?] = [
      row("auc", auc, count), row("gini", gini, count),
      row("average_precision", drawn.averagePrecision, count),
      row("ks", order.separation(level: level), count),
      mean(
        "log_loss", zip(order.hits, order.scores).map(ProbabilityMetrics.logLoss), order.weights),
      mean("brier", zip(order.hits, order.scores).map(ProbabilityMetrics.brier), order.weights),
      row("calibration_error", order.calibrationError(level: level), count),
      row("calibration_slope", order.calibrationSlope(level: level), count),
    ]
    switch cut {
    case .probability: break
    case .share, .rows: rows += gains(drawn, order, share)
    }
    return rows.compactMap { $0 } + decisions(drawn, order, taken)
  }

  /// Where no draw differs from another (no hit, say), recall's interval is theirs.
  private func gains(
    _ drawn: ScoredDraws, _ order: ScoreOrder, _ share: Double
  ) -> [MetricRow?] {
    guard var gain = drawn.gain else { return [] }
    let (hits, missed) = (drawn.confusion.truePositives, drawn.confusion.falseNegatives)
    let scale = order.rowsPerWeight
    if gain.low == gain.high,
      let recall = Intervals.share(hits * scale, of: (hits + missed) * scale, level: level)
    {
      (gain.low, gain.high) = (recall.low, recall.high)
    }
    let lift = Interval(value: gain.value / share, low: gain.low / share, high: gain.high / share)
    return [row("lift", lift, order.count), row("gain", gain, order.count)]
  }

  func row(_ name: String, _ interval: Interval?, _ rows: Int) -> MetricRow? {
    interval.map { MetricRow(name, $0, rows: rows) }
  }

  private func decisions(
    _ drawn: ScoredDraws, _ order: ScoreOrder, _ cut: ScoreCut
  ) -> [MetricRow] {
    let confusion = drawn.confusion
    let (tp, fp) = (confusion.truePositives, confusion.falsePositives)
    let (tn, fn) = (confusion.trueNegatives, confusion.falseNegatives)
    let scale = order.rowsPerWeight
    let counted = order.confusion(cut)
    var rows: [MetricRow?] = []
    for (name, hits, total, count) in [
      ("accuracy", tp + tn, confusion.total, counted.total),
      ("precision", tp, tp + fp, counted.truePositives + counted.falsePositives),
      ("recall", tp, tp + fn, counted.truePositives + counted.falseNegatives),
      ("false_positive_rate", fp, fp + tn, counted.falsePositives + counted.trueNegatives),
      ("selected", tp + fp, confusion.total, counted.total),
    ] {
      let share = Intervals.share(hits * scale, of: total * scale, level: level)
      rows.append(row(name, share, Int(count.rounded())))
    }
    switch self.cut {
    case .probability: break
    case .share, .rows:
      // So many are selected because that was asked for.
      rows = rows.map { row in
        guard let row, row.metric == "selected" else { return row }
        return MetricRow("selected", row.value, rows: row.rows)
      }
    }
    let count = order.count
    var f = drawn.f
    if let interval = f, interval.low == interval.high {
      f = Intervals.f(tp * scale, of: (tp + fp + fn) * scale, level: level)
    }
    rows += [
      row("f1", f, count), row("mcc", drawn.matthews, count),
      MetricRow("true_positives", tp, rows: count), MetricRow("false_positives", fp, rows: count),
      MetricRow("true_negatives", tn, rows: count), MetricRow("false_negatives", fn, rows: count),
    ]
    return rows.compactMap { $0 }
  }

  // MARK: Others

  private func ranking(
    _ relevance: [Double], _ scores: [Double], _ groups: [Int32], _ weights: [Double]?
  ) -> [MetricRow] {
    guard groups.count == scores.count,
      let metrics = RankingMetrics(
        relevance: relevance, scores: scores, groups: groups, at: 10, weights: weights)
    else { return [] }
    // Groups are what was sampled: the intervals are those of means over them.
    let lists = metrics.weights
    return [
      mean("ndcg_at_10", metrics.groups, lists) { metrics.ndcgs[$0] },
      hitRate(metrics),
      mean("map_at_10", metrics.groups, lists) { metrics.averagePrecisions[$0] },
    ].compactMap { $0 }
  }

  /// In what share of the lists something relevant stands on top.
  private func hitRate(_ metrics: RankingMetrics) -> MetricRow? {
    let weights = metrics.weights ?? [Double](repeating: 1, count: metrics.groups)
    let order = weights.indices.sorted { weights[$0] < weights[$1] }
    let total = order.reduce(0) { $0 + weights[$1] }
    let hits = order.reduce(0) { $0 + weights[$1] * metrics.hits[$1] }
    // So many lists of one weight (Kish 1965).
    let scale = total / order.reduce(0) { $0 + weights[$1] * weights[$1] }
    return row(
      "hit_rate_at_10", Intervals.share(hits * scale, of: total * scale, level: level),
      metrics.groups)
  }

  /// How well risks put the events in order, and how many events there were.
  private func survival(
    _ times: [Double], _ events: [Bool], _ risks: [Double], _ weights: [Double]?
  ) -> [MetricRow] {
    let concordance = Concordance(times: times, events: events, risks: risks)
    var rows: [MetricRow] = []
    let values = redraws(times.count).map { counts in
      concordance.value(times.indices.map { Double(counts[$0]) * (weights?[$0] ?? 1) })
    }
    if let interval = Redraws.interval(values, level: level) {
      rows.append(MetricRow("concordance", interval, rows: times.count))
    }
    let happened = events.indices.reduce(0) { $0 + (events[$1] ? weights?[$1] ?? 1 : 0) }
    rows.append(MetricRow("events", happened, rows: times.count))
    return rows
  }

  // MARK: Intervals

  /// A mean of losses over rows, with the interval of a mean (Student 1908); no loss is below 0. Sorted, so that
  /// it is the same in any order.
  func mean(
    _ name: String, _ count: Int, _ weights: [Double]?, _ value: (Int) -> Double
  ) -> MetricRow {
    let values = (0..<count).map(value)
    guard let weights else { return mean(name, values.sorted(), nil) }
    let order = values.indices.sorted { (values[$0], weights[$0]) < (values[$1], weights[$1]) }
    return mean(name, order.map { values[$0] }, order.map { weights[$0] })
  }

  private func mean(_ name: String, _ values: [Double], _ weights: [Double]?) -> MetricRow {
    if let weights { return weightedMean(name, values, weights) }
    let count = values.count
    let mean = values.reduce(0, +) / Double(count)
    guard count > 1 else { return MetricRow(name, mean, rows: count) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    return self.mean(name, mean, error, count)
  }

  /// The error is that of a ratio of sums over rows (Cochran 1977, section 6.4).
  private func weightedMean(
    _ name: String, _ values: [Double], _ weights: [Double]
  ) -> MetricRow {
    let count = values.count
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    guard count > 1 else { return MetricRow(name, mean, rows: count) }
    let squares = zip(values, weights).reduce(0) { sum, row in
      sum + row.1 * row.1 * (row.0 - mean) * (row.0 - mean)
    }
    let error = (squares * Double(count) / Double(count - 1)).squareRoot() / total
    return self.mean(name, mean, error, count)
  }

  private func mean(_ name: String, _ mean: Double, _ error: Double, _ count: Int) -> MetricRow {
    let reach = Distributions.studentQuantile((1 + level) / 2, freedom: Double(count - 1)) * error
    return MetricRow(
      name, Interval(value: mean, low: max(0, mean - reach), high: mean + reach), rows: count)
  }

  func redraws(_ rows: Int) -> Redraws {
    let draws = draws ?? min(1000, max(200, 20_000_000 / max(1, rows)))
    return Redraws(rows: rows, draws: draws, seed: seed, threads: threads)
  }
}
