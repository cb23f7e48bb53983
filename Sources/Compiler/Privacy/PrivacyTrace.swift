import Diagnostics
package import Values

/// A column as it was labelled, where that was done: what the ledger has a line for.
package struct LabelledColumn: Hashable, Sendable {
  package var name: String
  /// The relation whose column it is, as a person calls it.
  package var relation: String?
  /// pii, pseudonym, protected.
  package var labels: LabelSet
}

/// Follows labelled columns through plans, from where they are labelled to the columns that a plan
/// gives. Each named relation is followed once.
struct PrivacyTrace {
  enum Hiding { case mask, pseudonym }

  /// What a plan does with labelled columns.
  struct Flow {
    /// Which of them each column of the result says something about.
    var columns: [String: Set<LabelledColumn>] = [:]
    /// Those that shape the result without being in it: by conditions, joins, groups, aggregates.
    var used: Set<LabelledColumn> = []
    /// All that were read.
    var read: Set<LabelledColumn> = []
    /// Columns of the result that do not say who somebody is any more.
    var hidden: [String: Hiding] = [:]

    mutating func addUse(of other: Flow) {
      used.formUnion(other.used)
      read.formUnion(other.read)
    }

    /// Without its columns: a relation that only says which rows.
    var asUse: Set<LabelledColumn> { columns.values.reduce(into: used) { $0.formUnion($1) } }
  }

  private var flows: [BindingID: Flow] = [:]
  /// What single values that a run works out say something about.
  private(set) var values: [BindingID: Set<LabelledColumn>] = [:]

  mutating func note(_ value: TypedExpr, as id: BindingID) -> Flow {
    let flow = flow(of: value)
    values[id] = flow.columns["value"] ?? []
    return flow
  }

  /// Of a value outside of any relation, as a column `value`.
  mutating func flow(of value: TypedExpr) -> Flow {
    var result = Flow()
    let sources = sources(of: value, Flow(), &result)
    place(value, as: "value", sources, in: &result)
    return result
  }

  mutating func flow(of plan: LogicalPlan) -> Flow {
    switch plan.op {
    case .scan, .rows: return labelled(Flow(), plan)
    case .reference(let id, _, let input):
      if let known = flows[id] { return known }
      let flow = flow(of: input)
      flows[id] = flow
      return flow
    case .sql(let text): return merged(text.relations, plan)
    case .computed(let inputs, _): return merged(inputs, plan)
    case .filter(let input, let condition): return using([condition], flow(of: input))
    case .sort(let input): return using(plan.facts.sortKeys.map(\.expr), flow(of: input))
    case .limit(let input, let limit):
      return using(limit.partition + limit.order.map(\.expr), flow(of: input))
    case .distinct(let input): return flow(of: input)
    case .project(let input, let items), .expand(let input, let items, _):
      return projected(items, input)
    case .aggregate(let input, let keys, let items):
      var result = projected(keys + items, input)
      for key in keys { result.used.formUnion(result.columns[key.name] ?? []) }
      return result
    case .host(let input, let step):
      var result = flow(of: input)
      let sources = step.inputs.reduce(into: Set()) { $0.formUnion(result.columns[$1] ?? []) }
      for output in step.outputs {
        if output.type.labels.privacy.isEmpty {
          result.used.formUnion(sources)
        } else {
          result.columns[output.name] = sources
          if output.type.labels.isPseudonym, !output.type.labels.isPII,
            sources.contains(where: \.labels.isPII)
          {
            result.hidden[output.name] = .pseudonym
          }
        }
      }
      return result
    case .combine(_, let all): return combined(all)
    case .join(let left, let right, let join): return joined(left, right, join)
    }
  }

  // MARK: Operators

  /// Columns that a source or an unknown step gives with a label.
  private func labelled(_ flow: Flow, _ plan: LogicalPlan) -> Flow {
    var result = flow
    for column in plan.schema.columns where result.columns[column.name] == nil {
      let labels = column.type.labels.privacy
      if labels.isEmpty { continue }
      let found = LabelledColumn(
        name: column.name, relation: plan.facts.name, labels: labels)
      result.columns[column.name] = [found]
      result.read.insert(found)
    }
    return result
  }

