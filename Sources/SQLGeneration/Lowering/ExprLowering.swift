import Compiler
import SQLTree
import Values

/// Writes typed expressions as SQL expressions of one dialect.
///
/// Two ways to write a condition: as a filter, where null counts as false by SQL's own rule and
/// the text stays as a person would write it; and as a value, which must never be null.
struct ExprLowering {
  var dialect: Dialect
  /// The SQL of a column of the incoming relation, and of the joined one in `on`.
  var column: (String) -> SQLExpr
  var rightColumn: (String) -> SQLExpr = { .column($0) }
  var query: (LogicalPlan) -> SQLQuery
  /// Values that earlier statements of the run worked out.
  var values: [BindingID: Value]
  /// All rows make one group, and there may be none.
  var foldsAllRows = false

  func value(_ expr: TypedExpr) -> SQLExpr {
    switch expr.kind {
    case .literal(let value): return literal(value, expr.type)
    case .column(let name): return column(name)
    case .rightColumn(let name): return rightColumn(name)
    case .runValue(let id): return literal(values[id] ?? .null, expr.type)
    case .scalarQuery(let plan): return .subquery(query(plan))
    case .scalar(let function, let arguments): return scalar(function, arguments, expr.type)
    case .aggregate(let call): return aggregate(call, window: nil, expr.type)
    case .window(let window): return self.window(window, expr.type)
    case .negate(let operand): return .prefix(.minus, value(operand))
    case .arithmetic(let sign, let a, let b):
      let plain = arithmetic(sign, a, b, expr.type)
      return FloatRange.mayOverflow(expr) ? .call("finite", [plain]) : plain
    case .not, .and, .or: return truth(expr)
    case .compare(let sign, let a, let b): return comparedValue(sign, a, b)
    case .isIn(let operand, let items, let negated):
      return strict(filterIn(operand, items, negated), operand.type.isNullable && !negated)
    case .isInQuery(let operand, let plan, let negated):
      return strict(
        filterInQuery(operand, plan, negated),
        !negated && (operand.type.isNullable || hasNulls(plan)))
    case .matches(let text, let pattern):
      return strict(matches(text, pattern), text.type.isNullable)
    case .coalesce(let all): return .call("coalesce", all.map(value))
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise)
    case .widen(let inner): return widen(inner, to: expr.type.base)
    case .list(let items): return list(items.map(value), expr.type)
    case .record(let fields): return .record(fields.map { SQLField($0.name, value($0.value)) })
    case .field(let inner, let name): return field(inner, name, expr.type.base)
    case .concatenate(let pieces):
      return .joined(pieces.map(value), by: .concatenate) ?? .text("")
    case .formatted(let inner, let format): return formatted(inner, format)
    case .failed: return .literal(.null)
    }
  }

  /// A value that is a column. A list without items, and without items in any row, says its type:
  /// a server would take it for a text.
  func columnValue(_ expr: TypedExpr) -> SQLExpr {
    let lowered = value(expr)
    guard dialect.lists == .array, case .list(let items) = expr.kind, items.isEmpty,
      case .list(let element) = expr.type.base, element.base == .null
    else { return lowered }
    return .cast(lowered, expr.type.base, isTry: false)
  }

  /// Whole numbers of a program have 64 bits; an array of literals would have 32.
  private func list(_ items: [SQLExpr], _ type: ValueType) -> SQLExpr {
    if dialect.lists == .array, case .list(let element) = type.base,
      case .list = element.base
    {
      return .call("unsupported", [.text("lists of lists")])
    }
    guard dialect.cutsWholeNumbers, case .list(let element) = type.base, element.base == .int else {
      return .list(items)
    }
    return .cast(.list(items), type.base, isTry: false)
  }

  private func hasNulls(_ plan: LogicalPlan) -> Bool {
    plan.schema.columns.first?.type.isNullable ?? true
  }

  private func strict(_ condition: SQLExpr, _ mayBeNull: Bool) -> SQLExpr {
    mayBeNull ? .call("coalesce", [condition, .literal(.bool(false))]) : condition
  }

  /// A literal; a null says its type, so that the result has the column's.
  func literal(_ value: Value, _ type: ValueType) -> SQLExpr {
    switch value {
    case .null:
      return type.base == .null ? .literal(.null) : .cast(.literal(.null), type.base, isTry: false)
    case .list(let items):
      guard case .list(let element) = type.base else { return .literal(value) }
      return list(items.map { literal($0, element) }, type)
    case .int, .float, .decimal, .bool, .text, .date, .timestamp, .duration, .months, .period,
      .record:
      return .literal(value)
    }
  }

  private func conditional(_ branches: [TypedBranch], _ otherwise: TypedExpr) -> SQLExpr {
    let last = otherwise.constant == .null ? nil : value(otherwise)
    return .conditional(
      branches.map { SQLBranch(when: filter($0.condition), then: value($0.value)) },
      otherwise: last)
  }

  private func widen(_ inner: TypedExpr, to base: DataType) -> SQLExpr {
    .cast(value(inner), base, isTry: false)
  }

  // MARK: Functions

  private func scalar(
    _ reference: FunctionReference, _ arguments: [TypedExpr], _ type: ValueType
  ) -> SQLExpr {
    if let short = DurationShortcut.lower(reference, arguments, self) { return short }
    guard case .scalar(let make)? = overload(reference)?.form else { return .literal(.null) }
    return make(
      ScalarCall(
        dialect: dialect.name, arguments: arguments.map(value), types: arguments.map(\.type),
        constants: arguments.map(\.constant)))
  }

  private func overload(_ reference: FunctionReference) -> Overload? {
    guard let function = BuiltinFunction.named(reference.name),
      function.overloads.indices.contains(reference.overload)
    else { return nil }
    return function.overloads[reference.overload]
  }

  private func aggregate(
    _ call: AggregateExpr, window: SQLWindow?, _ type: ValueType
  ) -> SQLExpr {
    guard let form = overload(call.function)?.form else { return .literal(.null) }
    var arguments = call.arguments
    var means: [SQLExpr] = []
    if case .twoPass = form, window?.frame == nil {
      let half = arguments.count / 2
      means = arguments.suffix(half).map(value)
      arguments.removeLast(half)
    }
    let built = AggregateCall(
      dialect: dialect.name, arguments: arguments.map(aggregateArgument),
      types: arguments.map(\.type), constants: arguments.map(\.constant),
      filter: call.filter.map { filter($0) }, order: order(call.order), window: window,
      means: means,
      mayBeEmpty: call.filter != nil || type.isNullable || window == nil && foldsAllRows)
    switch form {
    case .aggregate(let make), .twoPass(let make), .ranking(let make), .looking(let make):
      return make(built)
    case .scalar, .host, .constant: return .literal(.null)
    }
  }

  /// Conditions inside an aggregate (`share(p)`, `any(p)`) are filters: null counts as false.
  private func aggregateArgument(_ expr: TypedExpr) -> SQLExpr {
    expr.type.base == .bool ? filterAsValue(expr) : value(expr)
  }

  private func filterAsValue(_ expr: TypedExpr) -> SQLExpr {
    if case .column = expr.kind { return value(expr) }
    return value(expr)
  }

  private func window(_ expr: WindowExpr, _ type: ValueType) -> SQLExpr {
    let frame = expr.frame.map { SQLFrame(start: $0.start, end: $0.end) }
    let window = SQLWindow(
      partition: expr.partition.map(value), order: order(expr.sort), frame: frame)
    return aggregate(expr.call, window: window, type)
  }

  /// A key that is the same in every row orders nothing, and engines read a number as a position.
  func order(_ keys: [SortKey]) -> [SQLOrder] {
    keys.compactMap { key in
      let expr = ordered(key.expr)
      if Self.isConstant(expr) { return nil }
      return SQLOrder(
        expr, descending: key.isDescending, nullable: key.expr.type.isNullable)
    }
  }

  /// A value whose order matters: texts go by code point (L48) on every engine.
  func ordered(_ expr: TypedExpr) -> SQLExpr {
    dialect.ordersTextByLocale && expr.type.base == .text
      ? .postfix(value(expr), .byCodePoint) : value(expr)
  }

  /// Where a record is a document, what is in it has lost its type.
  private func field(_ inner: TypedExpr, _ name: String, _ base: DataType) -> SQLExpr {
    guard dialect.records == .json else { return .field(value(inner), name) }
    switch base {
    case .null: return .cast(.literal(.null), .null, isTry: false)
    case .record, .list, .json, .period:
      // What is missing in a document is a value of its own.
      return .call(
        "nullif", [.field(value(inner), name), .cast(.text("null"), .json, isTry: false)])
    case .text: return .call("jsonb_extract_path_text", [value(inner), .text(name)])
    case .bool, .int, .float, .decimal, .date, .timestamp, .duration, .months:
      return .cast(
        .call("jsonb_extract_path_text", [value(inner), .text(name)]), base, isTry: false)
    }
  }

  private static func isConstant(_ expr: SQLExpr) -> Bool {
    switch expr {
    case .literal, .exact: true
    case .cast(let inner, _, _), .prefix(_, let inner), .postfix(let inner, _):
      isConstant(inner)
    default: false
    }
  }

  // MARK: Text

  func matches(_ text: TypedExpr, _ pattern: String) -> SQLExpr {
    .call("regexp_matches", [value(text), .text(pattern)])
  }
}
