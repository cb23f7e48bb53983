package import Values

/// A trained model with everything that scoring needs.
package struct Model: Sendable {
  package var estimator: String
  /// As given; what was left to the estimator is not in it.
  package var arguments: [String: ArgumentValue]
  package var task: Task
  package var preparation: Preparation
  package var fitted: any FittedModel
  package var calibration: Calibration?
  package var rows: Int
  package var seed: UInt64
  /// What was left out or looks suspicious.
  package var notices: [EstimationError]

  /// Prepares, fits and, if asked, calibrates.
  package static func train(_ request: TrainingRequest) throws(EstimationError) -> Model {
    try request.target.check()
    try request.estimator.check(request.target.task)
    let learned = try Preparation.learn(
      request.formula, from: request.frame, encoding: request.estimator.encoding,
      bases: request.bases, levelLimit: request.estimator.levelLimit, weights: request.weights)
    var training = ModelTraining(request, learned.preparation, learned.notices)
    var model = try training.model()
    if let kind = request.calibration {
      model.calibration = try CrossValidation(request).calibration(kind, request)
      model.notices.removeAll { $0 == .balancedProbabilities }
    }
    return model
  }

  /// A model, and scores of its rows by models that saw none of them.
  package static func trainHeldOut(
    _ request: TrainingRequest
  ) throws(EstimationError) -> (model: Model, scores: [Double]) {
    var plain = request
    plain.calibration = nil
    var model = try train(plain)
    let held = try CrossValidation(plain)
    guard let kind = request.calibration else { return (model, held.scores) }
    model.calibration = try held.calibration(kind, request)
    model.notices.removeAll { $0 == .balancedProbabilities }
    return (model, try held.calibratedScores(kind, request))
  }

  /// Scores, column after column: a number, the probability of the positive class, or one
  /// probability for each class.
  package func scores(
    _ frame: Frame, offset: [Double]? = nil, threads: Int = 2
  ) throws(EstimationError) -> [Double] {
    let design = try preparation.design(frame)
    let scores = try fitted.scores(design, offset: offset, sharing: WorkSharing(threads: threads))
    return calibration.map { $0.apply(scores) } ?? scores
  }

  /// What each feature adds to each row's raw score, before calibration.
  package func contributions(
    _ frame: Frame, threads: Int = 2
  ) throws(EstimationError) -> Contributions? {
    try fitted.contributions(preparation.design(frame), sharing: WorkSharing(threads: threads))
  }

  /// What the estimator says beside the answer, one column after the other.
  package func outputs(_ frame: Frame) throws(EstimationError) -> [[Double]] {
    try fitted.outputs(preparation.design(frame))
  }

  /// The coefficients, those of left-out features without an estimate.
  package var coefficients: [Coefficient] {
    let rows = fitted.coefficients
    guard !rows.isEmpty else { return [] }
    return rows + preparation.aliased.sorted().map { Coefficient(feature: $0) }
  }
}

/// Fits, leaving out features that others determine, until what is left can be told apart.
private struct ModelTraining {
  let request: TrainingRequest
  var preparation: Preparation
  var notices: [EstimationError]

  init(
    _ request: TrainingRequest, _ preparation: Preparation, _ notices: [EstimationError]
  ) {
    self.request = request
    self.preparation = preparation
    self.notices = notices
  }

  mutating func model() throws(EstimationError) -> Model {
    let fitted: any FittedModel
    do {
      fitted = try fit()
    } catch {
      guard case .collinear = error, request.estimator.needsFullRank else { throw error }
      try leaveOutAliased()
      fitted = try fit()
    }
    return Model(
      estimator: request.estimator.name, arguments: request.arguments,
      task: request.target.task, preparation: preparation, fitted: fitted, calibration: nil,
      rows: request.frame.rowCount, seed: request.seed, notices: notices + fitted.notices)
  }

  private func fit() throws(EstimationError) -> any FittedModel {
    let held = Set(request.validation)
    let rows = try trainingRows(request)
    let arguments = try Arguments(request.arguments, for: request.estimator.parameters)
    guard !held.isEmpty else {
      return try request.estimator.fitChecked(
        fitRequest(rows, nil, arguments, request.units))
    }
    let kept = (0..<rows.rowCount).filter { !held.contains($0) }
    return try request.estimator.fitChecked(
      fitRequest(
        rows.rows(kept), rows.rows(request.validation), arguments,
        request.units.map { all in kept.map { all[$0] } }))
  }

  private func fitRequest(
    _ rows: TrainingRows, _ validation: TrainingRows?, _ arguments: Arguments, _ units: [UInt64]?
  ) -> FitRequest {
    FitRequest(
      rows: rows, validation: validation, arguments: arguments, seed: request.seed,
      units: units,
      threads: request.threads, libraries: request.libraries)
  }

  private func trainingRows(_ request: TrainingRequest) throws(EstimationError) -> TrainingRows {
    TrainingRows(
      design: try preparation.design(request.frame), target: request.target,
      weights: request.weights, offset: request.offset, groups: request.groups)
  }

  private mutating func leaveOutAliased() throws(EstimationError) {
    let design = try preparation.design(request.frame)
    let sharing = WorkSharing(threads: request.threads)
    let found = design.triangle(sharing: sharing).aliased(design.width)
    notices += found.map { found in
      let (name, others) = (
        design.features[found.column].name, found.others.map { design.features[$0].name }
      )
      return found.isExact
        ? .collinear(feature: name, with: others) : .almostCollinear(feature: name, with: others)
    }
    preparation = preparation.leavingOut(Set(found.map { design.features[$0.column].name }))
  }
}
