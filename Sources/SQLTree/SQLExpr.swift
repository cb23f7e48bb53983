package import Values

/// An SQL expression. Built by the lowering and by function declarations, printed once by
/// `SQLPrinter`; the comment of each case shows the SQL it prints on DuckDB.
package indirect enum SQLExpr: Hashable, Sendable {
  /// `"amount"`, `"c"."amount"`
  case column(table: String?, String)
  /// `'NL'`, `42`, `1e-06`, `date '2025-01-31'`, `interval '30 minutes'`, `null`
  case literal(Value)
  /// A number printed as the engine's exact decimal, never as a float: `0.29`.
  case exact(String)
  /// `round("x", 2)`; the name is one of ours, never of a user, and printed bare.
  case call(String, [SQLExpr])
  /// `sum(distinct "x" order by "t" desc) filter (where "paid")`
  case aggregate(SQLAggregate)
  /// `rank() over (partition by "region" order by "spend" desc)`
  case window(SQLExpr, SQLWindow)
  /// `"a" + "b" - 1`, `"p" and "q"`: operands of one operator level, left to right.
  case chain(SQLExpr, [SQLOperand])
  /// `-"x"`, `not "p"`
  case prefix(SQLPrefix, SQLExpr)
  /// `"x" is null`, `"x" is not true`
  case postfix(SQLExpr, SQLPostfix)
  /// `"x" in (1, 2)`
  case inList(SQLExpr, [SQLExpr], negated: Bool)
  /// `"x" in (select ...)`
  case inQuery(SQLExpr, SQLQuery, negated: Bool)
  /// `exists (select ...)`
  case exists(SQLQuery, negated: Bool)
  /// `(select ...)` as a value
  case subquery(SQLQuery)
  /// `cast("x" as bigint)`; with `isTry` null where it fails: `try_cast(...)`
  case cast(SQLExpr, DataType, isTry: Bool)
  /// `case when "a" then 1 else 2 end`
  case conditional([SQLBranch], otherwise: SQLExpr?)
  /// `[1, 2]`
  case list([SQLExpr])
  /// `{'a': 1}`
  case record([SQLField])
  /// `"r"."a"` of a record value
  case field(SQLExpr, String)
  /// `"items"[1]`: an element of a list, counted from one.
  case element(SQLExpr, Int)
  /// `count(*)` and nothing else takes it
  case star

  package static func column(_ name: String) -> SQLExpr { .column(table: nil, name) }
  package static func int(_ value: Int) -> SQLExpr { .literal(.int(Int64(value))) }
  package static func text(_ value: String) -> SQLExpr { .literal(.text(value)) }
  package static func binary(_ a: SQLExpr, _ sign: SQLSign, _ b: SQLExpr) -> SQLExpr {
    .chain(a, [SQLOperand(sign, b)])
  }
  /// All of them with one operator between; one operand stays itself. Nested chains of `and`
  /// (or `or`) are laid flat.
  package static func joined(_ operands: [SQLExpr], by sign: SQLSign) -> SQLExpr? {
    var flat: [SQLExpr] = []
    for operand in operands {
      if case .chain(let first, let rest) = operand, sign == .and || sign == .or,
        rest.allSatisfy({ $0.sign == sign })
      {
        flat += [first] + rest.map(\.value)
      } else {
        flat.append(operand)
      }
    }
    guard let first = flat.first else { return nil }
    return flat.count == 1 ? first : .chain(first, flat.dropFirst().map { SQLOperand(sign, $0) })
  }
}

package struct SQLOperand: Hashable, Sendable {
  package var sign: SQLSign
  package var value: SQLExpr
  package init(_ sign: SQLSign, _ value: SQLExpr) {
    self.sign = sign
    self.value = value
  }
}

package enum SQLSign: String, Hashable, Sendable {
  case or, and
  case equal = "=", notEqual = "<>", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">="
  case isDistinct = "is distinct from", isNotDistinct = "is not distinct from"
  case like
  case concatenate = "||"
  case plus = "+", minus = "-", times = "*", divide = "/", integerDivide = "//", modulo = "%"
}

package enum SQLPrefix: String, Hashable, Sendable { case not, minus = "-" }

package enum SQLPostfix: String, Hashable, Sendable {
  case isNull = "is null", isNotNull = "is not null"
  case isTrue = "is true", isNotTrue = "is not true"
  /// By code point, where an engine has other orders of texts too.
  case byCodePoint = "collate \"C\""
}

package struct SQLBranch: Hashable, Sendable {
  package var condition: SQLExpr
  package var value: SQLExpr
  package init(when condition: SQLExpr, then value: SQLExpr) {
    self.condition = condition
    self.value = value
  }
}

package struct SQLField: Hashable, Sendable {
  package var name: String
  package var value: SQLExpr
  package init(_ name: String, _ value: SQLExpr) {
    self.name = name
    self.value = value
  }
}

package struct SQLAggregate: Hashable, Sendable {
  package var name: String
  package var arguments: [SQLExpr]
  package var isDistinct: Bool
  package var order: [SQLOrder]
  package var filter: SQLExpr?
  /// `first_value("x" ignore nulls)`
  package var ignoresNulls: Bool
  /// `percentile_cont(0.5) within group (order by "x")`
  package var isWithinGroup: Bool
  package init(
    _ name: String, _ arguments: [SQLExpr], isDistinct: Bool = false, order: [SQLOrder] = [],
    filter: SQLExpr? = nil, ignoresNulls: Bool = false,
    isWithinGroup: Bool = false
  ) {
    self.name = name
    self.arguments = arguments
    self.isDistinct = isDistinct
    self.order = order
    self.filter = filter
    self.ignoresNulls = ignoresNulls
    self.isWithinGroup = isWithinGroup
  }
}

/// A key of an order. Nulls come last both ways; the printer says so where the engine needs it.
package struct SQLOrder: Hashable, Sendable {
  package var key: SQLExpr
  package var isDescending: Bool
  /// The key is known to have no nulls, so nothing need be said about them.
  package var isNullable: Bool
  package init(_ key: SQLExpr, descending: Bool = false, nullable: Bool = true) {
    self.key = key
    isDescending = descending
    isNullable = nullable
  }
}

package struct SQLWindow: Hashable, Sendable {
  package var partition: [SQLExpr]
  package var order: [SQLOrder]
  package var frame: SQLFrame?
  package init(partition: [SQLExpr] = [], order: [SQLOrder] = [], frame: SQLFrame? = nil) {
    self.partition = partition
    self.order = order
    self.frame = frame
  }
}

/// `rows between 6 preceding and current row`; `nil` is unbounded, 0 the current row.
package struct SQLFrame: Hashable, Sendable {
  package var start: Int?
  package var end: Int?
  package init(start: Int?, end: Int?) {
    self.start = start
    self.end = end
  }
}
