import Values

/// Works out what is known before rows are read. `nil` means "not foldable": the engine does it.
/// An overflow folds to nothing as well, so that the engine reports it with its stage.
enum ConstantFolding {
  static func arithmetic(_ sign: ArithmeticSign, _ a: Value, _ b: Value) -> Value? {
    if a.isNull || b.isNull { return .null }
    switch (a, b) {
    case (.int(let x), .int(let y)): return integers(sign, x, y)
    case (.date, _), (.timestamp, _), (.duration, _), (.months, _):
      return temporal(sign, a, b)
    default:
      guard let x = number(a), let y = number(b) else { return nil }
      return floats(sign, x, y)
    }
  }

  static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let x): Double(x)
    case .float(let x): x
    case .decimal, .null, .bool, .text, .date, .timestamp, .duration, .months, .period, .list,
      .record:
      nil
    }
  }

  private static func integers(_ sign: ArithmeticSign, _ x: Int64, _ y: Int64) -> Value? {
    func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Value? {
      result.overflow ? nil : .int(result.partialValue)
    }
    switch sign {
    case .plus: return checked(x.addingReportingOverflow(y))
    case .minus: return checked(x.subtractingReportingOverflow(y))
    case .times: return checked(x.multipliedReportingOverflow(by: y))
    case .divide: return floats(sign, Double(x), Double(y))
    case .floorDivide:
      if y == 0 { return .null }
      if y == -1 { return checked(Int64(0).subtractingReportingOverflow(x)) }
      return .int(Int64(Calendar.floorDivide(Int(x), Int(y))))
    case .power: return nil
    }
  }

  private static func floats(_ sign: ArithmeticSign, _ x: Double, _ y: Double) -> Value? {
    let result: Double
    switch sign {
    case .plus: result = x + y
    case .minus: result = x - y
    case .times: result = x * y
    case .divide: result = x / y
    case .floorDivide: result = (x / y).rounded(.down)
    case .power: return nil
    }
    return result.isFinite ? .float(result) : .null
  }

  private static func temporal(_ sign: ArithmeticSign, _ a: Value, _ b: Value) -> Value? {
    let dayLength: Int64 = 86_400_000_000
    let direction: Int64 = sign == .minus ? -1 : 1
    guard sign == .plus || sign == .minus else { return nil }
    switch (a, b) {
    case (.date(let day), .duration(let micros)):
      let (product, overflow) = micros.multipliedReportingOverflow(by: direction)
      if overflow { return nil }
      if product % dayLength == 0 {
        return Int32(exactly: Int64(day) + product / dayLength).map { .date($0) }
      }
      return .timestamp(Int64(day) * dayLength + product)
    case (.date(let day), .months(let months)):
      guard abs(months) < 200_000 else { return nil }
      return .date(Int32(Calendar.add(months: Int(months * direction), to: Int(day))))
    case (.timestamp(let at), .duration(let micros)):
      let (sum, overflow) = at.addingReportingOverflow(micros &* direction)
      return overflow ? nil : .timestamp(sum)
    case (.duration(let x), .duration(let y)):
      let (sum, overflow) = x.addingReportingOverflow(y &* direction)
      return overflow ? nil : .duration(sum)
    case (.months(let x), .months(let y)): return .months(x &+ y &* direction)
    case (.date(let x), .date(let y)) where sign == .minus:
      return .duration((Int64(x) - Int64(y)) * dayLength)
    default: return nil
    }
  }

  static func negate(_ value: Value) -> Value? {
    switch value {
    case .null: .null
    case .int(let x): x == .min ? nil : .int(-x)
    case .float(let x): .float(-x)
    case .decimal(let unscaled, let scale): .decimal(unscaled: -unscaled, scale: scale)
    case .duration(let x): .duration(-x)
    case .months(let x): .months(-x)
    case .bool, .text, .date, .timestamp, .period, .list, .record: nil
    }
  }

  /// Null-safe equality and ordering that is false with a null, as in the language.
  static func compare(_ sign: CompareSign, _ a: Value, _ b: Value) -> Bool? {
    switch sign {
    case .equal, .notEqual:
      guard let same = isEqual(a, b) else { return nil }
      return (sign == .equal) == same
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if a.isNull || b.isNull { return false }
      guard let order = order(a, b) else { return nil }
      switch sign {
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      case .greaterOrEqual: return order >= 0
      case .equal, .notEqual: return nil
      }
    }
  }

  private static func isEqual(_ a: Value, _ b: Value) -> Bool? {
    if a.isNull || b.isNull { return a.isNull && b.isNull }
    if let order = order(a, b) { return order == 0 }
    return nil
  }

  /// Negative, zero, positive; `nil` for types that are not compared here. Text is compared by
  /// code point, as on every engine.
  static func order(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return compare(x, y)
    case (.bool(let x), .bool(let y)): return compare(x ? 1 : 0, y ? 1 : 0)
    case (.text(let x), .text(let y)):
      return x == y && Array(x.utf8) == Array(y.utf8)
        ? 0 : (x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1)
    case (.date(let x), .date(let y)): return compare(x, y)
    case (.timestamp(let x), .timestamp(let y)): return compare(x, y)
    case (.duration(let x), .duration(let y)): return compare(x, y)
    case (.months(let x), .months(let y)): return compare(x, y)
    default:
      guard let x = number(a), let y = number(b) else { return nil }
      return compare(x, y)
    }
  }

  private static func compare<T: Comparable>(_ x: T, _ y: T) -> Int {
    x < y ? -1 : (x > y ? 1 : 0)
  }
}
