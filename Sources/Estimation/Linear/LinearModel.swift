import Values

/// A model whose score is an inverse link of a sum: linear, logistic, GLM, elastic net.
package struct LinearModel: FittedModel, Equatable {
  package var features: [String]
  package var weights: [Double]
  package var link: Link
  /// How the target spreads, where that was assumed: `poisson`.
  package var family: String?
  /// Of the features in training: what contributions are measured from, and how far a feature
  /// usually goes.
  package var means: [Double]
  package var deviations: [Double]
  package var coefficients: [Coefficient]
  package var summary: [Statistic]
  package var curve: [TrainingPoint] = []
  package var notices: [EstimationError] = []

  package func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double] {
    let raw = try raw(design, offset: offset)
    // Out of the range of numbers nothing is said, as everywhere in the language.
    return raw.map { $0.isFinite ? link.mean($0) : .nan }
  }

  /// The linear predictor of each row.
  package func raw(_ design: Design, offset: [Double]? = nil) throws(EstimationError) -> [Double] {
    guard design.features.map(\.name) == features else {
      throw .unreadableModel("its features are not those of the rows")
    }
    return design.times(weights, plus: offset)
  }

  /// The size of a coefficient times the standard deviation of its feature.
  package var importance: [Importance] {
    zip(features.indices, weights).compactMap { index, weight in
      guard deviations[index] > 0 else { return nil }
      return Importance(
        feature: features[index], measure: "size in standard deviations",
        value: abs(weight) * deviations[index])
    }.sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }
  }

  package var traits: [ModelTrait] {
    (family.map { [ModelTrait("family", $0)] } ?? []) + [ModelTrait("link", link.rawValue)]
  }

  package var scoring: ScoringForm { .linear(coefficients: weights, link: link) }

  /// Exactly weight * (x - mean): the Shapley values of a linear model of independent features
  /// (Lundberg and Lee 2017, corollary 1).
  package func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions? {
    guard design.features.map(\.name) == features else {
      throw .unreadableModel("its features are not those of the rows")
    }
    let named = features.indices.filter { design.features[$0].kind != .intercept }
    var values: [Double] = []
    values.reserveCapacity((named.count + 1) * design.rowCount)
    for index in named {
      values += design.column(index).map { weights[index] * ($0 - means[index]) }
    }
    let start = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
    values += repeatElement(start, count: design.rowCount)
    return Contributions(
      features: named.map { features[$0] }, rowCount: design.rowCount, values: values, outputs: 1)
  }
}

// MARK: Keeping

extension LinearModel {
  package var node: ModelNode {
    .fields([
      "features": .texts(features), "weights": .numbers(weights), "link": .text(link.rawValue),
      "family": family.map(ModelNode.text) ?? .nothing,
      "means": .numbers(means), "deviations": .numbers(deviations),
      "coefficients": .list(coefficients.map(\.node)),
      "summary": .list(summary.map(\.node)),
      "curve": .list(curve.map(\.node)),
    ])
  }

  package init(node: ModelNode) throws(EstimationError) {
    features = try node.field("features").texts()
    weights = try node.field("weights").finiteNumbers()
    guard let link = Link(rawValue: try node.field("link").text()) else {
      throw .unreadableModel("an unknown link")
    }
    self.link = link
    family = try? node.field("family").text()
    means = try node.field("means").finiteNumbers()
    deviations = try node.field("deviations").finiteNumbers()
    coefficients = []
    for item in try node.field("coefficients").items() {
      coefficients.append(try Coefficient(node: item))
    }
    summary = try Statistic.list(node.field("summary"))
    curve = try TrainingPoint.list(node.field("curve"))
    guard weights.count == features.count, means.count == features.count,
      deviations.count == features.count
    else { throw .unreadableModel("its lists differ in length") }
  }

  package func flaw(in features: [Feature], _ task: Task) -> String? {
    guard features.map(\.name) == self.features else { return Self.otherFeatures }
    switch task.kind {
    case .binary where !link.givesProbabilities: return "its link gives no probabilities"
    case .multiclass: return "it has one answer for several classes"
    case .survival: return "it was not fitted to times"
    case .regression, .binary, .ranking: return nil
    }
  }
}

extension Coefficient {
  var node: ModelNode {
    .fields([
      "feature": .text(feature), "estimate": .optional(estimate),
      "standard_error": .optional(standardError), "statistic": .optional(statistic),
      "p": .optional(p), "low": .optional(low), "high": .optional(high),
    ])
  }

  init(node: ModelNode) throws(EstimationError) {
    feature = try node.field("feature").text()
    estimate = try node.field("estimate").optionalNumber()
    standardError = try node.field("standard_error").optionalNumber()
    statistic = try node.field("statistic").optionalNumber()
    p = try node.field("p").optionalNumber()
    low = try node.field("low").optionalNumber()
    high = try node.field("high").optionalNumber()
  }
}

extension Statistic {
  var node: ModelNode { .fields(["name": .text(name), "value": .number(value)]) }

  static func list(_ node: ModelNode) throws(EstimationError) -> [Statistic] {
    var result: [Statistic] = []
    for item in try node.items() {
      result.append(Statistic(try item.field("name").text(), try item.field("value").number()))
    }
    return result
  }
}

extension TrainingPoint {
  var node: ModelNode {
    .fields([
      "step": .whole(step), "rows": .text(rows), "metric": .text(metric), "value": .number(value),
    ])
  }

  static func list(_ node: ModelNode) throws(EstimationError) -> [TrainingPoint] {
    var result: [TrainingPoint] = []
    for item in try node.items() {
      result.append(
        TrainingPoint(
          step: try item.field("step").count(), rows: try item.field("rows").text(),
          metric: try item.field("metric").text(), value: try item.field("value").number()))
    }
    return result
  }
}
