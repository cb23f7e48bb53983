import Diagnostics
import Syntax
import Values

extension Checker {
  static func literal(_ expr: Expr, _ run: RunConstants) -> TypedExpr {
    let span = expr.span
    func typed(_ value: Value, _ base: DataType) -> TypedExpr {
      TypedExpr(.literal(value), ValueType(base), span)
    }
    switch expr.kind {
    case .number(.int(let number)): return typed(.int(number), .int)
    case .number(.float(let number)): return typed(.float(number), .float)
    case .percent(.int(let number)): return typed(.float(Double(number) / 100), .float)
    case .percent(.float(let number)): return typed(.float(hundredth(of: number)), .float)
    case .duration(.exact(let micros)): return typed(.duration(micros), .duration)
    case .duration(.months(let months)): return typed(.months(months), .months)
    case .date(.date(let day)): return typed(.date(day), .date)
    case .date(.timestamp(let micros)): return typed(.timestamp(micros), .timestamp)
    case .date(.clock(let clock)):
      return typed(.timestamp(run.zone?.instant(ofClock: clock) ?? clock), .timestamp)
    case .date(.period(let start, let end)):
      let (start, end) = run.week(start, end)
      return typed(.period(start: start, end: end), .period)
    case .bool(let value): return typed(.bool(value), .bool)
    case .null: return typed(.null, .null)
    default: return .failed(span)
    }
  }

  /// `99.9%` is the number that `0.999` is, which a division of `99.9` by 100 misses by a bit: the
  /// point moves in the digits as they are written.
  private static func hundredth(of number: Double) -> Double {
    let parts = "\(number)".split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return parts.first.flatMap { Double("\($0)e\(exponent - 2)") } ?? number / 100
  }

  /// A text, or the pieces of an `f` text.
  func checkText(_ text: TextLiteral, _ context: ExprContext) -> TypedExpr {
    if let plain = text.plain {
      return TypedExpr(.literal(.text(plain)), ValueType(.text), text.span)
    }
    var pieces: [TypedExpr] = []
    for part in text.parts {
      switch part {
      case .text(let plain):
        pieces.append(TypedExpr(.literal(.text(plain)), ValueType(.text), text.span))
      case .hole(let expr, let format):
        pieces.append(checkHole(expr, format, context))
      case .relation(let pipeline):
        report(.needsValue(at: pipeline.span, got: "a relation"))
        return .failed(text.span)
      }
    }
    if pieces.contains(where: \.isFailed) { return .failed(text.span) }
    let labels = pieces.reduce(LabelSet()) { $0.mergedPrivacy($1.type.labels) }
    let type = ValueType(.text, nullable: pieces.contains { $0.type.isNullable }, labels: labels)
    let constants = pieces.map(\.constant)
    if constants.allSatisfy({ $0 != nil }) {
      return TypedExpr(.literal(Self.join(constants.compactMap { $0 })), type, text.span)
    }
    return TypedExpr(.concatenate(pieces), type, text.span)
  }

  private static func join(_ values: [Value]) -> Value {
    var result = ""
    for value in values {
      guard case .text(let text) = value else { return .null }
      result += text
    }
    return .text(result)
  }

  private func checkHole(_ expr: Expr, _ format: String?, _ context: ExprContext) -> TypedExpr {
    let typed = check(expr, context)
    if typed.isFailed { return typed }
    let type = ValueType(.text, nullable: typed.type.isNullable, labels: typed.type.labels.privacy)
    if let refusal = Diagnostic.noText(typed.type.base, at: expr.span) {
      report(refusal)
      return .failed(expr.span)
    }
    if let format, let problem = Self.problem(ofFormat: format, for: typed.type.base) {
      report(
        Diagnostic(
          .badArgument, "the format `\(format)` does not fit", at: expr.span,
          label: "this is \(typed.type)",
          help: [problem, Self.knownFormats(of: typed.type.base)]))
      return .failed(expr.span)
    }
    if let value = typed.constant, let text = Self.text(of: value, format: format) {
      return TypedExpr(.literal(text.map { .text($0) } ?? .null), type, expr.span)
    }
    if let format,
      case .success(.number(let number)) = FormatSpec.parse(format, for: typed.type.base),
      number.groupsZeros
    {
      report(
        Diagnostic(
          .badArgument, "the format `\(format)` fills up with zeros and separates them",
          at: expr.span, label: "a column cannot be written so",
          help: ["leave out the `0`, or the separator"]))
      return .failed(expr.span)
    }
    return TypedExpr(.formatted(typed, format: format), type, expr.span)
  }

  /// What may stand behind the colon.
  private static func knownFormats(of base: DataType) -> String {
    switch base {
    case .date, .timestamp:
      "known: " + TimeFormat.letters.map { "%\($0)" }.joined(separator: " ")
        + ", as in `{at:%d.%m.%Y}`"
    case .int: "known: `,` `05d` `+d` `>8` `.1f` `.1%` `.2e`, as in `{n:,}`"
    case .float, .decimal: "known: `,` `.2f` `+.1f` `>8.2f` `.1%` `.2e`, as in `{x:,.2f}`"
    case .bool, .text, .duration, .months, .period, .list, .record, .json, .null:
      "known: `<8` `>8` `^8` for a width, as in `{name:>8}`"
    }
  }

  private static func problem(ofFormat format: String, for base: DataType) -> String? {
    switch FormatSpec.parse(format, for: base) {
    case .failure(let error): error.message
    case .success: nil
    }
  }

  /// The text of a constant; the outer `nil` means that it cannot be made here.
  private static func text(of value: Value, format: String?) -> String?? {
    if value.isNull { return .some(nil) }
    if let format {
      guard
        case .success(let spec) = FormatSpec.parse(format, for: OverloadMatch.base(of: value))
      else { return nil }
      return .some(spec.apply(to: value))
    }
    switch value {
    case .text(let text): return .some(text)
    case .int(let number): return .some("\(number)")
    case .bool(let flag): return .some(flag ? "true" : "false")
    case .float(let number): return .some(Self.text(of: number))
    case .date(let day): return .some(DatePrinting.date(Int(day)))
    case .timestamp(let micros): return .some(DatePrinting.timestamp(micros))
    case .null, .decimal, .duration, .months, .period, .list, .record: return nil
    }
  }

  /// As a column's floats are written: `6`, not `6.0`.
  private static func text(of number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15
      ? "\(Int64(number))" : NumberPrinting.shortest(number)
  }
}
