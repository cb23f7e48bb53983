import Values

/// Instants (seconds since 1970, UTC) onto pixels, with ticks at the borders of the calendar.
struct TimeScale: Sendable {
  let low: Double
  let high: Double
  var range: (from: Double, to: Double)
  let ticks: [TimeTick]

  /// Between dates no hours are named.
  init(over seconds: [Double], from: Double, to: Double, ticks count: Int, isDate: Bool = false) {
    let low = seconds.min() ?? 0
    let high = seconds.max() ?? 86_400
    self.low = low == high ? low - 43_200 : low
    self.high = low == high ? high + 43_200 : high
    range = (from, to)
    let step = TimeStep.fitting(self.low...self.high, count: count, isDate: isDate)
    ticks = step.ticks(in: self.low...self.high)
  }

  func position(of seconds: Double) -> Double {
    range.from + (seconds - low) / (high - low) * (range.to - range.from)
  }
}

/// A tick with its label and, where the next larger unit begins, that unit below it:
/// `Oct`, `Nov`, `Dec`, `Jan / 1998`.
struct TimeTick: Hashable, Sendable {
  var seconds: Double
  var label: String
  var unit: String?

  /// For a place where there is one line for both: `Jan 1998`.
  var fullLabel: String { unit.map { "\(label) \($0)" } ?? label }
}

/// The distance between two ticks.
enum TimeStep: Hashable, Sendable {
  case seconds(Int)
  case days(Int)
  case weeks
  case months(Int)

  private static let day = 86_400

  /// From fine to coarse.
  private static let ladder: [TimeStep] =
    [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map(TimeStep.seconds)
    + [.days(1), .days(2), .weeks, .months(1), .months(3), .months(6)]
    + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { .months(12 * $0) }

  private var length: Double {
    switch self {
    case .seconds(let count): Double(count)
    case .days(let count): Double(count * Self.day)
    case .weeks: Double(7 * Self.day)
    case .months(let count): Double(count) * 30.4 * Double(Self.day)
    }
  }

  static func fitting(
    _ domain: ClosedRange<Double>, count: Int, isDate: Bool = false
  ) -> TimeStep {
    let span = domain.upperBound - domain.lowerBound
    return ladder.first { step in
      span / step.length <= Double(max(count, 1)) && !(isDate && step.length < Double(day))
    } ?? .months(12_000)
  }

  func ticks(in domain: ClosedRange<Double>) -> [TimeTick] {
    guard domain.lowerBound > -1e13, domain.upperBound < 1e13 else { return [] }
    var ticks: [TimeTick] = []
    var last: Int?
    for instant in instants(in: domain) {
      ticks.append(tick(at: instant, after: last))
      last = instant
    }
    return ticks
  }

  private func instants(in domain: ClosedRange<Double>) -> [Int] {
    let first = Int(domain.lowerBound.rounded(.up))
    let last = Int(domain.upperBound.rounded(.down))
    switch self {
    case .seconds(let count): return Self.multiples(of: count, offset: 0, from: first, to: last)
    case .days(let count):
      return Self.multiples(of: count * Self.day, offset: 0, from: first, to: last)
    case .weeks:
      return Self.multiples(of: 7 * Self.day, offset: 4 * Self.day, from: first, to: last)
    case .months(let count): return Self.months(every: count, from: first, to: last)
    }
  }

  /// Day 4 of 1970 (5 January) was a Monday: weeks count from there.
  private static func multiples(of step: Int, offset: Int, from first: Int, to last: Int) -> [Int] {
    let start = -Calendar.floorDivide(-(first - offset), step) * step + offset
    return Array(stride(from: start, through: last, by: step))
  }

  private static func months(every count: Int, from first: Int, to last: Int) -> [Int] {
    let (year, month, _) = Calendar.civil(Calendar.floorDivide(first, day))
    var index = Calendar.floorDivide(year * 12 + month - 1, count) * count
    var result: [Int] = []
    while true {
      let start = Calendar.floorDivide(index, 12)
      let instant = Calendar.days(year: start, month: index - start * 12 + 1, day: 1) * day
      if instant > last { return result }
      if instant >= first { result.append(instant) }
      index += count
    }
  }

  private func tick(at instant: Int, after last: Int?) -> TimeTick {
    let (year, month, day) = Self.civil(instant)
    let before = last.map(Self.civil)
    let monthName = String(CalendarNames.months[month - 1].prefix(3))
    switch self {
    case .seconds(let count):
      let isNewDay = before.map { $0 != (year, month, day) } ?? true
      let clock = DatePrinting.clock(
        DatePrinting.split(Int64(instant) * 1_000_000).rest,
        precision: count < 60 ? .seconds : .minutes)
      return TimeTick(
        seconds: Double(instant), label: clock,
        unit: isNewDay ? "\(day) \(monthName)" + (last == nil ? " \(year)" : "") : nil)
    case .days, .weeks:
      return TimeTick(
        seconds: Double(instant), label: "\(day) \(monthName)",
        unit: before?.year == year ? nil : "\(year)")
    case .months(let count):
      if count >= 12 { return TimeTick(seconds: Double(instant), label: "\(year)", unit: nil) }
      return TimeTick(
        seconds: Double(instant), label: monthName,
        unit: before?.year == year ? nil : "\(year)")
    }
  }

  private static func civil(_ instant: Int) -> (year: Int, month: Int, day: Int) {
    Calendar.civil(Calendar.floorDivide(instant, day))
  }
}
