import Values
import Estimation
import Testing

/// Expected values were printed by statsmodels 0.15.0 and scikit-learn 1.9.1 on the same files.
@Suite("Linear models against peers", .enabled(if: CSVFile.hasShared))
struct PeerLinearModelTests {
  private let births: CSVFile

  init() throws { births = try CSVFile("birthwt.csv") }

  private func near(
    _ values: [Double?], _ expected: [Double], within tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (value, expected) in zip(values, expected) {
      #expect(
        agrees(value, expected, within: tolerance), "\(value ?? .nan) \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(
    "Robust standard errors (MacKinnon and White)",
    arguments: [
      ("hc0", [832211.5805933193, 51.22034744474528, 0.024575997582748782, 428.3843755418281]),
      ("hc1", [1109615.4407910926, 68.2937965929937, 0.032767996776998376, 571.1791673891041]),
      ("hc2", [1202369.5095505202, 67.49208209195243, 0.03653405015959671, 617.592953530974]),
      ("hc3", [1799477.2207747696, 91.11938642832996, 0.05562398807056438, 922.8078366849857]),
    ])
  func robust(kind: String, expected: [Double]) throws {
    let file = try CSVFile("longley.csv")
    let model = try Estimator.linear.fitted(
      file.frame(["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]),
      .numbers(file.numbers("TOTEMP")), ["errors": .text(kind)])
    let errors = ["(intercept)", "GNPDEFL", "GNP", "YEAR"].map {
      model.coefficient($0)?.standardError
    }
    near(errors, expected)
    near(
      ["breusch_pagan", "breusch_pagan_p", "largest_leverage", "largest_cook_distance"].map(
        model.statistic),
      [2.5096632074721974, 0.8673846348761984, 0.6886146016925068, 0.613916838228844])
  }

  @Test("Weighted least squares")
  func weighted() throws {
    let weights = births["bwt"].indices.map { Double(($0 + 1) % 3 + 1) }
    let model = try Estimator.linear.fitted(
      births.frame(["age", "lwt"]), .numbers(births.numbers("bwt")), weights: weights)
    near(
      model.coefficients.map(\.estimate),
      [2173.7221633035883, 8.463013962962588, 4.396439743964521])
    near(
      model.coefficients.map(\.standardError),
      [297.2809603758483, 10.291380817835133, 1.7645840290065349])
    near(
      ["log_likelihood", "r2"].map(model.statistic), [-1519.1219424369895, 0.04215883487832561])
  }

  @Test("Amounts: gamma with both links")
  func gamma() throws {
    let frame = births.frame(["age", "lwt", "smoke"])
    let target = Target.numbers(births.numbers("bwt"))
    let log = try Estimator.glm.fitted(frame, target, ["family": .text("gamma")])
    near(
      log.coefficients.map(\.estimate),
      [7.794748651003811, 0.0020580507398444705, 0.0013767681431742218, -0.09119009183409614],
      within: 1e-5)
    near(
      log.coefficients.map(\.standardError),
      [0.10182969738881474, 0.003361044648975514, 0.0005823846308074223, 0.03583051991453676],
      within: 1e-5)
    near(
      ["deviance", "dispersion"].map(log.statistic), [12.654675107049549, 0.05761419796783107])
    let inverse = try Estimator.glm.fitted(
      frame, target, ["family": .text("gamma"), "link": .text("inverse")])
    near(
      inverse.coefficients.map(\.estimate),
      [
        0.00040452150559009054, -8.043441212765524e-07, -4.4149699604339915e-07,
        3.201911997015103e-05,
      ], within: 1e-5)
  }

  @Test("Counts that spread more than Poisson's: negative binomial")
  func negativeBinomial() throws {
    let model = try Estimator.glm.fitted(
      births.frame(["age", "lwt", "smoke"]), .numbers(births.numbers("ftv")),
      ["family": .text("negative_binomial")])
    near(
      model.coefficients.map(\.estimate),
      [-1.849658954513457, 0.046291125712614345, 0.0040519345028664664, -0.07429969087994376],
      within: 1e-5)
    near(
      ["theta", "log_likelihood"].map(model.statistic), [2.3111667916379015, -226.31756381318667],
      within: 1e-5)
  }

  @Test("Other links of yes and no, robust errors")
  func links() throws {
    let frame = births.frame(["age", "lwt"])
    let target = Target.flags(births["low"].map { $0 == "1" })
    let probit = try Estimator.glm.fitted(
      frame, target, ["family": .text("binomial"), "link": .text("probit")])
    near(
      probit.coefficients.map(\.estimate),
      [1.0180904285914467, -0.02440818502967168, -0.007405418103638062])
    near(
      probit.coefficients.map(\.standardError),
      [0.5849692843885909, 0.019165855919861592, 0.0035552194666196467], within: 1e-4)
    let cloglog = try Estimator.glm.fitted(
      frame, target, ["family": .text("binomial"), "link": .text("cloglog")])
    near(
      cloglog.coefficients.map(\.estimate),
      [1.1502772450675092, -0.03150250514032588, -0.01116743608175112], within: 1e-5)
    let robust = try Estimator.logistic.fitted(
      births.frame(["age", "lwt", "smoke"]), target, ["errors": .text("hc0")])
    near(
      robust.coefficients.map(\.standardError),
      [1.0215206713885545, 0.02996699109268155, 0.006194573041550662, 0.3288820664319244],
      within: 1e-5)
  }

  @Test("Elastic nets at a given penalty")
  func elasticNet() throws {
    let frame = births.frame(["age", "lwt", "smoke", "ptl", "ht", "ui", "ftv"])
    let linear = try Estimator.elasticNet.fitted(
      frame, .numbers(births.numbers("bwt")), ["penalty": .number(20)])
    near(
      linear.coefficients.map(\.estimate),
      [
        2897.158916847883, 0.8913175979738368, 0.3626157241595064, -23.264638237783203,
        -17.58561962554091, -37.43472423524709, -49.29215387608897, 2.3611279219327534,
      ])
    let logistic = try Estimator.elasticNet.fitted(
      frame, .flags(births["low"].map { $0 == "1" }), ["penalty": .number(0.02)])
    near(
      logistic.coefficients.map(\.estimate),
      [
        0.828196117231587, -0.03078717343206674, -0.01101213284527722, 0.4457234980849944,
        0.49588485300872814, 1.4663579210257194, 0.6065429492112622, 0,
      ], within: 1e-5)
    #expect(logistic.coefficient("ftv")?.estimate == 0)
  }

  @Test("Naive Bayes of numbers")
  func naiveBayes() throws {
    let frame = births.frame(["age", "lwt", "smoke", "ptl", "ht", "ui", "ftv"])
    let target = Target.flags(births["low"].map { $0 == "1" })
    let learned = try Preparation.learn(
      Formula(columns: frame.columns.map(\.name)), from: frame, encoding: .codes)
    let model = try Estimator.naiveBayes.fitted(frame, target)
    let scores = try model.scores(learned.preparation.design(frame), offset: nil)
    near(
      scores.prefix(4).map { $0 },
      [0.35764106106583143, 0.011865718324388257, 0.27216542795269233, 0.809250921143567],
      within: 1e-4)
  }
}

@Suite("Calibration")
struct CalibrationTests {
  @Test("Isotonic steps are scikit-learn's, ties and gaps included")
  func isotonic() throws {
    let calibration = try Calibration(
      .isotonic, scores: [0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
      outcomes: [false, true, false, false, true, false, true, true])
    let expected = [
      0.0, 0, 0.1666666666666666, 0.3333333333333333, 0.41666666666666663, 0.5,
      0.7500000000000002, 1, 1,
    ]
    let values = calibration.apply([0.05, 0.1, 0.15, 0.2, 0.35, 0.45, 0.55, 0.65, 0.9])
    for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-12) }
  }

  @Test("Of three classes each against the rest, then shared out, as scikit-learn does")
  func threeClasses() throws {
    let scores: [[Double]] = [
      [0.6, 0.5, 0.2, 0.1, 0.3, 0.2, 0.7, 0.3, 0.4, 0.1],
      [0.3, 0.4, 0.5, 0.7, 0.3, 0.2, 0.2, 0.4, 0.1, 0.2],
      [0.1, 0.1, 0.3, 0.2, 0.4, 0.6, 0.1, 0.3, 0.5, 0.7],
    ]
    let calibration = try Calibration(
      .isotonic, scores: scores.flatMap { $0 }, classes: [0, 1, 1, 1, 0, 2, 0, 2, 2, 2], count: 3)
    let found = calibration.apply([
      0.55, 0.2, 0.25, 0.05, 0.35, 0.35, 0.45, 0.25, 0.05, 0.15, 0.1, 0.35, 0.5, 0.9, 0.5,
    ])
    let expected = [
      0.7142857142857145, 0, 0.1111111111111111, 0, 0.2, 0.2857142857142854, 0.6923076923076924,
      0, 0, 0, 0, 0.3076923076923077, 0.8888888888888888, 1, 0.8,
    ]
    for (value, expected) in zip(found, expected) { #expect(abs(value - expected) < 1e-12) }
    // Where no class is left, each is as likely as the others.
    let none = Calibration.eachClass([
      .isotonic(scores: [0.5], values: [0]), .isotonic(scores: [0.5], values: [0]),
    ])
    #expect(none.apply([0.1, 0.9]) == [0.5, 0.5])
    let model = try ModelNode(encoded: calibration.node.encoded)
    #expect(try Calibration(node: model) == calibration)
  }

  @Test("A sigmoid undoes what pulls scores to the ends", arguments: [1, 2])
  func sigmoid(seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let truth = (0..<20_000).map { _ in draws.uniform() }
    let outcomes = truth.map { draws.uniform() < $0 }
    // Twice as sure as is right.
    let scores = truth.map { 1 / (1 + ((1 - $0) / $0) * ((1 - $0) / $0)) }
    let calibrated = try Calibration(.sigmoid, scores: scores, outcomes: outcomes).apply(scores)
    let before = CalibrationCurve(outcomes, scores).expectedError
    let after = CalibrationCurve(outcomes, calibrated).expectedError
    #expect(before > 0.05)
    #expect(after < 0.015)
  }

  @Test("One class is refused")
  func oneClass() {
    #expect(throws: EstimationError.oneClass("true")) {
      _ = try Calibration(.isotonic, scores: [0.1, 0.2], outcomes: [true, true])
    }
  }
}
