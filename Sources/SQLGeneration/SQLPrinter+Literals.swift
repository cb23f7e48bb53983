import Compiler
import Values

extension SQLPrinter {
  func literal(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    // Without its sign it is no bigint to PostgreSQL.
    case .int(.min): "cast(\(Int64.min) as bigint)"
    case .int(let number): "\(number)"
    case .float(let number): float(number)
    case .decimal(let unscaled, let scale):
      NumberPrinting.decimal(unscaled: unscaled, scale: scale)
    case .text(let text): quotedText(text)
    case .date(let days): "date '\(day(Int(days)))'"
    case .timestamp(let instant): timestamp(instant)
    case .duration(let length): "interval '\(duration(length))'"
    case .months(let count): "interval '\(months(count))'"
    case .period(let start, let end):
      record([("start", literal(.date(start))), ("end", literal(.date(end)))])
    case .list(let values): list(values.map(literal))
    case .record(let fields): record(fields.map { ($0.name, literal($0.value)) })
    }
  }

  /// `0.1e0`: without the exponent an engine would take it for a decimal.
  private func float(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    var digits = "\(number)"
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    switch dialect.floats {
    case .exponent: return digits.contains("e") ? digits : digits + "e0"
    case .typed(let name): return "\(name) '\(digits)'"
    }
  }

  /// `'it''s'`; with control characters and those that turn the direction `e'a\tb'`, so that they
  /// can be seen. NUL would end the statement and becomes its picture.
  func quotedText(_ text: String) -> String {
    let needsEscape = text.unicodeScalars.contains { $0 != "\0" && Self.acts($0) }
    var result = needsEscape ? "e'" : "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "''"
      case "\0": result += "\u{2400}"
      case "\\" where needsEscape: result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where Self.acts(scalar):
        // By the bytes of UTF-8, which both engines read alike.
        for byte in String(scalar).utf8 { result += "\\x" + hexadecimal(UInt32(byte)) }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// Whether a character acts on a terminal instead of being seen.
  private static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 127..<160, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// `'out/it''s.csv'`: a place that takes no escapes, so every sign stands for itself.
  func quotedPath(_ path: String) -> String {
    "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return digits.utf8.count < 2 ? "0" + digits : digits
  }

  /// `2025-01-31`; years before the first are counted back: `0044-03-15 (BC)`.
  private func day(_ days: Int, suffix: String = "") -> String {
    let (year, month, day) = Calendar.civil(days)
    let shown = year > 0 ? year : 1 - year
    let date = "\(padded(shown, 4))-\(padded(month, 2))-\(padded(day, 2))"
    if year > 0 { return date + suffix }
    switch dialect.name {
    case .duckDB: return date + " (BC)" + suffix
    case .postgreSQL: return date + suffix + " BC"
    }
  }

  private func timestamp(_ instant: Int64) -> String {
    let perDay: Int64 = 86_400_000_000
    let days = Calendar.floorDivide(Int(instant), Int(perDay))
    let rest = Int(instant) - days * Int(perDay)
    let clock = " " + clock(rest)
    switch dialect.timestampLiteral {
    case .plain: return "timestamp '\(day(days, suffix: clock))'"
    case .zoned: return "timestamptz '\(day(days, suffix: clock + "+00"))'"
    }
  }

  /// `09:30:00`, with as many places of the second as it has.
  private func clock(_ microseconds: Int) -> String {
    let seconds = microseconds / 1_000_000
    let whole =
      "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    let fraction = microseconds % 1_000_000
    if fraction == 0 { return whole }
    var digits = padded(fraction, 6)
    while digits.hasSuffix("0") { digits.removeLast() }
    return whole + "." + digits
  }

  /// In the largest unit that is exact: `30 minutes`.
  private func duration(_ microseconds: Int64) -> String {
    let units: [(Int64, String)] = [
      (86_400_000_000, "day"), (3_600_000_000, "hour"), (60_000_000, "minute"),
      (1_000_000, "second"), (1000, "millisecond"),
    ]
    for (size, name) in units where microseconds % size == 0 && microseconds != 0 {
      return counted(microseconds / size, name)
    }
    return microseconds == 0 ? "0 seconds" : counted(microseconds, "microsecond")
  }

  private func months(_ count: Int64) -> String {
    count % 12 == 0 && count != 0 ? counted(count / 12, "year") : counted(count, "month")
  }

  private func counted(_ count: Int64, _ unit: String) -> String {
    "\(count) \(unit)" + (abs(count) == 1 ? "" : "s")
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
