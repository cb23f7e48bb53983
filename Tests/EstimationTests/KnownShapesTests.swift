import Estimation
import Glibc
import Testing
import Values

/// Data whose law is known, for what is no coefficient: orders, quantiles, classes, supports, bins.
@Suite("Known truth, other answers")
struct KnownShapesTests {
  private static func request(
    _ name: String, _ columns: [[Double]], _ target: Target,
    _ arguments: [String: ArgumentValue] = [:]
  ) throws -> TrainingRequest {
    let frame = Frame(
      rowCount: columns[0].count,
      columns: columns.enumerated().map { FrameColumn("x\($0)", .numbers($1)) })
    var request = TrainingRequest(
      try #require(Estimator.named(name)), Formula(columns: frame.columns.map(\.name)),
      frame: frame, target: target)
    request.arguments = arguments
    request.libraries = engineFolders
    request.threads = 2
    return request
  }

  private static func normals(_ rows: Int, _ columns: Int, _ draws: inout Draws) -> [[Double]] {
    (0..<columns).map { _ in (0..<rows).map { _ in draws.normal() } }
  }

  // MARK: Ranking

  /// Relevance grows with a sum of features and noise that is alike for all: no order is better
  /// than that of the sum.
  @Test("A ranker comes within 0.01 of the best order's NDCG")
  func ranking() throws {
    var draws = Draws(seed: 31)
    let rows = 30_000
    let columns = Self.normals(rows, 4, &draws)
    let mean = (0..<rows).map { columns[0][$0] + 0.7 * columns[1][$0] - 0.5 * columns[2][$0] }
    let relevance = mean.map { Int32(max(0, min(4, ($0 + draws.normal() * 0.7 + 1).rounded()))) }
    let groups = (0..<rows).map { Int32($0 / 15) }
    let train = Array(0..<20_000)
    let test = Array(20_010..<rows)
    var request = try Self.request(
      "ranker", columns, .relevance(relevance),
      ["rounds": .number(150), "learning_rate": .number(0.08), "leaves": .number(8)])
    request.groups = groups
    let scores = try Model.train(request.rows(train)).scores(request.frame.rows(test))
    let best = Self.gain(test.map { relevance[$0] }, by: test.map { mean[$0] }, 15)
    let chance = Self.gain(test.map { relevance[$0] }, by: test.map { columns[3][$0] }, 15)
    let reached = Self.gain(test.map { relevance[$0] }, by: scores, 15)
    #expect(best - chance > 0.1)
    #expect(reached > best - 0.01 && reached < best + 0.005, "\(reached) of \(best)")
  }

  /// NDCG over all places, gain 2^relevance - 1 (Burges et al. 2005), worked out for itself.
  private static func gain(_ relevance: [Int32], by scores: [Double], _ size: Int) -> Double {
    func sum(_ order: [Int]) -> Double {
      order.enumerated().reduce(0) { sum, item in
        sum + (exp2(Double(relevance[item.element])) - 1) / log2(Double(item.offset) + 2)
      }
    }
    var (total, count) = (0.0, 0.0)
    for start in stride(from: 0, to: relevance.count, by: size) {
      let rows = Array(start..<start + size)
      let ideal = sum(rows.sorted { relevance[$0] > relevance[$1] })
      guard ideal > 0 else { continue }
      total += sum(rows.sorted { scores[$0] > scores[$1] }) / ideal
      count += 1
    }
    return total / count
  }

  // MARK: Sparse

  @Test(
    "An elastic net finds the features that count, and their coefficients", arguments: [1.0, 0.5])
  func support(mix: Double) throws {
    var draws = Draws(seed: 32)
    let rows = 3000
    let columns = Self.normals(rows, 25, &draws)
    let truth = [0: 1.5, 3: -1.0, 11: 0.5, 20: 0.25]
    let target = (0..<rows).map { row in
      truth.reduce(2 + draws.normal()) { $0 + $1.value * columns[$1.key][row] }
    }
    let model = try Model.train(
      Self.request(
        "elastic_net", columns, .numbers(target),
        ["mix": .number(mix), "choose": .text("simplest"), "steps": .number(50)]))
    var found: [String: Double] = [:]
    for row in model.coefficients { found[row.feature] = row.estimate }
    let penalty = try #require(model.fitted.summary.first { $0.name == "penalty" }?.value)
    for (feature, value) in truth {
      let estimate = try #require(found["x\(feature)"])
      // Of independent features of deviation 1 (Zou and Hastie 2005, section 3.2), four errors wide.
      let shrunken = (abs(value) - penalty * mix) / (1 + penalty * (1 - mix))
      #expect(abs(abs(estimate) - shrunken) < 0.075, "x\(feature): \(estimate), \(shrunken)")
      #expect(estimate * value > 0)
    }
    let others = (0..<25).filter { truth[$0] == nil }.filter { found["x\($0)"] ?? 0 != 0 }
    #expect(others.count <= 2, "\(others)")
    #expect(abs(try #require(found["(intercept)"]) - 2) < 0.08)
  }

