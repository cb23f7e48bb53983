import Diagnostics
import Syntax
import Values

extension Verb {
  static let join = Verb(
    name: "join", summary: "adds the columns of the row that matches, at most one",
    form:
      "join left customers on customer_id | join asof prices on sku at day >= valid_from within 90 days | join window orders on customer_id at cutoff > ordered_at within 90 days into n = count()",
    clauses: [.on, .as, .at, .within, .into],
    details: """
      Inner when nothing is said, with a warning where more than one row of a hundred has no match; `inner`
      says that this is meant, and so does a filter on what is joined. `left`, `right` and `full` keep rows
      without a match, `semi` and `anti` only filter, `cross` pairs all with all. A row that matches
      several is an error that shows the keys, unless the stage says `join many`. A missing key matches
      nothing. `as c` puts `c_` before the names of the right side. Where the keys have two names, the left one stands left: `on id == customer_id`.
      `join asof` takes the latest match at or before a time (with `<=` the first one after it), at most
      `within` so long; every row stays, and two matches of one time are an error. `join window` folds
      all matches into the measures of `into`, whose names are the right side's: 0 or missing where
      there are none. Further comparisons in `on` keep rows out that arrived too late.
      """,
    examples: [
      "orders | join customers on customer_id | select order_id, name, amount",
      "orders | join left customers on customer_id as c | select order_id, customer_id, c_name",
      "customers | join many orders on customer_id | summarize spend = sum(amount) by name",
      "customers | join anti orders on customer_id",
      """
      let cuts = rows [{customer_id: 1, cutoff: @2025-02-01}, {customer_id: 2, cutoff: @2025-02-15}]
      cuts | join window orders on customer_id at cutoff > ordered_at within 30 days
        into orders = count(), spend = sum(amount)
      """,
    ]
  ) { check in
    guard let kind = check.joinKind(), let item = check.stage.items.first,
      let right = check.checker.checkRelationOperand(item.expr, check.scope)
    else { return .failed }
    for word in check.stage.modifiers {
      if word.text == "asof" { return check.joinedAsOf(right, at: item.span) }
      if word.text == "window" { return check.joinedWindow(right, at: item.span) }
    }
    guard let condition = check.joinCondition(kind, right) else { return .failed }
    return check.joined(kind, right, condition, at: item.span)
  }
}

/// What stands behind `on`, sorted out.
struct JoinCondition {
  var keys: [JoinKey] = []
  var others: [TypedExpr] = []
  /// Columns of both sides by one name: the right one does not come in again.
  var shared: [String] = []
}

extension StageCheck {
  var isMany: Bool { stage.modifiers.contains { $0.text == "many" } }
  private var saysInner: Bool { stage.modifiers.contains { $0.text == "inner" } }

  fileprivate func joinKind() -> Join.Kind? {
    for word in stage.modifiers {
      switch word.text {
      case "left": return .left
      case "right": return .right
      case "full": return .full
      case "semi": return .semi
      case "anti": return .anti
      case "cross": return .cross
      default: continue
      }
    }
    return .inner
  }

  fileprivate func joinCondition(_ kind: Join.Kind, _ right: LogicalPlan) -> JoinCondition? {
    for word in [ClauseWord.at, .within, .into] {
      if let clause = clause(word) {
        report(
          .clauseNotHere(word.rawValue, verb: "join", allowed: ["on", "as"], at: clause.span))
        return nil
      }
    }
    guard let on = clause(.on) else {
      if kind == .cross { return JoinCondition() }
      report(missingOn(right))
      return nil
    }
    if kind == .cross {
      report(.clauseNotHere("on", verb: "join cross", allowed: ["as"], at: on.span))
      return nil
    }
    var condition = JoinCondition()
    for item in on.items where !add(item, to: &condition, right) { return nil }
    if condition.keys.isEmpty, !isMany, kind != .semi, kind != .anti {
      report(
        Diagnostic(
          .joinKeys, "this join matches many rows", at: on.span,
          label: "no column is equal on both sides",
          help: ["add an equality, or write `join many` if a row may match several"]))
      return nil
    }
    return condition
  }

