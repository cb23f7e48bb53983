import Values

/// Categories onto bands of equal width.
struct BandScale: Sendable {
  let categories: [Value]
  private let indices: [Value: Int]
  let from: Double
  let to: Double
  /// The share of a band that stays free.
  let padding: Double

  init(_ categories: [Value], from: Double, to: Double, padding: Double) {
    self.categories = categories
    indices = Dictionary(
      categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.from = from
    self.to = to
    self.padding = padding
  }

  /// From one band's start to the next.
  var step: Double { categories.isEmpty ? to - from : (to - from) / Double(categories.count) }
  var bandWidth: Double { step * (1 - padding) }

  func index(of category: Value) -> Int? { indices[category] }

  func start(of category: Value) -> Double? {
    indices[category].map { from + Double($0) * step + step * padding / 2 }
  }

  func center(of category: Value) -> Double? {
    indices[category].map { center(at: $0) }
  }

  func center(at index: Int) -> Double { from + (Double(index) + 0.5) * step }
}
