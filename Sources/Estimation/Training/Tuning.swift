package import Values

/// A search for arguments by cross-validation.
package struct Tuning: Sendable {
  package var space: SearchSpace
  package var trials: Int
  package var measure: Measure

  package init(space: SearchSpace, trials: Int, measure: Measure) {
    self.space = space
    self.trials = trials
    self.measure = measure
  }

  package typealias Measure = TuningMeasure

  package struct Trial: Sendable, Equatable {
    package var number: Int
    package var arguments: [String: ArgumentValue]
    /// Over all rows, each scored by a model that never saw it; nothing where training failed.
    package var value: Double?
    package var failure: EstimationError?
  }

  /// Every trial in order. A trial that cannot be trained is kept with its reason; when none can,
  /// the first reason is thrown.
  package func run(_ request: TrainingRequest) throws(EstimationError) -> [Trial] {
    var result: [Trial] = []
    for (number, point) in space.points(trials, seed: request.seed).enumerated() {
      var trial = request
      trial.arguments.merge(point) { $1 }
      do {
        let scores = try CrossValidation(trial).scores
        let value = measure.value(
          request.target, scores, groups: request.groups, weights: request.weights)
        result.append(Trial(number: number + 1, arguments: point, value: value))
      } catch {
        result.append(Trial(number: number + 1, arguments: point, value: nil, failure: error))
      }
    }
    guard result.contains(where: { $0.value != nil }) else {
      throw result.first?.failure
        ?? .badArgument(
          name: "tune", value: measure.rawValue, wanted: "a metric that the held-out rows allow")
    }
    return result
  }

  /// The first of the best.
  package func best(_ trials: [Trial]) -> Trial? {
    let sign: Double = measure.isGreaterBetter ? -1 : 1
    return trials.filter { $0.value != nil }.min {
      (sign * ($0.value ?? 0), $0.number) < (sign * ($1.value ?? 0), $1.number)
    }
  }
}

extension Tuning.Measure {
  /// Nothing where the measure does not fit the target.
  package func value(
    _ target: Target, _ scores: [Double], groups: [Int32]?, weights: [Double]? = nil
  ) -> Double? {
    switch (self, target) {
    case (.rmse, .numbers(let values)): RegressionMetrics(values, scores, weights: weights)?.rmse
    case (.mae, .numbers(let values)): RegressionMetrics(values, scores, weights: weights)?.mae
    case (.r2, .numbers(let values)): RegressionMetrics(values, scores, weights: weights)?.r2
    case (.ndcg, .relevance(let relevance)):
      groups.flatMap {
        RankingMetrics(
          relevance: relevance.map(Double.init), scores: scores, groups: $0, at: 10,
          weights: weights)?.ndcg
      }
    case (.concordance, .survival(let times, let events)):
      Concordance(times: times, events: events, risks: scores)
        .value(weights ?? [Double](repeating: 1, count: times.count))
    case (.auc, .classes), (.averagePrecision, .classes), (.logLoss, .classes),
      (.brier, .classes), (.accuracy, .classes):
      ofClasses(target, scores, weights)
    case (.rmse, _), (.mae, _), (.r2, _), (.ndcg, _), (.concordance, _), (.auc, _),
      (.averagePrecision, _),
      (.logLoss, _), (.brier, _), (.accuracy, _):
      nil
    }
  }

  private func ofClasses(
    _ target: Target, _ scores: [Double], _ weights: [Double]?
  ) -> Double? {
    guard self == .auc || self == .averagePrecision else {
      return Evaluation().values(of: target, scores, weights: weights)
        .first { $0.metric == rawValue && $0.label == nil }?.value
    }
    guard case .classes(let codes, let labels) = target else { return nil }
    guard labels.count > 2 else { return ofRows(codes.map { $0 == 1 }, scores, weights) }
    // Each class against the others, all the same (Provost and Domingos 2001, without weights).
    var sum = 0.0
    for label in labels.indices {
      let own = Array(scores[label * codes.count..<(label + 1) * codes.count])
      guard let value = ofRows(codes.map { $0 == Int32(label) }, own, weights) else { return nil }
      sum += value
    }
    return sum / Double(labels.count)
  }

  private func ofRows(
    _ outcomes: [Bool], _ scores: [Double], _ weights: [Double]?
  ) -> Double? {
    let rows = ScoredRows(outcomes, scores, weights: weights)
    return self == .auc ? rows?.auc : rows?.averagePrecision
  }
}
