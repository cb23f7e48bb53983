import Compiler
import Estimation
import Values

/// Trees as nested `case`, summed in the order of the library.
struct TreeScoring {
  let reading: PreparedReading
  private var write: ScoringExprs { reading.write }

  /// So many parts of trees stand in one select.
  private static let batch = 2_000
  /// Deeper trees are not written as expressions.
  private static let depthLimit = 100

  /// The raw scores, one column for each output.
  func add(
    _ ensemble: TreeEnsemble, offset: TypedExpr?, to layers: inout ScoringLayers
  ) throws(ModelScoring.Refusal) -> Bool {
    let leaves = ensemble.trees.reduce(0) { $0 + $1.leafValues.count }
    guard leaves <= ModelScoring.sizeLimit else { throw .size(leaves) }
    let bases = reading.model.preparation.products.compactMap(\.bases.first)
    guard bases.count == ensemble.featureCount else { return false }
    layers.add(reading.layer)
    let columns = ScoringColumns.raw(ensemble.outputs)
    var sums = [TypedExpr?](repeating: nil, count: ensemble.outputs)
    var parts: [[TypedExpr]] = sums.map { _ in [] }
    var (size, round) = (0, 0)
    func close() {
      round += 1
      var items: [NamedExpr] = []
      for output in sums.indices where !parts[output].isEmpty {
        let name = "\(columns[output])_\(round)"
        items.append(NamedExpr(name, write.sum((sums[output].map { [$0] } ?? []) + parts[output])))
        sums[output] = write.column(name)
        parts[output] = []
      }
      layers.add(items)
      size = 0
    }
    for (place, tree) in ensemble.trees.enumerated() {
      guard let made = expr(tree, bases) else { throw .depth(limit: Self.depthLimit) }
      made.forEach { _ in size += 1 }
      parts[place % ensemble.outputs].append(made)
      if size > Self.batch { close() }
    }
    close()
    layers.add(
      zip(columns, sums).map { name, sum in
        var raw = sum ?? write.number(0)
        if ensemble.isAveraged {
          raw = write.over(raw, write.number(Double(max(1, ensemble.rounds))))
        }
        if ensemble.outputs == 1, let offset { raw = write.plus(raw, offset) }
        return NamedExpr(name, raw)
      })
    return true
  }

  private func expr(_ tree: DecisionTree, _ bases: [Basis]) -> TypedExpr? {
    tree.features.isEmpty ? leaf(tree, -1) : node(tree, 0, bases, depth: 0)
  }

  /// A sum that starts from 0 is never -0.0.
  private func leaf(_ tree: DecisionTree, _ child: Int) -> TypedExpr {
    let value = tree.leafValues[~child]
    return write.number(value == 0 ? 0 : value)
  }

  private func node(
    _ tree: DecisionTree, _ node: Int, _ bases: [Basis], depth: Int
  ) -> TypedExpr? {
    if node < 0 { return leaf(tree, node) }
    guard depth < Self.depthLimit,
      let left = self.node(tree, tree.left[node], bases, depth: depth + 1),
      let right = self.node(tree, tree.right[node], bases, depth: depth + 1)
    else { return nil }
    switch split(tree, node, bases[tree.features[node]]) {
    case .left(let condition): return write.choose([(condition, left)], otherwise: right)
    case .right(let condition): return write.choose([(condition, right)], otherwise: left)
    case .all(let goesLeft): return goesLeft ? left : right
    }
  }

  /// The side that a row with a known value goes to; the others go to the other one. A missing
  /// value meets no condition, so that it goes where it should without being asked for.
  private enum Split {
    case left(TypedExpr)
    case right(TypedExpr)
    case all(goesLeft: Bool)
  }

  private func split(_ tree: DecisionTree, _ node: Int, _ basis: Basis) -> Split {
    let value = reading.value(basis)
    func goesLeft(_ value: Double) -> Bool { tree.next(node, value) == tree.left[node] }
    if tree.decisions[node].isCategory { return categories(tree, node, basis) }
    if value.type.base == .bool {
      return flags(value, goesLeft(1), goesLeft(0), value.type.isNullable ? goesLeft(.nan) : nil)
    }
    let number = value.type.base == .int ? reading.plain(basis) : value
    // Beyond all numbers: a split of those that are known from those that are missing.
    let largest = Double.greatestFiniteMagnitude
    let threshold = write.number(max(-largest, min(largest, tree.thresholds[node])))
    let missingGoesLeft = goesLeft(.nan)
    var condition = write.compare(number, missingGoesLeft ? .greater : .lessOrEqual, threshold)
    if tree.decisions[node].missing == .zero {
      let zero = write.number(DecisionTree.zero)
      let isNotZero = write.any([
        write.compare(number, .greater, zero),
        write.compare(number, .less, write.number(-DecisionTree.zero)),
      ])
      condition = write.all([condition, isNotZero])
    }
    return missingGoesLeft ? .right(condition) : .left(condition)
  }

  private func flags(_ value: TypedExpr, _ yes: Bool, _ no: Bool, _ missing: Bool?) -> Split {
    switch (yes, no, missing ?? no) {
    case (true, true, true): .all(goesLeft: true)
    case (false, false, false): .all(goesLeft: false)
    case (true, false, false): .left(write.isTrue(value))
    case (false, true, true): .right(write.isTrue(value))
    case (true, false, true): .right(write.isFalse(value))
    case (false, true, false): .left(write.isFalse(value))
    case (true, true, false): .right(write.isMissing(value))
    case (false, false, true): .left(write.isMissing(value))
    }
  }

  /// A float is the category of its whole part, as in LightGBM.
  private func isCode(_ code: Int, _ value: TypedExpr) -> TypedExpr {
    guard value.type.base != .int else { return write.compare(value, .equal, write.whole(code)) }
    let low = code == 0 ? -1.0 : Double(code)
    return write.all([
      write.compare(value, code == 0 ? .greater : .greaterOrEqual, write.number(low)),
      write.compare(value, .less, write.number(Double(code) + 1)),
    ])
  }

  /// What is not among those that go left goes right: other levels and what training never saw.
  private func categories(_ tree: DecisionTree, _ node: Int, _ basis: Basis) -> Split {
    let place = Int(tree.thresholds[node])
    let codes = tree.categories.indices.contains(place) ? tree.categories[place].sorted() : []
    let value = reading.value(basis)
    guard let levels = reading.levels(basis) else {
      let known = codes.map { self.isCode($0, value) }
      return known.isEmpty ? .all(goesLeft: false) : .left(write.any(known))
    }
    let names = codes.compactMap { levels.indices.contains($0) ? levels[$0] as String?? : nil }
    return names.isEmpty ? .all(goesLeft: false) : .left(write.isOne(value, of: names))
  }
}

/// The names of columns that hold scores on the way.
enum ScoringColumns {
  static func raw(_ count: Int) -> [String] { numbered("#raw", count) }
  static func score(_ count: Int) -> [String] { numbered("#score", count) }

  private static func numbered(_ name: String, _ count: Int) -> [String] {
    count == 1 ? [name] : (1...max(1, count)).map { "\(name)\($0)" }
  }
}
