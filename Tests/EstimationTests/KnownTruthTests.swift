import Values
import Estimation
import Glibc
import Testing

/// Data whose law is known: no reference number can be matched by accident.
@Suite("Known truth")
struct KnownTruthTests {
  private static let truth = [-0.5, 0.8, -0.4]

  private static func features(_ count: Int, _ draws: inout Draws) -> (Frame, [Double]) {
    let a = (0..<count).map { _ in draws.normal() }
    let b = (0..<count).map { _ in draws.uniform() * 4 }
    let eta = zip(a, b).map { truth[0] + truth[1] * $0 + truth[2] * $1 }
    return (
      Frame(
        rowCount: count,
        columns: [FrameColumn("a", .numbers(a)), FrameColumn("b", .numbers(b))]), eta
    )
  }

  private static func target(
    _ name: String, _ eta: [Double], _ draws: inout Draws
  ) -> Target {
    switch name {
    case "linear": .numbers(eta.map { $0 + draws.normal() })
    case "logistic": .flags(eta.map { draws.uniform() < 1 / (1 + exp(-$0)) })
    case "probit": .flags(eta.map { draws.normal() < $0 })
    case "cloglog": .flags(eta.map { draws.uniform() < 1 - exp(-exp($0)) })
    case "poisson": .numbers(eta.map { draws.poisson(exp($0)) })
    case "gamma": .numbers(eta.map { draws.gamma(shape: 2, scale: exp($0) / 2) })
    default:
      // Poisson with a gamma mean of shape 2: theta is 2.
      .numbers(eta.map { draws.poisson(draws.gamma(shape: 2, scale: exp($0) / 2)) })
    }
  }

  @Test(
    "Intervals hold the true coefficients at the stated rate",
    arguments: [
      "linear", "logistic", "probit", "cloglog", "poisson", "gamma", "negative_binomial",
    ])
  func coverage(name: String) throws {
    var draws = Draws(seed: 77)
    var held = 0
    for _ in 0..<300 {
      let (frame, eta) = Self.features(250, &draws)
      let target = Self.target(name, eta, &draws)
      let estimator = Estimator.named(name) ?? .glm
      let arguments: [String: ArgumentValue] =
        switch name {
        case "linear", "logistic": [:]
        case "probit", "cloglog": ["family": .text("binomial"), "link": .text(name)]
        default: ["family": .text(name)]
        }
      let model = try estimator.fitted(frame, target, arguments)
      for (row, truth) in zip(model.coefficients, Self.truth) {
        let low = try #require(row.low)
        let high = try #require(row.high)
        if low <= truth, truth <= high { held += 1 }
      }
    }
    // 95 % of 900; three standard errors, a fit's three coefficients counted as one.
    #expect((821...889).contains(held), "\(held) of 900")
  }

  @Test("The negative binomial's theta is found")
  func theta() throws {
    var draws = Draws(seed: 4)
    let (frame, eta) = Self.features(6000, &draws)
    let target = Self.target("negative_binomial", eta, &draws)
    let model = try Estimator.glm.fitted(frame, target, ["family": .text("negative_binomial")])
    #expect(abs(try #require(model.statistic("theta")) - 2) < 0.3)
  }

  @Test(
    "The best possible area is reached within 0.01",
    arguments: [
      "logistic", "elastic_net", "naive_bayes", "boosted_trees", "random_forest", "scorecard",
    ])
  func bestArea(name: String) throws {
    // Normal features that differ by class: the best score adds them up by their shifts, and its
    // area is Phi(d / sqrt 2) with d the distance of the means in standard deviations.
    var draws = Draws(seed: 21)
    let count = 40_000
    let outcomes = (0..<count).map { _ in draws.uniform() < 0.4 }
    let shifts = [0.8, -0.6, 0.5, 0, 0]
    let columns = shifts.enumerated().map { index, shift in
      FrameColumn("x\(index)", .numbers(outcomes.map { draws.normal() + ($0 ? shift : 0) }))
    }
    let frame = Frame(rowCount: count, columns: columns)
    let distance = shifts.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let best = 0.5 * erfc(-distance / 2)
    let estimator = try #require(Estimator.named(name))
    let train = Array(0..<count / 2)
    let test = Array(count / 2..<count)
    var request = TrainingRequest(
      estimator, Formula(columns: columns.map(\.name)), frame: frame.rows(train),
      target: Target.flags(outcomes).rows(train))
    request.libraries = engineFolders
    request.threads = 2
    if name == "boosted_trees" {
      request.arguments = [
        "rounds": .number(150), "learning_rate": .number(0.05), "leaves": .number(6),
      ]
    }
    if name == "random_forest" { request.arguments = ["least_rows": .number(50)] }
    if name == "scorecard" { request.arguments = ["bins": .number(12)] }
    if name == "elastic_net" { request.arguments = ["folds": .number(3), "steps": .number(20)] }
    let scores = try Model.train(request).scores(frame.rows(test))
    let area = try #require(ScoredRows(test.map { outcomes[$0] }, scores)?.auc)
    // Bayes' rule on the same rows, so that the chance of their choice is left out.
    let rule = test.map { row in
      zip(shifts, columns).reduce(0.0) { sum, part in
        guard case .numbers(let values) = part.1.values else { return sum }
        return sum + part.0 * values[row]
      }
    }
    let reached = try #require(ScoredRows(test.map { outcomes[$0] }, rule)?.auc)
    #expect(abs(reached - best) < 0.01)
    #expect(area > reached - 0.01, "\(area) of \(reached)")
  }

  // MARK: What cannot be learned

  @Test("Classes apart, columns that follow from others, levels of one outcome")
  func troubles() throws {
    var draws = Draws(seed: 8)
    let x = (0..<200).map { _ in draws.normal() }
    let z = (0..<200).map { _ in draws.normal() }
    let frame = Frame(
      rowCount: 200,
      columns: [
        FrameColumn("x", .numbers(x)), FrameColumn("z", .numbers(z)),
        FrameColumn("sum", .numbers(zip(x, z).map { 3 * $0 - $1 + 5 })),
        FrameColumn("same", .numbers(z.map { $0 * 1000 })),
      ])
    #expect(throws: EstimationError.separated(feature: "x")) {
      _ = try Estimator.logistic.fitted(frame, .flags(x.map { $0 > 0 }), columns: ["x", "z"])
    }
    let target = Target.numbers(x.map { $0 + draws.normal() })
    #expect(throws: EstimationError.collinear(feature: "sum", with: ["(intercept)", "x", "z"])) {
      _ = try Estimator.linear.fitted(frame, target, columns: ["x", "z", "sum"])
    }
    // As part of whole training the feature is left out, and the model says so.
    let model = try Model.train(
      TrainingRequest(.linear, Formula(columns: ["x", "z", "same"]), frame: frame, target: target))
    #expect(model.notices == [.collinear(feature: "same", with: ["z"])])
    #expect(model.coefficients.last == Coefficient(feature: "same"))
    #expect(model.coefficients.count == 4)
    let plain = try Estimator.linear.fitted(frame, target, columns: ["x", "z"])
    #expect(model.coefficients.dropLast() == plain.coefficients[...])
  }

  @Test("Too few rows are refused")
  func fewRows() throws {
    let frame = Frame(
      rowCount: 3,
      columns: [
        FrameColumn("x", .numbers([1, 2, 4])), FrameColumn("z", .numbers([1, 0, 5])),
      ])
    #expect(throws: EstimationError.self) {
      _ = try Estimator.linear.fitted(frame, .numbers([1, 2, 3]))
    }
  }
}
