import Estimation
import Testing
import Values

/// Expected values are those of the reference file, most of them scikit-learn's documentation.
@Suite("Metrics")
struct MetricsTests {
  @Test("AUC and average precision of scikit-learn's example")
  func ranking() throws {
    let rows = try #require(
      ScoredRows([false, false, true, true], [0.1, 0.4, 0.35, 0.8]))
    #expect(rows.auc == 0.75)
    #expect(agrees(rows.averagePrecision, 0.8333333333, within: 1e-9))
    #expect(rows.ks?.value == 0.5)
    #expect(rows.lift(at: 0.5) == 1)
    #expect(rows.gain(at: 0.25) == 0.5)
  }

  @Test("Ties count half, whatever the order of the rows")
  func ties() throws {
    // By hand: of 4 pairs one is won, two are ties, one is lost.
    let one = try #require(ScoredRows([true, true, false, false], [0.5, 0.2, 0.5, 0.2]))
    let other = try #require(ScoredRows([false, false, true, true], [0.2, 0.5, 0.2, 0.5]))
    #expect(one.auc == 0.5)
    #expect(one.steps == other.steps)
    #expect(ScoredRows([true], [.nan]) == nil)
    #expect(ScoredRows([true], [0.5])?.auc == nil)
  }

  @Test("Probabilities")
  func probabilities() {
    let outcomes = [false, true, true, false]
    #expect(
      agrees(ProbabilityMetrics.brier(outcomes, [0.1, 0.9, 0.8, 0.3]), 0.0375, within: 1e-12))
    // scikit-learn's example: spam, ham, ham, spam.
    #expect(
      agrees(
        ProbabilityMetrics.logLoss([true, false, false, true], [0.9, 0.1, 0.2, 0.65]),
        0.2161618747, within: 1e-9))
    // A sure mistake is finite: -log(1e-15).
    #expect(agrees(ProbabilityMetrics.logLoss([true], [0]), 34.538776394910684, within: 1e-12))
  }

  @Test("Calibration in three bins of one width")
  func calibration() {
    let curve = CalibrationCurve(
      [false, false, false, false, true, true, true, true, true],
      [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1.0], binning: .equalWidth(3))
    #expect(curve.bins.map(\.shareOfPositives) == [0, 0.5, 1])
    for (bin, expected) in zip(curve.bins, [0.2, 0.525, 0.85]) {
      #expect(agrees(bin.meanPrediction, expected, within: 1e-12))
    }
    // By hand: (3 * 0.2 + 2 * 0.025 + 4 * 0.15) / 9
    #expect(agrees(curve.expectedError, 1.25 / 9, within: 1e-12))
  }

  @Test("Calibration between quantiles, rows of one score together, as scikit-learn has it")
  func calibrationBetweenQuantiles() {
    let curve = CalibrationCurve(
      [true, true, false, true, false, true, false, false, true, false, false, false],
      [0.9, 0.8, 0.8, 0.7, 0.6, 0.6, 0.6, 0.5, 0.4, 0.3, 0.2, 0.2], binning: .equalRows(4))
    #expect(curve.bins.map(\.rows) == [3, 5, 1, 3])
    for (bin, expected) in zip(curve.bins, [0.7 / 3, 0.54, 0.7, 2.5 / 3]) {
      #expect(agrees(bin.meanPrediction, expected, within: 1e-12))
    }
    #expect(agrees(curve.expectedError, 0.18333333333333332, within: 1e-12))
  }

  @Test("Decisions")
  func decisions() {
    let confusion = Confusion([true, true, true, false], [true, false, true, true])
    #expect(agrees(confusion.matthews, -0.3333333333, within: 1e-9))
    #expect(confusion.accuracy == 0.5)
    #expect(agrees(confusion.f(), 2.0 / 3, within: 1e-12))
    #expect(confusion.falsePositiveRate == 1)
    let none = Confusion([false, false], [false, false])
    #expect(none.precision == nil && none.recall == nil && none.matthews == nil)
    let classes = ClassConfusion(
      [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], labels: ["a", "b", "c"])
    #expect(agrees(classes.macroF, 0.2666666667, within: 1e-9))
    #expect(agrees(classes.accuracy, 0.3333333333, within: 1e-9))
    // scikit-learn's matthews_corrcoef.
    #expect(classes.matthews == 0)
    let better = ClassConfusion(
      [0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 2, 0, 2], labels: ["a", "b", "c"])
    #expect(agrees(better.matthews, 0.59375, within: 1e-12))
    #expect(ClassConfusion([0, 1], [0, 0], labels: ["a", "b"]).matthews == nil)
  }

  /// scikit-learn's precision_score, recall_score and f1_score with `average="macro"`.
  @Test("A class that is never said counts 0, one that does not occur not at all")
  func macro() {
    let labels = ["a", "b", "c", "d"]
    let silent = ClassConfusion([0, 1, 2, 0, 1, 2, 3], [0, 2, 1, 0, 0, 1, 0], labels: labels)
    #expect(agrees(silent.macroPrecision, 0.125, within: 1e-12))
    #expect(agrees(silent.macroRecall, 0.25, within: 1e-12))
    #expect(agrees(silent.macroF, 1.0 / 6, within: 1e-12))
    let absent = ClassConfusion([0, 0, 1, 1], [0, 2, 1, 1], labels: labels)
    #expect(agrees(absent.macroPrecision, 2.0 / 3, within: 1e-12))
    #expect(agrees(absent.macroRecall, 0.5, within: 1e-12))
    #expect(agrees(absent.macroF, 5.0 / 9, within: 1e-12))
  }

  @Test("Numbers")
  func numbers() throws {
    let metrics = try #require(RegressionMetrics([3, -0.5, 2, 7], [2.5, 0, 2, 8]))
    #expect(agrees(metrics.r2, 0.948608137, within: 1e-9))
    #expect(agrees(metrics.mape, 0.3273809524, within: 1e-9))
    #expect(metrics.mae == 0.5)
    #expect(agrees(metrics.rmse, 0.6123724357, within: 1e-9))
    // By hand: (0.9 * 1 + 0.1 * 2) / 2
    #expect(
      agrees(RegressionMetrics.pinball([3, 1], [2, 3], share: 0.9), 0.55, within: 1e-12))
    #expect(RegressionMetrics([1, 1], [1, 2])?.r2 == nil)
  }

  @Test("Lists")
  func lists() throws {
    // scikit-learn's example of NDCG.
    let metrics = try #require(
      RankingMetrics(
        relevance: [10, 0, 0, 1, 5], scores: [0.1, 0.2, 0.3, 4, 70],
        groups: [1, 1, 1, 1, 1], at: 5))
    #expect(agrees(metrics.ndcg, 0.6956940444, within: 1e-9))
    #expect(metrics.hitRate == 1)
    // By hand: relevant rows at the places 1, 2 and 5.
    #expect(agrees(metrics.meanAveragePrecision, (1 + 1 + 0.6) / 3, within: 1e-12))
    // A group without a relevant row does not count.
    let two = try #require(
      RankingMetrics(relevance: [1, 0, 0], scores: [0, 1, 1], groups: [1, 1, 2], at: 1))
    #expect(two.groups == 1 && two.ndcg == 0 && two.hitRate == 0)
    // One row has no order.
    let alone = try #require(
      RankingMetrics(relevance: [1, 0, 2], scores: [0, 1, 5], groups: [1, 1, 2], at: 1))
    #expect(alone.groups == 1 && alone.ndcg == 0)
    #expect(RankingMetrics(relevance: [1, 2], scores: [0, 1], groups: [1, 2], at: 1) == nil)
  }

  /// Against the mean over all orders of the tied rows, each written out.
  @Test("Tied rows of a list: the mean over their orders")
  func tiedLists() throws {
    let relevance = [1.0, 0, 0, 1, 0, 2]
    let scores = [0.5, 0.5, 0.5, 0.5, 0.9, 0.1]
    for depth in 1...6 {
      let metrics = try #require(
        RankingMetrics(
          relevance: relevance, scores: scores, groups: [Int32](repeating: 1, count: 6), at: depth)
      )
      let orders = Self.orders(of: [0, 1, 2, 3]).map { [4] + $0 + [5] }
      let hits = orders.map { order in
        order.prefix(depth).contains { relevance[$0] > 0 } ? 1.0 : 0
      }
      let precisions = orders.map { order -> Double in
        var found = 0.0
        var sum = 0.0
        for (place, row) in order.prefix(depth).enumerated() where relevance[row] > 0 {
          found += 1
          sum += found / Double(place + 1)
        }
        return sum / Double(min(depth, 3))
      }
      #expect(agrees(metrics.hitRate, hits.reduce(0, +) / 24, within: 1e-12))
      #expect(agrees(metrics.meanAveragePrecision, precisions.reduce(0, +) / 24, within: 1e-12))
    }
  }

  private static func orders(of rows: [Int]) -> [[Int]] {
    guard rows.count > 1 else { return [rows] }
    return rows.flatMap { first in orders(of: rows.filter { $0 != first }).map { [first] + $0 } }
  }

  /// By scikit-learn 1.9's `_sigmoid_calibration` of the logits.
  @Test("The sigmoid sums the weights of each class; small ones are ratios")
  func weightedSigmoid() throws {
    let scores = [0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.55, 0.6, 0.7, 0.9]
    let outcomes = [0, 0, 1, 0, 0, 1, 0, 1, 1, 1].map { $0 == 1 }
    let counts = [1.0, 2, 3, 1, 2, 3, 1, 2, 3, 2]
    for (weights, slope, start) in [
      (nil, -0.93045754, -0.18680063), (counts, -1.23733084, -0.89105673),
      (counts.map { $0 / 2 }, -0.93838298, -0.74520176),
      (counts.map { $0 * 1e-9 }, -0.93838298, -0.74520176),
    ] as [([Double]?, Double, Double)] {
      let found = try Calibration(.sigmoid, scores: scores, outcomes: outcomes, weights: weights)
      guard case .sigmoid(let a, let b) = found else { throw EstimationError.noFeatures }
      #expect(agrees(a, slope, within: 1e-6) && agrees(b, start, within: 1e-6), "\(a) \(b)")
    }
  }
}
