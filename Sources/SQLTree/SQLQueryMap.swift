// The same query with every expression changed, for what one engine writes otherwise.
extension SQLStatement {
  package func mapExpressions(_ change: (SQLExpr) -> SQLExpr) -> SQLStatement {
    switch self {
    case .query(let query): .query(query.mapExpressions(change))
    case .createView(let name, let query):
      .createView(name: name, query.mapExpressions(change))
    case .createTable(let name, let query):
      .createTable(name: name, query.mapExpressions(change))
    case .dropTable: self
    case .copy(let query, let path, let options):
      .copy(query.mapExpressions(change), path: path, options: options)
    }
  }
}

extension SQLQuery {
  /// Each expression after all below it, into the queries inside it too.
  package func mapExpressions(_ change: (SQLExpr) -> SQLExpr) -> SQLQuery {
    switch self {
    case .select(let select): .select(select.mapExpressions(change))
    case .combined(let left, let sign, let right, let order, let limit):
      .combined(
        left.mapExpressions(change), sign, right.mapExpressions(change),
        order: order.map { $0.mapDeep(change) }, limit: limit)
    }
  }
}

extension SQLSelect {
  fileprivate func mapExpressions(_ change: (SQLExpr) -> SQLExpr) -> SQLSelect {
    var result = self
    result.items = items.map { SQLItem($0.expr.mapDeep(change), as: $0.name) }
    result.from = from.map { $0.mapExpressions(change) }
    result.joins = joins.map {
      SQLJoin(
        $0.kind, $0.table.mapExpressions(change), using: $0.using,
        on: $0.on.map { $0.mapDeep(change) })
    }
    result.filter = filter.map { $0.mapDeep(change) }
    result.group = group.map { $0.mapDeep(change) }
    result.having = having.map { $0.mapDeep(change) }
    result.qualify = qualify.map { $0.mapDeep(change) }
    result.order = order.map { $0.mapDeep(change) }
    return result
  }
}

extension SQLTable {
  fileprivate func mapExpressions(_ change: (SQLExpr) -> SQLExpr) -> SQLTable {
    switch self {
    case .named: self
    case .query(let query, let alias): .query(query.mapExpressions(change), alias: alias)
    case .values(let rows, let alias, let columns):
      .values(rows.map { $0.map { $0.mapDeep(change) } }, alias: alias, columns: columns)
    case .function(let name, let arguments, let named, let alias):
      .function(
        name, arguments.map { $0.mapDeep(change) },
        named: named.map { SQLField($0.name, $0.value.mapDeep(change)) }, alias: alias)
    case .verbatim(let pieces, let alias):
      .verbatim(pieces.map { $0.mapExpressions(change) }, alias: alias)
    }
  }
}

extension SQLPiece {
  package func mapExpressions(_ change: (SQLExpr) -> SQLExpr) -> SQLPiece {
    switch self {
    case .text: self
    case .query(let query, let alias): .query(query.mapExpressions(change), alias: alias)
    case .value(let expr): .value(expr.mapDeep(change))
    }
  }
}

extension SQLOrder {
  fileprivate func mapDeep(_ change: (SQLExpr) -> SQLExpr) -> SQLOrder {
    SQLOrder(key.mapDeep(change), descending: isDescending, nullable: isNullable)
  }
}

extension SQLExpr {
  package func mapDeep(_ change: (SQLExpr) -> SQLExpr) -> SQLExpr {
    let inner = mapChildren { $0.mapDeep(change) }
    switch inner {
    case .subquery(let query): return change(.subquery(query.mapExpressions(change)))
    case .exists(let query, let negated):
      return change(.exists(query.mapExpressions(change), negated: negated))
    case .inQuery(let value, let query, let negated):
      return change(.inQuery(value, query.mapExpressions(change), negated: negated))
    case .column, .literal, .exact, .call, .aggregate, .window, .chain, .prefix, .postfix,
      .inList, .cast, .conditional, .list, .record, .field, .element, .star:
      return change(inner)
    }
  }
}
