package import Compiler
import Estimation
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

  /// Keys, metric, class, value, low, high, n. Rows without a prediction are left out.
  package func evaluation(_ cut: EvaluationCut) throws(ModelFailure) -> Measured {
    guard rows.rowCount > 0 else { throw ModelFailure(.noRows) }
    let target = try knownTarget(of: rows)
    if case .classes(_, let labels) = target, labels.count > 2, cut != .probability(0.5) {
      throw ModelFailure(.noCut)
    }
    let weights = try knownWeights()
    let (scores, unknown) = try self.scores()
    let isScored = self.isScored(scores, width: target.task.width)
    guard isScored.contains(true) else { throw ModelFailure(missing) }
    var measured = Measured(unknownGroups: unknown)
    measured.unscored = isScored.count { !$0 } - unknown
    let codes = try rows.lists()
    var found: [(keys: [Value], metrics: [MetricRow])] = []
    for group in groups {
      let own = group.rows.filter { isScored[$0] }
      var evaluation = Evaluation()
      evaluation.cut = Self.cut(cut)
      evaluation.quantile = model.quantile
      evaluation.threads = threads
      let metrics = evaluation.of(
        target.rows(own), pick(own, of: scores, width: target.task.width),
        groups: codes.map { all in own.map { all[$0] } },
        weights: weights.map { all in own.map { all[$0] } })
      found.append((group.keys, metrics))
    }
    if case .relevance = target, found.allSatisfy(\.metrics.isEmpty) {
      throw ModelFailure(.noLists)
    }
    // A group without a row that can be measured has the metrics of the others, without values.
    let names = found.max { $0.metrics.count < $1.metrics.count }?.metrics ?? []
    for (keys, metrics) in found {
      let shown = metrics.isEmpty ? names.map(\.empty) : metrics
      measured.rows += shown.map { keys + row($0) }
    }
    return measured
  }

  /// Whether a row has a score for every class, and each a number.
  private func isScored(_ scores: [Double], width: Int) -> [Bool] {
    var result = [Bool](repeating: true, count: rows.rowCount)
    for output in 0..<width {
      for row in result.indices where !scores[output * result.count + row].isFinite {
        result[row] = false
      }
    }
    return result
  }

  /// What the rows are to be measured by; refused where it is missing.
  func knownTarget(of rows: ModelRowsTable) throws(ModelFailure) -> Target {
    let target = try rows.target(model.shape, labels: model.labels)
    if let labels = model.labels {
      let unknown = rows.unknownClasses(labels)
      guard unknown.rows == 0 else {
        throw ModelFailure(.unknownClasses(unknown.names, rows: unknown.rows, known: labels))
      }
    }
    guard target.missing == 0 else { throw ModelFailure(.missingTarget(rows: target.missing)) }
    if case .relevance(let grades) = target, grades.contains(where: { $0 < 0 }) {
      throw ModelFailure(
        .targetOutOfRange(
          family: "ranking", wanted: "a whole number from 0", rows: grades.count { $0 < 0 }))
    }
    return target
  }

  private func knownWeights() throws(ModelFailure) -> [Double]? {
    guard let weights = rows.numbers(ModelColumn.weight) else { return nil }
    let bad = weights.count { !($0 >= 0 && $0.isFinite) }
    guard bad == 0, weights.contains(where: { $0 > 0 }) else {
      throw ModelFailure(.badWeights(rows: bad))
    }
    return weights
  }

  private static func cut(_ cut: EvaluationCut) -> Evaluation.Cut {
    switch cut {
    case .probability(let limit): .probability(limit)
    case .share(let share): .share(share)
    case .rows(let count): .rows(count)
    }
  }

  private func row(_ metric: MetricRow) -> [Value] {
    Self.row(metric, hasClasses: model.shape.answer == .classes)
  }

  static func row(_ metric: MetricRow, hasClasses: Bool) -> [Value] {
    [.text(metric.metric)] + (hasClasses ? [metric.label.map { .text($0) } ?? .null] : [])
      + [
        number(metric.value), number(metric.low), number(metric.high),
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

  /// Why no row has a prediction.
  private var missing: EstimationError {
    let offsets = rows.numbers(ModelColumn.offset) ?? []
    let isOffset = !offsets.isEmpty && offsets.allSatisfy(\.isNaN)
    return isOffset ? .missingOffset(rows: rows.rowCount) : .noScores(rows: rows.rowCount)
  }

  /// Each row by the member of its group, and how many rows have none.
  private func scores() throws(ModelFailure) -> ([Double], unknown: Int) {
    let frame = rows.features(model.shape)
    let offset = rows.numbers(ModelColumn.offset)
    let members = try members()
    guard let first = members.known.first else {
      throw ModelFailure(.unknownGroups(rows: rows.rowCount))
    }
    let width = first.0.model.task.width
    var result = [Double](repeating: .nan, count: rows.rowCount * width)
    for (member, picked) in members.known {
      do throws(EstimationError) {
        guard let picked else {
          return (try member.model.scores(frame, offset: offset, threads: threads), 0)
        }
        let part = try member.model.scores(
          frame.rows(picked), offset: offset.map { all in picked.map { all[$0] } },
          threads: threads)
        for output in 0..<width {
          for (place, row) in picked.enumerated() {
            result[output * rows.rowCount + row] = part[output * picked.count + place]
          }
        }
      } catch {
        throw ModelFailure(error)
      }
    }
    return (result, members.unknown)
  }

  /// The members with their rows, nil for all of them; and how many rows have no member.
  private func members() throws(ModelFailure) -> (
    known: [(TrainedModel.Member, [Int]?)], unknown: Int
  ) {
    guard !model.shape.keys.isEmpty else { return (model.members.prefix(1).map { ($0, nil) }, 0) }
    let places = model.placesOfMembers
    var known: [(TrainedModel.Member, [Int]?)] = []
    var unknown = 0
    for group in rows.members(of: model.shape) {
      if let place = places[group.keys] {
        known.append((model.members[place], group.rows))
      } else {
        unknown += group.rows.count
      }
    }
    return (known, unknown)
  }

  /// Keys, feature, importance, contribution, n; the most important first.
  package func explanation() throws(ModelFailure) -> Measured {
    guard rows.rowCount > 0 else { throw ModelFailure(.noRows) }
    let frame = rows.features(model.shape)
    let groups = self.groups
    var sums: [[String: Sums]] = Array(repeating: [:], count: groups.count)
    var counts = [Int](repeating: 0, count: groups.count)
    var groupOfRow = [Int](repeating: 0, count: rows.rowCount)
    for (place, group) in groups.enumerated() { for row in group.rows { groupOfRow[row] = place } }
    let members = try members()
    guard !members.known.isEmpty else { throw ModelFailure(.unknownGroups(rows: rows.rowCount)) }
    for (member, picked) in members.known {
      let part = try contributions(member, picked.map { frame.rows($0) } ?? frame)
      for row in 0..<part.rowCount { counts[groupOfRow[picked?[row] ?? row]] += 1 }
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
    var measured = Measured(unknownGroups: members.unknown)
    let features = Set(sums.flatMap(\.keys)).sorted()
    for (place, group) in groups.enumerated() {
      measured.rows +=
        counts[place] > 0
        ? Self.rows(group.keys, sums[place], counts[place])
        : features.map { group.keys + [.text($0), .null, .null, .int(0)] }
    }
    return measured
  }

  private struct Sums {
    var size = 0.0
    var signed = 0.0

    mutating func add(_ size: Double, _ signed: Double) {
      self.size += size
      self.signed += signed
    }
  }

  private static func rows(_ keys: [Value], _ sums: [String: Sums], _ rows: Int) -> [[Value]] {
    let count = Double(rows)
    let sorted = sums.sorted { ($1.value.size, $0.key) < ($0.value.size, $1.key) }
    return sorted.map { feature, sum in
      keys + [
        .text(feature), number(sum.size / count), number(sum.signed / count), .int(Int64(rows)),
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

/// What a model is worth on rows, and which rows could not be measured.
package struct Measured: Sendable {
  package var rows: [[Value]] = []
  /// Rows of groups that no member is for.
  package var unknownGroups: Int
  /// Rows that have a member and no prediction all the same.
  package var unscored = 0

  init(unknownGroups: Int = 0) { self.unknownGroups = unknownGroups }

  init(_ rows: [[Value]]) {
    self.init()
    self.rows = rows
  }
}

extension MetricRow {
  /// The same without a value, of no rows.
  fileprivate var empty: MetricRow {
    var row = self
    (row.value, row.low, row.high, row.rows) = (.nan, nil, nil, 0)
    return row
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
