import Values

extension Reference {
  static let time: [Reference] =
    [Kind.date, .timestamp].flatMap { kind in
      [
        date("year", kind) { Civil(Civil($0).year, 1, 1).days },
        date("quarter", kind) { Civil(Civil($0).year, (Civil($0).month - 1) / 3 * 3 + 1, 1).days },
        date("month", kind) { Civil(Civil($0).year, Civil($0).month, 1).days },
        date("day", kind) { $0 }, date("date", kind) { $0 },
        date("week", kind) { $0 - Civil.weekday($0) + 1 },
        date("last_day", kind) {
          let at = Civil($0)
          return Civil(at.year, at.month, Civil.length(ofMonth: at.month, in: at.year)).days
        },
        part("month_of_year", kind) { Civil($0).month },
        part("quarter_of_year", kind) { (Civil($0).month - 1) / 3 + 1 },
        part("week_of_year", kind) { Civil.isoWeek($0).week },
        part("iso_year", kind) { Civil.isoWeek($0).year },
        part("day_of_month", kind) { Civil($0).day },
        part("day_of_week", kind) { Civil.weekday($0) },
        part("day_of_year", kind) { Civil($0).dayOfYear },
        part("year_number", kind) { Civil($0).year },
      ]
    }
    + [
      clock("hour_of_day") { $0 / 3_600_000_000 },
      clock("minute_of_hour") { $0 / 60_000_000 % 60 },
      instant("hour", 3_600_000_000), instant("minute", 60_000_000),
      length("weeks", 7 * Civil.dayLength), length("days", Civil.dayLength),
      length("hours", 3_600_000_000), length("minutes", 60_000_000), length("seconds", 1_000_000),
      Reference("months_between", [.value(.date), .value(.date)], .int) {
        .int(Int64(months(from: try $0.day(0), to: try $0.day(1))))
      },
      Reference("timestamp", [.value(.date)], .timestamp) {
        .timestamp(Int64(try $0.day(0)) * Civil.dayLength)
      },
      Reference("from_unix", [.value(.int)], .timestamp) {
        .timestamp(try $0.int(0) * 1_000_000)
      },
    ]

  private static func date(
    _ name: String, _ kind: Kind, _ f: @escaping @Sendable (Int) -> Int
  ) -> Reference {
    Reference(name, [.value(kind)], .date) { .date(Int32(f(try $0.day(0)))) }
  }

  private static func part(
    _ name: String, _ kind: Kind, _ f: @escaping @Sendable (Int) -> Int
  ) -> Reference {
    Reference(name, [.value(kind)], .int) { .int(Int64(f(try $0.day(0)))) }
  }

  private static func clock(
    _ name: String, _ f: @escaping @Sendable (Int64) -> Int64
  ) -> Reference {
    Reference(name, [.value(.timestamp)], .int) { arguments in
      guard case .timestamp(let at) = arguments[0] else { throw Undefined() }
      return .int(f(at - Int64(Civil.day(ofInstant: at)) * Civil.dayLength))
    }
  }

  private static func instant(_ name: String, _ unit: Int64) -> Reference {
    Reference(name, [.value(.timestamp)], .timestamp) { arguments in
      guard case .timestamp(let at) = arguments[0] else { throw Undefined() }
      return .timestamp(Interpreter.floorDivide(at, unit) * unit)
    }
  }

  private static func length(_ name: String, _ unit: Int64) -> Reference {
    Reference(name, [.value(.duration)], .int) { arguments in
      guard case .duration(let length) = arguments[0] else { throw Undefined() }
      return .int(Interpreter.floorDivide(length, unit))
    }
  }

  /// The largest n for which `from` plus n months is not after `to`; with a minus the other way.
  private static func months(from: Int, to: Int) -> Int {
    if to < from { return -months(from: to, to: from) }
    var n = 0
    while Civil.add(months: n + 1, to: from) <= to { n += 1 }
    return n
  }
}
