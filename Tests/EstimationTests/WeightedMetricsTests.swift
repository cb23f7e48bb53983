import Estimation
import Testing
import Values

/// Expected values were worked out with scikit-learn 1.8 (`sample_weight`), the interval of the area
/// by solving Newcombe's equation with SciPy, that of the slope by Newton's method with NumPy.
@Suite("Metrics with weights, and of several classes")
struct WeightedMetricsTests {
  private let rows = 0..<60
  private var scores: [Double] { rows.map { Double(($0 * 37) % 61) / 61 } }
  private var outcomes: [Bool] {
    rows.map { Double(($0 * $0 * 7 + 3 * $0) % 11) / 11 < Double(($0 * 37) % 61) / 61 }
  }
  private var weights: [Double] { rows.map { 1 + Double($0 % 4) + 0.5 * Double($0 % 3) } }

  private func check(_ rows: [MetricRow], _ expected: KeyValuePairs<String, Double>) {
    for (name, value) in expected {
      let parts = name.split(separator: " ").map(String.init)
      let row = rows.first {
        $0.metric == parts[0] && $0.label == (parts.count > 1 ? parts[1] : nil)
      }
      #expect(agrees(row?.value, value, within: 1e-12), "\(name): \(row?.value ?? .nan)")
    }
  }

