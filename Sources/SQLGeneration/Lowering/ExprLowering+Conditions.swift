import Compiler
import SQLTree
import Values

extension ExprLowering {
  /// A condition where null counts as false. `not` is pushed to the leaves, so that an engine
  /// can still use what it knows about a column.
  func filter(_ expr: TypedExpr, negated: Bool = false) -> SQLExpr {
    switch expr.kind {
    case .not(let inner): return filter(inner, negated: !negated)
    case .and(let all):
      return .joined(all.map { filter($0, negated: negated) }, by: negated ? .or : .and)
        ?? .literal(.bool(!negated))
    case .or(let all):
      return .joined(all.map { filter($0, negated: negated) }, by: negated ? .and : .or)
        ?? .literal(.bool(negated))
    case .compare(let sign, let a, let b): return compared(sign, a, b, negated: negated)
    case .isIn(let operand, let items, let isNot):
      return filterIn(operand, items, isNot != negated)
    case .isInQuery(let operand, let plan, let isNot):
      return filterInQuery(operand, plan, isNot != negated)
    case .matches(let text, let pattern):
      return negated
        ? orNull(.prefix(.not, matches(text, pattern)), [text]) : matches(text, pattern)
    case .literal(.bool(let flag)): return .literal(.bool(flag != negated))
    default:
      let operand = value(expr)
      if !negated { return operand }
      return expr.type.isNullable ? .postfix(operand, .isNotTrue) : .prefix(.not, operand)
    }
  }

  /// `not`, `and` and `or` as a value, which is never null: `"is_active" is true and "age" > 18`.
  func truth(_ expr: TypedExpr, negated: Bool = false) -> SQLExpr {
    switch expr.kind {
    case .not(let inner): return truth(inner, negated: !negated)
    case .and(let all):
      return .joined(all.map { truth($0, negated: negated) }, by: negated ? .or : .and)
        ?? .literal(.bool(!negated))
    case .or(let all):
      return .joined(all.map { truth($0, negated: negated) }, by: negated ? .and : .or)
        ?? .literal(.bool(negated))
    default:
      if negated { return untruth(expr) }
      return expr.type.isNullable ? .postfix(value(expr), .isTrue) : value(expr)
    }
  }

  /// The complement of a leaf of a condition, as a value.
  private func untruth(_ leaf: TypedExpr) -> SQLExpr {
    switch leaf.kind {
    case .compare(.equal, let a, let b): comparedValue(.notEqual, a, b)
    case .compare(.notEqual, let a, let b): comparedValue(.equal, a, b)
    case .isIn(let operand, let items, let isNot):
      value(TypedExpr(.isIn(operand, items, negated: !isNot), leaf.type, leaf.span))
    case .isInQuery(let operand, let plan, let isNot):
      value(TypedExpr(.isInQuery(operand, plan, negated: !isNot), leaf.type, leaf.span))
    default: filter(leaf, negated: true)
    }
  }

  private func orNull(_ condition: SQLExpr, _ operands: [TypedExpr]) -> SQLExpr {
    let missing = operands.filter(\.type.isNullable).map { SQLExpr.postfix(value($0), .isNull) }
    return .joined([condition] + missing, by: .or) ?? condition
  }

  // MARK: Comparisons

  private func compared(
    _ sign: CompareSign, _ a: TypedExpr, _ b: TypedExpr, negated: Bool
  ) -> SQLExpr {
    switch sign {
    case .equal: return equal(a, b, negated: negated)
    case .notEqual: return equal(a, b, negated: !negated)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let (x, y) = orderedOperands(a, b)
      if !negated { return .binary(x, Self.sign(sign), y) }
      return orNull(.binary(x, Self.sign(sign.negated), y), [a, b])
    }
  }

  private func equal(_ a: TypedExpr, _ b: TypedExpr, negated: Bool) -> SQLExpr {
    if b.constant == .null { return .postfix(value(a), negated ? .isNotNull : .isNull) }
    if a.constant == .null { return .postfix(value(b), negated ? .isNotNull : .isNull) }
    let (x, y) = operands(a, b)
    if a.type.isNullable && b.type.isNullable {
      return .binary(x, negated ? .isDistinct : .isNotDistinct, y)
    }
    if !negated { return .binary(x, .equal, y) }
    return orNull(.binary(x, .notEqual, y), [a, b])
  }

