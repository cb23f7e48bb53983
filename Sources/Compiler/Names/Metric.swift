import Diagnostics
import Syntax
import Values

/// `metric aov on orders = sum(amount) / count()`: an aggregate with a name, for the rows of one
/// relation. Like a function it is expanded where it is called.
struct Metric {
  var name: Name
  var measure: Item
  var doc: String?
  var relation: String
  var binding: BindingID
  /// The columns that it reads, those of the metrics within it included.
  var columns: Set<String>
  var type: ValueType
  /// Functions and the metrics above it.
  var scope: Scope
}
