import Diagnostics
import Values

extension Checker {
  /// A call that Whom works out itself: at once where its arguments are known.
  func hostCall(
    _ code: HostCode, _ match: OverloadMatch, _ reference: FunctionReference, _ span: Span
  ) -> TypedExpr {
    guard let arguments = secured(match.arguments, reference, span) else { return .failed(span) }
    let call = TypedExpr(.scalar(reference, arguments), match.resultType, span)
    let known = arguments.compactMap(\.constant)
    guard known.count == arguments.count else {
      (hostCall, sawHostCall) = (span, true)
      return call
    }
    if !known.contains(.null), let why = code.refusal?(known) {
      report(Diagnostic(.overflow, why, at: span, label: "here", help: [Self.shorterTexts]))
      return .failed(span)
    }
    let value = code.value(known)
    guard value == .null, !known.contains(.null) else {
      let type = ValueType(call.type.base, nullable: value == .null, labels: call.type.labels)
      return TypedExpr(.literal(value), type, span)
    }
    let words = known.map(ParameterText.words).joined(separator: ", ")
    report(
      Diagnostic(
        .badArgument, "`\(reference.name)` has no value for \(words)", at: span,
        label: "outside of what it is defined for",
        help: ["`whom doc \(reference.name)` says what it takes; on columns the result is null"]))
    return .failed(span)
  }

  package static let shorterTexts = "compare a part of them: `left(x, 1000)`"

  /// The arguments of `pseudonym` with the secret behind them; nil after the lack of one was
  /// reported.
  private func secured(
    _ arguments: [TypedExpr], _ reference: FunctionReference, _ span: Span
  ) -> [TypedExpr]? {
    guard reference.name == BuiltinFunction.pseudonymName else { return arguments }
    guard let key = constants.pseudonymKey, key.utf8.count >= RunConstants.leastKeyLength else {
      report(.noPseudonymKey(isShort: constants.pseudonymKey?.isEmpty == false, at: span))
      return nil
    }
    return arguments + [TypedExpr(.literal(.text(key)), ValueType(.text), span)]
  }

  /// What a stage gives, cut where Whom works something out.
  func cutForHost(_ result: Checked) -> Checked {
    guard hostCall != nil else { return result }
    switch result {
    case .relation(let plan):
      hostCall = nil
      return .relation(HostSteps.cut(plan))
    case .value(var value):
      guard case .scalarQuery(let plan) = value.kind else { return result }
      hostCall = nil
      value.kind = .scalarQuery(HostSteps.cut(plan))
      return .value(value)
    case .chart(var chart):
      hostCall = nil
      chart.plan = HostSteps.cut(chart.plan)
      return .chart(chart)
    case .record, .model, .failed: return result
    }
  }

  /// A value outside of any relation: over one row without columns.
  func valueForHost(_ expr: TypedExpr) -> TypedExpr {
    guard hostCall != nil, expr.hasHostCall else { return expr }
    hostCall = nil
    let one = TypedExpr(.literal(.int(1)), ValueType(.int), expr.span)
    let rows = LogicalPlan(
      .rows([[one]]), schema: Schema([Column("#row", one.type)]), facts: Facts(), span: expr.span)
    let plan = LogicalPlan(
      .project(rows, [NamedExpr("value", expr)]), schema: Schema([Column("value", expr.type)]),
      facts: Facts(), span: expr.span)
    return TypedExpr(.scalarQuery(HostSteps.cut(plan)), expr.type, expr.span)
  }

  /// Calls in places that no step can be put before: over both sides of a join, in `expect`.
  func refuseHostCalls() {
    defer { (hostCall, sawHostCall) = (nil, false) }
    guard sawHostCall else { return }
    var left = hostCall
    for plan in steps.flatMap(\.all).flatMap(\.plans) where left == nil {
      left = plan.firstHostCall
    }
    guard let span = left else { return }
    report(
      Diagnostic(
        .badArgument, "this function is not worked out in this place", at: span,
        label: "Whom computes it itself, before a stage begins",
        help: ["`derive` a column with it first, or give a value a name: `let x = ...`"]))
  }
}

extension LogicalPlan {
  /// A call that no step works out.
  fileprivate var firstHostCall: Span? {
    var found: Span?
    for expr in operatorExpressions where found == nil {
      expr.forEach { if found == nil, $0.isHostCall { found = $0.span } }
    }
    for input in inputs where found == nil { found = input.firstHostCall }
    return found
  }

  private var operatorExpressions: [TypedExpr] {
    switch op {
    case .scan, .sql, .distinct, .combine, .host, .computed, .reference: []
    case .sort: facts.sortKeys.map(\.expr)
    case .rows(let rows): rows.flatMap { $0 }
    case .filter(_, let condition): [condition]
    case .project(_, let items), .expand(_, let items, _): items.map(\.expr)
    case .aggregate(_, let keys, let items): (keys + items).map(\.expr)
    case .limit(_, let limit): limit.partition + limit.order.map(\.expr)
    case .join(_, _, let join):
      join.keys.flatMap { [$0.left, $0.right] } + join.conditions
    }
  }
}
