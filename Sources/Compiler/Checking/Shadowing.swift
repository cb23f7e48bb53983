import Diagnostics
import Syntax
import Values

extension Checker {
  /// Warns of rules that those before them leave no row to: `p >= 20%` above `p >= 60%`, the wrong
  /// way round. Says nothing where it cannot be proven, and nothing of conditions that are known
  /// before rows are read: those are switches. `word`: what the rules are called there.
  func warnOfShadowed(_ conditions: [TypedExpr], _ word: String) {
    guard expansions.isEmpty, conditions.count <= Choices.limit else { return }
    var earlier: [(choices: Choices, span: Span)] = []
    for condition in conditions where condition.constant == nil {
      let span = condition.span
      guard let choices = Choices(of: condition) else { continue }
      let possible = choices.possible
      if possible.isEmpty {
        report(.neverMatches(word, at: span, label: "no row can be both"))
      } else {
        let takers = possible.map { option in
          earlier.first { before in before.choices.cover(option) }
        }
        if let first = takers.first ?? nil, takers.allSatisfy({ $0 != nil }) {
          report(
            .neverMatches(
              word, at: span, label: "every such row is taken before", by: first.span))
        }
      }
      earlier.append((choices, span))
    }
  }
}

/// A condition as alternatives, each a list of facts that hold together.
private struct Choices {
  /// Conditions that would be longer are not looked into.
  static let limit = 64

  var options: [[Fact]]

  init?(of condition: TypedExpr) {
    guard let options = Self.options(of: condition) else { return nil }
    self.options = options
  }

  /// Without those whose facts contradict each other.
  var possible: [[Fact]] {
    options.filter { facts in
      !facts.contains { fact in facts.contains { fact.excludes($0) } }
    }
  }

  /// Whether rows of which these facts hold satisfy the condition.
  func cover(_ facts: [Fact]) -> Bool {
    options.contains { option in
      option.allSatisfy { wanted in facts.contains { $0.implies(wanted) } }
    }
  }

  private static func options(of condition: TypedExpr) -> [[Fact]]? {
    switch condition.kind {
    case .or(let all):
      var result: [[Fact]] = []
      for part in all {
        guard let options = options(of: part) else { return nil }
        result += options
      }
      return result.count <= limit ? result : nil
    case .and(let all):
      var result: [[Fact]] = [[]]
      for part in all {
        guard let options = options(of: part), result.count * options.count <= limit else {
          return nil
        }
        result = result.flatMap { facts in options.map { facts + $0 } }
      }
      return result
    case .isIn(let value, let items, negated: false) where items.count <= limit:
      let facts = items.compactMap { Fact(value, .equal, $0) }
      return facts.count == items.count ? facts.map { [$0] } : [[Fact(condition)]]
    case .compare(let sign, let a, let b):
      let fact = Fact(a, sign, b) ?? Fact(b, sign.flipped, a) ?? Fact(condition)
      return [[fact]]
    case .literal, .column, .rightColumn, .runValue, .scalarQuery, .scalar, .aggregate, .window,
      .negate, .arithmetic, .not, .isIn, .isInQuery, .matches, .coalesce, .conditional, .widen,
      .list, .record, .field, .concatenate, .formatted, .failed:
      return [[Fact(condition)]]
    }
  }
}

/// What holds of a row: a comparison with a constant, or a condition that is not looked into.
private struct Fact {
  var subject: TypedExpr
  var bound: (sign: CompareSign, value: Value)?

  init(_ condition: TypedExpr) { subject = condition.withoutSpans }

  init?(_ value: TypedExpr, _ sign: CompareSign, _ bound: TypedExpr) {
    guard let constant = bound.withoutWidening.constant, value.constant == nil else { return nil }
    subject = value.withoutWidening.withoutSpans
    self.bound = (sign, constant)
  }

  /// Whether `other` holds of every row of which this holds.
  func implies(_ other: Fact) -> Bool {
    guard subject == other.subject else { return false }
    switch (bound, other.bound) {
    case (nil, nil): return true
    case (let mine?, let wanted?): return Self.implies(mine, wanted)
    case (nil, .some), (.some, nil): return false
    }
  }

