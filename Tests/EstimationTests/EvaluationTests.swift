import Values
import Estimation
import Glibc
import Testing

@Suite("Evaluation and search")
struct EvaluationTests {
  private func value(_ rows: [MetricRow], _ metric: String) -> MetricRow? {
    rows.first { $0.metric == metric }
  }

  @Test("Yes or no: one table, with intervals around the values")
  func binary() throws {
    var draws = Draws(seed: 31)
    let truth = (0..<2000).map { _ in draws.uniform() }
    let target = Target.flags(truth.map { draws.uniform() < $0 })
    var evaluation = Evaluation()
    evaluation.cut = .share(0.1)
    let rows = evaluation.of(target, truth)
    for name in [
      "auc", "gini", "average_precision", "ks", "log_loss", "brier", "calibration_error",
      "calibration_slope", "lift", "gain", "accuracy", "precision", "recall", "f1", "mcc",
    ] {
      let row = try #require(value(rows, name), "\(name)")
      let low = try #require(row.low)
      let high = try #require(row.high)
      #expect(low < row.value && row.value < high, "\(name)")
    }
    // Of uniform true probabilities: the area is 5/6, the Brier score 1/6, the slope 1.
    let auc = try #require(value(rows, "auc"))
    #expect(try #require(auc.low) < 0.8333 && 0.8333 < #require(auc.high))
    #expect(abs(try #require(value(rows, "brier")).value - 0.1667) < 0.012)
    #expect(abs(try #require(value(rows, "calibration_slope")).value - 1) < 0.12)
    #expect(value(rows, "selected")?.value == 0.1)
    let hits = try #require(value(rows, "true_positives")).value
    #expect(try #require(value(rows, "precision")).value == hits / 200)
    #expect(evaluation.of(target, truth) == rows)
  }

  @Test("Gain and lift step by step")
  func gains() throws {
    // Four rows of ten are positive: the best three, and the last.
    let scores = (0..<10).map { 1 - Double($0) / 10 }
    let outcomes = (0..<10).map { $0 < 3 || $0 == 9 }
    let curve = try #require(ScoredRows(outcomes, scores)).gainCurve(steps: 5)
    #expect(curve.map(\.share) == [0.2, 0.4, 0.6, 0.8, 1])
    #expect(curve.map(\.gain) == [0.5, 0.75, 0.75, 0.75, 1])
    #expect(agrees(curve[0].lift, 2.5, within: 1e-12))
  }

  @Test("The cut takes exactly the share that is asked for, of tied rows the part that fits")
  func cut() throws {
    // Half of four rows: the best, and one of the three tied ones, two of which are a yes.
    let target = Target.flags([true, false, true, false])
    var evaluation = Evaluation()
    evaluation.cut = .share(0.5)
    let halves = evaluation.of(target, [0.5, 0.5, 0.5, 0.9])
    #expect(value(halves, "selected")?.value == 0.5)
    #expect(agrees(value(halves, "true_positives")?.value, 2.0 / 3, within: 1e-15))
    #expect(agrees(value(halves, "false_positives")?.value, 4.0 / 3, within: 1e-15))
    evaluation.cut = .probability(0.5)
    let most = evaluation.of(target, [0.5, 0.49, 0.1, 0.6])
    #expect(value(most, "true_positives")?.value == 1)
    #expect(value(most, "false_negatives")?.value == 1)
  }

  @Test("Where nothing was found intervals are those of shares, not points")
  func nothingFound() throws {
    // The one yes of 40 is the 15th; the best four are taken.
    let scores = (0..<40).map { 1 - Double($0) / 40 }
    var evaluation = Evaluation()
    evaluation.cut = .share(0.1)
    let rows = evaluation.of(.flags((0..<40).map { $0 == 14 }), scores)
    // Wilson's: z² / (1 + z²) of none of one, of none of five 0.4344825; F = 2 s / (1 + s).
    for (name, high) in [
      ("gain", 0.7934506856), ("lift", 7.9345068562), ("recall", 0.7934506856),
      ("f1", 0.6057689452),
    ] {
      let row = try #require(value(rows, name))
      #expect(row.value == 0 && row.low == 0)
      #expect(agrees(row.high, high, within: 1e-9), "\(name): \(row.high ?? .nan)")
    }
    // It beats 25 of the 39 others.
    #expect(agrees(value(rows, "auc")?.value, 25.0 / 39, within: 1e-12))
    let selected = try #require(value(rows, "selected"))
    #expect(selected.value == 0.1 && selected.low == nil && selected.high == nil)
  }