  /// As a value: never null.
  func comparedValue(_ sign: CompareSign, _ a: TypedExpr, _ b: TypedExpr) -> SQLExpr {
    let isNullable = a.type.isNullable || b.type.isNullable
    switch sign {
    case .equal where isNullable && b.constant != .null && a.constant != .null:
      let (x, y) = operands(a, b)
      return .binary(x, .isNotDistinct, y)
    case .notEqual where isNullable && b.constant != .null && a.constant != .null:
      let (x, y) = operands(a, b)
      return .binary(x, .isDistinct, y)
    case .equal, .notEqual: return compared(sign, a, b, negated: false)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let plain = compared(sign, a, b, negated: false)
      return isNullable ? .call("coalesce", [plain, .literal(.bool(false))]) : plain
    }
  }

  static func sign(_ sign: CompareSign) -> SQLSign {
    switch sign {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  /// Both sides; days between dates are compared as whole numbers, and a number beside a
  /// decimal is written exactly.
  private func operands(_ a: TypedExpr, _ b: TypedExpr) -> (SQLExpr, SQLExpr) {
    if let pair = DurationShortcut.days(a, b, self) { return pair }
    return (
      exactBeside(b, a) ?? nothing(a, beside: b) ?? value(a),
      exactBeside(a, b) ?? nothing(b, beside: a) ?? value(b)
    )
  }

  private func orderedOperands(_ a: TypedExpr, _ b: TypedExpr) -> (SQLExpr, SQLExpr) {
    guard dialect.ordersTextByLocale, a.type.base == .text else { return operands(a, b) }
    return a.constant == nil ? (ordered(a), value(b)) : (value(a), ordered(b))
  }

  /// A column without values has a type all the same where it is compared.
  private func nothing(_ expr: TypedExpr, beside other: TypedExpr) -> SQLExpr? {
    guard dialect.name == .postgreSQL, expr.type.base == .null, other.type.base != .null else {
      return nil
    }
    return .cast(value(expr), other.type.base, isTry: false)
  }

  private func exactBeside(_ other: TypedExpr, _ literal: TypedExpr) -> SQLExpr? {
    guard case .decimal = other.type.base, case .literal(.float(let number)) = literal.kind else {
      return nil
    }
    let text = NumberPrinting.plain(abs(number))
    return number < 0 ? .prefix(.minus, .exact(text)) : .exact(text)
  }

  // MARK: Membership

  func filterIn(_ operand: TypedExpr, _ items: [TypedExpr], _ negated: Bool) -> SQLExpr {
    let present = items.filter { $0.constant != .null }
    let hasNull = present.count != items.count
    var result: SQLExpr?
    if present.count == 1, let only = present.first {
      result = .binary(value(operand), negated ? .notEqual : .equal, value(only))
    } else if !present.isEmpty {
      result = .inList(value(operand), present.map(value), negated: negated)
    }
    let isNull = SQLExpr.postfix(value(operand), negated ? .isNotNull : .isNull)
    guard let result else { return isNull }
    guard operand.type.isNullable else { return result }
    // `null in [.., null]` is true; `x not in [...]` keeps the rows where x is missing.
    if hasNull { return .joined([result, isNull], by: negated ? .and : .or) ?? result }
    return negated
      ? .joined([result, .postfix(value(operand), .isNull)], by: .or) ?? result : result
  }

  func filterInQuery(_ operand: TypedExpr, _ plan: LogicalPlan, _ negated: Bool) -> SQLExpr {
    let column = plan.schema.columns.first
    var inner = plan
    // A null in the list would make every "not in" unknown.
    if negated, column?.type.isNullable == true, let column {
      let condition = TypedExpr(
        .compare(
          .notEqual, .column(column, plan.span),
          TypedExpr(.literal(.null), ValueType(.null), plan.span)), ValueType(.bool), plan.span)
      inner = LogicalPlan(
        .filter(plan, condition), schema: plan.schema, facts: plan.facts, span: plan.span)
    }
    let test = SQLExpr.inQuery(value(operand), query(inner), negated: negated)
    guard negated, operand.type.isNullable else { return test }
    return .joined([test, .postfix(value(operand), .isNull)], by: .or) ?? test
  }
}
