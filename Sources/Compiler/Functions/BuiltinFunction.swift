package import SQLTree
package import Values

/// A function of the language in one declaration: what help says, what the checker accepts, and
/// the SQL it becomes. The families are the files beside this one; `BuiltinFunction.all` lists them.
package struct BuiltinFunction: Sendable {
  package var name: String
  package var family: Family
  /// One sentence: what it gives, with units.
  package var summary: String
  /// Runnable: `round(2.5)` or a pipeline on `rows [...]`.
  package var examples: [String]
  /// Tried in order; the first whose parameters accept the arguments is taken.
  package var overloads: [Overload]

  package enum Family: String, CaseIterable, Hashable, Sendable {
    case arithmetic, text, time, conversion, aggregate, window, list, statistics
  }

  package init(
    _ name: String, _ family: Family, _ summary: String, examples: [String] = [],
    overloads: [Overload]
  ) {
    self.name = name
    self.family = family
    self.summary = summary
    self.examples = examples
    self.overloads = overloads
  }
}

/// One way to call a function.
package struct Overload: Sendable {
  package var parameters: [FunctionParameter]
  /// The base type of the result from the types of the arguments given.
  package var result: @Sendable ([ValueType]) -> DataType
  /// In its place where constants decide too: `decimal(x, 4)`.
  package var resultOfConstants: (@Sendable ([ValueType], [Value?]) -> DataType)?
  package var nullability: Nullability
  package var labels: LabelRule
  package var form: Form

  /// Whether the result can be null.
  package enum Nullability: Hashable, Sendable {
    /// Null where an argument is null, and only there.
    case propagates
    case always
    case never
    /// Of an aggregate: null where no value was left to aggregate.
    case ifEmpty
  }

  /// What happens to the labels of the arguments.
  package enum LabelRule: Hashable, Sendable {
    /// pii, pseudonym and protected of all arguments stay; meaning (key, money, percent) is lost.
    case privacy
    /// All labels of the first argument stay (`min`, `first`, `round`), and privacy of the others.
    case first
    /// The result says nothing about one person any more (`count`, `mean`).
    case clears
    /// As `clears`, but money and percent stay: `sum`, `mean`.
    case measure
    /// Nothing but `pseudonym`.
    case pseudonym
  }

  package enum Form: Sendable {
    case scalar(@Sendable (ScalarCall) -> SQLExpr)
    /// Folds a group of rows to one value; also stands over a window.
    case aggregate(@Sendable (AggregateCall) -> SQLExpr)
    /// As `aggregate`, with the group's mean of each numeric argument known beforehand
    /// (`AggregateCall.means`): variance and its kin, in two passes of exact sums.
    case twoPass(@Sendable (AggregateCall) -> SQLExpr)
    /// A window function that takes its order as arguments: `rank(-spend)`.
    case ranking(@Sendable (AggregateCall) -> SQLExpr)
    /// A window function that looks around in the stage's `sort`: `lag(at)`.
    case looking(@Sendable (AggregateCall) -> SQLExpr)
    /// Worked out by Whom itself, in a step between two queries (`HostStep`).
    case host(HostCode)
    /// Known before rows are read; folded by the checker: `today()`.
    case constant(@Sendable (RunConstants) -> Value)
  }

  package init(
    _ parameters: [FunctionParameter], _ form: Form, nullability: Nullability = .propagates,
    labels: LabelRule = .privacy, result: @escaping @Sendable ([ValueType]) -> DataType
  ) {
    self.parameters = parameters
    self.form = form
    self.nullability = nullability
    self.labels = labels
    self.result = result
  }
}

