extension Contributions {
  /// What moved one row's score.
  package struct Reason: Sendable, Equatable {
    package var column: String
    /// On the scale of raw scores (log odds for yes or no).
    package var contribution: Double
  }

  /// Contributions of features that come from one column added up: the levels of a category,
  /// a number and its mark for missing. Products stay by themselves, named by their columns.
  package func byColumn(_ features: [Feature]) -> Contributions {
    var names: [String] = []
    var places: [Int] = []
    for name in self.features {
      let sources = features.first { $0.name == name }?.sources ?? [name]
      let column = sources.isEmpty ? name : sources.joined(separator: " × ")
      if let place = names.firstIndex(of: column) {
        places.append(place)
      } else {
        places.append(names.count)
        names.append(column)
      }
    }
    var sums = [Double](repeating: 0, count: (names.count + 1) * rowCount * outputs)
    for output in 0..<outputs {
      for feature in 0...self.features.count {
        let place = feature < places.count ? places[feature] : names.count
        let to = (output * (names.count + 1) + place) * rowCount
        let from = (output * (self.features.count + 1) + feature) * rowCount
        for row in 0..<rowCount { sums[to + row] += values[from + row] }
      }
    }
    return Contributions(features: names, rowCount: rowCount, values: sums, outputs: outputs)
  }

  /// The columns that moved a row's score most, whatever the direction.
  package func reasons(row: Int, count: Int, output: Int = 0) -> [Reason] {
    let all = features.indices.map {
      Reason(
        column: features[$0], contribution: value(row: row, feature: $0, output: output))
    }
    return Array(
      all.filter { $0.contribution != 0 }.sorted {
        (-abs($0.contribution), $0.column) < (-abs($1.contribution), $1.column)
      }.prefix(count))
  }

  /// Adds the sizes of each column's contributions to the sums over rows before these.
  func addSizes(to sums: inout [Double]) {
    for feature in features.indices {
      sums[feature] = (0..<rowCount).reduce(sums[feature]) {
        $0 + abs(value(row: $1, feature: feature, output: 0))
      }
    }
  }
}

extension Model {
  /// What each column does over all rows: the mean size of its contributions, which are worked out
  /// for some thousand rows at a time. nil where the estimator has none.
  package func meanContributions(
    _ frame: Frame, threads: Int
  ) throws(EstimationError) -> [Importance]? {
    var names: [String] = []
    var sums: [Double] = []
    for start in stride(from: 0, to: frame.rowCount, by: Self.explainedAtOnce) {
      let rows = start..<min(start + Self.explainedAtOnce, frame.rowCount)
      let part = rows.count == frame.rowCount ? frame : frame.rows(Array(rows))
      guard let parts = try contributions(part, threads: threads) else { return nil }
      let columns = parts.byColumn(preparation.features)
      if sums.isEmpty {
        names = columns.features
        sums = [Double](repeating: 0, count: names.count)
      }
      columns.addSizes(to: &sums)
    }
    return zip(names, sums).map { name, sum in
      Importance(
        feature: name, measure: "mean contribution", value: sum / Double(max(1, frame.rowCount)))
    }.sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }
  }

  private static let explainedAtOnce = 1 << 16
}
