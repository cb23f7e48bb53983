package import Values

/// Why no model came out. Each says what to do about it.
package enum EstimationError: Error, Equatable, Sendable {
  case noRows
  case tooFewRows(rows: Int, needed: Int, why: String)
  case noFeatures
  case missingColumn(String)
  case wrongKind(column: String, found: String, wanted: String)
  case lengthMismatch(String, found: Int, wanted: Int)
  case missingTarget(rows: Int)
  /// Texts of the target that training did not see.
  case unknownClasses([String], rows: Int, known: [String])
  /// Nothing that a model could be measured by.
  case noScores(rows: Int)
  /// None of the rows is of a group that has a model.
  case unknownGroups(rows: Int)
  /// Nowhere is known what the prediction is to be added to.
  case missingOffset(rows: Int)
  /// Of several classes.
  case noCut
  /// Of a ranking: rows that belong to no list.
  case missingGroups(rows: Int)
  /// None has an order that could be measured.
  case noLists
  /// A number that is 0 or 1 in every row.
  case zeroOneTarget(String)
  case constantTarget(String)
  /// Of the rows that are left when a fold is held out.
  indirect case withoutFold(EstimationError)
  case oneClass(String)
  case negativeTimes(rows: Int)
  case noEvents(rows: Int)
  case targetOutOfRange(family: String, wanted: String, rows: Int)
  case infiniteValues(String, rows: Int)
  /// Finite, but the squares of the values are not, or are nothing.
  case extremeValues(String)
  case extremeWeights
  case badWeights(rows: Int)
  /// The largest is so many times the smallest that the small ones are lost beside it.
  case unevenWeights
  case constantFeatures([String])
  case emptyFeatures([String])
  /// A feature that alone tells every row's target.
  case givesAway(feature: String)
  /// As many estimates as rows.
  case saturated(rows: Int)
  case collinear(feature: String, with: [String])
  /// Not to the last digit, but closer than estimates can tell apart.
  case almostCollinear(feature: String, with: [String])
  /// No mistake is left (complete separation).
  case separated(feature: String?)
  /// The classes mix, but not where this feature says something (quasi-complete separation).
  case infiniteEstimate(String)
  /// No tree found a split; or none found a second one although it might have.
  case noSplit(isStump: Bool)
  case balancedProbabilities
  case positiveClass(String, other: String, target: String)
  case tooManyLevels(column: String, levels: Int, limit: Int)
  case tooManyFeatures(term: String, limit: Int)
  case notConverged(iterations: Int)
  case unsupportedTask(estimator: String, task: TaskKind, supported: [TaskKind])
  case badArgument(name: String, value: String, wanted: String)
  case needsArgument(String, estimator: String, target: TaskKind)
  case unknownArgument(name: String, known: [String])
  case needsGroups(estimator: String)
  case nothingToExplain(estimator: String)
  /// Trees with so many ways to their leaves that taking scores apart would not end.
  case tooLargeToExplain
  case uninformative(least: Double)
  case unsupportedGroups
  case libraryMissing(name: String, searched: [String])
  case libraryFailed(String)
  case unreadableModel(String)
  /// Trees of LightGBM that would not be scored as it does, and what to train instead.
  case foreignTrees(String, instead: String)
  /// Trees of LightGBM that were grown by a function of their maker's.
  case unnamedLoss
  /// What training said of a model that was kept since; only its words are left.
  case told(String)

  /// What went wrong, in one line.
  package var message: String {
    switch self {
    case .noRows: "there are no rows"
    case .tooFewRows(let rows, let needed, let why):
      "\(count(rows, "row")) cannot be enough: \(why) needs at least \(needed)"
    case .noFeatures: "no feature is left to learn from"
    case .missingColumn(let name): "the rows have no column `\(name)`, which the model reads"
    case .wrongKind(let column, let found, let wanted):
      "`\(column)` holds \(found) here, and the model learned it as \(wanted)"
    case .lengthMismatch(let name, let found, let wanted):
      "\(name) has \(count(found, "value")) for \(count(wanted, "row"))"
    case .missingTarget(let rows): "the target is missing in \(count(rows, "row"))"
    case .unknownClasses(let names, let rows, _):
      "\(list(names)) \(names.count == 1 ? "was no class" : "were no classes") in training "
        + "(\(count(rows, "row")))"
    case .noScores(let rows):
      "the model has no prediction for \(rows == 1 ? "the row" : "any of \(rows) rows")"
    case .unknownGroups(let rows):
      "\(rows == 1 ? "the row is of no group" : "none of \(rows) rows is of a group") that has a model"
    case .noCut: "several classes have no cut: the likeliest one is said"
    case .missingGroups(let rows): "the group is missing in \(count(rows, "row"))"
    case .noLists: "no list has several rows, one of them above 0"
    case .missingOffset(let rows): "the offset is missing in \(count(rows, "row"))"
    case .zeroOneTarget(let target):
      "`\(target)` is 0 or 1 in every row, and was learned as a number"
    case .constantTarget(let value): "the target is \(value) in every row"
    case .withoutFold(let error): "\(error.message) once a fold is held out"
    case .oneClass(let label): "every row is of the class `\(label)`"
    case .negativeTimes(let rows): "the time is negative in \(count(rows, "row"))"
    case .noEvents(let rows): "it happened in none of \(count(rows, "row"))"
    case .targetOutOfRange(let family, let wanted, let rows):
      "a \(family) target is \(wanted); \(count(rows, "row has", "rows have")) another value"
    case .infiniteValues(let name, let rows):
      "\(name) is infinite or not a number in \(count(rows, "row"))"
    case .extremeValues(let name): "\(name) is too large or too small to be computed with"
    case .extremeWeights: "the weights are too large or too small to be computed with"
    case .unevenWeights: "beside the largest weight the smallest counts for nothing"
    case .badWeights(let rows):
      rows == 0
        ? "every weight is 0" : "\(count(rows, "weight is", "weights are")) negative or missing"
    case .constantFeatures(let names):
      "\(list(names)) \(names.count == 1 ? "has" : "have") one value in every row"
    case .emptyFeatures(let names):
      "\(list(names)) \(names.count == 1 ? "is" : "are") missing in every row"
    case .givesAway(let feature): "`\(feature)` alone tells the target of every row"
    case .saturated(let rows):
      "there are as many coefficients as rows (\(rows)): the model repeats what it saw"
    case .collinear(let feature, let others):
      others.isEmpty
        ? "`\(feature)` follows from the other features"
        : "`\(feature)` follows exactly from \(list(others))"
    case .almostCollinear(let feature, let others):
      others.isEmpty
        ? "`\(feature)` hardly moves beside the other features"
        : "`\(feature)` follows almost exactly from \(list(others))"
    case .separated(let feature):
      feature.map { "`\($0)` separates the classes perfectly (complete separation)" }
        ?? "the features separate the classes perfectly (complete separation)"
    case .infiniteEstimate(let feature):
      "`\(feature)` separates a part of the rows perfectly (quasi-complete separation)"
    case .positiveClass(let label, _, _):
      "`\(label)` was taken as the positive class, as the second by name"
    case .noSplit(let isStump):
      isStump
        ? "no tree has more than one split" : "no tree found a split: every row is predicted alike"
    case .balancedProbabilities:
      "`class_weights = \"balanced\"` shifts probabilities: they are those of equally frequent classes"
    case .tooManyLevels(let column, let levels, let limit):
      "`\(column)` has \(levels) different values; a category has at most \(limit) here"
    case .tooManyFeatures(let term, let limit):
      "with `\(term)` the formula has more than \(limit) features: one for each combination of levels"
    case .notConverged(let iterations):
      "the estimates still moved after \(count(iterations, "iteration"))"
    case .unsupportedTask(let estimator, let task, _):
      "`\(estimator)` does not learn \(task.target)"
    case .badArgument(let name, let value, let wanted): "`\(name) = \(value)` is not \(wanted)"
    case .needsArgument(let name, let estimator, let target):
      "`\(estimator)` needs a `\(name)` for \(target.target)"
    case .unknownArgument(let name, _): "there is no argument `\(name)`"
    case .needsGroups(let estimator): "`\(estimator)` needs to know which rows belong together"
    case .nothingToExplain(let estimator):
      "what `\(estimator)` predicts is no sum of what features add"
    case .tooLargeToExplain: "the trees are too large for their scores to be taken apart"
    case .unsupportedGroups: "this looks at one model, and there is one for each group"
    case .uninformative(let least):
      "no feature tells the classes apart: none has an information value of \(least)"
    case .libraryMissing(let name, _): "the library \(name) is not there"
    case .libraryFailed(let words): "the library refused the data: \(words)"
    case .unreadableModel(let why): "this is not a model that can be read: \(why)"
    case .foreignTrees(let why, _): why
    case .unnamedLoss:
      "the file names no objective (a loss of its maker's own): predictions are raw scores"
    case .told(let words): words
    }
  }

  private func list(_ names: [String]) -> String {
    let quoted = names.prefix(5).map { "`\($0)`" }
    if names.count > 5 { return quoted.joined(separator: ", ") + " and \(names.count - 5) more" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }

  private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many ?? one + "s")"
  }
}
