import Values

/// Texts as the language sees them: sequences of code points, whatever an eye would join.
typealias Scalars = [Unicode.Scalar]

extension Reference {
  static let text: [Reference] = [
    text("lower") { $0.flatMap(\.properties.lowercaseMapping.unicodeScalars) },
    text("upper") { $0.flatMap(\.properties.uppercaseMapping.unicodeScalars) },
    text("trim") { trimmed($0, blanks, start: true, end: true) },
    text("trim_start") { trimmed($0, blanks, start: true, end: false) },
    text("trim_end") { trimmed($0, blanks, start: false, end: true) },
    trim("trim", start: true, end: true), trim("trim_start", start: true, end: false),
    trim("trim_end", start: false, end: true),
    text("reverse") { $0.reversed() },
    text("mask") { ($0.count > 2 ? [$0[0]] : []) + Array("***".unicodeScalars) },
    Reference("length", [.value(.text)], .int) { .int(Int64(try $0.scalars(0).count)) },
    test("contains") { $1.isEmpty || place(of: $1, in: $0) != nil },
    test("starts_with") { $0.starts(with: $1) },
    test("ends_with") { $0.reversed().starts(with: $1.reversed()) },
    Reference("replace", Array(repeating: .value(.text), count: 3), .text) {
      let (pieces, by) = (pieces(try $0.scalars(0), by: try $0.scalars(1)), try $0.scalars(2))
      return .text(Array(pieces.joined(separator: by)))
    },
    Reference("position", [.value(.text), .value(.text)], .int) {
      .int(Int64((place(of: try $0.scalars(1), in: try $0.scalars(0)) ?? -1) + 1))
    },
    Reference("substring", [.value(.text), .oneOf(counts), .oneOf(counts)], .text) { arguments in
      let text = try arguments.scalars(0)
      let (start, count) = (Int(try arguments.int(1)), Int(try arguments.int(2)))
      // A start before the first character takes away from the count, as in SQL.
      let taken = text.enumerated().filter {
        ($0.offset + 1) >= start && $0.offset + 1 < start + count
      }
      return .text(taken.map(\.element))
    },
    Reference("left", [.value(.text), .oneOf(counts)], .text) {
      .text(Array(try $0.scalars(0).prefix(Int(try $0.int(1)))))
    },
    Reference("right", [.value(.text), .oneOf(counts)], .text) {
      .text(Array(try $0.scalars(0).suffix(Int(try $0.int(1)))))
    },
    padded("pad_start") { $1 + $0 }, padded("pad_end") { $0 + $1 },
    Reference("repeat", [.value(.text), .oneOf(counts)], .text) {
      .text(String(repeating: try $0.text(0), count: Int(try $0.int(1))))
    },
    Reference("split_text", [.value(.text), .oneOf(separators)], .texts) {
      .list(pieces(try $0.scalars(0), by: try $0.scalars(1)).map { .text($0) })
    },
    Reference("join_text", [.value(.texts), .value(.text)], .text) { arguments in
      let items = try arguments.list(0).filter { $0 != .null }.map { try [$0].scalars(0) }
      return .text(Array(items.joined(separator: try arguments.scalars(1))))
    },
  ]

  static let blanks: Scalars = [" ", "\t", "\n", "\r", "\u{B}", "\u{C}"]
  static let counts: [(String, Value)] = [
    ("0", .int(0)), ("1", .int(1)), ("2", .int(2)), ("9", .int(9)),
  ]
  static let separators: [(String, Value)] = [
    ("\"-\"", .text("-")), ("\"a\"", .text("a")), ("\" \"", .text(" ")),
    ("\"\\u{301}\"", .text("\u{301}")), ("\"it\"", .text("it")),
  ]

  static func text(_ name: String, _ f: @escaping @Sendable (Scalars) -> Scalars) -> Reference {
    Reference(name, [.value(.text)], .text) { .text(f(try $0.scalars(0))) }
  }

  /// False where something is missing.
  static func test(
    _ name: String, _ f: @escaping @Sendable (Scalars, Scalars) -> Bool
  ) -> Reference {
    Reference(
      name, [.value(.text), .value(.text)], .bool,
      withNulls: {
        $0.contains(.null) ? .bool(false) : .bool(f(try $0.scalars(0), try $0.scalars(1)))
      })
  }

  /// Where a part first stands, from 0.
  static func place(of part: Scalars, in text: Scalars) -> Int? {
    (0...text.count).first { text[$0...].starts(with: part) }
  }

  /// What stands between the occurrences of a part; of an empty one there are none.
  static func pieces(_ text: Scalars, by part: Scalars) -> [Scalars] {
    guard !part.isEmpty, let at = place(of: part, in: text) else { return [text] }
    return [Array(text[..<at])] + pieces(Array(text[(at + part.count)...]), by: part)
  }

  private static func padded(
    _ name: String, _ join: @escaping @Sendable (Scalars, Scalars) -> Scalars
  ) -> Reference {
    let fills: [(String, Value)] = [("\".\"", .text(".")), ("\"ab\"", .text("ab"))]
    return Reference(name, [.value(.text), .oneOf(counts), .oneOf(fills)], .text) { arguments in
      let text = try arguments.scalars(0)
      let missing = Int(try arguments.int(1)) - text.count
      guard missing > 0 else { return .text(text) }
      let filling = Array(repeating: try arguments.scalars(2), count: missing).joined()
      return .text(join(text, Array(filling.prefix(missing))))
    }
  }

  private static func trim(_ name: String, start: Bool, end: Bool) -> Reference {
    Reference(name, [.value(.text), .value(.text)], .text) {
      .text(trimmed(try $0.scalars(0), try $0.scalars(1), start: start, end: end))
    }
  }

  static func trimmed(
    _ text: Scalars, _ characters: Scalars, start: Bool, end: Bool
  ) -> Scalars {
    var rest = text[...]
    if start { rest = rest.drop { characters.contains($0) } }
    while end, let last = rest.last, characters.contains(last) { rest.removeLast() }
    return Array(rest)
  }
}

extension Value {
  static func text(_ scalars: Scalars) -> Value {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return .text(String(text))
  }
}

extension [Value] {
  func scalars(_ at: Int) throws -> Scalars { Array<Unicode.Scalar>(try text(at).unicodeScalars) }

  func list(_ at: Int) throws -> [Value] {
    guard case .list(let items) = self[at] else { throw Undefined() }
    return items
  }
}
