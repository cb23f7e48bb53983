import CLightGBM
import CLinearAlgebra

/// Trees laid out for the loop that scores many rows.
struct FlatTrees {
  private var nodes: [whom_tree_node] = []
  private var leaves: [Double] = []
  private var roots: [Int32] = []
  private var words: [UInt32] = []
  private var bounds: [Int32] = [0]
  private let outputs: Int
  private let featureCount: Int

  init(_ ensemble: TreeEnsemble) {
    outputs = ensemble.outputs
    featureCount = ensemble.featureCount
    for tree in ensemble.trees { append(tree) }
  }

  private mutating func append(_ tree: DecisionTree) {
    let firstNode = nodes.count
    let firstLeaf = leaves.count
    let firstSet = bounds.count - 1
    func place(_ child: Int) -> Int32 {
      Int32(child < 0 ? ~(~child + firstLeaf) : child + firstNode)
    }
    roots.append(tree.features.isEmpty ? place(-1) : place(0))
    leaves += tree.leafValues
    for set in tree.categories { append(set) }
    for index in tree.features.indices {
      let decision = tree.decisions[index]
      let threshold = tree.thresholds[index]
      nodes.append(
        whom_tree_node(
          threshold: decision.isCategory ? threshold + Double(firstSet) : threshold,
          feature: Int32(tree.features[index]), left: place(tree.left[index]),
          right: place(tree.right[index]), decision: decision.code))
    }
  }

  private mutating func append(_ set: Set<Int>) {
    var bits = [UInt32](repeating: 0, count: (set.max() ?? 0) / 32 + 1)
    for code in set { bits[code / 32] |= 1 << UInt32(code % 32) }
    words += bits
    bounds.append(Int32(words.count))
  }

  /// The sums of the trees of each output for some of the rows.
  func sums(_ design: Design, _ rows: Range<Int>) -> [[Double]] {
    var scratch = [Double](repeating: 0, count: 64 * max(1, featureCount))
    return (0..<outputs).map { output in
      var result = [Double](repeating: 0, count: rows.count)
      design.withBlock(rows) { block in
        withTrees { trees in
          var trees = trees
          whom_trees_add(
            &trees, output, outputs, block.values, block.stride, block.rows, featureCount,
            &scratch, &result)
        }
      }
      return result
    }
  }

  private func withTrees(_ body: (whom_trees) -> Void) {
    nodes.withUnsafeBufferPointer { nodes in
      leaves.withUnsafeBufferPointer { leaves in
        roots.withUnsafeBufferPointer { roots in
          words.withUnsafeBufferPointer { words in
            bounds.withUnsafeBufferPointer { bounds in
              body(
                whom_trees(
                  nodes: nodes.baseAddress, leaves: leaves.baseAddress, roots: roots.baseAddress,
                  trees: roots.count, words: words.baseAddress, bounds: bounds.baseAddress))
            }
          }
        }
      }
    }
  }
}

extension DecisionTree.Decision {
  fileprivate var code: Int32 {
    (isCategory ? 1 : 0) | (defaultsLeft ? 2 : 0) | Int32(missing.rawValue << 2)
  }
}
