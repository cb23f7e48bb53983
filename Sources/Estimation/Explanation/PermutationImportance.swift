/// How much worse a model gets when a column says nothing any more: its values are dealt out
/// anew over the rows (Breiman 2001; Fisher, Rudin and Dominici 2019).
package struct PermutationImportance: Sendable {
  package var seed: UInt64
  /// How often each column is dealt out.
  package var repeats: Int

  package init(seed: UInt64, repeats: Int = 5) {
    self.seed = seed
    self.repeats = repeats
  }

  package struct Result: Sendable, Equatable {
    package var column: String
    /// How much the loss grows, on average.
    package var mean: Double
    /// Over the repeats.
    package var deviation: Double
  }

  /// `loss` gets the model's scores. Columns come with the largest first.
  package func of(
    _ model: Model, _ frame: Frame, offset: [Double]? = nil, loss: ([Double]) -> Double
  ) throws(EstimationError) -> [Result] {
    let base = loss(try model.scores(frame, offset: offset))
    var results: [Result] = []
    for (place, column) in model.preparation.columns.map(\.name).enumerated() {
      guard let index = frame.columns.firstIndex(where: { $0.name == column }) else { continue }
      var growths: [Double] = []
      for repetition in 0..<repeats {
        let order = shuffled(frame.rowCount, SeededMix.mix(seed, UInt64(place * 1000 + repetition)))
        var dealt = frame
        dealt.columns[index].values = frame.columns[index].values.rows(order)
        growths.append(loss(try model.scores(dealt, offset: offset)) - base)
      }
      results.append(Self.result(column, growths))
    }
    return results.sorted { ($1.mean, $0.column) < ($0.mean, $1.column) }
  }

  /// Fisher and Yates.
  private func shuffled(_ count: Int, _ seed: UInt64) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(
        place, Int(SeededMix.uniform(seed, UInt64(place)) * Double(place + 1)))
    }
    return order
  }

  private static func result(_ column: String, _ growths: [Double]) -> Result {
    let count = Double(growths.count)
    let mean = growths.reduce(0, +) / count
    let squares = growths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Result(
      column: column, mean: mean,
      deviation: count > 1 ? (squares / (count - 1)).squareRoot() : 0)
  }
}
