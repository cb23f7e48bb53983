package import Syntax
import Values

/// An expression as a program would say it, on one line. `$` names whose values are known are
/// filled in, so that the text says the same in another program.
package struct ExprText {
  var scope: Scope

  func text(_ expr: Expr) -> String { text(expr, within: .loose) }

  /// With `$` names as they are.
  package static func plain(_ expr: Expr) -> String { ExprText(scope: Scope()).text(expr) }

  /// A piece of a program with its `$` names filled in; those in a text count where it has a hole.
  ///
  ///     where at <= $until            where at <= @1997-09-30
  func filled(_ program: String) -> String {
    var result = ""
    var rest = Substring(program)
    var isQuoted = false
    while let character = rest.popFirst() {
      if character == "\"" { isQuoted.toggle() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard character == "$", !name.isEmpty, !isQuoted || result.last == "{" else {
        result.append(character)
        continue
      }
      rest = rest.dropFirst(name.count)
      result += variable(String(name))
    }
    return result
  }

  /// Whether two calls say the same, wherever they stand.
  static func sameArguments(_ a: [Argument], _ b: [Argument]) -> Bool {
    let plain = ExprText(scope: Scope())
    return plain.list(a) == plain.list(b)
  }

  /// How tightly operators hold what stands beside them, loosest first.
  private enum Level: Int, Comparable {
    case loose, or, and, not, compare, coalesce, range, sum, product, unary, power, postfix
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  private func text(_ expr: Expr, within level: Level) -> String {
    let (words, own) = written(expr)
    return own < level ? "(\(words))" : words
  }

  private static func words(_ date: DateLiteral) -> String {
    switch date {
    case .date(let day): "@" + DatePrinting.date(Int(day))
    case .timestamp(let instant): "@" + DatePrinting.isoTimestamp(instant)
    case .clock(let shown): "@" + String(DatePrinting.isoTimestamp(shown).dropLast())
    case .period(let start, let end):
      "@" + DatePrinting.period(start: Int(start), end: Int(end))
    }
  }

  /// In the largest unit that it is whole in.
  private static func words(_ duration: DurationLiteral) -> String {
    switch duration {
    case .months(let count): return "\(count) months"
    case .exact(let length):
      let units: [(Int64, String)] = [
        (86_400_000_000, "days"), (3_600_000_000, "hours"), (60_000_000, "minutes"),
      ]
      for (size, name) in units where length % size == 0 { return "\(length / size) \(name)" }
      return NumberPrinting.plain(Double(length) / 1e6) + " seconds"
    }
  }

  private func written(_ expr: Expr) -> (String, Level) {
    switch expr.kind {
    case .name(let name): (Self.name(name), .postfix)
    case .variable(let name): (variable(name), .postfix)
    case .number(let number): (Self.number(number), .postfix)
    case .percent(let number): (Self.number(number) + "%", .postfix)
    case .duration(let duration): (Self.words(duration), .postfix)
    case .date(let date): (Self.words(date), .postfix)
    case .text(let literal): (self.literal(literal), .postfix)
    case .bool(let flag): (flag ? "true" : "false", .postfix)
    case .null: ("null", .postfix)
    case .it: ("it", .postfix)
    case .source(let word, let path):
      ("\(word.rawValue) \(Self.quoted(path.plain ?? ""))", .postfix)
    case .rows, .pipeline, .filtered, .missing: ("...", .postfix)
    case .call(let name, let arguments): ("\(Self.name(name.text))(\(list(arguments)))", .postfix)
    case .field(let base, let name):
      (text(base, within: .postfix) + "." + Self.name(name.text), .postfix)
    case .qualifiedCall(let base, let name, let arguments):
      (text(base, within: .postfix) + ".\(name.text)(\(list(arguments)))", .postfix)
    case .list(let elements):
      ("[" + elements.map { text($0) }.joined(separator: ", ") + "]", .postfix)
    case .record(let fields):
      (
        "{" + fields.map { "\(Self.name($0.name.text)): \(text($0.value))" }.joined(separator: ", ")
          + "}",
        .postfix
      )
    case .negate, .not, .or, .and, .coalesce, .sum, .product, .power, .compare, .range,
      .conditional:
      operation(expr)
    }
  }

  private func operation(_ expr: Expr) -> (String, Level) {
    switch expr.kind {
    case .negate(let inner): ("-" + text(inner, within: .power), .unary)
    case .not(let inner): ("not " + text(inner, within: .not), .not)
    case .or(let all): (joined(all, " or ", .and), .or)
    case .and(let all): (joined(all, " and ", .not), .and)
    case .coalesce(let all): (joined(all, " ?? ", .range), .coalesce)
    case .sum(let first, let rest):
      (
        rest.reduce(text(first, within: .product)) {
          "\($0) \($1.sign.rawValue) \(text($1.value, within: .product))"
        }, .sum
      )
    case .product(let first, let rest):
      (
        rest.reduce(text(first, within: .unary)) {
          "\($0) \($1.sign.rawValue) \(text($1.value, within: .unary))"
        }, .product
      )
    case .power(let base, let exponent):
      ("\(text(base, within: .postfix)) ^ \(text(exponent, within: .unary))", .power)
    case .compare(let a, let sign, let b):
      ("\(text(a, within: .coalesce)) \(sign.rawValue) \(text(b, within: .coalesce))", .compare)
    case .range(let low, let high):
      ("\(text(low, within: .sum))..\(text(high, within: .sum))", .range)
    case .conditional(let branches, let otherwise, let isCase):
      (conditional(branches, otherwise, isCase), isCase ? .postfix : .loose)
    default: ("...", .postfix)
    }
  }

  private func conditional(_ branches: [Branch], _ otherwise: Expr, _ isCase: Bool) -> String {
    if isCase {
      let arms = branches.map { "\(text($0.condition)) -> \(text($0.value))" }
      return "case { " + (arms + ["else -> \(text(otherwise))"]).joined(separator: ", ") + " }"
    }
    let heads = branches.map { "if \(text($0.condition)) then \(text($0.value)) else " }
    // Without brackets it would be read as further branches of this one.
    if case .conditional(_, _, isCase: false) = otherwise.kind {
      return heads.joined() + "(\(text(otherwise)))"
    }
    return heads.joined() + text(otherwise)
  }

  private func joined(_ all: [Expr], _ sign: String, _ level: Level) -> String {
    all.map { text($0, within: level) }.joined(separator: sign)
  }

  private func list(_ arguments: [Argument]) -> String {
    arguments.map { argument in
      (argument.name.map { "\($0.text) = " } ?? "") + text(argument.value)
    }.joined(separator: ", ")
  }

  /// A text; the holes of an `f` text with their expressions.
  private func literal(_ literal: TextLiteral) -> String {
    if let plain = literal.plain { return Self.quoted(plain) }
    var inside = ""
    for part in literal.parts {
      switch part {
      case .text(let text):
        inside += Self.escaped(text).replacing("{", with: "{{").replacing("}", with: "}}")
      case .hole(let expr, let format):
        inside += "{" + text(expr) + (format.map { ":\($0)" } ?? "") + "}"
      case .relation: inside += "{...}"
      }
    }
    return "f\"" + inside + "\""
  }

  private func variable(_ name: String) -> String {
    switch scope.bindings[name] {
    case .value(let value)?:
      if let constant = value.constant { return ParameterText.words(constant) }
    case .column(let argument)?:
      return "(" + ExprText(scope: argument.scope).text(argument.expr) + ")"
    case .relation?, .chart?, .record?, .columns?, .model?, .failed?, nil: break
    }
    return "$\(name)"
  }

  private static func number(_ number: NumberLiteral) -> String {
    switch number {
    case .int(let value): "\(value)"
    case .float(let value): NumberPrinting.shortest(value)
    }
  }

  static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let reserved: Set<String> = [
    "and", "or", "not", "in", "if", "then", "else", "case", "true", "false", "null", "it",
  ]

  /// The name of a column as a program says it.
  package static func name(_ text: String) -> String {
    let isPlain = text.utf8.enumerated().allSatisfy { place, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): place > 0
      default: false
      }
    }
    if isPlain, !text.isEmpty, !reserved.contains(text) { return text }
    return "`"
      + text.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }
}
