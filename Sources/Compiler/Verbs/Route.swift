import Diagnostics
import Syntax
import Values

extension Verb {
  static let route = Verb(
    name: "route", summary: "decides for each row by rules, and says why, who acts, and until when",
    form: """
      route decision { amount > 500 -> review "LARGE" to "desk" within 2 days, else -> approve "AUTO" }
      """,
    clauses: [.audit, .on],
    details: """
      The first rule whose condition holds decides; `else` takes the rest, and must be there. A rule
      gives an outcome, and may give a reason, a queue (`to`) and a time limit (`within`, from the
      instant of the run). New columns: the outcome under the name behind `route`, then `reason`,
      `queue` and `due`, missing where the rule says nothing. `audit 5%` adds `audited`, true for
      that share of the rows whatever was decided, `audit 50` for that many: by a hash of what `on`
      names, of the column labelled `key` when it is left out, so the same rows on every run. A
      missing value satisfies no comparison: give it a rule of its own, or `else` decides. A rule
      that those before it never leave a row to is a warning.
      """,
    examples: [
      """
      orders
      | route decision {
          amount == null -> hold "NO_AMOUNT",
          amount > 50 -> review "LARGE" to "credit desk" within 2 days,
          else -> approve "AUTO",
        }
      | select order_id, amount, decision, reason, queue
      """,
      """
      orders
      | route decision { status == "paid" -> ship "PAID", else -> wait "OPEN" } audit 40% on order_id
      | summarize orders = count(), audited = count() where audited by decision, reason
      """,
    ]
  ) { check in
    guard let table = check.stage.route, let otherwise = table.otherwise else { return .failed }
    guard check.areNew(table), let rules = check.rules(table.arms, otherwise) else {
      return .failed
    }
    guard let audited = check.audited() else { return .failed }
    let routed = check.routed(rules, as: table.name.text)
    return .relation(audited.map { Projection.setting($0, in: routed, check.span) } ?? routed)
  }
}

/// The rules of a table, typed; the last one takes what is left.
private struct RouteRules {
  struct Rule {
    var outcome: String
    var reason: String?
    var queue: String?
    var within: TypedExpr?
  }
  var conditions: [TypedExpr]
  var rules: [Rule]
}

extension StageCheck {
  private static let routeColumns = ["reason", "queue", "due"]

  /// The columns that `route` adds are not there yet.
  fileprivate func areNew(_ table: RouteTable) -> Bool {
    let audited = clause(.audit).map { [Name("audited", $0.span)] } ?? []
    let names = [table.name] + Self.routeColumns.map { Name($0, span) } + audited
    if names.dropFirst().contains(where: { $0.text == table.name.text }) {
      report(.isAddedByRoute(table.name))
      return false
    }
    guard let known = names.first(where: { input.schema[$0.text] != nil }) else { return true }
    report(.routeColumnIsThere(known, adds: names.map(\.text), at: table.name.span))
    return false
  }

  // MARK: Rules

  fileprivate func rules(_ arms: [RouteTable.Arm], _ otherwise: RouteTable.Action) -> RouteRules? {
    let conditions = arms.map { checker.checkCondition($0.condition, rowContext) }
    let rules = (arms.map(\.action) + [otherwise]).map { rule($0) }
    let known = rules.compactMap { $0 }
    guard known.count == rules.count, !conditions.contains(where: \.isFailed) else { return nil }
    checker.warnOfShadowed(conditions, "rule")
    return RouteRules(conditions: conditions, rules: known)
  }

  private func rule(_ action: RouteTable.Action) -> RouteRules.Rule? {
    var rule = RouteRules.Rule(outcome: action.outcome.text)
    if let text = action.reason {
      guard let reason = constant(text, "a reason") else { return nil }
      rule.reason = reason
    }
    if let text = action.queue {
      guard let queue = constant(text, "a queue") else { return nil }
      rule.queue = queue
    }
    if let within = action.within {
      guard let limit = timeLimit(within) else { return nil }
      rule.within = limit
    }
    return rule
  }

  private func constant(_ text: TextLiteral, _ what: String) -> String? {
    for case .hole(let expr, _) in text.parts {
      guard checker.isKnownBeforeRows(expr, what, over: input, scope) else { return nil }
    }
    return checker.constantText(Expr(.text(text), text.span), what, scope)
  }

  private func timeLimit(_ expr: Expr) -> TypedExpr? {
    let limit = checker.check(expr, rowContext)
    if limit.isFailed { return nil }
    switch limit.type.base {
    case .duration, .months: return limit
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .period, .list, .record, .json,
      .null:
      report(
        .mismatch(
          "`within` wants a length of time", at: expr.span, label: "this is \(limit.type)",
          help: ["say which unit: `within 2 days`, or hours, weeks, months"]))
      return nil
    }
  }

  // MARK: Columns

