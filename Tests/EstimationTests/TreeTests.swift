import Values
import Estimation
import Glibc
import Testing

/// Where the library is: beside the engines that `make setup` fetches.
let engineFolders: [String] = {
  if let folder = getenv("WHOM_ENGINES") { return [String(cString: folder)] }
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return ["/\(root)/.engines"]
}()

@Suite("Trees")
struct TreeTests {
  /// Rows with a number that matters, one with gaps, a category, a flag and noise.
  static func rows(_ count: Int, seed: UInt64) -> (frame: Frame, signal: [Double]) {
    var draws = Draws(seed: seed)
    var x: [Double] = []
    var gaps: [Double] = []
    var codes: [Int32] = []
    var flags: [Int8] = []
    var signal: [Double] = []
    for _ in 0..<count {
      x.append(draws.normal())
      gaps.append(draws.uniform() < 0.2 ? .nan : Double(Int(draws.uniform() * 10)) - 4)
      codes.append(Int32(draws.uniform() * 6) - (draws.uniform() < 0.05 ? 10 : 0))
      flags.append(draws.uniform() < 0.3 ? 1 : 0)
      let level = Double(max(-1, codes[codes.count - 1]))
      let gap = gaps[gaps.count - 1].isNaN ? 1.5 : 0.3 * gaps[gaps.count - 1]
      signal.append(x[x.count - 1] + gap + (level == 2 || level == 4 ? 1 : 0) - 0.5)
    }
    let frame = Frame(
      rowCount: count,
      columns: [
        FrameColumn("x", .numbers(x)), FrameColumn("gaps", .numbers(gaps)),
        FrameColumn(
          "plan",
          .categories(codes: codes.map { max(-1, $0) }, levels: ["a", "b", "c", "d", "e", "f"])),
        FrameColumn("flag", .booleans(flags)),
      ])
    return (frame, signal)
  }

  static func outcomes(_ signal: [Double], seed: UInt64) -> [Bool] {
    var draws = Draws(seed: seed)
    return signal.map { draws.uniform() < 1 / (1 + exp(-1.5 * $0)) }
  }

