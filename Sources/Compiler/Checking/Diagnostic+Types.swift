import Diagnostics
import Syntax
import Values

// The words of everything that can be wrong with a type.
extension Diagnostic {
  /// Of a record, which every engine would write in a way of its own; nil of what has a text.
  static func noText(_ type: DataType, at span: Span) -> Diagnostic? {
    switch type {
    case .record(let fields):
      let field = fields.first.map { "`r.\($0.name)`" }
      return .mismatch(
        "a record has no text", at: span, label: "this is \(type)",
        help: [field.map { "take a field of it: \($0)" } ?? "leave it out"])
    case .list(let item) where noText(item.base, at: span) != nil:
      return .mismatch(
        "a list of records has no text", at: span, label: "this is \(type)",
        help: ["make rows of it: `| unnest r`"])
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .list, .json, .null:
      return nil
    }
  }

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
    case (.text, let other) where other.isNumber: help = [numberAndText(b, a)]
    case (let other, .text) where other.isNumber: help = [numberAndText(a, b)]
    case (.text, .date), (.text, .timestamp): help = [dateAndText(a)]
    case (.date, .text), (.timestamp, .text): help = [dateAndText(b)]
    case (.duration, let other) where other.isNumber: help = [unitAdvice(a, b)]
    case (let other, .duration) where other.isNumber: help = [unitAdvice(b, a)]
    case (.months, .duration), (.duration, .months):
      help = ["a month has no fixed length: count in days on both sides"]
    case (.bool, .text): help = [boolAndText(a, b)]
    case (.text, .bool): help = [boolAndText(b, a)]
    case (.bool, let other) where other.isNumber, (let other, .bool) where other.isNumber:
      help = ["a condition is `true` or `false`; `int(...)` makes 1 and 0 of it"]
    case (.date, .period), (.timestamp, .period):
      help = ["for a range of days write `in`: `at in @2025-Q1`"]
    case (.date, let other) where other.isNumber, (.timestamp, let other) where other.isNumber:
      help = partOfTime(a)
    case (let other, .date) where other.isNumber, (let other, .timestamp) where other.isNumber:
      help = partOfTime(b)
    default: break
    }
    return Diagnostic(
      .typeMismatch, "cannot compare \(a.type.base) with \(b.type.base)", at: span,
      label: "`\(sign)` wants two values of one kind",
      notes: [Note("this is \(a.type)", at: a.span), Note("this is \(b.type)", at: b.span)],
      help: help)
  }

  /// `month(at) == 1`: what cuts a time off, beside a number.
  private static func partOfTime(_ time: TypedExpr) -> [String] {
    let parts = [
      "year": "year_number", "quarter": "quarter_of_year", "month": "month_of_year",
      "week": "week_of_year", "day": "day_of_month", "hour": "hour_of_day",
      "minute": "minute_of_hour", "second": "second_of_minute",
    ]
    guard case .scalar(let function, let arguments) = time.kind, let part = parts[function.name]
    else { return [] }
    let name = arguments.first?.columnName ?? "at"
    return ["`\(function.name)` gives when it began; its number is `\(part)(\(name))`"]
  }

  /// `churn == "Yes"`, of a column whose file says Yes and No.
  private static func boolAndText(_ flag: TypedExpr, _ text: TypedExpr) -> String {
    guard let name = flag.columnName else { return "a condition is `true` or `false`" }
    let isNo: Bool
    if case .text(let word)? = text.constant {
      isNo = ["no", "n", "false", "f", "0"].contains(word.lowercased())
    } else {
      isNo = false
    }
    return "`\(name)` is read as true and false: write "
      + (isNo ? "`not \(name)`, or `\(name) == false`" : "`\(name)`, or `\(name) == true`")
  }

  private static func numberAndText(_ number: TypedExpr, _ text: TypedExpr) -> String {
    if case .text(let written)? = text.constant {
      return Double(written) == nil
        ? "the other side holds numbers: write `10`, or `10.5`"
        : "a number stands without quotes: `\(written)`"
    }
    if let constant = number.constant, text.columnName != nil {
      return "the column holds text: write `\"\(ParameterText.words(constant))\"`"
    }
    return asNumber(text)
  }

  private static func asNumber(_ text: TypedExpr) -> String {
    if case .text(let written)? = text.constant, Double(written) != nil {
      return "a number stands without quotes: `\(written)`"
    }
    let name = text.columnName ?? "..."
    return
      "convert the text: `float(\(name))`, or `try_float(\(name))` for null where it is no number"
  }

  private static func unitAdvice(_ duration: TypedExpr, _ number: TypedExpr) -> String {
    if let constant = number.constant, number.columnName == nil {
      return "say which unit: `\(ParameterText.words(constant)) days`, or hours, minutes"
    }
    return
      "a number of days is `\(duration.columnName ?? "x") / 1 day`; a duration has its unit: `30 days`"
  }

  private static func dateAndText(_ text: TypedExpr) -> String {
    guard case .text(let written)? = text.constant else {
      return "a text becomes a date by `date(\(text.columnName ?? "..."))`"
    }
    let parts = written.split(separator: "-", omittingEmptySubsequences: false)
    let isDate = parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { Int($0) != nil }
    return "a date starts with `@`: `\(isDate ? "@" + written : "@2025-01-31")`"
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
      let count = b.constant.map(ParameterText.words) ?? "1"
      help = ["say how much time: `\(sign.rawValue) \(count) days`, or weeks, months, years"]
    case (.plus, .date, .date), (.plus, .timestamp, .timestamp), (.plus, .date, .timestamp),
      (.plus, .timestamp, .date):
      help = ["the time between two of them is `a - b`"]
    case (.plus, .duration, .date), (.plus, .duration, .timestamp), (.plus, .months, .date),
      (.plus, .months, .timestamp):
      help = ["the date stands first: `\(written(b)) + \(written(a))`"]
    case (.minus, .duration, .date), (.minus, .duration, .timestamp), (.minus, .months, .date),
      (.minus, .months, .timestamp):
      help = ["the date stands first: `\(written(b)) - \(written(a))`"]
    case (.plus, .duration, .months), (.plus, .months, .duration), (.minus, .duration, .months),
      (.minus, .months, .duration):
      help = ["a month has no fixed length: add both to a date, one after the other"]
    case (_, .period, _), (_, _, .period):
      help = ["a period is a range of days; name a day of it: `@2025-01-31`"]
    case (_, .bool, _), (_, _, .bool):
      help = ["`int(...)` makes 1 and 0 of a condition; `count() where ...` counts"]
    case (_, .text, _): help = [asNumber(a)]
    case (_, _, .text): help = [asNumber(b)]
    default: break
    }
    return Diagnostic(
      .typeMismatch, "cannot \(verb)", at: span, label: "no meaning for `\(sign.rawValue)` here",
      notes: [Note("this is \(a.type)", at: a.span), Note("this is \(b.type)", at: b.span)],
      help: help)
  }

  /// The column, the constant, or a stand-in of the type.
  private static func written(_ expr: TypedExpr) -> String {
    if let name = expr.columnName { return name }
    let day: Int64 = 86_400_000_000
    return switch (expr.constant, expr.type.base) {
    case (.duration(let length)?, _) where length % day == 0: counted(length / day, "day")
    case (.months(let count)?, _): counted(count, "month")
    case (let value?, .date), (let value?, .timestamp): ParameterText.words(value)
    case (_, .duration): "36 hours"
    case (_, .months): "1 month"
    default: "date"
    }
  }

  private static func counted(_ count: Int64, _ unit: String) -> String {
    "\(count) \(unit)" + (count == 1 ? "" : "s")
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
      label: got == 0
        ? "no argument is given" : got == 1 ? "1 argument is given" : "\(got) arguments are given")
  }

  static func badArgument(
    _ function: String, _ parameter: String, wanted: String, got: ValueType, at span: Span,
    help: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(function)` wants \(wanted) for `\(parameter)`", at: span,
      label: "this is \(got)", help: help)
  }

  /// What turns a value of one type into what a function wants, where there is a way.
  static func conversion(of type: DataType, to wanted: FunctionParameter.Pattern) -> String? {
    switch (type, wanted) {
    case (.text, .number), (.text, .int):
      "convert the text: `float(x)`, or `try_float(x)` for null where it is no number"
    case (.bool, .number), (.bool, .int):
      "rows where it holds are counted by `count() where ...`, their share is `share(...)`; `int(x)` makes 1 and 0 of it"
    case (.date, .text), (.timestamp, .text), (.bool, .text), (.int, .text), (.float, .text),
      (.decimal, .text):
      "make a text of it: `text(x)`, or `f\"{x}\"`"
    case (.text, .date), (.text, .timestamp), (.text, .moment):
      "convert the text: `date(x)`, or `timestamp(x)`"
    case (.date, .duration), (.timestamp, .duration): "the time between two of them: `a - b`"
    case (.int, .duration), (.float, .duration):
      "a time is a number of units: `x * 1 day`, `x * 1 hour`"
    case (_, .condition), (_, .bool): "compare it: `x > 0`, `x == \"paid\"`"
    default: nil
    }
  }

  /// What to write for a default that has another type than its parameter.
  static func defaultAdvice(_ value: TypedExpr, wanted: DataType) -> [String] {
    switch (value.constant, wanted) {
    case (.text?, .date), (.text?, .timestamp): return [dateAndText(value)]
    case (.text(let written)?, let type) where type.isNumber:
      return ["a number stands without quotes: `\(written)`"]
    case (.int(let number)?, .duration): return ["say which unit: `\(number) days`"]
    case (.int(let number)?, .months): return ["say which unit: `\(number) months`"]
    case (.months?, .duration):
      return ["a month has no fixed length: `30 days`, or the type `months`"]
    case (.period?, .date): return ["a day has all three parts: `@2025-01-31`"]
    default: return []
    }
  }

  /// What to say of a slot that wants a relation.
  static func relationAdvice(_ expr: Expr?) -> [String] {
    if case .text(let text)? = expr?.kind, let path = text.plain {
      return ["a file is read first: `(read \"\(path)\")`"]
    }
    return ["a relation is what `read`, `rows` or a pipeline gives, or a name bound to one"]
  }

  static func notConstant(_ what: String, at span: Span, help: [String] = []) -> Diagnostic {
    Diagnostic(
      .notConstant, "\(what) must be known before rows are read", at: span,
      label: "depends on the rows",
      help: help.isEmpty ? ["use a literal, or a `param`"] : help)
  }

  static func needsRelation(
    _ what: String, got: String, at span: Span, help: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .notARelation, "\(what) needs a relation", at: span, label: "this is \(got)", help: help)
  }

  /// `orders | lower`
  static func rowFunctionAsStage(_ function: BuiltinFunction, at span: Span) -> Diagnostic {
    let call = function.examples.first ?? "\(function.name)(x)"
    return Diagnostic(
      .notAValue, "`\(function.name)` works on the values of a row, not on a relation", at: span,
      label: "a relation is piped in", help: ["write `| derive x = \(call)`"])
  }

  static func needsValue(at span: Span, got: String) -> Diagnostic {
    Diagnostic(
      .notAValue, "a value is wanted here", at: span, label: "this is \(got)",
      help: ["`| value` takes the only cell of a relation, `| count` counts its rows"])
  }
}
