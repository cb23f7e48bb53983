/// How one value is written inside an f-string, `f"{spend:,.2f}"`: Python's format
/// specification for numbers and text, `strftime` for dates and times.
package enum FormatSpec: Hashable, Sendable {
  case number(NumberFormat)
  case text(PaddedFormat)
  case time(TimeFormat)

  /// Reads the part behind the colon for a value of this type.
  package static func parse(
    _ source: String, for type: DataType
  ) -> Result<FormatSpec, FormatSpecError> {
    switch type {
    case .date, .timestamp:
      return TimeFormat.parse(source).map(FormatSpec.time)
    case .int, .float, .decimal:
      return FormatSpecParser.parse(source).flatMap { number(from: $0, for: type) }
    case .bool, .text, .duration, .months, .period, .list, .record, .json, .null:
      return FormatSpecParser.parse(source).flatMap { text(from: $0, for: type) }
    }
  }

  private static func number(
    from parts: FormatSpecParts, for type: DataType
  ) -> Result<FormatSpec, FormatSpecError> {
    guard let notation = NumberFormat.Notation(letter: parts.letter) else {
      return .failure(.doesNotFit(letter: parts.letter ?? "s", type: type))
    }
    let isWhole = type == .int && (notation == .automatic || notation == .whole)
    if isWhole && parts.precision != nil { return .failure(.precisionOfWholeNumber) }
    if notation == .whole && type != .int {
      return .failure(.doesNotFit(letter: "d", type: type))
    }
    return .success(.number(NumberFormat(parts, notation: notation)))
  }

  private static func text(
    from parts: FormatSpecParts, for type: DataType
  ) -> Result<FormatSpec, FormatSpecError> {
    if let letter = parts.letter, letter != "s" {
      return .failure(.doesNotFit(letter: letter, type: type))
    }
    if parts.sign != nil || parts.separator != nil || parts.isZeroPadded {
      return .failure(.numbersOnly(type))
    }
    return .success(.text(PaddedFormat(parts, defaultAlignment: .left)))
  }

  /// The value as text; `nil` for null, which makes the whole f-string null.
  package func apply(to value: Value) -> String? {
    guard !value.isNull else { return nil }
    switch self {
    case .number(let format): return format.apply(to: value)
    case .time(let format): return format.apply(to: value)
    case .text(let format): return format.apply(to: ColumnFormat.plain(value))
    }
  }
}

/// Why a format is refused; the words are made where it is reported.
package enum FormatSpecError: Error, Hashable, Sendable {
  /// Something that no format has: `,.2f!`.
  case unexpected(String)
  /// A known letter that does not fit the type: `d` for a float, `f` for a text.
  case doesNotFit(letter: Character, type: DataType)
  case precisionOfWholeNumber
  /// A sign, separator or zero padding for something that is not a number.
  case numbersOnly(DataType)
  case missingPrecision
  /// A width or precision above 1,000.
  case tooLarge
  /// `%Q` and its like, for dates and times.
  case unknownDirective(Character)

  /// One line for a diagnostic: `the format letter "d" is for int, not for float`.
  package var message: String {
    switch self {
    case .unexpected(let rest): "unexpected \"\(rest)\" in the format"
    case .doesNotFit(let letter, let type): "the format letter \"\(letter)\" does not fit \(type)"
    case .precisionOfWholeNumber: "an int has no digits behind the point; use f, as in \".2f\""
    case .numbersOnly(let type): "signs, separators and zeros are for numbers, not for \(type)"
    case .missingPrecision: "a number of digits must follow the point, as in \".2f\""
    case .tooLarge: "widths and precisions go up to 1000"
    case .unknownDirective(let letter): "unknown time format \"%\(letter)\""
    }
  }
}
