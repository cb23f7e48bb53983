import Values

extension Reference {
  static let text: [Reference] = [
    text("lower") { $0.lowercased() }, text("upper") { $0.uppercased() },
    text("trim") { trimmed($0, start: true, end: true) },
    text("trim_start") { trimmed($0, start: true, end: false) },
    text("trim_end") { trimmed($0, start: false, end: true) },
    text("reverse") { scalars($0.unicodeScalars.reversed()) },
    Reference("length", [.value(.text)], .int) {
      .int(Int64(try $0.text(0).unicodeScalars.count))
    },
    test("contains") { $1.isEmpty || $0.contains($1) }, test("starts_with") { $0.hasPrefix($1) },
    test("ends_with") { $0.hasSuffix($1) },
    Reference("replace", [.value(.text), .oneOf(parts), .value(.text)], .text) { arguments in
      let (text, part) = (try arguments.text(0), try arguments.text(1))
      return .text(text.replacing(part, with: try arguments.text(2)))
    },
    Reference(
      "matches", [.value(.text), .oneOf(patterns)], .bool,
      withNulls: { arguments in
        guard case .text(let text) = arguments[0] else { return .bool(false) }
        return .bool(firstDigits(text) != nil)
      }),
    Reference("extract", [.value(.text), .oneOf(patterns)], .text) { arguments in
      firstDigits(try arguments.text(0)).map { .text($0) } ?? .null
    },
    Reference("replace_pattern", [.value(.text), .oneOf(patterns), .oneOf(parts)], .text) {
      var (rest, by, result) = (try $0.text(0), try $0.text(2), "")
      while let digits = firstDigits(rest), let at = rest.firstRange(of: digits) {
        result += rest[..<at.lowerBound] + by
        rest = String(rest[at.upperBound...])
      }
      return .text(result + rest)
    },
    Reference("position", [.value(.text), .oneOf(parts)], .int) { arguments in
      let (text, part) = (Array(try arguments.text(0).unicodeScalars), try arguments.text(1))
      let scalars = Array(part.unicodeScalars)
      let at = text.indices.first { text[$0...].starts(with: scalars) }
      return .int(at.map { Int64($0) + 1 } ?? 0)
    },
    Reference("substring", [.value(.text), .oneOf(counts), .oneOf(counts)], .text) { arguments in
      let text = try arguments.text(0).unicodeScalars
      let (start, count) = (Int(try arguments.int(1)), Int(try arguments.int(2)))
      // A start before the first character takes away from the count, as in SQL.
      let taken = text.enumerated().filter {
        ($0.offset + 1) >= start && $0.offset + 1 < start + count
      }
      return .text(scalars(taken.map(\.element)))
    },
    Reference("left", [.value(.text), .oneOf(counts)], .text) {
      .text(scalars(Array(try $0.text(0).unicodeScalars.prefix(Int(try $0.int(1))))))
    },
    Reference("right", [.value(.text), .oneOf(counts)], .text) {
      .text(scalars(Array(try $0.text(0).unicodeScalars.suffix(Int(try $0.int(1))))))
    },
    padded("pad_start") { $1 + $0 }, padded("pad_end") { $0 + $1 },
    Reference("repeat", [.value(.text), .oneOf(counts)], .text) {
      .text(String(repeating: try $0.text(0), count: Int(try $0.int(1))))
    },
  ]

  static let parts: [(String, Value)] = [
    ("\"a\"", .text("a")), ("\"-\"", .text("-")), ("\"'\"", .text("'")), ("\"é\"", .text("é")),
  ]
  static let counts: [(String, Value)] = [
    ("0", .int(0)), ("1", .int(1)), ("2", .int(2)), ("9", .int(9)),
  ]
  private static let patterns: [(String, Value)] = [
    ("r\"\\d+\"", .text("digits")), ("r\"([0-9]+)\"", .text("digits")),
  ]

  private static func firstDigits(_ text: String) -> String? {
    let from = text.unicodeScalars.drop { !("0"..."9").contains($0) }
    let digits = from.prefix { ("0"..."9").contains($0) }
    return digits.isEmpty ? nil : String(digits)
  }

  static func text(_ name: String, _ f: @escaping @Sendable (String) -> String) -> Reference {
    Reference(name, [.value(.text)], .text) { .text(f(try $0.text(0))) }
  }

  /// False where something is missing.
  static func test(
    _ name: String, _ f: @escaping @Sendable (String, String) -> Bool
  ) -> Reference {
    Reference(
      name, [.value(.text), .value(.text)], .bool,
      withNulls: { arguments in
        guard case .text(let a) = arguments[0], case .text(let b) = arguments[1] else {
          return .bool(false)
        }
        return .bool(f(a, b))
      })
  }

  private static func padded(
    _ name: String, _ join: @escaping @Sendable (String, String) -> String
  ) -> Reference {
    let fills: [(String, Value)] = [("\".\"", .text(".")), ("\"ab\"", .text("ab"))]
    return Reference(name, [.value(.text), .oneOf(counts), .oneOf(fills)], .text) { arguments in
      let text = try arguments.text(0)
      let missing = Int(try arguments.int(1)) - text.unicodeScalars.count
      guard missing > 0 else { return .text(text) }
      let filling = String(repeating: try arguments.text(2), count: missing)
      return .text(join(text, String(filling.prefix(missing))))
    }
  }

  private static func trimmed(_ text: String, start: Bool, end: Bool) -> String {
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{B}", "\u{C}"]
    var rest = Substring.UnicodeScalarView(text.unicodeScalars)
    if start { rest = rest.drop { blanks.contains($0) } }
    while end, let last = rest.last, blanks.contains(last) { rest.removeLast() }
    return String(rest)
  }

  static func scalars(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
