package import Diagnostics
import Syntax
package import Values

/// An expression whose names and types are settled. Bare names are columns of the relation that
/// comes in; everything bound outside has been put in its place.
package struct TypedExpr: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case literal(Value)
    /// A column of the incoming relation (of the left one in a join's condition).
    case column(String)
    /// A column of the joined relation, in a join's condition only.
    case rightColumn(String)
    /// A value that an earlier statement of the run computes.
    case runValue(BindingID)
    /// The only cell of a relation: `(orders | count)` inside an expression.
    case scalarQuery(LogicalPlan)
    case scalar(FunctionReference, [TypedExpr])
    case aggregate(AggregateExpr)
    case window(WindowExpr)
    case negate(TypedExpr)
    case arithmetic(ArithmeticSign, TypedExpr, TypedExpr)
    case not(TypedExpr)
    case and([TypedExpr])
    case or([TypedExpr])
    /// `==` and `!=` are null-safe; the ordering ones are false where a side is null.
    case compare(CompareSign, TypedExpr, TypedExpr)
    case isIn(TypedExpr, [TypedExpr], negated: Bool)
    /// Whether the value is in the only column of a relation.
    case isInQuery(TypedExpr, LogicalPlan, negated: Bool)
    case matches(TypedExpr, pattern: String)
    case coalesce([TypedExpr])
    case conditional([TypedBranch], otherwise: TypedExpr)
    /// To `type.base`, where that never fails: int to float, date to timestamp.
    case widen(TypedExpr)
    case list([TypedExpr])
    case record([TypedField])
    case field(TypedExpr, String)
    /// Pieces of an `f` text; null where a piece is null.
    case concatenate([TypedExpr])
    /// A piece of an `f` text: `{spent:,.2f}`; without a format, the value's plain text.
    case formatted(TypedExpr, format: String?)
    /// Where a mistake was reported; fits everywhere, so that one mistake is one error.
    case failed
  }

  package var kind: Kind
  package var type: ValueType
  package var span: Span

  package init(_ kind: Kind, _ type: ValueType, _ span: Span) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  package static func failed(_ span: Span) -> TypedExpr {
    TypedExpr(.failed, ValueType(.null), span)
  }
  package static func column(_ column: Column, _ span: Span) -> TypedExpr {
    TypedExpr(.column(column.name), column.type, span)
  }
  package var isFailed: Bool { kind == .failed }

  /// The value, when it is known before rows are read.
  package var constant: Value? {
    if case .literal(let value) = kind { value } else { nil }
  }
  package var columnName: String? {
    if case .column(let name) = kind { name } else { nil }
  }
}

package enum ArithmeticSign: String, Hashable, Sendable {
  case plus = "+", minus = "-", times = "*", divide = "/", floorDivide = "//", power = "^"
}

package enum CompareSign: String, Hashable, Sendable {
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">="

  package var flipped: CompareSign {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  package var negated: CompareSign {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}

package struct TypedBranch: Hashable, Sendable {
  package var condition: TypedExpr
  package var value: TypedExpr
  package init(condition: TypedExpr, value: TypedExpr) {
    self.condition = condition
    self.value = value
  }
}

package struct TypedField: Hashable, Sendable {
  package var name: String
  package var value: TypedExpr
}

/// Which overload of which built-in function.
package struct FunctionReference: Hashable, Sendable {
  package var name: String
  package var overload: Int
  package init(_ name: String, overload: Int) {
    self.name = name
    self.overload = overload
  }
}

/// An aggregate of the rows of a group: `sum(amount) where paid`, `first(page, at)`.
package struct AggregateExpr: Hashable, Sendable {
  package var function: FunctionReference
  package var arguments: [TypedExpr]
  /// The order it picks or ranks by, with tie-breakers.
  package var order: [SortKey]
  package var filter: TypedExpr?
}

/// An aggregate or window function over the rows of the same group around each row.
package struct WindowExpr: Hashable, Sendable {
  package var call: AggregateExpr
  package var partition: [TypedExpr]
  /// The stage's `sort`, for functions that look around and for frames.
  package var sort: [SortKey]
  package var frame: Frame?
}

/// `rows -6..0`: offsets from the current row; `nil` is the edge of the group.
package struct Frame: Hashable, Sendable {
  package var start: Int?
  package var end: Int?
}

package struct SortKey: Hashable, Sendable {
  package var expr: TypedExpr
  package var isDescending: Bool
  package init(_ expr: TypedExpr, descending: Bool = false) {
    self.expr = expr
    isDescending = descending
  }
}

package struct NamedExpr: Hashable, Sendable {
  package var name: String
  package var expr: TypedExpr
  package init(_ name: String, _ expr: TypedExpr) {
    self.name = name
    self.expr = expr
  }
}

/// What a statement of the run binds: a relation, or a value that is known only when it ran.
package struct BindingID: Hashable, Sendable {
  package var number: Int
  /// Of a relation: with the columns that say whom its rows are about behind its own.
  package var hasPeople = false
  package init(_ number: Int) { self.number = number }

  /// As the program knows it.
  package var plain: BindingID { BindingID(number) }
}
