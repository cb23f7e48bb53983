import CLinearAlgebra

/// Rows as the numbers an estimator works on.
///
/// A design holds the columns that its features are read from, not the features: a number without
/// gaps is the frame's own array, fifty indicators of one category share its codes. What a loop
/// needs is worked out for some hundred rows at a time (`withBlock`), so that a design of any
/// width costs no more memory than the rows do.
package struct Design: Sendable {
  package var features: [Feature]
  package var rowCount: Int
  var sources: [DesignSource]
  /// For each feature what is multiplied; none for the intercept.
  var recipes: [[DesignFactor]]

  init(
    features: [Feature], rowCount: Int, sources: [DesignSource], recipes: [[DesignFactor]]
  ) {
    self.features = features
    self.rowCount = rowCount
    self.sources = sources
    self.recipes = recipes
  }

  /// Features that are numbers as they are: `rowCount` values for each.
  package init(features: [Feature], rowCount: Int, columns: [[Double]]) {
    self.init(
      features: features, rowCount: rowCount, sources: columns.map { .numbers($0) },
      recipes: columns.indices.map { [DesignFactor(source: $0, step: .plain)] })
  }

  /// An intercept before features that are numbers as they are.
  static func withIntercept(
    _ features: [(feature: Feature, values: DesignSource)], rowCount: Int
  ) -> Design {
    Design(
      features: [Feature("(intercept)", sources: [], kind: .intercept)] + features.map(\.feature),
      rowCount: rowCount, sources: features.map(\.values),
      recipes: [[]] + features.indices.map { [DesignFactor(source: $0, step: .plain)] })
  }

  package var width: Int { features.count }

  /// The values of a feature; the rows' own array where they are taken as they are.
  package func column(_ index: Int) -> [Double] {
    if recipes[index].count == 1, recipes[index][0].step.isPlain,
      case .numbers(let values) = sources[recipes[index][0].source]
    {
      return values
    }
    return [Double](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      if let start = buffer.baseAddress { fill(index, 0..<rowCount, start) }
      initialized = rowCount
    }
  }

  package subscript(row: Int, column: Int) -> Double {
    recipes[column].reduce(1) { $0 * $1.step.value(sources[$1.source], row) }
  }

  /// One value of a feature after the other.
  func reader(_ index: Int) -> (Int) -> Double {
    let factors = recipes[index].map { ($0.step, sources[$0.source]) }
    if factors.count == 1 {
      let (step, source) = factors[0]
      return { step.value(source, $0) }
    }
    return { row in factors.reduce(1) { $0 * $1.0.value($1.1, row) } }
  }

  /// All values, column after column.
  package var values: [Double] { (0..<width).flatMap(column) }

  /// Some of the rows, in the order given.
  package func rows(_ indices: [Int]) -> Design {
    Design(
      features: features, rowCount: indices.count, sources: sources.map { $0.rows(indices) },
      recipes: recipes)
  }

  /// Some of the features, in the order given.
  package func columns(_ indices: [Int]) -> Design {
    Design(
      features: indices.map { features[$0] }, rowCount: rowCount, sources: sources,
      recipes: indices.map { recipes[$0] })
  }

  var interceptIndex: Int? { features.firstIndex { $0.kind == .intercept } }
}

// MARK: Blocks

extension Design {
  /// Lends the values of some rows, column after column.
  func withBlock<Result>(_ rows: Range<Int>, _ body: (whom_block) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count * width)) {
      buffer in
      if let start = buffer.baseAddress {
        for index in 0..<width { fill(index, rows, start + index * rows.count) }
      }
      return body(
        whom_block(
          values: UnsafePointer(buffer.baseAddress), rows: rows.count, columns: width,
          stride: rows.count))
    }
  }

  private func fill(_ index: Int, _ rows: Range<Int>, _ to: UnsafeMutablePointer<Double>) {
    guard let first = recipes[index].first else {
      to.update(repeating: 1, count: rows.count)
      return
    }
    first.step.fill(sources[first.source], rows, to)
    for factor in recipes[index].dropFirst() {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count)) { buffer in
        guard let values = buffer.baseAddress else { return }
        factor.step.fill(sources[factor.source], rows, values)
        for place in 0..<rows.count { to[place] *= values[place] }
      }
    }
  }
}

/// A column that features are read from.
enum DesignSource: Sendable {
  /// NaN is missing.
  case numbers([Double])
  /// Codes of learned levels, negative where training never saw the value.
  case codes([Int32])
  /// 0, 1, or negative for missing.
  case flags([Int8])
  /// Days; `Int32.min` is missing.
  case days([Int32])
  /// Which of a few numbers stands in each row.
  case entries([UInt8], of: [Double])

  func rows(_ indices: [Int]) -> DesignSource {
    switch self {
    case .numbers(let values): .numbers(indices.map { values[$0] })
    case .codes(let codes): .codes(indices.map { codes[$0] })
    case .flags(let flags): .flags(indices.map { flags[$0] })
    case .days(let days): .days(indices.map { days[$0] })
    case .entries(let places, let numbers): .entries(indices.map { places[$0] }, of: numbers)
    }
  }
}

/// One of the numbers that are multiplied for a feature.
struct DesignFactor: Sendable {
  var source: Int
  var step: Basis.Step
}

/// One column of a design.
package struct Feature: Sendable, Equatable {
  /// `tenure`, `plan: pro`, `tenure × plan: pro`
  package var name: String
  /// The columns of the rows that it is made from.
  package var sources: [String]
  package var kind: Kind

  package enum Kind: Sendable, Equatable {
    case intercept
    case number
    /// 0 or 1.
    case indicator
    /// Codes into the levels; NaN is missing or not seen in training.
    case category(levels: [String])
  }

  package init(_ name: String, sources: [String], kind: Kind) {
    self.name = name
    self.sources = sources
    self.kind = kind
  }
}
