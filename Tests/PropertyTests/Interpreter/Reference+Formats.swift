import Glibc
import Values

/// Values written as people write them, and read from what they wrote.
extension Reference {
  static let decimalOfInt = Reference("decimal", [.value(.int), .oneOf(digits)], .decimal) {
    let (x, digits) = (try $0.int(0), Int(try $0.int(1)))
    guard x.magnitude < 1 << 40 else { throw Undefined() }
    return .decimal(unscaled: Int128(x) * Interpreter.ten(digits), scale: digits)
  }

  static let formats: [Reference] =
    [
      decimalOfInt,
      Reference("decimal", [.value(.float), .oneOf(digits)], .decimal) {
        let digits = Int(try $0.int(1))
        return .decimal(unscaled: Int128(try scaled(try $0.float(0), digits)), scale: digits)
      },
      Reference("percent", [.value(.float), .oneOf(digits)], .text) {
        let digits = Int(try $0.int(1))
        return .text(try fixed(try $0.float(0) * 100, digits) + "%")
      },
      Reference("f", [.value(.int), .value(.text)], .text) {
        .text(padded("\(try $0.int(0))", 6, .end) + "|" + padded(try $0.text(1), 5, .start))
      }.written { "f\"{\($0[0]):>6}|{\($0[1]):<5}\"" },
      Reference("f", [.value(.text)], .text) { .text(padded(try $0.text(0), 8, .middle)) }
        .written { "f\"{\($0[0]):^8}\"" },
      Reference("f", [.value(.int)], .text) { .text(grouped("\(try $0.int(0))")) }
        .written { "f\"{\($0[0]):,}\"" },
      Reference("f", [.value(.float)], .text) {
        .text("[" + grouped(try fixed(try $0.float(0), 2)) + "]")
      }.written { "f\"[{\($0[0]):,.2f}]\"" },
      Reference("f", [.value(.date)], .text) { arguments in
        let parts = iso(try arguments.day(0)).split(separator: "-")
        return .text("\(parts[2]).\(parts[1]).\(parts[0])")
      }.written { "f\"{\($0[0]):%d.%m.%Y}\"" },
      Reference("parse_number", [.value(.text)], .float) {
        number(in: try $0.scalars(0), point: ".", between: ", \u{A0}\u{202F}'")
      },
      Reference("parse_number", [.value(.text)], .float) {
        number(in: try $0.scalars(0), point: ",", between: ". \u{A0}\u{202F}'")
      }.written { "parse_number(\($0[0]), decimal = \",\")" },
      Reference("make_date", [.value(.int), .value(.int), .oneOf(days)], .date) { arguments in
        .date(Int32(try civil(arguments).days))
      },
      Reference("make_timestamp", [.value(.int), .value(.int), .oneOf(days)], .timestamp) {
        .timestamp(Int64(try civil($0).days) * Civil.dayLength + 34_215_500_000)
      }.written { "make_timestamp(\($0[0]), \($0[1]), \($0[2]), 9, 30, 15.5)" },
      Reference("today", [], .date) { _ in .date(0) },
      Reference("now", [], .timestamp) { _ in .timestamp(0) },
      Reference("pi", [], .float) { _ in .float(.pi) },
      rounded("rate_of_return") { number in
        let x = abs(number)
        // Of -100 now, x in a year and 60 in two: the positive root of a square.
        let root = (x + (x * x + 24_000).squareRoot()) / 200 - 1
        return root > -1 ? root : .nan
      }.written { "round(rate_of_return([-100, abs(\($0[0])), 60], [0, 1, 2]), 6)" },
    ] + membership

  /// In a list of the row, and in a period.
  private static let membership: [Reference] = [
    within("@2024-02", Civil(2024, 2, 1), Civil(2024, 3, 1), .date),
    within("@2025", Civil(2025, 1, 1), Civil(2026, 1, 1), .date),
    within("@2024-Q4", Civil(2024, 10, 1), Civil(2025, 1, 1), .timestamp),
    Reference("field", [.value(.int), .value(.text)], .text, withNulls: { $0[1] })
      .written { "({a: \($0[0]), b: \($0[1])}).b" },
  ]

  private static func within(
    _ period: String, _ start: Civil, _ end: Civil, _ kind: Kind
  ) -> Reference {
    Reference(
      "in", [.value(kind)], .bool,
      withNulls: { arguments in
        if arguments[0] == .null { return .bool(false) }
        return .bool((start.days..<end.days).contains(try arguments.day(0)))
      }
    ).written { "(\($0[0]) in \(period))" }
  }

  private static func civil(_ arguments: [Value]) throws -> Civil {
    let (year, month) = (try arguments.int(0), try arguments.int(1))
    guard (1...9999).contains(year), (1...12).contains(month) else { throw Undefined() }
    return Civil(Int(year), Int(month), Int(try arguments.int(2)))
  }

  /// Times a power of ten, half away from zero.
  static func scaled(_ x: Double, _ digits: Int) throws -> Int64 {
    let size = abs(x) * pow(10, Double(digits))
    guard size < 0x1p50 else { throw Undefined() }
    let whole = Int64((size + 0.5).rounded(.down))
    return x < 0 ? -whole : whole
  }

  private static func fixed(_ x: Double, _ digits: Int) throws -> String {
    let whole = try scaled(x, digits)
    // Whether -0.001 is written -0.00 is not said anywhere.
    if whole == 0, x != 0 || x.sign == .minus { throw Undefined() }
    var text = String(whole.magnitude)
    text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    if digits > 0 { text = text.dropLast(digits) + "." + text.suffix(digits) }
    return whole < 0 ? "-" + text : text
  }

  private static func grouped(_ number: String) -> String {
    let whole = number.prefix { $0 != "." }
    let digits = whole.drop { $0 == "-" }
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (whole.hasPrefix("-") ? "-" : "") + result + number.dropFirst(whole.count)
  }

  private enum Side { case start, middle, end }

  private static func padded(_ text: String, _ width: Int, _ side: Side) -> String {
    let missing = max(0, width - text.unicodeScalars.count)
    let before =
      switch side {
      case .start: 0
      case .middle: missing / 2
      case .end: missing
      }
    return String(repeating: " ", count: before) + text
      + String(repeating: " ", count: missing - before)
  }

  /// The first run of digits, with signs between them left out.
  private static func number(in text: Scalars, point: Unicode.Scalar, between: String) -> Value {
    func isDigit(_ at: Int) -> Bool { text.indices.contains(at) && ("0"..."9").contains(text[at]) }
    guard let start = text.indices.first(where: isDigit) else { return .null }
    var digits = start > 0 && text[start - 1] == "-" ? "-" : ""
    var (at, end) = (start, start)
    while isDigit(at) || at < text.count && between.unicodeScalars.contains(text[at]) {
      if isDigit(at) { end = at }
      at += 1
    }
    for place in start...end where isDigit(place) { digits.unicodeScalars.append(text[place]) }
    if end + 1 < text.count, text[end + 1] == point, isDigit(end + 2) {
      digits += "."
      var place = end + 2
      while isDigit(place) {
        digits.unicodeScalars.append(text[place])
        place += 1
      }
    }
    return Double(digits).map { .finite($0) } ?? .null
  }

  private static let days: [(String, Value)] = [("1", .int(1)), ("28", .int(28))]
}
