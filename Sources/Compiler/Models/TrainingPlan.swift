package import Diagnostics
package import Values

/// A `train` that passed every check: the rows to learn from and how.
package struct TrainingPlan: Sendable {
  package var use: ModelUse
  package var name: String?
  package var shape: ModelShape
  /// Features, then the other columns of `TrainingColumn`, in a total order.
  package var rows: LogicalPlan
  package var arguments: [String: ArgumentValue]
  package var search: [SearchedArgument]
  package var tuning: Tuning?
  /// How many parts the rows are cut into for held-out metrics; nil where none were asked for.
  package var folds: Int?
  /// Whether some rows are kept apart to tell when to stop (`patience`).
  package var stopsEarly: Bool
  package var calibration: CalibrationMethod?
  package var seed: Int64
  /// Columns labelled `protected` that it learns from, as allowed.
  package var protected: [String]
  /// What else the card says of it.
  package var facts: [ModelFact]
  package var span: Span

  package struct Tuning: Hashable, Sendable {
    package var trials: Int
    package var measure: TuningMeasure
  }
}

/// `weight: exposure`, an item of the card.
package struct ModelFact: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An argument that the search chooses.
package struct SearchedArgument: Hashable, Sendable {
  package enum Choices: Hashable, Sendable {
    case list([ArgumentValue])
    case range(low: Double, high: Double, isWhole: Bool)
  }
  package var name: String
  package var choices: Choices
}

/// The columns that stand in for what a model reads, in the rows that it is given.
package enum ModelColumn {
  package static func feature(_ place: Int) -> String { "#feature\(place + 1)" }
  package static func key(_ place: Int) -> String { "#by\(place + 1)" }
  /// The column that a feature is computed from, by its own name: what reasons tell of.
  static func told(_ place: Int, _ column: String) -> String { "#told\(place + 1):\(column)" }
  /// Which feature that is, and how its column is called; nothing for columns of another purpose.
  package static func told(_ name: String) -> (place: Int, column: String)? {
    guard name.hasPrefix("#told"), let end = name.firstIndex(of: ":"),
      let number = Int(name[..<end].dropFirst("#told".count))
    else { return nil }
    return (number - 1, String(name[name.index(after: end)...]))
  }
  package static let target = "#target"
  /// Whether the time of a survival target ended with the event.
  package static let event = "#event"
  package static let weight = "#weight"
  package static let offset = "#offset"
  package static let group = "#group"
  /// Eight hexadecimal digits of a hash.
  package static let fold = "#fold"
  /// What rows are sorted by and nothing learns from.
  package static func sortKey(_ place: Int) -> String { "#key\(place + 1)" }
  /// Whether what a model remembers comes from it.
  static func isLearned(_ name: String) -> Bool {
    name.hasPrefix("#feature") || [target, event, weight, offset].contains(name)
  }
  package static func isSortKey(_ name: String) -> Bool { name.hasPrefix("#key") }
}

/// `save model "churn"`
package struct SavedModel: Sendable {
  package var name: String
  package var use: ModelUse
  package var shape: ModelShape
  /// Features and target of the rows that it was trained on.
  package var training: LogicalPlan
  package var keys: TrainedKeys?
  /// The relation that `train` stood behind, where this program trained it.
  package var source: LogicalPlan?
  package var span: Span
}
