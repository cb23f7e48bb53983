import Values

/// Texts tidied and taken apart, and facts of the calendar.
extension Reference {
  static let words: [Reference] =
    [
      text("squish") { $0.split(whereSeparator: isBlank).joined(separator: " ") },
      text("title") { title($0) },
      text("capitalize") { $0.prefix(1).uppercased() + $0.dropFirst() },
      Reference(
        "is_blank", [.value(.text)], .bool,
        withNulls: { arguments in
          guard case .text(let text) = arguments[0] else { return .bool(true) }
          return .bool(text.allSatisfy(isBlank))
        }),
      Reference("shorten", [.value(.text), .oneOf(counts)], .text) { arguments in
        let (text, n) = (try arguments.text(0), Int(try arguments.int(1)))
        guard text.unicodeScalars.count > n else { return .text(text) }
        let kept = scalars(Array(text.unicodeScalars.prefix(max(n - 1, 0))))
        return .text(n == 0 ? "" : kept + "…")
      },
      Reference("split_part", [.value(.text), .oneOf(separators), .oneOf(places)], .text) {
        let text = try $0.text(0)
        let pieces = text.split(separator: try $0.text(1), omittingEmptySubsequences: false)
        let n = Int(try $0.int(2))
        let at = n > 0 ? n - 1 : pieces.count + n
        return pieces.indices.contains(at) ? .text(String(pieces[at])) : .null
      },
      Reference("count_matches", [.value(.text), .oneOf([("\"a\"", .text("a"))])], .int) {
        .int(Int64(try $0.text(0).filter { $0 == "a" }.count))
      },
      Reference(
        "translate",
        [.value(.text), .oneOf([("\"a-\"", .text("a-"))]), .oneOf([("\"é\"", .text("é"))])], .text
      ) { arguments in
        .text(try arguments.text(0).replacing("a", with: "é").replacing("-", with: ""))
      },
      Reference("levenshtein", [.value(.text), .value(.text)], .int) { arguments in
        let (a, b) = (try arguments.text(0), try arguments.text(1))
        if a.count + b.count > 14 { throw Undefined() }
        return .int(Int64(distance(Array(a.unicodeScalars)[...], Array(b.unicodeScalars)[...])))
      },
      Reference("code", [.value(.text)], .int) { arguments in
        try arguments.text(0).unicodeScalars.first.map { .int(Int64($0.value)) } ?? .null
      },
      Reference("char", [.value(.int)], .text) { arguments in
        let scalar = UInt32(exactly: try arguments.int(0)).flatMap(Unicode.Scalar.init)
        return scalar.map { $0.value == 0 ? .null : .text(String(Character($0))) } ?? .null
      },
      Reference("try_bool", [.value(.text)], .bool) { arguments in
        switch try arguments.text(0).filter({ !isBlank($0) }).lowercased() {
        case "true", "yes", "y", "t", "1": .bool(true)
        case "false", "no", "n", "f", "0": .bool(false)
        default: .null
        }
      },
    ]

  static let calendar: [Reference] =
    [Kind.date, .timestamp].flatMap { kind in
      [
        fact("is_leap_year", kind, .bool) {
          .bool(Civil.length(ofMonth: 2, in: Civil($0).year) == 29)
        },
        fact("days_in_month", kind, .int) {
          .int(Int64(Civil.length(ofMonth: Civil($0).month, in: Civil($0).year)))
        },
        fact("month_name", kind, .text) { .text(months[Civil($0).month - 1]) },
        fact("day_name", kind, .text) { .text(weekdays[Civil.weekday($0) - 1]) },
        Reference("workdays", [.value(kind), .value(.date)], .int) { arguments in
          let (from, to) = (try arguments.day(0), try arguments.day(1))
          let count = (min(from, to)..<max(from, to)).filter { Civil.weekday($0) < 6 }.count
          return .int(Int64(from <= to ? count : -count))
        },
      ]
    } + [
      Reference("years_between", [.value(.date), .value(.date)], .int) { arguments in
        let (from, to) = (try arguments.day(0), try arguments.day(1))
        var n = 0
        while Civil.add(months: 12 * (n + 1), to: min(from, to)) <= max(from, to) { n += 1 }
        return .int(Int64(from <= to ? n : -n))
      },
      instants("second", 1_000_000, from: 0),
      Reference("time_bucket", [.value(.timestamp), .oneOf([("15 minutes", .int(0))])], .timestamp)
      { .timestamp(Interpreter.floorDivide(try instant($0), 900_000_000) * 900_000_000) },
      Reference("time_bucket", [.value(.timestamp), .oneOf([("1 week", .int(0))])], .timestamp) {
        let day = Civil.day(ofInstant: try instant($0))
        return .timestamp(Int64(day - Civil.weekday(day) + 1) * Civil.dayLength)
      },
      Reference("second_of_minute", [.value(.timestamp)], .int) { arguments in
        let at = try instant(arguments)
        return .int((at - Interpreter.floorDivide(at, 60_000_000) * 60_000_000) / 1_000_000)
      },
      Reference("to_unix", [.value(.timestamp)], .int) {
        .int(Interpreter.floorDivide(try instant($0), 1_000_000))
      },
      Reference("milliseconds", [.value(.duration)], .int) { arguments in
        guard case .duration(let length) = arguments[0] else { throw Undefined() }
        return .int(Interpreter.floorDivide(length, 1000))
      },
    ]

  private static let separators: [(String, Value)] = [("\"-\"", .text("-")), ("\"a\"", .text("a"))]
  private static let places: [(String, Value)] = [
    ("1", .int(1)), ("2", .int(2)), ("-1", .int(-1)), ("0", .int(99)),
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private static func fact(
    _ name: String, _ kind: Kind, _ result: Kind, _ f: @escaping @Sendable (Int) -> Value
  ) -> Reference {
    Reference(name, [.value(kind)], result) { f(try $0.day(0)) }
  }

  private static func instants(_ name: String, _ unit: Int64, from origin: Int64) -> Reference {
    Reference(name, [.value(.timestamp)], .timestamp) {
      .timestamp(Interpreter.floorDivide(try instant($0) - origin, unit) * unit + origin)
    }
  }

  private static func instant(_ arguments: [Value]) throws -> Int64 {
    guard case .timestamp(let at) = arguments[0] else { throw Undefined() }
    return at
  }

  /// By its definition; as slow as that is, so only for short texts.
  private static func distance(
    _ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>
  ) -> Int {
    guard let x = a.first, let y = b.first else { return max(a.count, b.count) }
    if x == y { return distance(a.dropFirst(), b.dropFirst()) }
    return 1
      + min(
        distance(a.dropFirst(), b), distance(a, b.dropFirst()),
        distance(a.dropFirst(), b.dropFirst()))
  }

  private static func isBlank(_ character: Character) -> Bool {
    [" ", "\t", "\n", "\r"].contains(character)
  }

  private static func title(_ text: String) -> String {
    var result = ""
    var isInside = false
    for character in text {
      let belongs = character.isLetter || character.isNumber || character == "'"
      result += belongs && !isInside ? character.uppercased() : character.lowercased()
      isInside = belongs
    }
    return result
  }
}
