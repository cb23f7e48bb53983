import SQLTree
import Values

/// The clocks of places. Instants are kept in UTC; a zone says which day, hour or week of a
/// calendar on a wall they fall in.
extension BuiltinFunction {
  static let localTime = BuiltinFunction(
    "local_time", .time, "what a clock on the wall shows at an instant, in a zone",
    examples: ["local_time(@2025-07-01T22:30, \"Europe/Zurich\")"],
    overloads: [
      Overload(
        [FunctionParameter("at", .timestamp), .zone], .scalar { $0.local(zone: 1) },
        result: Overload.type(.timestamp))
    ])

  static let fromLocalTime = BuiltinFunction(
    "from_local_time", .time,
    "the instant at which a clock on the wall shows this; where it shows it twice, the later one",
    examples: ["from_local_time(@2025-07-02T00:30, \"Europe/Zurich\")"],
    overloads: [
      Overload(
        [FunctionParameter("at", .timestamp), .zone],
        .scalar { $0.fromLocal($0.arguments[0], zone: 1) }, result: Overload.type(.timestamp))
    ])

  static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}

extension FunctionParameter {
  /// The zone whose clocks are meant; UTC where neither the call nor a setting says one.
  static let zone = FunctionParameter(
    "zone", .text, default: .text("UTC"), constant: true, setting: .zone)

  static let weekStart = FunctionParameter(
    "start", .text, default: .text("monday"), constant: true, choices: BuiltinFunction.weekdays,
    setting: .weekStart)
}

extension ScalarCall {
  /// Whether the zone is another than UTC.
  func hasZone(_ position: Int) -> Bool {
    guard constants.indices.contains(position), case .text(let name)? = constants[position]
    else { return false }
    return name != "UTC"
  }

  /// The first argument as the clocks of the zone show it; a date is that already.
  func local(zone: Int) -> SQLExpr {
    guard types[0].base == .timestamp, hasZone(zone) else { return arguments[0] }
    return .call("local_time", [arguments[0], arguments[zone]])
  }

  func fromLocal(_ clock: SQLExpr, zone: Int) -> SQLExpr {
    hasZone(zone) ? .call("from_local_time", [clock, arguments[zone]]) : clock
  }

  /// Of the weekday that a constant names: 0 for Monday, 6 for Sunday.
  func daysAfterMonday(_ position: Int) -> Int {
    guard case .text(let name)? = constants[position] else { return 0 }
    return BuiltinFunction.weekdays.firstIndex(of: name) ?? 0
  }
}
