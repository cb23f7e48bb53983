import Values

/// Variance and its kin need the mean of their group before the squares are summed (ruling 1):
/// a column with the mean goes in front, computed over the same groups and the same rows.
/// Relations inside expressions are rewritten where they are lowered. Over a moving frame there is
/// no one mean, and its rows stand in a fixed order anyway: there the engine's own do.
package enum TwoPassMeans {
  package static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    var plan = plan
    switch plan.op {
    case .scan, .rows: break
    // Its rows are worked out beforehand, and rewritten there.
    case .host, .computed: break
    case .sql(let text): plan.op = .sql(text.mapRelations(rewrite))
    case .filter(let input, let condition):
      return filter(rewrite(input), condition, plan)
    case .sort(let input): plan.op = .sort(rewrite(input))
    case .limit(let input, let limit): plan.op = .limit(rewrite(input), limit)
    case .distinct(let input): plan.op = .distinct(rewrite(input))
    case .reference(let id, let name, let input):
      plan.op = .reference(id, name: name, rewrite(input))
    case .join(let left, let right, let join):
      plan.op = .join(rewrite(left), rewrite(right), join)
    case .expand(let input, let items, let lists):
      plan.op = .expand(rewrite(input), items, lists: lists)
    case .combine(let kind, let all): plan.op = .combine(kind, all.map(rewrite))
    case .aggregate(let input, let keys, let items):
      plan.op = aggregate(rewrite(input), keys, items)
    case .project(let input, let items): plan.op = project(rewrite(input), items)
    }
    return plan
  }

  private static func aggregate(
    _ input: LogicalPlan, _ keys: [NamedExpr], _ items: [NamedExpr]
  ) -> LogicalPlan.Operator {
    var hidden: [NamedExpr] = []
    let changed = items.map { item -> NamedExpr in
      guard case .aggregate(let call) = item.expr.kind, isTwoPass(call.function) else {
        return item
      }
      var expr = item.expr
      expr.kind = .aggregate(
        withMeans(call, partition: keys.map(\.expr), &hidden))
      return NamedExpr(item.name, expr)
    }
    if hidden.isEmpty { return .aggregate(input, keys: keys, items: items) }
    return .aggregate(adding(hidden, to: input), keys: keys, items: changed)
  }

  private static func project(
    _ input: LogicalPlan, _ items: [NamedExpr]
  ) -> LogicalPlan.Operator {
    var hidden: [NamedExpr] = []
    let changed = items.map { NamedExpr($0.name, withMeans($0.expr, &hidden)) }
    if hidden.isEmpty { return .project(input, changed) }
    return .project(adding(hidden, to: input), changed)
  }

  /// The means stand in columns for the condition and are gone behind it.
  private static func filter(
    _ input: LogicalPlan, _ condition: TypedExpr, _ plan: LogicalPlan
  ) -> LogicalPlan {
    var hidden: [NamedExpr] = []
    let changed = withMeans(condition, &hidden)
    let wide = hidden.isEmpty ? input : adding(hidden, to: input)
    let filtered = LogicalPlan(
      .filter(wide, changed), schema: wide.schema, facts: plan.facts, span: plan.span)
    return hidden.isEmpty
      ? filtered : Projection.plan(filtered, Projection.identity(plan, plan.span), plan.span)
  }

  private static func withMeans(_ expr: TypedExpr, _ hidden: inout [NamedExpr]) -> TypedExpr {
    var means = hidden
    func change(_ expr: TypedExpr) -> TypedExpr {
      var expr = expr.mapChildren(change)
      guard case .window(var window) = expr.kind, isTwoPass(window.call.function) else {
        return expr
      }
      if window.frame == nil {
        window.call = withMeans(window.call, partition: window.partition, &means)
      } else {
        window.call.filter = pairFilter(window.call)
      }
      expr.kind = .window(window)
      return expr
    }
    let changed = change(expr)
    hidden = means
    return changed
  }

  /// The arguments, then the mean of each.
  private static func withMeans(
    _ call: AggregateExpr, partition: [TypedExpr], _ hidden: inout [NamedExpr]
  ) -> AggregateExpr {
    var result = call
    for argument in call.arguments {
      let mean = AggregateExpr(
        function: meanReference(of: argument.type.base), arguments: [argument], order: [],
        filter: pairFilter(call))
      let type = ValueType(.float, nullable: true)
      let window = TypedExpr(
        .window(WindowExpr(call: mean, partition: partition, sort: [], frame: nil)), type,
        argument.span)
      let name: String
      if let known = hidden.first(where: { $0.expr.kind == window.kind }) {
        name = known.name
      } else {
        name = "#mean\(hidden.count + 1)"
        hidden.append(NamedExpr(name, window))
      }
      result.arguments.append(TypedExpr(.column(name), type, argument.span))
    }
    result.filter = pairFilter(call)
    return result
  }

  /// Of two arguments, only rows that have both count.
  private static func pairFilter(_ call: AggregateExpr) -> TypedExpr? {
    let nullable = call.arguments.filter(\.type.isNullable)
    guard call.arguments.count > 1, !nullable.isEmpty else { return call.filter }
    let present = nullable.map { argument in
      TypedExpr(
        .compare(
          .notEqual, argument,
          TypedExpr(.literal(.null), ValueType(.null), argument.span)), ValueType(.bool),
        argument.span)
    }
    let all = (call.filter.map { [$0] } ?? []) + present
    return Checker.connect(all, isAnd: true, call.arguments[0].span)
  }

  private static func meanReference(of base: DataType) -> FunctionReference {
    let overloads = BuiltinFunction.named("mean")?.overloads ?? []
    let position = overloads.firstIndex { overload in
      overload.parameters.first.map { OverloadMatch.matches($0.pattern, base, []) } ?? false
    }
    return FunctionReference("mean", overload: position ?? 0)
  }

  private static func isTwoPass(_ reference: FunctionReference) -> Bool {
    guard let function = BuiltinFunction.named(reference.name),
      function.overloads.indices.contains(reference.overload),
      case .twoPass = function.overloads[reference.overload].form
    else { return false }
    return true
  }

  private static func adding(_ hidden: [NamedExpr], to input: LogicalPlan) -> LogicalPlan {
    Projection.plan(input, Projection.identity(input, input.span) + hidden, input.span)
  }
}