  /// Whether no row has both.
  func excludes(_ other: Fact) -> Bool {
    guard subject == other.subject, let mine = bound, let wanted = other.bound else {
      return false
    }
    // Of a missing value neither a comparison nor its opposite holds, but for `==` and `!=`.
    let isThere = mine.value != .null && mine.sign != .notEqual
    return (isThere || mine.sign == .equal)
      && Self.implies(mine, (wanted.sign.negated, wanted.value))
      || mine.value == .null && mine.sign == .equal && Self.needsValue(wanted)
  }

  private static func needsValue(_ fact: (sign: CompareSign, value: Value)) -> Bool {
    fact.value == .null ? fact.sign == .notEqual : fact.sign != .notEqual
  }

  private static func implies(
    _ a: (sign: CompareSign, value: Value), _ b: (sign: CompareSign, value: Value)
  ) -> Bool {
    if a.sign == b.sign, a.value == b.value { return true }
    if a.value == .null {
      return a.sign == .equal && b.sign == .notEqual && b.value != .null
    }
    if b.value == .null { return b.sign == .notEqual && a.sign != .notEqual }
    guard let order = order(a.value, b.value) else {
      return a.sign == .equal && b.sign == .notEqual && areKnownToDiffer(a.value, b.value)
    }
    switch (a.sign, b.sign) {
    case (.equal, .equal), (.notEqual, .notEqual): return order == 0
    case (.equal, .notEqual): return order != 0
    case (.equal, .less), (.lessOrEqual, .less), (.lessOrEqual, .notEqual): return order < 0
    case (.equal, .lessOrEqual), (.less, .less), (.less, .lessOrEqual),
      (.lessOrEqual, .lessOrEqual), (.less, .notEqual):
      return order <= 0
    case (.equal, .greater), (.greaterOrEqual, .greater), (.greaterOrEqual, .notEqual):
      return order > 0
    case (.equal, .greaterOrEqual), (.greater, .greater), (.greater, .greaterOrEqual),
      (.greaterOrEqual, .greaterOrEqual), (.greater, .notEqual):
      return order >= 0
    case (.notEqual, _), (.less, _), (.lessOrEqual, _), (.greater, _), (.greaterOrEqual, _):
      return false
    }
  }

  private static func areKnownToDiffer(_ a: Value, _ b: Value) -> Bool {
    if case .bool(let x) = a, case .bool(let y) = b { return x != y }
    return false
  }

  /// -1, 0 or 1; `nil` where the order is not known here.
  private static func order(_ a: Value, _ b: Value) -> Int? {
    func sign<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : x > y ? 1 : 0 }
    switch (a, b) {
    case (.int(let x), .int(let y)): return sign(x, y)
    case (.int(let x), .float(let y)): return sign(Double(x), y)
    case (.float(let x), .int(let y)): return sign(x, Double(y))
    case (.float(let x), .float(let y)): return sign(x, y)
    case (.date(let x), .date(let y)): return sign(x, y)
    case (.timestamp(let x), .timestamp(let y)): return sign(x, y)
    case (.duration(let x), .duration(let y)): return sign(x, y)
    case (.text(let x), .text(let y)):
      if x.utf8.elementsEqual(y.utf8) { return 0 }
      return x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
    default: return nil
    }
  }
}

extension TypedExpr {
  /// For comparing what two expressions of a program say.
  fileprivate var withoutSpans: TypedExpr {
    var result = mapChildren(\.withoutSpans)
    result.span = .nowhere
    return result
  }

  /// An int that stands beside a float is still that int.
  fileprivate var withoutWidening: TypedExpr {
    if case .widen(let inner) = kind { return inner }
    return self
  }
}

extension Diagnostic {
  fileprivate static func neverMatches(
    _ word: String, at span: Span, label: String, by first: Span? = nil
  ) -> Diagnostic {
    Diagnostic(
      .neverMatches, "this \(word) never matches", at: span, label: label,
      notes: first.map { [Note("by this one", at: $0)] } ?? [],
      help: [
        first == nil
          ? "the two sides of `and` contradict each other"
          : "the first that matches decides: put the narrower one before the wider one"
      ])
  }
}
