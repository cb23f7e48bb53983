import SQLTree
import Values

// Short ways to declare the common shapes of functions, so that a declaration reads as a table.
extension FunctionParameter {
  static func number(_ name: String = "x") -> FunctionParameter { .init(name, .number) }
  static func text(_ name: String = "text") -> FunctionParameter { .init(name, .text) }
  static func int(_ name: String) -> FunctionParameter { .init(name, .int) }
  static func moment(_ name: String = "at") -> FunctionParameter { .init(name, .moment) }
  static func any(_ name: String = "x") -> FunctionParameter { .init(name, .any) }
  static func list(_ name: String = "list") -> FunctionParameter { .init(name, .list) }
  static func ordered(_ name: String = "x") -> FunctionParameter { .init(name, .ordered) }
  static let orderKeys = FunctionParameter("order", .orderKey, default: .null, variadic: true)
}

extension Overload {
  typealias Result = @Sendable ([ValueType]) -> DataType

  /// The type of the first argument.
  static let asFirst: Result = { $0.first?.base ?? .null }
  static func type(_ type: DataType) -> Result { { _ in type } }

  /// `name(arguments)` in SQL, as it stands.
  static func call(_ name: String) -> Form {
    .scalar { .call(name, $0.arguments) }
  }

  /// A float function that may have no finite value: `case when ... then ... end`.
  static func finite(_ make: @escaping @Sendable (SQLExpr) -> SQLExpr) -> Form {
    .scalar { .call("finite", [make($0.arguments[0])]) }
  }
}

extension ScalarCall {
  /// Null where an argument is missing, for functions that engines answer all the same.
  func whereAllPresent(_ plain: SQLExpr) -> SQLExpr {
    let nullable = zip(arguments, types).filter { $1.isNullable }.map {
      SQLExpr.postfix($0.0, .isNotNull)
    }
    guard let present = SQLExpr.joined(nullable, by: .and) else { return plain }
    return .conditional([SQLBranch(when: present, then: plain)], otherwise: nil)
  }
}

extension AggregateCall {
  var first: SQLExpr { arguments.first ?? .star }
  var isNullable: Bool { types.first?.isNullable ?? false }

  /// The first argument where its order decides: texts go by code point on every engine.
  var comparable: SQLExpr {
    dialect == .postgreSQL && types.first?.base == .text
      ? .postfix(first, .byCodePoint) : first
  }

  /// An aggregate of the engine over this group or window, with the filter behind it.
  func plain(_ name: String, _ arguments: [SQLExpr], distinct: Bool = false) -> SQLExpr {
    // DuckDB 2.0 takes the square of the rows for `count(*) filter (where p) over ()`: 2 s for
    // 60,000 of them.
    if name == "count", !distinct, window != nil, filter != nil {
      let counted = arguments == [.star] ? .literal(.int(1)) : arguments.first ?? first
      return over(.aggregate(SQLAggregate(name, [filtered(counted)])))
    }
    return over(
      .aggregate(SQLAggregate(name, arguments, isDistinct: distinct, filter: filter)))
  }

  /// `min` or `max`; PostgreSQL has neither for flags, of which false is the smaller.
  func extreme(_ name: String) -> SQLExpr {
    if dialect == .postgreSQL, types.first?.base == .bool {
      return plain(name == "min" ? "bool_and" : "bool_or", [first])
    }
    return plain(name, [comparable])
  }

  /// Over the window, where there is one.
  func over(_ call: SQLExpr) -> SQLExpr {
    window.map { .window(call, $0) } ?? call
  }

  /// The argument on the rows that count, null elsewhere: for macros, which take no filter.
  func filtered(_ expr: SQLExpr) -> SQLExpr {
    filter.map { .conditional([SQLBranch(when: $0, then: expr)], otherwise: nil) } ?? expr
  }
}

extension Overload.Form {
  /// Takes its order as arguments, not from the stage's `sort`.
  var isRanking: Bool { if case .ranking = self { true } else { false } }
}
