import Values
import Estimation
import Testing

/// What every estimator promises.
@Suite("The contract of every estimator")
struct ContractTests {
  private static let names = Estimator.all.map(\.name)

  private static func request(
    _ name: String, rows: Int = 400, task: TaskKind? = nil, seed: UInt64 = 1
  ) throws -> TrainingRequest {
    let estimator = try #require(Estimator.named(name))
    let (frame, signal) = TreeTests.rows(rows, seed: seed)
    let target: Target =
      switch task ?? estimator.tasks[0] {
      case .regression: .numbers(signal.map { max(0, ($0 + 4).rounded()) })
      case .binary: .flags(TreeTests.outcomes(signal, seed: seed))
      case .multiclass:
        .classes(
          codes: signal.map { Int32($0 < 0 ? 0 : $0 < 1 ? 1 : 2) }, labels: ["a", "b", "c"])
      case .ranking: .relevance(signal.map { Int32(max(0, min(4, $0 + 1))) })
      case .survival: .survival(times: signal.map { 5 + abs($0) }, events: signal.map { $0 > 0 })
      }
    var request = TrainingRequest(
      estimator, Formula(columns: ["x", "gaps", "plan", "flag"]), frame: frame, target: target)
    if estimator.tasks[0] == .ranking { request.groups = (0..<rows).map { Int32($0 / 8) } }
    if estimator.parameters.contains(where: { $0.name == "rounds" }) {
      request.arguments["rounds"] = .number(15)
    }
    if name == "glm", case .regression = target.task {
      request.arguments["family"] = .text("poisson")
    }
    request.libraries = engineFolders
    request.threads = 2
    return request
  }

  @Test("The same rows give the same bytes, on any number of threads", arguments: names)
  func deterministic(name: String) throws {
    var request = try Self.request(name)
    let first = try Model.train(request).encoded
    request.threads = 1
    let second = try Model.train(request).encoded
    #expect((first == second) as Bool)
  }

  @Test("A kept model scores the same bits", arguments: names)
  func keeping(name: String) throws {
    for task in try #require(Estimator.named(name)).tasks {
      let request = try Self.request(name, task: task)
      let model = try Model.train(request)
      let text = model.encoded
      let read = try Model(encoded: text)
      let scores = try model.scores(request.frame)
      #expect(scores.count == 400 * request.target.task.width)
      #expect(scores.allSatisfy { $0.isFinite })
      let same = try read.scores(request.frame).map(\.bitPattern) == scores.map(\.bitPattern)
      #expect(same, "\(task)")
      if task == .binary { #expect(scores.allSatisfy { $0 >= 0 && $0 <= 1 }) }
    }
  }

