import SQLTree
import Values

extension BuiltinFunction {
  static let time: [BuiltinFunction] =
    [today, now]
    + ["year", "quarter", "month", "day"].map(truncateToDate) + [week]
    + ["hour", "minute"].map(truncateToInstant)
    + [
      part("month_of_year", "month", "the month, 1 to 12"),
      part("quarter_of_year", "quarter", "the quarter, 1 to 4"),
      part("week_of_year", "week", "the ISO week, 1 to 53"),
      part("day_of_month", "day", "the day of the month, 1 to 31"),
      dayOfWeek,
      part("day_of_year", "doy", "the day of the year, 1 to 366"),
      part("hour_of_day", "hour", "the hour, 0 to 23"),
      part("minute_of_hour", "minute", "the minute, 0 to 59"),
      part("year_number", "year", "the year as a number"),
      part("iso_year", "isoyear", "the year that the ISO week belongs to"),
    ]
    + [
      length("weeks", 604_800_000_000, "whole weeks, rounded down"),
      length("days", 86_400_000_000, "whole days, rounded down"),
      length("hours", 3_600_000_000, "whole hours, rounded down"),
      length("minutes", 60_000_000, "whole minutes, rounded down"),
      length("seconds", 1_000_000, "whole seconds, rounded down"),
    ]
    + [monthsBetween, lastDay, makeDate, fromUnix]

  private static let today = BuiltinFunction(
    "today", .time, "the day of the run: the `--as-of` date", examples: ["today()"],
    overloads: [
      Overload(
        [],
        .constant { run in .date(run.today) }, nullability: .never, result: Overload.type(.date))
    ])

  private static let now = BuiltinFunction(
    "now", .time, "the instant of the run", examples: ["now()"],
    overloads: [
      Overload(
        [], .constant { .timestamp($0.now) }, nullability: .never,
        result: Overload.type(.timestamp))
    ])

  private static func truncateToDate(_ unit: String) -> BuiltinFunction {
    BuiltinFunction(
      unit, .time, unit == "day" ? "the day of an instant" : "the first day of its \(unit)",
      examples: [
        "\(unit)(@2025-02-14)", "\(unit)(@2024-12-31T23:30, zone = \"Europe/Zurich\")",
      ],
      overloads: [
        Overload(
          [.moment(), .zone],
          .scalar { call in
            let at = call.local(zone: 1)
            return unit == "day"
              ? .cast(at, .date, isTry: false)
              : .cast(.call("date_trunc", [.text(unit), at]), .date, isTry: false)
          }, result: Overload.type(.date))
      ])
  }

  private static let week = BuiltinFunction(
    "week", .time, "the first day of its week: a Monday, or the day that `start` names",
    examples: ["week(@2025-02-14)", "week(@2025-02-14, start = \"sunday\")"],
    overloads: [
      Overload(
        [.moment(), .weekStart, .zone],
        .scalar { call in
          let at = call.local(zone: 2)
          let offset = call.daysAfterMonday(1)
          if offset == 0 { return monday(at) }
          let shift = SQLExpr.literal(.duration(Int64(offset) * 86_400_000_000))
          return .binary(monday(.binary(at, .minus, shift)), .plus, .int(offset))
        }, result: Overload.type(.date))
    ])

  private static func monday(_ moment: SQLExpr) -> SQLExpr {
    .cast(.call("date_trunc", [.text("week"), moment]), .date, isTry: false)
  }

  static func truncateToInstant(_ unit: String) -> BuiltinFunction {
    BuiltinFunction(
      unit, .time, "the start of its \(unit)", examples: ["\(unit)(@2025-02-14T09:30)"],
      overloads: [
        Overload(
          [FunctionParameter("at", .timestamp), .zone],
          .scalar { call in
            call.hasZone(1)
              ? .call("local_trunc", [.text(unit)] + call.arguments)
              : .call("date_trunc", [.text(unit), call.arguments[0]])
          }, result: Overload.type(.timestamp))
      ])
  }

  static func part(_ name: String, _ unit: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .time, summary, examples: ["\(name)(@2025-02-14)"],
      overloads: [
        Overload(
          [.moment(), .zone],
          .scalar { number(unit, of: $0.local(zone: 1)) }, result: Overload.type(.int))
      ])
  }

  private static func number(_ unit: String, of moment: SQLExpr) -> SQLExpr {
    let plain = SQLExpr.call("date_part", [.text(unit), moment])
    // Of a null that is written in the statement DuckDB makes a float.
    return readsColumn(moment) ? plain : .cast(plain, .int, isTry: false)
  }

  private static let dayOfWeek = BuiltinFunction(
    "day_of_week", .time,
    "the day of the week: 1 for Monday, or for the day that `start` names, to 7",
    examples: ["day_of_week(@2025-02-14)", "day_of_week(@2025-02-14, start = \"sunday\")"],
    overloads: [
      Overload(
        [.moment(), .weekStart, .zone],
        .scalar { call in
          let monday = number("isodow", of: call.local(zone: 2))
          let offset = call.daysAfterMonday(1)
          if offset == 0 { return monday }
          let since = SQLExpr.binary(monday, .plus, .int(6 - offset))
          return .binary(.call("floor_mod", [since, .int(7)]), .plus, .int(1))
        }, result: Overload.type(.int))
    ])

  private static func readsColumn(_ expr: SQLExpr) -> Bool {
    var found = false
    expr.visit { if case .column = $0 { found = true } }
    return found
  }

  static func length(_ name: String, _ micros: Int, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .time, summary, examples: ["\(name)(90 minutes)"],
      overloads: [
        Overload(
          [FunctionParameter("duration", .duration)],
          .scalar { call in
            .call("floor_div", [.call("epoch_us", call.arguments), .int(micros)])
          }, result: Overload.type(.int))
      ])
  }

  /// Whole months that have passed: 15 January to 14 February is 0, to 15 February 1; from the
  /// later to the earlier the same with a minus.
  private static let monthsBetween = BuiltinFunction(
    "months_between", .time, "whole calendar months from the first moment to the second",
    examples: ["months_between(@2025-01-31, @2025-03-31)"],
    overloads: [
      Overload(
        [.moment("from"), .moment("to")],
        .scalar { .call("date_sub", [.text("month")] + $0.arguments) }, result: Overload.type(.int))
    ])

  private static let lastDay = BuiltinFunction(
    "last_day", .time, "the last day of its month", examples: ["last_day(@2024-02-10)"],
    overloads: [
      Overload(
        [.moment(), .zone], .scalar { .call("last_day", [$0.local(zone: 1)]) },
        result: Overload.type(.date))
    ])

  private static let makeDate = BuiltinFunction(
    "make_date", .time, "a date of year, month and day", examples: ["make_date(2025, 2, 14)"],
    overloads: [
      Overload(
        [.int("year"), .int("month"), .int("day")], Overload.call("make_date"),
        result: Overload.type(.date))
    ])

  private static let fromUnix = BuiltinFunction(
    "from_unix", .time, "the instant so many seconds, or another unit, after 1970 began in UTC",
    examples: ["from_unix(1735689600)", "from_unix(1735689600250, \"milliseconds\")"],
    overloads: [
      Overload(
        [.int("n"), unixUnit],
        .scalar { call in
          let number = SQLExpr.cast(call.arguments[0], .int, isTry: false)
          let size = microseconds(call.constants[1])
          return .call(
            "make_timestamp", [size == 1 ? number : .binary(number, .times, .int(size))])
        }, result: Overload.type(.timestamp))
    ])
}
