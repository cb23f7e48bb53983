import Values

extension Estimator {
  /// A random forest (Breiman 2001) of LightGBM's trees: each sees a part of the rows and
  /// features, and the mean of all is the answer.
  package static let randomForest = Estimator(
    name: "random_forest", summary: "random forest: hard to get wrong, a good second opinion",
    parameters: TreeArguments.deep + [
      TreeArguments.loss, TreeArguments.quantile, TreeArguments.balance,
    ],
    tasks: [.regression, .binary, .multiclass], encoding: .codes, needsFullRank: false,
    levelLimit: 100_000,
    fit: { request throws(EstimationError) in
      let rowShare = min(0.999, request.arguments.number("row_share") ?? 0.632)
      let featureShare = request.arguments.number("feature_share") ?? usualShare(request.rows)
      let least = request.arguments.whole("least_rows") ?? 5
      let parameters =
        try TreeArguments.settings(request) + [
          "boosting=rf", "bagging_freq=1", "bagging_fraction=\(rowShare)",
          "feature_fraction_bynode=\(featureShare)",
          // Rare texts may decide too: the library's own guards are meant for boosting.
          "cat_smooth=1", "cat_l2=1", "min_data_per_group=\(least)",
        ]
      return try TreeTraining(
        request: request, library: try LightGBMLibrary.find(in: request.libraries),
        parameters: parameters, rounds: request.arguments.whole("rounds") ?? 100, patience: nil,
        isBalanced: request.arguments.text("class_weights") == "balanced"
      ).model()
    },
    decode: { node throws(EstimationError) in try TreeModel(node: node) })

  private static func usualShare(_ rows: TrainingRows) -> Double {
    let count = Double(max(1, rows.design.width))
    if case .numbers = rows.target { return max(1, count / 3) / count }
    return count.squareRoot() / count
  }
}
