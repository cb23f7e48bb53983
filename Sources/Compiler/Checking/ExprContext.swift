import Diagnostics
import Syntax
import Values

/// Where an expression stands: which names it sees and what aggregates mean there.
struct ExprContext {
  var scope: Scope
  var row: Row
  var aggregates: AggregateMode
  /// The aggregate whose argument this is, if any.
  var insideAggregate: String?
  /// In the body of a function that is no pipeline a bare name is a parameter, not a column.
  var namesAreBindings = false
  /// `where` behind the measure: the rows that every aggregate in it counts.
  var filter: TypedExpr?
  /// The columns that earlier items of a `derive` have made, with their places.
  var renewed: [String: Span] = [:]

  /// The columns that a bare name can be.
  enum Row {
    /// Outside any stage: a bare name is a binding.
    case none
    case relation(Schema, name: String?)
    /// The right operand of a join's comparison.
    case joined(Schema, name: String?)
    /// Outside an aggregate of `summarize`: keys and earlier items; the incoming columns are
    /// known only to say what is wrong.
    case group(Schema, incoming: Schema)

    var schema: Schema? {
      switch self {
      case .none: nil
      case .relation(let schema, _), .joined(let schema, _), .group(let schema, _): schema
      }
    }
  }

  enum AggregateMode {
    /// Not allowed; the words say where we are: "a join's condition".
    case refused(place: String)
    /// `derive` or `where` without `by`.
    case needsBy(verb: String)
    /// `summarize`: each call is lifted out into the collector.
    case grouped(GroupCollector)
    /// `derive ... by`
    case windowed(WindowSetting)
  }

  /// Outside any stage: names are bindings.
  static func outside(_ scope: Scope) -> ExprContext {
    ExprContext(scope: scope, row: .none, aggregates: .refused(place: outsidePlace))
  }

  /// Where there are no rows at all.
  static let outsidePlace = "a value"

  /// Over one relation, without aggregates.
  static func over(_ plan: LogicalPlan, _ scope: Scope, place: String) -> ExprContext {
    ExprContext(
      scope: scope, row: .relation(plan.schema, name: plan.facts.name),
      aggregates: .refused(place: place))
  }

  /// For an aggregate's arguments and filter: the rows it folds.
  func insideOf(_ aggregate: String?) -> ExprContext {
    var inner = self
    inner.filter = nil
    inner.insideAggregate = aggregate
    switch aggregates {
    case .grouped(let collector):
      inner.row = .relation(collector.input.schema, name: collector.input.facts.name)
    // A window folds the very rows that it stands on.
    case .windowed, .refused, .needsBy: break
    }
    return inner
  }
}

/// The window that a stage's `by`, `sort` and `rows` describe.
struct WindowSetting {
  /// The rows as they came in: ties are broken by their columns.
  var incoming: LogicalPlan
  var partition: [TypedExpr]
  var sort: [SortKey]
  var frame: Frame?
}

/// Gathers the aggregate calls of a `summarize`; what is computed from them is put on top.
final class GroupCollector {
  let input: LogicalPlan
  let keys: [NamedExpr]
  private(set) var items: [NamedExpr] = []
  /// Where the item of a name is, and under which name an aggregate was lifted: a stage may have
  /// thousands of them.
  private var positions: [String: Int] = [:]
  private var lifted: [TypedExpr.Kind: String] = [:]

  init(input: LogicalPlan, keys: [NamedExpr]) {
    self.input = input
    self.keys = keys
  }

  /// The column that holds the aggregate, from now on; equal aggregates share one.
  func lift(_ aggregate: TypedExpr) -> TypedExpr {
    if let known = lifted[aggregate.kind] {
      return TypedExpr(.column(known), aggregate.type, aggregate.span)
    }
    let name = "#\(items.count + 1)"
    positions[name] = items.count
    lifted[aggregate.kind] = name
    items.append(NamedExpr(name, aggregate))
    return TypedExpr(.column(name), aggregate.type, aggregate.span)
  }

  /// Gives a lifted aggregate its name, when it stands alone as an item.
  func rename(_ hidden: String, to name: String) -> Bool {
    guard hidden.hasPrefix("#"), let at = positions.removeValue(forKey: hidden) else {
      return false
    }
    lifted[items[at].expr.kind] = nil
    items[at].name = name
    return true
  }
}
