package import Values

/// A way to learn a model from rows. Each has a file of its own in `Estimators/` that gives one
/// such description, and stands in `Estimator.all`; nothing else names it.
package struct Estimator: Sendable {
  package var name: String
  /// One line for help.
  package var summary: String
  package var parameters: [Parameter]
  /// Columns that it needs beside features and target.
  package var roles: [EstimatorRole] = []
  package var tasks: [TaskKind]
  /// Tables and prediction columns of its own; see `FittedModel.table(of:)`.
  package var parts: [ModelPart] = []
  package var outputs: [Column] = []
  /// Whether it cuts its rows into folds itself; see `FitRequest.units`.
  package var usesFolds = false
  package var encoding: Preparation.Encoding
  /// The most values that a text may have to be a category: beyond them an indicator, a bin or a
  /// count for each says nothing of new rows, and costs memory and time. Trees take more.
  package var levelLimit: Int
  /// Whether features that others determine must go before fitting.
  package var needsFullRank: Bool
  package var fit: @Sendable (FitRequest) throws(EstimationError) -> any FittedModel
  package var decode: @Sendable (ModelNode) throws(EstimationError) -> any FittedModel

  package init(
    name: String, summary: String, parameters: [Parameter], roles: [EstimatorRole] = [],
    tasks: [TaskKind], parts: [ModelPart] = [], outputs: [Column] = [],
    usesFolds: Bool = false, encoding: Preparation.Encoding, needsFullRank: Bool,
    levelLimit: Int = 1000,
    fit: @escaping @Sendable (FitRequest) throws(EstimationError) -> any FittedModel,
    decode: @escaping @Sendable (ModelNode) throws(EstimationError) -> any FittedModel
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.roles = roles
    self.tasks = tasks
    self.parts = parts
    self.outputs = outputs
    self.usesFolds = usesFolds
    self.encoding = encoding
    self.needsFullRank = needsFullRank
    self.levelLimit = levelLimit
    self.fit = fit
    self.decode = decode
  }

  package static let all: [Estimator] = [
    baseline, linear, logistic, glm, elasticNet, boostedTrees, randomForest, ranker, scorecard,
    naiveBayes,
  ]

  /// What the language knows of it.
  package var signature: EstimatorSignature {
    EstimatorSignature(
      name: name, summary: summary, parameters: parameters, roles: roles, tasks: tasks,
      parts: parts, outputs: outputs, usesFolds: usesFolds, takesProducts: encoding == .dense)
  }

  package static func named(_ name: String) -> Estimator? { all.first { $0.name == name } }
}

/// What an estimator is asked for.
package struct FitRequest: Sendable {
  package var rows: TrainingRows
  /// Rows to stop early on, if the estimator can.
  package var validation: TrainingRows?
  package var arguments: Arguments
  package var seed: UInt64
  /// What stays together where rows are cut into folds: one number for each.
  package var units: [UInt64]?
  package var sharing: WorkSharing
  /// Folders with libraries that are loaded when needed.
  package var libraries: [String]

  package init(
    rows: TrainingRows, validation: TrainingRows? = nil, arguments: Arguments, seed: UInt64 = 0,
    units: [UInt64]? = nil, threads: Int = 1, libraries: [String] = []
  ) {
    self.libraries = libraries
    self.rows = rows
    self.validation = validation
    self.arguments = arguments
    self.seed = seed
    self.units = units
    sharing = WorkSharing(threads: threads)
  }
}

extension Estimator {
  /// Refuses what this estimator cannot learn from, then fits.
  package func fitChecked(_ request: FitRequest) throws(EstimationError) -> any FittedModel {
    try request.rows.check()
    try check(request.rows.target.task)
    if let validation = request.validation,
      validation.design.features != request.rows.design.features
    {
      throw .missingColumn("(validation)")
    }
    return try fit(request)
  }

  func check(_ task: Task) throws(EstimationError) {
    guard tasks.contains(task.kind) else {
      throw .unsupportedTask(estimator: name, task: task.kind, supported: tasks)
    }
  }
}