  /// Rows that are worked out from whole relations: a column that keeps its label may hold
  /// anything of them.
  private mutating func merged(_ inputs: [LogicalPlan], _ plan: LogicalPlan) -> Flow {
    var result = Flow()
    var columns: [String: Set<LabelledColumn>] = [:]
    for input in inputs {
      let flow = flow(of: input)
      result.addUse(of: flow)
      columns.merge(flow.columns) { $0.union($1) }
    }
    let all = columns.values.reduce(into: Set()) { $0.formUnion($1) }
    result.used.formUnion(all)
    for column in plan.schema.columns where !column.type.labels.privacy.isEmpty {
      let sources = columns[column.name] ?? all
      if !sources.isEmpty { result.columns[column.name] = sources }
    }
    return labelled(result, plan)
  }

  private mutating func using(_ exprs: [TypedExpr], _ input: Flow) -> Flow {
    var result = input
    for expr in exprs { result.used.formUnion(sources(of: expr, input, &result)) }
    return result
  }

  private mutating func projected(_ items: [NamedExpr], _ input: LogicalPlan) -> Flow {
    let before = flow(of: input)
    var result = Flow(used: before.used, read: before.read)
    for item in items {
      var sources = sources(of: item.expr, before, &result)
      if let name = item.expr.columnName {
        let labels = item.expr.type.labels.privacy
        let had = input.schema[name]?.type.labels.privacy ?? LabelSet()
        result.hidden[item.name] = before.hidden[name]
        if !labels.isEmpty, !labels.isRevealed, labels != had {
          // Labelled here: of a column that had a label, the label is both.
          let relation = sources.first { $0.name == name }?.relation ?? input.facts.name
          let found = LabelledColumn(name: name, relation: relation, labels: labels)
          result.read.subtract(sources.filter { $0.name == name && $0.relation == relation })
          sources = [found]
          result.read.insert(found)
        }
      }
      place(item.expr, as: item.name, sources, in: &result)
    }
    return result
  }

  private func place(
    _ expr: TypedExpr, as name: String, _ sources: Set<LabelledColumn>, in flow: inout Flow
  ) {
    if sources.isEmpty { return }
    if PersonalData.isMask(expr) {
      flow.hidden[name] = .mask
      flow.columns[name] = sources
    } else if expr.type.labels.privacy.isEmpty {
      flow.used.formUnion(sources)
    } else {
      flow.columns[name] = sources
    }
  }

  private mutating func combined(_ all: [LogicalPlan]) -> Flow {
    var result = Flow()
    for input in all {
      let flow = flow(of: input)
      result.addUse(of: flow)
      result.hidden.merge(flow.hidden) { first, _ in first }
      result.columns.merge(flow.columns) { $0.union($1) }
    }
    return result
  }

  private mutating func joined(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join
  ) -> Flow {
    let (a, b) = (flow(of: left), flow(of: right))
    var result = Flow(used: a.used.union(b.used), read: a.read.union(b.read))
    for key in join.keys {
      result.used.formUnion(sources(of: key.left, a, right: b, &result))
      result.used.formUnion(sources(of: key.right, a, right: b, &result))
    }
    for condition in join.conditions {
      result.used.formUnion(sources(of: condition, a, right: b, &result))
    }
    for output in join.outputs {
      let found: Set<LabelledColumn> =
        switch output.source {
        case .left(let name): a.columns[name] ?? []
        case .right(let name): b.columns[name] ?? []
        case .either(let one, let other): (a.columns[one] ?? []).union(b.columns[other] ?? [])
        }
      if !found.isEmpty { result.columns[output.name] = found }
      switch output.source {
      case .left(let name), .either(let name, _): result.hidden[output.name] = a.hidden[name]
      case .right(let name): result.hidden[output.name] = b.hidden[name]
      }
    }
    return result
  }

  // MARK: Expressions

  /// The labelled columns that an expression reads. What relations inside of it read goes to
  /// `outer`.
  private mutating func sources(
    of expr: TypedExpr, _ left: Flow, right: Flow = Flow(), _ outer: inout Flow
  ) -> Set<LabelledColumn> {
    var result: Set<LabelledColumn> = []
    var plans: [LogicalPlan] = []
    expr.forEach { part in
      switch part.kind {
      case .column(let name): result.formUnion(left.columns[name] ?? [])
      case .rightColumn(let name): result.formUnion(right.columns[name] ?? [])
      case .runValue(let id): result.formUnion(values[id] ?? [])
      case .scalarQuery(let plan), .isInQuery(_, let plan, _): plans.append(plan)
      default: break
      }
    }
    for plan in plans {
      let flow = flow(of: plan)
      outer.addUse(of: flow)
      for found in flow.columns.values { result.formUnion(found) }
    }
    return result
  }
}
