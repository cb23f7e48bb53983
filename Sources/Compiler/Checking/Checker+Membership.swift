import Diagnostics
import Syntax
import Values

extension Checker {
  /// `x in [..]`, `x in 1..12`, `x in @2025-Q1`, `x in relation`: never null.
  func checkMembership(
    _ left: Expr, _ right: Expr, negated: Bool, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    let value = check(left, context)
    if case .range(let low, let high) = right.kind {
      let within = between(value, check(low, context), check(high, context), span)
      return negated ? complement(within, span) : within
    }
    if let relation = relationOperand(right, context) {
      return checkInRelation(value, relation, negated, right.span, span)
    }
    let set = check(right, context)
    if value.isFailed || set.isFailed { return .failed(span) }
    switch set.type.base {
    case .period: return inPeriod(value, set, negated, span)
    case .list: return inList(value, set, negated, span)
    case .date where set.constant != nil && [.date, .timestamp].contains(value.type.base):
      return inPeriod(value, set, negated, span)
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .record,
      .json, .null:
      report(
        .mismatch(
          "`in` wants a list, a range, a period or a relation", at: set.span,
          label: "this is \(set.type)",
          help: [
            right.rangeWithDash.map { "a range is written `\($0)`" }
              ?? (value.type.base == .text && set.type.base == .text
                ? "for one value write `==`; `contains(x, \"...\")` looks inside of a text"
                : "a list is written `[1, 2]`, a range `1..12`; for one value write `==`")
          ]))
      return .failed(span)
    }
  }

  func complement(_ condition: TypedExpr, _ span: Span) -> TypedExpr {
    if condition.isFailed { return condition }
    if case .literal(.bool(let value)) = condition.kind { return Self.bool(!value, span) }
    return TypedExpr(.not(condition), ValueType(.bool, labels: condition.type.labels), span)
  }

  private func between(
    _ value: TypedExpr, _ low: TypedExpr, _ high: TypedExpr, _ span: Span
  ) -> TypedExpr {
    let above = compare(value, .greaterOrEqual, low, span)
    if above.isFailed { return above }
    let below = compare(value, .lessOrEqual, high, span)
    if above.isFailed || below.isFailed { return .failed(span) }
    return Self.connect([above, below], isAnd: true, span)
  }

  private func inPeriod(
    _ value: TypedExpr, _ period: TypedExpr, _ negated: Bool, _ span: Span
  ) -> TypedExpr {
    guard value.type.base == .date || value.type.base == .timestamp || value.type.base == .null
    else {
      report(
        .mismatch(
          "only dates and timestamps lie in a period", at: value.span,
          label: "this is \(value.type)"))
      return .failed(span)
    }
    let start: Int32
    let end: Int32
    switch period.constant {
    case .period(let first, let next)?: (start, end) = (first, next)
    // A date is the period of its day.
    case .date(let day)?: (start, end) = (day, day &+ 1)
    default:
      report(.notConstant("a period", at: period.span))
      return .failed(span)
    }
    func day(_ day: Int32) -> TypedExpr {
      TypedExpr(.literal(.date(day)), ValueType(.date), period.span)
    }
    let from = compare(value, .greaterOrEqual, day(start), span)
    let until = compare(value, .less, day(end), span)
    let within = Self.connect([from, until], isAnd: true, span)
    return negated ? complement(within, span) : within
  }

  private func inList(
    _ value: TypedExpr, _ set: TypedExpr, _ negated: Bool, _ span: Span
  ) -> TypedExpr {
    guard case .list(let element) = set.type.base else { return .failed(span) }
    guard element.base == .null || TypeRules.areComparable(value.type.base, element.base) else {
      report(
        .mismatch(
          "the list holds \(element.base), not \(value.type.base)", at: set.span,
          label: "this is \(set.type)",
          help: value.type.base.isNumber && element.base == .text
            ? ["numbers stand without quotes"]
            : value.type.base == .text && element.base.isNumber
              ? ["texts stand in quotes: `[\"1\", \"2\"]`"] : [],
          notes: [Diagnostic.Note("this is \(value.type)", at: value.span)]))
      return .failed(span)
    }
    let items: [TypedExpr]
    switch set.kind {
    case .literal(.list(let values)):
      items = values.map {
        TypedExpr(.literal($0), ValueType($0.isNull ? .null : element.base), set.span)
      }
    case .list(let exprs): items = exprs
    default:
      let call = "contains(\(set.columnName ?? "list"), \(value.columnName ?? "x"))"
      report(
        .notConstant(
          "the list behind `in`", at: set.span,
          help: ["for the list of each row: `\(negated ? "not " : "")\(call)`"]))
      return .failed(span)
    }
    if items.isEmpty { return Self.bool(negated, span) }
    return TypedExpr(.isIn(value, items, negated: negated), boolType([value]), span)
  }

  /// The relation that stands behind `in`, if one does.
  func relationOperand(_ expr: Expr, _ context: ExprContext) -> LogicalPlan? {
    switch expr.kind {
    case .variable(let name), .name(let name):
      if case .name = expr.kind, context.row.schema?[name] != nil { return nil }
      guard case .relation(let plan)? = context.scope.bindings[name] else { return nil }
      if case .reference(let id, _, _) = plan.op { uses.insert(id) }
      return plan
    case .pipeline, .source(.read, _), .rows:
      if case .relation(let plan) = checkHead(expr, context.scope) { return plan }
      return nil
    default: return nil
    }
  }

  private func checkInRelation(
    _ value: TypedExpr, _ relation: LogicalPlan, _ negated: Bool, _ place: Span, _ span: Span
  ) -> TypedExpr {
    if value.isFailed { return value }
    guard relation.schema.count == 1, let column = relation.schema.columns.first else {
      report(
        .mismatch(
          "`in` wants a relation of one column", at: place,
          label: "this one has \(relation.schema.count)", help: ["`(... | select id)`"]))
      return .failed(span)
    }
    guard TypeRules.areComparable(value.type.base, column.type.base) else {
      report(
        .mismatch(
          "the relation holds \(column.type.base), not \(value.type.base)", at: place,
          label: "`\(column.name)` is \(column.type)",
          notes: [Diagnostic.Note("this is \(value.type)", at: value.span)]))
      return .failed(span)
    }
    return TypedExpr(
      .isInQuery(value, relation, negated: negated), boolType([value]), span)
  }
}

extension Expr {
  /// `0-10` as a range.
  fileprivate var rangeWithDash: String? {
    guard case .sum(let first, let rest) = kind, rest.count == 1, rest[0].sign == .minus,
      case .number(.int(let low)) = first.kind, case .number(.int(let high)) = rest[0].value.kind
    else { return nil }
    return "\(low)..\(high)"
  }
}
