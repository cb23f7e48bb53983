import Values

extension TypedExpr {
  /// The expressions directly inside, in order. Queries inside are closed and not entered.
  package var children: [TypedExpr] {
    switch kind {
    case .literal, .column, .rightColumn, .runValue, .scalarQuery, .failed: []
    case .scalar(_, let arguments): arguments
    case .aggregate(let call): call.children
    case .window(let window):
      window.call.children + window.partition + window.sort.map(\.expr)
    case .negate(let x), .not(let x), .widen(let x), .field(let x, _), .formatted(let x, _),
      .matches(let x, _), .isInQuery(let x, _, _):
      [x]
    case .arithmetic(_, let a, let b), .compare(_, let a, let b): [a, b]
    case .and(let all), .or(let all), .coalesce(let all), .list(let all), .concatenate(let all):
      all
    case .isIn(let x, let items, _): [x] + items
    case .conditional(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .record(let fields): fields.map(\.value)
    }
  }

  /// The same expression over other children; types stay.
  package func mapChildren(_ change: (TypedExpr) -> TypedExpr) -> TypedExpr {
    var result = self
    switch kind {
    case .literal, .column, .rightColumn, .runValue, .scalarQuery, .failed: return self
    case .scalar(let function, let arguments):
      result.kind = .scalar(function, arguments.map(change))
    case .aggregate(let call): result.kind = .aggregate(call.mapChildren(change))
    case .window(var window):
      window.call = window.call.mapChildren(change)
      window.partition = window.partition.map(change)
      window.sort = window.sort.map { SortKey(change($0.expr), descending: $0.isDescending) }
      result.kind = .window(window)
    case .negate(let x): result.kind = .negate(change(x))
    case .not(let x): result.kind = .not(change(x))
    case .widen(let x): result.kind = .widen(change(x))
    case .field(let x, let name): result.kind = .field(change(x), name)
    case .formatted(let x, let format): result.kind = .formatted(change(x), format: format)
    case .matches(let x, let pattern): result.kind = .matches(change(x), pattern: pattern)
    case .isInQuery(let x, let plan, let negated):
      result.kind = .isInQuery(change(x), plan, negated: negated)
    case .arithmetic(let sign, let a, let b): result.kind = .arithmetic(sign, change(a), change(b))
    case .compare(let sign, let a, let b): result.kind = .compare(sign, change(a), change(b))
    case .and(let all): result.kind = .and(all.map(change))
    case .or(let all): result.kind = .or(all.map(change))
    case .coalesce(let all): result.kind = .coalesce(all.map(change))
    case .list(let all): result.kind = .list(all.map(change))
    case .concatenate(let all): result.kind = .concatenate(all.map(change))
    case .isIn(let x, let items, let negated):
      result.kind = .isIn(change(x), items.map(change), negated: negated)
    case .conditional(let branches, let otherwise):
      result.kind = .conditional(
        branches.map { TypedBranch(condition: change($0.condition), value: change($0.value)) },
        otherwise: change(otherwise))
    case .record(let fields):
      result.kind = .record(fields.map { TypedField(name: $0.name, value: change($0.value)) })
    }
    return result
  }

  /// Puts expressions in the place of columns; `nil` when one has none.
  package func replacingColumns(_ replacement: (String) -> TypedExpr?) -> TypedExpr? {
    var isComplete = true
    func change(_ expr: TypedExpr) -> TypedExpr {
      if case .column(let name) = expr.kind {
        guard let new = replacement(name) else {
          isComplete = false
          return expr
        }
        return TypedExpr(new.kind, new.type, expr.span)
      }
      return expr.mapChildren(change)
    }
    let result = change(self)
    return isComplete ? result : nil
  }

  package func renamingColumns(_ newName: (String) -> String) -> TypedExpr {
    var result = mapChildren { $0.renamingColumns(newName) }
    if case .column(let name) = kind { result.kind = .column(newName(name)) }
    return result
  }

  /// Calls `visit` for this expression and all inside it, outermost first.
  package func forEach(_ visit: (TypedExpr) -> Void) {
    visit(self)
    for child in children { child.forEach(visit) }
  }

  package func contains(where matches: (TypedExpr) -> Bool) -> Bool {
    matches(self) || children.contains { $0.contains(where: matches) }
  }

  package var hasWindow: Bool {
    contains { if case .window = $0.kind { true } else { false } }
  }
  package var hasAggregate: Bool {
    contains { if case .aggregate = $0.kind { true } else { false } }
  }

  /// How often each column is used.
  package var columnUses: [String: Int] {
    var uses: [String: Int] = [:]
    forEach { if case .column(let name) = $0.kind { uses[name, default: 0] += 1 } }
    return uses
  }

  /// How many nodes it has: a measure of what it costs to write it twice.
  package var weight: Int { children.reduce(1) { $0 + $1.weight } }
}

extension AggregateExpr {
  package var children: [TypedExpr] {
    arguments + order.map(\.expr) + (filter.map { [$0] } ?? [])
  }

  package func mapChildren(_ change: (TypedExpr) -> TypedExpr) -> AggregateExpr {
    AggregateExpr(
      function: function, arguments: arguments.map(change),
      order: order.map { SortKey(change($0.expr), descending: $0.isDescending) },
      filter: filter.map(change))
  }
}
