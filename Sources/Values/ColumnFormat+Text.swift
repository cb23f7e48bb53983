extension ColumnFormat {
  /// The value as this column writes it; `Exit` alone may ask.
  func text(of value: Value) -> String {
    switch style {
    case .plain: Self.plain(value)
    case .whole(let isGrouped): Self.whole(value, isGrouped: isGrouped)
    case .fixed(let places): Self.fixed(value, places: places)
    case .exponent(let places): Self.exponent(value, places: places)
    case .percent(let places): Self.percent(value, places: places)
    case .clock(let precision): Self.clock(value, precision: precision)
    }
  }

  /// Each value by itself, as a list shows its items and an f-string a value without format.
  package static func plain(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .int(let number): "\(number)"
    case .float(let number): NumberPrinting.shortest(number)
    case .decimal(let unscaled, let scale): NumberPrinting.decimal(unscaled: unscaled, scale: scale)
    case .text(let text): text
    case .date(let days): DatePrinting.date(Int(days))
    case .timestamp(let instant): DatePrinting.timestamp(instant)
    case .duration(let length): DatePrinting.duration(length)
    case .months(let count): DatePrinting.months(count)
    case .period(let start, let end): DatePrinting.period(start: Int(start), end: Int(end))
    case .list(let items): "[" + items.map(inner).joined(separator: ", ") + "]"
    case .record(let fields):
      "{" + fields.map { "\($0.name): \(inner($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Texts inside lists and records wear quotes, so that `["a, b"]` has one item.
  private static func inner(_ value: Value) -> String {
    guard case .text(let text) = value else { return plain(value) }
    return JSONValue.string(text).text
  }

  private static func whole(_ value: Value, isGrouped: Bool) -> String {
    isGrouped ? NumberPrinting.grouped(plain(value)) : plain(value)
  }

  private static func fixed(_ value: Value, places: Int) -> String {
    guard var rounded = exact(value) else { return plain(value) }
    rounded.round(toPlaces: places)
    if rounded.digits.isEmpty {
      return vanishes(value) ? exponent(value, places: 1) : zero(places: places)
    }
    return NumberPrinting.grouped(NumberPrinting.fixed(rounded, places: places))
  }

  private static func exponent(_ value: Value, places: Int) -> String {
    guard var rounded = exact(value) else { return plain(value) }
    if rounded.digits.isEmpty { return "0" }
    rounded.round(toDigits: places + 1)
    return NumberPrinting.exponent(rounded, places: places)
  }

  private static func percent(_ value: Value, places: Int) -> String {
    guard var rounded = exact(value) else { return plain(value) }
    rounded.point += rounded.digits.isEmpty ? 0 : 2
    rounded.round(toPlaces: places)
    if rounded.digits.isEmpty { return zero(places: places) + "%" }
    return NumberPrinting.grouped(NumberPrinting.fixed(rounded, places: places)) + "%"
  }

  private static func clock(_ value: Value, precision: ClockPrecision) -> String {
    switch value {
    case .timestamp(let instant): DatePrinting.timestamp(instant, precision: precision)
    case .duration(let length):
      DatePrinting.duration(length, precision: precision == .minutes ? nil : precision)
    case .null, .bool, .int, .float, .decimal, .text, .date, .months, .period, .list, .record:
      plain(value)
    }
  }

  /// Rounding starts from the exact value of a double, as `printf` does.
  private static func exact(_ value: Value) -> DecimalExpansion? {
    if case .float(let number) = value { return DecimalExpansion(number) }
    return DecimalExpansion(value: value)
  }

  /// A float too small for its column is not shown as a plain 0.
  private static func vanishes(_ value: Value) -> Bool {
    if case .float(let number) = value { return number != 0 }
    return false
  }

  /// Without the minus that a small negative number would leave behind: `0.00`.
  private static func zero(places: Int) -> String {
    places > 0 ? "0." + String(repeating: "0", count: places) : "0"
  }
}
