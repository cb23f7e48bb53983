import Values

/// Reads what stands behind an `@`: a day, a moment, or a period.
struct DateReader {
  enum Problem: Hashable {
    case noDigits, shape, month, day(Int), quarter, week(Int), time, fraction, zone, year
    case glued
  }

  private let bytes: [UInt8]
  private let limit: Int
  private(set) var position: Int
  private(set) var problem: Problem?

  /// The literal whose `@` stands at `start`, and where it ends.
  static func read(
    _ bytes: [UInt8], at start: Int, limit: Int
  ) -> (literal: DateLiteral?, end: Int, problem: Problem?) {
    var reader = DateReader(bytes: bytes, limit: limit, position: start + 1)
    let literal = reader.literal()
    reader.refuseGlued()
    return (reader.problem == nil ? literal : nil, reader.position, reader.problem)
  }

  private init(bytes: [UInt8], limit: Int, position: Int) {
    self.bytes = bytes
    self.limit = limit
    self.position = position
  }

  private var byte: UInt8 { bytes.at(position, limit: limit) }
  private func byte(ahead: Int) -> UInt8 { bytes.at(position + ahead, limit: limit) }

  /// Exactly so many digits, not followed by a further one.
  private mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for offset in 0..<count {
      let next = byte(ahead: offset)
      guard next.isDigit else { return nil }
      value = value * 10 + next.digit
    }
    guard !byte(ahead: count).isDigit else { return nil }
    position += count
    return value
  }

  private mutating func fail(_ reason: Problem) -> DateLiteral? {
    if problem == nil { problem = reason }
    return nil
  }

  private mutating func literal() -> DateLiteral? {
    guard byte.isDigit else { return fail(.noDigits) }
    guard let year = digits(4) else { return fail(.shape) }
    guard year > 0 else { return fail(.year) }
    if isOtherSeparator { return fail(.shape) }
    guard byte == UInt8(ascii: "-") else {
      return period(Calendar.days(year: year, month: 1, day: 1), months: 12)
    }
    switch byte(ahead: 1) {
    case UInt8(ascii: "Q"): return quarter(of: year)
    case UInt8(ascii: "W"): return week(of: year)
    case let next where next.isDigit: return month(of: year)
    default: return period(Calendar.days(year: year, month: 1, day: 1), months: 12)
    }
  }

  /// The sign between the parts of a date as others write it: `31/01/2025`, `31.01.2025`.
  private var isOtherSeparator: Bool {
    (byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")) && byte(ahead: 1).isDigit
  }

  private func period(_ start: Int, months: Int) -> DateLiteral {
    .period(start: Int32(start), end: Int32(Calendar.add(months: months, to: start)))
  }

  /// `@2025-Q1`
  private mutating func quarter(of year: Int) -> DateLiteral? {
    position += 2
    guard let quarter = digits(1) else { return fail(.quarter) }
    guard (1...4).contains(quarter) else { return fail(.quarter) }
    return period(Calendar.days(year: year, month: quarter * 3 - 2, day: 1), months: 3)
  }

  /// `@2025-W14`: from Monday to Monday.
  private mutating func week(of year: Int) -> DateLiteral? {
    position += 2
    guard let week = digits(2) else { return fail(.shape) }
    let weeks = Calendar.weeks(in: year)
    guard (1...weeks).contains(week) else { return fail(.week(weeks)) }
    let start = Calendar.start(ofWeek: week, year: year)
    return .period(start: Int32(start), end: Int32(start + 7))
  }

  /// `@2025-03`, and on to a day and a time.
  private mutating func month(of year: Int) -> DateLiteral? {
    position += 1
    guard let month = digits(2) else { return fail(.shape) }
    guard (1...12).contains(month) else { return fail(.month) }
    guard byte == UInt8(ascii: "-"), byte(ahead: 1).isDigit else {
      return period(Calendar.days(year: year, month: month, day: 1), months: 1)
    }
    position += 1
    guard let day = digits(2) else { return fail(.shape) }
    let longest = Calendar.daysIn(month: month, of: year)
    guard (1...longest).contains(day) else { return fail(.day(longest)) }
    let days = Calendar.days(year: year, month: month, day: day)
    guard byte == UInt8(ascii: "T") else { return .date(Int32(days)) }
    position += 1
    return time(on: days)
  }

  /// `T09:30`, `T09:30:15.25`, then `Z` or `+02:00`.
  private mutating func time(on days: Int) -> DateLiteral? {
    guard let hour = digits(2), byte == UInt8(ascii: ":") else { return fail(.time) }
    position += 1
    guard let minute = digits(2) else { return fail(.time) }
    guard let (seconds, micros) = seconds() else { return fail(problem ?? .time) }
    guard hour < 24, minute < 60, seconds < 60 else { return fail(.time) }
    let end = position
    guard let shift = zone() else { return fail(.zone) }
    let minutes = (days * 24 + hour) * 60 + minute - shift
    let moment = (Int64(minutes) * 60 + Int64(seconds)) * 1_000_000 + Int64(micros)
    return position == end ? .clock(moment) : .timestamp(moment)
  }

  private mutating func seconds() -> (Int, Int)? {
    guard byte == UInt8(ascii: ":") else { return (0, 0) }
    position += 1
    guard let seconds = digits(2) else { return nil }
    guard byte == UInt8(ascii: "."), byte(ahead: 1).isDigit else { return (seconds, 0) }
    position += 1
    var micros = 0
    var places = 0
    while byte.isDigit {
      if places < 6 { micros = micros * 10 + byte.digit }
      places += 1
      position += 1
    }
    guard places <= 6 else {
      problem = .fraction
      return nil
    }
    for _ in places..<6 { micros *= 10 }
    return (seconds, micros)
  }

  /// Minutes east of Greenwich. A sign that no `hh:mm` follows is an operator.
  private mutating func zone() -> Int? {
    if byte == UInt8(ascii: "Z") {
      position += 1
      return 0
    }
    let sign = byte
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), byte(ahead: 1).isDigit,
      byte(ahead: 2).isDigit, byte(ahead: 3) == UInt8(ascii: ":")
    else { return 0 }
    position += 1
    guard let hours = digits(2), hours < 15 else { return nil }
    position += 1
    guard let minutes = digits(2), minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  /// A name, a digit or a `-` that touches the date belongs to neither: the rest is swallowed.
  private mutating func refuseGlued() {
    let isShapeless = problem == .shape
    guard byte.isNamePart || byte == UInt8(ascii: "-") || isShapeless && isOtherSeparator else {
      return
    }
    if byte == UInt8(ascii: "-"), byte(ahead: 1) == UInt8(ascii: ">"), problem == nil { return }
    if problem == nil { problem = .glued }
    while byte.isNamePart || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
      || isShapeless && isOtherSeparator
    {
      position += 1
    }
  }
}
