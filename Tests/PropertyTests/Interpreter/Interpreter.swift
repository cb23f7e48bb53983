import Glibc
import Values

/// Works out an expression for one row, by the rules of the language alone: two-valued
/// conditions, nulls passed on by arithmetic, no NaN and no infinity.
struct Interpreter {
  var row: [String: Value]

  func value(_ expression: Expression) throws -> Value {
    switch expression {
    case .column(let name): return row[name] ?? .null
    case .literal(_, let value): return value
    case .negated(let x): return try negated(value(x))
    case .not(let x): return .bool(try !isTrue(x))
    case .binary(let sign, let a, let b): return try binary(sign, a, b)
    case .call(let reference, let arguments):
      return try reference.evaluate(arguments.map(value))
    case .list(let items): return .list(try items.map(value))
    case .choice(let branches, let otherwise):
      return try choice(branches, otherwise)
    case .among(let x, let items, let isNegated):
      let x = try value(x)
      let isAmong = try items.map(value).contains { Self.equal(x, $0) }
      return .bool(isAmong != isNegated)
    case .between(let x, let low, let high):
      let (x, low, high) = (try value(x), try value(low), try value(high))
      return .bool(Self.ordered(low, x, orEqual: true) && Self.ordered(x, high, orEqual: true))
    }
  }

  /// Null counts as false.
  private func isTrue(_ expression: Expression) throws -> Bool {
    try value(expression) == .bool(true)
  }

  /// Every branch is worked out, so that an undefined one makes the whole undefined: an engine
  /// may look at it before it looks at the condition.
  private func choice(
    _ branches: [(when: Expression, then: Expression)], _ otherwise: Expression
  ) throws -> Value {
    let results = try branches.map { (try isTrue($0.when), try value($0.then)) }
    let last = try value(otherwise)
    return results.first { $0.0 }?.1 ?? last
  }

  private func negated(_ value: Value) throws -> Value {
    switch value {
    case .int(let x): .int(-x)
    case .float(let x): .float(-x)
    case .decimal(let x, let scale): .decimal(unscaled: -x, scale: scale)
    case .duration(let x): .duration(-x)
    case .null: .null
    default: throw Undefined()
    }
  }

  private func binary(_ sign: Expression.Sign, _ a: Expression, _ b: Expression) throws -> Value {
    let (x, y) = (try value(a), try value(b))
    switch sign {
    case .or: return .bool(x == .bool(true) || y == .bool(true))
    case .and: return .bool(x == .bool(true) && y == .bool(true))
    case .equal: return .bool(Self.equal(x, y))
    case .notEqual: return .bool(!Self.equal(x, y))
    case .less: return .bool(Self.ordered(x, y, orEqual: false))
    case .lessOrEqual: return .bool(Self.ordered(x, y, orEqual: true))
    case .greater: return .bool(Self.ordered(y, x, orEqual: false))
    case .greaterOrEqual: return .bool(Self.ordered(y, x, orEqual: true))
    case .orElse: return x == .null ? y : x
    case .plus, .minus, .times, .divide, .floorDivide, .power:
      return x == .null || y == .null ? .null : try Self.arithmetic(sign, x, y)
    }
  }

  // MARK: Comparison

