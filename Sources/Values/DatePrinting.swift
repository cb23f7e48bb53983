/// Dates, instants and lengths of time as text, for people and (ISO 8601) for machines.
package enum DatePrinting {
  /// `2025-01-31`; years outside 0 to 9999 carry their sign: `-0043-03-15`.
  package static func date(_ days: Int) -> String {
    let (year, month, day) = Calendar.civil(days)
    return "\(fourDigits(year))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `2025-01-31 09:30`, in UTC; seconds and their fractions only as the caller asks.
  package static func timestamp(_ microseconds: Int64, precision: ClockPrecision? = nil) -> String {
    let (days, rest) = split(microseconds)
    let shown = precision ?? ClockPrecision(of: microseconds)
    return date(days) + " " + clock(rest, precision: shown)
  }

  /// `2025-01-31T09:30:00Z`, with as many digits of the second as it has.
  package static func isoTimestamp(_ microseconds: Int64) -> String {
    let (days, rest) = split(microseconds)
    let shown = max(ClockPrecision(of: microseconds), .seconds)
    return date(days) + "T" + clock(rest, precision: shown) + "Z"
  }

  /// `3 days 04:00`, `1 day`, `00:00:12`, `-02:30`.
  package static func duration(_ microseconds: Int64, precision: ClockPrecision? = nil) -> String {
    let (days, rest, sign) = parts(microseconds)
    let count = "\(days) " + (days == 1 ? "day" : "days")
    if days > 0 && rest == 0 && precision == nil { return sign + count }
    let shown = clock(rest, precision: precision ?? ClockPrecision(of: microseconds))
    return sign + (days > 0 ? count + " " : "") + shown
  }

  /// `P3DT4H`, `PT0.5S`, `-PT30M`.
  package static func isoDuration(_ microseconds: Int64) -> String {
    let (days, rest, sign) = parts(microseconds)
    let seconds = rest / 1_000_000
    var time = ""
    if seconds / 3600 > 0 { time += "\(seconds / 3600)H" }
    if seconds / 60 % 60 > 0 { time += "\(seconds / 60 % 60)M" }
    let fraction = trimmedFraction(rest % 1_000_000)
    if seconds % 60 > 0 || !fraction.isEmpty { time += "\(seconds % 60)\(fraction)S" }
    if days == 0 && time.isEmpty { time = "0S" }
    return sign + "P" + (days > 0 ? "\(days)D" : "") + (time.isEmpty ? "" : "T" + time)
  }

  /// `1 month`, `2 years`, `1 year 2 months`, `-3 months`.
  package static func months(_ count: Int64) -> String {
    let size = count.magnitude
    var words: [String] = []
    if size >= 12 { words.append(size / 12 == 1 ? "1 year" : "\(size / 12) years") }
    if size % 12 > 0 || size == 0 {
      words.append(size % 12 == 1 ? "1 month" : "\(size % 12) months")
    }
    return (count < 0 ? "-" : "") + words.joined(separator: " ")
  }

  /// `2025`, `2025-Q1`, `2025-02`, `2025-W05` where the range is just that; else its first and
  /// last day: `2025-01-03 to 2025-01-09`.
  package static func period(start: Int, end: Int) -> String {
    let (year, month, day) = Calendar.civil(start)
    if end == start + 1 { return date(start) }
    if day == 1, let name = calendarPeriod(year: year, month: month, start: start, end: end) {
      return name
    }
    if end - start == 7 && Calendar.weekday(start) == 1 { return isoWeek(start) }
    return end > start ? "\(date(start)) to \(date(end - 1))" : "no days from \(date(start))"
  }

  private static func calendarPeriod(year: Int, month: Int, start: Int, end: Int) -> String? {
    let name = fourDigits(year)
    if month == 1 && end == Calendar.add(months: 12, to: start) { return name }
    if month % 3 == 1 && end == Calendar.add(months: 3, to: start) {
      return "\(name)-Q\(month / 3 + 1)"
    }
    return end == Calendar.add(months: 1, to: start) ? "\(name)-\(padded(month, 2))" : nil
  }

  /// `2025-W05`: the ISO week that holds the day.
  package static func isoWeek(_ days: Int) -> String {
    let (year, week) = Calendar.isoWeek(of: days)
    return "\(fourDigits(year))-W\(padded(week, 2))"
  }
}

/// How much of a time of day is shown.
package enum ClockPrecision: Int, Comparable, Sendable {
  case minutes, seconds, milliseconds, microseconds

  package init(of microseconds: Int64) {
    if microseconds % 60_000_000 == 0 {
      self = .minutes
    } else if microseconds % 1_000_000 == 0 {
      self = .seconds
    } else {
      self = microseconds % 1000 == 0 ? .milliseconds : .microseconds
    }
  }

  package static func < (a: ClockPrecision, b: ClockPrecision) -> Bool { a.rawValue < b.rawValue }
}

extension DatePrinting {
  /// `09:30`, `09:30:12.500`, of the microseconds since midnight.
  package static func clock(_ microseconds: Int64, precision: ClockPrecision) -> String {
    let seconds = microseconds / 1_000_000
    let minutes = "\(padded(Int(seconds / 3600), 2)):\(padded(Int(seconds / 60 % 60), 2))"
    let whole = minutes + ":" + padded(Int(seconds % 60), 2)
    let fraction = padded(Int(microseconds % 1_000_000), 6)
    switch precision {
    case .minutes: return minutes
    case .seconds: return whole
    case .milliseconds: return whole + "." + fraction.prefix(3)
    case .microseconds: return whole + "." + fraction
    }
  }

  package static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number.magnitude)"
    let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  private static func fourDigits(_ year: Int) -> String {
    (year > 9999 ? "+" : "") + padded(year, 4)
  }

  /// Whole days since 1970 and the microseconds into the last of them.
  package static func split(_ microseconds: Int64) -> (days: Int, rest: Int64) {
    let day: Int64 = 86_400_000_000
    let days = Calendar.floorDivide(Int(microseconds), Int(day))
    let rest = microseconds % day
    return (days, rest < 0 ? rest + day : rest)
  }

  private static func parts(_ microseconds: Int64) -> (days: UInt64, rest: Int64, sign: String) {
    let size = microseconds.magnitude
    let day: UInt64 = 86_400_000_000
    return (size / day, Int64(size % day), microseconds < 0 ? "-" : "")
  }

  private static func trimmedFraction(_ microseconds: Int64) -> String {
    guard microseconds > 0 else { return "" }
    let digits = padded(Int(microseconds), 6)
    let kept = digits.lastIndex(where: { $0 != "0" }) ?? digits.startIndex
    return "." + digits[...kept]
  }
}

extension Calendar {
  /// The ISO 8601 year and week that hold the day: the week belongs to its Thursday's year.
  package static func isoWeek(of days: Int) -> (year: Int, week: Int) {
    let thursday = days - weekday(days) + 4
    let year = civil(thursday).year
    return (year, (thursday - start(ofWeek: 1, year: year)) / 7 + 1)
  }
}
