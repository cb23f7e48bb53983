/// A number in an f-string: `,.2f`, `+.1%`, `08.3f`, `e`; the results equal Python's.
package struct NumberFormat: Hashable, Sendable {
  package enum Notation: Hashable, Sendable {
    /// No letter: whole numbers plain, others as short as they read back.
    case automatic
    case whole
    case fixed
    case exponent
    case general
    case percent

    init?(letter: Character?) {
      switch letter {
      case nil: self = .automatic
      case "d": self = .whole
      case "f", "F": self = .fixed
      case "e", "E": self = .exponent
      case "g", "G": self = .general
      case "%": self = .percent
      default: return nil
      }
    }
  }

  package private(set) var notation: Notation
  package private(set) var isUppercase: Bool
  /// What stands before numbers that are not negative: nothing, `+` or a blank.
  package private(set) var positiveSign: String
  package private(set) var separator: String?
  package private(set) var precision: Int?
  private var isZeroPadded: Bool
  package private(set) var padding: PaddedFormat

  init(_ parts: FormatSpecParts, notation: Notation) {
    self.notation = notation
    isUppercase = parts.letter?.isUppercase ?? false
    positiveSign = parts.sign.map { $0 == "-" ? "" : String($0) } ?? ""
    separator = parts.separator
    precision = parts.precision
    padding = PaddedFormat(parts, defaultAlignment: .right)
    if parts.isZeroPadded && parts.fill == nil { padding.fill = "0" }
    if parts.isZeroPadded && parts.alignment == nil { padding.alignment = .afterSign }
    isZeroPadded = padding.fill == "0" && padding.alignment == .afterSign
  }

  /// Zeros in front with separators running through them, `0,001,234`: no engine writes that.
  package var groupsZeros: Bool { isZeroPadded && separator != nil && padding.width > 0 }

  func apply(to value: Value) -> String? {
    guard let exact = Self.expansion(of: value) else { return Self.notFinite(value).map(finish) }
    return finish(body(of: exact, value: value))
  }

  private static func expansion(of value: Value) -> DecimalExpansion? {
    switch value {
    case .int(let number): DecimalExpansion(unscaled: Int128(number), scale: 0)
    case .float(let number): DecimalExpansion(number)
    case .decimal(let unscaled, let scale): DecimalExpansion(unscaled: unscaled, scale: scale)
    case .null, .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record:
      nil
    }
  }

  private static func notFinite(_ value: Value) -> String? {
    guard case .float(let number) = value else { return nil }
    return NumberPrinting.notFinite(number)
  }

  private func body(of exact: DecimalExpansion, value: Value) -> String {
    switch notation {
    case .automatic: return automatic(exact, value: value)
    case .whole: return NumberPrinting.fixed(exact, places: 0)
    case .fixed: return fixed(exact)
    case .exponent: return exponent(exact)
    case .general: return NumberPrinting.general(exact, digits: precision ?? 6)
    case .percent:
      var hundredfold = exact
      hundredfold.point += exact.digits.isEmpty ? 0 : 2
      return fixed(hundredfold) + "%"
    }
  }

  private func fixed(_ exact: DecimalExpansion) -> String {
    var rounded = exact
    rounded.round(toPlaces: precision ?? 6)
    return NumberPrinting.fixed(rounded, places: precision ?? 6)
  }

  private func exponent(_ exact: DecimalExpansion) -> String {
    var rounded = exact
    rounded.round(toDigits: (precision ?? 6) + 1)
    return NumberPrinting.exponent(rounded, places: precision ?? 6)
  }

  private func automatic(_ exact: DecimalExpansion, value: Value) -> String {
    guard case .float(let number) = value else { return ColumnFormat.plain(value) }
    guard let precision else { return NumberPrinting.shortest(number) }
    return NumberPrinting.general(exact, digits: precision, keepsPoint: true)
  }

  /// Sets sign, separators and padding around the digits.
  private func finish(_ body: String) -> String {
    let isNegative = body.hasPrefix("-")
    var digits = isNegative ? String(body.dropFirst()) : body
    if isUppercase { digits = digits.uppercased() }
    let sign = isNegative ? "-" : positiveSign
    if isZeroPadded { digits = zeroPadded(digits, beside: sign) }
    return padding.pad(grouped(digits), sign: sign)
  }

  /// Zeros count as digits, so that separators run through them: `0,001,234`.
  private func zeroPadded(_ digits: String, beside sign: String) -> String {
    guard separator != nil, digits.first?.isNumber == true else { return digits }
    var result = digits
    while grouped(result).count + sign.count < padding.width { result = "0" + result }
    return result
  }

  private func grouped(_ digits: String) -> String {
    separator.map { NumberPrinting.grouped(digits, by: $0) } ?? digits
  }
}
