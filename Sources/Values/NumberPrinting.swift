/// Numbers as text, without Foundation: correctly rounded like C's `printf` (a test compares the
/// two), grouped for people, shortest for machines.
package enum NumberPrinting {
  /// `printf("%.*f")`: `fixed(2.675, digits: 2)` is `2.67`, since the double lies below 2.675.
  package static func fixed(_ x: Double, digits: Int) -> String {
    guard var exact = DecimalExpansion(x) else { return notFinite(x) }
    exact.round(toPlaces: digits)
    return fixed(exact, places: digits)
  }

  /// `printf("%.*e")`: `exponent(12345, digits: 2)` is `1.23e+04`.
  package static func exponent(_ x: Double, digits: Int) -> String {
    guard var exact = DecimalExpansion(x) else { return notFinite(x) }
    exact.round(toDigits: digits + 1)
    return exponent(exact, places: digits)
  }

  /// `printf("%.*g")`: `digits` significant ones, without trailing zeros: `1.235e+09`, `0.5`.
  package static func general(_ x: Double, digits: Int) -> String {
    DecimalExpansion(x).map { general($0, digits: digits) } ?? notFinite(x)
  }

  /// With `keepsPoint` a whole number keeps one zero behind its point, as Python's format
  /// without a letter does: `3.0`.
  package static func general(
    _ exact: DecimalExpansion, digits: Int, keepsPoint: Bool = false
  ) -> String {
    let significant = max(digits, 1)
    var rounded = exact
    rounded.round(toDigits: significant)
    let power = rounded.digits.isEmpty ? 0 : rounded.point - 1
    if power < -4 || power >= significant - (keepsPoint ? 1 : 0) {
      return exponentTrimmed(rounded)
    }
    let text = fixedTrimmed(rounded)
    return keepsPoint && !text.utf8.contains(UInt8(ascii: ".")) ? text + ".0" : text
  }

  /// The shortest text that reads back as the same double, as JSON and source code write it.
  package static func shortest(_ x: Double) -> String {
    x.isFinite ? x.description : notFinite(x)
  }

  /// `decimal(unscaled: 123450, scale: 2)` is `1234.50`; `places` rounds half to even.
  package static func decimal(unscaled: Int128, scale: Int, places: Int? = nil) -> String {
    var exact = DecimalExpansion(unscaled: unscaled, scale: scale)
    let shown = places ?? scale
    exact.round(toPlaces: shown)
    return fixed(exact, places: shown)
  }

  /// Sets a separator before every third digit of the whole part: `-1234567.5` → `-1,234,567.5`.
  package static func grouped(_ number: String, by separator: String = ",") -> String {
    let bytes = Array(number.utf8)
    let start = bytes.firstIndex(where: isDigit) ?? bytes.count
    let end = bytes[start...].firstIndex(where: { !isDigit($0) }) ?? bytes.count
    guard end - start > 3 else { return number }
    var result = String(decoding: bytes[..<start], as: UTF8.self)
    for index in start..<end {
      if index > start && (end - index) % 3 == 0 { result += separator }
      result.unicodeScalars.append(Unicode.Scalar(bytes[index]))
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  package static func notFinite(_ x: Double) -> String {
    x.isNaN ? "nan" : x < 0 ? "-inf" : "inf"
  }
}

extension NumberPrinting {
  /// Lays rounded digits out around a point.
  package static func fixed(_ exact: DecimalExpansion, places: Int) -> String {
    let whole = exact.point > 0 ? digits(of: exact, from: 0, to: exact.point) : "0"
    let sign = exact.isNegative ? "-" : ""
    guard places > 0 else { return sign + whole }
    return sign + whole + "." + digits(of: exact, from: exact.point, to: exact.point + places)
  }

  package static func exponent(_ exact: DecimalExpansion, places: Int) -> String {
    let sign = exact.isNegative ? "-" : ""
    let first = digits(of: exact, from: 0, to: 1)
    let rest = places > 0 ? "." + digits(of: exact, from: 1, to: 1 + places) : ""
    return sign + first + rest + suffix(exact.digits.isEmpty ? 0 : exact.point - 1)
  }

  /// `e+04`, `e-123`: at least two digits, as C writes it.
  private static func suffix(_ power: Int) -> String {
    let size = "\(power.magnitude)"
    return (power < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" + size : size)
  }

  private static func fixedTrimmed(_ exact: DecimalExpansion) -> String {
    fixed(exact, places: max(0, significantCount(exact) - exact.point))
  }

  private static func exponentTrimmed(_ exact: DecimalExpansion) -> String {
    exponent(exact, places: max(0, significantCount(exact) - 1))
  }

  private static func significantCount(_ exact: DecimalExpansion) -> Int {
    (exact.digits.lastIndex(where: { $0 != 0 }) ?? -1) + 1
  }

  /// The digits from place `start` up to `end`, counted from the first one; zeros outside.
  private static func digits(of exact: DecimalExpansion, from start: Int, to end: Int) -> String {
    var result = ""
    for place in start..<max(start, end) {
      let digit = exact.digits.indices.contains(place) ? exact.digits[place] : 0
      result.unicodeScalars.append(Unicode.Scalar(48 + digit))
    }
    return result
  }
}

extension NumberPrinting {
  /// The shortest digits that name the number, without an exponent: `0.29`, `0.0000001`.
  package static func plain(_ x: Double) -> String {
    let text = shortest(x)
    guard text.contains("e") else { return text }
    return fixed(x, digits: 40)
  }
}
