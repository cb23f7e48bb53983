/// Expressions and literals as S-expressions.
extension TreeDump {
  package static func dump(_ expr: Expr) -> String {
    switch expr.kind {
    case .name(let name): name
    case .variable(let name): "$" + name
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    case .it: "it"
    case .missing: "<missing>"
    case .number(let number): dump(number)
    case .percent(let number): dump(number) + "%"
    case .duration(let duration): dump(duration)
    case .date(let date): dump(date)
    case .text(let text): dump(text)
    case .source(let word, let text): form(word.rawValue, dump(text))
    case .rows(let rows): form("rows", dump(rows))
    case .call(let name, let arguments): form("call " + name.text, arguments.map(dump))
    case .field(let base, let name): form(".", dump(base), name.text)
    case .qualifiedCall(let base, let name, let arguments):
      form("call ." + name.text, [dump(base)] + arguments.map(dump))
    case .list(let elements): form("list", elements.map(dump))
    case .record(let fields):
      form("record", fields.map { form(":", $0.name.text, dump($0.value)) })
    case .pipeline(let pipeline): dump(pipeline)
    case .filtered(let inner, let filter): form("filter", dump(inner), dump(filter))
    case .conditional(let branches, let otherwise, let isCase):
      dump(branches, otherwise, isCase ? "case" : "if")
    case .negate(let inner): form("neg", dump(inner))
    case .not(let inner): form("not", dump(inner))
    case .or(let operands): form("or", operands.map(dump))
    case .and(let operands): form("and", operands.map(dump))
    case .coalesce(let operands): form("??", operands.map(dump))
    case .sum(let first, let rest): dump("sum", first, rest)
    case .product(let first, let rest): dump("product", first, rest)
    case .power(let base, let exponent): form("^", dump(base), dump(exponent))
    case .compare(let left, let sign, let right): form(sign.rawValue, dump(left), dump(right))
    case .range(let start, let end): form("..", dump(start), dump(end))
    }
  }

  private static func dump(_ branches: [Branch], _ otherwise: Expr, _ word: String) -> String {
    let arms = branches.map { form("->", dump($0.condition), dump($0.value)) }
    return form(word, arms + [form("else", dump(otherwise))])
  }

  private static func dump<Sign: RawRepresentable<String>>(
    _ word: String, _ first: Expr, _ rest: [Operand<Sign>]
  ) -> String {
    form(word, [dump(first)] + rest.map { $0.sign.rawValue + dump($0.value) })
  }

  static func dump(_ number: NumberLiteral) -> String {
    switch number {
    case .int(let value): String(value)
    case .float(let value): "\(value)"
    }
  }

  private static func dump(_ duration: DurationLiteral) -> String {
    switch duration {
    case .exact(let microseconds): "\(microseconds)us"
    case .months(let months): "\(months)mo"
    }
  }

  private static func dump(_ date: DateLiteral) -> String {
    switch date {
    case .date(let days): "@\(days)"
    case .timestamp(let microseconds), .clock(let microseconds): "@\(microseconds)us"
    case .period(let start, let end): "@\(start)..<\(end)"
    }
  }

  static func dump(_ text: TextLiteral) -> String {
    if let plain = text.plain, !text.isFormatted { return quoted(plain) }
    return form(
      "text",
      text.parts.map { part in
        switch part {
        case .text(let text): quoted(text)
        case .hole(let expr, let format): form("hole", dump(expr), format.map(quoted) ?? "")
        case .relation(let pipeline): form("relation", dump(pipeline))
        }
      })
  }

  private static func quoted(_ text: String) -> String {
    let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    return "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
  }
}
