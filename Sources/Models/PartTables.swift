import Compiler
import Estimation
package import Values

extension TrainedModel {
  /// The rows of a part, in the columns that its description names.
  package func rows(of part: String) -> [[Value]] {
    members.flatMap { member in rows(of: part, member).map { member.keys + $0 } }
  }

  private func rows(of part: String, _ member: Member) -> [[Value]] {
    switch part {
    case "importance": importance(member)
    case "coefficients":
      member.model.coefficients.map { row in
        [.text(row.feature)]
          + [row.estimate, row.standardError, row.statistic, row.p, row.low, row.high]
          .map(Measuring.number)
      }
    case "summary":
      member.model.fitted.summary.map { [.text($0.name), Measuring.number($0.value)] }
    case "metrics":
      member.metrics.map {
        Measuring.row($0, hasClasses: shape.answer == .classes) + [.text(member.measuredOn)]
      }
    case "curve":
      member.model.fitted.curve.map { point in
        [
          .int(Int64(point.step)), .text(point.rows), .text(point.metric),
          Measuring.number(point.value),
        ]
      }
    case "trials": trials(member)
    case "card": card(member)
    default: member.model.fitted.table(of: part)
    }
  }

  private func importance(_ member: Member) -> [[Value]] {
    let found =
      member.model.fitted.importance.isEmpty ? member.importance : member.model.fitted.importance
    return found.sorted { ($1.value, $0.feature) < ($0.value, $1.feature) }.map { row in
      [.text(row.feature), Measuring.number(row.value), .text(row.measure)]
    }
  }

  private func trials(_ member: Member) -> [[Value]] {
    member.trials.map { trial in
      let chosen = shape.searched.map { column -> Value in
        switch trial.arguments[column.name] {
        case .number(let number)?:
          column.type.base == .int
            ? Int64(exactly: number).map { .int($0) } ?? .null : Measuring.number(number)
        case .text(let text)?: .text(text)
        case .flag(let flag)?: .text(flag ? "true" : "false")
        case .automatic?, .numbers?, .texts?, nil: .null
        }
      }
      return [.int(Int64(trial.number))] + chosen + [
        Measuring.number(trial.value), .bool(trial.number == member.best),
        trial.failure.map { .text($0.message) } ?? .null,
      ]
    }
  }

  /// What a person wants to know of a model that somebody else trained.
  private func card(_ member: Member) -> [[Value]] {
    var items: [(String, String)] = [
      ("estimator", "\(shape.estimator.name) (\(shape.estimator.summary))"),
      ("formula", history.formula), ("predicts", shape.answer.words(shape.target.text)),
    ]
    if let positive = member.model.positiveClass, shape.answer == .classes {
      items.append(("positive class", positive))
    }
    items += member.model.fitted.traits.map { ($0.name, $0.value) }
    let arguments = arguments(member)
    let settings = history.settings.filter { !arguments.contains($0) }
    if !settings.isEmpty { items.append(("settings", settings.joined(separator: ", "))) }
    if let best = member.best, let trial = member.trials.first(where: { $0.number == best }) {
      let chosen = trial.arguments.sorted { $0.key < $1.key }
        .map { "\($0.key) = \($0.value.words)" }
      items.append(("chosen by search", chosen.joined(separator: ", ")))
    }
    // Of trees from elsewhere nobody knows how they were grown.
    let isOwn = member.model.rows > 0
    if isOwn, !arguments.isEmpty { items.append(("arguments", arguments.joined(separator: ", "))) }
    items += history.facts.map { ($0.name, $0.value) }
    if isOwn {
      items.append(("rows", NumberPrinting.grouped("\(member.model.rows)")))
    }
    items.append(
      ("features", "\(member.model.preparation.features.filter { $0.kind != .intercept }.count)"))
    if case .classification(let labels) = member.model.task, shape.answer == .classes {
      items.append(("classes", labels.joined(separator: ", ")))
    }
    if isOwn { items.append(("seed", "\(history.seed)")) }
    for metric in member.metrics
    where metric.label == nil && CardMetric.names.contains(metric.metric) {
      items.append((metric.metric, CardMetric.words(metric, member)))
    }
    if !history.protected.isEmpty {
      items.append(("learned from protected", history.protected.joined(separator: ", ")))
    }
    for notice in member.model.notices { items.append(("note", notice.message)) }
    return items.map { [.text($0.0), .text($0.1)] }
  }
}

extension TrainedModel {
  /// All that the estimator went by, as given, as searched for or by itself.
  private func arguments(_ member: Member) -> [String] {
    shape.estimator.parameters.compactMap { parameter in
      let value = member.model.arguments[parameter.name] ?? parameter.initial
      let isIdle = parameter.tasks.map { !$0.contains(member.model.task.kind) } ?? false
      if isIdle || value == .automatic || value == .texts([]) { return nil }
      return "\(parameter.name) = \(value.words)"
    }
  }
}

extension Model {
  /// Of two classes that have names of their own.
  fileprivate var positiveClass: String? {
    if case .classification(let labels) = task, labels.count == 2 { return labels[1] }
    return nil
  }
}

extension ModelAnswer {
  fileprivate func words(_ target: String) -> String {
    switch self {
    case .number: "\(target), a number"
    case .probability: "the probability that `\(target)` is true"
    case .classes: "\(target), one of several texts"
    case .rank: "the order of rows by \(target)"
    case .risk: "how soon it happens, by \(target): a higher number is sooner"
    }
  }
}

/// The metrics that a card shows.
private enum CardMetric {
  static let names: Set<String> = [
    "auc", "auc_ovr", "log_loss", "brier", "accuracy", "rmse", "r2", "ndcg_at_10",
    "concordance",
  ]

  static func words(_ metric: MetricRow, _ member: TrainedModel.Member) -> String {
    func number(_ x: Double) -> String { NumberPrinting.general(x, digits: 4) }
    var words = number(metric.value)
    if let low = metric.low, let high = metric.high {
      words += " (\(number(low)) to \(number(high)))"
    }
    guard member.isCrossValidated else { return words + ", on the training rows" }
    return words + ", on held-out folds"
      + (member.trials.count > 1
        ? "; optimistic, as the best of \(member.trials.count) trials" : "")
  }
}
