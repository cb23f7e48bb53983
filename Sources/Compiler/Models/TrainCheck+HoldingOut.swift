import Diagnostics
import Syntax
import Values

// Which rows are held out while training: for folds, a search, a calibration, early stopping.
extension TrainCheck {
  struct Folds {
    var count: Int?
    /// The hash of what stays together; nothing where each row is for itself.
    var digest: TypedExpr?
  }

  /// `folds 5 on customer_id`. Rows are held out without the clause too, by the same hash: a
  /// search that met half of a customer's rows before would choose what remembers best.
  func folds(_ settings: Settings) -> Folds? {
    var folds = Folds()
    if let item = check.clause(.folds)?.items.first {
      folds.count = checker.wholeNumber(item.expr, 2...100, "the number of folds", check.scope)
      if folds.count == nil { return nil }
    } else if let on = check.clause(.on) {
      check.report(
        .clauseNotHere("on", verb: "train", allowed: ["folds 5 on key"], at: on.span))
      return nil
    }
    guard folds.count != nil || holdsRowsOut(settings) else { return folds }
    guard let units = units(settings), let seed = check.seed() else { return nil }
    if !units.isEmpty { folds.digest = HashDigest.of(units, seed: seed, check.span) }
    return folds
  }

  private func holdsRowsOut(_ settings: Settings) -> Bool {
    check.clause(.tune) != nil || check.clause(.calibrate) != nil || estimator.usesFolds
      || settings.gives("patience")
  }

  /// What stays together: the columns of `on`, else the lists of a ranker, else the key; nothing
  /// where each row is for itself. Nil after a mistake was reported.
  private func units(_ settings: Settings) -> [TypedExpr]? {
    let list = estimator.roles.filter { $0.kind == .group }
      .compactMap { settings.roles[$0.name] }.first
    if let on = check.clause(.on) {
      let texts = on.items.map { ExprText(scope: check.scope).text($0.expr) }
      if let list, texts != [list.0.text] {
        check.report(.foldsOfLists(list.0.text, at: on.span))
        return nil
      }
      return check.hashKeys()
    }
    if let list { return list.1.type.base.isWrittenAlike ? [list.1] : [] }
    let keys = check.labelledKeys
    if check.clause(.folds) == nil, !keys.allSatisfy(\.type.base.isWrittenAlike) { return [] }
    return keys.isEmpty ? [] : check.hashKeys()
  }

  func tuning(
    _ search: [SearchedArgument], _ answer: ModelAnswer
  ) -> TrainingPlan.Tuning?? {
    guard let clause = check.clause(.tune), let item = clause.items.first,
      let metric = clause.names.first
    else {
      guard let first = search.first else { return .some(nil) }
      check.report(.needsTune(first.name, at: using.span))
      return nil
    }
    guard !search.isEmpty else {
      check.report(.nothingToTune(estimator, at: clause.span))
      return nil
    }
    guard
      let trials = checker.wholeNumber(item.expr, 1...10_000, "the number of trials", check.scope)
    else { return nil }
    let fitting = answer.measures
    guard let measure = TuningMeasure(rawValue: metric.text) else {
      check.report(.badChoice("metric", metric, known: fitting.map(\.rawValue)))
      return nil
    }
    guard fitting.contains(measure) else {
      check.report(.measureMisfit(metric, answer))
      return nil
    }
    return .some(TrainingPlan.Tuning(trials: trials, measure: measure))
  }
}

extension ModelAnswer {
  /// What a search can go by.
  fileprivate var measures: [TuningMeasure] {
    switch self {
    case .number: [.rmse, .mae, .r2]
    case .probability: [.auc, .averagePrecision, .logLoss, .brier, .accuracy]
    case .classes: [.auc, .averagePrecision, .logLoss, .brier, .accuracy]
    case .rank: [.ndcg]
    case .risk: [.concordance]
    }
  }

  fileprivate var target: String {
    switch self {
    case .number: "a number"
    case .probability: "yes or no"
    case .classes: "one of several texts"
    case .rank: "the order in a list"
    case .risk: "how soon it happens"
    }
  }
}

extension Diagnostic {
  fileprivate static func measureMisfit(_ metric: Name, _ answer: ModelAnswer) -> Diagnostic {
    Diagnostic(
      .badFormula, "`\(metric.text)` does not measure how well this target is predicted",
      at: metric.span, label: "the target is \(answer.target)",
      help: [
        "metrics for it: \(answer.measures.map { "`\($0.rawValue)`" }.joined(separator: ", "))"
      ])
  }

  fileprivate static func foldsOfLists(_ list: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .clauseNotHere, "the folds of a ranker are whole lists", at: span,
      label: "its lists are those of `\(list)`",
      help: ["leave `on` out: rows of one `\(list)` stay together"])
  }
}
