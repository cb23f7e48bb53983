import Values

// What the settings of the run give where a call says nothing.
extension RunConstants {
  func value(_ setting: FunctionParameter.Setting) -> Value {
    switch setting {
    case .zone: .text(zone?.name ?? "UTC")
    case .weekStart: .text(weekStart.rawValue)
    }
  }

  package var today: Int32 { day(of: now) }

  /// What a clock of the zone shows, as a moment of UTC.
  func clock(at instant: Int64) -> Int64 { zone?.clock(at: instant) ?? instant }

  /// The day of an instant.
  func day(of instant: Int64) -> Int32 {
    Int32(clamping: Calendar.floorDivide(Int(clock(at: instant)), Self.dayLength))
  }

  /// The instant at which a day begins.
  func midnight(_ day: Int32) -> Int64 {
    let clock = Int64(day) * Int64(Self.dayLength)
    return zone?.instant(ofClock: clock) ?? clock
  }

  /// A period as it is meant: a week, which ISO counts from its Monday, begins earlier where weeks
  /// begin on another day.
  func week(_ start: Int32, _ end: Int32) -> (start: Int32, end: Int32) {
    let shift = end - start == 7 ? Int32(weekStart.daysBeforeMonday) : 0
    return (start - shift, end - shift)
  }

  private static let dayLength = 86_400_000_000
}
