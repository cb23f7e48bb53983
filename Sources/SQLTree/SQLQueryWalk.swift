extension SQLQuery {
  /// Calls `look` on every expression of the query and of the queries inside it.
  package func visit(_ look: (SQLExpr) -> Void) {
    switch self {
    case .select(let select):
      for expr in select.expressions { expr.visitDeep(look) }
      for table in [select.from].compactMap(\.self) + select.joins.map(\.table) {
        table.visit(look)
      }
    case .combined(let left, _, let right, let order, _):
      left.visit(look)
      right.visit(look)
      for key in order { key.key.visitDeep(look) }
    }
  }
}

extension SQLSelect {
  fileprivate var expressions: [SQLExpr] {
    items.map(\.expr) + joins.compactMap(\.on) + [filter, having, qualify].compactMap(\.self)
      + group
      + order.map(\.key)
  }
}

extension SQLTable {
  fileprivate func visit(_ look: (SQLExpr) -> Void) {
    switch self {
    case .named: break
    case .query(let query, _): query.visit(look)
    case .values(let rows, _, _): for cell in rows.joined() { cell.visitDeep(look) }
    case .verbatim(let pieces, _):
      for piece in pieces {
        switch piece {
        case .text: break
        case .query(let query, _): query.visit(look)
        case .value(let expr): expr.visitDeep(look)
        }
      }
    case .function(_, let arguments, let options, _):
      for argument in arguments + options.map(\.value) { argument.visitDeep(look) }
    }
  }
}

extension SQLExpr {
  /// As `visit`, into the queries inside the expression too.
  package func visitDeep(_ look: (SQLExpr) -> Void) {
    visit { expr in
      look(expr)
      switch expr {
      case .subquery(let query), .exists(let query, _), .inQuery(_, let query, _):
        query.visit(look)
      case .column, .literal, .exact, .call, .aggregate, .window, .chain, .prefix, .postfix,
        .inList, .cast, .conditional, .list, .record, .field, .element, .star:
        break
      }
    }
  }
}

extension SQLStatement {
  /// What it asks for; nothing where it only drops something.
  package var query: SQLQuery? {
    switch self {
    case .query(let query), .createView(_, let query), .createTable(_, let query),
      .copy(let query, _, _):
      query
    case .dropTable: nil
    }
  }

  /// The functions that the statement calls: what a session must have before it runs.
  package var functionNames: Set<String> { query?.functionNames ?? [] }
}

extension SQLQuery {
  package var functionNames: Set<String> {
    var names: Set<String> = []
    visit { expr in
      switch expr {
      case .call(let name, _): names.insert(name)
      case .aggregate(let call): names.insert(call.name)
      default: break
      }
    }
    return names
  }
}
