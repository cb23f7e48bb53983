import CLightGBM
import CLinearAlgebra

/// Trees laid out for the loop that scores many rows: values are turned into ranks among the
/// thresholds once, and a node then takes 8 bytes.
struct CompactTrees: Sendable {
  private var nodes: [whom_tree_node] = []
  /// Of trees with few leaves, which are not walked.
  private var masks: [whom_mask_node] = []
  /// The value of a leaf: of a tree that is walked at its node, else at its number from the left.
  private var values: [Double] = []
  private var trees: [whom_tree] = []
  private var words: [UInt32] = []
  private var bounds: [Int32] = [0]
  private let features: TreeFeatures
  private let outputs: Int

  /// Nothing where the trees do not fit into this form (codes beyond 65,000, say), as some that
  /// were written elsewhere; they are walked node by node.
  init?(_ ensemble: TreeEnsemble) {
    guard let features = TreeFeatures(ensemble) else { return nil }
    self.features = features
    outputs = ensemble.outputs
    for tree in ensemble.trees {
      guard append(tree) else { return nil }
    }
  }

  private mutating func append(_ tree: DecisionTree) -> Bool {
    let room = 2 * tree.features.count + 1
    guard room < 0x10000, tree.leafValues.count == tree.features.count + 1 else { return false }
    let firstSet = Int32(bounds.count - 1)
    for set in tree.categories {
      guard append(set) else { return false }
    }
    if let masked = MaskedTree(tree) {
      trees.append(
        whom_tree(
          kind: whom_tree_masked, first: Int32(masks.count), first_value: Int32(values.count),
          node_count: Int32(masked.nodes.count), first_set: firstSet))
      masks += masked.nodes.map { node, kept in features.mask(tree, node, kept: kept) }
      values += masked.leaves
      return true
    }
    trees.append(
      whom_tree(
        kind: tree.decisions.contains(where: \.isCategory)
          ? whom_tree_walked_by_category : whom_tree_walked,
        first: Int32(nodes.count), first_value: Int32(values.count),
        node_count: Int32(tree.features.count), first_set: firstSet))
    return appendWalked(tree, room)
  }

  private mutating func appendWalked(_ tree: DecisionTree, _ room: Int) -> Bool {
    let firstValue = values.count
    let first = nodes.count
    nodes += repeatElement(whom_tree_node(), count: room)
    values += repeatElement(0, count: room)
    var open = [(node: tree.features.isEmpty ? -1 : 0, place: 0)]
    var next = 1
    while let (node, place) = open.popLast() {
      guard node >= 0 else {
        nodes[first + place] = whom_tree_node(
          feature: 0, low: 0, span: .max, child: UInt16(place))
        values[firstValue + place] = tree.leafValues[~node]
        continue
      }
      // More places than nodes: two branches lead to one node.
      guard next + 1 < room else { return false }
      nodes[first + place] = features.node(tree, node, child: UInt16(next))
      open += [(tree.left[node], next), (tree.right[node], next + 1)]
      next += 2
    }
    return true
  }

  private mutating func append(_ set: Set<Int>) -> Bool {
    let most = set.max() ?? 0
    guard most < 65_000, bounds.count < 1 << 30 else { return false }
    var bits = [UInt32](repeating: 0, count: most / 32 + 1)
    for code in set { bits[code / 32] |= 1 << UInt32(code % 32) }
    words += bits
    bounds.append(Int32(words.count))
    return true
  }

  /// The sums of the trees of each output for some of the rows.
  func sums(_ design: Design, _ rows: Range<Int>) -> [[Double]] {
    var ranks = [UInt16](repeating: 0, count: whom_tree_block * max(1, design.width) + 1)
    var part = [Double](repeating: 0, count: whom_tree_block * outputs)
    var result = [[Double]](repeating: [], count: outputs)
    for output in 0..<outputs { result[output].reserveCapacity(rows.count) }
    withTrees { trees in
      for block in Pieces.blocks(rows) {
        design.withBlock(block) { values in
          withUnsafePointer(to: trees) {
            whom_trees_sum(
              $0, outputs, values.values, values.stride, block.count, &ranks, &part)
          }
        }
        for output in 0..<outputs {
          result[output] += part[output * block.count..<(output + 1) * block.count]
        }
      }
    }
    return result
  }

