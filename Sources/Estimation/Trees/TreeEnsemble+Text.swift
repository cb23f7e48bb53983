extension TreeEnsemble {
  /// LightGBM's text of a model up to the end of its trees: what follows are settings of the run.
  static func trimmed(_ text: String) -> String {
    guard let end = text.firstRange(of: "end of trees") else { return text }
    return text[..<end.upperBound] + "\n"
  }

  /// Reads LightGBM's text of a model (format version 4). The text may come from anywhere, so
  /// that every index is checked.
  package init(lightGBM text: String) throws(EstimationError) {
    let blocks = TextBlock.all(in: text)
    guard let head = blocks.first(where: { !$0.isTree }), head["num_class"] != nil else {
      throw .unreadableModel("the text is not LightGBM's")
    }
    outputs = try head.whole("num_tree_per_iteration")
    featureCount = try head.whole("max_feature_idx") + 1
    isAveraged = head.flags.contains("average_output")
    transform = try Self.transform(head["objective"] ?? "regression")
    trees = []
    for block in blocks where block.isTree {
      trees.append(try DecisionTree(block, featureCount: featureCount))
    }
    guard outputs > 0, trees.count % outputs == 0 else {
      throw .unreadableModel("a round lacks trees")
    }
  }

  private static func transform(_ objective: String) throws(EstimationError) -> Transform {
    let name = objective.split(separator: " ").first.map(String.init) ?? ""
    switch name {
    case "binary": return .logistic
    case "multiclass": return .softmax
    case "poisson", "gamma", "tweedie": return .exponential
    case "regression", "regression_l1", "quantile", "huber", "fair", "mape", "lambdarank",
      "rank_xendcg":
      return .identity
    default: throw .unreadableModel("the objective `\(name)` is not known")
    }
  }
}

/// Lines `name=value` up to an empty line.
struct TextBlock {
  var isTree = false
  var values: [Substring: Substring] = [:]
  /// Lines without a value.
  var flags: Set<Substring> = []

  static func all(in text: String) -> [TextBlock] {
    var blocks = [TextBlock()]
    // Bytes are taken apart ten times as fast as characters.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for line in lines.lazy.map({ Substring($0) }) {
      if line == "end of trees" { break }
      if line.hasPrefix("Tree=") {
        blocks.append(TextBlock())
        blocks[blocks.count - 1].isTree = true
      } else if let sign = line.utf8.firstIndex(of: UInt8(ascii: "=")) {
        blocks[blocks.count - 1].values[line[..<sign]] = line[line.utf8.index(after: sign)...]
      } else if !line.isEmpty {
        blocks[blocks.count - 1].flags.insert(line)
      }
    }
    return blocks
  }

  subscript(_ name: String) -> String? { values[Substring(name)].map(String.init) }

  func whole(_ name: String) throws(EstimationError) -> Int {
    guard let text = values[Substring(name)], let value = Int(text), value >= 0, value < 1 << 24
    else { throw .unreadableModel("`\(name)` is missing") }
    return value
  }

  func numbers(_ name: String, count: Int) throws(EstimationError) -> [Double] {
    let parts = values[Substring(name)]?.utf8.split(separator: UInt8(ascii: " ")) ?? []
    var result: [Double] = []
    result.reserveCapacity(parts.count)
    for part in parts {
      guard let value = Double(Substring(part)) else {
        throw .unreadableModel("`\(name)` is not numbers")
      }
      result.append(value)
    }
    guard result.count == count else { throw .unreadableModel("`\(name)` has another length") }
    return result
  }

  func finite(_ name: String, count: Int) throws(EstimationError) -> [Double] {
    let result = try numbers(name, count: count)
    guard result.allSatisfy(\.isFinite) else {
      throw .unreadableModel("`\(name)` is not finite")
    }
    return result
  }

  func counts(_ name: String, count: Int) throws(EstimationError) -> [Double] {
    let result = try finite(name, count: count)
    guard result.allSatisfy({ $0 >= 0 }) else { throw .unreadableModel("`\(name)` is below 0") }
    return result
  }

  func wholes(_ name: String, count: Int, in range: Range<Int>) throws(EstimationError) -> [Int] {
    var result: [Int] = []
    for value in try numbers(name, count: count) {
      guard let whole = Int(exactly: value), range.contains(whole) else {
        throw .unreadableModel("`\(name)` points nowhere")
      }
      result.append(whole)
    }
    return result
  }
}

extension DecisionTree {
  init(_ block: TextBlock, featureCount: Int) throws(EstimationError) {
    let leaves = try block.whole("num_leaves")
    guard leaves > 0 else { throw .unreadableModel("a tree has no leaf") }
    let inner = leaves - 1
    let nodes = -leaves..<inner
    leafValues = try block.finite("leaf_value", count: leaves)
    leafCounts =
      inner == 0 ? [1] : try block.counts("leaf_count", count: leaves)
    features = try block.wholes("split_feature", count: inner, in: 0..<featureCount)
    thresholds = try block.numbers("threshold", count: inner)
    left = try block.wholes("left_child", count: inner, in: nodes)
    right = try block.wholes("right_child", count: inner, in: nodes)
    gains = try block.numbers("split_gain", count: inner)
    counts = try block.counts("internal_count", count: inner)
    decisions = []
    for code in try block.wholes("decision_type", count: inner, in: 0..<16) {
      decisions.append(
        Decision(
          isCategory: code & 1 != 0, defaultsLeft: code & 2 != 0,
          missing: Decision.Missing(rawValue: code >> 2) ?? .none))
    }
    categories = []
    let sets = try block.whole("num_cat")
    if sets > 0 { categories = try Self.categories(block, sets) }
    try check()
  }

  /// Bits of 32-bit words, one stretch of words for each split.
  private static func categories(
    _ block: TextBlock, _ count: Int
  ) throws(EstimationError) -> [Set<Int>] {
    let words = block.values["cat_threshold"]?.split(separator: " ").count ?? 0
    let bounds = try block.wholes("cat_boundaries", count: count + 1, in: 0..<words + 1)
    let bits = try block.wholes("cat_threshold", count: words, in: 0..<1 << 32)
    guard bounds == bounds.sorted() else { throw .unreadableModel("bits out of order") }
    return (0..<count).map { index in
      let words = bits[bounds[index]..<bounds[index + 1]]
      return Set(
        words.enumerated().flatMap { place, word in
          (0..<32).filter { word >> $0 & 1 == 1 }.map { place * 32 + $0 }
        })
    }
  }

  /// Children have greater numbers than their parents, so that no walk goes round in circles, and
  /// one parent each, so that there are no more ways than leaves.
  private func check() throws(EstimationError) {
    guard !thresholds.contains(where: \.isNaN), !gains.contains(where: \.isNaN) else {
      throw .unreadableModel("a split is at no number")
    }
    var isLeafSeen = leafValues.map { _ in features.isEmpty }
    var isNodeSeen = features.map { _ in false }
    for node in features.indices {
      for child in [left[node], right[node]] {
        guard child < 0 || child > node else {
          throw .unreadableModel("a tree goes round in circles")
        }
        let isSeen = child < 0 ? isLeafSeen[~child] : isNodeSeen[child]
        guard !isSeen else { throw .unreadableModel("two branches lead to one place") }
        if child < 0 { isLeafSeen[~child] = true } else { isNodeSeen[child] = true }
      }
      guard decisions[node].isCategory else { continue }
      guard let place = Int(exactly: thresholds[node]), categories.indices.contains(place) else {
        throw .unreadableModel("a split on categories has none")
      }
    }
  }
}
