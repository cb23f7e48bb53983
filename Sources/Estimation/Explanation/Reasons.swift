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

  /// The mean size of each column's contributions: what it does over all rows.
  package func meanSizes(output: Int = 0) -> [Importance] {
    features.indices.map { feature in
      let sum = (0..<rowCount).reduce(0.0) {
        $0 + abs(value(row: $1, feature: feature, output: output))
      }
      return Importance(
        feature: features[feature], measure: "mean contribution",
        value: sum / Double(max(1, rowCount)))
    }.sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }
  }
}
