import Values

/// The arguments that all estimators of trees share, and what they are called in LightGBM.
enum TreeArguments {
  static let growing: [Parameter] = [
    Parameter("rounds", .whole(1...100_000), .number(100), "how many trees each output gets"),
    Parameter("leaves", .whole(2...4096), .number(31), "of one tree"),
    Parameter("depth", .whole(1...64), .automatic, "of one tree; else only leaves limit it"),
    Parameter("least_rows", .whole(1...1_000_000), .number(20), "in a leaf"),
    Parameter("row_share", .number(0.01...1), .automatic, "of the rows that a tree sees"),
    Parameter("feature_share", .number(0.01...1), .automatic, "of the features that a tree sees"),
    Parameter("l1", .number(0...1e6), .number(0), "penalty on the size of leaves"),
    Parameter("l2", .number(0...1e6), .number(0), "penalty on the square of leaves"),
    Parameter("bins", .whole(2...65_000), .number(255), "that a feature is cut into"),
    Parameter("increasing", .texts, .texts([]), "features that may only raise the prediction"),
    Parameter("decreasing", .texts, .texts([]), "features that may only lower the prediction"),
  ]

  /// A forest's trees are deep, each a poor model of its own: what they have in common is what
  /// counts (Breiman 2001). A split chooses from the square root of the features for classes and
  /// from a third of them for numbers, as Breiman's own program does.
  static let deep: [Parameter] = growing.map { parameter in
    var parameter = parameter
    switch parameter.name {
    case "leaves": parameter.initial = .number(512)
    case "least_rows": parameter.initial = .number(5)
    case "feature_share":
      parameter.summary =
        "of the features that a split chooses from; else their square root for classes, a third for numbers"
    default: break
    }
    return parameter
  }

  static let balance = Parameter(
    "class_weights", .choice(["none", "balanced"]), .text("none"),
    "whether rare classes count as much as frequent ones", tasks: [.binary, .multiclass])

  static let loss = Parameter(
    "loss", .choice(["squares", "absolute", "quantile", "poisson"]), .text("squares"),
    "what a number is fitted by", tasks: [.regression])

  static let quantile = Parameter(
    "quantile", .number(0.001...0.999), .number(0.5),
    "for `loss = \"quantile\"`; models of two quantiles know nothing of each other, and may cross",
    tasks: [.regression], condition: .with("loss", "quantile"))

  static func settings(_ request: FitRequest) throws(EstimationError) -> [String] {
    let arguments = request.arguments
    var result: [String] = []
    for (ours, theirs) in [
      ("leaves", "num_leaves"), ("depth", "max_depth"), ("least_rows", "min_data_in_leaf"),
      ("l1", "lambda_l1"), ("l2", "lambda_l2"), ("bins", "max_bin"),
      ("learning_rate", "learning_rate"),
    ] {
      guard let value = arguments.number(ours) else { continue }
      result.append("\(theirs)=\(ArgumentValue.number(value).words)")
    }
    return result + (try monotone(request)) + (try objective(request))
  }

  private static func objective(_ request: FitRequest) throws(EstimationError) -> [String] {
    switch request.rows.target {
    case .classes(_, let labels) where labels.count == 2:
      return ["objective=binary", "metric=binary_logloss"]
    case .classes(_, let labels):
      return ["objective=multiclass", "num_class=\(labels.count)", "metric=multi_logloss"]
    case .survival:
      throw .unsupportedTask(
        estimator: "boosted_trees", task: .survival, supported: [.regression, .binary])
    case .relevance: return ["objective=lambdarank", "metric=ndcg", "eval_at=10"]
    case .numbers(let values):
      switch request.arguments.text("loss") ?? "squares" {
      case "absolute": return ["objective=regression_l1", "metric=l1"]
      case "quantile":
        let share = request.arguments.number("quantile") ?? 0.5
        return ["objective=quantile", "alpha=\(share)", "metric=quantile"]
      case "poisson":
        try Family.poisson.check(values)
        return ["objective=poisson", "metric=poisson"]
      default: return ["objective=regression", "metric=l2"]
      }
    }
  }

  private static func monotone(_ request: FitRequest) throws(EstimationError) -> [String] {
    let rising = request.arguments.texts("increasing")
    let falling = request.arguments.texts("decreasing")
    guard !(rising.isEmpty && falling.isEmpty) else { return [] }
    let features = request.rows.design.features
    for name in rising + falling {
      guard let feature = features.first(where: { $0.name == name }) else {
        throw .missingColumn(name)
      }
      let argument = rising.contains(name) ? "increasing" : "decreasing"
      if case .category = feature.kind {
        throw .badArgument(
          name: argument, value: "\"\(name)\"",
          wanted: "a number or a condition, which can rise and fall")
      }
      // The month and the weekday of a date move with it, and may turn the prediction round.
      guard features.count(where: { $0.sources == feature.sources }) == 1 else {
        throw .badArgument(
          name: argument, value: "\"\(name)\"",
          wanted: "a number, such as the days since a date: month and weekday move with the date")
      }
      guard !(rising.contains(name) && falling.contains(name)) else {
        throw .badArgument(
          name: "increasing", value: "\"\(name)\"", wanted: "free of what `decreasing` has")
      }
    }
    let signs = features.map {
      rising.contains($0.name) ? "1" : falling.contains($0.name) ? "-1" : "0"
    }
    return ["monotone_constraints=" + signs.joined(separator: ",")]
  }
}
