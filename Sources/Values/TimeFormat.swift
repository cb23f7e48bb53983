/// `strftime` for dates and instants in f-strings: `f"{at:%d %B %Y}"` is `31 January 2025`.
/// English names; instants in UTC; `%-d` leaves out the leading zero.
package struct TimeFormat: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(String)
    case date(DatePart, isPadded: Bool)
    case clock(ClockPart, isPadded: Bool)
  }

  private var pieces: [Piece]

  static func parse(_ source: String) -> Result<TimeFormat, FormatSpecError> {
    var pieces: [Piece] = []
    var rest = Array(source)[...]
    while let first = rest.popFirst() {
      guard first == "%" else {
        pieces.append(.text(String(first)))
        continue
      }
      let isPadded = rest.first != "-"
      if !isPadded { rest.removeFirst() }
      guard let letter = rest.popFirst() else { return .failure(.unexpected("%")) }
      guard let piece = directive(letter, isPadded: isPadded) else {
        return .failure(.unknownDirective(letter))
      }
      pieces.append(piece)
    }
    return .success(TimeFormat(pieces: pieces))
  }

  /// What may follow `%`.
  package static var letters: [Character] {
    DatePart.allCases.map(\.rawValue) + ClockPart.allCases.map(\.rawValue)
  }

  private static func directive(_ letter: Character, isPadded: Bool) -> Piece? {
    if letter == "%" { return .text("%") }
    if let part = DatePart(rawValue: letter) { return .date(part, isPadded: isPadded) }
    return ClockPart(rawValue: letter).map { .clock($0, isPadded: isPadded) }
  }

  func apply(to value: Value) -> String? {
    if pieces.isEmpty { return ColumnFormat.plain(value) }
    switch value {
    case .date(let days):
      return text(days: Int(days), clock: 0)
    case .timestamp(let instant):
      let (days, rest) = DatePrinting.split(instant)
      return text(days: days, clock: rest)
    case .null, .bool, .int, .float, .decimal, .text, .duration, .months, .period, .list, .record:
      return nil
    }
  }

  private func text(days: Int, clock: Int64) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .date(let part, let isPadded): part.text(of: days, isPadded: isPadded)
      case .clock(let part, let isPadded): part.text(of: clock, isPadded: isPadded)
      }
    }.joined()
  }
}

/// What a directive takes from a day.
private enum DatePart: Character, CaseIterable, Hashable, Sendable {
  case year = "Y"
  case shortYear = "y"
  case month = "m"
  case day = "d"
  case monthName = "B"
  case shortMonthName = "b"
  case weekdayName = "A"
  case shortWeekdayName = "a"
  case weekday = "u"
  case dayOfYear = "j"
  case isoYear = "G"
  case isoWeek = "V"
  case isoDate = "F"

  func text(of days: Int, isPadded: Bool) -> String {
    let (year, month, day) = Calendar.civil(days)
    let weekday = CalendarNames.weekdays[Calendar.weekday(days) - 1]
    let monthName = CalendarNames.months[month - 1]
    switch self {
    case .year: return padded(year, 4, isPadded)
    case .shortYear: return padded(year - Calendar.floorDivide(year, 100) * 100, 2, isPadded)
    case .month: return padded(month, 2, isPadded)
    case .day: return padded(day, 2, isPadded)
    case .monthName: return monthName
    case .shortMonthName: return String(monthName.prefix(3))
    case .weekdayName: return weekday
    case .shortWeekdayName: return String(weekday.prefix(3))
    case .weekday: return "\(Calendar.weekday(days))"
    case .dayOfYear:
      return padded(days - Calendar.days(year: year, month: 1, day: 1) + 1, 3, isPadded)
    case .isoYear: return padded(Calendar.isoWeek(of: days).year, 4, isPadded)
    case .isoWeek: return padded(Calendar.isoWeek(of: days).week, 2, isPadded)
    case .isoDate: return DatePrinting.date(days)
    }
  }
}

/// What a directive takes from a time of day.
private enum ClockPart: Character, CaseIterable, Hashable, Sendable {
  case hour = "H"
  case hourOfHalfDay = "I"
  case halfDay = "p"
  case minute = "M"
  case second = "S"
  case microsecond = "f"
  case clock = "T"

  func text(of microseconds: Int64, isPadded: Bool) -> String {
    let seconds = Int(microseconds / 1_000_000)
    let hour = seconds / 3600
    switch self {
    case .hour: return padded(hour, 2, isPadded)
    case .hourOfHalfDay: return padded((hour + 11) % 12 + 1, 2, isPadded)
    case .halfDay: return hour < 12 ? "AM" : "PM"
    case .minute: return padded(seconds / 60 % 60, 2, isPadded)
    case .second: return padded(seconds % 60, 2, isPadded)
    case .microsecond: return padded(Int(microseconds % 1_000_000), 6, isPadded)
    case .clock: return DatePrinting.clock(microseconds, precision: .seconds)
    }
  }
}

private func padded(_ number: Int, _ width: Int, _ isPadded: Bool) -> String {
  isPadded ? DatePrinting.padded(number, width) : "\(number)"
}

package enum CalendarNames {
  package static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  package static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
