import CLinearAlgebra

/// Rows as the numbers an estimator works on, one column after the other.
package struct Design: Sendable {
  package var features: [Feature]
  package var rowCount: Int
  /// `rowCount` values for each feature.
  package var values: [Double]

  package init(features: [Feature], rowCount: Int, values: [Double]) {
    self.features = features
    self.rowCount = rowCount
    self.values = values
  }

  package var width: Int { features.count }

  package func column(_ index: Int) -> ArraySlice<Double> {
    values[index * rowCount..<(index + 1) * rowCount]
  }

  package subscript(row: Int, column: Int) -> Double { values[column * rowCount + row] }

  /// Some of the rows, in the order given.
  package func rows(_ indices: [Int]) -> Design {
    var picked: [Double] = []
    picked.reserveCapacity(indices.count * width)
    for column in 0..<width {
      let start = column * rowCount
      for index in indices { picked.append(values[start + index]) }
    }
    return Design(features: features, rowCount: indices.count, values: picked)
  }

  /// Some of the features, in the order given.
  package func columns(_ indices: [Int]) -> Design {
    var picked: [Double] = []
    picked.reserveCapacity(indices.count * rowCount)
    for index in indices { picked += column(index) }
    return Design(features: indices.map { features[$0] }, rowCount: rowCount, values: picked)
  }

  var interceptIndex: Int? { features.firstIndex { $0.kind == .intercept } }
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
