import Diagnostics
import Syntax
import Values

extension Verb {
  static let pivot = Verb(
    name: "pivot", summary: "one row a group, one column for each value of a list",
    form: "pivot sum(amount) by customer_id across region in [\"EMEA\", \"AMER\"]",
    clauses: [.by, .across],
    details: """
      The list says which columns there will be, so it must be known before rows are read; rows with other
      values are left out, which a warning counts. One measure gives columns with the names of the
      values; several need names and give `value_name`. `unpivot` is the way back.
      """,
    examples: [
      "orders | pivot sum(amount) by customer_id across region in [\"EMEA\", \"AMER\"]"
    ]
  ) { check in
    guard let across = check.clause(.across), let item = across.items.first,
      let values = check.pivotValues(item.expr), let verb = Verb.named("summarize")
    else {
      if check.clause(.across) == nil { check.report(check.missingAcross) }
      return .failed
    }
    guard let items = check.pivotItems(values) else { return .failed }
    var stage = check.stage
    stage.path = [Name("summarize", check.span)]
    stage.items = items
    stage.clauses = check.stage.clauses.filter { $0.word != .across }
    let result = verb.apply(
      StageCheck(checker: check.checker, stage: stage, input: check.input, scope: values.scope))
    guard case .relation(let plan) = result else { return result }
    return .relation(plan.leavingOut(check.leftOut(of: item.expr, values.column)))
  }
}

/// The list behind `across`: the columns of a result never depend on the rows (ruling 12).
private struct PivotValues {
  var column: Expr
  var values: [Value]
  /// Where the values have names that no program can write.
  var scope: Scope
  var span: Span

  func equals(_ position: Int) -> Expr {
    Expr(
      .compare(column, .equal, Expr(.variable(PivotValues.hole(position)), span)), column.span)
  }

  static func hole(_ position: Int) -> String { "\u{0}across\(position)" }
}

extension StageCheck {
  fileprivate var missingAcross: Diagnostic {
    Diagnostic(
      .unexpectedToken, "`pivot` needs `across`", at: span, label: "which values become columns?",
      help: ["`pivot sum(amount) by customer_id across region in [\"EMEA\", \"AMER\"]`"])
  }

  fileprivate func pivotValues(_ expr: Expr) -> PivotValues? {
    guard case .compare(let column, .isIn, let list) = expr.kind else {
      report(
        Diagnostic(
          .unexpectedToken, "`across` takes a column and a list", at: expr.span,
          label: "which values become columns?",
          help: ["`across region in [\"EMEA\", \"AMER\"]`: the list is known before rows are read"])
      )
      return nil
    }
    guard let (values, type) = listed(list) else { return nil }
    // Said once of the list, not of each of its values.
    if checker.check(expr, rowContext).isFailed { return nil }
    var inner = scope
    for (position, value) in values.enumerated() {
      inner.bind(
        PivotValues.hole(position), .value(TypedExpr(.literal(value), type, list.span)),
        at: list.span)
    }
    return PivotValues(column: column, values: values, scope: inner, span: list.span)
  }

  /// The values of a list, or of a range of whole numbers; `nil` after a mistake was reported.
  private func listed(_ list: Expr) -> ([Value], ValueType)? {
    if case .range(let low, let high) = list.kind { return counted(from: low, to: high) }
    let checked = checker.check(list, .outside(scope))
    if checked.isFailed { return nil }
    guard case .list(let values)? = checked.constant, case .list(let type) = checked.type.base,
      !values.isEmpty
    else {
      report(.notConstant("the list of `across`", at: list.span))
      return nil
    }
    return (values, type)
  }

  private func counted(from low: Expr, to high: Expr) -> ([Value], ValueType)? {
    let ends = [low, high].map { checker.check($0, .outside(scope)) }
    if ends.contains(where: \.isFailed) { return nil }
    let span = low.span.union(high.span)
    guard case .int(let first)? = ends[0].constant, case .int(let last)? = ends[1].constant,
      case let (length, isHuge) = last.subtractingReportingOverflow(first), !isHuge,
      (0..<1_000).contains(length)
    else {
      report(
        .mismatch(
          "`across` takes a range of 1 to 1,000 whole numbers", at: span,
          label: "known before rows are read", help: ["`across age in 0..12`"]))
      return nil
    }
    return ((first...last).map { .int($0) }, ValueType(.int))
  }

  /// Rows whose value is not in the list, or that have none.
  fileprivate func leftOut(of membership: Expr, _ column: Expr) -> Facts.LeftOut {
    let value = checker.check(column, rowContext)
    return Facts.LeftOut(
      condition: checker.check(Expr(.not(membership), membership.span), rowContext),
      value: NamedExpr(value.columnName ?? "value", value), span: span)
  }

  /// Each measure once for every value: `value`, or `measure_value` where it is named.
  fileprivate func pivotItems(_ across: PivotValues) -> [Item]? {
    var items: [Item] = []
    for measure in stage.items {
      if measure.name == nil, stage.items.count > 1 {
        report(
          Diagnostic(
            .unnamedColumn, "this measure needs a name", at: measure.span,
            label: "one of several: their names tell their columns apart",
            help: ["put a name in front: `revenue = ...`"]))
        return nil
      }
      for (position, value) in across.values.enumerated() {
        guard let text = columnName(of: value) else {
          report(
            .mismatch(
              "a column cannot be named after this", at: across.span,
              label: value.isNull
                ? "a missing value names none" : "text, int, bool and dates name columns",
              help: value.isNull
                ? ["give it a name before: `derive plan = plan ?? \"none\"`"] : []))
          return nil
        }
        var item = measure
        item.name = Name(measure.name.map { "\($0.text)_\(text)" } ?? text, across.span)
        let isValue = across.equals(position)
        item.filter = measure.filter.map { Expr(.and([$0, isValue]), $0.span) } ?? isValue
        items.append(item)
      }
    }
    return items
  }

  private func columnName(of value: Value) -> String? {
    switch value {
    case .text(let text): text
    case .int(let number): "\(number)"
    case .bool(let flag): flag ? "true" : "false"
    case .date(let day): DatePrinting.date(Int(day))
    case .null, .float, .decimal, .timestamp, .duration, .months, .period, .list, .record: nil
    }
  }
}
