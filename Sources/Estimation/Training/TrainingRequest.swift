package import Values

/// Everything that decides what a model will be. Rows come sorted by a stable key (see `Frame`).
package struct TrainingRequest: Sendable {
  package var estimator: Estimator
  package var arguments: [String: ArgumentValue] = [:]
  package var formula: Formula
  package var frame: Frame
  package var target: Target
  package var weights: [Double]?
  package var offset: [Double]?
  package var groups: [Int32]?
  /// Levels that categories are compared with, by column.
  package var bases: [String: String] = [:]
  /// Rows kept out of fitting, to stop early on.
  package var validation: [Int] = []
  package var calibration: Calibration.Kind?
  /// What stays together where rows are held out: 32 bits of a hash for each row, those of one
  /// customer alike. Without them each row is for itself, or each list of `groups`.
  package var units: [UInt64]?
  /// How many parts rows are cut into for calibration, search and cross-validation.
  package var foldCount = 5
  package var seed: UInt64 = 0
  package var threads = 1
  /// Folders with libraries that are loaded when needed.
  package var libraries: [String] = []

  package init(_ estimator: Estimator, _ formula: Formula, frame: Frame, target: Target) {
    self.estimator = estimator
    self.formula = formula
    self.frame = frame
    self.target = target
  }

  /// The same with some of the rows; those to stop early on are taken along.
  package func rows(_ indices: [Int]) -> TrainingRequest {
    var request = self
    request.frame = frame.rows(indices)
    request.target = target.rows(indices)
    request.weights = weights.map { all in indices.map { all[$0] } }
    request.offset = offset.map { all in indices.map { all[$0] } }
    request.groups = groups.map { all in indices.map { all[$0] } }
    request.units = units.map { all in indices.map { all[$0] } }
    let kept = Set(validation)
    request.validation = indices.indices.filter { kept.contains(indices[$0]) }
    return request
  }

  /// The fold of each row: parts of the range of hashes, else by a mix of seed and place
  /// (SplitMix64: Steele, Lea and Flood 2014).
  package var foldOfRows: [Int32] {
    let count = UInt64(max(1, foldCount))
    if let units { return units.map { Int32(($0 &* count) >> 32) } }
    return (0..<frame.rowCount).map { Int32(SeededMix.mix(seed &+ 1, unit($0)) % count) }
  }

  /// The same with a tenth of the units kept out of fitting, to stop early on.
  package func holdingOutTenth() throws(EstimationError) -> TrainingRequest {
    var request = self
    request.validation = (0..<frame.rowCount).filter {
      SeededMix.mix(seed &+ 2, unit($0)) % 10 == 0
    }
    guard !request.validation.isEmpty, request.validation.count < frame.rowCount else {
      throw .tooFewRows(
        rows: frame.rowCount, needed: 20, why: "a tenth held out for `patience`")
    }
    return request
  }

  private func unit(_ row: Int) -> UInt64 {
    units?[row] ?? groups.map { UInt64(UInt32(bitPattern: $0[row])) } ?? UInt64(row)
  }
}

/// Numbers that look random and depend on seed and place alone.
enum SeededMix {
  static func mix(_ seed: UInt64, _ place: UInt64) -> UInt64 {
    var z = (seed &* 0xD1B5_4A32_D192_ED03) &+ (place &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 up to 1.
  static func uniform(_ seed: UInt64, _ place: UInt64) -> Double {
    Double(mix(seed, place) >> 11) * 0x1p-53
  }
}
