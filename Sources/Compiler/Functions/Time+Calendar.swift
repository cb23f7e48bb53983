import SQLTree
import Values

/// Facts of the calendar, days at work, other clocks.
extension BuiltinFunction {
  static let moreTime: [BuiltinFunction] = [
    localTime, fromLocalTime,
    second, secondOfMinute, milliseconds, isLeapYear, daysInMonth, yearsBetween,
    workdays,
    toUnix, makeTimestamp, timeBucket, named("month_name", "%B", "the English name of its month"),
    named("day_name", "%A", "the English name of its day of the week"),
  ]

  private static let second = truncateToInstant("second")

  private static let secondOfMinute = part("second_of_minute", "second", "the second, 0 to 59")

  private static let milliseconds = length(
    "milliseconds", 1000, "whole milliseconds, rounded down")

  private static func fact(
    _ name: String, _ summary: String, _ result: DataType,
    _ make: @escaping @Sendable (SQLExpr) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .time, summary, examples: ["\(name)(@2024-02-10)"],
      overloads: [
        Overload(
          [.moment(), .zone], .scalar { make($0.local(zone: 1)) }, labels: .clears,
          result: Overload.type(result))
      ])
  }

  private static func field(_ unit: String, of moment: SQLExpr) -> SQLExpr {
    .cast(.call("date_part", [.text(unit), moment]), .int, isTry: false)
  }

  private static let isLeapYear = fact(
    "is_leap_year", "whether its year has 366 days", .bool
  ) { moment in
    .binary(
      field("doy", of: .call("make_date", [field("year", of: moment), .int(12), .int(31)])), .equal,
      .int(366))
  }

  private static let daysInMonth = fact(
    "days_in_month", "how many days its month has, 28 to 31", .int
  ) { field("day", of: .call("last_day", [$0])) }

  private static func named(_ name: String, _ format: String, _ summary: String) -> BuiltinFunction
  {
    fact(name, summary, .text) { .call("strftime", [$0, .text(format)]) }
  }

  /// As `months_between`: who was born on 29 February is a year older on 28 February where there
  /// is no 29th.
  private static let yearsBetween = BuiltinFunction(
    "years_between", .time, "whole years from the first moment to the second: an age",
    examples: ["years_between(@1990-06-15, @2025-06-14)"],
    overloads: [
      Overload(
        [.moment("from"), .moment("to")],
        .scalar { call in
          let months = SQLExpr.call("date_sub", [.text("month")] + call.arguments)
          let years = SQLExpr.binary(months, .divide, .literal(.float(12)))
          return .cast(.call("trunc", [years]), .int, isTry: false)
        }, result: Overload.type(.int))
    ])

  /// Counts from a Monday: five for each whole week and up to five of the rest.
  private static let workdays = BuiltinFunction(
    "workdays", .time, "the days from Monday to Friday from one day on and before another",
    examples: ["workdays(@2025-06-02, @2025-06-09)"],
    overloads: [
      Overload(
        [.moment("from"), .moment("to")],
        .scalar { call in
          .binary(passed(call.arguments[1]), .minus, passed(call.arguments[0]))
        }, result: Overload.type(.int))
    ])

  /// Workdays since Monday, 5 January 1970, which is day 4.
  private static func passed(_ moment: SQLExpr) -> SQLExpr {
    let day = SQLExpr.cast(moment, .date, isTry: false)
    let days = SQLExpr.cast(.binary(day, .minus, .literal(.date(4))), .int, isTry: false)
    let week = SQLExpr.binary(.call("floor_div", [days, .int(7)]), .times, .int(5))
    return .binary(
      week, .plus, .call("least", [.call("floor_mod", [days, .int(7)]), .int(5)]))
  }

  private static let toUnix = BuiltinFunction(
    "to_unix", .time, "how many whole seconds after 1970 began in UTC; or of another unit",
    examples: ["to_unix(@2025-01-01)", "to_unix(@2025-01-01T00:00:00.25Z, \"milliseconds\")"],
    overloads: [
      Overload(
        [.moment(), unixUnit],
        .scalar { call in
          let instant = SQLExpr.cast(call.arguments[0], .timestamp, isTry: false)
          let micros = SQLExpr.call("instant_us", [instant])
          let size = microseconds(call.constants[1])
          return size == 1 ? micros : .call("floor_div", [micros, .int(size)])
        }, result: Overload.type(.int))
    ])

  static let unixUnit = FunctionParameter(
    "unit", .text, default: .text("seconds"), constant: true,
    choices: ["seconds", "milliseconds", "microseconds"])

  static func microseconds(_ unit: Value?) -> Int {
    switch unit {
    case .text("milliseconds")?: 1000
    case .text("microseconds")?: 1
    default: 1_000_000
    }
  }

  private static let makeTimestamp = BuiltinFunction(
    "make_timestamp", .time, "an instant of year, month, day, hour, minute and second",
    examples: ["make_timestamp(2025, 2, 14, 9, 30)"],
    overloads: [
      Overload(
        [
          .int("year"), .int("month"), .int("day"), .int("hour"), .int("minute"),
          FunctionParameter("second", .number, default: .int(0)),
        ],
        .scalar { call in
          var arguments = call.arguments
          arguments[5] = .cast(arguments[5], .float, isTry: false)
          return .call("make_timestamp", arguments)
        }, result: Overload.type(.timestamp))
    ])

  /// Steps are counted from Monday, 3 January 2000, so that steps of weeks begin on Mondays.
  private static let timeBucket = BuiltinFunction(
    "time_bucket", .time, "the start of its step, when time is cut into steps of one length",
    examples: ["time_bucket(@2025-02-14T09:44, 15 minutes)"],
    overloads: [
      Overload(
        [
          FunctionParameter("at", .timestamp),
          FunctionParameter("width", .duration, constant: true),
        ],
        .scalar { call in
          guard case .duration(let width)? = call.constants[1], width > 0 else {
            return .cast(.literal(.null), .timestamp, isTry: false)
          }
          let micros = SQLExpr.call("instant_us", [call.arguments[0]])
          let since = SQLExpr.binary(micros, .minus, .int(bucketOrigin))
          let start = SQLExpr.binary(
            micros, .minus, .call("floor_mod", [since, .int(Int(width))]))
          return .call("make_timestamp", [start])
        }, nullability: .always, result: Overload.type(.timestamp))
    ])

  private static let bucketOrigin = 946_857_600_000_000
}
