package import Values

import Glibc

/// The arguments that a search may choose, each from a list or a range.
package struct SearchSpace: Sendable {
  package var dimensions: [Dimension]

  package struct Dimension: Sendable, Equatable {
    package var argument: String
    package var choices: Choices

    package init(_ argument: String, _ choices: Choices) {
      self.argument = argument
      self.choices = choices
    }
  }

  package enum Choices: Sendable, Equatable {
    case list([ArgumentValue])
    /// Whole numbers where both ends are meant so. A range over a factor of ten or more is
    /// searched by logarithm.
    case range(low: Double, high: Double, isWhole: Bool)
  }

  package init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

  /// How many different choices there are; nothing where a range makes them countless.
  package var size: Int? {
    var size = 1
    for dimension in dimensions {
      switch dimension.choices {
      case .list(let values): size *= max(1, values.count)
      case .range(let low, let high, let isWhole):
        guard isWhole else { return nil }
        size *= Int(high - low) + 1
      }
      if size > 1_000_000 { return nil }
    }
    return size
  }

  /// Points spread evenly over the space: Halton's sequence (1960), shifted by the seed (Cranley
  /// and Patterson 1976). Equal choices are made once.
  package func points(_ count: Int, seed: UInt64) -> [[String: ArgumentValue]] {
    var points: [[String: ArgumentValue]] = []
    for step in 0..<count * 20 where points.count < min(count, size ?? count) {
      var point: [String: ArgumentValue] = [:]
      for (place, dimension) in dimensions.enumerated() {
        let shift = SeededMix.uniform(seed, UInt64(place))
        let unit = Self.radicalInverse(step + 1, Self.prime(place)) + shift
        point[dimension.argument] = dimension.choices.value(unit - floor(unit))
      }
      if !points.contains(point) { points.append(point) }
    }
    return points
  }

  private static func radicalInverse(_ index: Int, _ base: Int) -> Double {
    var (rest, scale, result) = (index, 1 / Double(base), 0.0)
    while rest > 0 {
      result += Double(rest % base) * scale
      rest /= base
      scale /= Double(base)
    }
    return result
  }

  private static func prime(_ place: Int) -> Int {
    let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]
    return primes[place % primes.count]
  }
}

extension SearchSpace.Choices {
  /// The choice at a place from 0 up to 1.
  func value(_ unit: Double) -> ArgumentValue {
    switch self {
    case .list(let values):
      return values.isEmpty
        ? .automatic : values[min(values.count - 1, Int(unit * Double(values.count)))]
    case .range(let low, let high, let isWhole):
      let isWide = low > 0 && high / low >= 10
      func place(_ from: Double, _ to: Double) -> Double {
        isWide ? exp(log(from) + unit * (log(to) - log(from))) : from + unit * (to - from)
      }
      guard isWhole else { return .number(place(low, high)) }
      return .number(min(high, max(low, place(low, high + 1).rounded(.down))))
    }
  }
}
