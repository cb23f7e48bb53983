import Values

/// An expression of the language as the test's generator makes it: it can be written down for
/// Whom, and worked out by `Interpreter` without an engine.
indirect enum Expression {
  case column(String)
  /// The source text beside the value, since only the author of a literal knows its spelling.
  case literal(String, Value)
  case negated(Expression)
  case not(Expression)
  case binary(Sign, Expression, Expression)
  case call(Reference, [Expression])
  case list([Expression])
  case choice([(when: Expression, then: Expression)], otherwise: Expression)
  case among(Expression, [Expression], isNegated: Bool)
  case between(Expression, low: Expression, high: Expression)

  enum Sign: String, CaseIterable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case orElse = "??"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case floorDivide = "//"
    case power = "^"
  }

  /// Whether it takes a value of the row.
  var isVarying: Bool {
    switch self {
    case .column: true
    case .literal: false
    case .negated(let x), .not(let x): x.isVarying
    case .binary(_, let a, let b): a.isVarying || b.isVarying
    case .call(_, let parts), .list(let parts): parts.contains(where: \.isVarying)
    case .choice(let branches, let otherwise):
      otherwise.isVarying || branches.contains { $0.when.isVarying || $0.then.isVarying }
    case .among(let x, let items, _): x.isVarying || items.contains(where: \.isVarying)
    case .between(let x, let low, let high):
      x.isVarying || low.isVarying || high.isVarying
    }
  }

  /// As a program spells it, with a bracket around every part.
  var source: String {
    switch self {
    case .column(let name): return name
    case .literal(let text, _): return text
    case .negated(let x): return "(-\(x.source))"
    case .not(let x): return "(not \(x.source))"
    case .binary(let sign, let a, let b): return "(\(a.source) \(sign.rawValue) \(b.source))"
    case .call(let reference, let arguments):
      return reference.spelling(arguments.map(\.source))
    case .list(let items):
      return "[\(items.map(\.source).joined(separator: ", "))]"
    case .choice(let branches, let otherwise):
      if branches.count == 1 {
        let (when, then) = branches[0]
        return "(if \(when.source) then \(then.source) else \(otherwise.source))"
      }
      let arms = branches.map { "\($0.when.source) -> \($0.then.source), " }.joined()
      return "case { \(arms)else -> \(otherwise.source) }"
    case .among(let x, let items, let isNegated):
      let list = items.map(\.source).joined(separator: ", ")
      return "(\(x.source) \(isNegated ? "not in" : "in") [\(list)])"
    case .between(let x, let low, let high):
      return "(\(x.source) in \(low.source)..\(high.source))"
    }
  }
}

/// A function as the language's documents define it, written a second time without SQL.
struct Reference {
  var name: String
  var parameters: [Parameter]
  var result: Kind
  var evaluate: @Sendable ([Value]) throws -> Value
  /// Where it is written otherwise than as a call: its parts, as a program spells them.
  var written: (@Sendable ([String]) -> String)?

  func spelling(_ parts: [String]) -> String {
    written?(parts) ?? "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// The same, spelt so.
  func written(_ spelling: @escaping @Sendable ([String]) -> String) -> Reference {
    var result = self
    result.written = spelling
    return result
  }

  enum Parameter {
    case value(Kind)
    /// One of these literals.
    case oneOf([(String, Value)])
    /// Not a constant: of one that has no value the check tells.
    case varying(Kind)
    /// A list of one or two lists of the kind.
    case lists(Kind)
  }

  /// Null where an argument is null: the rule for most functions.
  init(
    _ name: String, _ parameters: [Parameter], _ result: Kind,
    _ evaluate: @escaping @Sendable ([Value]) throws -> Value
  ) {
    self.init(
      name, parameters, result,
      withNulls: { arguments in
        arguments.contains(.null) ? .null : try evaluate(arguments)
      })
  }

  init(
    _ name: String, _ parameters: [Parameter], _ result: Kind,
    withNulls evaluate: @escaping @Sendable ([Value]) throws -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.evaluate = evaluate
  }
}

/// The kinds of values that the generator tells apart.
enum Kind: CaseIterable {
  case int, float, decimal, text, date, timestamp, duration, bool, ints, floats, texts

  /// Of what a list of this kind is made.
  var item: Kind? {
    switch self {
    case .ints: .int
    case .floats: .float
    case .texts: .text
    case .int, .float, .decimal, .text, .date, .timestamp, .duration, .bool: nil
    }
  }
}

/// There is no value: the engine may fail here too (a sum beyond 64 bits), so such an expression
/// is not compared.
struct Undefined: Error {}