  private func withTrees(_ body: (whom_trees) -> Void) {
    nodes.withUnsafeBufferPointer { nodes in
      masks.withUnsafeBufferPointer { masks in
        values.withUnsafeBufferPointer { values in
          trees.withUnsafeBufferPointer { trees in
            words.withUnsafeBufferPointer { words in
              bounds.withUnsafeBufferPointer { bounds in
                features.withFeatures { features in
                  body(
                    whom_trees(
                      nodes: nodes.baseAddress, masks: masks.baseAddress,
                      values: values.baseAddress,
                      trees: trees.baseAddress, count: trees.count,
                      features: features.baseAddress, feature_count: features.count,
                      words: words.baseAddress, bounds: bounds.baseAddress))
                }
              }
            }
          }
        }
      }
    }
  }
}

/// What all splits on a feature have in common.
private struct TreeFeatures: Sendable {
  /// Of all features, one after the other.
  private var thresholds: [Double] = []
  private var starts: [Int] = [0]
  private var kinds: [Kind] = []

  private struct Kind: Sendable, Equatable {
    var isCategory: Bool
    var missing: DecisionTree.Decision.Missing
  }

  init?(_ ensemble: TreeEnsemble) {
    guard ensemble.featureCount < 0x8000 else { return nil }
    var found = [Set<Double>](repeating: [], count: ensemble.featureCount)
    var kinds = [Kind?](repeating: nil, count: ensemble.featureCount)
    for tree in ensemble.trees {
      for (node, feature) in tree.features.enumerated() {
        let decision = tree.decisions[node]
        let kind = Kind(
          isCategory: decision.isCategory,
          missing: decision.isCategory ? .none : decision.missing)
        guard kinds[feature] ?? kind == kind else { return nil }
        kinds[feature] = kind
        guard !kind.isCategory else { continue }
        // -0 and 0 are one threshold, and a set holds one of them.
        guard !tree.thresholds[node].isNaN else { return nil }
        found[feature].insert(tree.thresholds[node])
      }
    }
    guard found.allSatisfy({ $0.count < 65_000 }) else { return nil }
    self.kinds = kinds.map { $0 ?? Kind(isCategory: false, missing: .none) }
    for values in found {
      thresholds += values.sorted()
      starts.append(thresholds.count)
    }
  }

  func node(_ tree: DecisionTree, _ node: Int, child: UInt16) -> whom_tree_node {
    let feature = tree.features[node]
    let decision = tree.decisions[node]
    guard !decision.isCategory else {
      return whom_tree_node(
        feature: UInt16(feature) | UInt16(whom_tree_category),
        low: UInt16(truncatingIfNeeded: Int(tree.thresholds[node])), span: 0, child: child)
    }
    let bound = rank(feature, tree.thresholds[node])
    let takesMissing = decision.missing != .none && decision.defaultsLeft
    return whom_tree_node(
      feature: UInt16(feature), low: takesMissing ? 0 : 1,
      span: UInt16(takesMissing ? bound : bound - 1), child: child)
  }

  func mask(_ tree: DecisionTree, _ node: Int, kept: UInt64) -> whom_mask_node {
    let plain = self.node(tree, node, child: 0)
    return whom_mask_node(
      feature: plain.feature, low: plain.low, span: plain.span, unused: 0, kept: kept)
  }

  /// The greatest rank that goes left at a threshold.
  private func rank(_ feature: Int, _ threshold: Double) -> Int {
    var low = starts[feature]
    var high = starts[feature + 1]
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] < threshold { low = middle + 1 } else { high = middle }
    }
    return low - starts[feature] + 1
  }

  func withFeatures(_ body: (UnsafeBufferPointer<whom_tree_feature>) -> Void) {
    thresholds.withUnsafeBufferPointer { thresholds in
      let features = kinds.indices.map { index in
        whom_tree_feature(
          thresholds: thresholds.baseAddress.map { $0 + starts[index] },
          count: Int32(starts[index + 1] - starts[index]),
          is_category: kinds[index].isCategory ? 1 : 0,
          missing: Int32(kinds[index].missing.rawValue))
      }
      features.withUnsafeBufferPointer(body)
    }
  }
}
