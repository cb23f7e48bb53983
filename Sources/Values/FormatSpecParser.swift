/// The parts of `[[fill]align][sign][0][width][separator][.precision][letter]` as written.
struct FormatSpecParts: Hashable, Sendable {
  var fill: Character?
  var alignment: PaddedFormat.Alignment?
  var sign: Character?
  var isZeroPadded = false
  var width = 0
  var separator: String?
  var precision: Int?
  var letter: Character?
}

/// Reads a format specification from left to right; each part is optional.
struct FormatSpecParser {
  private var rest: ArraySlice<Character>
  private var parts = FormatSpecParts()

  static func parse(_ source: String) -> Result<FormatSpecParts, FormatSpecError> {
    var parser = FormatSpecParser(rest: Array(source)[...])
    do throws(FormatSpecError) {
      try parser.read()
      return .success(parser.parts)
    } catch {
      return .failure(error)
    }
  }

  private init(rest: ArraySlice<Character>) { self.rest = rest }

  private mutating func read() throws(FormatSpecError) {
    readAlignment()
    parts.sign = take { "+- ".contains($0) }
    parts.isZeroPadded = take { $0 == "0" } != nil
    parts.width = try number() ?? 0
    parts.separator = take { $0 == "," || $0 == "_" }.map { String($0) }
    try readPrecision()
    parts.letter = take { "dfFeEgG%s".contains($0) }
    if !rest.isEmpty { throw .unexpected(String(rest)) }
  }

  private mutating func readAlignment() {
    if rest.count > 1, let found = PaddedFormat.Alignment(sign: rest[rest.startIndex + 1]) {
      parts.fill = rest.removeFirst()
      parts.alignment = found
      rest.removeFirst()
    } else if let first = rest.first, let found = PaddedFormat.Alignment(sign: first) {
      parts.alignment = found
      rest.removeFirst()
    }
  }

  private mutating func readPrecision() throws(FormatSpecError) {
    guard take({ $0 == "." }) != nil else { return }
    guard let digits = try number() else { throw .missingPrecision }
    parts.precision = digits
  }

  private mutating func number() throws(FormatSpecError) -> Int? {
    var result: Int?
    while let digit = take({ $0 >= "0" && $0 <= "9" })?.wholeNumberValue {
      result = (result ?? 0) * 10 + digit
      if result ?? 0 > 1000 { throw .tooLarge }
    }
    return result
  }

  private mutating func take(_ fits: (Character) -> Bool) -> Character? {
    guard let first = rest.first, fits(first) else { return nil }
    return rest.removeFirst()
  }
}

/// Filling up to a width: `>10`, `*^12`, `<8`.
package struct PaddedFormat: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable {
    case left, right, center
    /// Between the sign and the digits.
    case afterSign

    init?(sign: Character) {
      switch sign {
      case "<": self = .left
      case ">": self = .right
      case "^": self = .center
      case "=": self = .afterSign
      default: return nil
      }
    }
  }

  package internal(set) var fill: Character
  package internal(set) var alignment: Alignment
  package internal(set) var width: Int
  package internal(set) var limit: Int?

  init(_ parts: FormatSpecParts, defaultAlignment: Alignment) {
    fill = parts.fill ?? " "
    alignment = parts.alignment ?? defaultAlignment
    width = parts.width
    limit = parts.precision
  }

  /// With so much of the width left to what stands before.
  package func narrowed(by count: Int) -> PaddedFormat {
    var rest = self
    rest.width = max(0, width - count)
    return rest
  }

  func apply(to text: String) -> String {
    pad(limit.map { String(text.prefix($0)) } ?? text)
  }

  func pad(_ text: String, sign: String = "") -> String {
    let missing = max(0, width - text.count - sign.count)
    switch alignment {
    case .left: return sign + text + filling(missing)
    case .right: return filling(missing) + sign + text
    case .center: return filling(missing / 2) + sign + text + filling(missing - missing / 2)
    case .afterSign: return sign + filling(missing) + text
    }
  }

  private func filling(_ count: Int) -> String { String(repeating: fill, count: count) }
}
