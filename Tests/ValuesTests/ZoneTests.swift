import Testing
import Values

/// Expected values from Python's zoneinfo for Europe/Zurich in 2025; where a clock shows a time
/// twice, its `fold=1`.
@Suite struct ZoneTests {
  private static let hour: Int64 = 3_600_000_000
  /// 30 March and 26 October 2025, 01:00 UTC.
  private static let spring: Int64 = 1_743_296_400_000_000
  private static let autumn: Int64 = 1_761_440_400_000_000
  private let zurich = Zone(
    name: "Europe/Zurich",
    shifts: [
      .init(start: 0, ahead: hour), .init(start: spring, ahead: 2 * hour),
      .init(start: autumn, ahead: hour),
    ])

  @Test func clocks() {
    #expect(zurich.ahead(at: -1) == Self.hour)
    #expect(zurich.ahead(at: Self.spring - 1) == Self.hour)
    #expect(zurich.ahead(at: Self.spring) == 2 * Self.hour)
    #expect(zurich.ahead(at: Self.autumn - 1) == 2 * Self.hour)
    #expect(zurich.ahead(at: Self.autumn) == Self.hour)
  }

  @Test func instants() {
    let half = Self.hour / 2
    // 02:30 on 30 March is skipped: 01:30 UTC.
    #expect(zurich.instant(ofClock: Self.spring + Self.hour + half) == Self.spring + half)
    // 02:30 on 26 October comes twice: 01:30 UTC is the later one.
    #expect(zurich.instant(ofClock: Self.autumn + Self.hour + half) == Self.autumn + half)
    let summer = Self.spring + 1000 * Self.hour
    #expect(zurich.instant(ofClock: summer + 2 * Self.hour) == summer)
  }

  @Test func weeks() {
    #expect(Weekday.monday.daysBeforeMonday == 0)
    #expect(Weekday.sunday.daysBeforeMonday == 1)
    #expect(Weekday.saturday.daysBeforeMonday == 2)
    #expect(Weekday.tuesday.daysBeforeMonday == 6)
  }
}
