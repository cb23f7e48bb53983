import Values

/// The clocks of three places, by the rules that hold there from 2008 to 2036.
enum Clocks: String, CaseIterable {
  case kolkata = "Asia/Kolkata"
  case zurich = "Europe/Zurich"
  case newYork = "America/New_York"

  static let hour: Int64 = 3_600_000_000

  /// How far they are ahead of UTC at an instant.
  func ahead(at instant: Int64) throws -> Int64 {
    let year = Civil(Civil.day(ofInstant: instant)).year
    guard (2008...2036).contains(year) else { throw Undefined() }
    switch self {
    case .kolkata: return 5 * Self.hour + Self.hour / 2
    case .zurich:
      let summer = Self.last(month: 3, year) + Self.hour..<Self.last(month: 10, year) + Self.hour
      return summer.contains(instant) ? 2 * Self.hour : Self.hour
    case .newYork:
      // At two o'clock of the second Sunday of March, and of the first of November.
      let start = Self.sunday(2, month: 3, year) + 7 * Self.hour
      let end = Self.sunday(1, month: 11, year) + 6 * Self.hour
      return (start..<end).contains(instant) ? -4 * Self.hour : -5 * Self.hour
    }
  }

  func local(_ instant: Int64) throws -> Int64 { instant + (try ahead(at: instant)) }

  /// The later one of those at which the clocks show this; there may be none.
  func instant(_ local: Int64) throws -> Int64 {
    let candidates =
      [-5, -4, 1, 2].map { local - $0 * Self.hour }
      + [local - 5 * Self.hour - Self.hour / 2]
    guard let found = try candidates.filter({ try self.local($0) == local }).max() else {
      throw Undefined()
    }
    return found
  }

  private static func last(month: Int, _ year: Int) -> Int64 {
    let day = Civil(year, month, 31).days
    return Int64(day - Civil.weekday(day) % 7) * Civil.dayLength
  }

  private static func sunday(_ n: Int, month: Int, _ year: Int) -> Int64 {
    let first = Civil(year, month, 1).days
    return Int64(first + (7 - Civil.weekday(first)) % 7 + 7 * (n - 1)) * Civil.dayLength
  }
}
