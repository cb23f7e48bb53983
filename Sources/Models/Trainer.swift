package import Compiler
package import Estimation
import Values

/// Trains what a plan says on rows in memory.
package struct Trainer {
  package var plan: TrainingPlan
  package var threads: Int
  /// Folders with libraries that are loaded when needed.
  package var libraries: [String]
  /// Of Whom, for the card.
  package var version = ""
  package var estimators: [Estimator]

  package init(
    _ plan: TrainingPlan, threads: Int, libraries: [String],
    estimators: [Estimator] = Estimator.all
  ) {
    self.estimators = estimators
    self.plan = plan
    self.threads = threads
    self.libraries = libraries
  }

  /// Takes the rows over, so that they are gone before their scores are measured: measuring needs
  /// as much memory as some of the columns.
  package func train(_ rows: consuming ModelRowsTable) throws(ModelFailure) -> TrainedModel {
    guard let estimator = estimators.first(where: { $0.name == plan.shape.estimator.name })
    else {
      throw ModelFailure(.unreadableModel("there is no estimator of this name"))
    }
    let shape = plan.shape
    var groups = rows.members(of: shape)
    if groups.isEmpty { throw ModelFailure(.noRows) }
    var members: [TrainedModel.Member] = []
    var request = try request(estimator, rows)
    if let weights = request.weights { groups = Self.counting(groups, weights) }
    let facts = (count: rows.rowCount, digits: DataFingerprint(rows).digits)
    rows.frame = Estimation.Frame(rowCount: 0, columns: [])
    for group in groups {
      var part = request
      if group.rows.count == facts.count {
        request.frame = rows.frame
      } else {
        part = request.rows(group.rows)
      }
      do throws(EstimationError) {
        members.append(try member(consume part, group.keys))
      } catch {
        throw ModelFailure(error, group: group.words(shape.keys.map(\.text)))
      }
    }
    let counted = groups.reduce(0) { $0 + $1.rows.count }
    return TrainedModel(
      shape: shape, members: members, history: history(counted, facts.digits, members))
  }

  /// Rows of weight 0 are not there: no bin, tree or draw sees them. Where all are, the reason is
  /// given for all.
  private static func counting(
    _ groups: [RowGroups.Group], _ weights: [Double]
  ) -> [RowGroups.Group] {
    guard weights.contains(0) else { return groups }
    return groups.map { group in
      let rows = group.rows.filter { weights[$0] != 0 }
      return rows.isEmpty ? group : RowGroups.Group(keys: group.keys, rows: rows)
    }
  }

  private func request(
    _ estimator: Estimator, _ rows: ModelRowsTable
  ) throws(ModelFailure) -> TrainingRequest {
    let shape = plan.shape
    var request = TrainingRequest(
      estimator, Formula(shape.terms, hasIntercept: shape.hasIntercept),
      frame: rows.features(shape), target: try rows.target(shape))
    request.arguments = plan.arguments
    request.weights = rows.numbers(ModelColumn.weight)
    request.offset = rows.numbers(ModelColumn.offset)
    request.groups = try rows.lists()
    request.units = rows.units()
    request.foldCount = plan.folds ?? 5
    request.calibration = plan.calibration
    request.seed = UInt64(bitPattern: plan.seed)
    request.threads = threads
    request.libraries = libraries
    return request
  }

  private func member(
    _ given: consuming TrainingRequest, _ keys: [Value]
  ) throws(EstimationError) -> TrainedModel.Member {
    var request = consume given
    if plan.stopsEarly { request = try request.holdingOutTenth() }
    var trials: [Tuning.Trial] = []
    var best: Int?
    if let tuning {
      trials = try tuning.run(request)
      if let found = tuning.best(trials) {
        best = found.number
        request.arguments.merge(found.arguments) { $1 }
      }
    }
    let trained =
      plan.folds == nil ? try Self.trained(request) : try Model.trainHeldOut(request)
    var model = trained.model
    if plan.shape.answer == .classes, case .classification(let labels) = model.task,
      labels.count == 2, !PositiveClass(labels).isPlain
    {
      model.notices.append(
        .positiveClass(labels[1], other: labels[0], target: plan.shape.target.text))
    }
    if let notice = zeroOneTarget(request.target) { model.notices.append(notice) }
    // Who says `baseline` looks at no column.
    if plan.shape.estimator.name != "baseline",
      let column = GivenAway(request.target).column(
        of: request.frame, among: model.preparation.columns.map(\.name))
    {
      model.notices.insert(.givesAway(feature: column), at: 0)
    }
    var importance: [Importance]?
    if model.fitted.importance.isEmpty {
      importance = try model.meanContributions(request.frame, threads: threads)
    }
    request.frame = Estimation.Frame(rowCount: 0, columns: [])
    var evaluation = Evaluation()
    evaluation.seed = request.seed
    evaluation.quantile = TrainedModel.quantile(request.arguments)
    evaluation.threads = threads
    let metrics =
      plan.folds == nil
      ? evaluation.values(
        of: request.target, trained.scores, groups: request.groups, weights: request.weights)
      : evaluation.of(
        request.target, trained.scores, groups: request.groups, weights: request.weights)
    var member = TrainedModel.Member(
      keys: keys, model: model, metrics: metrics, isCrossValidated: plan.folds != nil,
      trials: trials, best: best)
    if let importance { member.importance = importance }
    return member
  }

  /// Where a condition was meant that is kept as a number, and the estimator could learn it as one.
  /// Who says `glm` chose a family, and who says `linear` a line.
  private func zeroOneTarget(_ target: Target) -> EstimationError? {
    let estimator = plan.shape.estimator
    guard case .numbers(let values) = target, estimator.name != "glm",
      estimator.tasks.contains(.binary), values.allSatisfy({ $0 == 0 || $0 == 1 })
    else { return nil }
    return .zeroOneTarget(plan.shape.target.text)
  }

  /// A model and its scores of the rows that it was trained on.
  private static func trained(
    _ request: TrainingRequest
  ) throws(EstimationError) -> (model: Model, scores: [Double]) {
    let model = try Model.train(request)
    return (
      model, try model.scores(request.frame, offset: request.offset, threads: request.threads)
    )
  }

  private var tuning: Tuning? {
    guard let wanted = plan.tuning else { return nil }
    let dimensions = plan.search.map { argument -> SearchSpace.Dimension in
      switch argument.choices {
      case .list(let values): .init(argument.name, .list(values))
      case .range(let low, let high, let isWhole):
        .init(argument.name, .range(low: low, high: high, isWhole: isWhole))
      }
    }
    return Tuning(space: SearchSpace(dimensions), trials: wanted.trials, measure: wanted.measure)
  }

  private func history(
    _ rows: Int, _ fingerprint: String, _ members: [TrainedModel.Member]
  ) -> ModelHistory {
    let shape = plan.shape
    let right =
      shape.terms.map { $0.joined(separator: ":") } + (shape.hasIntercept ? [] : ["0"])
    var settings = plan.arguments.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.words)" }
    if let folds = plan.folds { settings.append("folds \(folds)") }
    if let calibration = plan.calibration { settings.append("calibrate \(calibration.rawValue)") }
    if plan.stopsEarly { settings.append("a tenth of the rows held out for patience") }
    if let tuning = plan.tuning {
      settings.append("tune \(tuning.trials) on \(tuning.measure.rawValue)")
    }
    var notices: [String] = []
    for notice in members.flatMap(\.model.notices).map(\.message) where !notices.contains(notice) {
      notices.append(notice)
    }
    let facts =
      plan.facts + [
        ModelFact("data", "fingerprint \(fingerprint)"),
        ModelFact("made by", "whom \(version)"),
      ]
    return ModelHistory(
      formula: "\(shape.target.text) ~ \(right.isEmpty ? "1" : right.joined(separator: " + "))",
      settings: settings,
      rows: rows, seed: plan.seed, protected: plan.protected, notices: notices,
      facts: facts)
  }
}
