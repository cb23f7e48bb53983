import Values

/// By the clocks of Kolkata, which have been five and a half hours ahead of UTC since 1945.
extension Reference {
  static let zones: [Reference] = [
    zoned("local_time", .timestamp, [.value(.timestamp), kolkata]) { .timestamp($0 + ahead) },
    zoned("from_local_time", .timestamp, [.value(.timestamp), kolkata]) { .timestamp($0 - ahead) },
    zoned("day", .date, [.value(.timestamp), kolkata]) { .date(Int32(day($0))) },
    zoned("date", .date, [.value(.timestamp), kolkata]) { .date(Int32(day($0))) },
    zoned("hour", .timestamp, [.value(.timestamp), kolkata]) { at in
      .timestamp(Interpreter.floorDivide(at + ahead, hour) * hour - ahead)
    },
    zoned("hour_of_day", .int, [.value(.timestamp), kolkata]) { at in
      .int((at + ahead - Int64(day(at)) * Civil.dayLength) / hour)
    },
    zoned("week", .date, [.value(.timestamp), sunday, kolkata]) { at in
      .date(Int32(day(at) - Civil.weekday(day(at)) % 7))
    },
    zoned("day_of_week", .int, [.value(.timestamp), sunday, kolkata]) { at in
      .int(Int64(Civil.weekday(day(at)) % 7) + 1)
    },
  ]

  private static let ahead: Int64 = 19_800_000_000
  private static let hour: Int64 = 3_600_000_000
  private static let kolkata = Parameter.oneOf([("\"Asia/Kolkata\"", .text("Asia/Kolkata"))])
  private static let sunday = Parameter.oneOf([("\"sunday\"", .text("sunday"))])

  private static func day(_ at: Int64) -> Int { Civil.day(ofInstant: at + ahead) }

  private static func zoned(
    _ name: String, _ result: Kind, _ parameters: [Parameter],
    _ f: @escaping @Sendable (Int64) -> Value
  ) -> Reference {
    Reference(name, parameters, result) { arguments in
      // The years in which that holds.
      guard case .timestamp(let at) = arguments[0], abs(at - Civil.dayLength * 20_000) < range
      else { throw Undefined() }
      return f(at)
    }
  }

  private static let range: Int64 = 28_000 * Civil.dayLength
}
