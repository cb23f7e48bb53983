import Values

/// Texts tidied and taken apart, and facts of the calendar.
extension Reference {
  static let words: [Reference] =
    [
      text("squish") { text in
        Array(text.split(whereSeparator: blanks.contains).joined(separator: [" "]))
      },
      text("title") { title($0) },
      text("capitalize") { text in
        text.prefix(1).flatMap(\.properties.uppercaseMapping.unicodeScalars) + text.dropFirst()
      },
      Reference(
        "is_blank", [.value(.text)], .bool,
        withNulls: { arguments in
          .bool(arguments[0] == .null ? true : try arguments.scalars(0).allSatisfy(blanks.contains))
        }),
      shorten(end: "…") { "shorten(\($0[0]), \($0[1]))" },
      shorten(end: "...") { "shorten(\($0[0]), \($0[1]), \"...\")" },
      Reference("split_part", [.value(.text), .oneOf(separators), .oneOf(places)], .text) {
        let pieces = pieces(try $0.scalars(0), by: try $0.scalars(1))
        let n = Int(try $0.int(2))
        let at = n > 0 ? n - 1 : pieces.count + n
        return pieces.indices.contains(at) ? .text(pieces[at]) : .null
      },
      Reference(
        "translate",
        [.value(.text), .oneOf([("\"a-\"", .text("a-"))]), .oneOf([("\"é\"", .text("é"))])], .text
      ) { .text(try $0.scalars(0).filter { $0 != "-" }.map { $0 == "a" ? "é" : $0 }) },
      Reference("levenshtein", [.value(.text), .value(.text)], .int) { arguments in
        let (a, b) = (try arguments.scalars(0), try arguments.scalars(1))
        if a.count + b.count > 14 { throw Undefined() }
        return .int(Int64(distance(a[...], b[...])))
      },
      Reference("similarity", [.value(.text), .value(.text)], .float) {
        .float(likeness(try $0.scalars(0), try $0.scalars(1)))
      },
      text("normalize") { composed($0) },
      text("strip_accents") { text in
        text.filter { $0 != acute }.map { sign in
          accented.first { $0.composed == sign }?.plain ?? sign
        }
      },
      Reference("code", [.value(.text)], .int) { arguments in
        try arguments.text(0).unicodeScalars.first.map { .int(Int64($0.value)) } ?? .null
      },
      Reference("char", [.value(.int)], .text) { arguments in
        let scalar = UInt32(exactly: try arguments.int(0)).flatMap(Unicode.Scalar.init)
        return scalar.map { $0.value == 0 ? .null : .text(String(Character($0))) } ?? .null
      },
      Reference("try_bool", [.value(.text)], .bool) { arguments in
        switch try word(arguments) {
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

  private static let places: [(String, Value)] = [
    ("1", .int(1)), ("2", .int(2)), ("-1", .int(-1)), ("0", .int(99)),
  ]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
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

  /// Jaro's measure by the signs that both have not too far apart, raised for a common start.
  private static func likeness(_ a: Scalars, _ b: Scalars) -> Double {
    if a == b { return 1 }
    let reach = max(0, max(a.count, b.count) / 2 - 1)
    var free = Array(b.indices)
    var pairs: [(Int, Int)] = []
    for i in a.indices {
      guard let at = free.firstIndex(where: { abs($0 - i) <= reach && b[$0] == a[i] }) else {
        continue
      }
      pairs.append((i, free.remove(at: at)))
    }
    if pairs.isEmpty { return 0 }
    let inB = pairs.map(\.1).sorted()
    let crossed = zip(pairs, inB).filter { a[$0.0] != b[$1] }.count / 2
    let m = Double(pairs.count)
    let jaro =
      (m / Double(a.count) + m / Double(b.count) + (m - Double(crossed)) / m) / 3
    let start = zip(a, b).prefix(4).prefix { $0 == $1 }.count
    return jaro + Double(start) / 10 * (1 - jaro)
  }

  private static func shorten(
    end: String, _ written: @escaping @Sendable ([String]) -> String
  ) -> Reference {
    Reference("shorten", [.value(.text), .oneOf(counts)], .text) { arguments in
      let (text, n) = (try arguments.scalars(0), Int(try arguments.int(1)))
      guard text.count > n else { return .text(text) }
      let end = Scalars(end.unicodeScalars)
      return .text(Array((text.prefix(max(n - end.count, 0)) + end).prefix(n)))
    }.written(written)
  }

  private static func title(_ text: Scalars) -> Scalars {
    var result = Scalars()
    var isInside = false
    for sign in text {
      let belongs = belongsToWord(sign)
      let mapping = sign.properties
      result +=
        (belongs && !isInside ? mapping.uppercaseMapping : mapping.lowercaseMapping).unicodeScalars
      isInside = belongs
    }
    return result
  }

  private static func belongsToWord(_ sign: Unicode.Scalar) -> Bool {
    switch sign.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: sign == "'" || sign == "’"
    }
  }

  // MARK: Accents

  private static let acute: Unicode.Scalar = "\u{301}"

  /// The letters of ASCII that have an acute accent in one sign.
  private static let accented: [(plain: Unicode.Scalar, composed: Unicode.Scalar)] = Array(
    zip(
      "AEIOUYCGKLMNPRSWZaeiouycgklmnprswz".unicodeScalars,
      "ÁÉÍÓÚÝĆǴḰĹḾŃṔŔŚẂŹáéíóúýćǵḱĺḿńṕŕśẃź".unicodeScalars))

  private static func composed(_ text: Scalars) -> Scalars {
    var result = Scalars()
    for sign in text {
      if sign == acute, let found = accented.first(where: { $0.plain == result.last }) {
        result[result.count - 1] = found.composed
      } else {
        result.append(sign)
      }
    }
    return result
  }
}

extension Reference {
  /// The text without white space at its ends, in small letters.
  fileprivate static func word(_ arguments: [Value]) throws -> String {
    let bare = trimmed(try arguments.scalars(0), [" ", "\t", "\n", "\r"], start: true, end: true)
    return String(String.UnicodeScalarView(bare)).lowercased()
  }
}