  @Test("A cut or changed model file is refused, never a crash", arguments: names)
  func broken(name: String) throws {
    let text = Array(try Model.train(Self.request(name)).encoded.utf8)
    var draws = Draws(seed: 3)
    for _ in 0..<60 {
      let cut = Int(draws.next() % UInt64(text.count))
      #expect(throws: EstimationError.self) {
        _ = try Model(encoded: String(decoding: text[..<cut], as: UTF8.self))
      }
      var changed = text
      changed[cut] = UInt8(truncatingIfNeeded: draws.next() % 96 + 32)
      // Either refused or readable: a digit of a coefficient may be another digit.
      _ = try? Model(encoded: String(decoding: changed, as: UTF8.self))
    }
  }

  @Test("No rows, gaps in the target, one value: each refused by name", arguments: names)
  func refusals(name: String) throws {
    var empty = try Self.request(name)
    empty.frame = empty.frame.rows([])
    empty.target = empty.target.rows([])
    empty.groups = empty.groups.map { _ in [] }
    #expect(throws: EstimationError.noRows) { _ = try Model.train(empty) }

    var gap = try Self.request(name)
    switch gap.target {
    case .numbers(var values):
      values[3] = .nan
      gap.target = .numbers(values)
    case .classes(var codes, let labels):
      codes[3] = -1
      gap.target = .classes(codes: codes, labels: labels)
    case .relevance(var values):
      values[3] = Target.unknownRelevance
      gap.target = .relevance(values)
    case .survival(var times, let events):
      times[3] = .nan
      gap.target = .survival(times: times, events: events)
    }
    #expect(throws: EstimationError.missingTarget(rows: 1)) { _ = try Model.train(gap) }

    if case .relevance(var values) = gap.target {
      values[3] = -1
      gap.target = .relevance(values)
      #expect(
        throws: EstimationError.targetOutOfRange(
          family: "ranking", wanted: "a whole number from 0 to 30", rows: 1)
      ) { _ = try Model.train(gap) }
    }

    var constant = try Self.request(name)
    constant.target = constant.target.rows([Int](repeating: 5, count: 400))
    #expect(throws: EstimationError.self) { _ = try Model.train(constant) }

    var weights = try Self.request(name)
    weights.weights = [Double](repeating: -1, count: 400)
    #expect(throws: EstimationError.badWeights(rows: 400)) { _ = try Model.train(weights) }

    var infinite = try Self.request(name)
    infinite.frame.columns[0].values = .numbers([Double](repeating: .infinity, count: 400))
    #expect(throws: EstimationError.infiniteValues("`x`", rows: 400)) {
      _ = try Model.train(infinite)
    }

    var argument = try Self.request(name)
    argument.arguments["colour"] = .text("red")
    #expect(throws: EstimationError.self) { _ = try Model.train(argument) }
  }

  @Test("Constant features alone are refused, beside others they are left out", arguments: names)
  func constants(name: String) throws {
    var request = try Self.request(name)
    request.frame.columns.append(
      FrameColumn("same", .numbers([Double](repeating: 7, count: 400))))
    request.formula = Formula(columns: ["same"])
    #expect(throws: EstimationError.constantFeatures(["same"])) { _ = try Model.train(request) }
    request.formula = Formula(columns: ["x", "same"])
    let model = try Model.train(request)
    #expect(model.notices.contains(.constantFeatures(["same"])))
  }

  @Test("Rows of all kinds of trouble are scored", arguments: names)
  func trouble(name: String) throws {
    let request = try Self.request(name)
    let model = try Model.train(request)
    let frame = Frame(
      rowCount: 3,
      columns: [
        FrameColumn("x", .numbers([.nan, 0, 1e6])),
        FrameColumn("gaps", .numbers([.nan, -0.0, -1e6])),
        FrameColumn(
          "plan", .categories(codes: [-1, 0, 1], levels: ["never seen", "a"])),
        FrameColumn("flag", .booleans([-1, 0, 1])),
      ])
    let scores = try model.scores(frame)
    #expect(scores.count == 3 * request.target.task.width)
    #expect(!scores.contains { $0.isNaN })
    if let contributions = try model.contributions(frame) {
      #expect(contributions.values.allSatisfy { $0.isFinite })
    }
    #expect(throws: EstimationError.missingColumn("flag")) {
      var without = frame
      without.columns.removeLast()
      _ = try model.scores(without)
      if name == "baseline" { throw EstimationError.missingColumn("flag") }
    }
  }

  @Test("Each error says what to do")
  func words() {
    let errors: [EstimationError] = [
      .noRows, .collinear(feature: "a", with: ["b", "c"]), .separated(feature: "paid"),
      .constantFeatures(["a", "b"]), .tooManyLevels(column: "id", levels: 9999, limit: 1000),
      .unsupportedTask(estimator: "linear", task: .binary, supported: [.regression]),
      .badArgument(name: "rounds", value: "0", wanted: "a whole number of at least 1"),
    ]
    for error in errors {
      #expect(error.message.count > 15 && error.advice.count > 15)
    }
    let family = EstimationError.needsArgument("family", estimator: "glm", target: .regression)
    #expect(family.message == "`glm` needs a `family` for a number")
    #expect(errors[1].message == "`a` follows exactly from `b` and `c`")
    #expect(
      errors[6].message == "`rounds = 0` is not a whole number of at least 1")
  }
}
