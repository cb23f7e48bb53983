import Glibc

// What is said of several classes: over all of them, and of each against the rest.
extension Evaluation {
  func classes(
    _ codes: [Int32], _ labels: [String], _ scores: [Double], _ weights: [Double]?
  ) -> [MetricRow] {
    let count = codes.count
    let lists = labels.indices.map { Array(scores[$0 * count..<($0 + 1) * count]) }
    let predicted = codes.indices.map { row in
      Int32(labels.indices.max { (lists[$0][row], $1) < (lists[$1][row], $0) } ?? 0)
    }
    let confusion = ClassConfusion(codes, predicted, labels: labels, weights: weights)
    let drawn = draws == 0 ? [] : self.drawn(codes, predicted, labels, weights)
    func measured(_ name: String, _ metric: (ClassConfusion) -> Double?) -> MetricRow? {
      let value = metric(confusion)
      if let interval = Redraws.interval([value] + drawn.map(metric), level: level),
        !drawn.isEmpty
      {
        return MetricRow(name, interval, rows: count)
      }
      return value.map { MetricRow(name, $0, rows: count) }
    }
    let areas = ClassAreas(codes, lists, weights: weights)
    var rows: [MetricRow?] = [
      accuracy(confusion, count, weights),
      measured("macro_precision") { $0.macroPrecision },
      measured("macro_recall") { $0.macroRecall }, measured("macro_f1") { $0.macroF },
      measured("mcc") { $0.matthews },
      row("auc_ovr", areas.mean(level: level), count),
      row("auc_ovr_weighted", areas.weightedMean(level: level), count),
      mean("log_loss", count, weights) { -log(max(1e-15, lists[Int(codes[$0])][$0])) },
      mean("brier", count, weights) { row in
        labels.indices.reduce(0) { sum, label in
          let distance = lists[label][row] - (Int(codes[row]) == label ? 1 : 0)
          return sum + distance * distance
        }
      },
    ]
    let shares = ClassShares(confusion, weights, level)
    let counted = weights == nil ? confusion : ClassConfusion(codes, predicted, labels: labels)
    for (place, label) in labels.enumerated() {
      let own = [
        row("auc", areas.interval(place, level: level), count),
        row("precision", shares.precision(place), counted.said(place)),
        row("recall", shares.recall(place), counted.rows(place)),
        f(shares, place, count, measured("f1") { $0.fByClass[place] }),
      ]
      rows += own.map { row in
        var row = row
        row?.label = label
        return row
      }
    }
    return rows.compactMap { $0 }
  }

  private func accuracy(
    _ confusion: ClassConfusion, _ count: Int, _ weights: [Double]?
  ) -> MetricRow? {
    row("accuracy", ClassShares(confusion, weights, level).accuracy, count)
  }

  /// As drawn, but where no draw differs from another.
  private func f(
    _ shares: ClassShares, _ label: Int, _ count: Int, _ drawn: MetricRow?
  ) -> MetricRow? {
    guard draws != 0, drawn?.low == nil else { return drawn }
    return row("f1", shares.f(label), count) ?? drawn
  }

  /// How often each class was taken for each, in each draw. The rows go by what they count in and
  /// what they weigh, so that their order does not matter.
  private func drawn(
    _ codes: [Int32], _ predicted: [Int32], _ labels: [String], _ weights: [Double]?
  ) -> [ClassConfusion] {
    let width = labels.count
    let cells = codes.indices.map { Int(codes[$0]) * width + Int(predicted[$0]) }
    let order = cells.indices.sorted { a, b in
      (cells[a], weights?[a] ?? 1) < (cells[b], weights?[b] ?? 1)
    }
    let sorted = order.map { cells[$0] }
    let weighing = order.map { weights?[$0] ?? 1 }
    let empty = ClassConfusion([], [], labels: labels)
    let all = redraws(codes.count).map { counts in
      var sums = [Double](repeating: 0, count: width * width)
      for row in sorted.indices { sums[sorted[row]] += Double(counts[row]) * weighing[row] }
      var drawn = empty
      for actual in 0..<width {
        drawn.counts[actual] = Array(sums[actual * width..<(actual + 1) * width])
      }
      return drawn
    }
    return Array(all.dropFirst())
  }
}

extension ClassConfusion {
  fileprivate func hits(_ label: Int) -> Double { counts[label][label] }
  fileprivate func said(_ label: Int) -> Double { counts.reduce(0) { $0 + $1[label] } }
  fileprivate func rows(_ label: Int) -> Double { counts[label].reduce(0, +) }
  fileprivate func said(_ label: Int) -> Int { Int((said(label) as Double).rounded()) }
  fileprivate func rows(_ label: Int) -> Int { Int((rows(label) as Double).rounded()) }
}

