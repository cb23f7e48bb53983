/// Finds the bins of a feature: fine ones first, then neighbours are joined where that loses the
/// least information, until each bin is large enough and there are few enough; before that, on
/// demand, neighbours that break a rise or fall of the rate (Zeng 2014 compares such rules).
package struct Binning: Sendable {
  /// The most bins of a number, without that of missing values.
  package var most: Int
  /// The smallest part of the rows that a bin may hold.
  package var leastShare: Double
  /// Whether the rate of a number may only rise or only fall.
  package var isMonotone: Bool
  private static let fineBins = 50

  package init(most: Int, leastShare: Double, isMonotone: Bool) {
    self.most = most
    self.leastShare = leastShare
    self.isMonotone = isMonotone
  }

  // MARK: Numbers

  package func numbers(
    _ values: some Collection<Double>, _ outcomes: [Bool], _ weights: [Double]? = nil
  ) -> EvidenceTable {
    let table = EvidenceTable(
      values, cuts: Self.fineCuts(values, weights), outcomes: outcomes, weights: weights)
    let missing = table.bins.filter { $0.range == .missing }
    let bins = table.bins.filter { $0.range != .missing && $0.rows > 0 }
    let total = table.bins.reduce(0) { $0 + $1.rows }
    guard isMonotone else {
      return EvidenceTable(bins: joined(bins, total, most) + missing)
    }
    let both = [true, false].map { isRising in
      EvidenceTable(
        bins: joined(Self.monotone(bins, isRising: isRising), total, most) + missing)
    }
    return both[0].informationValue >= both[1].informationValue ? both[0] : both[1]
  }

  /// Values at which each further fiftieth of the rows, or of their weight, begins.
  private static func fineCuts(
    _ values: some Collection<Double>, _ weights: [Double]?
  ) -> [Double] {
    let known = zip(values, weights ?? [Double](repeating: 1, count: values.count))
      .filter { !$0.0.isNaN }.sorted { $0 < $1 }
    guard let first = known.first?.0 else { return [] }
    let total = known.reduce(0) { $0 + $1.1 }
    var cuts: [Double] = []
    var (place, below) = (0, 0.0)
    for step in 1..<fineBins {
      let wanted = Double(step) * total / Double(fineBins)
      while place < known.count - 1, below + known[place].1 <= wanted {
        below += known[place].1
        place += 1
      }
      if known[place].0 > cuts.last ?? first { cuts.append(known[place].0) }
    }
    return cuts
  }

  /// Pools neighbours until the rate only rises, or only falls (Barlow et al. 1972).
  private static func monotone(
    _ bins: [EvidenceTable.Bin], isRising: Bool
  ) -> [EvidenceTable.Bin] {
    var result: [EvidenceTable.Bin] = []
    for bin in bins {
      result.append(bin)
      while result.count > 1 {
        let last = result[result.count - 1]
        let before = result[result.count - 2]
        let breaks =
          isRising
          ? last.positiveRate <= before.positiveRate : last.positiveRate >= before.positiveRate
        guard breaks else { break }
        result.removeLast()
        result[result.count - 1] = before.joined(with: last)
      }
    }
    return result
  }

  // MARK: Categories

  /// Levels stand in the order of their rate; small ones join a neighbour.
  package func categories(
    _ codes: some Collection<Double>, levels: [String], _ outcomes: [Bool],
    _ weights: [Double]? = nil
  ) -> EvidenceTable {
    let table = EvidenceTable(codes: codes, levels: levels, outcomes: outcomes, weights: weights)
    let missing = table.bins.filter { $0.range == .missing }
    let ordered = table.bins.enumerated().filter { $1.range != .missing }
      .sorted { ($0.element.positiveRate, $0.offset) < ($1.element.positiveRate, $1.offset) }
    let total = table.bins.reduce(0) { $0 + $1.rows }
    return EvidenceTable(
      bins: joined(ordered.map(\.element), total, Int.max) + missing)
  }

  // MARK: Joining

  private func joined(
    _ bins: [EvidenceTable.Bin], _ total: Double, _ most: Int
  ) -> [EvidenceTable.Bin] {
    var bins = bins
    let totals = bins.reduce((0.0, 0.0)) { ($0.0 + $1.positives, $0.1 + $1.negatives) }
    guard totals.0 > 0, totals.1 > 0 else { return bins }
    while bins.count > 1 {
      let small = bins.indices.min { bins[$0].rows < bins[$1].rows } ?? 0
      let isSmall = bins[small].rows < leastShare * total
      guard isSmall || bins.count > most else { break }
      let places = isSmall ? [small - 1, small] : Array(bins.indices)
      let pairs = places.filter { $0 >= 0 && $0 + 1 < bins.count }
      let losses = pairs.map { Self.loss(bins[$0], bins[$0 + 1], totals) }
      guard let best = losses.indices.min(by: { losses[$0] < losses[$1] }) else { break }
      let place = pairs[best]
      bins[place] = bins[place].joined(with: bins[place + 1])
      bins.remove(at: place + 1)
    }
    return bins
  }

  private static func loss(
    _ a: EvidenceTable.Bin, _ b: EvidenceTable.Bin, _ totals: (Double, Double)
  ) -> Double {
    EvidenceTable.information(a, totals) + EvidenceTable.information(b, totals)
      - EvidenceTable.information(a.joined(with: b), totals)
  }
}
