import Estimation
import Glibc
import Testing

/// Expected values were worked out with SciPy 1.17.1 and statsmodels 0.15.0, DeLong's from its
/// definition over all pairs with NumPy.
@Suite("Intervals and areas")
struct IntervalTests {
  private let outcomes = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0].map { $0 == 1 }
  private let one = [0.9, 0.8, 0.7, 0.6, 0.55, 0.54, 0.53, 0.52, 0.51, 0.4]
  private let other = [0.3, 0.6, 0.7, 0.8, 0.2, 0.5, 0.9, 0.1, 0.4, 0.4]

  @Test("Areas and their covariance (DeLong)")
  func deLong() throws {
    let both = try #require(DeLong(outcomes, [one, other]))
    for (value, expected) in zip(both.areas, [0.64, 0.78]) {
      #expect(agrees(value, expected, within: 1e-12))
    }
    for (value, expected) in zip(both.covariance, [0.0392, 0.0044, 0.0044, 0.0268]) {
      #expect(agrees(value, expected, within: 1e-12))
    }
    #expect(DeLong([true, true], [[1, 2]]) == nil)
  }

  @Test("DeLong's interval holds the true area at the stated rate")
  func coverage() throws {
    // Normal scores one deviation apart: the true area is Phi(1 / sqrt 2) = 0.7602499389.
    var draws = Draws(seed: 12)
    var held = 0
    for _ in 0..<400 {
      let outcomes = (0..<120).map { $0 % 3 == 0 }
      let scores = outcomes.map { draws.normal() + ($0 ? 1 : 0) }
      let interval = try #require(DeLong(outcomes, [scores])).interval()
      if interval.low <= 0.7602499389, 0.7602499389 <= interval.high { held += 1 }
    }
    // 95 % of 400 with three standard errors on either side.
    #expect((367...393).contains(held), "\(held)")
  }

  @Test("Shares")
  func shares() throws {
    let a = try #require(Intervals.share(7, of: 20))
    #expect(agrees(a.low, 0.18119182410108203, within: 1e-9))
    #expect(agrees(a.high, 0.5671457233147638, within: 1e-9))
    #expect(try #require(Intervals.share(0, of: 10)).low == 0)
    #expect(Intervals.share(0, of: 0) == nil)
  }

  @Test("The area of sorted rows is DeLong's, ties too")
  func sortedArea() throws {
    for scores in [one, other] {
      let pairs = try #require(DeLong(outcomes, [scores])).interval()
      let sorted = try #require(ScoreOrder(outcomes, scores).area(level: 0.95))
      #expect(agrees(sorted.value, pairs.value, within: 1e-14))
      #expect(agrees(sorted.low, pairs.low, within: 1e-12))
      #expect(agrees(sorted.high, pairs.high, within: 1e-12))
    }
    #expect(ScoreOrder([true, true], [1, 2]).area(level: 0.95) == nil)
  }

  @Test("Rows are drawn a Poisson number of times")
  func counts() {
    let all = Redraws(rows: 100_001, draws: 3, seed: 8).map { counts in
      (0..<100_001).map { Int(counts[$0]) }
    }
    #expect(all[0].allSatisfy { $0 == 1 })
    for drawn in all.dropFirst() {
      // exp(-1) / k!, each within four standard errors.
      for (k, share) in [0.36788, 0.36788, 0.18394, 0.06131, 0.01533, 0.00307].enumerated() {
        let error = (share * (1 - share) / 100_001).squareRoot()
        #expect(abs(Double(drawn.count { $0 == k }) / 100_001 - share) < 4 * error, "\(k)")
      }
    }
    #expect(all[1] != all[2])
  }

  @Test("A bootstrap of the mean is about as wide as theory says, and repeats itself")
  func bootstrap() throws {
    var draws = Draws(seed: 5)
    let values = (0..<400).map { _ in draws.normal() }
    func interval(_ threads: Int) throws -> Interval {
      let redraws = Redraws(rows: 400, draws: 1000, seed: 9, threads: threads)
      let means = redraws.map { counts -> Double? in
        let total = (0..<400).reduce(0) { $0 + Double(counts[$1]) }
        return values.indices.reduce(0) { $0 + values[$1] * Double(counts[$1]) } / total
      }
      return try #require(Redraws.interval(means))
    }
    let first = try interval(1)
    #expect(try interval(3) == first)
    // 2 * 1.96 / sqrt(400)
    #expect(abs(first.high - first.low - 0.196) < 0.03)
  }

  @Test("An area of 1 has an interval that is not a point")
  func perfectArea() throws {
    // Newcombe's method 5, solved with SciPy's `brentq`.
    for (yes, no, low) in [
      (10, 20, 0.8489213534738878), (50, 150, 0.9738794811837879), (2, 2, 0.3856357044976641),
    ] {
      let outcomes = (0..<yes + no).map { $0 < yes }
      let scores = outcomes.indices.map { -Double($0) }
      for found in [
        try #require(ScoreOrder(outcomes, scores).area(level: 0.95)),
        try #require(DeLong(outcomes, [scores])).interval(),
      ] {
        #expect(found.value == 1 && found.high == 1)
        #expect(agrees(found.low, low, within: 1e-9))
      }
      let upside = try #require(ScoreOrder(outcomes, scores.map { -$0 }).area(level: 0.95))
      #expect(upside.value == 0 && upside.low == 0)
      #expect(agrees(upside.high, 1 - low, within: 1e-9))
    }
  }

  @Test("Of few rows in a class the area has Newcombe's interval; one is enough")
  func smallClasses() throws {
    // Method 5, solved with SciPy's `brentq`; positive rows among five others, ties too.
    let cases: [([Double], (Double, Double, Double))] = [
      ([4.5], (0.8, 0.23914366133317336, 0.9790169450417677)),
      ([4.5, 3.5, 1.5], (0.5333333333333333, 0.19568851062474044, 0.8415324983635799)),
      ([3, 1], (0.3, 0.06508767300150473, 0.737881442672176)),
    ]
    for (positives, expected) in cases {
      let negatives = [5, 4, 3, 2, 1].map(Double.init)
      let outcomes = positives.map { _ in true } + negatives.map { _ in false }
      let scores = positives + negatives
      let plain = try #require(ScoreOrder(outcomes, scores).area(level: 0.95))
      let weighted = try #require(
        ScoreOrder(outcomes, scores, weights: scores.map { _ in 2 }).area(level: 0.95))
      for found in [plain, weighted] {
        #expect(agrees(found.value, expected.0, within: 1e-12))
        #expect(agrees(found.low, expected.1, within: 1e-9))
        #expect(agrees(found.high, expected.2, within: 1e-9))
      }
    }
  }

  @Test("The area's interval holds the truth with few positive rows", arguments: [1, 3, 10, 30])
  func coverageOfFew(positives: Int) throws {
    // Normal scores, the true area is Phi(1.5 / sqrt 2) = 0.8555778168; DeLong's interval held it
    // in 62, 70 and 86 of 100 draws with 2, 3 and 10 positive rows.
    var draws = Draws(seed: 77)
    var held = 0
    for _ in 0..<400 {
      let outcomes = (0..<positives + 80).map { $0 < positives }
      let scores = outcomes.map { draws.normal() + ($0 ? 1.5 : 0) }
      let interval = try #require(ScoreOrder(outcomes, scores).area(level: 0.95))
      if interval.low <= 0.8555778168, 0.8555778168 <= interval.high { held += 1 }
    }
    #expect(held >= 360, "\(held)")
  }

  @Test("No slope where scores part the classes, or all but")
  func parted() {
    let outcomes = (0..<40).map { $0 < 20 }
    let scores = outcomes.map { $0 ? 0.9 : 0.1 }
    #expect(ScoreOrder(outcomes, scores).calibrationSlope() == nil)
    // Hardly any difference between the scores.
    let flat = outcomes.indices.map { 0.5 + ($0 % 2 == 0 ? 1e-7 : 0) }
    #expect(ScoreOrder(outcomes, flat).calibrationSlope() == nil)
  }

  private func isHeld(_ truth: Double, _ name: String, _ rows: [MetricRow]) throws -> Bool {
    let row = try #require(rows.first { $0.metric == name })
    let (low, high) = (try #require(row.low), try #require(row.high))
    #expect(low <= row.value && row.value <= high)
    return low <= truth && truth <= high
  }

  @Test(
    "Intervals of ks hold the true distance of 300 rows",
    arguments: [(0.0, 0.0), (1.0, 0.38292492254802624), (3.0, 0.8663855974622838)])
  func ksCoverage(apart: Double, truth: Double) throws {
    // Normal scores so many deviations apart: ks = 2 Phi(d / 2) - 1.
    var draws = Draws(seed: 99)
    var held = 0
    for _ in 0..<250 {
      let outcomes = (0..<300).map { $0 % 4 == 0 }
      let scores = outcomes.map { draws.normal() + ($0 ? apart : 0) }
      let rows = Evaluation().of(.flags(outcomes), scores)
      if try isHeld(truth, "ks", rows) { held += 1 }
    }
    #expect(held >= 232, "\(held) of 250")
  }

  /// The true errors are those of ten bins of 2 million rows, worked out with NumPy.
  @Test(
    "Intervals of calibration errors hold the true error of 300 rows",
    arguments: [(1.0, 0.0, 0.0), (2.0, 0.0, 0.1018), (1.0, 0.7, 0.1412), (1.0, -2.0, 0.3445)])
  func calibrationCoverage(factor: Double, shift: Double, truth: Double) throws {
    // Log odds with deviation 1.5 (1 where they are shifted), predicted too steep or too high.
    var draws = Draws(seed: 5)
    let deviation = factor == 1 ? 1 : 1.5
    var held = 0
    for _ in 0..<250 {
      let odds = (0..<300).map { _ in draws.normal() * deviation }
      let outcomes = odds.map { draws.uniform() < 1 / (1 + exp(-$0)) }
      let scores = odds.map { 1 / (1 + exp(-(factor * $0 + shift))) }
      let rows = Evaluation().of(.flags(outcomes), scores)
      if try isHeld(truth, "calibration_error", rows) { held += 1 }
    }
    #expect(held >= 232, "\(held) of 250")
  }

  @Test("Intervals of drawn metrics hold the truth at the stated rate")
  func drawnCoverage() throws {
    // Normal scores one deviation apart.
    var draws = Draws(seed: 99)
    var held = 0
    for round in 0..<300 {
      let outcomes = (0..<600).map { $0 % 3 == 0 }
      let scores = outcomes.map { draws.normal() + ($0 ? 1 : 0) }
      var evaluation = Evaluation()
      evaluation.seed = UInt64(round)
      evaluation.cut = .probability(0.5)
      let rows = evaluation.of(.flags(outcomes), scores)
      // Taken from 0.5 on: Phi(0.5) of the yes, 1 - Phi(0.5) of the no.
      let f1 = try #require(rows.first { $0.metric == "f1" })
      // 2 tp / (2 tp + fn + fp) with 1/3 yes: tp 0.23049, fn 0.10285, fp 0.20569.
      if try #require(f1.low) <= 0.59907, try 0.59907 <= #require(f1.high) { held += 1 }
    }
    // 95 % of 300 with three standard errors on either side.
    #expect((274...296).contains(held), "\(held)")
  }

  /// t with 5 degrees of freedom: the squares have a variance, their squares have none.
  @Test("The interval of rmse holds the true one also of few errors with heavy tails")
  func heavyTails() throws {
    var draws = Draws(seed: 21)
    var held = 0
    for _ in 0..<400 {
      let errors = (0..<30).map { _ -> Double in
        let spread = (0..<5).reduce(0) { sum, _ in sum + pow(draws.normal(), 2) }
        return draws.normal() / (spread / 5).squareRoot()
      }
      let actual = errors.indices.map { Double($0) + 100 }
      let predicted = zip(actual, errors).map { $0 - $1 }
      let found = Evaluation().of(.numbers(actual), predicted).first { $0.metric == "rmse" }
      let truth = (5.0 / 3).squareRoot()
      if try #require(found?.low) <= truth, truth <= (try #require(found?.high)) { held += 1 }
    }
    // With NumPy 91 % of 600 samples; percentiles of the draws held it in 82 %.
    #expect((347...393).contains(held), "\(held)")
  }

  @Test("The interval of rmse grows with the unit, and does not ask what weights are measured in")
  func units() throws {
    func interval(_ unit: Double, _ weight: Double) throws -> (low: Double, high: Double) {
      let actual = (0..<40).map { Double($0 % 7) * unit }
      let predicted = (0..<40).map { Double($0 % 5) * unit }
      let found = Evaluation().of(
        .numbers(actual), predicted, weights: actual.map { _ in weight })
      let row = try #require(found.first { $0.metric == "rmse" })
      return (try #require(row.low), try #require(row.high))
    }
    let one = try interval(1, 1)
    for unit in [1e-90, 1e90] {
      let other = try interval(unit, 1)
      #expect(agrees(other.low / unit, one.low, within: 1e-9))
      #expect(agrees(other.high / unit, one.high, within: 1e-9))
    }
    for weight in [1e-12, 3, 1e12] {
      let other = try interval(1, weight)
      #expect(agrees(other.low, one.low, within: 1e-9))
      #expect(agrees(other.high, one.high, within: 1e-9))
    }
  }

  @Test("Of numbers on both sides of 0 the mean of percentages has no interval")
  func percentages() throws {
    func row(_ actual: [Double]) throws -> MetricRow {
      let found = Evaluation().of(.numbers(actual), actual.map { $0 + 1 })
      return try #require(found.first { $0.metric == "mape" })
    }
    let above = try row([1, 2, 4, 0])
    // (1 + 1/2 + 1/4) / 3, and by SciPy's t on these three.
    #expect(agrees(above.value, 1.75 / 3, within: 1e-12) && above.rows == 3)
    #expect(above.low == 0 && agrees(above.high, 1.5319790917325231, within: 1e-9))
    let across = try row([1, 2, 4, -0.001])
    #expect(agrees(across.value, 1001.75 / 4, within: 1e-12))
    #expect(across.low == nil && across.high == nil && across.rows == 4)
  }
}
