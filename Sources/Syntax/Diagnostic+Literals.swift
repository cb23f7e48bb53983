import Diagnostics

/// The words for literals that are not right.
extension Diagnostic {
  // MARK: Texts and names

  static func unterminatedText(_ span: Span, isMultiline: Bool) -> Diagnostic {
    isMultiline
      ? Diagnostic(
        .unterminatedText, "this text is never closed", at: span, label: "begins here",
        help: ["close it with `\"\"\"`"])
      : Diagnostic(
        .unterminatedText, "this text is not closed on its line", at: span, label: "begins here",
        help: ["close it with `\"`, or use `\"\"\"` for a text of several lines"])
  }

  static func unterminatedName(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unterminatedText, "this name is not closed on its line", at: span, label: "begins here",
      help: ["a name in backquotes ends with a backquote: `` `Total (USD)` ``"])
  }

  static func emptyName(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedCharacter, "an empty name", at: span, label: "nothing between the backquotes")
  }

  static func badEscape(_ written: String, _ span: Span) -> Diagnostic {
    let fixes = [
      "\\'": "a single quote needs no backslash", "\\r": "write `\\u{D}`",
      "\\0": "no text can hold a NUL", "\\{": "a brace is doubled: `{{`",
      "\\}": "a brace is doubled: `}}`",
    ]
    return Diagnostic(
      .badEscape, "unknown escape `\(written.shortened)`", at: span, label: "no such escape",
      help: [
        fixes[written]
          ?? "the escapes are `\\n \\t \\\" \\\\ \\u{...}`; a pattern is best written `r\"...\"`"
      ])
  }

  static func badCodePoint(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badEscape, "this is no character", at: span, label: "expected `\\u{...}`",
      help: ["the number of a character in hexadecimal, as in `\\u{E9}` for é"])
  }

  static func nulInText(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badEscape, "no text can hold a NUL", at: span, label: "the character U+0000",
      help: ["its picture is `\\u{2400}`; engines keep no other"])
  }

  static func controlInText(_ scalar: Unicode.Scalar, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedCharacter, "an invisible control character in a text", at: span,
      label: "the character \(scalar.codePoint)",
      help: ["write it as `\\u{\(String(scalar.value, radix: 16, uppercase: true))}`"])
  }

  static func hiddenDirection(_ character: String, _ span: Span) -> Diagnostic {
    let name = character.unicodeScalars.first?.codePoint ?? ""
    return Diagnostic(
      .unexpectedCharacter, "an invisible character that changes the direction of the text",
      at: span, label: "the character \(name)",
      help: [
        "with it a program can read otherwise than it runs: remove it, or write it as an escape"
      ])
  }

  static func unclosedHole(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedBracket, "`{` is never closed", at: span, label: "opened here",
      help: ["close it with `}`, or write `{{` for a brace"])
  }

  static func emptyBraces(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "nothing between the braces", at: span, label: "expected an expression",
      help: ["write `{{}}` for braces in the text"])
  }

  static func bareHolePipeline(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a pipeline inside of an expression stands in parentheses", at: span,
      label: "unexpected pipe", help: ["write `{(orders | count)}`"])
  }

  static func formattedSQL(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`sql` takes no `f` text", at: span, label: "remove the `f`",
      help: ["braces take relations, `sql \"select * from {orders}\"`; values are never pasted in"])
  }

  // MARK: Numbers

  static func numberTooLarge(_ span: Span, isWhole: Bool) -> Diagnostic {
    Diagnostic(
      .badNumber, "the number is too large", at: span, label: "does not fit",
      help: [
        isWhole
          ? "an int goes up to 9_223_372_036_854_775_807; with a point it is a float"
          : "a float goes up to about 1.8e308"
      ])
  }

  static func numberEndsWithPoint(_ number: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "a number does not end with a point", at: span,
      label: "digits are missing behind the point", help: ["write `\(number)` or `\(number).0`"])
  }

  static func numberStartsWithPoint(_ number: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "a number does not start with a point", at: span,
      label: "a digit is missing before the point", help: ["write `0\(number)`"])
  }

  static func dollarAmount(_ number: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "an amount of money is a plain number", at: span,
      label: "`$` stands before names only",
      help: ["write `\(number)`; `label price = money(USD)` says what a column counts"])
  }

  static func loneDollar(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedCharacter, "`$` without a name", at: span, label: "expected a name right behind",
      help: ["`$rate` is what was bound with `let rate = ...`"])
  }

  static func badDuration(isFraction: Bool, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badDuration, isFraction ? "there is no part of a month" : "the duration is too long",
      at: span, label: isFraction ? "months are whole" : "does not fit",
      help: isFraction ? ["say it in days or weeks: `45 days`"] : [])
  }

  /// What is glued to a number is no unit: `5m`, `10EUR`, `10k`.
  static func gluedUnit(
    _ number: String, _ unit: String, isWhole: Bool, _ span: Span
  ) -> Diagnostic {
    if isWhole, let duration = gluedDuration(number, unit, span) { return duration }
    var finding = Diagnostic(
      .badNumber, "`\(unit.shortened)` is glued to a number", at: span,
      label: "not a number, and not a duration")
    finding.help = [gluedHelp(number, unit, isWhole)]
    return finding
  }

  private static func gluedHelp(_ number: String, _ unit: String, _ isWhole: Bool) -> String {
    if unit.hasPrefix("_") { return "`_` stands between two digits, as in `1_000_000`" }
    if number == "0", let sign = unit.first, "xXbBoO".contains(sign), unit.count > 1 {
      return "numbers are written in decimal"
    }
    if DurationUnit(short: unit) != nil || DurationUnit(word: unit) != nil {
      return isWhole
        ? "leave a blank between the two: `\(number) \(unit)`"
        : "a short duration is a whole number; `\(number) hours` may have a fraction"
    }
    if unit.count == 3, unit.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      return "write `\(number)`; `label price = money(\(unit))` says what a column counts"
    }
    let powers = ["k": "_000", "K": "_000", "M": "_000_000", "bn": "_000_000_000"]
    if isWhole, let zeros = powers[unit] { return "write `\(number)\(zeros)`" }
    let exponents = ["k": 3, "K": 3, "M": 6, "bn": 9]
    if let exponent = exponents[unit] { return "write `\(number)e\(exponent)`" }
    return "a name cannot start with a digit: write it in backquotes"
  }

  private static func gluedDuration(
    _ number: String, _ unit: String, _ span: Span
  ) -> Diagnostic? {
    guard unit == "m" else { return nil }
    return Diagnostic(
      .badDuration, "`\(number)m` could be minutes or months", at: span, label: "which of the two?",
      help: ["write `\(number)min` for minutes, `\(number)mo` for months"])
  }

  static func percentApart(_ number: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "a percent sign touches its number", at: span, label: "a blank before it",
      help: ["write `\(number.shortened)%`"])
  }

  // MARK: Dates

  static func dateWithoutSign(_ written: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .badDate, "a date starts with `@`", at: span, label: "a subtraction, as it stands",
      help: ["write `@\(written.shortened)`"])
  }

  static func badDate(
    _ problem: DateReader.Problem, _ written: String, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badDate, "`\(written.shortened)` is not a date", at: span, label: problem.label,
      help: [problem.help])
  }
}

