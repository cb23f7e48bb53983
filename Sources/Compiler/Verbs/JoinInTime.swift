import Diagnostics
import Syntax
import Values

// `join asof` and `join window`: rows that match in time. Every row of the left side stays.
extension StageCheck {
  /// The latest match: `join asof prices on sku at ordered_at >= valid_from within 90 days`.
  func joinedAsOf(_ right: LogicalPlan, at place: Span) -> Checked {
    guard let timed = timedCondition(right, "asof", without: .into),
      let outputs = outputs(.left, right, timed.condition, at: place)
    else { return .failed }
    let rows = numbered()
    let time = TimedOrder(timed, outputs.map(\.output))
    var join = Join(
      kind: .left, keys: timed.condition.keys, conditions: timed.condition.others,
      outputs: outputs.map(\.output) + rows.added.map { .init(name: $0, source: .left($0)) },
      guardSpan: nil)
    let keys = timed.condition.keys.compactMap(\.right.rightColumnName)
    if !right.facts.isUnique(on: keys + [timed.right.rightColumnName].compactMap { $0 }) {
      join.tie = Join.Tie(span: span, row: rows.identity, time: time.key, right: timed.right)
    }
    let schema = Schema(outputs.map { Column($0.output.name, $0.type) })
    var wide = schema
    for name in rows.added { wide.set(Column(name, ValueType(.int))) }
    let candidates = LogicalPlan(
      .join(rows.plan, right, join), schema: wide, facts: Facts(name: input.facts.name), span: span)
    let first = Limit(
      count: .rows(1), partition: rows.identity.map { .column($0, span) }, order: [time.key])
    let picked = LogicalPlan(
      .limit(candidates, first), schema: wide, facts: candidates.facts, span: span)
    var result = Projection.plan(picked, projected(schema), span)
    result.facts = keptFacts
    return .relation(result)
  }

  /// Aggregates of all matches:
  /// `join window orders on customer_id at cutoff > ordered_at within 90 days into n = count()`.
  func joinedWindow(_ right: LogicalPlan, at place: Span) -> Checked {
    guard let timed = timedCondition(right, "window", without: .as) else { return .failed }
    guard let into = clause(.into) else {
      report(
        Diagnostic(
          .joinKeys, "`join window` needs `into`", at: span, label: "what is made of the matches?",
          help: ["`into n = count(), spend = sum(amount)`"]))
      return .failed
    }
    let rows = numbered()
    let hit = NamedExpr("#hit", TypedExpr(.literal(.bool(true)), ValueType(.bool), span))
    let marked = Projection.plan(right, Projection.identity(right, span) + [hit], span)
    var outputs = marked.schema.names.map { Join.Output(name: $0, source: .right($0)) }
    outputs += rows.plan.schema.names.map { .init(name: Self.left($0), source: .left($0)) }
    let join = Join(
      kind: .left, keys: timed.condition.keys, conditions: timed.condition.others,
      outputs: outputs, guardSpan: nil)
    // The types of the right side stay: what did not match counts in no measure.
    let schema = Schema(
      marked.schema.columns + rows.plan.schema.columns.map { Column(Self.left($0.name), $0.type) })
    let matches = LogicalPlan(
      .join(rows.plan, marked, join), schema: schema, facts: Facts(name: right.facts.name),
      span: span)
    guard let folded = folded(matches, rows.plan.schema, into) else { return .failed }
    let measures = folded.schema.columns.dropFirst(rows.plan.schema.count)
    let given = into.items.compactMap { $0.name ?? Self.ownName(of: $0.expr, scope) }
    if let clash = given.first(where: { input.schema[$0.text] != nil }) {
      report(nameClash(clash.text, hasPrefix: true, at: clash.span))
      return .failed
    }
    let items =
      input.schema.columns.map { column in
        NamedExpr(column.name, TypedExpr(.column(Self.left(column.name)), column.type, span))
      } + measures.map { NamedExpr($0.name, .column($0, span)) }
    var result = Projection.plan(folded, items, span)
    result.facts = keptFacts
    return .relation(result)
  }

  private static func left(_ name: String) -> String { "#left \(name)" }

  /// The measures of `into` over the matches of each row.
  private func folded(
    _ matches: LogicalPlan, _ left: Schema, _ into: Clause
  ) -> LogicalPlan? {
    let isHit = Expr(.name("#hit"), span)
    var stage = Stage(path: [Name("summarize", span)], isVerb: true, span: span)
    stage.items = into.items.map { item in
      var item = item
      item.filter = item.filter.map { Expr(.and([isHit, $0]), $0.span) } ?? isHit
      return item
    }
    var by = Clause(word: .by, span: span)
    by.items = left.names.map {
      Item(name: Name(Self.left($0), span), expr: Expr(.name(Self.left($0)), span), span: span)
    }
    stage.clauses = [by]
    let inner = StageCheck(checker: checker, stage: stage, input: matches, scope: scope)
    guard let check = inner.withoutSets(),
      case .relation(let plan)? = Verb.named("summarize")?.apply(check)
    else { return nil }
    return plan
  }

  // MARK: Rows

  private struct NumberedRows {
    var plan: LogicalPlan
    /// Tell each row from all others.
    var identity: [Column]
    /// What was added for that.
    var added: [String]
  }

  /// The incoming rows with what tells them apart: their key where one is known, else a number.
  private func numbered() -> NumberedRows {
    if let key = input.facts.uniqueKeys.first {
      return NumberedRows(plan: input, identity: key.compactMap { input.schema[$0] }, added: [])
    }
    let number = TypedExpr(
      .window(
        WindowExpr(call: .call("row_number", []), partition: [], sort: [], frame: nil)),
      ValueType(.int), span)
    let plan = Projection.plan(
      input, Projection.identity(input, span) + [NamedExpr("#row", number)], span)
    return NumberedRows(
      plan: plan, identity: [Column("#row", ValueType(.int))], added: ["#row"])
  }

