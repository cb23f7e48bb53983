import Diagnostics
import Syntax
import Values

extension Checker {
  func checkNegation(_ operand: TypedExpr, _ span: Span) -> TypedExpr {
    if operand.isFailed { return operand }
    switch operand.type.base {
    case .int, .float, .decimal, .duration, .months, .null: break
    case .bool, .text, .date, .timestamp, .period, .list, .record, .json:
      report(
        .mismatch(
          "a minus needs a number", at: operand.span, label: "this is \(operand.type)",
          help: operand.type.base == .bool ? ["to turn a condition round, write `not`"] : []))
      return .failed(span)
    }
    if let value = operand.constant, let negated = ConstantFolding.negate(value) {
      return TypedExpr(.literal(negated), operand.type, span)
    }
    return TypedExpr(.negate(operand), operand.type, span)
  }

  /// `a + b` and its kin, with the rules for money, dates and nulls.
  func arithmetic(_ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr) -> TypedExpr {
    let span = a.span.union(b.span)
    if a.isFailed || b.isFailed { return .failed(span) }
    let (left, right) = alignedMoments(sign, a, b)
    guard
      let base = ArithmeticTypes.result(
        sign, left.type.base, right.type.base, right: right.constant)
    else {
      report(.badArithmetic(sign, a, b, at: span))
      return .failed(span)
    }
    guard let labels = moneyLabels(sign, left, right, span) else { return .failed(span) }
    let type = ValueType(
      base, nullable: isNullable(sign, left, right, base), labels: labels)
    // With an operand that can only be null: null, of the type that the result would have.
    if left.type.base == .null || right.type.base == .null {
      return TypedExpr(.literal(.null), ValueType(base, nullable: true, labels: labels), span)
    }
    if let x = left.constant, let y = right.constant,
      let folded = ConstantFolding.arithmetic(sign, x, y)
    {
      let foldedType = ValueType(base, nullable: folded.isNull, labels: labels)
      return TypedExpr(.literal(folded), foldedType, span)
    }
    return TypedExpr(.arithmetic(sign, left, right), type, span)
  }

  /// A timestamp and a date are subtracted by their days (L61); a date that gets hours is its
  /// midnight.
  private func alignedMoments(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr
  ) -> (TypedExpr, TypedExpr) {
    switch (sign, a.type.base, b.type.base) {
    case (.minus, .timestamp, .date): return (dayOf(a), b)
    case (.minus, .date, .timestamp): return (a, dayOf(b))
    case (_, .date, .duration) where !ArithmeticTypes.isWholeDays(b.constant):
      return (widen(a, to: .timestamp), b)
    default: return (a, b)
    }
  }

  /// The day of a timestamp, by the clocks of the run's zone.
  func dayOf(_ expr: TypedExpr) -> TypedExpr {
    if expr.type.base == .date { return expr }
    let type = ValueType(.date, nullable: expr.type.isNullable, labels: expr.type.labels)
    if case .literal(.timestamp(let micros)) = expr.kind {
      return TypedExpr(.literal(.date(constants.day(of: micros))), type, expr.span)
    }
    if expr.type.base == .timestamp, constants.zone != nil { return zoned("date", expr, type) }
    return TypedExpr(.widen(expr), type, expr.span)
  }

  /// The midnight of a day, by the clocks of the run's zone.
  func midnight(of day: TypedExpr) -> TypedExpr {
    let type = ValueType(
      .timestamp, nullable: day.type.isNullable, labels: day.type.labels)
    return zoned("timestamp", day, type)
  }

  /// A call of a conversion between days and instants in the run's zone.
  private func zoned(_ function: String, _ expr: TypedExpr, _ type: ValueType) -> TypedExpr {
    guard let declared = BuiltinFunction.named(function),
      let match = OverloadMatch.find(
        declared, [CheckedArgument(name: nil, expr: expr, span: expr.span)], constants)
    else { return TypedExpr(.widen(expr), type, expr.span) }
    return TypedExpr(
      .scalar(FunctionReference(function, overload: match.position), match.arguments), type,
      expr.span)
  }

  /// Division by zero is null, and so is a float beyond all bounds; integers overflow loudly.
  private func isNullable(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, _ result: DataType
  ) -> Bool {
    if a.type.isNullable || b.type.isNullable { return true }
    switch sign {
    case .plus, .minus, .times: return false
    case .divide, .floorDivide:
      guard let divisor = b.constant else { return true }
      return ConstantFolding.number(divisor) == 0
    case .power: return true
    }
  }

  /// Labels of the result, or `nil` after two currencies clashed.
  private func moneyLabels(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, _ span: Span
  ) -> LabelSet? {
    var labels = a.type.labels.mergedPrivacy(b.type.labels)
    let (x, y) = (a.type.labels.currency, b.type.labels.currency)
    switch sign {
    case .plus, .minus:
      if let x, let y, x != y {
        report(.currencies(x, y, at: span, a.span, b.span))
        return nil
      }
      labels.currency = x ?? y
    case .times: if x == nil || y == nil { labels.currency = x ?? y }
    case .divide, .floorDivide: if y == nil { labels.currency = x }
    case .power: break
    }
    return labels
  }

  // MARK: Comparisons

  func checkComparison(
    _ left: Expr, _ sign: Comparison, _ right: Expr, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    switch sign {
    case .equal, .notEqual:
      let a = check(left, context)
      let reported = diagnostics.count
      let b = check(right, context)
      if b.isFailed, diagnostics.count == reported + 1 { suggestQuotes(around: right, beside: a) }
      return compare(a, sign == .equal ? .equal : .notEqual, b, span)
    case .less: return compare(check(left, context), .less, check(right, context), span)
    case .lessOrEqual:
      return compare(check(left, context), .lessOrEqual, check(right, context), span)
    case .greater: return compare(check(left, context), .greater, check(right, context), span)
    case .greaterOrEqual:
      return compare(check(left, context), .greaterOrEqual, check(right, context), span)
    case .matches: return checkMatch(left, right, span, context)
    case .isIn: return checkMembership(left, right, negated: false, span, context)
    case .isNotIn: return checkMembership(left, right, negated: true, span, context)
    }
  }

