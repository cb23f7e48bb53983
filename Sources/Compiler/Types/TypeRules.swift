package import Values

/// Which types go together.
package enum TypeRules {
  /// The type both fit into without loss, or `nil`: `int` and `float` give `float`.
  package static func unify(_ a: ValueType, _ b: ValueType) -> ValueType? {
    guard let base = unify(a.base, b.base) else { return nil }
    var labels = a.labels.mergedPrivacy(b.labels)
    if a.labels.currency == b.labels.currency { labels.currency = a.labels.currency }
    labels.isPercent = a.labels.isPercent && b.labels.isPercent
    if a.base == .null { labels = b.labels }
    if b.base == .null { labels = a.labels }
    return ValueType(base, nullable: a.isNullable || b.isNullable, labels: labels)
  }

  package static func unify(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    switch (a, b) {
    case (.null, let other), (let other, .null): return other
    case (.int, .float), (.float, .int), (.float, .decimal), (.decimal, .float): return .float
    case (.int, .decimal(let precision, let scale)), (.decimal(let precision, let scale), .int):
      return .decimal(precision: min(38, max(precision, 19 + scale)), scale: scale)
    case (.decimal(let p, let s), .decimal(let q, let t)):
      let scale = max(s, t)
      return .decimal(precision: min(38, max(p - s, q - t) + scale), scale: scale)
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    case (.list(let x), .list(let y)): return unify(x, y).map { .list($0) }
    default: return nil
    }
  }

  /// Whether a value of type `type` may stand where `wanted` is asked for.
  package static func fits(_ type: DataType, _ wanted: DataType) -> Bool {
    unify(type, wanted) == wanted
      || isDecimal(type) && isDecimal(wanted)
      || (type == .int && isDecimal(wanted))
  }

  /// `an int`, `a date`
  package static func article(_ base: DataType) -> String {
    let word = "\(base)"
    return "aeiou".contains(word.prefix(1)) ? "an \(word)" : "a \(word)"
  }

  static func isDecimal(_ type: DataType) -> Bool {
    if case .decimal = type { true } else { false }
  }

  /// Whether `==` and `<` make sense between the two: numbers with numbers, else the same type;
  /// a timestamp with a date is compared by its day.
  package static func areComparable(_ a: DataType, _ b: DataType) -> Bool {
    unify(a, b) != nil
  }
}
