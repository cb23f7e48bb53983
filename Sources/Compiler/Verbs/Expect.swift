import Diagnostics
import Syntax
import Values

extension Verb {
  static let expect = Verb(
    name: "expect", summary: "checks what must hold for the rows, and passes them on",
    form: "expect unique(order_id), amount >= 0 for 99% else warn", clauses: [.otherwise],
    details: """
      Conditions on each row, `unique(...)` of columns, and conditions on all rows together, such as
      `count() > 0`. A condition holds for every row, or with `for 99%` for that share of them; a
      missing value satisfies no comparison. All are counted in one query, before anything behind them
      runs, and the counts are in the report. A condition that fails ends the statement with exit code
      4; `else warn` goes on with all rows; `else quarantine` writes the rows that fail to a file and
      goes on with the others. What holds is known behind it: `x != null` takes the `?` off.
      """,
    examples: [
      "orders | expect unique(order_id), discount >= 0 | count",
      "orders | expect amount > 20 for 99% else warn | count",
    ]
  ) { check in
    let marked = check.marked()
    let inner = StageCheck(
      checker: check.checker, stage: check.stage, input: marked.plan, scope: check.scope)
    guard let remedy = inner.remedy(), let checks = inner.checks(remedy) else { return .failed }
    return inner.expected(checks, remedy, marked.id)
  }
}

/// A check of the stage, typed.
private struct RowCheck {
  enum Kind {
    /// Each row by itself.
    case row(TypedExpr)
    /// No two rows are alike in these.
    case unique([TypedExpr])
    /// `count() > 0`: the rows as a whole; its aggregates are in the collector.
    case whole(TypedExpr)
  }
  var kind: Kind
  var share: String?
  var span: Span
}

private enum Remedy {
  case fail, warn
  case quarantine(SaveTarget)
}

extension StageCheck {
  /// The incoming rows under an identity of their own: checked once, then read by others.
  func marked() -> (id: BindingID, plan: LogicalPlan) {
    let id = checker.newBinding()
    let name = input.facts.name ?? "rows"
    return (
      id,
      LogicalPlan(
        .reference(id, name: name, input), schema: input.schema, facts: input.facts,
        span: input.span)
    )
  }

  fileprivate func remedy() -> Remedy? {
    guard let clause = clause(.otherwise), let word = clause.names.first?.text else {
      return .fail
    }
    switch word {
    case "warn": return .warn
    case "quarantine":
      guard let text = clause.text else { return nil }
      return target(Expr(.text(text), clause.span)).flatMap {
        canHold($0) && mayLeave(to: $0) ? .quarantine($0) : nil
      }
    default: return .fail
    }
  }

  fileprivate func checks(_ remedy: Remedy) -> (all: [RowCheck], GroupCollector)? {
    let collector = GroupCollector(input: input, keys: [])
    var all: [RowCheck] = []
    for item in stage.items {
      guard let kind = kind(of: item.expr, collector) else { return nil }
      var share: String?
      if let tolerance = item.tolerance {
        guard let given = self.share(tolerance) else { return nil }
        share = given
      }
      let check = RowCheck(kind: kind, share: share, span: item.expr.span)
      if case .quarantine = remedy, let refusal = refusalOfQuarantine(check, item) {
        report(refusal)
        return nil
      }
      all.append(check)
    }
    return (all, collector)
  }

  private func kind(of expr: Expr, _ collector: GroupCollector) -> RowCheck.Kind? {
    if case .call(let name, let arguments) = expr.kind, name.text == "unique",
      scope.functions["unique"] == nil
    {
      return uniqueKeys(arguments, expr.span).map { .unique($0) }
    }
    if checker.folds(expr, scope) {
      let context = ExprContext(
        scope: scope, row: .group(Schema(), incoming: input.schema),
        aggregates: .grouped(collector))
      let condition = checker.checkCondition(expr, context)
      return condition.isFailed ? nil : .whole(condition)
    }
    let condition = checker.checkCondition(expr, rowContext)
    return condition.isFailed ? nil : .row(condition)
  }