  private func missingOn(_ right: LogicalPlan) -> Diagnostic {
    let shared = input.schema.names.filter { right.schema[$0] != nil }
    return Diagnostic(
      .joinKeys, "`join` needs `on`", at: span, label: "by which columns do rows match?",
      help: [
        shared.isEmpty
          ? "name the columns: `on customer_id == id`"
          : "both sides have \(shared.prefix(5).map { "`\($0)`" }.joined(separator: ", ")): `on \(shared[0])`"
      ])
  }

  /// One item of `on`: a column of both sides, or one comparison.
  func add(_ item: Item, to condition: inout JoinCondition, _ right: LogicalPlan) -> Bool {
    let name: String?
    switch item.expr.kind {
    case .name(let text): name = text
    case .variable(let text):
      name = Self.ownName(of: item.expr, scope)?.text ?? text
    default: name = nil
    }
    if let name { return addShared(name, item.expr.span, to: &condition, right) }
    guard case .compare(let left, let sign, let other) = item.expr.kind,
      let compare = CompareSign(rawValue: sign.rawValue)
    else {
      report(
        Diagnostic(
          .joinKeys, "`on` wants columns or comparisons", at: item.span,
          label: "neither of the two",
          help: [
            "`on customer_id`, or `on customer_id == id`: left side first",
            "every row with every row is `join cross`",
          ]))
      return false
    }
    if let fix = turnedRound(left, other, right) {
      report(
        Diagnostic(
          .joinKeys, "the sides are turned round", at: item.span, label: "left side first",
          help: ["write `\(fix.0) \(compare.flipped.rawValue) \(fix.1)`"]))
      return false
    }
    let a = checker.check(left, rowContext)
    let b = checker.check(other, rightContext(right, "`on`"))
    let typed = checker.compare(a, compare, b, item.span)
    if typed.isFailed { return false }
    if compare == .equal {
      condition.keys.append(key(a, b))
      if let l = a.columnName, case .rightColumn(let r) = b.kind, l == r {
        condition.shared.append(l)
      }
    } else {
      condition.others.append(matching(typed))
    }
    return true
  }

  /// An instant and a date are equal on that day, as in every comparison.
  private func key(_ a: TypedExpr, _ b: TypedExpr) -> JoinKey {
    switch (a.type.base, b.type.base) {
    case (.timestamp, .date): JoinKey(left: checker.dayOf(a), right: b)
    case (.date, .timestamp): JoinKey(left: a, right: checker.dayOf(b))
    default: JoinKey(left: a, right: b)
    }
  }

  /// What is missing matches nothing here, so that it is not different from anything either.
  private func matching(_ condition: TypedExpr) -> TypedExpr {
    guard case .compare(.notEqual, var a, var b) = condition.kind, a.constant != .null,
      b.constant != .null
    else { return condition }
    a.type = a.type.nonNull
    b.type = b.type.nonNull
    return TypedExpr(.compare(.notEqual, a, b), condition.type, condition.span)
  }

  /// The right operand of a comparison is over the joined relation.
  func rightContext(_ right: LogicalPlan, _ place: String) -> ExprContext {
    ExprContext(
      scope: scope, row: .joined(right.schema, name: right.facts.name),
      aggregates: .refused(place: place))
  }

  /// Whether each side names a column that only the other relation has.
  func turnedRound(
    _ left: Expr, _ other: Expr, _ right: LogicalPlan
  ) -> (String, String)? {
    guard case .name(let a) = left.kind, case .name(let b) = other.kind,
      input.schema[a] == nil, right.schema[a] != nil, right.schema[b] == nil,
      input.schema[b] != nil
    else { return nil }
    return (b, a)
  }

  private func addShared(
    _ name: String, _ span: Span, to condition: inout JoinCondition, _ right: LogicalPlan
  ) -> Bool {
    guard let left = column(Name(name, span)) else { return false }
    guard let other = right.schema[name] else {
      let near = Suggestion.nearest(to: name, in: right.schema.names)
      report(
        Diagnostic(
          .joinKeys, "the joined relation has no column `\(name)`", at: span,
          label: "only on the left side",
          help: [
            near.map { "write `on \(name) == \($0)`: left side first" }
              ?? input.schema.names.first { right.schema[$0] != nil }
              .map { "both sides have `\($0)`: `on \($0)`" }
              ?? "its columns: \(right.schema.names.prefix(12).joined(separator: ", "))"
          ]))
      return false
    }
    let a = TypedExpr.column(left, span)
    let b = TypedExpr(.rightColumn(name), other.type, span)
    if checker.compare(a, .equal, b, span).isFailed { return false }
    condition.keys.append(key(a, b))
    condition.shared.append(name)
    return true
  }

