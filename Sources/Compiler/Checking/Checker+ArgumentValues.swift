import Diagnostics
import Values

// Arguments that are known before rows are read, and must be what their parameter takes.
extension Checker {
  /// A constant that no engine would take, or that means nothing there.
  func refusal(
    of argument: TypedExpr, as parameter: FunctionParameter, _ function: String
  ) -> Diagnostic? {
    if parameter.name == "pattern" { return patternRefusal(argument) }
    if parameter.name == "format" { return formatRefusal(argument) }
    if parameter.setting == .zone { return zoneRefusal(argument) }
    if case .text(let word)? = argument.constant, !parameter.choices.isEmpty,
      !parameter.choices.contains(word)
    {
      return Diagnostic(
        .badArgument, "`\(parameter.name)` of `\(function)` cannot be \"\(word)\"",
        at: argument.span, label: "unknown",
        help: [
          Suggestion.nearest(to: word, in: parameter.choices).map { "did you mean \"\($0)\"?" },
          "it is one of " + parameter.choices.joined(separator: ", "),
        ].compactMap(\.self))
    }
    if parameter.name == "step", argument.constant == .int(0) {
      return Diagnostic(
        .badArgument, "`step` of `\(function)` must not be 0", at: argument.span,
        label: "never arrives")
    }
    guard let bounds = parameter.bounds else { return nil }
    let number: Double? =
      switch argument.constant {
      case .int(let value)?: Double(value)
      case .float(let value)?: value
      default: nil
      }
    guard let number, !bounds.contains(number) else { return nil }
    let limit =
      switch (bounds.upperBound, number) {
      case (..<1e9, _): "from \(Int(bounds.lowerBound)) to \(Int(bounds.upperBound))"
      case (...1e18, bounds.upperBound...):
        "at most \(NumberPrinting.grouped("\(Int(bounds.upperBound))"))"
      default: "at least \(Int(bounds.lowerBound))"
      }
    return Diagnostic(
      .badArgument, "`\(parameter.name)` of `\(function)` must be \(limit)", at: argument.span,
      label: "out of bounds",
      help: bounds == 0...1 && number > 1 && number <= 100
        ? ["a share is written with `%`: `\(ParameterText.words(argument.constant ?? .null))%`"]
        : [])
  }

  private func zoneRefusal(_ argument: TypedExpr) -> Diagnostic? {
    guard case .text(let name)? = argument.constant, !TimeZones.isKnown(name) else { return nil }
    let near = TimeZones.place(name) ?? Suggestion.nearest(to: name, in: TimeZones.names)
    return Diagnostic(
      .badArgument, "there is no time zone \"\(name)\"", at: argument.span, label: "unknown",
      help: [
        near.map { "did you mean \"\($0)\"?" }
          ?? "a zone is named by its area and a city in it: \"Europe/Zurich\", or \"UTC\""
      ])
  }

  private func formatRefusal(_ argument: TypedExpr) -> Diagnostic? {
    guard case .text(let format)? = argument.constant,
      let wrong = ReadingFormat.unknownDirective(in: format)
    else { return yearRefusal(argument) }
    return Diagnostic(
      .badArgument, "no date is read by `\(wrong)`", at: argument.span,
      label: "unknown in a format",
      help: [
        "years are `%Y`, months `%m` (`%b`, `%B` by name), days `%d`, hours `%H`, minutes `%M`, "
          + "seconds `%S`; a percent sign itself is `%%`"
      ])
  }

  /// Without a year engines put in different ones.
  private func yearRefusal(_ argument: TypedExpr) -> Diagnostic? {
    guard case .text(let format)? = argument.constant, !ReadingFormat.hasYear(format) else {
      return nil
    }
    return Diagnostic(
      .badArgument, "the format says no year", at: argument.span, label: "nothing tells the day",
      help: ["`%Y` is a year of four digits, `%y` one of two: \"%d/%m/%Y\""])
  }
}
