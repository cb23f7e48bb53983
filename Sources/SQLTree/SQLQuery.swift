/// A whole query: one select, or two queries put together.
package indirect enum SQLQuery: Hashable, Sendable {
  case select(SQLSelect)
  /// `(...) union all (...)`, with an order of the whole.
  case combined(SQLQuery, SQLSetOperator, SQLQuery, order: [SQLOrder], limit: Int?)
}

package enum SQLSetOperator: String, Hashable, Sendable {
  case unionAll = "union all", except, intersect
}

/// `select distinct ... from ... join ... where ... group by ... having ... qualify ... order by
/// ... limit ...`
package struct SQLSelect: Hashable, Sendable {
  package var isDistinct = false
  /// Empty means `*`.
  package var items: [SQLItem] = []
  package var from: SQLTable?
  package var joins: [SQLJoin] = []
  package var filter: SQLExpr?
  package var group: [SQLExpr] = []
  package var having: SQLExpr?
  /// Only for dialects that have it; others get a subquery.
  package var qualify: SQLExpr?
  package var order: [SQLOrder] = []
  package var limit: Int?
  /// `offset 0`: for dialects whose planner would write its columns into what reads them.
  package var isKeptApart = false

  package init() {}
}

/// `"a" + "b" as "total"`; without `as` when the name is the column's own.
package struct SQLItem: Hashable, Sendable {
  package var expr: SQLExpr
  package var name: String
  package init(_ expr: SQLExpr, as name: String) {
    self.expr = expr
    self.name = name
  }
}

/// What can stand behind `from`; `alias` is printed when it says something new.
package enum SQLTable: Hashable, Sendable {
  /// `"main"."orders" as "o"`
  case named([String], alias: String?)
  /// `(select ...) as "o"`
  case query(SQLQuery, alias: String)
  /// `(values (1, 'a'), (2, 'b')) as "t" ("n", "s")`
  case values([[SQLExpr]], alias: String, columns: [String])
  /// `read_csv('x.csv', header = true) as "x"`
  case function(String, [SQLExpr], named: [SQLField], alias: String?)
  /// `(select * from (select ...) as "orders") as "sql"`: a text of the user around trees of ours.
  case verbatim([SQLPiece], alias: String)
}

/// A part of a query that the user wrote.
package enum SQLPiece: Hashable, Sendable {
  case text(String)
  case query(SQLQuery, alias: String?)
  case value(SQLExpr)
}

package struct SQLJoin: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case inner = "join", left = "left join", right = "right join", full = "full join"
    case cross = "cross join"
    /// DuckDB's own: rows of the left side that have a partner, or none.
    case semi = "semi join", anti = "anti join"
  }

  package var kind: Kind
  package var table: SQLTable
  /// `using` when all are columns of both sides by one name, else `on`.
  package var using: [String]
  package var on: SQLExpr?
  package init(_ kind: Kind, _ table: SQLTable, using: [String] = [], on: SQLExpr? = nil) {
    self.kind = kind
    self.table = table
    self.using = using
    self.on = on
  }
}

/// What is run for its effect.
package enum SQLStatement: Hashable, Sendable {
  case query(SQLQuery)
  /// `create or replace view "orders" as select ...`
  case createView(name: [String], SQLQuery)
  /// `create table "scratch"."r1" as select ...`
  case createTable(name: [String], SQLQuery)
  case dropTable(name: [String])
  /// `copy (select ...) to 'x.parquet' (format parquet)`
  case copy(SQLQuery, path: String, options: [SQLField])
}
