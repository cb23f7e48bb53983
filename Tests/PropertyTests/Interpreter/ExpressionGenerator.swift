import Values

/// Random expressions of a wanted kind over the columns of `ExpressionRows`.
struct ExpressionGenerator {
  var random: SplitMix64
  /// By families, so that a large one does not crowd out the others.
  private static let families: [Kind: [[Reference]]] = Dictionary(
    uniqueKeysWithValues: Kind.allCases.map { kind in
      (kind, Reference.families.map { $0.filter { $0.result == kind } }.filter { !$0.isEmpty })
    })

  /// The columns that there are, by their kinds.
  var columns: [Kind: [String]] = [
    .int: ["i", "j", "k"], .float: ["x", "y", "w"], .text: ["s", "t", "u"], .date: ["d", "e"],
    .timestamp: ["at", "since"], .bool: ["b", "c"], .ints: ["l", "m"], .floats: ["f", "g"],
    .texts: ["p", "q"],
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
    if kind == .decimal, let number = columns[.int]?.first {
      return .call(Reference.decimalOfInt, [.column(number), .literal("2", .int(2))])
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
    case .decimal: return ("decimal(2.5, 1)", .decimal(unscaled: 25, scale: 1))
    case .ints, .floats, .texts:
      let items = (0..<number(1...3)).map { _ in plainLiteral(kind.item ?? .int) }
      return ("[\(items.map(\.0).joined(separator: ", "))]", .list(items.map(\.1)))
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
      if chance(5) {
        return .binary(.divide, expression(.duration, depth), expression(.duration, depth))
      }
      let sign = pick([Expression.Sign.plus, .minus, .times, .divide, .floorDivide, .power])
      let right: Kind = chance(30) ? .int : .float
      return .binary(sign, expression(.float, depth), expression(right, depth))
    case .decimal:
      if chance(10) { return .negated(expression(.decimal, depth)) }
      let sign = pick([Expression.Sign.plus, .minus, .times])
      return .binary(sign, expression(.decimal, depth), expression(pick([.decimal, .int]), depth))
    case .text: return nil
    case .ints, .floats, .texts:
      return .list((0..<number(1...3)).map { _ in expression(kind.item ?? .int, depth) })
    case .date, .timestamp: return moved(kind, depth)
    case .duration:
      if chance(20) {
        return .binary(.times, expression(.duration, depth), literal(.int))
      }
      return difference(depth)
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
    switch number(1...7) {
    case 1: return .binary(.and, expression(.bool, depth), expression(.bool, depth))
    case 2: return .binary(.or, expression(.bool, depth), expression(.bool, depth))
    case 3: return .not(expression(.bool, depth))
    case 4:
      return .among(
        expression(kind, depth), (0..<number(1...3)).map { _ in literal(kind) },
        isNegated: chance(50))
    case 5:
      let kind = pick([Kind.int, .float, .text, .date])
      return .between(expression(kind, depth), low: literal(kind), high: literal(kind))
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
      case .int where chance(40): pick([.float, .decimal])
      case .decimal where chance(40): .int
      case .date where chance(40): .timestamp
      case .timestamp where chance(40): .date
      default: kind
      }
    let signs: [Expression.Sign] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    // Of truth values and lists only equality is asked.
    let sign =
      kind == .bool || kind.item != nil ? pick([Expression.Sign.equal, .notEqual]) : pick(signs)
    return .binary(sign, expression(kind, depth), expression(other, depth))
  }

  // MARK: Calls

  private mutating func call(_ kind: Kind, _ depth: Int) -> Expression {
    guard let families = Self.families[kind], !families.isEmpty else { return column(kind) }
    let reference = pick(pick(families))
    return .call(reference, reference.parameters.map { argument($0, depth) })
  }

  private mutating func argument(_ parameter: Reference.Parameter, _ depth: Int) -> Expression {
    switch parameter {
    case .value(let kind): return expression(kind, depth)
    case .varying(let kind):
      let expression = expression(kind, depth)
      return expression.isVarying ? expression : column(kind)
    case .lists(let kind): return .list((0..<number(1...2)).map { _ in expression(kind, depth) })
    case .oneOf(let literals):
      let (source, value) = pick(literals)
      return .literal(source, value)
    }
  }
}

extension Reference {
  static let families: [[Reference]] = [
    arithmetic, numbers, nullIf, text, words, patterns, time, zones, calendar, conversion, formats,
    lists, hashes, draws, distributions,
  ]
  static let all: [Reference] = families.flatMap { $0 }
}
