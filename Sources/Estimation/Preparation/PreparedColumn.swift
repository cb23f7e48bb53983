import Values

/// What was learned about one column in training: enough to turn any value of it into numbers.
package struct PreparedColumn: Sendable, Equatable {
  package var name: String
  package var kind: Kind

  package enum Kind: Sendable, Equatable {
    /// A missing value becomes the mean of training; where training had some, an indicator
    /// `x is missing` stands beside it.
    case number(mean: Double, marksMissing: Bool)
    /// As a number, 0 or 1.
    case boolean(mean: Double, marksMissing: Bool)
    /// `levels` are sorted by code point; `shares` are their parts of the training rows.
    case category(Levels)
    /// Days since 1970-01-01 of the earliest date, the mean of all in years from there, and which
    /// months and weekdays there were. Missing dates go as missing numbers do.
    case date(origin: Int, mean: Double, marksMissing: Bool, months: Levels, weekdays: Levels)
  }

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// The values of a category that training saw.
package struct Levels: Sendable, Equatable {
  package var names: [String]
  /// What part of the training rows has each.
  package var shares: [Double]
  /// The level of rows without a value, if training had any; it is the last.
  package var missing: Int?
  /// The level that the others are compared with; it has no indicator of its own.
  package var base: Int

  /// `(missing)`; `((missing))` where a text says that of itself.
  static func missingName(besides names: [String]) -> String {
    var name = "(missing)"
    while names.contains(name) { name = "(\(name))" }
    return name
  }

  /// Counts codes; levels that no row has are left out, the rest are sorted by name.
  init(codes: [Int32], names: [String], base wanted: String? = nil) {
    var counts = [Int](repeating: 0, count: names.count)
    var missing = 0
    for code in codes {
      if code >= 0, Int(code) < names.count { counts[Int(code)] += 1 } else { missing += 1 }
    }
    let used = names.indices.filter { counts[$0] > 0 }.sorted {
      names[$0].unicodeScalars.lexicographicallyPrecedes(names[$1].unicodeScalars)
    }
    self.names = used.map { names[$0] }
    shares = used.map { Double(counts[$0]) / Double(max(1, codes.count)) }
    base = wanted.flatMap { wanted in used.firstIndex { names[$0] == wanted } } ?? 0
    guard missing > 0 else { return }
    self.missing = self.names.count
    self.names.append(Self.missingName(besides: self.names))
    shares.append(Double(missing) / Double(codes.count))
  }

  init(names: [String], shares: [Double], missing: Int?, base: Int) {
    self.names = names
    self.shares = shares
    self.missing = missing
    self.base = base
  }

  /// The levels with an indicator of their own.
  func indicators(withBase: Bool) -> [Int] { names.indices.filter { withBase || $0 != base } }

  /// Where each code of another dictionary points; nothing for what training did not see.
  func translation(of other: [String]) -> [Int?] {
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() where index != missing { places[name] = index }
    return other.map { places[$0] }
  }
}

extension Levels {
  static let monthNames = (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }
  static let weekdayNames = (1...7).map { "\($0)" }

  /// The month of each date as a code, January is 0; negative for missing.
  static func months(_ dates: [Int32]) -> [Int32] {
    dates.map { $0 == .min ? -1 : Int32(Calendar.civil(Int($0)).month - 1) }
  }

  /// The weekday of each date as a code, Monday is 0; negative for missing.
  static func weekdays(_ dates: [Int32]) -> [Int32] {
    dates.map { day in
      // 1970-01-01 was a Thursday.
      if day == .min { return -1 }
      let rest = (Int(day) + 3) % 7
      return Int32(rest < 0 ? rest + 7 : rest)
    }
  }
}
