/// The regular expressions that all engines share: RE2's, less what PostgreSQL or Java read
/// otherwise. A pattern that passes here is one that no engine refuses.
package enum PatternSubset {
  /// What is not in the subset, in words; `nil` when all is well.
  package static func problem(in pattern: String) -> String? {
    var reader = PatternReader(pattern)
    return reader.problem()
  }

  /// Whether a group captures something.
  static func hasGroup(_ pattern: String) -> Bool {
    var reader = PatternReader(pattern)
    return reader.problem() == nil && reader.captures > 0
  }
}

/// Reads a pattern once, from left to right.
private struct PatternReader {
  private var rest: ArraySlice<Unicode.Scalar>
  private var depth = 0
  /// Whether something stands before that a `*` can repeat.
  private var isRepeatable = false
  private(set) var captures = 0

  init(_ pattern: String) { rest = Array(pattern.unicodeScalars)[...] }

  mutating func problem() -> String? {
    while let scalar = rest.popFirst() {
      if let problem = problem(at: scalar) { return problem }
    }
    return depth > 0 ? "a bracket `(` that is not closed" : nil
  }

  private mutating func problem(at scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\\": return escape()
    case "[": return characterClass()
    case "(": return group()
    case ")":
      depth -= 1
      isRepeatable = true
      return depth < 0 ? "a bracket `)` too many" : nil
    case "|", "^":
      isRepeatable = false
      return nil
    case "*", "+", "?": return repetition(String(scalar))
    case "{": return counted()
    default:
      isRepeatable = true
      return nil
    }
  }

  private mutating func escape() -> String? {
    guard let next = rest.popFirst() else { return "ends in a backslash" }
    isRepeatable = next != "b" && next != "B"
    if ("1"..."9").contains(next) { return "a back-reference, `\\\(next)`" }
    let isLetter = ("a"..."z").contains(next) || ("A"..."Z").contains(next) || next == "0"
    return isLetter && !"dDsSwWbBntrf".unicodeScalars.contains(next)
      ? "an escape that engines read differently, `\\\(next)`" : nil
  }

  private mutating func group() -> String? {
    depth += 1
    isRepeatable = false
    guard rest.first == "?" else {
      captures += 1
      return nil
    }
    rest.removeFirst()
    switch rest.popFirst() {
    case ":": return nil
    case "=", "!": return "a look-ahead, `(?=` or `(?!`"
    case "<" where rest.first == "=" || rest.first == "!":
      return "a look-behind, `(?<=` or `(?<!`"
    case "<", "P": return "a group with a name"
    case ">": return "an atomic group, `(?>`"
    case "i" where rest.first == ")" && rest.startIndex == 3:
      rest.removeFirst()
      depth -= 1
      return nil
    default: return "a flag other than `(?i)` at the start"
    }
  }

  private mutating func repetition(_ sign: String) -> String? {
    guard isRepeatable else { return "a `\(sign)` with nothing to repeat" }
    isRepeatable = false
    if rest.first == "?" { rest.removeFirst() }
    return nil
  }

  /// `{2}`, `{2,}`, `{2,5}`: no engine takes more than 255 in all of them.
  private mutating func counted() -> String? {
    let body = rest.prefix { $0 != "}" }
    guard body.count < rest.count else {
      return "a `{` that is not closed; for the sign write `\\{`"
    }
    rest = rest.dropFirst(body.count + 1)
    let bounds = body.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String(String.UnicodeScalarView($0)) }
    guard let first = bounds.first, let low = Int(first), low >= 0, !first.hasPrefix("+") else {
      return "a `{` that is no count; for the sign write `\\{`"
    }
    if bounds.count == 2, !bounds[1].isEmpty {
      guard let high = Int(bounds[1]), high >= low, high <= 255 else {
        return "a count that goes down or past 255"
      }
    }
    return low > 255 ? "a count past 255" : repetition("{")
  }

  private mutating func characterClass() -> String? {
    if rest.first == "^" { rest.removeFirst() }
    if rest.first == "]" { return "a class that begins with `]`; write `\\]`" }
    isRepeatable = true
    var last: Unicode.Scalar?
    while let scalar = rest.popFirst() {
      switch scalar {
      case "]": return nil
      case "[": return "a `[` in a class; write `\\[`, and `A-Za-z` for letters"
      case "\\":
        guard let next = rest.popFirst() else { return "ends in a backslash" }
        let isLetter = ("a"..."z").contains(next) || ("A"..."Z").contains(next)
        if isLetter && !"dDsSwWntrf".unicodeScalars.contains(next) {
          return "an escape that engines read differently, `\\\(next)`"
        }
        last = isLetter ? nil : next
      case "-":
        guard let low = last, let high = rest.first, high != "]", high != "\\" else {
          last = nil
          continue
        }
        if high < low { return "a range that goes down, `\(low)-\(high)`" }
        rest.removeFirst()
        last = nil
      default: last = scalar
      }
    }
    return "a class `[` that is not closed"
  }
}