  @Test("Yes or no, by weight")
  func binary() throws {
    let found = Evaluation().of(.flags(outcomes), scores, weights: weights)
    check(
      found,
      [
        "auc": 0.7652179691653375, "average_precision": 0.8508847055494585,
        "log_loss": 0.6222793658096423, "brier": 0.21234733793185825,
        "ks": 0.47687400318979273, "accuracy": 0.6277777777777778,
        "precision": 0.7582417582417582, "recall": 0.6052631578947368,
        "f1": 0.6731707317073171, "mcc": 0.26209910409901505, "true_positives": 69,
        "false_positives": 22, "true_negatives": 44, "false_negatives": 45,
      ])
    let auc = try #require(found.first { $0.metric == "auc" })
    #expect(agrees(auc.low, 0.6051915846940383, within: 1e-10))
    #expect(agrees(auc.high, 0.8691694729443743, within: 1e-10))
    let slope = try #require(found.first { $0.metric == "calibration_slope" })
    #expect(agrees(slope.value, 0.66657982, within: 1e-7))
    #expect(agrees(slope.low, 0.66657982 - 1.959963985 * 0.21235465, within: 1e-6))
    for row in found where row.low != nil {
      let (low, high) = (try #require(row.low), try #require(row.high))
      #expect(low < row.value && row.value < high, "\(row.metric)")
    }
  }

  @Test("Equal weights change nothing; a row of weight 0 is not there; order does not matter")
  func equal() throws {
    let target = Target.flags(outcomes)
    let plain = Evaluation().of(target, scores)
    let twice = Evaluation().of(target, scores, weights: rows.map { _ in 2 })
    for (one, other) in zip(plain, twice) {
      let isCount = one.metric.hasSuffix("positives") || one.metric.hasSuffix("negatives")
      #expect(agrees(other.value, one.value * (isCount ? 2 : 1), within: 1e-12), "\(one.metric)")
      #expect(one.metric == other.metric && one.rows == other.rows)
    }
    let turned = Array(rows.reversed())
    #expect(
      Evaluation().of(
        target.rows(turned), turned.map { scores[$0] },
        weights: turned.map { weights[$0] })
        == Evaluation().of(target, scores, weights: weights))
    var some = weights
    for row in 40..<60 { some[row] = 0 }
    #expect(
      Evaluation().of(target, scores, weights: some)
        == Evaluation().of(
          target.rows(Array(0..<40)), Array(scores[..<40]), weights: Array(weights[..<40])))
  }

  @Test("A capacity by weight takes that part of the weight")
  func capacity() throws {
    var evaluation = Evaluation()
    evaluation.cut = .share(0.25)
    // Weights 1, 1, 2: the best quarter of 4 is the first row.
    let found = evaluation.of(.flags([true, false, true]), [0.9, 0.5, 0.1], weights: [1, 1, 2])
    check(found, ["selected": 0.25, "true_positives": 1, "gain": 1.0 / 3, "lift": 4.0 / 3])
    evaluation.cut = .rows(2)
    let two = evaluation.of(.flags([true, false, true]), [0.9, 0.5, 0.1], weights: [1, 1, 2])
    check(two, ["selected": 0.5, "false_positives": 1])
  }

  @Test("Numbers, by weight")
  func numbers() throws {
    let actual = rows.map { 3 + Double($0 % 7) * 1.5 }
    let predicted = rows.map { actual[$0] + Double(($0 * 13) % 9 - 4) * 0.3 }
    var evaluation = Evaluation()
    evaluation.quantile = 0.9
    let found = evaluation.of(.numbers(actual), predicted, weights: weights)
    check(
      found,
      [
        "rmse": 0.7750806409658287, "r2": 0.9307404086338308, "mae": 0.6641666666666667,
        "mape": 0.10899867724867723, "pinball": 0.3157499999999999,
      ])
    let mae = try #require(found.first { $0.metric == "mae" })
    #expect(agrees(mae.low, 0.5523391007085302, within: 1e-9))
    #expect(agrees(mae.high, 0.7759942326248032, within: 1e-9))
  }

  @Test("Several classes: over all and of each, without weights and with them")
  func classes() {
    let codes = rows.map { Int32(($0 * 5 + $0 / 7) % 3) }
    let raw = rows.map { row -> [Double] in
      var all = [(row * 11) % 13 + 1, (row * 17) % 19 + 1, (row * 23) % 29 + 1].map(Double.init)
      all[Int(codes[row])] += 6
      let sum = all.reduce(0, +)
      return all.map { $0 / sum }
    }
    let scores = (0..<3).flatMap { label in raw.map { $0[label] } }
    let target = Target.classes(codes: codes, labels: ["a", "b", "c"])
    check(
      Evaluation().of(target, scores),
      [
        "auc_ovr": 0.8245992493598512, "auc_ovr_weighted": 0.8329229366165071,
        "auc a": 0.8800904977375565, "auc b": 0.8132694938440492, "auc c": 0.780437756497948,
        "precision a": 0.7692307692307693, "precision c": 0.3939393939393939,
        "recall b": 0.47058823529411764, "f1 c": 0.52, "macro_precision": 0.5781995781995782,
        "macro_recall": 0.5399698340874811, "macro_f1": 0.5163165150261925,
        "accuracy": 0.5166666666666667, "log_loss": 0.8873095135387506,
        "mcc": 0.3222251500434702,
      ])
    check(
      Evaluation().of(target, scores, weights: weights),
      [
        "auc_ovr": 0.8267854937351254, "auc_ovr_weighted": 0.8340390551501508,
        "auc c": 0.7699118407052743, "precision a": 0.75, "recall b": 0.49514563106796117,
        "f1 b": 0.5604395604395604, "macro_precision": 0.5945431072485673, "accuracy": 0.525,
        "log_loss": 0.890562989889164, "mcc": 0.33558066946994447,
      ])
  }

  @Test("Intervals of areas of several classes hold the truth at the stated rate")
  func classCoverage() throws {
    // The score of a class is normal, 1 higher for its own rows: each area is Phi(1 / sqrt 2).
    var draws = Draws(seed: 21)
    var held = 0
    for _ in 0..<200 {
      let codes = (0..<150).map { Int32($0 % 3) }
      let scores = (0..<3).flatMap { label in
        codes.map { draws.normal() + ($0 == Int32(label) ? 1 : 0) }
      }
      var evaluation = Evaluation()
      evaluation.draws = 0
      let rows = evaluation.of(.classes(codes: codes, labels: ["a", "b", "c"]), scores)
      let auc = try #require(rows.first { $0.metric == "auc_ovr" })
      if try #require(auc.low) <= 0.7602499389, try 0.7602499389 <= #require(auc.high) {
        held += 1
      }
    }
    // 95 % of 200 with three standard errors on either side.
    #expect((181...199).contains(held), "\(held)")
  }

  @Test("Lists of a ranking count by the mean weight of their rows")
  func lists() {
    // 1 for the first list, 1 / log2(3) for the second, upside down one.
    let found = Evaluation().of(
      .relevance([1, 0, 0, 2]), [0.9, 0.1, 0.5, 0.1], groups: [1, 1, 2, 2],
      weights: [1, 1, 2, 4])
    check(found, ["ndcg_at_10": (1 + 3 * 0.6309297535714574) / 4])
  }
}
