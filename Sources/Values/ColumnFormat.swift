/// How the values of one column are written for people: one rule for the whole column, so that
/// points stand under points and equal-looking numbers are equal.
///
/// The text itself is made only inside `Exit`: that is why nothing here that makes text of a
/// column is visible outside this target.
package struct ColumnFormat: Hashable, Sendable {
  enum Style: Hashable, Sendable {
    case plain
    case whole(isGrouped: Bool)
    /// `1,234.50`
    case fixed(places: Int)
    /// `1.235e-07`, for columns beyond the reach of plain decimals.
    case exponent(places: Int)
    /// The value a hundredfold with a sign: `67.4%`.
    case percent(places: Int)
    case clock(ClockPrecision)
  }

  let style: Style
  /// The ISO code of an amount of money: it belongs into the header.
  package let currency: String?
  /// Numbers and lengths of time stand right-aligned.
  package let isRightAligned: Bool

  package init(for column: Column, values: [Value]) {
    self.init(column.type, name: column.name, values: values)
  }

  /// `significant` asks for fewer digits than the column's numbers need: labels in a chart.
  package init(
    _ type: ValueType, name: String = "", values: [Value], significant: Int? = nil
  ) {
    style =
      significant.flatMap { Self.roundedStyle(for: type, values: values, significant: $0) }
      ?? Self.style(for: type, name: name, values: values)
    currency = type.labels.currency
    isRightAligned = type.base.isNumber || type.base == .duration || type.base == .months
  }

  private static func style(for type: ValueType, name: String, values: [Value]) -> Style {
    switch type.base {
    case .int where type.labels.isPercent: .percent(places: 0)
    case .int: .whole(isGrouped: !isIdentifier(name, type.labels))
    case .float, .decimal: numberStyle(for: type, values: values)
    case .timestamp, .duration: .clock(clockPrecision(of: values))
    case .bool, .text, .date, .months, .period, .list, .record, .json, .null: .plain
    }
  }

  /// Only for numbers with digits behind the point; `nil` for all else.
  private static func roundedStyle(
    for type: ValueType, values: [Value], significant: Int
  ) -> Style? {
    switch type.base {
    case .float, .decimal:
      guard !type.labels.isPercent else { return nil }
      return DecimalPlaces.rounded(
        values.compactMap(DecimalExpansion.init(value:)), significant: significant
      ).map { .fixed(places: $0) }
    case .bool, .int, .text, .date, .timestamp, .duration, .months, .period, .list, .record,
      .json, .null:
      return nil
    }
  }

  /// Numbers that name something carry no separators: customer 10482, year 1997.
  private static func isIdentifier(_ name: String, _ labels: LabelSet) -> Bool {
    let lowered = name.lowercased()
    return labels.isKey || labels.isPseudonym || lowered == "id" || lowered == "year"
      || lowered.hasSuffix("_id") || lowered.hasSuffix("_year")
  }

  private static func numberStyle(for type: ValueType, values: [Value]) -> Style {
    let numbers = values.compactMap(DecimalExpansion.init(value:))
    if type.labels.isPercent {
      return .percent(places: DecimalPlaces.forPercents(numbers))
    }
    if let currency = type.labels.currency {
      return .fixed(places: Currency.decimalPlaces(of: currency))
    }
    if case .decimal(_, let scale) = type.base {
      return .fixed(places: DecimalPlaces.forDecimals(numbers, scale: scale))
    }
    return DecimalPlaces.forFloats(numbers).map { .fixed(places: $0) } ?? .exponent(places: 3)
  }

  private static func clockPrecision(of values: [Value]) -> ClockPrecision {
    values.map { value in
      switch value {
      case .timestamp(let instant): ClockPrecision(of: instant)
      case .duration(let length): ClockPrecision(of: length)
      case .null, .bool, .int, .float, .decimal, .text, .date, .months, .period, .list, .record:
        .minutes
      }
    }.max() ?? .minutes
  }
}

extension DecimalExpansion {
  /// Floats by their shortest text, so that 0.1 has one digit and not fifty-five.
  init?(value: Value) {
    switch value {
    case .int(let number): self.init(unscaled: Int128(number), scale: 0)
    case .float(let number):
      guard let shortest = DecimalExpansion(shortest: number) else { return nil }
      self = shortest
    case .decimal(let unscaled, let scale): self.init(unscaled: unscaled, scale: scale)
    case .null, .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record:
      return nil
    }
  }

  /// Reads the digits of `12.5`, `1.25e-07`.
  private init?(shortest x: Double) {
    guard x.isFinite else { return nil }
    var whole: [UInt8] = []
    var power = 0
    var isBehindPoint = false
    let parts = x.magnitude.description.split(separator: "e")
    for byte in (parts.first ?? "").utf8 {
      if byte == UInt8(ascii: ".") { isBehindPoint = true } else { whole.append(byte - 48) }
      if isBehindPoint && byte != UInt8(ascii: ".") { power -= 1 }
    }
    if parts.count > 1 { power += Int(parts[1]) ?? 0 }
    let digits = Array(whole.drop(while: { $0 == 0 }))
    self.init(isNegative: x < 0, digits: digits, point: digits.isEmpty ? 0 : digits.count + power)
  }

  /// How many places behind the point are needed to write the number in full.
  var neededPlaces: Int {
    let significant = (digits.lastIndex(where: { $0 != 0 }) ?? -1) + 1
    return significant == 0 ? 0 : max(0, significant - point)
  }
}