  /// `status == paid`: beside a text an unknown name was probably meant as one.
  private func suggestQuotes(around expr: Expr, beside other: TypedExpr) {
    guard case .name(let word) = expr.kind, other.type.base == .text,
      let last = diagnostics.indices.last, diagnostics[last].code == .unknownColumn,
      ForeignFunctions.constant(word) == nil
    else { return }
    diagnostics[last].help.insert("a text stands in quotes: `\"\(word)\"`", at: 0)
  }

  func compare(_ a: TypedExpr, _ sign: CompareSign, _ b: TypedExpr, _ span: Span) -> TypedExpr {
    if a.isFailed || b.isFailed { return .failed(span) }
    guard TypeRules.areComparable(a.type.base, b.type.base) else {
      report(.incomparable(a, sign.rawValue, b, at: span))
      return .failed(span)
    }
    if let x = a.type.labels.currency, let y = b.type.labels.currency, x != y {
      report(.currencies(x, y, at: span, a.span, b.span))
      return .failed(span)
    }
    let isOrdering = sign != .equal && sign != .notEqual
    if isOrdering,
      let plain = [a, b].first(where: { !$0.type.base.isOrdered && $0.type.base != .null })
    {
      report(
        Diagnostic(
          .notOrdered, "\(plain.type.base) has no order", at: span,
          label: "`\(sign.rawValue)` needs one", help: ["`==`, `!=` and `in` work for any type"]))
      return .failed(span)
    }
    if let x = a.constant, let y = b.constant, let result = ConstantFolding.compare(sign, x, y) {
      return Self.bool(result, span)
    }
    if !isOrdering { warnAboutFloats(a, b, span) }
    if let byDay = compareByDay(a, sign, b, span) { return byDay }
    return TypedExpr(
      .compare(sign, typed(a, beside: b), typed(b, beside: a)), boolType([a, b]), span)
  }

  /// A column that holds nothing has no type of its own, and engines ask for one.
  private func typed(_ expr: TypedExpr, beside other: TypedExpr) -> TypedExpr {
    guard expr.type.base == .null, expr.constant == nil, other.type.base != .null else {
      return expr
    }
    return widen(expr, to: other.type.base)
  }

  /// Computed floats are rarely equal to the last bit (L46).
  private func warnAboutFloats(_ a: TypedExpr, _ b: TypedExpr, _ span: Span) {
    guard a.type.base == .float, b.type.base == .float, a.constant == nil || b.constant == nil
    else { return }
    let isComputed = [a, b].contains { side in
      if case .arithmetic = side.kind { true } else { false }
    }
    guard isComputed else { return }
    report(
      Diagnostic(
        .floatEquality, "computed floats are rarely equal to the last bit", at: span,
        label: "compared exactly",
        help: ["say how close is close enough: `abs(a - b) < 1e-9`; money is exact once labelled"]))
  }

  /// A timestamp against a date means its day (L61). With a constant day it becomes a plain
  /// comparison with a midnight, which an engine can prune by.
  private func compareByDay(
    _ a: TypedExpr, _ sign: CompareSign, _ b: TypedExpr, _ span: Span
  ) -> TypedExpr? {
    switch (a.type.base, b.type.base) {
    case (.date, .timestamp): return compareByDay(b, sign.flipped, a, span)
    case (.timestamp, .date): break
    default: return nil
    }
    guard case .literal(.date(let day)) = b.kind, sign != .equal, sign != .notEqual else {
      return TypedExpr(.compare(sign, dayOf(a), b), boolType([a, b]), span)
    }
    func midnight(_ day: Int32) -> TypedExpr {
      TypedExpr(.literal(.timestamp(constants.midnight(day))), ValueType(.timestamp), b.span)
    }
    let (plain, bound): (CompareSign, Int32) =
      switch sign {
      case .less: (.less, day)
      case .lessOrEqual: (.less, day + 1)
      case .greater: (.greaterOrEqual, day + 1)
      case .greaterOrEqual: (.greaterOrEqual, day)
      case .equal, .notEqual: (sign, day)
      }
    return TypedExpr(.compare(plain, a, midnight(bound)), boolType([a, b]), span)
  }

  private func checkMatch(
    _ left: Expr, _ right: Expr, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    let text = check(left, context)
    let pattern = check(right, context)
    if text.isFailed || pattern.isFailed { return .failed(span) }
    guard text.type.base == .text || text.type.base == .null else {
      report(.mismatch("`~` matches text", at: text.span, label: "this is \(text.type)"))
      return .failed(span)
    }
    guard case .text(let regex)? = pattern.constant else {
      report(.notConstant("a pattern", at: pattern.span))
      return .failed(span)
    }
    if let refusal = patternRefusal(pattern) {
      report(refusal)
      return .failed(span)
    }
    return TypedExpr(.matches(text, pattern: regex), boolType([text]), span)
  }

  /// What is wrong with a constant that is used as a pattern.
  func patternRefusal(_ pattern: TypedExpr) -> Diagnostic? {
    guard case .text(let regex)? = pattern.constant,
      let problem = PatternSubset.problem(in: regex)
    else { return nil }
    return Diagnostic(
      .badArgument, "this pattern is not understood by every engine", at: pattern.span,
      label: problem, help: ["patterns are the RE2 subset: no look-around, no back-references"])
  }
}
