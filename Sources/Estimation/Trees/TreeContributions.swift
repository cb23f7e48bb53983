extension TreeEnsemble {
  /// What each feature adds to each row's raw score, exactly: the Shapley values of the trees
  /// (Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree
  /// ensembles", algorithm 2), with training counts as what is known without a feature.
  func contributions(_ design: Design, sharing: WorkSharing) -> Contributions {
    let width = featureCount + 1
    let parts = sharing.map(Pieces.count(design.rowCount)) { piece in
      contributions(design, Pieces.range(piece, of: design.rowCount))
    }
    var values: [Double] = []
    values.reserveCapacity(design.rowCount * width * outputs)
    for column in 0..<width * outputs { for part in parts { values += part[column] } }
    return Contributions(
      features: design.features.map(\.name), rowCount: design.rowCount, values: values,
      outputs: outputs)
  }

  private func contributions(_ design: Design, _ rows: Range<Int>) -> [[Double]] {
    let width = featureCount + 1
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: width * outputs)
    let share = isAveraged ? 1 / Double(max(1, rounds)) : 1
    var sums = [Double](repeating: 0, count: width)
    let expected = trees.map(\.expectedValue)
    let readers = (0..<featureCount).map(design.reader)
    for (place, row) in rows.enumerated() {
      let values = readers.map { $0(row) }
      for output in 0..<outputs {
        for column in sums.indices { sums[column] = 0 }
        for index in stride(from: output, to: trees.count, by: outputs) {
          var walk = ContributionWalk(tree: trees[index], values: values, sums: sums)
          walk.run()
          sums = walk.sums
          sums[featureCount] += expected[index]
        }
        for column in sums.indices { result[output * width + column][place] = sums[column] * share }
      }
    }
    return result
  }
}

extension DecisionTree {
  /// The mean of the leaves over the training rows.
  var expectedValue: Double {
    let total = leafCounts.reduce(0, +)
    return zip(leafValues, leafCounts).reduce(0) { $0 + $1.0 * $1.1 / total }
  }

  fileprivate func count(_ node: Int) -> Double {
    node < 0 ? leafCounts[~node] : counts[node]
  }
}

/// One row's way through one tree, down every branch at once.
private struct ContributionWalk {
  let tree: DecisionTree
  let values: [Double]
  var sums: [Double]

  /// A feature met on the way: what part of the training rows goes on without knowing it,
  /// whether this row does, and the weight of subsets of this size.
  struct Step {
    var feature: Int
    var zero: Double
    var one: Double
    var weight: Double
  }

  mutating func run() {
    guard !tree.features.isEmpty else { return }
    walk(0, [], Step(feature: -1, zero: 1, one: 1, weight: 1))
  }

  private mutating func walk(_ node: Int, _ path: [Step], _ last: Step) {
    let path = Self.extended(path, last)
    guard node >= 0 else { return add(path, tree.leafValues[~node]) }
    let feature = tree.features[node]
    let hot = tree.next(node, values[feature])
    let cold = hot == tree.left[node] ? tree.right[node] : tree.left[node]
    var shorter = path
    var known = Step(feature: feature, zero: 1, one: 1, weight: 0)
    if let place = path.firstIndex(where: { $0.feature == feature }) {
      known = path[place]
      shorter = Self.unwound(path, place)
    }
    let rows = tree.count(node)
    walk(
      hot, shorter,
      Step(
        feature: feature, zero: known.zero * tree.count(hot) / rows, one: known.one, weight: 0))
    walk(
      cold, shorter,
      Step(feature: feature, zero: known.zero * tree.count(cold) / rows, one: 0, weight: 0))
  }

  private mutating func add(_ path: [Step], _ value: Double) {
    for place in path.indices.dropFirst() {
      let step = path[place]
      let weight = Self.unwoundSum(path, place)
      sums[step.feature] += weight * (step.one - step.zero) * value
    }
  }

  private static func extended(_ path: [Step], _ step: Step) -> [Step] {
    var path = path
    let depth = path.count
    path.append(
      Step(feature: step.feature, zero: step.zero, one: step.one, weight: depth == 0 ? 1 : 0))
    for index in stride(from: depth - 1, through: 0, by: -1) {
      let size = Double(depth + 1)
      path[index + 1].weight += step.one * path[index].weight * Double(index + 1) / size
      path[index].weight = step.zero * path[index].weight * Double(depth - index) / size
    }
    return path
  }

  private static func unwound(_ path: [Step], _ place: Int) -> [Step] {
    var path = path
    let depth = path.count - 1
    let (one, zero) = (path[place].one, path[place].zero)
    var next = path[depth].weight
    for index in stride(from: depth - 1, through: 0, by: -1) {
      if one != 0 {
        let old = path[index].weight
        path[index].weight = next * Double(depth + 1) / (Double(index + 1) * one)
        next = old - path[index].weight * zero * Double(depth - index) / Double(depth + 1)
      } else {
        path[index].weight =
          path[index].weight * Double(depth + 1) / (zero * Double(depth - index))
      }
    }
    for index in place..<depth {
      path[index].feature = path[index + 1].feature
      path[index].zero = path[index + 1].zero
      path[index].one = path[index + 1].one
    }
    path.removeLast()
    return path
  }

  private static func unwoundSum(_ path: [Step], _ place: Int) -> Double {
    let depth = path.count - 1
    let (one, zero) = (path[place].one, path[place].zero)
    var next = path[depth].weight
    var total = 0.0
    for index in stride(from: depth - 1, through: 0, by: -1) {
      let size = Double(depth + 1)
      if one != 0 {
        let part = next * size / (Double(index + 1) * one)
        total += part
        next = path[index].weight - part * zero * Double(depth - index) / size
      } else if zero != 0 {
        total += path[index].weight / zero / (Double(depth - index) / size)
      }
    }
    return total
  }
}
