package import Diagnostics
package import Values

// Questions that running a plan asks of it.
extension LogicalPlan {
  /// The plans directly below, those inside expressions included.
  package var inputs: [LogicalPlan] {
    switch op {
    case .scan, .rows: []
    case .sql(let text): text.relations
    case .filter(let input, let condition): [input] + condition.plans
    case .project(let input, let items), .expand(let input, let items, _):
      [input] + items.flatMap(\.expr.plans)
    case .aggregate(let input, let keys, let items):
      [input] + (keys + items).flatMap(\.expr.plans)
    case .sort(let input), .distinct(let input), .limit(let input, _), .host(let input, _),
      .reference(_, _, let input):
      [input]
    case .join(let left, let right, let join):
      [left, right] + join.conditions.flatMap(\.plans)
    case .combine(_, let all), .computed(let all, _): all
    }
  }

  /// The expression that a column was made from, and the rows it was made over; `nil` where it
  /// comes from a source as it is.
  package func origin(of column: String) -> (expr: TypedExpr, input: LogicalPlan)? {
    switch op {
    case .scan, .rows, .sql, .combine, .computed: return nil
    case .filter(let input, _), .sort(let input), .distinct(let input), .limit(let input, _),
      .reference(_, _, let input):
      return input.origin(of: column)
    case .host(let input, let step):
      return step.outputs.contains { $0.name == column } ? nil : input.origin(of: column)
    case .project(let input, let items), .expand(let input, let items, _):
      return Self.origin(of: column, items, input)
    case .aggregate(let input, let keys, let items):
      return Self.origin(of: column, keys + items, input)
    case .join(let left, let right, let join):
      switch join.outputs.first(where: { $0.name == column })?.source {
      case .left(let name)?, .either(let name, _)?: return left.origin(of: name)
      case .right(let name)?: return right.origin(of: name)
      case nil: return nil
      }
    }
  }

  private static func origin(
    of column: String, _ items: [NamedExpr], _ input: LogicalPlan
  ) -> (expr: TypedExpr, input: LogicalPlan)? {
    guard let item = items.first(where: { $0.name == column }) else { return nil }
    if let source = item.expr.columnName { return input.origin(of: source) }
    return (item.expr, input)
  }

  /// The columns that the stage at a place was given; the innermost of its operators has them.
  package func input(ofStageAt place: Span) -> Schema? {
    for input in inputs {
      if let found = input.input(ofStageAt: place) { return found }
    }
    let isThere = span.file == place.file && span.start <= place.start && place.end <= span.end
    return isThere ? inputs.first?.schema : nil
  }

  /// Every name of the program in it, once for each place.
  package var references: [BindingID] {
    var result = inputs.flatMap(\.references)
    if case .reference(let id, _, _) = op { result.append(id) }
    return result
  }

  /// The named relations in it, the innermost first.
  package var sharedReferences: [LogicalPlan] {
    var result = inputs.flatMap(\.sharedReferences)
    if case .reference = op { result.append(self) }
    return result
  }

  /// Whether computing it again costs more than reading its rows again.
  package var isDear: Bool {
    switch op {
    case .aggregate, .distinct, .join, .limit, .sql, .host, .computed, .combine(.except, _),
      .combine(.intersect, _):
      true
    case .project(_, let items) where items.contains(where: \.expr.hasWindow): true
    case .filter(_, let condition) where condition.hasWindow: true
    case .scan, .rows: false
    case .filter, .project, .expand, .sort, .reference, .combine: inputs.contains(where: \.isDear)
    }
  }

  /// The first rows of its order, ties broken: a sample to show.
  package func firstRows(_ count: Int) -> LogicalPlan {
    var order = facts.sortKeys
    if facts.order != .source { order += Picking.tieBreakers(order, self) }
    return LogicalPlan(
      .limit(self, Limit(count: .rows(count), partition: [], order: order)), schema: schema,
      facts: facts, span: span)
  }

  /// Nothing but rows as they stand in a source.
  package var isScan: Bool {
    switch op {
    case .scan: true
    case .project(let input, let items):
      input.isScan && items.allSatisfy { !$0.expr.hasWindow && $0.expr.plans.isEmpty }
    case .reference(_, _, let input): input.isScan
    case .rows, .filter, .aggregate, .sort, .limit, .distinct, .join, .combine, .expand, .sql,
      .host, .computed:
      false
    }
  }

  /// Whether later readers could ask for its rows in the order in which they stand.
  package var keepsOrder: Bool { facts.order == .source }
}

extension TypedExpr {
  /// Relations inside the expression: `in (...)`, `(... | value)`.
  package var plans: [LogicalPlan] {
    var result: [LogicalPlan] = []
    forEach { part in
      switch part.kind {
      case .scalarQuery(let plan), .isInQuery(_, let plan, _): result.append(plan)
      default: break
      }
    }
    return result
  }
}

extension Step {
  /// The relations that it reads when it runs.
  package var plans: [LogicalPlan] {
    switch self {
    case .define, .reveal: []
    case .evaluate(_, let expr): expr.plans
    case .show(.relation(let plan), _), .save(let plan, _): [plan]
    case .train(let training): [training.rows]
    case .saveModel(let saved): [saved.training] + (saved.keys.map { [$0.digests] } ?? [])
    case .expect(let expectation): expectation.plans
    case .show(.value(let expr), _): expr.plans
    case .show(.chart(let chart), _): [chart.plan]
    case .assert(let condition, let sides, let message):
      condition.plans + sides.flatMap(\.plans) + (message?.plans ?? [])
    case .choose(let branches, let otherwise):
      branches.flatMap { $0.condition.plans + $0.steps.flatMap(\.plans) }
        + otherwise.flatMap(\.plans)
    }
  }
}
