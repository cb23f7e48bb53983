import Estimation
import Testing
import Values

@Suite("Limits of categories, weights behind a model")
struct LimitTests {
  /// So many levels, each in two rows.
  private static func request(_ estimator: Estimator, levels: Int) -> TrainingRequest {
    let rows = levels * 2
    let column = FrameColumn(
      "shop",
      .categories(
        codes: (0..<rows).map { Int32($0 % levels) }, levels: (0..<levels).map { "s\($0)" }))
    let isNumber = estimator.tasks.contains(.regression)
    let target: Target =
      isNumber
      ? .numbers((0..<rows).map { Double(($0 * 7) % 11) })
      : .classes(codes: (0..<rows).map { Int32(($0 * 7) % 11 > 4 ? 1 : 0) }, labels: ["no", "yes"])
    var request = TrainingRequest(
      estimator, Formula(columns: ["shop"]), frame: Frame(rowCount: rows, columns: [column]),
      target: target)
    request.libraries = engineFolders
    request.arguments = ["rounds": .number(2)].filter { name, _ in
      estimator.parameters.contains { $0.name == name }
    }
    return request
  }

  @Test(
    "1,001 levels are too many, where each has a number of its own",
    arguments: ["linear", "logistic", "elastic_net", "scorecard", "naive_bayes"])
  func levels(name: String) throws {
    let estimator = try #require(Estimator.named(name))
    let wanted = EstimationError.tooManyLevels(column: "shop", levels: 1001, limit: 1000)
    #expect(throws: wanted) { _ = try Model.train(Self.request(estimator, levels: 1001)) }
    #expect(wanted.advice.contains("count() by shop") && wanted.advice.contains("\"other\""))
  }

  @Test("Trees take more")
  func trees() throws {
    _ = try Model.train(Self.request(.boostedTrees, levels: 1500))
  }

  @Test("Products of categories have a limit for all their combinations")
  func products() throws {
    var request = Self.request(.linear, levels: 100)
    request.frame.columns.append(
      FrameColumn(
        "day",
        .categories(codes: (0..<200).map { Int32($0 / 2) }, levels: (0..<100).map { "d\($0)" })))
    request.formula = Formula([["shop"], ["day"], ["shop", "day"]])
    #expect(throws: EstimationError.tooManyFeatures(term: "shop:day", limit: 5000)) {
      _ = try Model.train(request)
    }
  }

  @Test("Dependence of a category of many levels is that of the 100 most frequent")
  func dependence() throws {
    var request = Self.request(.boostedTrees, levels: 150)
    // Level 149 is the most frequent, the others have two rows each or fewer.
    guard case .categories(var codes, let levels) = request.frame.columns[0].values else { return }
    for row in 0..<10 { codes[row] = 149 }
    request.frame.columns[0].values = .categories(codes: codes, levels: levels)
    let model = try Model.train(request)
    let points = try PartialDependence(model, request.frame, column: "shop").points
    #expect(points.count == 100)
    #expect(points.contains { $0.value == .level("s149") })
    // The first ten have one row left each.
    #expect(!points.contains { $0.value == .level("s0") })
  }

  @Test("Rows of weight 0 do not count in early stopping")
  func stopping() throws {
    let (frame, signal) = TreeTests.rows(400, seed: 3)
    let target = Target.flags(TreeTests.outcomes(signal, seed: 4))
    var request = TrainingRequest(
      .boostedTrees, Formula(columns: frame.columns.map(\.name)), frame: frame, target: target)
    request.libraries = engineFolders
    request.arguments = ["rounds": .number(15), "patience": .number(5)]
    request.validation = Array(300..<400)
    request.weights = (0..<400).map { $0 < 350 ? 1 : 0 }
    let weighted = try Model.train(request).fitted.curve
    var fewer = request.rows(Array(0..<350))
    fewer.weights = nil
    let plain = try Model.train(fewer).fitted.curve
    #expect(weighted.count == plain.count && !plain.isEmpty)
    for (one, other) in zip(weighted, plain) {
      #expect(agrees(one.value, other.value, within: 1e-6), "\(one.rows) \(one.step)")
    }
  }

  @Test("Names that say which class is positive")
  func positive() {
    for (labels, wanted) in [
      (["no", "yes"], ["no", "yes"]), (["churned", "stayed"], ["stayed", "churned"]),
      (["bad", "good"], ["bad", "good"]), (["Bought", "Not bought"], ["Not bought", "Bought"]),
      (["0", "1"], ["0", "1"]), (["fraud", "legit"], ["legit", "fraud"]),
    ] {
      let found = PositiveClass(labels)
      #expect(found.labels == wanted && found.isPlain, "\(labels)")
    }
    #expect(!PositiveClass(["gold", "silver"]).isPlain)
    #expect(PositiveClass(["a", "b", "c"]).labels == ["a", "b", "c"])
  }
}
