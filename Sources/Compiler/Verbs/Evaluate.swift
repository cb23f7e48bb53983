import Diagnostics
import Syntax
import Values

extension Verb {
  static let evaluate = Verb(
    name: "evaluate", summary: "how good a model is on rows whose outcome is known",
    form: "evaluate churn at top 10% by plan", clauses: [.at, .by, .weight, .allow],
    details: """
      Gives a row for each metric, with an interval of 95% where there is one, and the number of rows. For a
      condition: auc, gini, average_precision, ks, log_loss, brier, calibration and, at a cut, accuracy, precision,
      recall, f1 and mcc. `at 30%` counts rows from that probability on as a yes, `at top 10%` the best tenth, `at top
      500` the best 500; without it 50%. Of two texts the card says which is the positive class. What the rows cannot
      say has no row: an area of one class, the slope of calibration where scores part the classes (all but) perfectly.
      For several classes: accuracy, macro_precision, macro_recall, macro_f1, mcc, auc_ovr (the mean of the areas of
      each class against the rest) and auc_ovr_weighted (by their share of rows), log_loss, brier; and, with the name
      in `class`, auc, precision, recall and f1 of each. The macro figures are means over the classes that occur in
      the rows or are predicted; a class that is never predicted has the precision 0 there. For a number: rmse, r2,
      mae, and mape over the rows whose number is not 0 (near 0 it says little: read mae; of numbers on both sides of
      0 it has no interval); for a quantile pinball and coverage too. For a ranking: ndcg, hit rate, map, over lists of
      several rows with one above 0; `n` counts the lists. For `survival`: concordance and the number of events.

      `weight exposure` lets rows count for more or less; `n` still counts them, true_positives and the like add up
      weights. Rows without a prediction are left out, and a warning counts them.

      `by plan` measures each plan for itself. Rows that the model was trained on are refused, since a model
      knows their answers: `allow training` measures them all the same. Parts of one `split` and filters that
      exclude each other are known to be apart; of other rows the columns labelled `key` tell, and without
      these a warning says that nothing does.
      """,
    examples: [
      """
      let spend = orders | where amount != null | train amount ~ region using linear
      orders | where amount != null | evaluate spend allow training | select metric, n
      """
    ]
  ) { check in
    guard let item = check.stage.items.first,
      let model = check.checker.checkModelOperand(item.expr, "evaluate", check.scope),
      let cut = check.cut(of: model), check.isNew(to: model)
    else { return .failed }
    var rows = ModelRows(check, model)
    guard rows.addFeatures(), rows.addTarget(), check.addWeight(&rows),
      let keys = check.ownKeys(&rows)
    else { return .failed }
    let metrics = ModelPart.metricColumns(hasClasses: model.shape.answer == .classes)
    let work = Computation.Work.evaluate(model.use, cut: cut, keys: keys.count)
    return .relation(
      check.computed(
        work, [rows.alone()] + check.trainedRows(of: model), Schema(keys + metrics)))
  }
}

extension ModelAnswer {
  fileprivate var kind: String {
    switch self {
    case .number: "a number"
    case .probability: "a probability"
    case .classes: "a class"
    case .rank: "a rank"
    case .risk: "how soon it happens"
    }
  }
}

extension StageCheck {
  /// `at 30%`, `at top 10%`, `at top 500`; one half without it.
  fileprivate func cut(of model: ModelValue) -> EvaluationCut? {
    guard let clause = clause(.at), let item = clause.items.first else { return .probability(0.5) }
    guard model.shape.answer == .probability || model.shape.answer == .classes else {
      report(
        Diagnostic(
          .clauseNotHere, "only a probability has a cut", at: clause.span,
          label: "\(model.words) predicts \(model.shape.answer.kind)"))
      return nil
    }
    if clause.names.contains(where: { $0.text == "top" }) {
      guard let count = count(item.expr) else { return nil }
      switch count {
      case .rows(0):
        report(.badCount("evaluate", at: item.expr.span, got: "0"))
        return nil
      case .rows(let rows): return .rows(rows)
      case .share(let share): return .share(Double(share) ?? 1)
      }
    }
    let value = checker.check(item.expr, .outside(scope))
    guard !value.isFailed else { return nil }
    switch value.constant {
    case .float(let limit)? where limit >= 0 && limit <= 1: return .probability(limit)
    case .int(0)?: return .probability(0)
    case .int(1)?: return .probability(1)
    case .float?, .int?:
      report(
        Diagnostic(
          .badArgument, "a probability goes from 0 to 1", at: item.expr.span,
          label: "this does not",
          help: ["`at 30%` is the same as `at 0.3`; `at top 500` takes the best 500 rows"]))
      return nil
    default:
      report(.notConstant("a probability from 0 to 1", at: item.expr.span))
      return nil
    }
  }

  /// Whether the rows are none that the model was trained on; reports it if not.
  fileprivate func isNew(to model: ModelValue) -> Bool {
    if let word = clause(.allow)?.names.first {
      if word.text == "training" { return true }
      report(
        Diagnostic(
          .clauseNotHere, "`evaluate` can allow `training`", at: word.span,
          label: "not `\(word.text)`"))
      return false
    }
    guard let source = model.source, input.kinship(to: source) == .same else { return true }
    report(
      Diagnostic(
        .trainedOnTheseRows, "\(model.words) was trained on these rows", at: span,
        label: "it knows their answers", notes: [.init("trained here", at: model.span)],
        help: [
          "keep rows apart for this: `let parts = rows | split 80% on id`, then train on "
            + "`parts.train` and evaluate on `parts.test`",
          "to measure them all the same: `allow training`",
        ]))
    return false
  }

  /// `weight exposure`: how much each row counts.
  fileprivate func addWeight(_ rows: inout ModelRows) -> Bool {
    guard let item = clause(.weight)?.items.first else { return true }
    let features = FeatureCheck(checker: checker, input: input, scope: scope)
    let weight = features.number(features.value(item.expr))
    guard !weight.isFailed else { return false }
    rows.add(ModelColumn.weight, weight)
    return true
  }

  /// The keys of `by`, behind the columns that the model reads.
  func ownKeys(_ rows: inout ModelRows) -> [Column]? {
    guard let by = clause(.by), !by.names.contains(where: { $0.text == "all" }) else { return [] }
    let keys = by.items.flatMap { groupKeys($0) }
    guard !keys.contains(where: \.expr.isFailed) else { return nil }
    for (place, key) in keys.enumerated() { rows.add("#own\(place + 1)", key.expr) }
    return keys.map { Column($0.name, $0.expr.type) }
  }

  /// Rows that Whom works out itself.
  func computed(_ work: Computation.Work, _ inputs: [LogicalPlan], _ schema: Schema) -> LogicalPlan
  {
    LogicalPlan(
      .computed(inputs, Computation(work: work)), schema: schema, facts: Facts(order: .source),
      span: span)
  }
}