  // MARK: Trees

  @Test("A quantile holds the share that it says", arguments: [0.1, 0.5, 0.9])
  func quantile(share: Double) throws {
    var draws = Draws(seed: 33)
    let columns = Self.normals(20_000, 2, &draws)
    // The spread differs between rows: a shifted mean would not do.
    let target = (0..<20_000).map { 2 * columns[0][$0] + exp(columns[1][$0] / 2) * draws.normal() }
    let request = try Self.request(
      "boosted_trees", columns, .numbers(target),
      ["loss": .text("quantile"), "quantile": .number(share), "leaves": .number(15)])
    let test = Array(10_000..<20_000)
    let scores = try Model.train(request.rows(Array(0..<10_000))).scores(request.frame.rows(test))
    for isWide in [false, true] {
      let rows = test.indices.filter { (columns[1][test[$0]] > 0) == isWide }
      let below = Double(rows.count { target[test[$0]] <= scores[$0] }) / Double(rows.count)
      #expect(abs(below - share) < 0.035, "\(below)")
    }
  }

  @Test(
    "A number comes within 0.02 of the best possible R²",
    arguments: ["boosted_trees", "random_forest"])
  func regression(name: String) throws {
    var draws = Draws(seed: 34)
    let columns = Self.normals(24_000, 3, &draws)
    let mean = (0..<24_000).map { sin(2 * columns[0][$0]) + (columns[1][$0] > 0 ? 1 : -1) }
    let target = mean.map { $0 + draws.normal() }
    // Three features that all count: a forest that sees one of them at a split would miss some.
    let own: [String: ArgumentValue] =
      name == "random_forest"
      ? ["leaves": .number(512), "feature_share": .number(1)] : ["leaves": .number(31)]
    let request = try Self.request(
      name, columns, .numbers(target), own.merging(["least_rows": .number(30)]) { $1 })
    let test = Array(12_000..<24_000)
    let scores = try Model.train(request.rows(Array(0..<12_000))).scores(request.frame.rows(test))
    let best = Self.explained(test.map { target[$0] }, test.map { mean[$0] })
    let reached = Self.explained(test.map { target[$0] }, scores)
    #expect(reached > best - 0.02 && reached < best + 0.005, "\(reached) of \(best)")
  }

