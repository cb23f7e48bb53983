package import Diagnostics

import Values

/// The rule that a join matches at most one row, as a query that finds rows that break it.
package struct JoinGuard: Hashable, Sendable {
  /// Keys of the right side that match and stand there more than once, with how often.
  package var offenders: LogicalPlan
  package var span: Span
  /// Names of the key columns, for the message.
  package var keys: [String]
  package var relation: String?
}

package enum JoinGuards {
  /// All rules that the rows of a plan rest on, innermost first.
  package static func of(_ plan: LogicalPlan) -> [JoinGuard] {
    switch plan.op {
    case .scan, .rows: return []
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _),
      .sort(let input), .limit(let input, _), .distinct(let input), .reference(_, _, let input):
      return of(input)
    case .join(let left, let right, let join):
      return of(left) + of(right) + (guardOf(left, right, join, plan).map { [$0] } ?? [])
    }
  }

  private static func guardOf(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ plan: LogicalPlan
  ) -> JoinGuard? {
    guard let span = join.guardSpan else { return nil }
    // The matched right rows: right semi-joined with left.
    let swapped = Join(
      kind: .semi,
      keys: join.keys.map { JoinKey(left: toLeft($0.right), right: toRight($0.left)) },
      conditions: join.conditions.map(swap),
      outputs: right.schema.names.map { .init(name: $0, source: .left($0)) }, guardSpan: nil)
    let matched = LogicalPlan(
      .join(right, left, swapped), schema: right.schema, facts: right.facts, span: span)
    let keys = join.keys.enumerated().map { position, key in
      let expr = toLeft(key.right)
      return NamedExpr(expr.columnName ?? "key_\(position + 1)", expr)
    }
    let count = TypedExpr(
      .aggregate(
        AggregateExpr(
          function: FunctionReference("count", overload: 0), arguments: [], order: [],
          filter: nil)), ValueType(.int), span)
    let columns = keys.map { Column($0.name, $0.expr.type) } + [Column("rows", ValueType(.int))]
    let counted = LogicalPlan(
      .aggregate(matched, keys: keys, items: [NamedExpr("rows", count)]),
      schema: Schema(columns), facts: Facts(uniqueKeys: [keys.map(\.name)]), span: span)
    let several = TypedExpr(
      .compare(
        .greater, TypedExpr(.column("rows"), ValueType(.int), span),
        TypedExpr(.literal(.int(1)), ValueType(.int), span)), ValueType(.bool), span)
    let filtered = LogicalPlan(
      .filter(counted, several), schema: counted.schema, facts: counted.facts, span: span)
    let order = keys.filter { $0.expr.type.base.isOrdered }.map {
      SortKey(TypedExpr(.column($0.name), $0.expr.type, span))
    }
    let three = LogicalPlan(
      .limit(filtered, Limit(count: .rows(3), partition: [], order: order)),
      schema: filtered.schema, facts: filtered.facts, span: span)
    return JoinGuard(
      offenders: three, span: span, keys: keys.map(\.name), relation: right.facts.name)
  }

  private static func toLeft(_ expr: TypedExpr) -> TypedExpr {
    map(expr) { if case .rightColumn(let name) = $0 { .column(name) } else { $0 } }
  }
  private static func toRight(_ expr: TypedExpr) -> TypedExpr {
    map(expr) { if case .column(let name) = $0 { .rightColumn(name) } else { $0 } }
  }
  private static func swap(_ expr: TypedExpr) -> TypedExpr {
    map(expr) { kind in
      switch kind {
      case .column(let name): .rightColumn(name)
      case .rightColumn(let name): .column(name)
      default: kind
      }
    }
  }
  private static func map(
    _ expr: TypedExpr, _ change: (TypedExpr.Kind) -> TypedExpr.Kind
  ) -> TypedExpr {
    var result = expr.mapChildren { map($0, change) }
    result.kind = change(result.kind)
    return result
  }
}
