import Values

extension Estimator {
  /// Linear and logistic models whose coefficients are kept small.
  package static let elasticNet = Estimator(
    name: "elastic_net", summary: "linear or logistic with a penalty: many or close features",
    parameters: [
      Parameter(
        "mix", .number(0...1), .number(0.5), "1 drops features (lasso), 0 only shrinks (ridge)"),
      Parameter(
        "penalty", .number(0...1e12), .automatic, "its weight; else chosen by cross-validation"),
      Parameter(
        "steps", .whole(2...1000), .number(100), "of the path of penalties",
        condition: .without("penalty")),
      Parameter(
        "folds", .whole(2...100), .number(10), "of the cross-validation",
        condition: .without("penalty")),
      Parameter(
        "choose", .choice(["best", "simplest"]), .text("best"),
        "the penalty of least error, or the largest within one standard error of it",
        condition: .without("penalty")),
    ],
    tasks: [.regression, .binary], usesFolds: true, encoding: .dense, needsFullRank: false,
    fit: { request throws(EstimationError) in try PenalizedFit(request).model() },
    decode: { node throws(EstimationError) in try LinearModel(node: node) })
}
