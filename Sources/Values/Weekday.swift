/// The days of a week, from Monday on: the day on which weeks start is a setting of the run.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// Days since Monday.
  package var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// How many days a week that starts here begins before the Monday in it; 0 to 6.
  package var daysBeforeMonday: Int { (7 - place) % 7 }
}