/// A parameter of a built-in function.
package struct FunctionParameter: Sendable {
  package var name: String
  package var pattern: Pattern
  /// `nil` when the argument must be given.
  package var defaultValue: Value?
  /// Takes all remaining arguments (at least one, unless `defaultValue` is `.null`).
  package var isVariadic: Bool
  /// The argument must be known before rows are read (`quantile(x, 0.9)`, a pattern).
  package var isConstant: Bool
  /// Where a constant number must lie: `0...1` of a share.
  package var bounds: ClosedRange<Double>?
  /// The texts that a constant may be; empty where any may.
  package var choices: [String]
  /// Where the file or the run has a say, when the call does not.
  package var setting: Setting?

  package enum Setting: Hashable, Sendable {
    /// The clock that days and hours are those of.
    case zone
    /// The day that weeks begin with.
    case weekStart
  }

  package enum Pattern: Hashable, Sendable {
    case any, bool, int, number, text, date, timestamp, duration, months, list
    /// A list of numbers; of what has an order; of lists.
    case numberList, orderedList, nestedList
    /// An item that the list at this position may hold.
    case itemOf(Int)
    /// A date or a timestamp.
    case moment
    /// A type with an order.
    case ordered
    /// A type that unifies with that of the parameter at this position.
    case same(Int)
    /// A condition: two-valued, a null counts as false.
    case condition
    /// A key of an order; a leading minus means descending, whatever the type.
    case orderKey
    /// What tells rows apart, one value or several in brackets: `[n, "cost"]`. The function gets
    /// it as one text.
    case hashKey
  }

  package init(
    _ name: String, _ pattern: Pattern, default defaultValue: Value? = nil,
    variadic: Bool = false, constant: Bool = false, within bounds: ClosedRange<Double>? = nil,
    choices: [String] = [], setting: Setting? = nil
  ) {
    self.name = name
    self.pattern = pattern
    self.defaultValue = defaultValue
    isVariadic = variadic
    isConstant = constant
    self.bounds = bounds
    self.choices = choices
    self.setting = setting
  }
}

/// What a scalar function's SQL is made from.
package struct ScalarCall: Sendable {
  package var dialect: DialectName
  package var arguments: [SQLExpr]
  package var types: [ValueType]
  /// The values of the arguments that are known before rows are read.
  package var constants: [Value?]
  package init(
    dialect: DialectName, arguments: [SQLExpr], types: [ValueType], constants: [Value?]
  ) {
    self.dialect = dialect
    self.arguments = arguments
    self.types = types
    self.constants = constants
  }
}

/// What an aggregate's or a window function's SQL is made from.
package struct AggregateCall: Sendable {
  package var dialect: DialectName
  package var arguments: [SQLExpr]
  package var types: [ValueType]
  package var constants: [Value?]
  /// The rows that count: `where` behind the call.
  package var filter: SQLExpr?
  /// From order arguments, made total by tie-breakers where the function picks a row.
  package var order: [SQLOrder]
  /// Present when the call stands over a window (`derive ... by`).
  package var window: SQLWindow?
  /// Means of the numeric arguments over the same rows, for `twoPass`.
  package var means: [SQLExpr]
  /// Whether a group may hold no row at all (`summarize` without `by`, or a filter).
  package var mayBeEmpty: Bool
  package init(
    dialect: DialectName, arguments: [SQLExpr], types: [ValueType], constants: [Value?],
    filter: SQLExpr?, order: [SQLOrder], window: SQLWindow?, means: [SQLExpr], mayBeEmpty: Bool
  ) {
    self.dialect = dialect
    self.arguments = arguments
    self.types = types
    self.constants = constants
    self.filter = filter
    self.order = order
    self.window = window
    self.means = means
    self.mayBeEmpty = mayBeEmpty
  }
}

/// The engines whose SQL differs. What differs is said in function declarations and in the
/// dialect's own file, nowhere else.
package enum DialectName: String, CaseIterable, Hashable, Sendable {
  case duckDB, postgreSQL
}

/// What a run fixes before it starts.
package struct RunConstants: Hashable, Sendable {
  /// The as-of instant, microseconds since 1970 in UTC: `now()`; its day is `today()`.
  package var now: Int64
  /// Whose clocks tell days and hours where a call does not say; UTC when nil.
  package var zone: Zone?
  package var weekStart = Weekday.monday
  /// Groups of fewer people do not leave.
  package var leastPeople = 5
  /// The secret of `pseudonym`; never part of a query, a plan that is shown, or a log.
  package var pseudonymKey: String?
  /// A shorter secret could be found by trying, bytes.
  package static let leastKeyLength = 16
  package init(now: Int64) { self.now = now }

}
