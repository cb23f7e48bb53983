import Glibc

/// Bins of one feature with their outcomes. "Positive" is the class that the model predicts (bad
/// customers, as a rule), so that a high weight means a high risk.
///
/// weight of evidence = ln(share of the positives / share of the negatives), and the information
/// value sums (difference of the shares) * weight (Siddiqi 2006, chapter 6). The rule for empty
/// cells: a bin without positives or without negatives gets half a row of each.
package struct EvidenceTable: Sendable, Equatable {
  package var bins: [Bin]

  package struct Bin: Sendable, Equatable {
    package var range: BinnedFeature.Range
    package var positives: Double
    package var negatives: Double
    package var rows: Double { positives + negatives }
    package var positiveRate: Double { rows > 0 ? positives / rows : 0 }

    package init(range: BinnedFeature.Range, positives: Double, negatives: Double) {
      self.range = range
      self.positives = positives
      self.negatives = negatives
    }
  }

  package init(bins: [Bin]) { self.bins = bins }

  private var totals: (positives: Double, negatives: Double) {
    bins.reduce((0, 0)) { ($0.0 + $1.positives, $0.1 + $1.negatives) }
  }

  /// One for each bin.
  package var weights: [Double] {
    let totals = totals
    return bins.map { Self.weight($0, totals) }
  }

  package var informationValue: Double {
    let totals = totals
    return bins.reduce(0) { $0 + Self.information($1, totals) }
  }

  private static func cells(_ bin: Bin) -> (Double, Double) {
    let isEmpty = bin.positives == 0 || bin.negatives == 0
    return isEmpty ? (bin.positives + 0.5, bin.negatives + 0.5) : (bin.positives, bin.negatives)
  }

  private static func weight(_ bin: Bin, _ totals: (Double, Double)) -> Double {
    guard bin.rows > 0 else { return 0 }
    let (positives, negatives) = cells(bin)
    return log(positives / totals.0 / (negatives / totals.1))
  }

  static func information(_ bin: Bin, _ totals: (Double, Double)) -> Double {
    guard bin.rows > 0 else { return 0 }
    let (positives, negatives) = cells(bin)
    return (positives / totals.0 - negatives / totals.1) * weight(bin, totals)
  }

  // MARK: Given cuts

  /// A number cut at the given places (a bin holds its lower cut), missing values apart.
  package init(
    _ values: some Collection<Double>, cuts: [Double], outcomes: [Bool], weights: [Double]? = nil
  ) {
    let edges = [-Double.infinity] + cuts + [.infinity]
    bins = zip(edges, edges.dropFirst()).map {
      Bin(range: .between(low: $0, high: $1), positives: 0, negatives: 0)
    }
    var missing = Bin(range: .missing, positives: 0, negatives: 0)
    for (row, value) in values.enumerated() {
      let weight = weights?[row] ?? 1
      if value.isNaN {
        missing.add(outcomes[row], weight)
      } else {
        bins[Self.place(value, cuts)].add(outcomes[row], weight)
      }
    }
    if missing.rows > 0 { bins.append(missing) }
  }

  /// How many cuts are at or below a value.
  private static func place(_ value: Double, _ cuts: [Double]) -> Int {
    var low = 0
    var high = cuts.count
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// One bin for each level; NaN and other codes are missing.
  package init(
    codes: some Collection<Double>, levels: [String], outcomes: [Bool], weights: [Double]? = nil
  ) {
    bins = levels.map { Bin(range: .levels([$0]), positives: 0, negatives: 0) }
    var missing = Bin(range: .missing, positives: 0, negatives: 0)
    for (row, code) in codes.enumerated() {
      let weight = weights?[row] ?? 1
      if let place = Int(exactly: code), levels.indices.contains(place) {
        bins[place].add(outcomes[row], weight)
      } else {
        missing.add(outcomes[row], weight)
      }
    }
    bins.removeAll { $0.rows == 0 }
    if missing.rows > 0 { bins.append(missing) }
  }
}

extension EvidenceTable.Bin {
  mutating func add(_ outcome: Bool, _ weight: Double) {
    if outcome { positives += weight } else { negatives += weight }
  }

  /// Two neighbours as one.
  func joined(with other: Self) -> Self {
    let range: BinnedFeature.Range =
      switch (self.range, other.range) {
      case (.between(let low, _), .between(_, let high)): .between(low: low, high: high)
      case (.levels(let one), .levels(let two)): .levels(one + two)
      case (.between, _), (.levels, _), (.missing, _): self.range
      }
    return Self(
      range: range, positives: positives + other.positives, negatives: negatives + other.negatives)
  }
}
