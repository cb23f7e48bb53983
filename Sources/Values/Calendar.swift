/// The proleptic Gregorian calendar on day numbers (days since 1970-01-01), after
/// Howard Hinnant, "chrono-compatible low-level date algorithms" (2013).
package enum Calendar {
  /// The day that `2025-01-31` names; nil where there is none, or it is before year 1.
  package static func days(iso text: some StringProtocol) -> Int? {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1...9999).contains(year), (1...12).contains(month),
      (1...daysIn(month: month, of: year)).contains(day)
    else { return nil }
    return days(year: year, month: month, day: day)
  }

  package static func days(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  /// The day `months` later; a day past the month's end becomes its last day.
  package static func add(months: Int, to days: Int) -> Int {
    let (year, month, day) = civil(days)
    let total = year * 12 + (month - 1) + months
    let newYear = floorDivide(total, 12)
    let newMonth = total - newYear * 12 + 1
    return self.days(
      year: newYear, month: newMonth, day: min(day, daysIn(month: newMonth, of: newYear)))
  }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  package static func weekday(_ days: Int) -> Int {
    let shifted = days + 3
    return shifted - floorDivide(shifted, 7) * 7 + 1
  }

  /// The Monday of ISO week `week` of `year`.
  package static func start(ofWeek week: Int, year: Int) -> Int {
    let fourth = days(year: year, month: 1, day: 4)
    return fourth - (weekday(fourth) - 1) + (week - 1) * 7
  }

  /// How many ISO weeks the year has: 52 or 53.
  package static func weeks(in year: Int) -> Int {
    (start(ofWeek: 1, year: year + 1) - start(ofWeek: 1, year: year)) / 7
  }

  package static func floorDivide(_ a: Int, _ b: Int) -> Int {
    let quotient = a / b
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
  }
}
