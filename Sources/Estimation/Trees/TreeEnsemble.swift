import Glibc

/// Trees as plain arrays, read from LightGBM's text. Scores need no library, and raw scores are
/// the library's own to the last bit: same comparisons, same order of additions.
package struct TreeEnsemble: Sendable, Equatable {
  package var trees: [DecisionTree]
  /// One list of trees after the other in each round; more than 1 for several classes.
  package var outputs: Int
  package var featureCount: Int
  /// Whether the sum is divided by the rounds (a forest).
  package var isAveraged: Bool
  package var transform: Transform

  package enum Transform: String, Sendable {
    case identity, logistic, exponential, softmax
  }

  package var rounds: Int { outputs == 0 ? 0 : trees.count / outputs }

  /// Raw scores, output after output.
  package func raw(_ design: Design, sharing: WorkSharing) -> [Double] {
    raw(design, compact: CompactTrees(self), sharing: sharing)
  }

  /// The same by a layout that was made before.
  func raw(_ design: Design, compact: CompactTrees?, sharing: WorkSharing) -> [Double] {
    let size = 2048
    let parts = sharing.map((design.rowCount + size - 1) / size) { piece in
      let rows = piece * size..<min(design.rowCount, (piece + 1) * size)
      return compact?.sums(design, rows) ?? walked(design, rows)
    }
    let sums = (0..<outputs).flatMap { output in parts.flatMap { $0[output] } }
    return isAveraged ? sums.map { $0 / Double(max(1, rounds)) } : sums
  }

  /// Node by node.
  private func walked(_ design: Design, _ rows: Range<Int>) -> [[Double]] {
    let readers = (0..<featureCount).map(design.reader)
    return (0..<outputs).map { output in
      rows.map { row in
        stride(from: output, to: trees.count, by: outputs).reduce(0) { sum, index in
          sum + trees[index].value { readers[$0](row) }
        }
      }
    }
  }

  /// Raw scores as what the model promises: probabilities, means.
  package func response(_ raw: [Double], rowCount: Int) -> [Double] {
    switch transform {
    case .identity: raw
    case .logistic: raw.map(Link.logistic)
    case .exponential: raw.map { exp($0) }
    case .softmax: Self.softmax(raw, outputs, rowCount)
    }
  }

  private static func softmax(_ raw: [Double], _ outputs: Int, _ rowCount: Int) -> [Double] {
    var result = raw
    for row in 0..<rowCount {
      let places = (0..<outputs).map { $0 * rowCount + row }
      let top = places.map { raw[$0] }.max() ?? 0
      let powers = places.map { exp(raw[$0] - top) }
      let sum = powers.reduce(0, +)
      for (place, power) in zip(places, powers) { result[place] = power / sum }
    }
    return result
  }

  /// The gain of the splits on each feature, or how many there are.
  package func importance(byGain: Bool) -> [Double] {
    var result = [Double](repeating: 0, count: featureCount)
    for tree in trees {
      for (feature, gain) in zip(tree.features, tree.gains) where feature < featureCount {
        result[feature] += byGain ? gain : 1
      }
    }
    return result
  }
}

/// One tree. Inner nodes are numbered from 0; a child below 0 is the leaf `~child`.
package struct DecisionTree: Sendable, Equatable {
  package var features: [Int]
  package var thresholds: [Double]
  package var decisions: [Decision]
  package var left: [Int]
  package var right: [Int]
  package var gains: [Double]
  /// How many training rows came to each inner node.
  package var counts: [Double]
  package var leafValues: [Double]
  package var leafCounts: [Double]
  /// For splits on categories: those that go left; the threshold is the place in this list.
  package var categories: [Set<Int>]

  package struct Decision: Sendable, Equatable {
    package var isCategory: Bool
    package var defaultsLeft: Bool
    package var missing: Missing

    package enum Missing: Int, Sendable {
      /// NaN counts as 0.
      case none
      /// 0 and NaN go the default way.
      case zero
      /// NaN goes the default way.
      case nan
    }
  }

  /// The leaf that a row comes to.
  func value(_ feature: (Int) -> Double) -> Double {
    var node = features.isEmpty ? -1 : 0
    while node >= 0 { node = next(node, feature(features[node])) }
    return leafValues[~node]
  }

  /// Where a value of the node's feature goes on.
  package func next(_ node: Int, _ value: Double) -> Int {
    goesLeft(node, value) ? left[node] : right[node]
  }

  @inline(__always)
  func goesLeft(_ node: Int, _ value: Double) -> Bool {
    let decision = decisions[node]
    if decision.isCategory { return goesLeftByCategory(node, value) }
    var value = value
    if value.isNaN, decision.missing != .nan { value = 0 }
    let isMissing =
      switch decision.missing {
      case .none: false
      case .zero: abs(value) <= Self.zero
      case .nan: value.isNaN
      }
    return isMissing ? decision.defaultsLeft : value <= thresholds[node]
  }

  /// What LightGBM takes for zero: 1e-35 as a 32-bit float.
  package static let zero = Double(Float(1e-35))

  private func goesLeftByCategory(_ node: Int, _ value: Double) -> Bool {
    guard value > -1, value < 0x1p31 else { return false }
    return categories[Int(thresholds[node])].contains(Int(value))
  }
}
