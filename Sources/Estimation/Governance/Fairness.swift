/// How decisions fall on groups of people (Hardt, Price and Srebro 2016; the difference and the
/// ratio as in Fairlearn: the largest against the smallest group).
package struct Fairness: Sendable, Equatable {
  package var groups: [Group]

  package struct Group: Sendable, Equatable {
    package var name: String
    package var confusion: Confusion
    package var rows: Double
    package var selectionRate: Interval?
    package var truePositiveRate: Interval?
    package var falsePositiveRate: Interval?
    package var accuracy: Interval?
  }

  /// `decisions` are of what is good for a person; the outcome is whether it was deserved.
  package init(
    groups codes: [Int32], names: [String], outcomes: [Bool], decisions: [Bool],
    level: Double = 0.95
  ) {
    groups = names.indices.compactMap { code in
      let rows = codes.indices.filter { codes[$0] == Int32(code) }
      guard !rows.isEmpty else { return nil }
      return Group(
        name: names[code],
        confusion: Confusion(rows.map { outcomes[$0] }, rows.map { decisions[$0] }),
        level: level)
    }
  }

  /// The largest rate minus the smallest, with the interval of that pair of groups.
  package var parityDifference: Interval? { difference(\.selectionRate) }
  package var truePositiveDifference: Interval? { difference(\.truePositiveRate) }
  package var falsePositiveDifference: Interval? { difference(\.falsePositiveRate) }

  /// The smallest selection rate over the largest: the four-fifths rule looks at it.
  package var parityRatio: Interval? {
    guard let (low, high) = ends(\.selectionRate) else { return nil }
    let (a, b) = (low.confusion, high.confusion)
    let hits = (a.truePositives + a.falsePositives, b.truePositives + b.falsePositives)
    return Intervals.ratio(hits.0, of: low.rows, to: hits.1, of: high.rows)
      ?? ratio(\.selectionRate).map { Interval(value: $0, low: $0, high: $0) }
  }

  /// The larger of the differences of true and false positive rates.
  package var equalizedOddsDifference: Double? {
    guard let a = truePositiveDifference, let b = falsePositiveDifference else { return nil }
    return max(a.value, b.value)
  }

  /// The smaller of the ratios of true and false positive rates.
  package var equalizedOddsRatio: Double? {
    guard let a = ratio(\.truePositiveRate), let b = ratio(\.falsePositiveRate) else {
      return nil
    }
    return min(a, b)
  }

  private func ends(_ rate: (Group) -> Interval?) -> (Group, Group)? {
    let known = groups.compactMap { group in rate(group).map { (group, $0.value) } }
    guard let low = known.min(by: { $0.1 < $1.1 }), let high = known.max(by: { $0.1 < $1.1 })
    else { return nil }
    return (low.0, high.0)
  }

  private func difference(_ rate: (Group) -> Interval?) -> Interval? {
    guard let (low, high) = ends(rate), let a = rate(high), let b = rate(low) else { return nil }
    return Intervals.difference(a, b)
  }

  private func ratio(_ rate: (Group) -> Interval?) -> Double? {
    guard let (low, high) = ends(rate), let a = rate(low), let b = rate(high) else { return nil }
    return b.value > 0 ? a.value / b.value : nil
  }
}

extension Fairness.Group {
  init(name: String, confusion: Confusion, level: Double) {
    self.name = name
    self.confusion = confusion
    rows = confusion.total
    let selected = confusion.truePositives + confusion.falsePositives
    selectionRate = Intervals.share(selected, of: rows, level: level)
    truePositiveRate = Intervals.share(
      confusion.truePositives, of: confusion.truePositives + confusion.falseNegatives,
      level: level)
    falsePositiveRate = Intervals.share(
      confusion.falsePositives, of: confusion.falsePositives + confusion.trueNegatives,
      level: level)
    accuracy = Intervals.share(
      confusion.truePositives + confusion.trueNegatives, of: rows, level: level)
  }
}
