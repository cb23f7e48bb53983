package import Diagnostics

package struct Expr: Hashable, Sendable {
  /// Chains of one precedence are one node, so that long flat input never makes a deep tree.
  package indirect enum Kind: Hashable, Sendable {
    case name(String)
    /// `$name`
    case variable(String)
    case number(NumberLiteral)
    /// `15%` is the number 0.15, written as a ratio.
    case percent(NumberLiteral)
    case duration(DurationLiteral)
    case date(DateLiteral)
    case text(TextLiteral)
    case bool(Bool)
    case null
    case it
    /// `read "x.csv"`, `sql "..."`, `model "churn"`
    case source(SourceWord, TextLiteral)
    /// `rows [{...}]`
    case rows(Expr)
    /// `f(x, y = 1)`; before a bracket a name is always a function.
    case call(Name, [Argument])
    /// `parts.train`, `wh.sales.orders`
    case field(Expr, Name)
    /// `finance.npv(x)`
    case qualifiedCall(Expr, Name, [Argument])
    case negate(Expr)
    case not(Expr)
    case or([Expr])
    case and([Expr])
    case coalesce([Expr])
    /// `first ± rest`, left to right.
    case sum(first: Expr, rest: [Operand<AdditiveSign>])
    /// `first */// rest`, left to right.
    case product(first: Expr, rest: [Operand<MultiplicativeSign>])
    case power(Expr, Expr)
    case compare(Expr, Comparison, Expr)
    case range(Expr, Expr)
    /// The last branch is `else`.
    case conditional([Branch], otherwise: Expr, isCase: Bool)
    case list([Expr])
    case record([RecordField])
    /// `(orders | count)`; always at least one stage.
    case pipeline(Pipeline)
    /// `(count() where paid)`
    case filtered(Expr, Expr)
    /// Where the parser expected an expression and said so, and the open start of `rows ..0`.
    case missing
  }

  package var kind: Kind
  package var span: Span
  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

package enum SourceWord: String, Hashable, Sendable { case read, sql, model }

package enum AdditiveSign: String, Hashable, Sendable { case plus = "+", minus = "-" }

package enum MultiplicativeSign: String, Hashable, Sendable {
  case times = "*", divide = "/", floorDivide = "//"
}

package struct Operand<Sign: Hashable & Sendable>: Hashable, Sendable {
  package var sign: Sign
  package var value: Expr
  package init(_ sign: Sign, _ value: Expr) {
    self.sign = sign
    self.value = value
  }
}

package enum Comparison: String, Hashable, Sendable {
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">"
  case greaterOrEqual = ">=", matches = "~", isIn = "in", isNotIn = "not in"
}

package struct Branch: Hashable, Sendable {
  package var condition: Expr
  package var value: Expr
  package init(condition: Expr, value: Expr) {
    self.condition = condition
    self.value = value
  }
}

package struct RecordField: Hashable, Sendable {
  package var name: Name
  package var value: Expr
  package init(name: Name, value: Expr) {
    self.name = name
    self.value = value
  }
}
