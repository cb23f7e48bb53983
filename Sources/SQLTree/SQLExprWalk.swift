extension SQLExpr {
  /// Calls `look` on the expression and all below it, but not inside queries of their own.
  package func visit(_ look: (SQLExpr) -> Void) {
    look(self)
    for child in children { child.visit(look) }
  }

  /// The expressions directly below, in the order in which they are written.
  package var children: [SQLExpr] {
    switch self {
    case .column, .literal, .exact, .star, .exists, .subquery: []
    case .call(_, let arguments), .list(let arguments): arguments
    case .aggregate(let call):
      call.arguments + call.order.map(\.key) + (call.filter.map { [$0] } ?? [])
    case .window(let call, let window): [call] + window.partition + window.order.map(\.key)
    case .chain(let first, let rest): [first] + rest.map(\.value)
    case .prefix(_, let value), .postfix(let value, _), .cast(let value, _, _),
      .field(let value, _), .element(let value, _), .inQuery(let value, _, _):
      [value]
    case .inList(let value, let list, _): [value] + list
    case .conditional(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
    case .record(let fields): fields.map(\.value)
    }
  }
}

extension SQLExpr {
  /// The same expression over other children.
  package func mapChildren(_ change: (SQLExpr) -> SQLExpr) -> SQLExpr {
    func changed(_ order: [SQLOrder]) -> [SQLOrder] {
      order.map {
        SQLOrder(change($0.key), descending: $0.isDescending, nullable: $0.isNullable)
      }
    }
    switch self {
    case .column, .literal, .exact, .star, .exists, .subquery: return self
    case .call(let name, let arguments): return .call(name, arguments.map(change))
    case .list(let items): return .list(items.map(change))
    case .aggregate(var call):
      call.arguments = call.arguments.map(change)
      call.order = changed(call.order)
      call.filter = call.filter.map(change)
      return .aggregate(call)
    case .window(let call, var window):
      window.partition = window.partition.map(change)
      window.order = changed(window.order)
      return .window(change(call), window)
    case .chain(let first, let rest):
      return .chain(change(first), rest.map { SQLOperand($0.sign, change($0.value)) })
    case .prefix(let sign, let value): return .prefix(sign, change(value))
    case .postfix(let value, let sign): return .postfix(change(value), sign)
    case .cast(let value, let type, let isTry): return .cast(change(value), type, isTry: isTry)
    case .field(let value, let name): return .field(change(value), name)
    case .element(let value, let position): return .element(change(value), position)
    case .inQuery(let value, let query, let negated):
      return .inQuery(change(value), query, negated: negated)
    case .inList(let value, let list, let negated):
      return .inList(change(value), list.map(change), negated: negated)
    case .conditional(let branches, let otherwise):
      return .conditional(
        branches.map { SQLBranch(when: change($0.condition), then: change($0.value)) },
        otherwise: otherwise.map(change))
    case .record(let fields):
      return .record(fields.map { SQLField($0.name, change($0.value)) })
    }
  }
}
