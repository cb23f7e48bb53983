/// Trees grown by LightGBM from encoded rows.
struct TreeTraining {
  let request: FitRequest
  let library: LightGBMLibrary
  /// `objective=binary num_leaves=31 ...`
  let parameters: [String]
  let rounds: Int
  /// Rounds without a better metric on the validation rows after which growing stops (Prechelt 1998).
  let patience: Int?
  let isBalanced: Bool

  /// Settings that make the result depend on the rows alone: sums go in a fixed order, and no
  /// random choice is left to the clock.
  private var settings: String {
    let categories = request.rows.design.features.indices.filter {
      if case .category = request.rows.design.features[$0].kind { return true }
      return false
    }
    let fixed = [
      "deterministic=true", "force_col_wise=true", "verbosity=-1",
      "seed=\(request.seed & 0x3FFF_FFFF)", "num_threads=\(request.sharing.threads)",
      "feature_pre_filter=false",
    ]
    let categorical =
      categories.isEmpty
      ? [] : ["categorical_feature=" + categories.map(String.init).joined(separator: ",")]
    return (parameters + fixed + categorical).joined(separator: " ")
  }

  func model() throws(EstimationError) -> TreeModel {
    try check(request.rows)
    if let validation = request.validation { try check(validation) }
    return try library.exclusively { () throws(EstimationError) in try grownModel() }
  }

  private func grownModel() throws(EstimationError) -> TreeModel {
    let settings = settings
    let rows = try dataset(request.rows, settings, bins: nil)
    let booster = try LightGBMBooster(rows, parameters: settings)
    var validation: LightGBMDataset?
    if let given = request.validation {
      let made = try dataset(given, settings, bins: rows)
      try booster.add(validation: made)
      validation = made
    }
    let growth = try withExtendedLifetime((rows, validation)) {
      () throws(EstimationError) in try grow(booster, hasValidation: validation != nil)
    }
    var model = try TreeModel(
      features: request.rows.design.features.map(\.name),
      text: try booster.text(rounds: growth.rounds), summary: [], curve: growth.curve)
    let sizes = model.trees.trees.map(\.leafValues.count)
    model.summary = [
      Statistic("rows", Double(request.rows.rowCount)),
      Statistic("rounds", Double(growth.rounds)), Statistic("trees", Double(sizes.count)),
      Statistic("mean_leaves", Double(sizes.reduce(0, +)) / Double(max(1, sizes.count))),
      Statistic("most_leaves", Double(sizes.max() ?? 0)),
    ]
    model.notices = notices(most: sizes.max() ?? 0)
    return model
  }

  /// What is suspicious about trees whose largest has so many leaves.
  private func notices(most leaves: Int) -> [EstimationError] {
    let wanted = request.arguments
    var found: [EstimationError] = []
    if leaves <= 1 {
      found.append(.noSplit(isStump: false))
    } else if leaves == 2, wanted.whole("leaves") != 2, wanted.whole("depth") != 1 {
      found.append(.noSplit(isStump: true))
    }
    if isBalanced, case .classes = request.rows.target { found.append(.balancedProbabilities) }
    return found
  }

  /// The library keeps target and weights as 32-bit floats, and cuts off what is beyond them.
  private static let sizes = 1e-30...1e30

  private func check(_ rows: TrainingRows) throws(EstimationError) {
    try rows.check()
    if case .numbers(let values) = rows.target {
      let largest = values.reduce(0) { max($0, abs($1)) }
      guard Self.sizes.contains(largest) else { throw .extremeValues("the target") }
    }
    if let most = rows.weights?.max() {
      guard Self.sizes.contains(most) else { throw .extremeWeights }
    }
    let design = rows.design
    for (index, feature) in design.features.enumerated() where feature.kind == .number {
      let infinite = design.column(index).count(where: \.isInfinite)
      guard infinite == 0 else { throw .infiniteValues("`\(feature.name)`", rows: infinite) }
    }
  }

  private func dataset(
    _ rows: TrainingRows, _ settings: String, bins: LightGBMDataset?
  ) throws(EstimationError) -> LightGBMDataset {
    try LightGBMDataset(
      library, rows, label: rows.target.numbers.map { Float($0) }, weights: weights(rows),
      parameters: settings, bins: bins)
  }

  /// The rows' weights; balanced ones count each class as much as any other (King and Zeng 2001).
  private func weights(_ rows: TrainingRows) -> [Float]? {
    guard isBalanced, case .classes(let codes, let labels) = rows.target else {
      return rows.weights.map(Self.usual)
    }
    var sums = [Double](repeating: 0, count: labels.count)
    let plain = rows.weights ?? [Double](repeating: 1, count: rows.rowCount)
    for (code, weight) in zip(codes, plain) { sums[Int(code)] += weight }
    let total = sums.reduce(0, +)
    return Self.usual(
      zip(codes, plain).map { code, weight in
        weight * total / (Double(labels.count) * sums[Int(code)])
      })
  }

  /// The library wants a leaf to weigh 0.001 at least, and adds constants to sums of weights: where
  /// weights are small all over (shares of a whole, say) no tree would find a split. Only their
  /// ratios say something, so they are brought near 1, by a power of two that rounds none of them.
  private static func usual(_ weights: [Double]) -> [Float] {
    let mean = weights.reduce(0, +) / Double(max(1, weights.count))
    let scale = mean < 0.01 && mean > 0 ? 1 / mean.binade : 1
    return weights.map { Float($0 * scale) }
  }

  // MARK: Growing

  private struct Growth {
    var rounds = 0
    var curve: [TrainingPoint] = []
    var best = Double.infinity
    var bestRound = 0
  }

  private func grow(
    _ booster: LightGBMBooster, hasValidation: Bool
  ) throws(EstimationError) -> Growth {
    var growth = Growth()
    // A look at the loss costs a walk over all rows.
    let stride = max(1, rounds / 20)
    for round in 1...rounds {
      let isFinished = try booster.update()
      growth.rounds = round
      if round % stride == 0 || round == rounds || isFinished,
        let value = try booster.metric(0)
      {
        growth.curve.append(point(round, "train", value))
      }
      if hasValidation, let value = try booster.metric(1) {
        growth.curve.append(point(round, "validation", value))
        let better = isGreaterBetter ? -value : value
        if better < growth.best {
          growth.best = better
          growth.bestRound = round
        } else if let patience, round - growth.bestRound >= patience {
          break
        }
      }
      if isFinished { break }
    }
    if patience != nil, growth.bestRound > 0 { growth.rounds = growth.bestRound }
    return growth
  }

  private func point(_ round: Int, _ rows: String, _ value: Double) -> TrainingPoint {
    // The library's gain is 2^relevance - 1, unlike that of `ndcg_at_10`.
    let name = metric == "ndcg" ? "exponential_ndcg_at_10" : metric
    return TrainingPoint(step: round, rows: rows, metric: name, value: value)
  }

  private var metric: String {
    parameters.first { $0.hasPrefix("metric=") }.map { String($0.dropFirst(7)) } ?? "loss"
  }

  private var isGreaterBetter: Bool { metric == "ndcg" }
}
