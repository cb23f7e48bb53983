/// The calendar by the shortest way there is: counting days year by year and month by month.
/// Slow, and for that reason easy to believe.
struct Civil: Hashable {
  static let dayLength: Int64 = 86_400_000_000

  var year: Int
  var month: Int
  var day: Int

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && year % 100 != 0 || year % 400 == 0
  }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// From days since 1970-01-01.
  init(_ days: Int) {
    var rest = days
    var year = 1970
    while rest < 0 {
      year -= 1
      rest += Civil.isLeap(year) ? 366 : 365
    }
    while rest >= (Civil.isLeap(year) ? 366 : 365) {
      rest -= Civil.isLeap(year) ? 366 : 365
      year += 1
    }
    var month = 1
    while rest >= Civil.length(ofMonth: month, in: year) {
      rest -= Civil.length(ofMonth: month, in: year)
      month += 1
    }
    (self.year, self.month, self.day) = (year, month, rest + 1)
  }

  init(_ year: Int, _ month: Int, _ day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Days since 1970-01-01.
  var days: Int {
    var total = day - 1
    for earlier in 1..<max(month, 1) where earlier < month {
      total += Civil.length(ofMonth: earlier, in: year)
    }
    if year >= 1970 {
      for earlier in 1970..<max(year, 1970) { total += Civil.isLeap(earlier) ? 366 : 365 }
    } else {
      for earlier in year..<1970 { total -= Civil.isLeap(earlier) ? 366 : 365 }
    }
    return total
  }

  var dayOfYear: Int { days - Civil(year, 1, 1).days + 1 }

  /// 1 for Monday; 1970-01-01 was a Thursday.
  static func weekday(_ days: Int) -> Int { ((days + 3) % 7 + 7) % 7 + 1 }

  /// ISO 8601: the week belongs to the year of its Thursday.
  static func isoWeek(_ days: Int) -> (year: Int, week: Int) {
    let thursday = Civil(days - weekday(days) + 4)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  static func day(ofInstant micros: Int64) -> Int {
    Int(Interpreter.floorDivide(micros, dayLength))
  }

  /// Months are added on the calendar; a day that the month has not becomes its last.
  static func add(months: Int, to days: Int) -> Int {
    let from = Civil(days)
    let index = from.year * 12 + from.month - 1 + months
    let year = Int(Interpreter.floorDivide(Int64(index), 12))
    let month = index - year * 12 + 1
    return Civil(year, month, min(from.day, length(ofMonth: month, in: year))).days
  }
}