  private func uniqueKeys(_ arguments: [Argument], _ span: Span) -> [TypedExpr]? {
    guard !arguments.isEmpty else {
      report(
        Diagnostic(
          .wrongArgumentCount, "`unique` needs columns", at: span, label: "of what?",
          help: ["`unique(order_id)`; `unique(customer_id, month)` of both together"]))
      return nil
    }
    let keys = arguments.flatMap { argument in
      groupKeys(Item(name: Name("key", span), expr: argument.value, span: argument.value.span))
    }
    return keys.contains(where: \.expr.isFailed) ? nil : keys.map(\.expr)
  }

  /// `for 99%`: the least share of rows that must hold.
  private func share(_ expr: Expr) -> String? {
    let value = checker.check(expr, .outside(scope))
    if value.isFailed { return nil }
    switch value.constant {
    case .float(let share)? where share > 0 && share <= 1: return NumberPrinting.plain(share)
    case .int(1)?: return "1"
    case .some:
      report(
        Diagnostic(
          .badCount, "`for` wants a share of the rows", at: expr.span,
          label: "not between 0% and 100%",
          help: ["`for 99%`: the check holds while at least 99 of 100 rows satisfy it"]))
    case nil: report(.notConstant("the share behind `for`", at: expr.span))
    }
    return nil
  }

  private func refusalOfQuarantine(_ check: RowCheck, _ item: Item) -> Diagnostic? {
    if let tolerance = item.tolerance {
      return Diagnostic(
        .clauseNotHere, "`quarantine` sets every failing row aside", at: tolerance.span,
        label: "so no share of them can stay",
        help: ["leave `for` out, or go on with all rows: `else warn`"])
    }
    guard case .whole = check.kind else { return nil }
    return Diagnostic(
      .clauseNotHere, "`quarantine` sets rows aside, and this is about all of them",
      at: check.span, label: "no row fails it by itself",
      help: ["check it in a stage of its own: `| expect ...`"])
  }

  // MARK: The plan

  fileprivate func expected(
    _ checks: (all: [RowCheck], collector: GroupCollector), _ remedy: Remedy, _ id: BindingID
  ) -> Checked {
    let typed = checks.all.map { check in
      Expectation.Check(
        span: check.span, share: check.share, failing: failing(check),
        columns: columns(of: check))
    }
    var expectation = Expectation(
      id: id, counts: counts(checks.all, checks.collector), checks: typed, remedy: .fail,
      span: span)
    var result = input
    switch remedy {
    case .fail: result = proven(checks.all)
    case .warn: expectation.remedy = .warn
    case .quarantine(let target):
      let holds = Checker.connect(checks.all.map { condition($0) }, isAnd: true, span)
      let bad = TypedExpr(.not(holds), ValueType(.bool), span)
      expectation.remedy = .quarantine(
        target, checker.leaving(filtered(by: bad), isMasked: false))
      result = filtered(by: holds)
      result.facts.uniqueKeys += uniqueColumns(checks.all)
      checker.promise(target, input.schema)
    }
    checker.steps.append(.expect(expectation))
    return .relation(result)
  }

  /// What a row must satisfy; of a key that must be unique, over the rows that share it.
  private func condition(_ check: RowCheck) -> TypedExpr {
    switch check.kind {
    case .row(let condition), .whole(let condition): return condition
    case .unique(let keys):
      let count = TypedExpr(
        .window(
          WindowExpr(call: .rowCount(where: nil), partition: keys, sort: [], frame: nil)),
        ValueType(.int), check.span)
      let one = TypedExpr(.literal(.int(1)), ValueType(.int), check.span)
      return TypedExpr(.compare(.equal, count, one), ValueType(.bool), check.span)
    }
  }

  private func failing(_ check: RowCheck) -> LogicalPlan? {
    if case .whole = check.kind { return nil }
    return checker.leaving(
      filtered(by: TypedExpr(.not(condition(check)), ValueType(.bool), check.span)))
  }

  private func columns(of check: RowCheck) -> [String] {
    let uses: [String: Int] =
      switch check.kind {
      case .row(let condition): condition.columnUses
      case .unique(let keys):
        keys.reduce(into: [:]) { $0.merge($1.columnUses, uniquingKeysWith: +) }
      case .whole: [:]
      }
    return input.schema.names.filter { uses[$0] != nil }
  }

