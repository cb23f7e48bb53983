import Values

/// What finds texts by patterns. The patterns are drawn once: a program spells them out.
extension Reference {
  static let patterns: [Reference] = [
    Reference("matches", [.value(.text), .oneOf(known)], .bool, withNulls: isFound),
    Reference("~", [.value(.text), .oneOf(known)], .bool, withNulls: isFound)
      .written { "(\($0[0]) ~ \($0[1]))" },
    Reference("extract", [.value(.text), .oneOf(known)], .text) { arguments in
      let (text, pattern) = (try arguments.scalars(0), try pattern(arguments))
      guard let match = pattern.first(in: text) else { return .null }
      return found(match, pattern, text)
    },
    Reference("extract_all", [.value(.text), .oneOf(known)], .texts) { arguments in
      let (text, pattern) = (try arguments.scalars(0), try pattern(arguments))
      return .list(pattern.all(in: text).map { found($0, pattern, text) })
    },
    Reference("count_matches", [.value(.text), .oneOf(known)], .int) {
      .int(Int64(try pattern($0).all(in: try $0.scalars(0)).count))
    },
    Reference("replace_pattern", [.value(.text), .oneOf(known), .oneOf(replacements)], .text) {
      let (text, by) = (try $0.scalars(0), try $0.scalars(2))
      var (result, at) = (Scalars(), 0)
      for match in try pattern($0).all(in: text) {
        result += text[at..<match.whole.lowerBound] + by
        at = match.whole.upperBound
      }
      return .text(result + text[at...])
    },
  ]

  @Sendable private static func isFound(_ arguments: [Value]) throws -> Value {
    if arguments[0] == .null { return .bool(false) }
    return .bool(try pattern(arguments).first(in: try arguments.scalars(0)) != nil)
  }

  /// The group where there is one, else the whole; a group that took no part is empty.
  private static func found(_ match: Pattern.Match, _ pattern: Pattern, _ text: Scalars) -> Value {
    let range = pattern.hasGroup ? match.group ?? 0..<0 : match.whole
    return .text(Array(text[range]))
  }

  private static func pattern(_ arguments: [Value]) throws -> Pattern {
    drawn[Int(try arguments.int(1))]
  }

  private static let known: [(String, Value)] = drawn.enumerated().map {
    ("r\"\($1.source)\"", .int(Int64($0)))
  }
  private static let replacements: [(String, Value)] = [
    ("\"\"", .text("")), ("\"-\"", .text("-")), ("r\"\\1\"", .text("\\1")),
    ("\"é$1\"", .text("é$1")),
  ]

  private static let drawn: [Pattern] = {
    var random = SplitMix64(state: 7)
    return (0..<150).map { _ in Pattern.drawn(&random) }
  }()
}

extension Pattern {
  /// One that matches no empty text.
  static func drawn(_ random: inout SplitMix64) -> Pattern {
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func single() -> Pattern { singles[number(0...(singles.count - 1))] }
    func part() -> Pattern {
      switch number(1...8) {
      case 1: .repeated(single(), 0...1, written: "?")
      case 2: .repeated(single(), 0...99, written: "*")
      case 3: .repeated(single(), 1...99, written: "+")
      case 4: .repeated(single(), 2...3, written: "{2,3}")
      case 5:
        .either([.sequence([.sign("a"), single()]), .sign("1"), .sequence([.sign("é"), .any])])
      default: single()
      }
    }
    var parts = (0..<number(0...2)).map { _ in part() }
    parts.insert(single(), at: number(0...parts.count))
    if number(1...3) == 1 {
      let at = number(0...(parts.count - 1))
      parts[at] = .group(parts[at])
    }
    if number(1...6) == 1 { parts.insert(.start, at: 0) }
    if number(1...6) == 1 { parts.append(.end) }
    return .sequence(parts)
  }

  private static let singles: [Pattern] = [
    .sign("a"), .sign("e"), .sign("-"), .sign("1"), .sign(" "), .sign("é"), .sign("'"), .any,
    .oneOf("\\d") { ("0"..."9").contains($0) }, .oneOf("\\D") { !("0"..."9").contains($0) },
    .oneOf("[a-e]") { ("a"..."e").contains($0) }, .oneOf("[^a-e]") { !("a"..."e").contains($0) },
    .oneOf("[^0-9a]") { !("0"..."9").contains($0) && $0 != "a" },
    .oneOf("\\s") { Reference.blanks.contains($0) && $0 != "\u{B}" },
  ]
}
