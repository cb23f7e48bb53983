package import Compiler
package import Estimation
package import Values

/// A model that was trained: one fitted model for each group of `by`, one in all without it.
package struct TrainedModel: Sendable {
  package var shape: ModelShape
  package var members: [Member]
  package var history: ModelHistory

  package struct Member: Sendable {
    /// The values of the keys of `by`.
    package var keys: [Value]
    package var model: Model
    package var metrics: [MetricRow]
    package var isCrossValidated: Bool
    package var trials: [Tuning.Trial]
    package var best: Int?
    /// The mean size of what each feature adds, for models that have no measure of their own.
    package var importance: [Importance] = []

    package init(
      keys: [Value], model: Model, metrics: [MetricRow], isCrossValidated: Bool,
      trials: [Tuning.Trial] = [], best: Int? = nil
    ) {
      self.keys = keys
      self.model = model
      self.metrics = metrics
      self.isCrossValidated = isCrossValidated
      self.trials = trials
      self.best = best
    }

    /// The rows behind `metrics`. After a search these are the folds that it chose by, and the
    /// best of several looks better than it is (Cawley and Talbot 2010).
    var measuredOn: String {
      guard isCrossValidated else { return "training" }
      return trials.count > 1 ? "folds of the search" : "folds"
    }
  }

  package init(shape: ModelShape, members: [Member], history: ModelHistory) {
    self.shape = shape
    self.members = members
    self.history = history
  }
}

/// How a model came to be, in words that depend on the program and its data alone.
package struct ModelHistory: Hashable, Sendable {
  package var formula: String
  package var settings: [String]
  package var rows: Int
  package var seed: Int64
  /// Protected columns that it learned from.
  package var protected: [String]
  package var notices: [String]
  /// Items of the card.
  package var facts: [ModelFact]

  package init(
    formula: String, settings: [String], rows: Int, seed: Int64, protected: [String],
    notices: [String], facts: [ModelFact] = []
  ) {
    self.formula = formula
    self.settings = settings
    self.rows = rows
    self.seed = seed
    self.protected = protected
    self.notices = notices
    self.facts = facts
  }
}

/// What kept a model from being trained or used.
package struct ModelFailure: Error, Sendable {
  package var reason: EstimationError
  /// The group of `by`, in words.
  package var group: String?

  package init(_ reason: EstimationError, group: String? = nil) {
    self.reason = reason
    self.group = group
  }
}
