package import Compiler
package import Estimation
package import Values

/// What a model is worth on rows in memory, and what it looks at: the rows of `evaluate` and
/// `explain`.
package struct Measuring {
  let model: TrainedModel
  let rows: ModelRowsTable
  /// How many columns of `by` the rows carry.
  let keys: [Column]
  let threads: Int

  package init(
    _ model: TrainedModel, _ rows: ModelRowsTable, keys: [Column], threads: Int = 1
  ) {
    self.threads = threads
    self.model = model
    self.rows = rows
    self.keys = keys
  }

  private var groups: [RowGroups.Group] {
    RowGroups(
      keys.indices.compactMap { rows.values("#own\($0 + 1)") }, types: keys.map(\.type.base),
      rowCount: rows.rowCount
    ).groups
  }

  /// Keys, metric, value, low, high, n.
  package func evaluation(_ cut: EvaluationCut) throws(ModelFailure) -> [[Value]] {
    guard rows.rowCount > 0 else { throw ModelFailure(.noRows) }
    let target = try knownTarget(of: rows)
    let scores = try self.scores()
    let codes = rows.codes(ModelColumn.group)
    var result: [[Value]] = []
    for group in groups {
      var evaluation = Evaluation()
      evaluation.cut = Self.cut(cut, of: group.rows.count)
      evaluation.quantile = model.quantile
      evaluation.threads = threads
      let metrics = evaluation.of(
        target.rows(group.rows), pick(group.rows, of: scores, width: target.task.width),
        groups: codes.map { all in group.rows.map { all[$0] } })
      for metric in metrics { result.append(group.keys + Self.row(metric)) }
    }
    return result
  }

  /// What the rows are to be measured by; refused where it is missing.
  func knownTarget(of rows: ModelRowsTable) throws(ModelFailure) -> Target {
    let target = try rows.target(model.shape, labels: model.labels)
    guard target.missing == 0 else { throw ModelFailure(.missingTarget(rows: target.missing)) }
    return target
  }

  private static func cut(_ cut: EvaluationCut, of rows: Int) -> Evaluation.Cut {
    switch cut {
    case .probability(let limit): .probability(limit)
    case .share(let share): .share(share)
    case .rows(let count): .share(min(1, Double(count) / Double(max(1, rows))))
    }
  }

  static func row(_ metric: MetricRow) -> [Value] {
    [
      .text(metric.metric), number(metric.value), number(metric.low), number(metric.high),
      .int(Int64(metric.rows)),
    ]
  }

  static func number(_ value: Double?) -> Value {
    value.flatMap { $0.isFinite ? .float($0) : nil } ?? .null
  }

  private func pick(_ picked: [Int], of scores: [Double], width: Int) -> [Double] {
    if picked.count == rows.rowCount { return scores }
    return (0..<width).flatMap { output in picked.map { scores[output * rows.rowCount + $0] } }
  }

  /// Each row by the member of its group.
  func scores() throws(ModelFailure) -> [Double] {
    let frame = rows.features(model.shape)
    let offset = rows.numbers(ModelColumn.offset)
    var result: [Double] = []
    for (member, picked) in try members() {
      do throws(EstimationError) {
        guard let picked else {
          return
            try member.model.scores(frame, offset: offset, threads: threads)
        }
        let part = try member.model.scores(
          frame.rows(picked), offset: offset.map { all in picked.map { all[$0] } },
          threads: threads)
        let width = member.model.task.width
        if result.isEmpty { result = Array(repeating: .nan, count: rows.rowCount * width) }
        for output in 0..<width {
          for (place, row) in picked.enumerated() {
            result[output * rows.rowCount + row] = part[output * picked.count + place]
          }
        }
      } catch {
        throw ModelFailure(error)
      }
    }
    return result
  }

  /// The members with their rows; nil for all of them.
  private func members() throws(ModelFailure) -> [(TrainedModel.Member, [Int]?)] {
    guard !model.shape.keys.isEmpty else { return model.members.prefix(1).map { ($0, nil) } }
    let places = model.placesOfMembers
    var result: [(TrainedModel.Member, [Int]?)] = []
    for group in rows.members(of: model.shape) {
      guard let place = places[group.keys] else {
        throw ModelFailure(
          .unreadableModel("no model was trained for these rows"),
          group: group.words(model.shape.keys.map(\.text)))
      }
      result.append((model.members[place], group.rows))
    }
    return result
  }

  /// Keys, feature, importance, contribution, n; the most important first.
  package func explanation() throws(ModelFailure) -> [[Value]] {
    guard rows.rowCount > 0 else { throw ModelFailure(.noRows) }
    let frame = rows.features(model.shape)
    let groups = self.groups
    var sums: [[String: Sums]] = Array(repeating: [:], count: groups.count)
    var groupOfRow = [Int](repeating: 0, count: rows.rowCount)
    for (place, group) in groups.enumerated() { for row in group.rows { groupOfRow[row] = place } }
    for (member, picked) in try members() {
      let part = try contributions(member, picked.map { frame.rows($0) } ?? frame)
      for (place, feature) in part.features.enumerated() {
        for row in 0..<part.rowCount {
          var size = 0.0
          var signed = 0.0
          for output in 0..<part.outputs {
            let value = part.value(row: row, feature: place, output: output)
            size += abs(value)
            signed += value
          }
          sums[groupOfRow[picked?[row] ?? row]][feature, default: Sums()]
            .add(size / Double(part.outputs), signed / Double(part.outputs))
        }
      }
    }
    return zip(groups, sums).flatMap { group, sums in Self.rows(group, sums) }
  }

  private struct Sums {
    var size = 0.0
    var signed = 0.0

    mutating func add(_ size: Double, _ signed: Double) {
      self.size += size
      self.signed += signed
    }
  }

  private static func rows(_ group: RowGroups.Group, _ sums: [String: Sums]) -> [[Value]] {
    let count = Double(group.rows.count)
    let sorted = sums.sorted { ($1.value.size, $0.key) < ($0.value.size, $1.key) }
    return sorted.map { feature, sum in
      group.keys + [
        .text(feature), number(sum.size / count), number(sum.signed / count),
        .int(Int64(group.rows.count)),
      ]
    }
  }

  private func contributions(
    _ member: TrainedModel.Member, _ frame: Estimation.Frame
  ) throws(ModelFailure) -> Contributions {
    do throws(EstimationError) {
      if let found = try member.model.contributions(frame, threads: threads) {
        return found.byColumn(member.model.preparation.features)
      }
    } catch {
      throw ModelFailure(error)
    }
    throw ModelFailure(.nothingToExplain(estimator: member.model.estimator))
  }
}

extension TrainedModel {
  /// The quantile that it predicts in the place of a mean.
  var quantile: Double? { members.first.flatMap { Self.quantile($0.model.arguments) } }

  static func quantile(_ arguments: [String: ArgumentValue]) -> Double? {
    guard arguments["loss"] == .text("quantile") else { return nil }
    if case .number(let share)? = arguments["quantile"] { return share }
    return 0.5
  }

  /// Which member the values of the keys of `by` belong to.
  var placesOfMembers: [[Value]: Int] {
    Dictionary(members.enumerated().map { ($1.keys, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What its members know of each column that one of them reads.
  var preparedColumns: [PreparedColumn] {
    var known: Set<String> = []
    return members.flatMap(\.model.preparation.columns).filter { known.insert($0.name).inserted }
  }

  /// The classes in the order of the model's scores.
  package var labels: [String]? {
    guard case .classification(let labels)? = members.first?.model.task,
      shape.answer == .classes
    else { return nil }
    return labels
  }
}
