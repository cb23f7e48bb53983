import Values

/// Random expressions of a wanted kind over the columns of `ExpressionRows`.
struct ExpressionGenerator {
  var random: SplitMix64
  private static let references: [Kind: [Reference]] = Dictionary(
    grouping: Reference.all, by: \.result)

  /// The columns that there are, by their kinds.
  var columns: [Kind: [String]] = [
    .int: ["i", "j", "k"], .float: ["x", "y", "w"], .text: ["s", "t", "u"], .date: ["d", "e"],
    .timestamp: ["at", "since"], .bool: ["b", "c"],
  ]

  init(seed: UInt64) { random = SplitMix64(state: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  mutating func pick<T>(_ items: [T]) -> T { items[number(0...(items.count - 1))] }

  mutating func expression() -> Expression { expression(pick(Kind.allCases), number(1...4)) }

  mutating func expression(_ kind: Kind, _ depth: Int) -> Expression {
    if depth == 0 { return chance(70) ? column(kind) : literal(kind) }
    switch number(1...10) {
    case 1: return chance(70) ? column(kind) : literal(kind)
    case 2: return choice(kind, depth - 1)
    case 3: return .binary(.orElse, expression(kind, depth - 1), literal(kind))
    case 4...6: return operation(kind, depth - 1) ?? call(kind, depth - 1)
    default: return call(kind, depth - 1)
    }
  }

  // MARK: Leaves

  private mutating func column(_ kind: Kind) -> Expression {
    if kind == .duration, let moments = columns[.timestamp], moments.count > 1 {
      return .binary(.minus, .column(moments[0]), .column(moments[1]))
    }
    guard let names = columns[kind], !names.isEmpty else { return literal(kind) }
    return .column(pick(names))
  }

  mutating func literal(_ kind: Kind) -> Expression {
    let (source, value) = plainLiteral(kind)
    return .literal(source, value)
  }

  private mutating func plainLiteral(_ kind: Kind) -> (String, Value) {
    switch kind {
    case .int:
      let n = number(-9...12)
      return (n < 0 ? "(\(n))" : "\(n)", .int(Int64(n)))
    case .float: return pick([("0.5", .float(0.5)), ("1e3", .float(1000)), ("15%", .float(0.15))])
    case .text:
      return pick([("\"\"", .text("")), ("\"it's\"", .text("it's")), ("\"a\"", .text("a"))])
    case .date:
      return pick([
        ("@2025-01-31", .date(Int32(Civil(2025, 1, 31).days))),
        ("@2024-02-29", .date(Int32(Civil(2024, 2, 29).days))),
      ])
    case .timestamp:
      let midnight = Int64(Civil(2024, 12, 31).days) * Civil.dayLength
      return ("@2024-12-31T23:59:30", .timestamp(midnight + 86_370_000_000))
    case .duration:
      return pick([
        ("36 hours", .duration(129_600_000_000)), ("90s", .duration(90_000_000)),
        ("2w", .duration(14 * Civil.dayLength)),
      ])
    case .bool: return chance(50) ? ("true", .bool(true)) : ("false", .bool(false))
    }
  }

  // MARK: Operators

  private mutating func choice(_ kind: Kind, _ depth: Int) -> Expression {
    let branches = (0..<number(1...2)).map { _ in
      (when: expression(.bool, depth), then: expression(kind, depth))
    }
    return .choice(branches, otherwise: expression(kind, depth))
  }

  /// `nil` where the kind has no operator of its own.
  private mutating func operation(_ kind: Kind, _ depth: Int) -> Expression? {
    switch kind {
    case .int:
      if chance(10) { return .negated(expression(.int, depth)) }
      let sign = pick([Expression.Sign.plus, .minus, .times, .floorDivide])
      return .binary(sign, expression(.int, depth), expression(.int, depth))
    case .float:
      if chance(10) { return .negated(expression(.float, depth)) }
      if chance(20) { return .binary(.divide, expression(.int, depth), expression(.int, depth)) }
      let sign = pick([Expression.Sign.plus, .minus, .times, .divide, .floorDivide, .power])
      let right: Kind = chance(30) ? .int : .float
      return .binary(sign, expression(.float, depth), expression(right, depth))
    case .text: return nil
    case .date, .timestamp: return moved(kind, depth)
    case .duration: return difference(depth)
    case .bool: return condition(depth)
    }
  }

  private mutating func moved(_ kind: Kind, _ depth: Int) -> Expression {
    var steps: [(String, Value)] = [
      ("1 month", .months(1)), ("13 months", .months(13)), ("1y", .months(12)),
      ("30 days", .duration(30 * Civil.dayLength)),
    ]
    if kind == .timestamp { steps.append(("90min", .duration(5_400_000_000))) }
    let (source, value) = pick(steps)
    return .binary(
      chance(50) ? .plus : .minus, expression(kind, depth), .literal(source, value))
  }

  private mutating func difference(_ depth: Int) -> Expression {
    if chance(20) {
      return .binary(.plus, expression(.duration, depth), expression(.duration, depth))
    }
    let kinds = [Kind.date, .timestamp]
    return .binary(.minus, expression(pick(kinds), depth), expression(pick(kinds), depth))
  }

  private mutating func condition(_ depth: Int) -> Expression {
    let kind = pick(Kind.allCases)
    switch number(1...8) {
    case 1: return .binary(.and, expression(.bool, depth), expression(.bool, depth))
    case 2: return .binary(.or, expression(.bool, depth), expression(.bool, depth))
    case 3: return .not(expression(.bool, depth))
    case 4:
      return .among(
        expression(kind, depth), (0..<number(1...3)).map { _ in literal(kind) },
        isNegated: chance(50))
    case 5:
      let ends = [literal(.int), literal(.int)]
      return .between(expression(.int, depth), low: ends[0], high: ends[1])
    case 6:
      let pattern = pick([("r\"^a\"", "^a"), ("r\"a\"", "a")])
      return .binary(.matches, expression(.text, depth), .literal(pattern.0, .text(pattern.1)))
    default: return comparison(kind, depth)
    }
  }

  private mutating func comparison(_ kind: Kind, _ depth: Int) -> Expression {
    if chance(15) {
      return .binary(
        chance(50) ? .equal : .notEqual, expression(kind, depth), .literal("null", .null))
    }
    let other: Kind =
      switch kind {
      case .int where chance(40): .float
      case .date where chance(40): .timestamp
      case .timestamp where chance(40): .date
      default: kind
      }
    let signs: [Expression.Sign] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    // Of truth values only equality is asked.
    let sign = kind == .bool ? pick([Expression.Sign.equal, .notEqual]) : pick(signs)
    return .binary(sign, expression(kind, depth), expression(other, depth))
  }

  // MARK: Calls

  private mutating func call(_ kind: Kind, _ depth: Int) -> Expression {
    guard let references = Self.references[kind] else { return column(kind) }
    let reference = pick(references)
    return .call(reference, reference.parameters.map { argument($0, depth) })
  }

  private mutating func argument(_ parameter: Reference.Parameter, _ depth: Int) -> Expression {
    switch parameter {
    case .value(let kind): return expression(kind, depth)
    case .oneOf(let literals):
      let (source, value) = pick(literals)
      return .literal(source, value)
    }
  }
}

extension Reference {
  static let all: [Reference] =
    arithmetic + numbers + nullIf + text + words + time + zones + calendar + conversion
}
