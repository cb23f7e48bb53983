/// Encoded rows with what is known about each.
package struct TrainingRows: Sendable {
  package var design: Design
  package var target: Target
  /// How much each row counts; nothing for all the same.
  package var weights: [Double]?
  /// Added to the linear predictor with the coefficient 1 (log of exposure, say).
  package var offset: [Double]?
  /// Rows of one number belong together (a query of a ranker); they stand next to each other.
  package var groups: [Int32]?

  package init(
    design: Design, target: Target, weights: [Double]? = nil, offset: [Double]? = nil,
    groups: [Int32]? = nil
  ) {
    self.design = design
    self.target = target
    self.weights = weights
    self.offset = offset
    self.groups = groups
  }

  package var rowCount: Int { design.rowCount }

  package func rows(_ indices: [Int]) -> TrainingRows {
    TrainingRows(
      design: design.rows(indices), target: target.rows(indices),
      weights: weights.map { all in indices.map { all[$0] } },
      offset: offset.map { all in indices.map { all[$0] } },
      groups: groups.map { all in indices.map { all[$0] } })
  }

  func check() throws(EstimationError) {
    try target.check()
    for (name, count) in [
      ("the target", target.count), ("the weights", weights?.count ?? rowCount),
      ("the offset", offset?.count ?? rowCount), ("the groups", groups?.count ?? rowCount),
    ] where count != rowCount {
      throw .lengthMismatch(name, found: count, wanted: rowCount)
    }
    if let weights {
      let bad = weights.count { !($0 >= 0 && $0.isFinite) }
      guard bad == 0, weights.contains(where: { $0 > 0 }) else { throw .badWeights(rows: bad) }
      let most = weights.max() ?? 0
      guard Target.computable.contains(most) else { throw .extremeWeights }
      guard weights.allSatisfy({ $0 == 0 || $0 * 1e15 >= most }) else { throw .unevenWeights }
    }
    if let bad = offset?.count(where: { !$0.isFinite }), bad > 0 {
      throw .missingOffset(rows: bad)
    }
  }
}
