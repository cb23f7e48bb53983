import Connectivity
import Diagnostics
import Values

/// Values beyond what a type holds: each engine says so in words of its own, the language in these.
extension EngineWords {
  static func outOfRange(_ failure: EngineFailure, at span: Span?) -> Diagnostic? {
    let message = failure.message
    if let day = earlyDay(message) {
      return Diagnostic(
        .conversionFailed, "a date is out of the reach of this engine", at: span,
        label: "while this ran",
        notes: [.init(day)], help: ["without `--engine` the embedded engine reaches further"])
    }
    guard let type = type(message) else { return nil }
    return Diagnostic(
      .overflow, "a number left the range of its type", at: span, label: "while this ran",
      notes: [.init(operands(failure).map { "`\($0)` is beyond 64 bits" } ?? type)],
      help: [
        type == beyondFloats
          ? "divide by a power of ten before; without `--engine` it gives null"
          : "`float(x)` has a wider range; `try_int(x)` gives null instead"
      ])
  }

  /// Of the parts given to `make_date` and `make_timestamp`.
  static func noSuchMoment(_ message: String, at span: Span?) -> Diagnostic? {
    let needles = [
      "Date out of range: ": "day", "date field value out of range: ": "day",
      "Time out of range: ": "time", "time field value out of range: ": "time",
    ]
    for (needle, what) in needles {
      guard let found = message.firstRange(of: needle) else { continue }
      let parts = message[found.upperBound...].prefix { $0.isNumber || "-:.".contains($0) }
      return Diagnostic(
        .conversionFailed, "there is no \(what) \(clean(String(parts)))", at: span,
        label: what == "day"
          ? "year, month and day of some row here" : "hour, minute and second of some row here")
    }
    return nil
  }

  /// PostgreSQL keeps 1,664 columns in a query and 1,600 in a table.
  static func tooManyColumns(_ message: String, at span: Span?) -> Diagnostic? {
    let needles = ["target lists can have at most", "tables can have at most"]
    guard let needle = needles.first(where: message.contains),
      let found = message.firstRange(of: needle)
    else { return nil }
    let limit = message[found.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber }
    return Diagnostic(
      .notOnEngine, "these are more columns than this engine takes", at: span,
      label: "at most \(clean(String(limit)))",
      help: ["`select` fewer of them, or run it without `--engine`"])
  }

  private static let beyondFloats = "a sum or a product on the way is beyond the range of floats"

  private static func type(_ message: String) -> String? {
    let words = [
      "bigint out of range": "the result is beyond 64 bits",
      "Overflow on abs(": "the result is beyond 64 bits",
      "lcm value is out of range": "the result is beyond 64 bits",
      "verflow in ROUND of integer": "the result is beyond 64 bits",
      "integer out of range": "a number of days, months or years is beyond 32 bits",
      "for the destination type INT32": "a number of days, months or years is beyond 32 bits",
      "value out of range: overflow": Self.beyondFloats,
      "value out of range: underflow": Self.beyondFloats,
      "numeric field overflow": "the result has more digits than its decimal type keeps",
      " to DECIMAL(": "the result has more digits than its decimal type keeps",
    ]
    return words.first { message.contains($0.key) }?.value
  }

  /// PostgreSQL knows no day before 24 November 4714 BC, and none after the year 5874897.
  private static func earlyDay(_ message: String) -> String? {
    let needles = ["date out of range", "timestamp out of range", "interval out of range"]
    guard needles.contains(where: message.contains) else { return nil }
    return "it keeps days from the year 4713 BC on"
  }
}
