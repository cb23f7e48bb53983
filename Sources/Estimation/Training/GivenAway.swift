/// A column that alone tells every row's target: more often than not it was made from the target,
/// or came to be known with it (leakage: Kaufman, Rosset, Perlich and Stitelman 2012).
package struct GivenAway {
  private let target: Target
  private let rowCount: Int
  /// Fewer rows may agree by chance.
  private static let leastRows = 30
  private static let leastOfClass = 5
  /// In so many rows a text has to occur on average: each row's own text tells nothing.
  private static let leastOfLevel = 5

  package init(_ target: Target) {
    self.target = target
    rowCount = target.count
  }

  /// The first of the columns that does.
  package func column(of frame: Frame, among names: [String]) -> String? {
    guard rowCount >= Self.leastRows, frame.rowCount == rowCount else { return nil }
    switch target {
    case .classes(let codes, let labels):
      var counts = [Int](repeating: 0, count: labels.count)
      for code in codes { counts[Int(code)] += 1 }
      guard counts.allSatisfy({ $0 == 0 || $0 >= Self.leastOfClass }) else { return nil }
      return name(frame, names) { tells($0, codes, labels.count) }
    case .numbers(let numbers): return name(frame, names) { Self.tells($0, numbers) }
    case .relevance, .survival: return nil
    }
  }

  private func name(
    _ frame: Frame, _ names: [String], _ tells: (FrameValues) -> Bool
  ) -> String? {
    names.first { name in
      frame.columns.contains { $0.name == name && tells($0.values) }
    }
  }

  // MARK: Classes

  private func tells(_ values: FrameValues, _ codes: [Int32], _ classes: Int) -> Bool {
    switch values {
    case .categories(let levels, let names):
      return isPure(levels.map { $0 < 0 ? 0 : Int($0) + 1 }, names.count + 1, codes)
    case .booleans(let flags): return isPure(flags.map { Int($0) + 1 }, 3, codes)
    case .numbers(let numbers): return isParted(numbers, codes, classes)
    case .dates(let days):
      return isParted(days.map { $0 == .min ? .nan : Double($0) }, codes, classes)
    }
  }

  /// Whether each value stands in rows of one class only.
  private func isPure(_ values: [Int], _ count: Int, _ codes: [Int32]) -> Bool {
    var classes = [Int32](repeating: -1, count: count)
    for (value, code) in zip(values, codes) {
      if classes[value] < 0 { classes[value] = code }
      guard classes[value] == code else { return false }
    }
    return classes.count { $0 >= 0 } * Self.leastOfLevel <= rowCount
  }

  /// Whether the ranges of two classes do not meet, or one of them is what has no value.
  private func isParted(_ numbers: [Double], _ codes: [Int32], _ classes: Int) -> Bool {
    guard classes == 2 else { return false }
    var (low, high) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
    var (known, missing) = ([false, false], [false, false])
    for (number, code) in zip(numbers, codes) {
      let place = Int(code)
      if number.isNaN {
        missing[place] = true
      } else {
        known[place] = true
        low[place] = min(low[place], number)
        high[place] = max(high[place], number)
      }
    }
    guard missing.contains(true) else { return high[0] < low[1] || high[1] < low[0] }
    return missing[0] != known[0] && missing[1] != known[1] && missing[0] != missing[1]
  }

  // MARK: Numbers

  /// Whether the target lies on a line over the column.
  private static func tells(_ values: FrameValues, _ target: [Double]) -> Bool {
    guard case .numbers(let numbers) = values, !numbers.contains(where: \.isNaN) else {
      return false
    }
    let count = Double(target.count)
    let (meanX, meanY) = (numbers.reduce(0, +) / count, target.reduce(0, +) / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(numbers, target) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    // What is left beside the line is not more than rounding leaves.
    return xx > 0 && yy > 0 && xy * xy >= (1 - 1e-12) * xx * yy
  }
}
