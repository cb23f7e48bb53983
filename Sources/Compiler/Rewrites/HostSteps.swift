import Diagnostics
import Values

/// Cuts a plan where Whom itself has to work something out: each call with host code becomes a
/// column of a `.host` operator below the operator that it stood in.
///
///     filter(orders, normal_cdf(z) > 0.9)
///     project(filter(host(orders, #host1 = normal_cdf(z)), #host1 > 0.9), the columns of orders)
enum HostSteps {
  static func cut(_ plan: LogicalPlan) -> LogicalPlan {
    var plan = plan
    switch plan.op {
    case .scan, .rows, .sql, .reference, .host, .computed: return plan
    case .filter(let input, let condition): return filter(cut(input), condition, plan)
    case .project(let input, let items):
      let (wide, changed) = lift(cut(input), items, keeping: [])
      plan.op = .project(wide, changed)
    case .expand(let input, let items, let lists):
      let (wide, changed) = lift(cut(input), items, keeping: [])
      plan.op = .expand(wide, changed, lists: lists)
    case .aggregate(let input, let keys, let items):
      let (wide, changed) = lift(cut(input), keys + items, keeping: [])
      plan.op = .aggregate(
        wide, keys: Array(changed.prefix(keys.count)), items: Array(changed.dropFirst(keys.count)))
    case .sort(let input): return sort(cut(input), plan)
    case .limit(let input, let limit): return self.limit(cut(input), limit, plan)
    case .distinct(let input): plan.op = .distinct(cut(input))
    case .combine(let kind, let all): plan.op = .combine(kind, all.map(cut))
    case .join(let left, let right, let join):
      plan.op = self.join(cut(left), cut(right), join)
    }
    return plan
  }

  private static func filter(
    _ input: LogicalPlan, _ condition: TypedExpr, _ plan: LogicalPlan
  ) -> LogicalPlan {
    var plan = plan
    guard condition.hasHostCall else {
      plan.op = .filter(input, condition)
      return plan
    }
    let (wide, changed) = lift(
      input, [NamedExpr("", condition)], keeping: input.schema.names)
    let filtered = LogicalPlan(
      .filter(wide, changed[0].expr), schema: wide.schema, facts: plan.facts, span: plan.span)
    return Projection.plan(filtered, Projection.identity(plan, plan.span), plan.span)
  }

  /// The keys become hidden columns, which go along as far as the order is known.
  private static func sort(_ input: LogicalPlan, _ plan: LogicalPlan) -> LogicalPlan {
    var plan = plan
    plan.op = .sort(input)
    guard plan.facts.sortKeys.contains(where: \.expr.hasHostCall) else { return plan }
    let hidden = plan.facts.sortKeys.enumerated().filter { $1.expr.hasHostCall }.map {
      NamedExpr(HiddenColumn.order($0), $1.expr)
    }
    let (wide, changed) = lift(input, hidden, keeping: input.schema.names)
    var facts = wide.facts
    facts.order = .unknown
    let items = Projection.identity(input, plan.span) + changed
    let keyed = LogicalPlan(
      .project(wide, items), schema: input.schema, facts: facts, span: plan.span)
    plan.op = .sort(keyed)
    plan.facts.order = .by(
      plan.facts.sortKeys.enumerated().map { position, key in
        guard key.expr.hasHostCall else { return key }
        return SortKey(
          TypedExpr(.column(HiddenColumn.order(position)), key.expr.type, key.expr.span),
          descending: key.isDescending)
      })
    return plan
  }

  private static func limit(
    _ input: LogicalPlan, _ limit: Limit, _ plan: LogicalPlan
  ) -> LogicalPlan {
    var (plan, limit) = (plan, limit)
    let exprs = limit.partition + limit.order.map(\.expr)
    guard exprs.contains(where: \.hasHostCall) else {
      plan.op = .limit(input, limit)
      return plan
    }
    let (wide, changed) = lift(
      input, exprs.map { NamedExpr("", $0) }, keeping: input.schema.names)
    let count = limit.partition.count
    limit.partition = changed.prefix(count).map(\.expr)
    limit.order = zip(limit.order, changed.dropFirst(count)).map {
      SortKey($1.expr, descending: $0.isDescending)
    }
    var facts = plan.facts
    if facts.sortKeys.contains(where: \.expr.hasHostCall) { facts.order = .by(limit.order) }
    let limited = LogicalPlan(
      .limit(wide, limit), schema: wide.schema, facts: facts, span: plan.span)
    return Projection.plan(limited, Projection.identity(plan, plan.span), plan.span)
  }

