import Diagnostics
import Values

// The words of everything that can be wrong with a type.
extension Diagnostic {
  static func mismatch(
    _ title: String, at span: Span, label: String, help: [String] = [], notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(.typeMismatch, title, at: span, label: label, notes: notes, help: help)
  }

  static func notACondition(_ type: ValueType, at span: Span) -> Diagnostic {
    var help = ["a condition compares something: `amount > 0`, `status == \"paid\"`"]
    if type.base.isNumber { help = ["compare it: `... > 0`, `... == 1`"] }
    return Diagnostic(
      .notABool, "a condition must be true or false", at: span, label: "this is \(type)", help: help
    )
  }

  static func incomparable(_ a: TypedExpr, _ sign: String, _ b: TypedExpr, at span: Span)
    -> Diagnostic
  {
    var help: [String] = []
    switch (a.type.base, b.type.base) {
    case (.text, let other) where other.isNumber, (let other, .text) where other.isNumber:
      help = ["convert the text: `float(...)`, or `try_float(...)` for null where it is no number"]
    case (.text, .date), (.date, .text), (.text, .timestamp), (.timestamp, .text):
      help = ["dates are written with @: `@2025-01-31`; text becomes one by `date(...)`"]
    case (.date, .period), (.timestamp, .period):
      help = ["for a range of days write `in`: `at in @2025-Q1`"]
    default: break
    }
    return Diagnostic(
      .typeMismatch, "cannot compare \(a.type.base) with \(b.type.base)", at: span,
      label: "`\(sign)` wants two values of one kind",
      notes: [Note("this is \(a.type)", at: a.span), Note("this is \(b.type)", at: b.span)],
      help: help)
  }

  static func badArithmetic(
    _ sign: ArithmeticSign, _ a: TypedExpr, _ b: TypedExpr, at span: Span
  ) -> Diagnostic {
    let verb =
      switch sign {
      case .plus: "add \(b.type.base) to \(a.type.base)"
      case .minus: "subtract \(b.type.base) from \(a.type.base)"
      case .times: "multiply \(a.type.base) by \(b.type.base)"
      case .divide, .floorDivide: "divide \(a.type.base) by \(b.type.base)"
      case .power: "raise \(a.type.base) to \(b.type.base)"
      }
    var help: [String] = []
    switch (sign, a.type.base, b.type.base) {
    case (.plus, .text, _), (.plus, _, .text):
      help = ["texts are put together with `f\"{a} {b}\"`"]
    case (_, .date, let other) where other.isNumber,
      (_, .timestamp, let other) where other.isNumber:
      help = ["say how much time: `+ 7 days`, `- 1 month`"]
    default: break
    }
    return Diagnostic(
      .typeMismatch, "cannot \(verb)", at: span, label: "no meaning for `\(sign.rawValue)` here",
      notes: [Note("this is \(a.type)", at: a.span), Note("this is \(b.type)", at: b.span)],
      help: help)
  }

  static func currencies(_ a: String, _ b: String, at span: Span, _ x: Span, _ y: Span)
    -> Diagnostic
  {
    Diagnostic(
      .currencyMismatch, "\(a) and \(b) do not mix", at: span, label: "two currencies",
      notes: [Note("money(\(a))", at: x), Note("money(\(b))", at: y)],
      help: ["convert one of them first, with a rate: `amount * rate`"])
  }

  static func argumentCount(
    _ name: String, expected: String, got: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .wrongArgumentCount, "`\(name)` takes \(expected)", at: span,
      label: got == 1 ? "1 argument is given" : "\(got) arguments are given")
  }

  static func badArgument(
    _ function: String, _ parameter: String, wanted: String, got: ValueType, at span: Span,
    help: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(function)` wants \(wanted) for `\(parameter)`", at: span,
      label: "this is \(got)", help: help)
  }

  static func notConstant(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notConstant, "\(what) must be known before rows are read", at: span,
      label: "depends on the rows",
      help: ["use a literal, or a `param`"])
  }

  static func needsRelation(_ what: String, got: String, at span: Span) -> Diagnostic {
    Diagnostic(.notARelation, "\(what) needs a relation", at: span, label: "this is \(got)")
  }

  static func needsValue(at span: Span, got: String) -> Diagnostic {
    Diagnostic(
      .notAValue, "a value is wanted here", at: span, label: "this is \(got)",
      help: ["`| value` takes the only cell of a relation, `| count` counts its rows"])
  }
}
