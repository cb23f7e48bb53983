import CLightGBM
import CLinearAlgebra

extension TreeEnsemble {
  /// What each feature adds to each row's raw score, exactly: the Shapley values of the trees
  /// (Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree
  /// ensembles"), with training counts as what is known without a feature. Leaf by leaf, so that
  /// several rows go along (as Mitchell, Frank and Holmes 2022 do, "GPUTreeShap").
  func contributions(_ design: Design, sharing: WorkSharing) -> Contributions {
    let width = featureCount + 1
    let paths = trees.map(\.paths)
    let size = 512
    let parts = sharing.map((design.rowCount + size - 1) / size) { piece in
      contributions(
        design, piece * size..<min(design.rowCount, (piece + 1) * size), paths)
    }
    var values: [Double] = []
    values.reserveCapacity(design.rowCount * width * outputs)
    for column in 0..<width * outputs { for part in parts { values += part[column] } }
    return Contributions(
      features: design.features.map(\.name), rowCount: design.rowCount, values: values,
      outputs: outputs)
  }

  private func contributions(
    _ design: Design, _ rows: Range<Int>, _ paths: [[LeafPath]]
  ) -> [[Double]] {
    let width = featureCount + 1
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: width * outputs)
    let share = isAveraged ? 1 / Double(max(1, rounds)) : 1
    let expected = trees.map(\.expectedValue)
    let deepest = paths.joined().map(\.features.count).max() ?? 0
    let most = trees.map(\.features.count).max() ?? 0
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: whom_path_rows) {
      let block = start..<min(rows.upperBound, start + whom_path_rows)
      var walk = PathWalk(deepest: deepest, nodes: most, features: featureCount)
      for output in 0..<outputs {
        walk.start()
        var base = 0.0
        design.withBlock(block) { values in
          for index in stride(from: output, to: trees.count, by: outputs) {
            walk.add(trees[index], paths[index], values)
            base += expected[index]
          }
        }
        for row in block {
          let place = row - rows.lowerBound
          for feature in 0..<featureCount {
            result[output * width + feature][place] =
              walk.sums[feature * whom_path_rows + row - start] * share
          }
          result[output * width + featureCount][place] = base * share
        }
      }
    }
    return result
  }
}

/// The way to a leaf, with the splits on one feature taken together: a step for each feature.
private struct LeafPath: Sendable {
  var leaf: Double
  var features: [Int] = []
  /// What part of the training rows each step lets pass.
  var zeros: [Double] = []
  /// Of all steps: the step, the node, and whether the way goes on to the left.
  var splits: [(step: Int, node: Int, isLeft: Bool)] = []
}

extension DecisionTree {
  /// The mean of the leaves over the training rows.
  var expectedValue: Double {
    let total = leafCounts.reduce(0, +)
    // A file need not say how many rows came where.
    guard total > 0 else { return leafValues.reduce(0, +) / Double(leafValues.count) }
    return zip(leafValues, leafCounts).reduce(0) { $0 + $1.0 * $1.1 / total }
  }

  fileprivate var paths: [LeafPath] {
    guard !features.isEmpty else { return [] }
    var found: [LeafPath] = []
    var open = [(node: 0, path: LeafPath(leaf: 0))]
    while let (node, path) = open.popLast() {
      guard node >= 0 else {
        found.append(path)
        found[found.count - 1].leaf = leafValues[~node]
        continue
      }
      for (child, isLeft) in [(left[node], true), (right[node], false)] {
        var longer = path
        let place = longer.place(of: features[node])
        longer.splits.append((place, node, isLeft))
        longer.zeros[place] *= share(of: child, in: node)
        open.append((child, longer))
      }
    }
    return found
  }

  /// What part of the rows of a node goes on to a child; half of them where none came.
  private func share(of child: Int, in node: Int) -> Double {
    count(node) > 0 ? min(1, count(child) / count(node)) : 0.5
  }

  /// What the ways to the leaves cost to be laid out, and to be walked.
  var sizeOfPaths: (steps: Double, work: Double) {
    var depths = features.map { _ in 0.0 }
    var (steps, work) = (0.0, 0.0)
    for node in features.indices {
      for child in [left[node], right[node]] {
        let depth = depths[node] + 1
        guard child < 0 else {
          depths[child] = depth
          continue
        }
        steps += depth
        work += min(depth, Double(featureCount)) * min(depth, Double(featureCount))
      }
    }
    return (steps, work)
  }

  private var featureCount: Int { Set(features).count }

  private func count(_ node: Int) -> Double { node < 0 ? leafCounts[~node] : counts[node] }
}

extension LeafPath {
  fileprivate mutating func place(of feature: Int) -> Int {
    if let place = features.firstIndex(of: feature) { return place }
    features.append(feature)
    zeros.append(1)
    return features.count - 1
  }
}

/// A few rows on their way through all trees, each a bit of a byte.
private struct PathWalk {
  /// For each feature one value a row.
  var sums: [Double]
  /// For each node of a tree the rows that go left.
  private var goLeft: [UInt8]
  /// For each step of a path the rows that pass.
  private var passing: [UInt8]
  private var ones: [Double]
  private var parts: [Double]
  private var scratch: [Double]

  init(deepest: Int, nodes: Int, features: Int) {
    sums = [Double](repeating: 0, count: features * whom_path_rows)
    goLeft = [UInt8](repeating: 0, count: nodes)
    passing = [UInt8](repeating: 0, count: deepest)
    ones = [Double](repeating: 0, count: deepest * whom_path_rows)
    parts = ones
    scratch = [Double](repeating: 0, count: (deepest + 1) * whom_path_rows)
  }

  mutating func start() { for place in sums.indices { sums[place] = 0 } }

  mutating func add(_ tree: DecisionTree, _ paths: [LeafPath], _ block: whom_block) {
    guard let values = block.values else { return }
    for node in tree.features.indices {
      let column = values + tree.features[node] * block.stride
      var rows: UInt8 = 0
      for row in 0..<block.rows where tree.goesLeft(node, column[row]) { rows |= 1 << UInt8(row) }
      goLeft[node] = rows
    }
    for path in paths { add(path) }
  }

  private mutating func add(_ path: LeafPath) {
    for step in path.features.indices { passing[step] = .max }
    for split in path.splits {
      passing[split.step] &= split.isLeft ? goLeft[split.node] : ~goLeft[split.node]
    }
    for step in path.features.indices {
      for row in 0..<whom_path_rows {
        ones[step * whom_path_rows + row] = Double(passing[step] >> UInt8(row) & 1)
        parts[step * whom_path_rows + row] = 0
      }
    }
    whom_path_contributions(
      path.features.count, path.zeros, ones, path.leaf, &scratch, &parts)
    for (step, feature) in path.features.enumerated() {
      for row in 0..<whom_path_rows {
        sums[feature * whom_path_rows + row] += parts[step * whom_path_rows + row]
      }
    }
  }
}
