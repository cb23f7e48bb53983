import SQLTree

/// Keeps nested queries apart where the server would write their columns into what reads them.
/// Its planner does so for each use, so that layers of columns that are used twice grow to 2, 4,
/// 8 times the text, until its memory is gone. A query with an `offset` it leaves alone.
///
///     select "b" * "b" as "c" from (select "a" * "a" as "b" from ... offset 0)
enum PlannerFences {
  static func fenced(_ statement: SQLStatement) -> SQLStatement {
    switch statement {
    case .query(let query): .query(fenced(query).query)
    case .createView(let name, let query): .createView(name: name, fenced(query).query)
    case .createTable(let name, let query): .createTable(name: name, fenced(query).query)
    case .dropTable: statement
    case .copy(let query, let path, let options):
      .copy(fenced(query).query, path: path, options: options)
    }
  }

  static func fenced(_ piece: SQLPiece) -> SQLPiece {
    switch piece {
    case .text, .value: piece
    case .query(let query, let alias): .query(fenced(query).query, alias: alias)
    }
  }

  /// How many parts a column has that a reader gets in its place; 1 of those not named.
  private typealias Weights = [String: Int]

  /// More parts than these are not written twice.
  private static let allowed = 2_000
  private static let most = 1_000_000_000

  private static func fenced(_ query: SQLQuery) -> (query: SQLQuery, weights: Weights) {
    switch query {
    case .select(let select):
      let (result, weights) = fenced(select)
      return (.select(result), weights)
    case .combined(let left, let sign, let right, let order, let limit):
      let (a, b) = (fenced(left), fenced(right))
      return (
        .combined(a.query, sign, b.query, order: order, limit: limit),
        sign == .unionAll ? a.weights.merging(b.weights, uniquingKeysWith: max) : [:]
      )
    }
  }

  private static func fenced(_ select: SQLSelect) -> (SQLSelect, Weights) {
    var result = select
    var weights: Weights = [:]
    result.from = select.from.map { fenced($0, &weights) }
    for place in result.joins.indices {
      result.joins[place].table = fenced(result.joins[place].table, &weights)
    }
    let exprs = select.expressions
    let plain = exprs.reduce(0) { $0 + weight($1, [:]) }
    let whole = exprs.reduce(0) { min(most, $0 + weight($1, weights)) }
    if whole > plain + weights.values.reduce(allowed, +) {
      result.from = result.from.map(keptApart)
      for place in result.joins.indices {
        result.joins[place].table = keptApart(result.joins[place].table)
      }
      weights = [:]
    }
    return (result, select.isWrittenIntoReaders ? own(select, weights) : [:])
  }

  private static func fenced(_ table: SQLTable, _ weights: inout Weights) -> SQLTable {
    guard case .query(let query, let alias) = table else { return table }
    let (inner, found) = fenced(query)
    weights.merge(found, uniquingKeysWith: max)
    return .query(inner, alias: alias)
  }

  private static func keptApart(_ table: SQLTable) -> SQLTable {
    guard case .query(.select(var select), let alias) = table else { return table }
    select.isKeptApart = true
    return .query(.select(select), alias: alias)
  }

  private static func own(_ select: SQLSelect, _ weights: Weights) -> Weights {
    var result: Weights = select.items.isEmpty ? weights : [:]
    for item in select.items {
      if case .star = item.expr {
        result.merge(weights) { first, _ in first }
      } else {
        result[item.name] = weight(item.expr, weights)
      }
    }
    return result.filter { $0.value > 1 }
  }

  private static func weight(_ expr: SQLExpr, _ weights: Weights) -> Int {
    if case .column(_, let name) = expr { return weights[name] ?? 1 }
    return expr.children.reduce(1) { min(most, $0 + weight($1, weights)) }
  }
}

extension SQLSelect {
  fileprivate var expressions: [SQLExpr] {
    var all = items.map(\.expr) + group + order.map(\.key)
    all += [filter, having, qualify].compactMap { $0 } + joins.compactMap(\.on)
    return all
  }

  /// Groups, limits and the like stay queries of their own.
  fileprivate var isWrittenIntoReaders: Bool {
    !isDistinct && group.isEmpty && having == nil && limit == nil && !isKeptApart
  }
}
