import Estimation

/// Trees that no training gave, in LightGBM's text: every kind of decision, on every feature.
enum RandomTrees {
  /// The features of a preparation of `ProbeRow`: x, gap, flag, plan, day, its month and weekday.
  static func text(_ count: Int, outputs: Int, objective: String, isAveraged: Bool, seed: UInt64)
    -> String
  {
    var draws = Draws(seed: seed)
    var lines = [
      "tree", "version=v4", "num_class=\(outputs)", "num_tree_per_iteration=\(outputs)",
      "max_feature_idx=6", "objective=\(objective)",
    ]
    if isAveraged { lines.append("average_output") }
    lines.append("")
    for tree in 0..<(count * outputs) { lines += Self.tree(tree, &draws) }
    return (lines + ["end of trees", ""]).joined(separator: "\n")
  }

  private static func tree(_ number: Int, _ draws: inout Draws) -> [String] {
    let leaves = draws.pick([1, 2, 7, 31])
    let inner = leaves - 1
    var children: [(left: Int, right: Int)] = []
    var open: [(node: Int, isLeft: Bool)] = []
    var nextLeaf = 0
    for node in 0..<inner {
      children.append((0, 0))
      if node > 0 {
        let place = open.remove(at: Int(draws.next() % UInt64(open.count)))
        if place.isLeft {
          children[place.node].left = node
        } else {
          children[place.node].right = node
        }
      }
      open += [(node, true), (node, false)]
    }
    for place in open {
      if place.isLeft {
        children[place.node].left = ~nextLeaf
      } else {
        children[place.node].right = ~nextLeaf
      }
      nextLeaf += 1
    }
    let features = (0..<inner).map { _ in Int(draws.next() % 7) }
    var sets: [UInt32] = []
    var thresholds: [String] = []
    var decisions: [Int] = []
    for feature in features {
      if feature == 3 {
        thresholds.append("\(sets.count)")
        sets.append(UInt32(draws.next() % 64))
        decisions.append(1 + (draws.uniform() < 0.5 ? 8 : 0))
      } else {
        thresholds.append("\(threshold(feature, &draws))")
        decisions.append((draws.uniform() < 0.5 ? 2 : 0) + draws.pick([0, 4, 8]))
      }
    }
    func list<T>(_ values: [T]) -> String { values.map { "\($0)" }.joined(separator: " ") }
    var lines = [
      "Tree=\(number)", "num_leaves=\(leaves)", "num_cat=\(sets.count)",
      "split_feature=\(list(features))", "split_gain=\(list(features))",
      "threshold=\(thresholds.joined(separator: " "))", "decision_type=\(list(decisions))",
      "left_child=\(list(children.map(\.left)))", "right_child=\(list(children.map(\.right)))",
      "leaf_value=\(list((0..<leaves).map { _ in draws.uniform() < 0.05 ? -0.0 : draws.normal() / 7 }))",
      "leaf_count=\(list(Array(repeating: 1, count: leaves)))",
      "internal_count=\(list(features))",
    ]
    if !sets.isEmpty {
      lines.append("cat_boundaries=\(list(Array(0...sets.count)))")
      lines.append("cat_threshold=\(list(sets))")
    }
    return lines + [""]
  }

  private static func threshold(_ feature: Int, _ draws: inout Draws) -> Double {
    switch feature {
    case 0, 1: draws.pick([draws.normal(), 0, 1e-35, 1.0000000180025095e-35, -0.5, 2])
    case 2: draws.pick([0.5, -0.5, 1.5])
    case 4: 19_000 + (draws.uniform() * 900).rounded() + 0.5
    default: draws.pick([0.5, 2.5, 4.5])
    }
  }
}