  /// The encoded rows and the fitted trees of an estimator.
  static func fitted(
    _ estimator: Estimator, _ frame: Frame, _ target: Target,
    _ arguments: [String: ArgumentValue] = [:], threads: Int = 1, groups: [Int32]? = nil,
    weights: [Double]? = nil
  ) throws -> (TreeModel, Design) {
    let learned = try Preparation.learn(
      Formula(columns: frame.columns.map(\.name)), from: frame, encoding: .codes)
    let design = try learned.preparation.design(frame)
    let model = try estimator.fitChecked(
      FitRequest(
        rows: TrainingRows(design: design, target: target, weights: weights, groups: groups),
        arguments: try Arguments(arguments, for: estimator.parameters), seed: 7,
        threads: threads, libraries: engineFolders))
    return (try #require(model as? TreeModel), design)
  }

  /// Every feature missing, zero, negative zero, extreme, and never seen.
  static func hardRows(_ design: Design) -> Design {
    let values = [Double.nan, 0, -0.0, 1e300, -1e300, 99, 1e-36, 3]
    return Design(
      features: design.features, rowCount: values.count,
      columns: design.features.map { _ in values })
  }

  @Test("Raw scores are the library's own bits, and contributions add up to them")
  func sameBits() throws {
    let (frame, signal) = Self.rows(700, seed: 1)
    let outcomes = Self.outcomes(signal, seed: 2)
    let library = try LightGBMLibrary.find(in: engineFolders)
    for estimator in [Estimator.boostedTrees, .randomForest] {
      let (model, design) = try Self.fitted(
        estimator, frame, .flags(outcomes), ["rounds": .number(20)])
      for rows in [design, Self.hardRows(design)] {
        var theirs = try library.scores(model, rows)
        if estimator.name == "random_forest" {
          // The library sums a forest here; its predictions are the mean.
          theirs.raw = theirs.raw.map { $0 / 20 }
          theirs.contributions = theirs.contributions.map { $0 / 20 }
        }
        let ours = model.trees.raw(rows, sharing: WorkSharing(threads: 2))
        let same = zip(ours, theirs.raw).count { $0.bitPattern == $1.bitPattern }
        #expect(same == rows.rowCount, "\(estimator.name)")
        let contributions = try #require(try model.contributions(rows))
        #expect(distance(contributions, theirs.contributions, ours) < 1e-9, "\(estimator.name)")
      }
    }
  }

  /// The largest distance of contributions from the library's, and of their sums from the scores.
  private func distance(
    _ contributions: Contributions, _ theirs: [Double], _ scores: [Double]
  ) -> Double {
    let width = contributions.features.count + 1
    var largest = 0.0
    for row in 0..<contributions.rowCount {
      var sum = 0.0
      for feature in 0..<width {
        let value = contributions.value(row: row, feature: feature)
        largest = max(largest, abs(value - theirs[row * width + feature]))
        sum += value
      }
      largest = max(largest, abs(sum - scores[row]))
    }
    return largest
  }

  @Test("Several classes")
  func classes() throws {
    let (frame, signal) = Self.rows(2000, seed: 3)
    let codes = signal.map { Int32($0 < 0 ? 0 : $0 < 1 ? 1 : 2) }
    let (model, design) = try Self.fitted(
      .boostedTrees, frame, .classes(codes: codes, labels: ["low", "middle", "high"]),
      ["rounds": .number(20)])
    let scores = try model.scores(design, offset: nil)
    #expect(scores.count == 6000)
    for row in 0..<2000 {
      #expect(abs(scores[row] + scores[2000 + row] + scores[4000 + row] - 1) < 1e-12)
    }
    let right = codes.indices.count { row in
      (0..<3).max { scores[$0 * 2000 + row] < scores[$1 * 2000 + row] } == Int(codes[row])
    }
    #expect(right > 1800)
  }

  @Test("The same model for any number of threads")
  func threads() throws {
    let (frame, signal) = Self.rows(20_000, seed: 4)
    let target = Target.flags(Self.outcomes(signal, seed: 5))
    let one = try Self.fitted(.boostedTrees, frame, target, ["rounds": .number(10)], threads: 1)
    let two = try Self.fitted(.boostedTrees, frame, target, ["rounds": .number(10)], threads: 2)
    #expect((one.0.text == two.0.text) as Bool)
    #expect((one.0.node.encoded == two.0.node.encoded) as Bool)
  }

  @Test("A monotone feature never lowers what it may only raise")
  func monotone() throws {
    let (frame, signal) = Self.rows(2000, seed: 6)
    let (model, design) = try Self.fitted(
      .boostedTrees, frame, .numbers(signal), ["increasing": .texts(["x"])])
    var columns = (0..<design.width).map { [Double](repeating: design[5, $0], count: 50) }
    for step in 0..<50 { columns[0][step] = Double(step - 25) / 8 }
    let probe = Design(features: design.features, rowCount: 50, columns: columns)
    let scores = try model.scores(probe, offset: nil)
    #expect(zip(scores, scores.dropFirst()).allSatisfy(<=))
    #expect(throws: EstimationError.missingColumn("y")) {
      _ = try Self.fitted(
        .boostedTrees, frame, .numbers(signal), ["increasing": .texts(["y"])])
    }
  }

