/// One number that is made from one column: a factor of a feature.
package struct Basis: Sendable, Equatable {
  /// Which prepared column.
  package var column: Int
  /// What is read of it.
  package var reading: Reading
  package var step: Step
  /// `tenure`, `plan: pro`, `signed month: 03`
  package var name: String

  package enum Reading: Sendable, Equatable { case value, month, weekday }

  package enum Step: Sendable, Equatable {
    /// (x - origin) / scale; a missing x counts as `missing` (NaN: stays missing).
    case number(missing: Double, origin: Double, scale: Double)
    /// 1 where the value is missing.
    case isMissing
    /// 1 where the value is this level; `share` where training never saw the value.
    case level(Int, share: Double)
    /// The code itself, NaN where missing or never seen.
    case code
  }
}

extension PreparedColumn {
  /// The numbers that a linear model sees: treatment coding, with every level where nothing else
  /// stands for the base.
  func denseBases(_ column: Int, withBase: Bool) -> [Basis] {
    switch kind {
    case .number(let mean, let marks), .boolean(let mean, let marks):
      let value = Basis(
        column: column, reading: .value, step: .number(missing: mean, origin: 0, scale: 1),
        name: name)
      let mark = Basis(
        column: column, reading: .value, step: .isMissing, name: "\(name) is missing")
      return marks ? [value, mark] : [value]
    case .category(let levels):
      return levels.bases(column, .value, name, withBase: withBase)
    case .date(let origin, let mean, let marks, let months, let weekdays):
      let years = Basis(
        column: column, reading: .value,
        step: .number(missing: mean, origin: Double(origin), scale: 365.25),
        name: "\(name) in years")
      let mark = Basis(
        column: column, reading: .value, step: .isMissing, name: "\(name) is missing")
      return [years] + (marks ? [mark] : [])
        + months.bases(column, .month, "\(name) month", withBase: false)
        + weekdays.bases(column, .weekday, "\(name) weekday", withBase: false)
    }
  }

  /// The numbers that a tree sees: as they are, missing left missing, categories as codes.
  func codeBases(_ column: Int) -> [(Basis, Feature.Kind)] {
    let plain = Basis.Step.plain
    func basis(_ reading: Basis.Reading, _ step: Basis.Step, _ name: String) -> Basis {
      Basis(column: column, reading: reading, step: step, name: name)
    }
    return switch kind {
    case .number: [(basis(.value, plain, name), .number)]
    case .boolean: [(basis(.value, plain, name), .indicator)]
    case .category(let levels):
      [(basis(.value, .code, name), .category(levels: levels.names))]
    case .date:
      [
        (basis(.value, plain, name), .number),
        (basis(.month, .code, "\(name) month"), .number),
        (basis(.weekday, .code, "\(name) weekday"), .number),
      ]
    }
  }

  /// The values of a column in the learned terms.
  func read(_ values: FrameValues, as reading: Basis.Reading) throws(EstimationError)
    -> DesignSource
  {
    switch (kind, values) {
    case (.number, .numbers(let numbers)): return .numbers(try finite(numbers))
    case (.boolean, .booleans(let flags)): return .flags(flags)
    case (.category(let levels), .categories(let codes, let names)):
      return .codes(levels.translate(codes, names))
    case (.category(let levels), .booleans(let flags)):
      return .codes(levels.translate(flags.map(Int32.init), ["false", "true"]))
    case (.date(_, _, _, let months, let weekdays), .dates(let days)):
      return switch reading {
      case .value: .days(days)
      case .month: .codes(months.translate(Levels.months(days), Levels.monthNames))
      case .weekday: .codes(weekdays.translate(Levels.weekdays(days), Levels.weekdayNames))
      }
    case (.number, _), (.boolean, _), (.category, _), (.date, _):
      throw .wrongKind(column: name, found: values.words, wanted: kind.words)
    }
  }

  private func finite(_ numbers: [Double]) throws(EstimationError) -> [Double] {
    let infinite = numbers.count(where: \.isInfinite)
    guard infinite == 0 else { throw .infiniteValues("`\(name)`", rows: infinite) }
    return numbers
  }
}

extension Levels {
  fileprivate func bases(
    _ column: Int, _ reading: Basis.Reading, _ name: String, withBase: Bool
  ) -> [Basis] {
    indicators(withBase: withBase).map { level in
      Basis(
        column: column, reading: reading, step: .level(level, share: shares[level]),
        name: "\(name): \(names[level])")
    }
  }

  /// Codes of another dictionary as codes of this one; -1 where training never saw the value.
  /// Codes of this very dictionary stay.
  fileprivate func translate(_ codes: [Int32], _ names: [String]) -> [Int32] {
    let missing = Int32(missing ?? -1)
    if names == self.names {
      if missing < 0 { return codes }
      return codes.map { $0 >= 0 ? $0 : $0 == FrameValues.unseen ? -1 : missing }
    }
    let places = translation(of: names).map { Int32($0 ?? -1) }
    return codes.map { code in
      if code >= 0, Int(code) < places.count { return places[Int(code)] }
      return code == FrameValues.unseen ? -1 : missing
    }
  }
}

extension FrameValues {
  var words: String {
    switch self {
    case .numbers: "numbers"
    case .categories: "categories"
    case .booleans: "yes or no"
    case .dates: "dates"
    }
  }
}

extension PreparedColumn.Kind {
  var words: String {
    switch self {
    case .number: "numbers"
    case .boolean: "yes or no"
    case .category: "categories"
    case .date: "dates"
    }
  }
}
