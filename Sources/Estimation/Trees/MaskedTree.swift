import CLightGBM

/// A tree with few leaves, numbered from the left: each node knows the leaves that are left to a
/// row which goes right there.
struct MaskedTree {
  private(set) var nodes: [(node: Int, kept: UInt64)] = []
  /// The values of the leaves from the left.
  private(set) var leaves: [Double] = []

  /// Nothing where there are too many leaves, or where branches lead to one node.
  init?(_ tree: DecisionTree) {
    guard tree.leafValues.count <= Int(whom_tree_masked_leaves) else { return nil }
    guard add(tree, tree.features.isEmpty ? -1 : 0), nodes.count == tree.features.count else {
      return nil
    }
  }

  private mutating func add(_ tree: DecisionTree, _ node: Int) -> Bool {
    guard node >= 0 else {
      leaves.append(tree.leafValues[~node])
      return leaves.count <= tree.leafValues.count
    }
    guard nodes.count < tree.features.count else { return false }
    let place = nodes.count
    nodes.append((node, 0))
    let first = leaves.count
    guard add(tree, tree.left[node]) else { return false }
    let onTheLeft = (UInt64(1) << UInt64(leaves.count - first)) &- 1
    nodes[place].kept = ~(onTheLeft << UInt64(first))
    return add(tree, tree.right[node])
  }
}
