import Values

/// A model of LightGBM's trees. The text of the model is what is kept; scores come from it
/// without the library.
package struct TreeModel: FittedModel {
  package var features: [String]
  /// LightGBM's own format, readable by its other programs.
  package var text: String
  package var trees: TreeEnsemble
  package var summary: [Statistic]
  package var curve: [TrainingPoint]
  package var notices: [EstimationError] = []
  private let compact: CompactTrees?

  package init(
    features: [String], text: String, summary: [Statistic], curve: [TrainingPoint]
  ) throws(EstimationError) {
    self.features = features
    self.text = text
    self.summary = summary
    self.curve = curve
    trees = try TreeEnsemble(lightGBM: text)
    compact = CompactTrees(trees)
    guard trees.featureCount == features.count else {
      throw .unreadableModel("its trees know \(trees.featureCount) features")
    }
  }

  package func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double] {
    try check(design)
    var raw = trees.raw(design, compact: compact, sharing: sharing)
    if let offset, trees.outputs == 1 {
      for row in raw.indices { raw[row] += offset[row] }
    }
    return trees.response(raw, rowCount: design.rowCount)
  }

  package func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions? {
    try check(design)
    let sizes = trees.trees.map(\.sizeOfPaths)
    guard sizes.reduce(0, { $0 + $1.steps }) < Self.mostSteps,
      sizes.reduce(0, { $0 + $1.work }) < Self.mostWork
    else { throw .tooLargeToExplain }
    return trees.contributions(design, sharing: sharing)
  }

  /// A thousand trees of a thousand leaves each stay below; a file may hold one of any depth.
  private static let mostSteps = 1e8
  private static let mostWork = 1e10

  private func check(_ design: Design) throws(EstimationError) {
    guard design.features.map(\.name) == features else {
      throw .unreadableModel("its features are not those of the rows")
    }
  }

  package var importance: [Importance] {
    let gains = trees.importance(byGain: true)
    return zip(features, gains).map { Importance(feature: $0, measure: "gain", value: $1) }
      .sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }
  }

  package var scoring: ScoringForm { .trees(trees) }

  package var node: ModelNode {
    .fields([
      "features": .texts(features), "lightgbm": .text(text),
      "summary": .list(summary.map(\.node)), "curve": .list(curve.map(\.node)),
    ])
  }

  package func flaw(in features: [Feature], _ task: Task) -> String? {
    guard features.map(\.name) == self.features else { return Self.otherFeatures }
    guard trees.outputs == task.width else { return "its trees know other classes" }
    let fits =
      switch (task.kind, trees.transform) {
      case (.binary, .logistic), (.multiclass, .softmax), (.ranking, .identity),
        (.regression, .identity), (.regression, .exponential):
        true
      case (.binary, _), (.multiclass, _), (.ranking, _), (.regression, _), (.survival, _): false
      }
    return fits ? nil : "its trees were grown for another target"
  }

  package init(node: ModelNode) throws(EstimationError) {
    try self.init(
      features: try node.field("features").texts(), text: try node.field("lightgbm").text(),
      summary: try Statistic.list(node.field("summary")),
      curve: try TrainingPoint.list(node.field("curve")))
  }
}