  @Test("Of several classes shares have Wilson's interval, an absent class no area")
  func classShares() throws {
    // Class a: two of three found; b: none of two, said once; c does not occur.
    let codes: [Int32] = [0, 0, 0, 1, 1]
    let said = [0, 0, 1, 0, 0]
    let scores = (0..<3).flatMap { label in said.map { $0 == label ? 0.8 : 0.1 } }
    let rows = Evaluation().of(.classes(codes: codes, labels: ["a", "b", "c"]), scores)
    func row(_ metric: String, _ label: String) -> MetricRow? {
      rows.first { $0.metric == metric && $0.label == label }
    }
    // statsmodels' `proportion_confint(method="wilson")`.
    let recall = try #require(row("recall", "a"))
    #expect(recall.rows == 3)
    #expect(agrees(recall.low, 0.20765960080204714, within: 1e-9))
    #expect(agrees(recall.high, 0.9385080552796037, within: 1e-9))
    let none = try #require(row("recall", "b"))
    #expect(none.value == 0 && none.low == 0 && none.rows == 2)
    #expect(agrees(none.high, 0.657619772493347, within: 1e-9))
    #expect(row("precision", "c") == nil && row("auc", "c") == nil)
    #expect(agrees(row("auc", "b")?.value, 2.0 / 6, within: 1e-12))
    #expect(try #require(row("f1", "b")).high != nil)
  }

  @Test("The order of rows and the number of threads change no bit", arguments: [1, 2, 5])
  func order(threads: Int) {
    var draws = Draws(seed: 77)
    let truth = (0..<3000).map { _ in (draws.uniform() * 50).rounded() / 50 }
    let outcomes = truth.map { draws.uniform() < $0 }
    let numbers = truth.map { $0 + draws.normal() }
    let shuffled = truth.indices.sorted { ($0 * 7919) % 3001 < ($1 * 7919) % 3001 }
    var evaluation = Evaluation()
    evaluation.cut = .share(0.1)
    let flags = evaluation.of(.flags(outcomes), truth)
    let values = evaluation.of(.numbers(numbers), truth)
    evaluation.threads = threads
    let again = shuffled.map { truth[$0] }
    #expect(evaluation.of(.flags(shuffled.map { outcomes[$0] }), again) == flags)
    #expect(evaluation.of(.numbers(shuffled.map { numbers[$0] }), again) == values)
  }

