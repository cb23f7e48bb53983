import Values

/// Reads the text of a parameter given from outside: `--set until=1998-06-30`.
enum ParameterText {
  static func value(_ text: String, _ type: ValueType, _ run: RunConstants) -> Value? {
    switch type.base {
    case .text: return .text(text)
    case .int: return Int64(text.filter { $0 != "_" }).map { .int($0) }
    case .float, .decimal: return number(text).map { .float($0) }
    case .bool:
      switch text {
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: return nil
      }
    case .date, .timestamp, .period, .duration, .months: return literal(text, type.base, run)
    case .list(let element): return list(text, element, run)
    case .record, .json, .null: return nil
    }
  }

  private static func number(_ text: String) -> Double? {
    if text.hasSuffix("%") { return Double(text.dropLast()).map { $0 / 100 } }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private static func list(
    _ text: String, _ element: ValueType, _ run: RunConstants
  ) -> Value? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: true)
    let values = parts.map { value(trimmed(String($0)), element, run) }
    return values.contains(nil) ? nil : .list(values.compactMap { $0 })
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Dates and durations as the language writes them, with or without the `@`.
  private static func literal(
    _ text: String, _ base: DataType, _ run: RunConstants
  ) -> Value? {
    let isMoment =
      switch base {
      case .date, .timestamp, .period: true
      default: false
      }
    let source = isMoment && !text.hasPrefix("@") ? "@" + text : text
    guard let value = LiteralText.value(source, run) else { return nil }
    switch (value, base) {
    case (.date, .date), (.timestamp, .timestamp), (.period, .period), (.duration, .duration),
      (.months, .months):
      return value
    case (.date(let day), .timestamp): return .timestamp(run.midnight(day))
    case (.date(let day), .period): return .period(start: day, end: day + 1)
    default: return nil
    }
  }

  static func example(_ base: DataType) -> String {
    switch base {
    case .text: "..."
    case .int: "10"
    case .float, .decimal: "0.5"
    case .bool: "true"
    case .date: "2025-06-30"
    case .timestamp: "2025-06-30T09:30"
    case .period: "2025-Q1"
    case .duration: "30d"
    case .months: "3mo"
    case .list(let element): "\(example(element.base)),\(example(element.base))"
    case .record, .json, .null: "..."
    }
  }

  static func words(_ value: Value) -> String {
    switch value {
    case .text(let text): "\"\(text)\""
    case .int(let number): "\(number)"
    case .float(let number): NumberPrinting.shortest(number)
    case .bool(let flag): flag ? "true" : "false"
    case .date(let day): "@" + DatePrinting.date(Int(day))
    case .null: "null"
    case .decimal, .timestamp, .duration, .months, .period, .list, .record: "this value"
    }
  }
}
