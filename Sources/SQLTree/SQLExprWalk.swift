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
