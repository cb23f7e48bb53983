import SQLTree
import Values

/// Days and instants from texts and from each other.
extension BuiltinFunction {
  static let timeConversion: [BuiltinFunction] = [
    days("date", isTry: false), days("try_date", isTry: true),
    instants("timestamp", isTry: false), instants("try_timestamp", isTry: true),
  ]

  private static let format = FunctionParameter("format", .text, constant: true)

  private static func days(_ name: String, isTry: Bool) -> BuiltinFunction {
    let ofText = [
      Overload(
        [.text()], Overload.call(isTry ? "try_parse_date" : "parse_date"),
        nullability: isTry ? .always : .propagates, result: Overload.type(.date)),
      Overload(
        [.text(), format], .scalar { .cast(formatted($0, isTry), .date, isTry: false) },
        nullability: isTry ? .always : .propagates, result: Overload.type(.date)),
    ]
    if isTry {
      return BuiltinFunction(
        name, .conversion, "the day that a text names, null where it names none",
        examples: ["try_date(\"soon\")"], overloads: ofText)
    }
    return BuiltinFunction(
      name, .conversion, "the day of an instant, or of a text as 2025-01-31 or in a format",
      examples: ["date(@2025-01-31T09:30)", "date(\"31/01/2025\", \"%d/%m/%Y\")"],
      overloads: [
        Overload(
          [.moment(), .zone], .scalar { .cast($0.local(zone: 1), .date, isTry: false) },
          result: Overload.type(.date))
      ] + ofText)
  }

  private static func instants(_ name: String, isTry: Bool) -> BuiltinFunction {
    let ofText = [
      Overload(
        [.text(), format, .zone],
        .scalar { $0.fromLocal(.cast(formatted($0, isTry), .timestamp, isTry: false), zone: 2) },
        nullability: isTry ? .always : .propagates, result: Overload.type(.timestamp)),
      Overload(
        [.text(), .zone], .scalar { instant(of: $0, isTry) },
        nullability: isTry ? .always : .propagates, result: Overload.type(.timestamp)),
    ]
    if isTry {
      return BuiltinFunction(
        name, .conversion, "the instant that a text names, null where it names none",
        examples: ["try_timestamp(\"soon\")"], overloads: ofText)
    }
    return BuiltinFunction(
      name, .conversion,
      "the instant that a text names, or the midnight of a date, by the clocks of a zone",
      examples: [
        "timestamp(\"2025-01-31 09:30\")", "timestamp(\"31/01/2025 09:30\", \"%d/%m/%Y %H:%M\")",
        "timestamp(@2025-07-01, zone = \"Europe/Zurich\")",
      ],
      overloads: [
        Overload(
          [FunctionParameter("at", .timestamp)], .scalar { $0.arguments[0] },
          result: Overload.type(.timestamp)),
        Overload(
          [FunctionParameter("day", .date), .zone],
          .scalar { call in
            call.fromLocal(.cast(call.arguments[0], .timestamp, isTry: false), zone: 1)
          }, result: Overload.type(.timestamp)),
      ] + ofText)
  }

  private static func formatted(_ call: ScalarCall, _ isTry: Bool) -> SQLExpr {
    guard case .text(let format)? = call.constants[1] else { return .literal(.null) }
    return .call(
      isTry ? "try_strptime" : "strptime",
      [call.arguments[0], .text(ReadingFormat.spelt(format))])
  }

  /// Of a text that says its own zone, `2025-01-31T09:30+01:00`, that one counts.
  private static func instant(of call: ScalarCall, _ isTry: Bool) -> SQLExpr {
    let text = call.arguments[0]
    let plain = SQLExpr.call(isTry ? "try_parse_timestamp" : "parse_timestamp", [text])
    guard call.hasZone(1) else { return plain }
    let saysZone = SQLExpr.call(
      "regexp_matches",
      [text, .text(#":[0-9.:]*\s*(Z|UTC|[-+][0-9]{2}(:?[0-9]{2})?)\s*$"#)])
    return .conditional(
      [SQLBranch(when: saysZone, then: plain)], otherwise: call.fromLocal(plain, zone: 1))
  }
}
