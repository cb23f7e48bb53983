/// How far predictions are from what happened.
package struct RegressionMetrics: Sendable, Equatable {
  package var rmse: Double
  package var mae: Double
  /// Over rows whose actual value is not 0; nothing where there is none.
  package var mape: Double?
  /// Against the mean of the actual values; nothing where these are all the same.
  package var r2: Double?
  package var rows: Int

  package init?(_ actual: [Double], _ predicted: [Double], weights: [Double]? = nil) {
    guard !actual.isEmpty, actual.count == predicted.count else { return nil }
    func mean(_ value: (Int) -> Double) -> Double {
      ProbabilityMetrics.mean(actual.indices, weights, value)
    }
    rows = actual.count
    let squares = mean { (actual[$0] - predicted[$0]) * (actual[$0] - predicted[$0]) }
    rmse = squares.squareRoot()
    mae = mean { abs(actual[$0] - predicted[$0]) }
    let average = mean { actual[$0] }
    let spread = mean { (actual[$0] - average) * (actual[$0] - average) }
    r2 = spread > 0 ? 1 - squares / spread : nil
    let usable = actual.indices.filter { actual[$0] != 0 }
    mape =
      usable.isEmpty
      ? nil
      : ProbabilityMetrics.mean(usable.indices, weights.map { all in usable.map { all[$0] } }) {
        abs((actual[usable[$0]] - predicted[usable[$0]]) / actual[usable[$0]])
      }
  }

  /// What a predicted quantile costs: `share` for each unit that it is too low, the rest for
  /// each that it is too high (Koenker and Bassett 1978).
  package static func pinball(
    _ actual: [Double], _ predicted: [Double], share: Double
  ) -> Double {
    ProbabilityMetrics.mean(actual.indices, nil) { row in
      pinball(actual[row] - predicted[row], share: share)
    }
  }

  /// The cost of one prediction that is too low by this distance.
  static func pinball(_ distance: Double, share: Double) -> Double {
    distance >= 0 ? share * distance : (share - 1) * distance
  }
}