extension DateReader.Problem {
  fileprivate var label: String {
    switch self {
    case .noDigits: "expected a year right behind `@`"
    case .shape: "not the shape of a date"
    case .year: "there is no year 0"
    case .month: "months go from 01 to 12"
    case .day(let longest): "this month has \(longest) days"
    case .quarter: "quarters go from Q1 to Q4"
    case .week(let longest): "this year has weeks W01 to W\(longest)"
    case .time: "not a time of day"
    case .fraction: "more than six digits of a second"
    case .zone: "not an offset from UTC"
    case .glued: "something touches the date"
    }
  }

  fileprivate var help: String {
    switch self {
    case .noDigits: "as in `@2025-01-31`; the day of the run is `today()`"
    case .shape, .year, .month, .day:
      "year, month and day have 4, 2 and 2 digits: `@2025-01-31`"
    case .quarter: "as in `@2025-Q1`"
    case .week: "as in `@2025-W14`"
    case .time: "hours and minutes have two digits: `@2025-01-31T09:30`"
    case .fraction: "a timestamp counts microseconds"
    case .zone: "as in `@2025-01-31T09:30+02:00`, or `Z` for UTC"
    case .glued: "leave a blank behind the date: `@2025-01-31 - 3 days`"
    }
  }
}

extension Unicode.Scalar {
  /// “ ” „ « »
  var isTypographicQuote: Bool {
    switch value {
    case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB: true
    default: false
    }
  }

  /// `U+202E`
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
