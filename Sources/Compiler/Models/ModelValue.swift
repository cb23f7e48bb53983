import Diagnostics
import Values

/// A model as a value of the program.
struct ModelValue {
  var use: ModelUse
  var shape: ModelShape
  /// What the names in the texts of its inputs mean.
  var scope: Scope
  /// Features and target of the rows it was trained on.
  var training: LogicalPlan
  /// The relation that `train` stood behind, where this program trained it.
  var source: LogicalPlan?
  var name: String?
  var span: Span
  var trainedKeys: TrainedKeys?

  var words: String { name.map { "`\($0)`" } ?? "the model" }
}
