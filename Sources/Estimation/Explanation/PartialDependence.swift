/// The mean score when a column has one value in every row (Friedman 2001, section 8.2).
package struct PartialDependence: Sendable, Equatable {
  package var points: [Point]

  package struct Point: Sendable, Equatable {
    package var value: Value
    /// For each output.
    package var scores: [Double]
  }

  package enum Value: Sendable, Equatable {
    case number(Double)
    case level(String)
    case flag(Bool)
    /// Days since 1970-01-01.
    case date(Int32)
  }

  /// So many levels of a category, those that most rows have.
  package static let levelLimit = 100

  /// At quantiles of a number, at each level of a category, of more than 100 at the most frequent
  /// ones.
  package init(
    _ model: Model, _ frame: Frame, offset: [Double]? = nil, column: String, steps: Int = 20
  ) throws(EstimationError) {
    guard frame.rowCount > 0 else { throw .noRows }
    guard let index = frame.columns.firstIndex(where: { $0.name == column }) else {
      throw .missingColumn(column)
    }
    points = []
    for (value, values) in Self.grid(frame.columns[index].values, steps, frame.rowCount) {
      var changed = frame
      changed.columns[index].values = values
      let scores = try model.scores(changed, offset: offset)
      let outputs = scores.count / frame.rowCount
      points.append(
        Point(
          value: value,
          scores: (0..<outputs).map { output in
            // A row without an offset has no score.
            let part = scores[output * frame.rowCount..<(output + 1) * frame.rowCount]
              .filter(\.isFinite)
            return part.isEmpty ? .nan : part.reduce(0, +) / Double(part.count)
          }))
    }
  }

  private static func grid(
    _ values: FrameValues, _ steps: Int, _ rows: Int
  ) -> [(Value, FrameValues)] {
    switch values {
    case .numbers(let numbers):
      return quantiles(numbers, steps).map {
        (.number($0), .numbers([Double](repeating: $0, count: rows)))
      }
    case .dates(let days):
      let known = days.filter { $0 != .min }.map(Double.init)
      return quantiles(known, steps).map {
        let day = Int32($0)
        return (.date(day), .dates([Int32](repeating: day, count: rows)))
      }
    case .booleans:
      return [false, true].map {
        (.flag($0), .booleans([Int8](repeating: $0 ? 1 : 0, count: rows)))
      }
    case .categories(let codes, let levels):
      return frequent(codes, levels).map {
        (
          .level(levels[$0]),
          .categories(codes: [Int32](repeating: Int32($0), count: rows), levels: levels)
        )
      }
    }
  }

  /// The levels that rows have, in their order; of too many those of the most rows, of equally
  /// many the first by name.
  private static func frequent(_ codes: [Int32], _ levels: [String]) -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count)
    for code in codes where code >= 0 && Int(code) < levels.count { counts[Int(code)] += 1 }
    let present = levels.indices.filter { counts[$0] > 0 }
    guard present.count > levelLimit else { return present }
    let sorted = present.sorted { (-counts[$0], levels[$0]) < (-counts[$1], levels[$1]) }
    return sorted.prefix(levelLimit).sorted()
  }

  private static func quantiles(_ values: [Double], _ steps: Int) -> [Double] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return [] }
    var result: [Double] = []
    for step in 0..<max(2, steps) {
      let value = Intervals.quantile(sorted, Double(step) / Double(max(1, steps - 1)))
      if result.last != value { result.append(value) }
    }
    return result
  }
}
