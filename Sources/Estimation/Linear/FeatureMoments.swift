/// Means and standard deviations of the features, from one decomposition of the rows, and the
/// refusal of features that others determine.
struct FeatureMoments: Sendable {
  var means: [Double]
  var deviations: [Double]
  var triangle: Triangle

  /// Throws for aliased features and for columns of nothing but one value.
  init(_ design: Design, target: [Double]? = nil, sharing: WorkSharing) throws(EstimationError) {
    triangle = design.triangle(target: target, sharing: sharing)
    let width = design.width
    guard width > 0 else { throw .noFeatures }
    guard design.rowCount >= width else {
      throw .tooFewRows(
        rows: design.rowCount, needed: width, why: "estimating \(width) coefficients")
    }
    guard triangle.values.allSatisfy(\.isFinite) else {
      throw .infiniteValues("a feature", rows: design.values.count { !$0.isFinite })
    }
    if let first = triangle.aliased(width).first {
      throw .collinear(
        feature: design.features[first.column].name,
        with: first.others.map { design.features[$0].name })
    }
    (means, deviations) = Self.moments(design, triangle)
  }

  private static func moments(_ design: Design, _ triangle: Triangle) -> ([Double], [Double]) {
    let rows = Double(design.rowCount)
    let freedom = max(1, rows - 1).squareRoot()
    guard design.interceptIndex == 0 else { return plainMoments(design) }
    let means = (0..<design.width).map { triangle[0, $0] / triangle[0, 0] }
    let deviations = (0..<design.width).map { column -> Double in
      guard column > 0 else { return 0 }
      let squares = (1...column).reduce(0.0) { $0 + triangle[$1, column] * triangle[$1, column] }
      return squares.squareRoot() / freedom
    }
    return (means, deviations)
  }

  private static func plainMoments(_ design: Design) -> ([Double], [Double]) {
    let rows = Double(design.rowCount)
    var means: [Double] = []
    var deviations: [Double] = []
    for column in 0..<design.width {
      let mean = design.column(column).reduce(0, +) / rows
      let squares = design.column(column).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      means.append(mean)
      deviations.append((squares / max(1, rows - 1)).squareRoot())
    }
    return (means, deviations)
  }
}