  /// Which rule decides is worked out once, in a column that then goes.
  fileprivate func routed(_ table: RouteRules, as name: String) -> LogicalPlan {
    let number = ruleNumber(table.conditions)
    var items = Projection.identity(input, span)
    let rules = table.rules
    func column(_ name: String, _ type: DataType, _ cell: (RouteRules.Rule) -> TypedExpr?) {
      items.append(NamedExpr(name, choice(rules.map(cell), type)))
    }
    column(name, .text) { self.text($0.outcome) }
    column("reason", .text) { $0.reason.map(self.text) }
    column("queue", .text) { $0.queue.map(self.text) }
    column("due", .timestamp) { $0.within.map(self.due) }
    if number.constant != nil { return Projection.plan(input, items, span) }
    return Projection.plan(
      Projection.setting(NamedExpr(Self.ruleColumn, number), in: input, span), items, span)
  }

  private static let ruleColumn = "#rule"

  private func ruleNumber(_ conditions: [TypedExpr]) -> TypedExpr {
    let branches = conditions.enumerated().map { position, condition in
      TypedBranch(condition: condition, value: literal(.int(Int64(position + 1)), .int))
    }
    let last = literal(.int(Int64(branches.count + 1)), .int)
    if branches.isEmpty { return last }
    return TypedExpr(.conditional(branches, otherwise: last), ValueType(.int), span)
  }

  /// The cell of the rule that decided: rules with equal cells share a branch.
  private func choice(_ cells: [TypedExpr?], _ type: DataType) -> TypedExpr {
    let nothing = TypedExpr(.literal(.null), ValueType(type, nullable: true), span)
    let last = (cells.last ?? nil) ?? nothing
    var values: [(cell: TypedExpr, rules: [TypedExpr])] = []
    for (position, cell) in cells.dropLast().enumerated() {
      let cell = cell ?? nothing
      let number = literal(.int(Int64(position + 1)), .int)
      if cell.kind == last.kind { continue }
      if let at = values.firstIndex(where: { $0.cell.kind == cell.kind }) {
        values[at].rules.append(number)
      } else {
        values.append((cell, [number]))
      }
    }
    if values.isEmpty { return last }
    let isNullable = last.type.isNullable || values.contains { $0.cell.type.isNullable }
    return TypedExpr(
      .conditional(
        values.map { TypedBranch(condition: decided(by: $0.rules), value: $0.cell) },
        otherwise: last), ValueType(type, nullable: isNullable), span)
  }

  private func decided(by rules: [TypedExpr]) -> TypedExpr {
    let number = TypedExpr(.column(Self.ruleColumn), ValueType(.int), span)
    let kind: TypedExpr.Kind =
      rules.count == 1
      ? .compare(.equal, number, rules[0]) : .isIn(number, rules, negated: false)
    return TypedExpr(kind, ValueType(.bool), span)
  }

  private func due(_ limit: TypedExpr) -> TypedExpr {
    checker.arithmetic(.plus, literal(.timestamp(checker.constants.now), .timestamp), limit)
  }

  private func text(_ text: String) -> TypedExpr { literal(.text(text), .text) }

  private func literal(_ value: Value, _ type: DataType) -> TypedExpr {
    TypedExpr(.literal(value), ValueType(type), span)
  }

  // MARK: Audit

  /// `audited`, if it is asked for; `nil` after a mistake was reported. The hash begins with a
  /// word where those of `split` and `sample` have a seed: rows of a test part are audited like
  /// any others.
  fileprivate func audited() -> NamedExpr?? {
    guard let clause = clause(.audit), let item = clause.items.first else {
      guard let on = self.clause(.on) else { return .some(nil) }
      report(.clauseNotHere("on", verb: "route", allowed: ["audit 5% on claim_id"], at: on.span))
      return nil
    }
    guard let count = count(item.expr, of: "audit"), let keys = hashKeys(of: "audit") else {
      return nil
    }
    let digest = HashDigest.of(keys, salt: "audit", clause.span)
    let condition: TypedExpr
    switch count {
    case .share(let share):
      condition = compare(digest, .less, text(HashDigest.bound(share)))
    case .rows(let rows):
      var rank = AggregateExpr.call("row_number", [])
      rank.order = [SortKey(digest)]
      rank.order += Picking.tieBreakers(rank.order, input, [])
      let place = TypedExpr(
        .window(WindowExpr(call: rank, partition: [], sort: [], frame: nil)), ValueType(.int),
        clause.span)
      condition = compare(place, .lessOrEqual, literal(.int(Int64(rows)), .int))
    }
    return NamedExpr("audited", condition)
  }

  private func compare(_ a: TypedExpr, _ sign: CompareSign, _ b: TypedExpr) -> TypedExpr {
    TypedExpr(.compare(sign, a, b), ValueType(.bool), span)
  }
}

extension Diagnostic {
  fileprivate static func isAddedByRoute(_ name: Name) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`route` adds a column `\(name.text)` by itself", at: name.span,
      label: "the name of the outcome", help: ["give it another name, such as `decision`"])
  }

  /// A column that `route` adds is there already: named by the program, or added by it.
  fileprivate static func routeColumnIsThere(
    _ name: Name, adds: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .duplicateName, "there is a column `\(name.text)` already", at: span,
      label: "`route` adds " + adds.joined(separator: ", "),
      help: [
        "give the old one another name first: `| rename old_\(name.text) = \(name.text)`",
        "or leave it out: `| drop \(name.text)`",
      ])
  }
}
