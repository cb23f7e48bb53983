import Diagnostics
import Syntax
import Values

/// `metric aov on orders = sum(amount) / count()`: an aggregate with a name, for the rows of one
/// relation. Like a function it is expanded where it is called.
struct Metric {
  /// Where one of a module gets its relation: the `use`.
  var use: Span?
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

/// A metric as a module declares it, before a program gives it the rows of its relation.
struct MetricDeclaration {
  var name: Name
  var relation: Name
  var measure: Item
  var doc: String?
  /// The functions of its module above it.
  var scope: Scope
}

/// What `use` takes in: the names of a module that do not begin with `_`.
struct ModuleContents {
  var functions: [String: UserFunction] = [:]
  /// In the order of their declaration: each may use those above it.
  var metrics: [MetricDeclaration] = []
}
