import Diagnostics
import Syntax
import Values

/// An argument of an estimator: a value, or what a search may choose from.
struct ArgumentReading {
  let checker: Checker
  let scope: Scope
  let parameter: EstimatorParameter

  enum Result {
    case value(ArgumentValue)
    case search(SearchedArgument.Choices)
    case failed
  }

  func read(_ expr: Expr) -> Result {
    switch expr.kind {
    case .range(let low, let high): return range(low, high, expr)
    case .list(let elements) where !parameter.takesList: return list(elements, expr)
    default: return value(expr).map { .value($0) } ?? .failed
    }
  }

  private func value(_ expr: Expr) -> ArgumentValue? {
    if case .choice(let known) = parameter.kind, case .name(let name) = expr.kind,
      known.contains(name), scope.bindings[name] == nil
    {
      checker.report(.bareChoice(name, parameter, at: expr.span))
      return nil
    }
    let typed = checker.check(expr, .outside(scope))
    guard !typed.isFailed else { return nil }
    guard let constant = typed.constant ?? Self.listed(typed), let value = Self.argument(constant)
    else {
      checker.report(.notConstant("`\(parameter.name)`", at: expr.span))
      return nil
    }
    guard parameter.allows(value) else {
      checker.report(.badEstimatorArgument(parameter, value, at: expr.span))
      return nil
    }
    return value
  }

  private static func listed(_ typed: TypedExpr) -> Value? {
    guard case .list(let items) = typed.kind else { return nil }
    let values = items.compactMap(\.constant)
    return values.count == items.count ? .list(values) : nil
  }

  private static func argument(_ value: Value) -> ArgumentValue? {
    switch value {
    case .int(let number): return .number(Double(number))
    case .float(let number): return .number(number)
    case .decimal(let unscaled, let scale):
      return Double(NumberPrinting.decimal(unscaled: unscaled, scale: scale)).map { .number($0) }
    case .bool(let flag): return .flag(flag)
    case .text(let text): return .text(text)
    case .list(let items): return list(items.compactMap { argument($0) }, items.count)
    case .null, .date, .timestamp, .duration, .months, .period, .record: return nil
    }
  }

  private static func list(_ items: [ArgumentValue], _ count: Int) -> ArgumentValue? {
    guard items.count == count else { return nil }
    let numbers = items.compactMap { if case .number(let x) = $0 { x } else { nil } }
    if numbers.count == count, count > 0 { return .numbers(numbers) }
    let texts = items.compactMap { if case .text(let x) = $0 { x } else { nil } }
    return texts.count == count ? .texts(texts) : nil
  }

  private func list(_ elements: [Expr], _ expr: Expr) -> Result {
    var values: [ArgumentValue] = []
    for element in elements {
      guard let value = value(element) else { return .failed }
      if !values.contains(value) { values.append(value) }
    }
    guard !values.isEmpty else {
      checker.report(
        .mismatch("a search needs something to choose from", at: expr.span, label: "empty"))
      return .failed
    }
    return .search(.list(values))
  }

  private func range(_ low: Expr, _ high: Expr, _ expr: Expr) -> Result {
    guard case .number(let from)? = value(low), case .number(let to)? = value(high) else {
      return .failed
    }
    guard from < to else {
      checker.report(
        .mismatch("the range is empty", at: expr.span, label: "begins after it ends"))
      return .failed
    }
    var isWhole = false
    if case .whole = parameter.kind { isWhole = true }
    return .search(.range(low: from, high: to, isWhole: isWhole))
  }
}

extension EstimatorParameter {
  /// Whether a list is one value of it.
  var takesList: Bool {
    switch kind {
    case .numbers, .texts: true
    case .number, .whole, .flag, .choice: false
    }
  }
}

extension Checker {
  /// A whole number known before rows are read, within bounds; nil after a mistake was reported.
  func wholeNumber(
    _ expr: Expr, _ bounds: ClosedRange<Int>, _ what: String, _ scope: Scope
  ) -> Int? {
    let typed = check(expr, .outside(scope))
    guard !typed.isFailed else { return nil }
    guard case .int(let number)? = typed.constant else {
      report(.notConstant("\(what), a whole number,", at: expr.span))
      return nil
    }
    guard bounds.contains(Int(number)) else {
      report(
        Diagnostic(
          .badCount, "\(what) is from \(bounds.lowerBound) to \(bounds.upperBound)",
          at: expr.span, label: "this is \(number)"))
      return nil
    }
    return Int(number)
  }
}
