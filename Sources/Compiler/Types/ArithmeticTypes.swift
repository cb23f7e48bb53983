import Values

/// What an arithmetic sign gives for two types, after language rulings L58 to L62.
enum ArithmeticTypes {
  /// The result's base type, or `nil` where the sign has no meaning.
  static func result(
    _ sign: ArithmeticSign, _ a: DataType, _ b: DataType, right: Value?
  ) -> DataType? {
    if a == .null && b == .null { return .float }
    if a == .null { return besideNull(b) { result(sign, $0, b, right: right) } }
    if b == .null { return besideNull(a) { result(sign, a, $0, right: nil) } }
    if a.isNumber && b.isNumber { return numeric(sign, a, b) }
    return temporal(sign, a, b, right: right)
  }

  /// A bare `null` takes the first type with which the sign has a meaning.
  private static func besideNull(
    _ known: DataType, _ result: (DataType) -> DataType?
  ) -> DataType? {
    if known.isNumber, let type = result(known) { return type }
    return [.months, .int, .float, .duration, .date, .timestamp].lazy.compactMap(result).first
  }

  private static func numeric(_ sign: ArithmeticSign, _ a: DataType, _ b: DataType) -> DataType? {
    switch sign {
    case .plus, .minus: sum(a, b)
    case .times: product(a, b)
    case .divide, .power: .float
    case .floorDivide: a == .int && b == .int ? .int : .float
    }
  }

  /// One digit more before the point, for the carry.
  private static func sum(_ a: DataType, _ b: DataType) -> DataType? {
    switch TypeRules.unify(a, b) {
    case .decimal(let precision, let scale)?:
      .decimal(precision: min(38, precision + 1), scale: scale)
    case let other: other
    }
  }

  /// Exact to 38 digits: precisions and scales add up.
  private static func product(_ a: DataType, _ b: DataType) -> DataType? {
    switch (a, b) {
    case (.decimal(let p, let s), .decimal(let q, let t)):
      .decimal(precision: min(38, p + q), scale: min(38, s + t))
    case (.decimal(let p, let s), .int), (.int, .decimal(let p, let s)):
      .decimal(precision: min(38, p + 19), scale: s)
    default: TypeRules.unify(a, b)
    }
  }

  private static func temporal(
    _ sign: ArithmeticSign, _ a: DataType, _ b: DataType, right: Value?
  ) -> DataType? {
    switch (sign, a, b) {
    case (.minus, .date, .date), (.minus, .timestamp, .timestamp), (.minus, .timestamp, .date),
      (.minus, .date, .timestamp), (.plus, .duration, .duration), (.minus, .duration, .duration):
      .duration
    case (.plus, .date, .duration), (.minus, .date, .duration):
      isWholeDays(right) ? .date : .timestamp
    case (.plus, .timestamp, .duration), (.minus, .timestamp, .duration),
      (.plus, .timestamp, .months), (.minus, .timestamp, .months):
      .timestamp
    case (.plus, .date, .months), (.minus, .date, .months): .date
    case (.plus, .months, .months), (.minus, .months, .months), (.times, .months, .int),
      (.times, .int, .months):
      .months
    case (.times, .duration, let other) where other.isNumber: .duration
    case (.times, let other, .duration) where other.isNumber: .duration
    case (.divide, .duration, let other) where other.isNumber: .duration
    case (.divide, .duration, .duration): .float
    default: nil
    }
  }

  /// A day has 86,400 seconds in UTC, so whole days keep a date a date.
  static func isWholeDays(_ value: Value?) -> Bool {
    if case .duration(let micros)? = value { micros % 86_400_000_000 == 0 } else { false }
  }
}