  @Test("Quantiles hold their share, counts their mean")
  func losses() throws {
    let (frame, signal) = Self.rows(4000, seed: 8)
    var draws = Draws(seed: 9)
    let noisy = signal.map { $0 + draws.normal() }
    let (quantile, design) = try Self.fitted(
      .boostedTrees, frame, .numbers(noisy),
      ["loss": .text("quantile"), "quantile": .number(0.9), "rounds": .number(60)])
    let limits = try quantile.scores(design, offset: nil)
    let below = Double(zip(noisy, limits).count { $0 <= $1 }) / 4000
    #expect(abs(below - 0.9) < 0.02)
    let counts = signal.map { draws.poisson(exp(0.3 * $0)) }
    let (poisson, _) = try Self.fitted(
      .boostedTrees, frame, .numbers(counts), ["loss": .text("poisson"), "rounds": .number(50)])
    let means = try poisson.scores(design, offset: nil)
    #expect(agrees(means.reduce(0, +), counts.reduce(0, +), within: 0.01))
    #expect(
      throws: EstimationError.targetOutOfRange(family: "poisson", wanted: "0 or more", rows: 1)
    ) {
      _ = try Self.fitted(
        .boostedTrees, frame, .numbers([-1] + counts.dropFirst()), ["loss": .text("poisson")])
    }
  }

  @Test("A ranker puts relevant rows first")
  func ranker() throws {
    let (frame, signal) = Self.rows(3000, seed: 10)
    let groups = (0..<3000).map { Int32($0 / 10) }
    let relevance = signal.map { Int32(max(0, min(3, $0 + 1))) }
    let (model, design) = try Self.fitted(
      .ranker, frame, .relevance(relevance), ["rounds": .number(50)], groups: groups)
    let metrics = try #require(
      RankingMetrics(
        relevance: relevance.map(Double.init), scores: try model.scores(design, offset: nil),
        groups: groups, at: 10, isExponential: true))
    #expect(metrics.ndcg > 0.97)
    #expect(throws: EstimationError.needsGroups(estimator: "ranker")) {
      _ = try Self.fitted(.ranker, frame, .relevance(relevance))
    }
  }

  @Test("A kept model scores the same bits; a broken one is refused")
  func keeping() throws {
    let (frame, signal) = Self.rows(1000, seed: 11)
    let (model, design) = try Self.fitted(
      .boostedTrees, frame, .numbers(signal), ["rounds": .number(5)])
    let text = model.node.encoded
    let read = try Estimator.boostedTrees.decode(ModelNode(encoded: text))
    #expect(read.node.encoded == text)
    #expect(
      try read.scores(design, offset: nil).map(\.bitPattern)
        == model.scores(design, offset: nil).map(\.bitPattern))
    for (old, new) in [
      ("left_child=1", "left_child=999"), ("split_feature=", "split_feature=77 "),
      ("num_leaves=", "num_leaves=-"), ("threshold=", "threshold=x"),
    ] {
      let broken = model.text.replacing(old, with: new, maxReplacements: 1)
      guard broken != model.text else { continue }
      #expect(throws: EstimationError.self, "\(old)") { _ = try TreeEnsemble(lightGBM: broken) }
    }
  }

  @Test("Weights that are small all over are as good as others: their ratios count")
  func smallWeights() throws {
    let (frame, signal) = Self.rows(400, seed: 31)
    // By powers of two, so that none is rounded; their mean comes to lie between 1 and 2.
    let weights = signal.indices.map { Double($0 % 4 + 1) / 2 }
    let usual = try Self.fitted(.boostedTrees, frame, .numbers(signal), weights: weights)
    let small = try Self.fitted(
      .boostedTrees, frame, .numbers(signal), weights: weights.map { $0 * 0x1p-60 })
    #expect(small.0.notices == [])
    for (a, b) in zip(
      try usual.0.scores(usual.1, offset: nil),
      try small.0.scores(small.1, offset: nil))
    {
      #expect(agrees(a, b, within: 1e-9))
    }
  }

  @Test("Without the library the answer says where it was looked for")
  func withoutLibrary() {
    let expected = EstimationError.libraryMissing(
      name: "LightGBM", searched: ["/nowhere/lightgbm/lib_lightgbm.so"])
    #expect(throws: expected) { _ = try LightGBMLibrary.find(in: ["/nowhere"]) }
  }
}