/// What is a share of rows, with Wilson's interval; with weights, of so many rows of one weight
/// (Kish 1965).
private struct ClassShares {
  private let confusion: ClassConfusion
  private let level: Double
  private let scale: Double

  init(_ confusion: ClassConfusion, _ weights: [Double]?, _ level: Double) {
    self.confusion = confusion
    self.level = level
    let all = weights?.sorted()
    scale = all.map { $0.reduce(0, +) / $0.reduce(0) { $0 + $1 * $1 } } ?? 1
  }

  private func share(_ hits: Double, _ total: Double) -> Interval? {
    Intervals.share(hits * scale, of: total * scale, level: level)
  }

  var accuracy: Interval? {
    let labels = confusion.labels.indices
    return share(
      labels.reduce(0) { $0 + confusion.hits($1) }, labels.reduce(0) { $0 + confusion.rows($1) })
  }

  func precision(_ label: Int) -> Interval? {
    share(confusion.hits(label), confusion.said(label))
  }

  func recall(_ label: Int) -> Interval? { share(confusion.hits(label), confusion.rows(label)) }

  func f(_ label: Int) -> Interval? {
    let both = confusion.hits(label)
    let either = confusion.said(label) + confusion.rows(label) - both
    return Intervals.f(both * scale, of: either * scale, level: level)
  }
}

/// The areas under the ROC curves of each class against the rest.
private struct ClassAreas {
  private var areas: [Double?] = []
  /// By class and row: what the row adds to the error of the area.
  private var influences: [[Double]] = []
  /// The share of the rows that each class has.
  private var shares: [Double]
  private var sizes: [(Double, Double)] = []
  /// By row: the class, and its part of all weight.
  private let codes: [Int32]
  private let parts: [Double]

  /// Without areas where a class has no row, or all.
  init(_ codes: [Int32], _ lists: [[Double]], weights: [Double]?) {
    self.codes = codes
    let total = weights?.sorted().reduce(0, +) ?? Double(codes.count)
    parts = codes.indices.map { (weights?[$0] ?? 1) / total }
    shares = [Double](repeating: 0, count: lists.count)
    for row in codes.indices.sorted(by: { parts[$0] < parts[$1] }) {
      shares[Int(codes[row])] += parts[row]
    }
    for (label, scores) in lists.enumerated() {
      let found = ScoreOrder.influences(
        codes.map { $0 == Int32(label) }, scores, weights: weights)
      areas.append(found?.area)
      influences.append(found?.influences ?? [])
      sizes.append(found?.effectiveRows ?? (0, 0))
    }
  }

  /// Nothing where a class has none.
  private var whole: [Double]? {
    let known = areas.compactMap { $0 }
    return known.count == areas.count ? known : nil
  }

  func interval(_ label: Int, level: Double) -> Interval? {
    guard let area = areas[label] else { return nil }
    return Intervals.area(
      area, variance: Self.sumOfSquares(influences[label]), positives: sizes[label].0,
      negatives: sizes[label].1, level: level)
  }

  /// Each class counting as much (Provost and Domingos 2001, without weights). The areas lean on
  /// the same rows: the variance is that of the rows' influence on their mean.
  func mean(level: Double) -> Interval? {
    guard let areas = whole else { return nil }
    let count = Double(areas.count)
    let joint = codes.indices.map { row in
      influences.reduce(0) { $0 + $1[row] } / count
    }
    return interval(areas.reduce(0, +) / count, joint, level)
  }

  /// Each class by its share of the rows (Provost and Domingos 2001).
  func weightedMean(level: Double) -> Interval? {
    guard let areas = whole else { return nil }
    let value = zip(areas, shares).reduce(0) { $0 + $1.0 * $1.1 }
    let joint = codes.indices.map { row in
      let ofAreas = influences.indices.reduce(0) { $0 + shares[$1] * influences[$1][row] }
      return ofAreas + parts[row] * (areas[Int(codes[row])] - value)
    }
    return interval(value, joint, level)
  }

  private func interval(_ value: Double, _ influences: [Double], _ level: Double) -> Interval? {
    let (m, n) = sizes.min { $0.0 < $1.0 } ?? (1, 1)
    // One row of a class says nothing of how its area varies.
    guard m > 1 else { return Interval(value: value, low: value, high: value) }
    return Intervals.jointArea(
      value, variance: Self.sumOfSquares(influences), positives: m, negatives: n, level: level)
  }

  /// The same in any order of the rows.
  private static func sumOfSquares(_ values: [Double]) -> Double {
    values.map { $0 * $0 }.sorted().reduce(0, +)
  }
}
