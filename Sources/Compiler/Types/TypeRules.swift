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
    case (.record(let x), .record(let y)): return unify(x, y).map { .record($0) }
    default: return nil
    }
  }

  /// Records of the same fields go together where these differ in what may be missing alone.
  private static func unify(_ a: [Column], _ b: [Column]) -> [Column]? {
    guard a.map(\.name) == b.map(\.name) else { return nil }
    var fields: [Column] = []
    for (own, other) in zip(a, b) {
      guard let type = unify(own.type, other.type), isSame(own.type.base, type.base),
        isSame(other.type.base, type.base)
      else { return nil }
      fields.append(Column(own.name, type))
    }
    return fields
  }

  /// Whether the two are kept alike: they differ in what may be missing at most.
  static func isSame(_ a: DataType, _ b: DataType) -> Bool {
    switch (a, b) {
    case (.null, _), (_, .null): true
    case (.list(let x), .list(let y)): isSame(x.base, y.base)
    case (.record(let x), .record(let y)):
      x.map(\.name) == y.map(\.name)
        && zip(x, y).allSatisfy { isSame($0.type.base, $1.type.base) }
    default: a == b
    }
  }

  /// Whether a `null` stands in it that has no type yet: an engine must be told one.
  static func holdsNull(_ type: DataType) -> Bool {
    switch type {
    case .null: true
    case .list(let element): holdsNull(element.base)
    case .record(let fields): fields.contains { holdsNull($0.type.base) }
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .json:
      false
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
