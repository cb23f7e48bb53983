import Diagnostics

/// Numbers, percents and short durations; what is glued to a number decides.
extension Lexer {
  mutating func scanNumber() {
    if isBareDate { return refuseBareDate() }
    skipDigits()
    var isWhole = true
    if byte == UInt8(ascii: "."), byte(ahead: 1) != UInt8(ascii: ".") {
      guard byte(ahead: 1).isDigit else { return refusePoint() }
      isWhole = false
      position += 1
      skipDigits()
    }
    if skipExponent() { isWhole = false }
    if byte.isLetter || (byte.isNonASCII && isLetterAhead) { return scanUnit(isWhole: isWhole) }
    if byte == UInt8(ascii: "%"), byte(ahead: 1) != UInt8(ascii: ">") { return scanPercent() }
    emit(.number)
  }

  /// Digits with single `_` between.
  private mutating func skipDigits() {
    while byte.isDigit || (byte == UInt8(ascii: "_") && byte(ahead: 1).isDigit) { position += 1 }
  }

  private mutating func skipExponent() -> Bool {
    guard byte | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = byte(ahead: 1)
    let hasSign = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    guard byte(ahead: hasSign ? 2 : 1).isDigit else { return false }
    position += hasSign ? 2 : 1
    while byte.isDigit { position += 1 }
    return true
  }

  /// `2025-01-31` without its `@`: four, two and two digits.
  private var isBareDate: Bool {
    func areDigits(_ places: Range<Int>) -> Bool { places.allSatisfy { byte(ahead: $0).isDigit } }
    let minus = UInt8(ascii: "-")
    return areDigits(0..<4) && byte(ahead: 4) == minus && areDigits(5..<7)
      && byte(ahead: 7) == minus && areDigits(8..<10) && !byte(ahead: 10).isDigit
  }

  private mutating func refuseBareDate() {
    position += 10
    while byte.isNamePart || byte == UInt8(ascii: ":") && byte(ahead: 1).isDigit { position += 1 }
    let written = text(from: tokenStart)
    emit(.date, reporting: .dateWithoutSign(written, span(from: tokenStart)))
  }

  /// `1.`
  private mutating func refusePoint() {
    let number = text(from: tokenStart)
    position += 1
    emit(.number, reporting: .numberEndsWithPoint(number, span(from: tokenStart)))
  }

  /// `30d`, `15min`; `5m`, `10EUR` and the like are refused, each with its own words.
  private mutating func scanUnit(isWhole: Bool) {
    let unitStart = position
    while byte.isNamePart || (byte.isNonASCII && isLetterAhead) { skipScalar() }
    let unit = text(from: unitStart)
    if isWhole, DurationUnit(short: unit) != nil { return emit(.duration) }
    let number = text(tokenStart, unitStart)
    emit(.number, reporting: .gluedUnit(number, unit, isWhole: isWhole, span(from: tokenStart)))
  }

  /// `15%`; a percent sign with an operand glued behind was meant as a remainder.
  private mutating func scanPercent() {
    position += 1
    guard byte.isNamePart || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "(") else {
      return emit(.percent)
    }
    let sign = Span(file: file, start: position - 1, end: position)
    emit(.percent, reporting: .foreign(.modulo, sign))
  }
}

/// The units of durations: `ms s min h d w` are exact, `mo q y` are calendar months.
enum DurationUnit {
  case exact(microseconds: Int64)
  case months(Int64)

  init?(short: String) {
    switch short {
    case "ms": self = .exact(microseconds: 1000)
    case "s": self = .exact(microseconds: 1_000_000)
    case "min": self = .exact(microseconds: 60_000_000)
    case "h": self = .exact(microseconds: 3_600_000_000)
    case "d": self = .exact(microseconds: 86_400_000_000)
    case "w": self = .exact(microseconds: 604_800_000_000)
    case "mo": self = .months(1)
    case "q": self = .months(3)
    case "y": self = .months(12)
    default: return nil
    }
  }

  /// `day` or `days`.
  init?(word: String) {
    switch word {
    case "millisecond", "milliseconds": self.init(short: "ms")
    case "second", "seconds": self.init(short: "s")
    case "minute", "minutes": self.init(short: "min")
    case "hour", "hours": self.init(short: "h")
    case "day", "days": self.init(short: "d")
    case "week", "weeks": self.init(short: "w")
    case "month", "months": self.init(short: "mo")
    case "quarter", "quarters": self.init(short: "q")
    case "year", "years": self.init(short: "y")
    default: return nil
    }
  }
}
