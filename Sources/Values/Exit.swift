/// Where a value goes when it leaves the program.
package enum ExitDestination: CaseIterable, Hashable, Sendable {
  case terminal, html, svg, csv, json, markdown, log, fileName
}

/// The one way out: every value that leaves (screen, report, file, error, log) is put into words
/// and escaped here. What a column's labels forbid to show will be masked here too.
package enum Exit {
  /// What is shown for a missing value to a person.
  package static let missing = "–"

  /// The words for a value, as its column writes them; not yet escaped. A tree that is printed
  /// later (HTML, SVG, JSON) holds this and its printer escapes.
  package static func display(
    _ value: Value, as format: ColumnFormat, labels: LabelSet
  ) -> String {
    value.isNull ? missing : format.text(of: value)
  }

  /// A single value that stands in a sentence: an amount of money wears its currency.
  package static func display(_ value: Value, type: ValueType) -> String {
    let text = display(
      value, as: ColumnFormat(type, values: [value]), labels: type.labels)
    guard let code = type.labels.currency, !value.isNull else { return text }
    let isNegative = text.hasPrefix("-")
    return (isNegative ? "-" : "") + Currency.prefix(of: code)
      + (isNegative ? String(text.dropFirst()) : text)
  }

  /// Words and escaping in one step.
  package static func text(
    _ value: Value, as format: ColumnFormat, labels: LabelSet, for destination: ExitDestination
  ) -> String {
    escape(display(value, as: format, labels: labels), for: destination)
  }

  /// A value for a program to read: plain numbers, ISO 8601, nulls told apart.
  package static func machine(_ value: Value, labels: LabelSet) -> JSONValue {
    switch value {
    case .null: .null
    case .bool(let bool): .bool(bool)
    case .int(let number): .number("\(number)")
    case .float(let number): .double(number)
    case .decimal(let unscaled, let scale):
      .number(NumberPrinting.decimal(unscaled: unscaled, scale: scale))
    case .text(let text): .string(text)
    case .date(let days): .string(DatePrinting.date(Int(days)))
    case .timestamp(let instant): .string(DatePrinting.isoTimestamp(instant))
    case .duration(let length): .string(DatePrinting.isoDuration(length))
    case .months(let count): .string((count < 0 ? "-P" : "P") + "\(count.magnitude)M")
    case .period(let start, let end):
      [
        "from": .string(DatePrinting.date(Int(start))), "to": .string(DatePrinting.date(Int(end))),
      ]
    case .list(let items): .array(items.map { machine($0, labels: labels) })
    case .record(let fields):
      .object(fields.map { JSONValue.Member($0.name, machine($0.value, labels: labels)) })
    }
  }
}