  // MARK: The result

  fileprivate func joined(
    _ kind: Join.Kind, _ right: LogicalPlan, _ condition: JoinCondition, at place: Span
  ) -> Checked {
    guard let outputs = outputs(kind, right, condition, at: place) else { return .failed }
    let rightKeys = condition.keys.compactMap { key -> String? in
      if case .rightColumn(let name) = key.right.kind { name } else { nil }
    }
    let isProven = right.facts.isUnique(on: rightKeys)
    let needsGuard =
      !isMany && !isProven && kind != .semi && kind != .anti && kind != .cross
    var facts = Facts(name: input.facts.name)
    let keepsRows = kind == .semi || kind == .anti || ((kind == .inner || kind == .left) && !isMany)
    if keepsRows {
      facts.uniqueKeys = input.facts.uniqueKeys
      facts.order = input.facts.order == .source ? .unknown : input.facts.order
    }
    let carried = facts.hiddenColumns.map { Join.Output(name: $0, source: .left($0)) }
    let join = Join(
      kind: kind, keys: condition.keys, conditions: condition.others,
      outputs: outputs.map(\.output) + carried,
      guardSpan: needsGuard ? span : nil,
      loss: kind == .inner ? Join.Loss(span: span, isMeant: saysInner) : nil)
    let schema = Schema(outputs.map { Column($0.output.name, $0.type) })
    return .relation(
      LogicalPlan(.join(input, right, join), schema: schema, facts: facts, span: span))
  }

  struct Outcome {
    var output: Join.Output
    var type: ValueType
  }

  func outputs(
    _ kind: Join.Kind, _ right: LogicalPlan, _ condition: JoinCondition, at place: Span
  ) -> [Outcome]? {
    var result: [Outcome] = []
    let leftMayMiss = kind == .right || kind == .full
    let rightMayMiss = kind == .left || kind == .full
    for column in input.schema.columns {
      let isShared = condition.shared.contains(column.name)
      if isShared, leftMayMiss, let other = right.schema[column.name] {
        let type = TypeRules.unify(column.type, other.type) ?? column.type
        result.append(
          Outcome(
            output: .init(name: column.name, source: .either(column.name, column.name)),
            type: kind == .right ? type.withNullability(of: other.type) : type))
      } else {
        result.append(
          Outcome(
            output: .init(name: column.name, source: .left(column.name)),
            type: leftMayMiss
              ? column.type.nullable
              : (isShared && kind == .inner ? column.type.nonNull : column.type)))
      }
    }
    if kind == .semi || kind == .anti { return result }
    let prefix = clause(.as)?.names.first?.text
    for column in right.schema.columns where !condition.shared.contains(column.name) {
      let name = prefix.map { "\($0)_\(column.name)" } ?? column.name
      if let clash = result.first(where: { $0.output.name == name }) {
        report(nameClash(clash.output.name, hasPrefix: prefix != nil, at: place))
        return nil
      }
      result.append(
        Outcome(
          output: .init(name: name, source: .right(column.name)),
          type: rightMayMiss ? column.type.nullable : column.type))
    }
    return result
  }

  func nameClash(_ name: String, hasPrefix: Bool, at place: Span) -> Diagnostic {
    Diagnostic(
      .joinNameClash, "both sides have a column `\(name)`", at: place, label: "joined here",
      help: hasPrefix
        ? ["choose another name, or drop the column first"]
        : [
          "add `as p`: the columns of the right side come in as `p_...`",
          "or leave it out before: `join (... | drop \(name))`",
        ])
  }
}

extension ValueType {
  fileprivate func withNullability(of other: ValueType) -> ValueType {
    ValueType(base, nullable: other.isNullable, labels: labels)
  }
}
