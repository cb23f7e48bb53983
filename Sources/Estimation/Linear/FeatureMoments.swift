/// Means and standard deviations of the features, and the refusal of rows that no coefficients
/// can be estimated from.
struct FeatureMoments: Sendable {
  var means: [Double]
  var deviations: [Double]

  /// With weights a row counts as so many rows as its weight says.
  init(
    _ design: Design, weights: [Double]?, sharing: WorkSharing
  ) throws(EstimationError) {
    let width = design.width
    guard width > 0 else { throw .noFeatures }
    guard design.rowCount >= width else {
      throw .tooFewRows(
        rows: design.rowCount, needed: width, why: "estimating \(width) coefficients")
    }
    let rows = Double(design.rowCount)
    let moments = sharing.map(width) { column -> (Double, Double) in
      if let weights {
        let (mean, square) = Self.weighted(design.column(column), weights)
        return (mean, (square * rows / max(1, rows - 1)).squareRoot())
      }
      let mean = design.column(column).reduce(0, +) / rows
      let squares = design.column(column).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / max(1, rows - 1)).squareRoot())
    }
    means = moments.map(\.0)
    deviations = moments.map(\.1)
    for column in 0..<width where !(means[column].isFinite && deviations[column].isFinite) {
      throw .beyond(design.features[column].name, design.column(column))
    }
  }

  /// The mean, and the mean square of the distance from it.
  static func weighted(
    _ values: some Collection<Double>, _ weights: [Double]
  ) -> (Double, Double) {
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(values, weights).reduce(0) { sum, row in
      sum + row.1 * (row.0 - mean) * (row.0 - mean)
    }
    return (mean, squares / total)
  }
}

extension Design {
  /// Throws for the first feature that follows from those before it.
  func refuseAliased(_ triangle: Triangle) throws(EstimationError) {
    guard let first = triangle.aliased(width).first else { return }
    // Only weights that are nothing make the intercept follow from nothing.
    if first.others.isEmpty, features[first.column].kind == .intercept {
      throw .extremeValues("the target")
    }
    throw .collinear(
      feature: features[first.column].name, with: first.others.map { features[$0].name })
  }
}

extension EstimationError {
  /// Why the squares of a feature's values have no sum.
  static func beyond(_ feature: String, _ values: [Double]) -> EstimationError {
    let infinite = values.count { !$0.isFinite }
    return infinite == 0
      ? .extremeValues("`\(feature)`") : .infiniteValues("`\(feature)`", rows: infinite)
  }
}