  /// Keys are of one side each. Conditions over both sides are refused by the checker.
  private static func join(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join
  ) -> LogicalPlan.Operator {
    var join = join
    let (wideLeft, lefts) = lift(
      left, join.keys.map { NamedExpr("", $0.left) }, keeping: left.schema.names)
    let (wideRight, rights) = lift(
      right, join.keys.map { NamedExpr("", $0.right) }, keeping: right.schema.names)
    join.keys = zip(lefts, rights).map { JoinKey(left: $0.expr, right: $1.expr) }
    return .join(wideLeft, wideRight, join)
  }

  // MARK: Calls become columns

  /// The relation with a column for each call, and the expressions that read those. Of its
  /// columns those stay that are named or used.
  private static func lift(
    _ input: LogicalPlan, _ items: [NamedExpr], keeping names: [String]
  ) -> (LogicalPlan, [NamedExpr]) {
    var (input, items) = (input, items)
    var round = 0
    while items.contains(where: \.expr.hasHostCall) {
      round += 1
      input = add(innermost(in: items), to: input, &items, keeping: Set(names), round)
    }
    return (input, items)
  }

  /// Calls with no call in their arguments, each once.
  private static func innermost(in items: [NamedExpr]) -> [TypedExpr] {
    var found: [TypedExpr] = []
    for item in items {
      item.expr.forEach { part in
        guard part.isHostCall, !part.children.contains(where: \.hasHostCall),
          !found.contains(where: { $0.kind == part.kind })
        else { return }
        found.append(part)
      }
    }
    return found
  }

  private static func add(
    _ calls: [TypedExpr], to input: LogicalPlan, _ items: inout [NamedExpr],
    keeping names: Set<String>, _ round: Int
  ) -> LogicalPlan {
    var used = names
    for item in items { used.formUnion(item.expr.columnUses.keys) }
    var arguments = StepArguments(round: round)
    var outputs: [Column] = []
    let hostCalls = calls.enumerated().map { position, call -> HostCall in
      outputs.append(Column("#host\(round)_\(position + 1)", call.type))
      return arguments.call(call)
    }
    items = items.map { item in
      NamedExpr(item.name, replacing(calls, by: outputs, in: item.expr))
    }
    let rows = Projection.plan(
      input,
      Projection.identity(input, input.span).filter { used.contains($0.name) } + arguments.columns,
      input.span)
    return LogicalPlan(
      .host(
        rows, HostStep(inputs: arguments.inputs, outputs: outputs, work: .calls(hostCalls))),
      schema: Schema(rows.schema.columns + outputs), facts: rows.facts, span: input.span)
  }

  private static func replacing(
    _ calls: [TypedExpr], by columns: [Column], in expr: TypedExpr
  ) -> TypedExpr {
    if let position = calls.firstIndex(where: { $0.kind == expr.kind }) {
      return .column(columns[position], expr.span)
    }
    return expr.mapChildren { replacing(calls, by: columns, in: $0) }
  }
}

/// The columns that a step reads: those of the relation as they are, others computed for it.
private struct StepArguments {
  var round: Int
  private(set) var inputs: [String] = []
  private(set) var columns: [NamedExpr] = []

  init(round: Int) { self.round = round }

  mutating func call(_ expr: TypedExpr) -> HostCall {
    guard case .scalar(let reference, let arguments) = expr.kind else {
      return HostCall(function: FunctionReference("", overload: 0), arguments: [])
    }
    return HostCall(function: reference, arguments: arguments.map { argument($0) })
  }

  private mutating func argument(_ expr: TypedExpr) -> HostCall.Argument {
    if let constant = expr.constant { return .constant(constant) }
    let name = column(expr)
    if let known = inputs.firstIndex(of: name) { return .input(known) }
    inputs.append(name)
    return .input(inputs.count - 1)
  }

  private mutating func column(_ expr: TypedExpr) -> String {
    if let name = expr.columnName { return name }
    if let known = columns.first(where: { $0.expr.kind == expr.kind }) { return known.name }
    let name = "#argument\(round)_\(columns.count + 1)"
    columns.append(NamedExpr(name, expr))
    return name
  }
}
