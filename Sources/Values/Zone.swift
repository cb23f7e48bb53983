/// What clocks in a place show at each instant: how far they are from UTC, and since when.
package struct Zone: Hashable, Sendable {
  /// From an instant on clocks are so far ahead of UTC; both in microseconds.
  package struct Shift: Hashable, Sendable {
    package var start: Int64
    package var ahead: Int64
    package init(start: Int64, ahead: Int64) {
      self.start = start
      self.ahead = ahead
    }
  }

  /// `Europe/Zurich`
  package let name: String
  /// In the order of time.
  private let shifts: [Shift]

  package init(name: String, shifts: [Shift]) {
    self.name = name
    self.shifts = shifts
  }

  /// Before the first shift that is known clocks are as after it.
  package func ahead(at instant: Int64) -> Int64 {
    var low = 0
    var high = shifts.count
    while low < high {
      let middle = (low + high) / 2
      if shifts[middle].start <= instant { low = middle + 1 } else { high = middle }
    }
    return shifts.isEmpty ? 0 : shifts[max(0, low - 1)].ahead
  }

  /// What a clock shows, as an instant that would show it in UTC.
  package func clock(at instant: Int64) -> Int64 { instant &+ ahead(at: instant) }

  /// When a clock shows this. The later time where it shows it twice; where it skips it, as if it
  /// had not been moved yet. So do the engines.
  package func instant(ofClock clock: Int64) -> Int64 {
    let before = clock &- ahead(at: clock &- Self.day)
    let after = clock &- ahead(at: clock &+ Self.day)
    let shown = [before, after].filter { self.clock(at: $0) == clock }
    return shown.max() ?? before
  }

  /// As a person there would write it.
  package func shown(_ value: Value) -> Value {
    if case .timestamp(let instant) = value { .timestamp(clock(at: instant)) } else { value }
  }

  private static let day: Int64 = 86_400_000_000
}

extension ResultTable {
  /// For people: instants as clocks of the zone show them. What machines read stays in UTC.
  package func shown(in zone: Zone?) -> ResultTable {
    guard let zone, schema.columns.contains(where: { $0.type.base == .timestamp }) else {
      return self
    }
    var result = self
    for (position, column) in schema.columns.enumerated() where column.type.base == .timestamp {
      result.columns[position] = columns[position].map(zone.shown)
    }
    return result
  }
}