  /// Null equals null and nothing else. An instant is compared with a date by its day.
  static func equal(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.null, _), (_, .null): false
    default: compare(a, b) == 0
    }
  }

  static func ordered(_ a: Value, _ b: Value, orEqual: Bool) -> Bool {
    if a == .null || b == .null { return false }
    let order = compare(a, b)
    return order < 0 || orEqual && order == 0
  }

  static func compare(_ a: Value, _ b: Value) -> Int {
    switch (a, b) {
    case (.int(let x), .int(let y)): order(x, y)
    case (.text(let x), .text(let y)):
      x.unicodeScalars.elementsEqual(y.unicodeScalars)
        ? 0 : x.unicodeScalars.lexicographicallyPrecedes(y.unicodeScalars) ? -1 : 1
    case (.date(let x), .date(let y)): order(x, y)
    case (.timestamp(let x), .timestamp(let y)): order(x, y)
    case (.timestamp(let x), .date(let y)): order(Civil.day(ofInstant: x), Int(y))
    case (.date(let x), .timestamp(let y)): order(Int(x), Civil.day(ofInstant: y))
    case (.duration(let x), .duration(let y)): order(x, y)
    case (.bool(let x), .bool(let y)): order(x ? 1 : 0, y ? 1 : 0)
    case (.list(let x), .list(let y)):
      x.count == y.count && zip(x, y).allSatisfy { equal($0, $1) } ? 0 : 1
    case (.decimal, .decimal), (.decimal, .int), (.int, .decimal):
      if let (x, y, _) = onOneScale(a, b) { order(x, y) } else { -1 }
    default:
      if let x = a.number, let y = b.number { order(x, y) } else { -1 }
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : a == b ? 0 : 1 }

  // MARK: Arithmetic

  static func arithmetic(_ sign: Expression.Sign, _ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.int(let x), .int(let y)): return try ints(sign, x, y)
    case (.date, _), (.timestamp, _), (.duration, _): return try times(sign, a, b)
    case (.decimal, .decimal), (.decimal, .int), (.int, .decimal): return try exact(sign, a, b)
    default:
      guard let x = a.number, let y = b.number else { throw Undefined() }
      return try floats(sign, x, y)
    }
  }

  private static func ints(_ sign: Expression.Sign, _ x: Int64, _ y: Int64) throws -> Value {
    switch sign {
    case .plus: return try whole(x.addingReportingOverflow(y))
    case .minus: return try whole(x.subtractingReportingOverflow(y))
    case .times: return try whole(x.multipliedReportingOverflow(by: y))
    case .floorDivide: return y == 0 ? .null : .int(floorDivide(x, y))
    default: return try floats(sign, Double(x), Double(y))
    }
  }

  private static func whole(_ result: (Int64, Bool)) throws -> Value {
    if result.1 { throw Undefined() }
    return .int(result.0)
  }

  static func floorDivide(_ x: Int64, _ y: Int64) -> Int64 {
    x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0)
  }

  private static func floats(_ sign: Expression.Sign, _ x: Double, _ y: Double) throws -> Value {
    switch sign {
    case .plus: return .finite(x + y)
    case .minus: return .finite(x - y)
    case .times: return .finite(x * y)
    case .divide: return y == 0 ? .null : .finite(x / y)
    case .floorDivide: return y == 0 ? .null : .finite((x / y).rounded(.down))
    case .power: return .finite(pow(x, y))
    default: throw Undefined()
    }
  }

  /// Both as whole numbers of one scale, where both are exact.
  private static func onOneScale(_ a: Value, _ b: Value) -> (Int128, Int128, Int)? {
    guard let (x, s) = exact(a), let (y, t) = exact(b) else { return nil }
    let scale = max(s, t)
    return (x * ten(scale - s), y * ten(scale - t), scale)
  }

  private static func exact(_ value: Value) -> (Int128, Int)? {
    switch value {
    case .int(let x): (Int128(x), 0)
    case .decimal(let x, let scale): (x, scale)
    default: nil
    }
  }

  static func ten(_ n: Int) -> Int128 { (0..<n).reduce(1) { power, _ in power * 10 } }

  /// Sums and products of decimals; what may not fit into 38 digits is left alone.
  private static func exact(_ sign: Expression.Sign, _ a: Value, _ b: Value) throws -> Value {
    guard let (x, y, scale) = onOneScale(a, b), let (p, s) = exact(a), let (q, t) = exact(b),
      x.magnitude < 1 << 60, y.magnitude < 1 << 60, s + t <= 9
    else { throw Undefined() }
    switch sign {
    case .plus: return .decimal(unscaled: x + y, scale: scale)
    case .minus: return .decimal(unscaled: x - y, scale: scale)
    case .times: return .decimal(unscaled: p * q, scale: s + t)
    default: return try floats(sign, a.number ?? 0, b.number ?? 0)
    }
  }

  private static func times(_ sign: Expression.Sign, _ a: Value, _ b: Value) throws -> Value {
    switch (sign, a, b) {
    case (.minus, .date(let x), .date(let y)): return .duration(Int64(x - y) * Civil.dayLength)
    case (.minus, .timestamp(let x), .timestamp(let y)): return .duration(x - y)
    case (.minus, .timestamp(let x), .date(let y)):
      return .duration(Int64(Civil.day(ofInstant: x) - Int(y)) * Civil.dayLength)
    case (.minus, .date(let x), .timestamp(let y)):
      return .duration(Int64(Int(x) - Civil.day(ofInstant: y)) * Civil.dayLength)
    case (.plus, .duration(let x), .duration(let y)): return .duration(x + y)
    case (.minus, .duration(let x), .duration(let y)): return .duration(x - y)
    case (.times, .duration(let x), .int(let y)):
      let (product, isOver) = x.multipliedReportingOverflow(by: y)
      if isOver { throw Undefined() }
      return .duration(product)
    case (.divide, .duration(let x), .duration(let y)):
      return y == 0 ? .null : .float(Double(x) / Double(y))
    default: return try moved(a, sign == .minus ? -1 : 1, b)
    }
  }

  /// A moment with a length of time added; only the generator's whole days reach a date.
  private static func moved(_ a: Value, _ factor: Int64, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.date(let x), .duration(let y)):
      return .date(x + Int32(factor * y / Civil.dayLength))
    case (.timestamp(let x), .duration(let y)): return .timestamp(x + factor * y)
    case (.date(let x), .months(let y)):
      return .date(Int32(Civil.add(months: Int(factor * y), to: Int(x))))
    case (.timestamp(let x), .months(let y)):
      let day = Civil.day(ofInstant: x)
      let time = x - Int64(day) * Civil.dayLength
      return .timestamp(Int64(Civil.add(months: Int(factor * y), to: day)) * Civil.dayLength + time)
    default: throw Undefined()
    }
  }
}

extension Value {
  /// As a float, where it is a number.
  var number: Double? {
    switch self {
    case .int(let x): Double(x)
    case .float(let x): x
    case .decimal(let x, let scale): Double(x) / pow(10, Double(scale))
    default: nil
    }
  }

  /// There are no infinities and no NaN: they are missing values.
  static func finite(_ x: Double) -> Value { x.isFinite ? .float(x) : .null }
}