  private func projected(_ schema: Schema) -> [NamedExpr] {
    schema.columns.map { NamedExpr($0.name, .column($0, span)) }
  }

  /// Each row stays, once.
  private var keptFacts: Facts {
    let isCarried = input.facts.order != .source && input.facts.hiddenColumns.isEmpty
    return Facts(
      order: isCarried ? input.facts.order : .unknown, uniqueKeys: input.facts.uniqueKeys,
      name: input.facts.name)
  }

  // MARK: The condition

  fileprivate struct TimedCondition {
    /// What stands behind `on`, and the times.
    var condition: JoinCondition
    var right: TypedExpr
    var isLatest: Bool
  }

  private func timedCondition(
    _ right: LogicalPlan, _ kind: String, without unfit: ClauseWord
  ) -> TimedCondition? {
    let isAsOf = kind == "asof"
    if let clause = clause(unfit) {
      report(
        .clauseNotHere(
          unfit.rawValue, verb: "join \(kind)",
          allowed: ["on", "at", "within", isAsOf ? "as" : "into"], at: clause.span))
      return nil
    }
    if let many = stage.modifiers.first(where: { $0.text == "many" }) {
      report(.clauseNotHere("many", verb: "join \(kind)", allowed: [], at: many.span))
      return nil
    }
    var condition = JoinCondition()
    for item in clause(.on)?.items ?? [] where !add(item, to: &condition, right) { return nil }
    guard let at = clause(.at)?.items.first else {
      report(
        Diagnostic(
          .joinKeys, "`join \(kind)` needs `at`", at: span, label: "which times are compared?",
          help: ["`at ordered_at >= valid_from`: left side first"]))
      return nil
    }
    guard let times = times(at, right) else { return nil }
    condition.others.append(times.comparison)
    guard let within = clause(.within)?.items.first else {
      return TimedCondition(condition: condition, right: times.right, isLatest: times.isLatest)
    }
    guard let limit = limit(within, times) else { return nil }
    condition.others.append(limit)
    return TimedCondition(condition: condition, right: times.right, isLatest: times.isLatest)
  }

  private struct Times {
    var comparison: TypedExpr
    var left: TypedExpr
    var right: TypedExpr
    /// Matches lie before the row, so that the latest is the nearest.
    var isLatest: Bool
  }

  /// `at ordered_at >= valid_from`; of a column of both sides, at or before the row.
  private func times(_ item: Item, _ right: LogicalPlan) -> Times? {
    let sides: (Expr, CompareSign, Expr)
    switch item.expr.kind {
    case .name: sides = (item.expr, .greaterOrEqual, item.expr)
    case .compare(let left, let sign, let other):
      guard let compare = CompareSign(rawValue: sign.rawValue), compare.isOrdering else {
        fallthrough
      }
      sides = (left, compare, other)
    default:
      report(
        Diagnostic(
          .joinKeys, "`at` wants two times with an order", at: item.span,
          label: "no `>=`, `>`, `<=` or `<`",
          help: ["`at ordered_at >= valid_from`: the incoming relation stands left"]))
      return nil
    }
    if let fix = turnedRound(sides.0, sides.2, right) {
      report(
        Diagnostic(
          .joinKeys, "the sides are turned round", at: item.span, label: "left side first",
          help: ["write `\(fix.0) \(sides.1.flipped.rawValue) \(fix.1)`"]))
      return nil
    }
    let a = checker.check(sides.0, rowContext)
    let b = checker.check(sides.2, rightContext(right, "`at`"))
    let typed = checker.compare(a, sides.1, b, item.span)
    if typed.isFailed { return nil }
    return Times(
      comparison: typed, left: a, right: b,
      isLatest: sides.1 == .greater || sides.1 == .greaterOrEqual)
  }

  /// `within 90 days`: the match is at most so far away.
  private func limit(_ within: Item, _ times: Times) -> TypedExpr? {
    let length = checker.check(within.expr, .outside(scope))
    if length.isFailed { return nil }
    guard length.type.base == .duration || length.type.base == .months else {
      report(
        .mismatch(
          "`within` takes a length of time", at: within.span, label: "this is \(length.type)",
          help: ["`within 90 days`, `within 3 months`"]))
      return nil
    }
    let edge = checker.arithmetic(times.isLatest ? .minus : .plus, times.left, length)
    if edge.isFailed { return nil }
    let sign: CompareSign = times.isLatest ? .lessOrEqual : .greaterOrEqual
    let limit = checker.compare(edge, sign, times.right, within.span)
    return limit.isFailed ? nil : limit
  }
}

extension CompareSign {
  fileprivate var isOrdering: Bool {
    switch self {
    case .equal, .notEqual: false
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    }
  }
}

/// The time of the match among the columns of the result, the nearest first.
private struct TimedOrder {
  let key: SortKey

  init(_ timed: StageCheck.TimedCondition, _ outputs: [Join.Output]) {
    var names: [String: String] = [:]
    for output in outputs {
      if case .right(let column) = output.source { names[column] = output.name }
    }
    key = SortKey(timed.right.asOutput(names), descending: timed.isLatest)
  }
}

extension TypedExpr {
  /// Of the joined relation, as the result names its columns.
  fileprivate func asOutput(_ names: [String: String]) -> TypedExpr {
    var result = mapChildren { $0.asOutput(names) }
    if case .rightColumn(let name) = result.kind { result.kind = .column(names[name] ?? name) }
    return result
  }

  var rightColumnName: String? {
    if case .rightColumn(let name) = kind { name } else { nil }
  }
}
