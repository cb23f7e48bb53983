package import Values

/// What came out of training, whatever the estimator.
package protocol FittedModel: Sendable {
  /// Numbers for each row, column after column: the mean or the probability of the positive
  /// class; with more than two classes one probability for each.
  func scores(
    _ design: Design, offset: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) -> [Double]

  /// What each feature adds to each row's raw score, column after column, and last what all
  /// rows start from; nothing where the model does not add up.
  func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions?

  var coefficients: [Coefficient] { get }
  var importance: [Importance] { get }
  var curve: [TrainingPoint] { get }
  var summary: [Statistic] { get }
  var notices: [EstimationError] { get }
  /// What it is, in words for the card.
  var traits: [ModelTrait] { get }
  /// How the model can be computed elsewhere.
  var scoring: ScoringForm { get }
  /// As a document, to be kept.
  var node: ModelNode { get }
  /// What the estimator's `outputs` name, one column after the other.
  func outputs(_ design: Design) throws(EstimationError) -> [[Double]]
  /// The same as lines over the raw score; nothing where they are no lines.
  var rawOutputs: [LineOfRaw] { get }
  /// The rows of one of the estimator's own `parts`.
  func table(of part: String) -> [[Value]]
  /// Why it cannot be a model of these features and this task: what is read from a file may be
  /// whole in itself and still not fit what stands around it.
  func flaw(in features: [Feature], _ task: Task) -> String?
}

extension FittedModel {
  package func contributions(
    _ design: Design, sharing: WorkSharing
  ) throws(EstimationError) -> Contributions? { nil }

  /// On one thread.
  package func scores(_ design: Design, offset: [Double]?) throws(EstimationError) -> [Double] {
    try scores(design, offset: offset, sharing: WorkSharing(threads: 1))
  }

  package func contributions(_ design: Design) throws(EstimationError) -> Contributions? {
    try contributions(design, sharing: WorkSharing(threads: 1))
  }

  package var coefficients: [Coefficient] { [] }
  package var importance: [Importance] { [] }
  package var curve: [TrainingPoint] { [] }
  package var notices: [EstimationError] { [] }
  package var traits: [ModelTrait] { [] }
  package var scoring: ScoringForm { .library }
  package func outputs(_ design: Design) throws(EstimationError) -> [[Double]] { [] }
  package var rawOutputs: [LineOfRaw] { [] }
  package func table(of part: String) -> [[Value]] { [] }

  static var otherFeatures: String { "its features are not those that its columns give" }
}

/// A row of the table of coefficients. What cannot be said is nothing: the error of an aliased
/// feature, all but the estimate of a penalised one.
package struct Coefficient: Sendable, Equatable {
  package var feature: String
  package var estimate: Double?
  package var standardError: Double?
  /// z or t.
  package var statistic: Double?
  package var p: Double?
  package var low: Double?
  package var high: Double?

  package init(
    feature: String, estimate: Double? = nil, standardError: Double? = nil,
    statistic: Double? = nil, p: Double? = nil, low: Double? = nil, high: Double? = nil
  ) {
    self.feature = feature
    self.estimate = estimate
    self.standardError = standardError
    self.statistic = statistic
    self.p = p
    self.low = low
    self.high = high
  }
}

/// How much a feature counts, by the measure that the model's summary names.
package struct Importance: Sendable, Equatable {
  package var feature: String
  package var measure: String
  package var value: Double

  package init(feature: String, measure: String, value: Double) {
    self.feature = feature
    self.measure = measure
    self.value = value
  }
}

/// A step of training.
package struct TrainingPoint: Sendable, Equatable {
  package var step: Int
  /// `train` or `validation`.
  package var rows: String
  package var metric: String
  package var value: Double
}

/// A named number about a fit: `aic`, `deviance`, `iterations`.
package struct Statistic: Sendable, Equatable {
  package var name: String
  package var value: Double

  package init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// `link: log`
package struct ModelTrait: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Raw scores taken apart: the values of a row add up to its raw score.
package struct Contributions: Sendable {
  package var features: [String]
  package var rowCount: Int
  /// For each output, for each feature and last the start: one value a row.
  package var values: [Double]
  package var outputs: Int

  package func value(row: Int, feature: Int, output: Int = 0) -> Double {
    values[(output * (features.count + 1) + feature) * rowCount + row]
  }

  package func start(row: Int, output: Int = 0) -> Double {
    value(row: row, feature: features.count, output: output)
  }
}

/// start - factor * raw score
package struct LineOfRaw: Sendable, Equatable {
  package var start: Double
  package var factor: Double
}

/// How a model can be computed without its library, in SQL for one. What its features are made of
/// stands in `Preparation.products`, what follows the link in `Model.calibration`.
///
/// Raw scores are equal in bits where every sum goes as here: from left to right, each product
/// and each sum rounded to 64 bits by itself.
package enum ScoringForm: Sendable {
  /// ((offset or 0) + c1 * x1) + c2 * x2 ... in the design's order, the intercept being a feature
  /// that is 1; then the inverse link.
  case linear(coefficients: [Double], link: Link)
  /// For each output (0 + tree 1) + tree 2 ... of its trees (output, output + outputs, ...); of a
  /// forest the sum divided by the rounds; then the offset is added, and the transform follows.
  case trees(TreeEnsemble)
  /// (start + points of feature 1) + points of feature 2 ..., then the offset is added and the
  /// inverse link follows. A number is in the first bin whose high end is above it, else in the last;
  /// what is missing or in no bin counts `otherPoints` unless a bin is for missing values.
  case bins(start: Double, features: [BinnedFeature], link: Link)
  /// Logarithms of likelihoods, added up for each class.
  case likelihoods(NaiveBayesModel)
  /// The same for every row, one for each output.
  case constants([Double])
  /// Only by the library that trained it.
  case library
}
