import Diagnostics
import Syntax
import Values

extension Verb {
  static let train = Verb(
    name: "train", summary: "a model that learned a target from the rows",
    form: "train churned ~ log(tenure) + plan using boosted_trees(rounds = 300) seed 7",
    clauses: [.using, .by, .weight, .folds, .on, .calibrate, .tune, .seed, .allow],
    details: """
      Before `~` stands what is to be predicted: a condition or a text to classify, a number to estimate, or
      `survival(months, churned)`: a time, 0 or more, and whether it ended with the event; else it still went on.
      Behind it stand the features: `+` adds one, `-` takes one away, `.` stands for all other columns, `a:b` is a
      product, `a * b` is `a + b + a:b`, `- 1` leaves the intercept out; functions such as `log(fee)` are
      computed. Of a text each value but the first has a feature of its own, and the first one too where nothing
      stands for it: `fee:plan` without `fee` is a slope for every plan. Numbers, texts, conditions and dates can be learned from. Missing values and texts that
      training never saw are handled by the model and travel with it. A text may have 1,000 values, for trees
      100,000; linear models have at most 5,000 features in all, products counted out.

      `by plan` trains a model for each plan; `weight w` counts rows differently, one of weight 0 not at all; `folds 5 on customer_id` measures
      on held-out customers; `calibrate isotonic` mends probabilities, of several classes each against the rest;
      `tune 30 on auc` tries 30 choices of the arguments that have a range or a list; `seed` decides what is drawn.
      Weights count in the metrics, the search, the calibration and early stopping too.

      The same rows give the same model, in whatever order they come and on any number of threads. A column
      labelled `pii`, `key` or `pseudonym` is refused, one labelled `protected` needs `allow protected`.

      Of a text with two values the positive class is the one whose name says so (`yes`, `true`, `churned`), else
      the second by name, with a warning; the card names it. To choose it, train on a condition: `derive is_gold =
      tier == "gold"`. `m.summary` has the figures of the fit, such as aic and deviance, `m.card` all that was
      settled, with the text that made the rows.
      """,
    examples: [
      """
      let spend = orders | where amount != null | train amount ~ region using linear
      spend.coefficients | select feature, estimate
      """
    ]
  ) { check in
    guard let using = check.clause(.using), let name = using.names.first else {
      check.report(.incompleteTrain("an estimator", "how shall it learn?", at: check.span))
      return .failed
    }
    let known = check.checker.catalog.estimators
    guard let estimator = known.first(where: { $0.name == name.text }) else {
      check.report(.unknownEstimator(name, known: known))
      return .failed
    }
    guard let formula = check.stage.formula else {
      check.report(.incompleteTrain("a formula", "what shall it learn?", at: check.span))
      return .failed
    }
    let train = TrainCheck(check: check, estimator: estimator, using: using, formula: formula)
    return train.model().map { .model($0) } ?? .failed
  }
}

extension Diagnostic {
  /// `what` as in "an estimator".
  fileprivate static func incompleteTrain(
    _ what: String, _ question: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badFormula, "`train` needs \(what)", at: span, label: question,
      help: ["`train churned ~ tenure + plan using logistic`"])
  }
}
