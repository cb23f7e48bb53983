import Diagnostics
import Syntax
import Values

/// What a name bound outside a stage stands for.
indirect enum Binding {
  case relation(LogicalPlan)
  /// A value: a literal where it is known before rows are read.
  case value(TypedExpr)
  case chart(ChartPlan)
  case record(RelationRecord)
  case model(ModelValue)
  /// A column parameter of a function: an expression over the caller's row.
  case column(ColumnArgument)
  /// A `columns` parameter: several of them.
  case columns([ColumnArgument])
  /// Its declaration was wrong and reported; every use is silent.
  case failed
}

/// The caller's expression for a `column` parameter, looked up again in each relation it is
/// used over.
struct ColumnArgument {
  var parameter: String
  var expr: Expr
  var scope: Scope
  /// It was written in the body of a function that is no pipeline.
  var namesAreBindings = false
  /// What a column of the parameter's name is, further down in the body.
  var naming = Naming.never

  enum Naming {
    /// The function has no stages that could name one: it is the caller's, and nothing of ours.
    case never
    /// The argument, which a stage of the body named.
    case byTheBody
    /// The caller's relation has one too: only the plan tells them apart.
    case ambiguous
  }
}

/// A function written in Whom, with the names it can see.
struct UserFunction {
  var declaration: FunctionDeclaration
  var doc: String?
  var scope: Scope
}

/// Names in force at one place. A value: an inner scope is a copy, so nothing leaks out.
struct Scope {
  private(set) var bindings = LayeredMap<Binding>()
  private(set) var functions = LayeredMap<UserFunction>()
  var metrics = LayeredMap<Metric>()
  /// Modules bound by `use m as x`.
  private(set) var modules: [String: [String: UserFunction]] = [:]
  private(set) var moduleMetrics: [String: LayeredMap<Metric>] = [:]
  /// Where the name was bound, for second spans.
  private(set) var places = LayeredMap<Span>()

  mutating func bind(_ name: String, _ binding: Binding, at span: Span?) {
    bindings[name] = binding
    places[name] = span
  }
  mutating func declare(_ function: UserFunction, as name: String) { functions[name] = function }
  mutating func declare(_ metric: Metric) { metrics[metric.name.text] = metric }
  mutating func use(
    _ module: [String: UserFunction], _ metrics: LayeredMap<Metric>, as name: String
  ) {
    modules[name] = module
    moduleMetrics[name] = metrics
  }

  /// What a function's body sees: functions and modules, no bindings of the file (hygiene).
  var functionsOnly: Scope {
    var scope = self
    scope.bindings = LayeredMap()
    scope.metrics = LayeredMap()
    scope.moduleMetrics = [:]
    scope.places = LayeredMap()
    return scope
  }
}

extension Scope {
  /// What a person can have meant: without what the checker binds for itself.
  var boundNames: [String] { bindings.keys.filter { $0.first != "\u{0}" } }
}
