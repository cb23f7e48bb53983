/// A feature cut into bins, each with the points that it adds.
package struct BinnedFeature: Sendable, Equatable {
  package var name: String
  package var bins: [Bin]
  /// For values that no bin holds.
  package var otherPoints: Double

  package struct Bin: Sendable, Equatable {
    package var range: Range
    package var points: Double
  }

  package enum Range: Sendable, Equatable {
    /// low <= x < high
    case between(low: Double, high: Double)
    case levels([String])
    case missing
  }
}