  @Test("Numbers, classes, lists, and nothing")
  func others() throws {
    var evaluation = Evaluation()
    evaluation.draws = 50
    let numbers = evaluation.of(.numbers([3, -0.5, 2, 7]), [2.5, 0, 2, 8])
    #expect(agrees(value(numbers, "r2")?.value, 0.948608137, within: 1e-9))
    #expect(agrees(value(numbers, "mape")?.value, 0.3273809524, within: 1e-9))
    let classes = evaluation.of(
      .classes(codes: [0, 1, 2], labels: ["a", "b", "c"]),
      [0.8, 0.1, 0.3, 0.1, 0.8, 0.4, 0.1, 0.1, 0.3])
    #expect(agrees(value(classes, "accuracy")?.value, 2.0 / 3, within: 1e-12))
    // Too low by 0.5, too high by 0.5, right, too high by 1.
    evaluation.quantile = 0.9
    let quantiles = evaluation.of(.numbers([3, -0.5, 2, 7]), [2.5, 0, 2, 8])
    #expect(agrees(value(quantiles, "pinball")?.value, (0.45 + 0.05 + 0.1) / 4, within: 1e-12))
    let lists = evaluation.of(
      .relevance([1, 0, 0, 2]), [0.9, 0.1, 0.1, 0.5], groups: [1, 1, 2, 2])
    #expect(value(lists, "ndcg_at_10")?.value == 1)
    // The second list is upside down: 1 / log2(3). Student's quantile of 1 degree is 12.7062.
    let upset = evaluation.of(
      .relevance([1, 0, 0, 2]), [0.9, 0.1, 0.5, 0.1], groups: [1, 1, 2, 2])
    let ndcg = try #require(value(upset, "ndcg_at_10"))
    #expect(agrees(ndcg.value, (1 + 0.6309297535714574) / 2, within: 1e-12))
    #expect(
      agrees(ndcg.high, ndcg.value + 12.7062047 * (1 - 0.6309297535714574) / 2, within: 1e-6))
    #expect(evaluation.of(.numbers([]), []).isEmpty)
    #expect(evaluation.of(.numbers([1]), [.nan]).isEmpty)
  }

  @Test("A slope of calibration is statsmodels'", .enabled(if: CSVFile.hasShared))
  func slope() throws {
    let births = try CSVFile("birthwt.csv")
    let age = births.numbers("age")
    let weight = births.numbers("lwt")
    let smoke = births.numbers("smoke")
    let predictions = age.indices.map { row in
      let p = 0.2 + 0.005 * (age[row] - 20) - 0.001 * (weight[row] - 120) + 0.1 * smoke[row]
      return min(0.9, max(0.05, p))
    }
    let slope = try #require(
      ScoreOrder(births["low"].map { $0 == "1" }, predictions).calibrationSlope())
    #expect(agrees(slope.value, 1.0738813780911305))
    #expect(agrees(slope.low, 0.12176731884734882, within: 1e-5))
    #expect(agrees(slope.high, 2.0259954373349123, within: 1e-5))
    #expect(ScoreOrder([true, false], [0.8, 0.2]).calibrationSlope() == nil)
    #expect(ScoreOrder([true, false, true], [0.5, 0.5, 0.5]).calibrationSlope() == nil)
  }

  @Test("A ridge is scikit-learn's on scaled features", .enabled(if: CSVFile.hasShared))
  func ridge() throws {
    let births = try CSVFile("birthwt.csv")
    let model = try Estimator.logistic.fitted(
      births.frame(["age", "lwt", "smoke", "ptl", "ht", "ui", "ftv"]),
      .flags(births["low"].map { $0 == "1" }), ["penalty": .text("l2"), "strength": .number(10)])
    let expected = [
      0.7775731335055416, -0.03344816384180613, -0.010033025449275982, 0.45029129485016056,
      0.49571143743674345, 1.3608531745562291, 0.6112912364144207, -0.009256968094637412,
    ]
    for (row, number) in zip(model.coefficients, expected) {
      #expect(agrees(row.estimate, number, within: 1e-5), "\(row.feature)")
    }
  }

  // MARK: Search

  @Test("Points cover the space, each once, and depend on the seed alone")
  func points() {
    let space = SearchSpace([
      .init("leaves", .range(low: 7, high: 63, isWhole: true)),
      .init("learning_rate", .list([.number(0.02), .number(0.05), .number(0.1)])),
    ])
    #expect(space.size == 57 * 3)
    let points = space.points(30, seed: 4)
    #expect(points.count == 30)
    #expect(space.points(30, seed: 4) == points)
    #expect(space.points(30, seed: 5) != points)
    let rates = points.map { $0["learning_rate"] }
    for rate in [0.02, 0.05, 0.1] {
      #expect((8...12).contains(rates.count { $0 == .number(rate) }))
    }
    let small = SearchSpace([.init("mix", .list([.number(0), .number(1)]))])
    #expect(small.points(30, seed: 1).count == 2)
    let wide = SearchSpace([.init("penalty", .range(low: 0.001, high: 10, isWhole: false))])
    let below = wide.points(100, seed: 1).count { point in
      if case .number(let value) = point["penalty"] { return value < 0.1 }
      return false
    }
    // Half of the points for half of the orders of magnitude.
    #expect((45...55).contains(below))
  }

  @Test("The search finds the better arguments; failures are kept with their reason")
  func search() throws {
    let (frame, signal) = TreeTests.rows(500, seed: 41)
    var request = TrainingRequest(
      .elasticNet, Formula(columns: ["x", "gaps", "plan"]), frame: frame,
      target: .numbers(signal))
    request.seed = 3
    let tuning = Tuning(
      space: SearchSpace([.init("penalty", .list([.number(0.001), .number(5), .text("odd")]))]),
      trials: 3, measure: .rmse)
    let trials = try tuning.run(request)
    #expect(trials.count == 3)
    #expect(tuning.best(trials)?.arguments == ["penalty": .number(0.001)])
    #expect(trials.count { $0.failure != nil } == 1)
    #expect(try tuning.run(request) == trials)
  }

  @Test("Each file of estimators gives one that is in the list")
  func list() throws {
    #expect(Set(Estimator.all.map(\.name)).count == Estimator.all.count)
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = try #require(opendir("/\(root)/Sources/Estimation/Estimators"))
    defer { closedir(folder) }
    var files = 0
    while let entry = readdir(folder) { files += entry.pointee.d_name.0 == 46 ? 0 : 1 }
    #expect(files == Estimator.all.count)
    for estimator in Estimator.all {
      #expect(!estimator.tasks.isEmpty && estimator.summary.count > 20)
      #expect(Set(estimator.parameters.map(\.name)).count == estimator.parameters.count)
      #expect(estimator.parameters.allSatisfy { $0.summary.count > 5 })
    }
  }
}
