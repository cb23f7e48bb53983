package import Diagnostics

import Values

/// The rule that a join matches at most one row, as a query that finds rows that break it.
package struct JoinGuard: Hashable, Sendable {
  /// Keys of the right side that match and stand there more than once, with how often.
  package var offenders: LogicalPlan
  /// Keys of the right side that stand there more than once, matched or not: where there are
  /// none, the rule holds without a look at the left side. `nil` where `on` compares.
  package var repeated: LogicalPlan?
  package var left: LogicalPlan
  package var right: LogicalPlan
  package var span: Span
  /// Names of the key columns, for the message.
  package var keys: [String]
  package var relation: String?
  /// Rows that match at one time, where only the nearest is wanted.
  package var isTie = false
}

package enum JoinGuards {
  /// All rules that the rows of a plan rest on, innermost first.
  package static func of(_ plan: LogicalPlan) -> [JoinGuard] {
    var found = plan.inputs.flatMap(of)
    if case .join(let left, let right, let join) = plan.op,
      let rule = guardOf(left, right, join, plan)
    {
      found.append(rule)
    }
    return found
  }

  private static func guardOf(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ plan: LogicalPlan
  ) -> JoinGuard? {
    if let tie = join.tie { return guardOfTie(tie, left, right, join, plan) }
    guard let span = join.guardSpan else { return nil }
    if !join.conditions.isEmpty { return perRow(left, right, join, span) }
    // The matched right rows: right semi-joined with left.
    let swapped = Join(
      kind: .semi,
      keys: join.keys.map { JoinKey(left: toLeft($0.right), right: toRight($0.left)) },
      conditions: [],
      outputs: right.schema.names.map { .init(name: $0, source: .left($0)) }, guardSpan: nil)
    let matched = LogicalPlan(
      .join(right, left, swapped), schema: right.schema, facts: right.facts, span: span)
    let keys = join.keys.enumerated().map { position, key in
      let expr = toLeft(key.right)
      return NamedExpr(expr.columnName ?? "key_\(position + 1)", expr)
    }
    let counted = several(of: matched, by: keys, span)
    return JoinGuard(
      offenders: PersonalData.masked(firstThree(counted, span)),
      repeated: firstThree(several(of: right, by: keys, span), span),
      left: left, right: right, span: span, keys: keys.map(\.name), relation: right.facts.name)
  }

  /// Of the matches of each row those of the nearest time; several of them are a tie.
  private static func guardOfTie(
    _ tie: Join.Tie, _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ plan: LogicalPlan
  ) -> JoinGuard {
    let span = tie.span
    var rank = AggregateExpr.call("rank", [])
    rank.order = [tie.time]
    let place = TypedExpr(
      .window(
        WindowExpr(
          call: rank, partition: tie.row.map { .column($0, span) }, sort: [], frame: nil)),
      ValueType(.int), span)
    let one = TypedExpr(.literal(.int(1)), ValueType(.int), span)
    let nearest = LogicalPlan(
      .filter(plan, TypedExpr(.compare(.equal, place, one), ValueType(.bool), span)),
      schema: plan.schema, facts: Facts(), span: span)
    let times = join.keys.enumerated().map { position, key in
      NamedExpr(key.left.columnName ?? "key_\(position + 1)", key.left)
    }
    let shown = times + [NamedExpr(tie.time.expr.columnName ?? "time", tie.time.expr)]
    let row = tie.row.filter { column in !shown.contains { $0.name == column.name } }
    let counted = several(
      of: nearest, by: row.map { NamedExpr("#\($0.name)", .column($0, span)) } + shown, span)
    let visible = counted.schema.columns.filter { !$0.name.hasPrefix("#") }
    let offenders = Projection.plan(
      counted, visible.map { NamedExpr($0.name, .column($0, span)) }, span)
    let rightKeys = (join.keys.map(\.right) + [tie.right]).enumerated().map { position, key in
      NamedExpr("key_\(position + 1)", toLeft(key))
    }
    return JoinGuard(
      offenders: PersonalData.masked(firstThree(offenders, span)),
      repeated: firstThree(several(of: right, by: rightKeys, span), span), left: left,
      right: right, span: span, keys: shown.map(\.name), relation: right.facts.name, isTie: true)
  }

  /// Groups of more than one row, with how many.
  private static func several(
    of plan: LogicalPlan, by keys: [NamedExpr], _ span: Span
  ) -> LogicalPlan {
    let counted = plan.counted(by: keys, span)
    let isSeveral = TypedExpr(
      .compare(
        .greater, TypedExpr(.column(LogicalPlan.countName), ValueType(.int), span),
        TypedExpr(.literal(.int(1)), ValueType(.int), span)), ValueType(.bool), span)
    return LogicalPlan(
      .filter(counted, isSeveral), schema: counted.schema, facts: counted.facts, span: span)
  }

  private static func firstThree(_ plan: LogicalPlan, _ span: Span) -> LogicalPlan {
    let order = plan.schema.columns.filter { $0.type.base.isOrdered }.map {
      SortKey(.column($0, span))
    }
    return LogicalPlan(
      .limit(plan, Limit(count: .rows(3), partition: [], order: order)), schema: plan.schema,
      facts: plan.facts, span: span)
  }

  /// With an inequality in `on`, matches are counted for each row of the left side.
  private static func perRow(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ span: Span
  ) -> JoinGuard {
    let number = TypedExpr(
      .window(
        WindowExpr(
          call: AggregateExpr(
            function: FunctionReference("row_number", overload: 0), arguments: [], order: [],
            filter: nil), partition: [], sort: [], frame: nil)), ValueType(.int), span)
    let numbered = Projection.plan(
      left, Projection.identity(left, span) + [NamedExpr("#row", number)], span)
    var many = join
    many.kind = .inner
    many.guardSpan = nil
    many.loss = nil
    many.outputs = numbered.schema.names.map { .init(name: $0, source: .left($0)) }
    let matched = LogicalPlan(
      .join(numbered, right, many), schema: numbered.schema, facts: Facts(), span: span)
    let keys = join.keys.enumerated().map { position, key in
      NamedExpr(key.left.columnName ?? "key_\(position + 1)", key.left)
    }
    let row = NamedExpr("#row", TypedExpr(.column("#row"), ValueType(.int), span))
    let counted = several(of: matched, by: [row] + keys, span)
    let columns = counted.schema.columns.filter { $0.name != "#row" }
    let shown = Projection.plan(
      counted, columns.map { NamedExpr($0.name, .column($0, span)) }, span)
    return JoinGuard(
      offenders: firstThree(shown, span), repeated: nil, left: left, right: right, span: span,
      keys: keys.map(\.name),
      relation: right.facts.name)
  }

  private static func toLeft(_ expr: TypedExpr) -> TypedExpr {
    map(expr) { if case .rightColumn(let name) = $0 { .column(name) } else { $0 } }
  }
  private static func toRight(_ expr: TypedExpr) -> TypedExpr {
    map(expr) { if case .column(let name) = $0 { .rightColumn(name) } else { $0 } }
  }
  private static func map(
    _ expr: TypedExpr, _ change: (TypedExpr.Kind) -> TypedExpr.Kind
  ) -> TypedExpr {
    var result = expr.mapChildren { map($0, change) }
    result.kind = change(result.kind)
    return result
  }
}
