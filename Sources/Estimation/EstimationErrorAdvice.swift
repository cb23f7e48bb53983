import Values

extension EstimationError {
  /// What to do, in one line.
  package var advice: String {
    switch self {
    case .noRows: "check what the stages before leave over"
    case .tooFewRows(_, _, let why) where why.contains("folds"):
      "use more rows or fewer `folds`"
    case .tooFewRows: "use fewer features or more rows"
    case .noFeatures: "name at least one feature that differs between rows"
    case .missingColumn(let name): "add `\(name)` to the rows, or train without it"
    case .wrongKind(let column, _, _): "convert `\(column)` to what it was in training"
    case .lengthMismatch: "give one value a row"
    case .missingTarget: "drop rows whose target is not known with `where`"
    case .unknownClasses(_, _, let known):
      "leave these rows out with `where`, or train on rows that have them; the model knows "
        + known.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
        + (known.count > 5 ? ", ..." : "")
    case .noScores: "check the columns that it reads"
    case .unknownGroups: "check the columns behind its `by`, or train it on these groups too"
    case .noCut: "leave `at` out, or train on a condition such as `plan == \"pro\"`"
    case .missingGroups: "leave these rows out with `where`: they are in no list"
    case .noLists:
      "an order can be measured in lists of two rows or more; check the group, and the grades"
    case .missingOffset: "fill it in, or leave these rows out with `where`"
    case .zeroOneTarget(let target):
      "to learn its probability, train on a condition: `derive is_\(Self.word(target)) = \(target) == 1`"
    case .constantTarget: "check how the target is computed and which rows are kept"
    case .withoutFold(let error): error.advice
    case .oneClass: "keep rows of both outcomes, over a longer period if needed"
    case .negativeTimes: "check which of two moments comes first, or leave these rows out"
    case .noEvents: "watch more cases, or for longer: nothing is known of when it happens"
    case .targetOutOfRange("ranking", _, _):
      "number the grades: 0 for what should come last, 1, 2 and so on for better ones"
    case .targetOutOfRange: "choose a family that fits the target, or clean the target"
    case .infiniteValues: "look for a division by zero or a logarithm of zero"
    case .extremeValues: "bring it to a usual size before `train`: divide it, or take its `log`"
    case .extremeWeights: "divide them by their mean: only their ratios say something"
    case .unevenWeights: "use weights within a factor of 1e15 of each other, or 0"
    case .badWeights: "weights are 0 or more, and at least one is above 0"
    case .constantFeatures(let names): "remove \(names.count == 1 ? "it" : "them") from the formula"
    case .emptyFeatures(let names):
      "remove \(names.count == 1 ? "it" : "them"), or find out why nothing is there"
    case .givesAway(let feature):
      "check that `\(feature)` is known before the target is, and not made from it; else leave it out"
    case .saturated: "use fewer features or more rows"
    case .collinear(let feature, _): "remove `\(feature)` or one of the others from the formula"
    case .almostCollinear(let feature, _):
      "centre `\(feature)` (take its mean away) before powers and products, or remove it"
    case .infiniteEstimate(let feature):
      "remove `\(feature)`, join its level with another one, or use `elastic_net`"
    case .positiveClass(_, let other, let target):
      "to choose, train on a condition: `derive is_\(Self.word(other)) = \(target) == \"\(other)\"`"
    case .noSplit: "lower `least_rows`, or train on more rows"
    case .balancedProbabilities:
      "`calibrate isotonic` mends probabilities that `class_weights` shifted"
    case .separated(let feature):
      feature.map { "check that `\($0)` is known before the outcome is; else use `elastic_net`" }
        ?? "check for features known only after the outcome; else use `elastic_net`"
    case .tooManyLevels(let column, _, _):
      "join rare values before `train`: `derive n = count() by \(column)`, then `derive \(column) = "
        + "if n < 100 then \"other\" else \(column)`; or use `boosted_trees`, which take 100,000"
    case .tooManyFeatures:
      "leave the product out, or join rare levels of its columns before `train`"
    case .notConverged: "rescale features of very different size, or use `elastic_net`"
    case .unsupportedTask(_, let task, let supported):
      "it learns " + supported.map(\.target).joined(separator: ", ")
        + (task == .multiclass
          ? "; for several classes: `boosted_trees`, `random_forest`, `naive_bayes`" : "")
    case .badArgument(let name, _, let wanted): "give `\(name)` \(wanted)"
    case .needsArgument(let name, let estimator, _):
      "write `using \(estimator)(\(name) = ...)`"
    case .unknownArgument(_, let known):
      known.isEmpty
        ? "this estimator takes none"
        : "it takes " + known.map { "`\($0)`" }.joined(separator: ", ")
    case .needsGroups: "name the column of the group"
    case .nothingToExplain: "`rows | permutation_importance(model)` says what counts for any model"
    case .tooLargeToExplain: "leave `explain` out, or train with fewer `leaves`"
    case .unsupportedGroups: "train one without `by`, or `explain` by the groups"
    case .uninformative: "use other features, or lower `least_iv`"
    case .libraryMissing:
      "run `make setup` in Whom's folder; `whom doctor` says where it was looked for"
    case .libraryFailed: "check the arguments of the estimator"
    case .unreadableModel: "train it again, or fetch the file again"
    case .foreignTrees(_, let instead): instead
    case .unnamedLoss: "bring them to the target's scale with `derive` where they are not on it"
    case .told: "train it again to hear more"
    }
  }

  /// What it means for the model that is there all the same.
  package var consequence: String {
    switch self {
    case .constantFeatures, .emptyFeatures, .collinear, .almostCollinear:
      "the model was trained without it"
    case .infiniteEstimate: "its estimate is infinite, and its errors say nothing"
    case .positiveClass: "auc, precision, recall and lift are about it"
    case .zeroOneTarget: "predictions are no probabilities, and may lie below 0 or above 1"
    case .noSplit: "the model knows less than the rows may say"
    case .unnamedLoss: "they are what LightGBM predicts"
    case .balancedProbabilities: "good for ranking, too high for the rare class"
    case .givesAway: "the model is as good as it looks only where that is known in time"
    case .saturated: "it fits without a mistake, which says nothing of new rows"
    case .negativeTimes, .noEvents, .extremeValues, .extremeWeights, .unevenWeights, .noRows,
      .tooFewRows, .noFeatures, .missingColumn, .wrongKind, .lengthMismatch,
      .missingTarget, .unknownClasses, .noScores, .unknownGroups, .missingOffset, .missingGroups,
      .noLists, .noCut, .withoutFold,
      .constantTarget,
      .oneClass, .targetOutOfRange,
      .infiniteValues, .badWeights,
      .separated, .tooManyLevels, .tooManyFeatures, .notConverged, .unsupportedTask, .badArgument,
      .needsArgument,
      .unknownArgument, .needsGroups, .nothingToExplain, .uninformative, .unsupportedGroups,
      .tooLargeToExplain, .libraryMissing, .libraryFailed, .unreadableModel, .foreignTrees, .told:
      "the model was trained all the same"
    }
  }

  /// A part of a name of a column.
  private static func word(_ label: String) -> String {
    let kept = label.lowercased().unicodeScalars.map { scalar -> Character in
      let isFit = ("a"..."z").contains(Character(scalar)) || ("0"..."9").contains(Character(scalar))
      return isFit ? Character(scalar) : "_"
    }
    return kept.isEmpty ? "it" : String(kept.prefix(20))
  }
}
