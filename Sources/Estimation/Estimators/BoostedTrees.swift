import Values

extension Estimator {
  /// Gradient boosting (Friedman 2001) as LightGBM does it (Ke et al. 2017).
  package static let boostedTrees = Estimator(
    name: "boosted_trees", summary: "gradient boosted trees: the strongest on tables",
    parameters: TreeArguments.growing + [
      Parameter("learning_rate", .number(1e-5...1), .number(0.1), "how far each tree goes"),
      Parameter(
        "patience", .whole(1...10_000), .automatic,
        "rounds without progress on validation rows before growing stops"),
      TreeArguments.loss, TreeArguments.quantile, TreeArguments.balance,
    ],
    tasks: [.regression, .binary, .multiclass], encoding: .codes, needsFullRank: false,
    levelLimit: 100_000,
    fit: { request throws(EstimationError) in
      var parameters = try TreeArguments.settings(request)
      if let share = request.arguments.number("row_share"), share < 1 {
        parameters += ["bagging_fraction=\(share)", "bagging_freq=1"]
      }
      if let share = request.arguments.number("feature_share") {
        parameters.append("feature_fraction=\(share)")
      }
      return try TreeTraining(
        request: request, library: try LightGBMLibrary.find(in: request.libraries),
        parameters: parameters, rounds: request.arguments.whole("rounds") ?? 100,
        patience: request.arguments.whole("patience"),
        isBalanced: request.arguments.text("class_weights") == "balanced"
      ).model()
    },
    decode: { node throws(EstimationError) in try TreeModel(node: node) })
}
