import Estimation
import Glibc
import Testing
import Values

@Suite("Linear models against published numbers", .enabled(if: CSVFile.hasShared))
struct PublishedLinearModelTests {
  /// Estimates, standard errors and statistics of a table against those of the reference, whose
  /// names of coefficients are the keys.
  private func check(
    _ model: any FittedModel, _ expected: Reference, _ names: KeyValuePairs<String, String>,
    errors: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (theirs, ours) in names {
      let row = try #require(
        model.coefficient(ours), "\(ours)", sourceLocation: sourceLocation)
      for (part, value, tolerance) in [
        ("coef", row.estimate, 1e-6), ("se", row.standardError, errors),
        ("stat", row.statistic, errors), ("p", row.p, 2e-4),
      ] {
        let number = try expected[part][theirs].number
        // Nearly 0 there, by rounding alone.
        if abs(number) < 1e-12 { continue }
        #expect(
          agrees(value, number, within: tolerance), "\(ours) \(part): \(value ?? .nan) \(number)",
          sourceLocation: sourceLocation)
      }
    }
    #expect(
      agrees(model.statistic("log_likelihood"), try expected["llf"].number),
      sourceLocation: sourceLocation)
    #expect(
      agrees(model.statistic("aic"), try expected["aic"].number), sourceLocation: sourceLocation)
  }

  @Test("Longley's data keep their digits (NIST)")
  func longley() throws {
    let file = try CSVFile("longley.csv")
    let columns = ["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]
    let model = try Estimator.linear.fitted(
      file.frame(columns), .numbers(file.numbers("TOTEMP")))
    let expected = try Reference("a_glm")["longley_ols"]
    try check(
      model, expected,
      [
        "Intercept": "(intercept)", "GNPDEFL": "GNPDEFL", "GNP": "GNP", "UNEMP": "UNEMP",
        "ARMED": "ARMED", "POP": "POP", "YEAR": "YEAR",
      ], errors: 1e-6)
    for (ours, theirs) in [("r2", "r2"), ("residual_deviation", "resid_sd"), ("f", "F")] {
      #expect(agrees(model.statistic(ours), try expected[theirs].number), "\(ours)")
    }
    // NIST's certified values: nine digits are what double precision leaves of them.
    let intercept = try #require(model.coefficient("(intercept)")?.estimate)
    #expect(agrees(intercept, -3_482_258.63459582, within: 1e-9))
  }

  @Test("Births of low weight: logit")
  func births() throws {
    let file = try CSVFile("birthwt.csv")
    let columns = ["age", "lwt", "race", "smoke", "ptl", "ht", "ui", "ftv"]
    let model = try Estimator.logistic.fitted(
      file.frame(columns, categories: ["race"]), .flags(file["low"].map { $0 == "1" }))
    let expected = try Reference("a_glm")["birthwt_logit"]
    try check(
      model, expected,
      [
        "Intercept": "(intercept)", "C(race)[T.2]": "race: 2", "C(race)[T.3]": "race: 3",
        "age": "age", "lwt": "lwt", "smoke": "smoke", "ptl": "ptl", "ht": "ht", "ui": "ui",
        "ftv": "ftv",
      ], errors: 1e-4)
    for (ours, theirs) in [("deviance", "deviance"), ("null_deviance", "null_deviance")] {
      #expect(agrees(model.statistic(ours), try expected[theirs].number), "\(ours)")
    }
  }

  @Test("Dobson's counts: Poisson")
  func dobson() throws {
    let file = CSVFile(
      text: """
        counts,outcome,treatment
        18,1,1\n17,2,1\n15,3,1\n20,1,2\n10,2,2\n20,3,2\n25,1,3\n13,2,3\n12,3,3
        """)
    let model = try Estimator.glm.fitted(
      file.frame(["outcome", "treatment"], categories: ["outcome", "treatment"]),
      .numbers(file.numbers("counts")), ["family": .text("poisson")])
    let expected = try Reference("a_glm")["dobson_poisson"]
    try check(
      model, expected,
      [
        "Intercept": "(intercept)", "C(outcome)[T.2]": "outcome: 2",
        "C(outcome)[T.3]": "outcome: 3", "C(treatment)[T.2]": "treatment: 2",
        "C(treatment)[T.3]": "treatment: 3",
      ], errors: 1e-4)
    #expect(agrees(model.statistic("deviance"), try expected["deviance"].number))
  }

  @Test("Weight after anorexia: treatment contrasts against a named base")
  func anorexia() throws {
    let file = try CSVFile("anorexia.csv")
    let model = try Estimator.linear.fitted(
      file.frame(["Treat", "Prewt"]), .numbers(file.numbers("Postwt")), bases: ["Treat": "CBT"])
    try check(
      model, Reference("a_glm")["anorexia_ancova"],
      [
        "Intercept": "(intercept)", "C(Treat, Treatment(\"CBT\"))[T.Cont]": "Treat: Cont",
        "C(Treat, Treatment(\"CBT\"))[T.FT]": "Treat: FT", "Prewt": "Prewt",
      ])
  }

  @Test("Insurance claims: Poisson with an offset")
  func claims() throws {
    let file = try CSVFile("insurance_claims.csv")
    let columns = ["District", "Group", "Age"]
    let model = try Estimator.glm.fitted(
      file.frame(columns, categories: Set(columns)), .numbers(file.numbers("Claims")),
      bases: ["Group": "<1l", "Age": "<25"],
      offset: file.numbers("Holders").map(logarithm),
      ["family": .text("poisson")])
    let expected = try Reference("a_glm")["insurance_poisson_offset_treatment_coding"]
    try check(
      model, expected,
      [
        "Intercept": "(intercept)", "C(District)[T.4]": "District: 4",
        "C(Group, Treatment(\"<1l\"))[T.>2l]": "Group: >2l",
        "C(Age, Treatment(\"<25\"))[T.>35]": "Age: >35",
      ], errors: 1e-4)
    #expect(agrees(model.statistic("deviance"), try expected["deviance"].number))
  }

  @Test("Churn of a telephone company: logit with many levels")
  func telephone() throws {
    let file = try CSVFile("synth_telco.csv")
    let columns = ["contract", "internet", "payment", "tenure", "monthly_fee", "support_calls"]
    let complete = file["monthly_fee"].indices.filter { row in
      file.columns.allSatisfy { !$0[row].isEmpty }
    }
    let target = Target.flags(file["churn"].map { $0 == "1" }).rows(complete)
    let model = try Estimator.logistic.fitted(
      file.frame(columns).rows(complete), target, bases: ["internet": "none"])
    try check(
      model, Reference("a_glm")["synth_telco_logit"],
      [
        "Intercept": "(intercept)",
        "C(contract, Treatment(\"month_to_month\"))[T.two_year]": "contract: two_year",
        "C(internet, Treatment(\"none\"))[T.fiber]": "internet: fiber",
        "C(payment, Treatment(\"bank\"))[T.e_check]": "payment: e_check", "tenure": "tenure",
        "monthly_fee": "monthly_fee", "support_calls": "support_calls",
      ], errors: 1e-4)
  }

  @Test("A small unit and small weights are no separation; a large weight does not hide one")
  func separationInAnyUnit() throws {
    var draws = Draws(seed: 4)
    let x = (0..<200).map { _ in draws.normal() }
    let target = Target.flags(x.map { $0 + draws.normal() > 0 })
    func notices(
      _ frame: Frame, _ target: Target, _ weight: Double
    ) throws -> [EstimationError] {
      try Estimator.logistic.fitted(
        frame, target, weights: [Double](repeating: weight, count: frame.rowCount)
      ).notices
    }
    for (unit, weight) in [(1e-12, 1.0), (1, 1e-9), (1e9, 1)] {
      let frame = Frame(
        rowCount: 200, columns: [FrameColumn("x", .numbers(x.map { $0 * unit }))])
      #expect(try notices(frame, target, weight) == [], "\(unit) \(weight)")
    }
    // Every row of the level is a yes.
    let levels = Frame(
      rowCount: 200,
      columns: [
        FrameColumn(
          "g", .categories(codes: (0..<200).map { $0 % 4 == 0 ? 1 : 0 }, levels: ["a", "b"]))
      ])
    let separated = Target.flags((0..<200).map { $0 % 4 == 0 || x[$0] > 0 })
    for weight in [1e-9, 1, 1e9] {
      #expect(try notices(levels, separated, weight) == [.infiniteEstimate("g: b")])
    }
  }

  /// scikit-learn 1.9.1 after ten million rounds, agreed with the equations of the coefficients that
  /// are not 0 (NumPy); descent alone takes a hundred thousand rounds and is not there.
  @Test(
    "The elastic net of powers, which lie close",
    arguments: [
      (1e-4, 0.5, [4.83485237, -7.29459837, 2.16894363, 0.17246936]),
      (1e-3, 1, [2.98458938, -4.0019258, 0, 0.64919247]),
    ])
  func closeFeatures(penalty: Double, mix: Double, expected: [Double]) throws {
    let x = (1...20).map { Double($0) / 10 }
    let frame = Frame(
      rowCount: 20,
      columns: (1...4).map { power in
        FrameColumn("x\(power)", .numbers(x.map { pow($0, Double(power)) }))
      })
    let model = try Estimator.elasticNet.fitted(
      frame, .numbers((1...20).map { sin(Double($0) / 3) }),
      ["penalty": .number(penalty), "mix": .number(mix)])
    for (power, value) in expected.enumerated() {
      #expect(agrees(model.coefficient("x\(power + 1)")?.estimate, value, within: 1e-7))
    }
  }
}
