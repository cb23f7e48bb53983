import Values

/// Days, hours and parts of instants by the clocks of a place.
extension Reference {
  static let zones: [Reference] = Clocks.allCases.flatMap(byTheClocks)

  private static func byTheClocks(of clocks: Clocks) -> [Reference] {
    func zoned(
      _ name: String, _ result: Kind, between: String = "",
      _ f: @escaping @Sendable (Int64) throws -> Value
    ) -> Reference {
      Reference(name, [.value(.timestamp)], result) { arguments in
        guard case .timestamp(let at) = arguments[0] else { throw Undefined() }
        return try f(at)
      }.written { "\(name)(\($0[0]),\(between) zone = \"\(clocks.rawValue)\")" }
    }
    func day(_ name: String, between: String = "", _ f: @escaping @Sendable (Int) -> Int)
      -> Reference
    {
      zoned(name, .date, between: between) {
        .date(Int32(f(Civil.day(ofInstant: try clocks.local($0)))))
      }
    }
    func part(_ name: String, between: String = "", _ f: @escaping @Sendable (Int) -> Int)
      -> Reference
    {
      zoned(name, .int, between: between) {
        .int(Int64(f(Civil.day(ofInstant: try clocks.local($0)))))
      }
    }
    func clock(_ name: String, _ unit: Int64, _ cycle: Int64) -> Reference {
      zoned(name, .int) { .int(Interpreter.floorDivide(try clocks.local($0), unit) % cycle) }
    }
    /// What has passed since on the clock is taken off the instant.
    func start(_ name: String, _ unit: Int64) -> Reference {
      zoned(name, .timestamp) { at in
        let local = try clocks.local(at)
        return .timestamp(at - (local - Interpreter.floorDivide(local, unit) * unit))
      }
    }
    return [
      zoned("local_time", .timestamp) { .timestamp(try clocks.local($0)) },
      zoned("from_local_time", .timestamp) { .timestamp(try clocks.instant($0)) },
      day("day") { $0 }, day("date") { $0 },
      day("year") { Civil(Civil($0).year, 1, 1).days },
      day("quarter") { Civil(Civil($0).year, (Civil($0).month - 1) / 3 * 3 + 1, 1).days },
      day("month") { Civil(Civil($0).year, Civil($0).month, 1).days },
      day("week") { $0 - Civil.weekday($0) + 1 },
      day("week", between: " \"sunday\",") { $0 - Civil.weekday($0) % 7 },
      day("week", between: " \"thursday\",") { $0 - (Civil.weekday($0) + 3) % 7 },
      day("last_day") {
        let at = Civil($0)
        return Civil(at.year, at.month, Civil.length(ofMonth: at.month, in: at.year)).days
      },
      start("hour", Clocks.hour), start("minute", Clocks.hour / 60),
      start("second", Clocks.hour / 3600),
      part("year_number") { Civil($0).year }, part("month_of_year") { Civil($0).month },
      part("quarter_of_year") { (Civil($0).month - 1) / 3 + 1 },
      part("week_of_year") { Civil.isoWeek($0).week }, part("iso_year") { Civil.isoWeek($0).year },
      part("day_of_month") { Civil($0).day }, part("day_of_year") { Civil($0).dayOfYear },
      part("day_of_week") { Civil.weekday($0) },
      part("day_of_week", between: " \"sunday\",") { Civil.weekday($0) % 7 + 1 },
      part("days_in_month") { Civil.length(ofMonth: Civil($0).month, in: Civil($0).year) },
      clock("hour_of_day", Clocks.hour, 24), clock("minute_of_hour", Clocks.hour / 60, 60),
      clock("second_of_minute", Clocks.hour / 3600, 60),
      zoned("is_leap_year", .bool) {
        .bool(Civil.isLeap(Civil(Civil.day(ofInstant: try clocks.local($0))).year))
      },
      zoned("month_name", .text) {
        .text(months[Civil(Civil.day(ofInstant: try clocks.local($0))).month - 1])
      },
      zoned("day_name", .text) {
        .text(weekdays[Civil.weekday(Civil.day(ofInstant: try clocks.local($0))) - 1])
      },
      Reference("timestamp", [.value(.date)], .timestamp) {
        .timestamp(try clocks.instant(Int64(try $0.day(0)) * Civil.dayLength))
      }.written { "timestamp(\($0[0]), zone = \"\(clocks.rawValue)\")" },
    ]
  }
}
