/// Means and standard deviations of the features, and the refusal of rows that no coefficients
/// can be estimated from.
struct FeatureMoments: Sendable {
  var means: [Double]
  var deviations: [Double]

  init(_ design: Design, sharing: WorkSharing) throws(EstimationError) {
    let width = design.width
    guard width > 0 else { throw .noFeatures }
    guard design.rowCount >= width else {
      throw .tooFewRows(
        rows: design.rowCount, needed: width, why: "estimating \(width) coefficients")
    }
    let rows = Double(design.rowCount)
    let moments = sharing.map(width) { column in
      let mean = design.column(column).reduce(0, +) / rows
      let squares = design.column(column).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / max(1, rows - 1)).squareRoot())
    }
    means = moments.map(\.0)
    deviations = moments.map(\.1)
    for column in 0..<width where !(means[column].isFinite && deviations[column].isFinite) {
      throw .infiniteValues(
        "`\(design.features[column].name)`", rows: design.column(column).count { !$0.isFinite })
    }
  }
}

extension Design {
  /// Throws for the first feature that follows from those before it.
  func refuseAliased(_ triangle: Triangle) throws(EstimationError) {
    guard let first = triangle.aliased(width).first else { return }
    throw .collinear(
      feature: features[first.column].name, with: first.others.map { features[$0].name })
  }
}