  private static func explained(_ target: [Double], _ scores: [Double]) -> Double {
    let mean = target.reduce(0, +) / Double(target.count)
    let rest = zip(target, scores).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - rest / target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  @Test("Counts: the trees' mean is the law's mean")
  func poisson() throws {
    var draws = Draws(seed: 35)
    let columns = Self.normals(30_000, 2, &draws)
    let mean = (0..<30_000).map { exp(0.3 + 0.6 * columns[0][$0]) }
    let request = try Self.request(
      "boosted_trees", columns, .numbers(mean.map { draws.poisson($0) }),
      ["loss": .text("poisson"), "leaves": .number(7)])
    let test = Array(15_000..<30_000)
    let scores = try Model.train(request.rows(Array(0..<15_000))).scores(request.frame.rows(test))
    let error = test.indices.reduce(0.0) { $0 + abs(scores[$1] / mean[test[$1]] - 1) } / 15_000
    #expect(error < 0.08, "\(error)")
  }

  @Test(
    "Three classes: Bayes' rule is reached within 0.01",
    arguments: ["naive_bayes", "boosted_trees", "random_forest"])
  func classes(name: String) throws {
    var draws = Draws(seed: 36)
    let rows = 30_000
    let centers = [(0.0, 0.0), (1.5, 0.0), (0.0, 2.0)]
    let codes = (0..<rows).map { _ in Int32(draws.next() % 3) }
    let x = codes.map { centers[Int($0)].0 + draws.normal() }
    let y = codes.map { centers[Int($0)].1 + draws.normal() }
    let arguments: [String: ArgumentValue] =
      name == "naive_bayes" ? [:] : ["least_rows": .number(60), "leaves": .number(12)]
    let request = try Self.request(
      name, [x, y], .classes(codes: codes, labels: ["a", "b", "c"]), arguments)
    let test = Array(rows / 2..<rows)
    let scores = try Model.train(request.rows(Array(0..<rows / 2))).scores(request.frame.rows(test))
    func share(_ choose: (Int) -> Int32) -> Double {
      Double(test.indices.count { choose($0) == codes[test[$0]] }) / Double(test.count)
    }
    let best = share { place in
      let row = test[place]
      let distances = centers.map {
        (x[row] - $0.0) * (x[row] - $0.0) + (y[row] - $0.1) * (y[row] - $0.1)
      }
      return Int32(distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }
    let reached = share { place in
      Int32((0..<3).max { scores[$0 * test.count + place] < scores[$1 * test.count + place] } ?? 0)
    }
    #expect(reached > best - 0.01 && reached < best + 0.005, "\(reached) of \(best)")
  }

  @Test("What may only rise never falls, whatever the noise says")
  func monotone() throws {
    var draws = Draws(seed: 37)
    let columns = Self.normals(3000, 2, &draws)
    let target = (0..<3000).map { columns[0][$0] + 2 * draws.normal() }
    let request = try Self.request(
      "boosted_trees", columns, .numbers(target), ["increasing": .texts(["x0"])])
    let model = try Model.train(request)
    let steps = (0..<400).map { Double($0) / 80 - 2.5 }
    let frame = Frame(
      rowCount: 400,
      columns: [
        FrameColumn("x0", .numbers(steps)),
        FrameColumn("x1", .numbers([Double](repeating: 0.3, count: 400))),
      ])
    let scores = try model.scores(frame)
    #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(try #require(scores.last) - scores[0] > 2)
  }

  // MARK: Bins, errors, the dummy

  /// The odds double from one third of x to the next: each is `double_odds` points.
  @Test("A scorecard's points are those of the odds")
  func scorecard() throws {
    var draws = Draws(seed: 38)
    let x = (0..<60_000).map { _ in draws.uniform() * 3 }
    let bad = x.map { draws.uniform() < 1 / (1 + exp(-(-2 + log(2) * $0.rounded(.down)))) }
    let request = try Self.request(
      "scorecard", [x, x.map { _ in draws.normal() }], .flags(bad),
      ["bins": .number(3), "double_odds": .number(20)])
    let model = try Model.train(request)
    let frame = Frame(
      rowCount: 3,
      columns: [
        FrameColumn("x0", .numbers([0.5, 1.5, 2.5])), FrameColumn("x1", .numbers([0, 0, 0])),
      ])
    let points = try #require(model.outputs(frame).first)
    #expect(abs(points[0] - points[1] - 20) < 3 && abs(points[1] - points[2] - 20) < 3, "\(points)")
    // 600 points are odds of 50 good to 1 bad; exp(2) to 1 are these.
    #expect(abs(points[0] - (600 + 20 / log(2) * (2 - log(50)))) < 3)
    // The other feature says nothing and is left out.
    #expect(model.fitted.statistic("features_left_out") == 1)
  }

  @Test("Robust errors hold the truth at their rate where classical ones do not")
  func unequalSpread() throws {
    var draws = Draws(seed: 39)
    var held = ["classical": 0, "hc1": 0, "hc2": 0, "hc3": 0]
    for _ in 0..<400 {
      let x = (0..<150).map { _ in draws.normal() }
      let target = x.map { 1 + 2 * $0 + abs($0) * draws.normal() }
      for errors in held.keys.sorted() {
        let model = try Model.train(
          Self.request("linear", [x], .numbers(target), ["errors": .text(errors)]))
        let row = model.coefficients[1]
        let (low, high) = (try #require(row.low), try #require(row.high))
        if low <= 2, 2 <= high { held[errors, default: 0] += 1 }
      }
    }
    #expect(held["classical", default: 0] < 330, "\(held)")
    for errors in ["hc1", "hc2", "hc3"] {
      #expect((360...396).contains(held[errors, default: 0]), "\(held)")
    }
  }

  @Test("The dummy says the mean, the median, the shares")
  func dummy() throws {
    let x: [[Double]] = [[1, 2, 3, 4, 5]]
    let numbers = Target.numbers([1, 2, 3, 4, 100])
    #expect(try Model.train(Self.request("baseline", x, numbers)).scores(frame(x))[0] == 22)
    #expect(
      try Model.train(Self.request("baseline", x, numbers, ["by": .text("median")]))
        .scores(frame(x))[0] == 3)
    let classes = Target.classes(codes: [0, 1, 2, 2, 2], labels: ["a", "b", "c"])
    let scores = try Model.train(Self.request("baseline", x, classes)).scores(frame(x))
    #expect(
      zip([scores[0], scores[5], scores[10]], [0.2, 0.2, 0.6]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  private func frame(_ columns: [[Double]]) -> Frame {
    Frame(
      rowCount: columns[0].count,
      columns: columns.enumerated().map { FrameColumn("x\($0)", .numbers($1)) })
  }
}