  /// All checks in one query.
  private func counts(_ checks: [RowCheck], _ collector: GroupCollector) -> LogicalPlan {
    var results = [NamedExpr("rows", collector.lift(rowCount(where: nil, span)))]
    for (position, check) in checks.enumerated() {
      let name = "failed_\(position + 1)"
      switch check.kind {
      case .row(let condition):
        let fails = TypedExpr(.not(condition), ValueType(.bool), check.span)
        results.append(NamedExpr(name, collector.lift(rowCount(where: fails, check.span))))
      case .unique(let keys): results.append(NamedExpr(name, repeated(keys, check.span)))
      case .whole(let condition):
        results.append(NamedExpr("holds_\(position + 1)", condition))
      }
    }
    return grouped(collector, results)
  }

  private func rowCount(where filter: TypedExpr?, _ span: Span) -> TypedExpr {
    TypedExpr(.aggregate(.rowCount(where: filter)), ValueType(.int), span)
  }

  /// How many rows share their key with another: groups of several, added up.
  private func repeated(_ keys: [TypedExpr], _ span: Span) -> TypedExpr {
    if input.facts.isUnique(on: keys.compactMap(\.columnName)) {
      return TypedExpr(.literal(.int(0)), ValueType(.int), span)
    }
    let counted = GroupCollector(
      input: input,
      keys: keys.enumerated().map { NamedExpr($1.columnName ?? "#key\($0 + 1)", $1) })
    let size = NamedExpr("#size", counted.lift(rowCount(where: nil, span)))
    let column = TypedExpr(.column("#size"), ValueType(.int), span)
    let groups = grouped(
      counted,
      counted.keys.map { NamedExpr($0.name, .column(Column($0.name, $0.expr.type), span)) }
        + [size])
    let one = TypedExpr(.literal(.int(1)), ValueType(.int), span)
    let several = LogicalPlan(
      .filter(groups, TypedExpr(.compare(.greater, column, one), ValueType(.bool), span)),
      schema: groups.schema, facts: groups.facts, span: span)
    let over = StageCheck(checker: checker, stage: stage, input: several, scope: scope)
    let total = GroupCollector(input: several, keys: [])
    let sum = total.lift(
      TypedExpr(
        .aggregate(
          AggregateExpr(
            function: FunctionReference("sum", overload: 0), arguments: [column], order: [],
            filter: nil)), ValueType(.int), span))
    let query = TypedExpr(
      .scalarQuery(over.grouped(total, [NamedExpr("failed", sum)])),
      ValueType(.int, nullable: true), span)
    let none = TypedExpr(.literal(.int(0)), ValueType(.int), span)
    return TypedExpr(.coalesce([query, none]), ValueType(.int), span)
  }

  /// What holds for every row from here on is known: no `?`, and keys.
  private func proven(_ checks: [RowCheck]) -> LogicalPlan {
    var plan = input
    for check in checks where check.share == nil {
      guard case .row(let condition) = check.kind else { continue }
      for name in NullProof.present(when: condition) {
        if let column = plan.schema[name] {
          plan.schema.set(Column(name, column.type.nonNull))
        }
      }
    }
    plan.facts.uniqueKeys += uniqueColumns(checks)
    return plan
  }

  private func uniqueColumns(_ checks: [RowCheck]) -> [[String]] {
    checks.compactMap { check in
      guard check.share == nil, case .unique(let keys) = check.kind else { return nil }
      let names = keys.compactMap(\.columnName)
      return names.count == keys.count ? names : nil
    }
  }
}

extension AggregateExpr {
  /// `count()`, `count() where paid`
  static func rowCount(where filter: TypedExpr?) -> AggregateExpr {
    AggregateExpr(
      function: FunctionReference("count", overload: 0), arguments: [], order: [], filter: filter)
  }
}

extension Checker {
  /// Whether an expression folds rows: an aggregate or a metric stands in it.
  fileprivate func folds(_ expr: Expr, _ scope: Scope) -> Bool {
    if case .call(let name, _) = expr.kind {
      if scope.functions[name.text] == nil, scope.metrics[name.text] != nil { return true }
      if let form = BuiltinFunction.named(name.text)?.overloads.first?.form {
        switch form {
        case .aggregate, .twoPass: return true
        case .scalar, .host, .ranking, .looking, .constant: break
        }
      }
    }
    return expr.children.contains { folds($0, scope) }
  }
}
