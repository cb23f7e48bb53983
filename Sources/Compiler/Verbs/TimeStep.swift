import Diagnostics
import Syntax
import Values

/// How far apart the rows of a series are, as expressions over a moment.
enum TimeStep {
  case months(Int64)
  case days(Int64)
  case seconds(Int64)

  var isWithinDay: Bool { if case .seconds = self { true } else { false } }

  /// The function that truncates to a step of one unit.
  private var unit: String? {
    switch self {
    case .months(1): "month"
    case .months(3): "quarter"
    case .months(12): "year"
    case .days(1): "day"
    case .days(7): "week"
    case .seconds(1): "second"
    case .seconds(60): "minute"
    case .seconds(3600): "hour"
    case .months, .days, .seconds: nil
    }
  }

  /// The first day or moment of the step that holds `moment`.
  func start(of moment: Expr, _ span: Span, _ run: RunConstants) -> Expr {
    let make = Making(span: span, isZoned: run.zone != nil)
    if let unit {
      return make.call(unit, isWithinDay ? make.call("timestamp", moment) : moment)
    }
    switch self {
    case .months(let size):
      let months = make.floored(make.months(of: moment), size)
      return make.call(
        "make_date", make.floorDivided(months, 12),
        make.plus(make.call("mod", months, make.int(12)), make.int(1)), make.int(1))
    case .days(let size):
      let origin = make.day(4 - (size % 7 == 0 ? Int32(run.weekStart.daysBeforeMonday) : 0))
      let days = make.call("days", make.minus(make.call("date", moment), origin))
      return make.later(origin, by: make.times(make.floored(days, size), days: 1))
    case .seconds(let size) where followsClocks(run):
      return make.instant(make.clock(of: moment, in: size))
    case .seconds(let size):
      let origin = make.call("timestamp", make.day(0))
      let seconds = make.call("seconds", make.minus(make.call("timestamp", moment), origin))
      return make.plus(origin, make.times(make.floored(seconds, size), seconds: 1))
    }
  }

  /// `6 hours` begin at 0, 6, 12 and 18 by the clocks of the run, also after these were moved. A
  /// day then has as many steps as any other, of which one is shorter or longer. An hour and less
  /// is an hour and less.
  private func followsClocks(_ run: RunConstants) -> Bool {
    guard case .seconds(let size) = self else { return false }
    return run.zone != nil && size > 3600 && 86_400 % size == 0
  }

  /// How many steps lie between two of their starts.
  func count(
    from first: Expr, to last: Expr, _ isDate: Bool, _ span: Span, _ run: RunConstants
  ) -> Expr {
    let make = Making(span: span)
    switch self {
    case .months(let size):
      return make.floorDivided(make.minus(make.months(of: last), make.months(of: first)), size)
    case .days(let size):
      return make.floorDivided(make.call("days", make.minus(last, first)), size)
    case .seconds(let size) where followsClocks(run):
      let between = make.minus(make.clock(of: last, in: size), make.clock(of: first, in: size))
      return make.floorDivided(make.call("seconds", between), size)
    case .seconds(let size):
      return make.floorDivided(make.call("seconds", make.minus(last, first)), size)
    }
  }

  /// The start of the step that is `place` steps after the first.
  func step(
    _ place: Expr, after first: Expr, _ isDate: Bool, _ span: Span, _ run: RunConstants
  ) -> Expr {
    let make = Making(span: span, isZoned: run.zone != nil)
    switch self {
    case .months(let size): return make.plus(first, make.times(place, months: size))
    case .days(let size): return make.later(first, by: make.times(place, days: size))
    case .seconds(let size) where followsClocks(run):
      let clock = make.clock(of: first, in: size)
      return make.instant(make.plus(clock, make.times(place, seconds: size)))
    case .seconds(let size): return make.plus(first, make.times(place, seconds: size))
    }
  }
}

/// Makes expressions of the language.
private struct Making {
  let span: Span
  var isZoned = false

  /// A day some days after another; by clocks that are never moved, whatever the run's zone.
  func later(_ day: Expr, by time: Expr) -> Expr {
    guard isZoned else { return call("date", plus(day, time)) }
    return inUTC("date", plus(inUTC("timestamp", day), time))
  }

  /// What clocks show at the start of the step that holds a moment.
  func clock(of moment: Expr, in size: Int64) -> Expr {
    let origin = inUTC("timestamp", day(0))
    let seconds = call("seconds", minus(call("local_time", call("timestamp", moment)), origin))
    return plus(origin, times(floored(seconds, size), seconds: 1))
  }

  /// The instant at which the clocks of the run show this.
  func instant(_ clock: Expr) -> Expr { call("from_local_time", clock) }

  private func inUTC(_ function: String, _ value: Expr) -> Expr {
    let zone = TextLiteral(parts: [.text("UTC")], isFormatted: false, span: span)
    return Expr(
      .call(
        Name(function, span),
        [
          Argument(name: nil, value: value),
          Argument(name: Name("zone", span), value: Expr(.text(zone), span)),
        ]), span)
  }

  func call(_ function: String, _ arguments: Expr...) -> Expr {
    Expr(.call(Name(function, span), arguments.map { Argument(name: nil, value: $0) }), span)
  }
  func int(_ value: Int64) -> Expr { Expr(.number(.int(value)), span) }
  func plus(_ a: Expr, _ b: Expr) -> Expr { sum(a, .plus, b) }
  func minus(_ a: Expr, _ b: Expr) -> Expr { sum(a, .minus, b) }
  private func sum(_ a: Expr, _ sign: AdditiveSign, _ b: Expr) -> Expr {
    Expr(.sum(first: a, rest: [Operand(sign, b)]), span)
  }
  private func product(_ a: Expr, _ sign: MultiplicativeSign, _ b: Expr) -> Expr {
    Expr(.product(first: a, rest: [Operand(sign, b)]), span)
  }
  func floorDivided(_ a: Expr, _ size: Int64) -> Expr {
    size == 1 ? a : product(a, .floorDivide, int(size))
  }
  func floored(_ a: Expr, _ size: Int64) -> Expr {
    size == 1 ? a : product(floorDivided(a, size), .times, int(size))
  }
  func months(of moment: Expr) -> Expr {
    let year = call("year_number", moment)
    return minus(
      plus(product(year, .times, int(12)), call("month_of_year", moment)), int(1))
  }
  func times(_ count: Expr, days: Int64) -> Expr { times(count, seconds: days * 86_400) }
  func times(_ count: Expr, seconds: Int64) -> Expr {
    product(count, .times, Expr(.duration(.exact(seconds * 1_000_000)), span))
  }
  func times(_ count: Expr, months: Int64) -> Expr {
    product(count, .times, Expr(.duration(.months(months)), span))
  }
  /// A day so many days after 1970-01-01.
  func day(_ days: Int32) -> Expr { Expr(.date(.date(days)), span) }
}
