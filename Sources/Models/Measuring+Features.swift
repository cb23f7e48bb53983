import Compiler
import Estimation
import Values

// What a model makes of single features, over rows in memory.
extension Measuring {
  /// Beyond these rows the figures do not change in what they show; the rows are taken evenly.
  private static let mostRows = 5000

  /// feature, importance, deviation, loss, n: how much the loss grows when a feature says nothing.
  package func permutation() throws(ModelFailure) -> Measured {
    let (member, part) = try sample()
    let target = try knownTarget(of: part)
    let offset = part.numbers(ModelColumn.offset)
    let groups = part.codes(ModelColumn.group)
    do throws(EstimationError) {
      let found = try PermutationImportance(seed: member.model.seed).of(
        member.model, part.features(model.shape), offset: offset
      ) { scores in Self.loss(target, scores, groups) }
      let rows: [[Value]] = found.map { result in
        [
          .text(result.column), Self.number(result.mean), Self.number(result.deviation),
          .text(Self.lossName(target)), .int(Int64(part.rowCount)),
        ]
      }
      return Measured(rows)
    } catch {
      throw ModelFailure(error)
    }
  }

  /// The feature's value, the mean prediction with it in every row, n.
  package func dependence(on feature: String) throws(ModelFailure) -> Measured {
    let (member, part) = try sample()
    do throws(EstimationError) {
      let found = try PartialDependence(
        member.model, part.features(model.shape), offset: part.numbers(ModelColumn.offset),
        column: feature)
      return Measured(
        found.points.map { point in
          [Self.value(point.value), Self.number(point.scores.first), .int(Int64(part.rowCount))]
        })
    } catch {
      throw ModelFailure(error)
    }
  }

  private static func value(_ value: PartialDependence.Value) -> Value {
    switch value {
    case .number(let number): .float(number)
    case .level(let text): .text(text)
    case .flag(let flag): .bool(flag)
    case .date(let day): .text(ColumnFormat.plain(.date(day)))
    }
  }

  private static func lossName(_ target: Target) -> String {
    switch target {
    case .numbers: "rmse"
    case .classes(_, let labels): labels.count == 2 ? "1 - auc" : "log_loss"
    case .relevance: "1 - ndcg_at_10"
    case .survival: "1 - concordance"
    }
  }

  private static func loss(
    _ target: Target, _ scores: [Double], _ groups: [Int32]?
  ) -> Double {
    switch target {
    case .classes(let codes, let labels) where labels.count == 2:
      let rows = ScoredRows(codes.map { $0 == 1 }, scores)
      return 1 - (rows?.auc ?? 0.5)
    case .classes:
      return Tuning.Measure.logLoss.value(target, scores, groups: nil) ?? .nan
    case .survival(let times, let events):
      return 1 - (Concordance(times: times, events: events, risks: scores).value ?? 0.5)
    case .relevance:
      return 1 - (Tuning.Measure.ndcg.value(target, scores, groups: groups) ?? 0)
    case .numbers:
      return RegressionMetrics(target.numbers, scores)?.rmse ?? .nan
    }
  }

  /// The only member, with some of the rows.
  private func sample() throws(ModelFailure) -> (TrainedModel.Member, ModelRowsTable) {
    guard rows.rowCount > 0 else { throw ModelFailure(.noRows) }
    guard let member = model.members.first, model.members.count == 1 else {
      throw ModelFailure(.unsupportedGroups)
    }
    let step = max(1, (rows.rowCount + Self.mostRows - 1) / Self.mostRows)
    // The lists of a ranking stay whole.
    let lists =
      rows.codes(ModelColumn.group).map { Array(GroupRuns($0)) }
      ?? (0..<rows.rowCount).map { $0..<$0 + 1 }
    let picked = stride(from: 0, to: lists.count, by: step).flatMap { lists[$0] }
    return (member, ModelRowsTable(frame: rows.frame.rows(picked), schema: rows.schema))
  }
}
