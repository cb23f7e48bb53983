extension Preparation {
  /// What is learned from the training rows, and what had to be left out.
  package struct Learned: Sendable {
    package var preparation: Preparation
    package var notices: [EstimationError]
  }

  /// The most indicators and numbers of a design with one column for each.
  private static let widthLimit = 5000

  /// Learns the preparation of training rows. A column with one value in every row is left
  /// out, with a notice. `bases` names levels to compare with; else it is the first by code point.
  /// With `weights` the means that stand for missing values are weighted.
  package static func learn(
    _ formula: Formula, from frame: Frame, encoding: Encoding, bases: [String: String] = [:],
    levelLimit: Int = 100_000, weights: [Double]? = nil
  ) throws(EstimationError) -> Learned {
    guard frame.rowCount > 0 else { throw .noRows }
    let weights = weights.flatMap { $0.count == frame.rowCount ? $0 : nil }
    var masks = MissingMasks()
    var columns: [PreparedColumn] = []
    var constant: [String] = []
    var empty: [String] = []
    for name in formula.columns {
      let values = try frame.column(name).values
      guard
        let column = try PreparedColumn(
          name, values, base: bases[name], weights: weights, &masks)
      else {
        if values.isEmpty { empty.append(name) } else { constant.append(name) }
        continue
      }
      try column.checkLevels(levelLimit)
      columns.append(column)
    }
    if columns.isEmpty, !formula.terms.isEmpty {
      throw notices(constant, empty).first ?? .noFeatures
    }
    let kept = Formula(
      formula.terms.filter { $0.allSatisfy { !constant.contains($0) && !empty.contains($0) } },
      hasIntercept: formula.hasIntercept)
    if encoding == .dense { try checkWidth(kept, columns) }
    return Learned(
      preparation: Preparation(
        encoding: encoding, formula: kept, columns: columns,
        aliased: encoding == .dense ? Set(constant + empty) : []),
      notices: notices(constant, empty))
  }

  /// A product of categories has an indicator for every combination of their levels.
  private static func checkWidth(
    _ formula: Formula, _ columns: [PreparedColumn]
  ) throws(EstimationError) {
    let widths = Dictionary(columns.map { ($0.name, $0.width) }) { first, _ in first }
    var all = 0
    for term in formula.terms {
      let width = term.reduce(1) { min($0 * (widths[$1] ?? 1), widthLimit + 1) }
      all += width
      guard all <= widthLimit else {
        throw .tooManyFeatures(term: term.joined(separator: ":"), limit: widthLimit)
      }
    }
  }

  private static func notices(_ constant: [String], _ empty: [String]) -> [EstimationError] {
    (constant.isEmpty ? [] : [.constantFeatures(constant)])
      + (empty.isEmpty ? [] : [.emptyFeatures(empty)])
  }
}

extension FrameValues {
  /// Whether no row has a value.
  fileprivate var isEmpty: Bool {
    switch self {
    case .numbers(let values): values.allSatisfy(\.isNaN)
    case .categories(let codes, _): codes.allSatisfy { $0 < 0 }
    case .booleans(let flags): flags.allSatisfy { $0 < 0 }
    case .dates(let days): days.allSatisfy { $0 == .min }
    }
  }
}

/// Which rows miss a value, so that two columns that miss the same rows get one indicator.
struct MissingMasks {
  private var seen: Set<UInt64> = []

  /// Whether these missing rows are some, and not those of an earlier column.
  mutating func isNew(_ missing: some Sequence<Bool>) -> Bool {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var row: UInt64 = 0
    var any = false
    for isMissing in missing {
      row += 1
      guard isMissing else { continue }
      any = true
      hash = (hash ^ row) &* 0x0000_0100_0000_01b3
      hash ^= hash >> 29
    }
    return any && seen.insert(hash).inserted
  }
}

extension PreparedColumn {
  /// Nothing where the column has one value in every row.
  init?(
    _ name: String, _ values: FrameValues, base: String?, weights: [Double]?,
    _ masks: inout MissingMasks
  ) throws(EstimationError) {
    self.name = name
    switch values {
    case .numbers(let numbers):
      guard let summary = try Summary(numbers, name, weights) else { return nil }
      kind = .number(
        mean: summary.mean, marksMissing: masks.isNew(numbers.lazy.map(\.isNaN)))
    case .booleans(let flags):
      guard let summary = try Summary(flags.map { $0 < 0 ? .nan : Double($0) }, name, weights)
      else {
        return nil
      }
      kind = .boolean(
        mean: summary.mean, marksMissing: masks.isNew(flags.lazy.map { $0 < 0 }))
    case .categories(let codes, let names):
      let levels = Levels(codes: codes, names: names, base: base)
      guard levels.names.count > 1 else { return nil }
      _ = masks.isNew(codes.lazy.map { $0 < 0 })
      kind = .category(levels)
    case .dates(let days):
      let known = days.filter { $0 != .min }
      guard let first = known.min(), days.contains(where: { $0 != first }) else { return nil }
      var (sum, total) = (0.0, 0.0)
      for (row, day) in days.enumerated() where day != .min {
        let weight = weights?[row] ?? 1
        sum += weight * (Double(day) - Double(first))
        total += weight
      }
      kind = .date(
        origin: Int(first), mean: total > 0 ? sum / total / 365.25 : 0,
        marksMissing: masks.isNew(days.lazy.map { $0 == .min }),
        months: Levels(codes: Levels.months(known), names: Levels.monthNames),
        weekdays: Levels(codes: Levels.weekdays(known), names: Levels.weekdayNames))
    }
  }

  func checkLevels(_ limit: Int) throws(EstimationError) {
    guard case .category(let levels) = kind, levels.names.count > limit else { return }
    throw .tooManyLevels(column: name, levels: levels.names.count, limit: limit)
  }

  /// The mean of what is there; nothing where all of it is the same.
  private struct Summary {
    var mean: Double

    init?(
      _ values: [Double], _ name: String, _ weights: [Double]?
    ) throws(EstimationError) {
      var sum = 0.0
      var total = 0.0
      var present = 0
      var low = Double.infinity
      var high = -Double.infinity
      var infinite = 0
      for (row, value) in values.enumerated() where !value.isNaN {
        if value.isInfinite { infinite += 1 }
        let weight = weights?[row] ?? 1
        sum += weight * value
        total += weight
        present += 1
        low = min(low, value)
        high = max(high, value)
      }
      guard infinite == 0 else { throw .infiniteValues("`\(name)`", rows: infinite) }
      guard present > 0, low < high || present < values.count else { return nil }
      mean = total > 0 ? min(high, max(low, sum / total)) : low
    }
  }
}
