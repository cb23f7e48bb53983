import Glibc

/// The least squares of a triangle under an elastic net penalty, by coordinate descent
/// (Friedman, Hastie and Tibshirani 2010, "Regularization paths for generalized linear models
/// via coordinate descent", equations 5 to 10). Features count in units of their standard
/// deviations; the intercept is free.
struct PenalizedQuadratic {
  /// 1 where the first column is the intercept.
  private let first: Int
  private let width: Int
  private let triangle: Triangle
  private let scales: [Double]
  /// Cross products of the scaled, centred features, divided by the weight of the rows.
  private let products: [Double]
  /// With the target.
  private let targets: [Double]
  /// The mean square of the centred target: what changes are measured by.
  private let spread: Double

  /// The target is the column after the features.
  init(_ triangle: Triangle, width: Int, hasIntercept: Bool, scales: [Double], total: Double) {
    let first = hasIntercept ? 1 : 0
    self.first = first
    self.width = width
    self.triangle = triangle
    self.scales = scales
    let count = width - first
    var products = [Double](repeating: 0, count: count * count)
    var targets = [Double](repeating: 0, count: count)
    for i in 0..<count {
      let a = i + first
      for j in i..<count + 1 {
        let b = j + first
        var sum = 0.0
        for row in first...a { sum += triangle[row, a] * triangle[row, b] }
        guard j < count else {
          targets[i] = Self.scaled(sum / total, scales[a])
          continue
        }
        let value = Self.scaled(Self.scaled(sum / total, scales[a]), scales[b])
        products[i + j * count] = value
        products[j + i * count] = value
      }
    }
    self.products = products
    self.targets = targets
    spread = (first...width).reduce(0) { $0 + triangle[$1, width] * triangle[$1, width] } / total
  }

  private static func scaled(_ value: Double, _ scale: Double) -> Double {
    scale > 0 ? value / scale : 0
  }

  /// The smallest penalty that leaves every feature out.
  func largestPenalty(mix: Double) -> Double {
    (targets.map { abs($0) }.max() ?? 0) / max(mix, 0.001)
  }

  /// Coefficients of the features as they are, the intercept among them, from a start.
  func solve(penalty: Double, mix: Double, start: [Double]) -> [Double] {
    let count = width - first
    var beta = (0..<count).map { start[$0 + first] * scales[$0 + first] }
    var nextLook = 64
    for sweep in 1...100_000 {
      if sweep == nextLook {
        if let exact = settled(beta, penalty: penalty, mix: mix) { return unscaled(exact) }
        nextLook *= 2
      }
      var largest = 0.0
      for j in 0..<count where scales[j + first] > 0 {
        let old = beta[j]
        var rest = targets[j]
        for k in 0..<count where beta[k] != 0 { rest -= products[k + j * count] * beta[k] }
        rest += products[j + j * count] * old
        let next =
          Self.soft(rest, penalty * mix) / (products[j + j * count] + penalty * (1 - mix))
        guard next != old else { continue }
        beta[j] = next
        largest = max(largest, products[j + j * count] * (next - old) * (next - old))
      }
      if largest <= 1e-20 * spread { break }
    }
    return unscaled(beta)
  }

  /// Descent along close features takes very many steps. Once it is known which coefficients are 0
  /// and on which side the others lie, these solve linear equations; nil where that solution is not
  /// the least one (its signs or the limits of those at 0 do not hold).
  private func settled(_ beta: [Double], penalty: Double, mix: Double) -> [Double]? {
    let count = beta.count
    let active = beta.indices.filter { beta[$0] != 0 }
    var matrix = active.map { j in active.map { k in products[k + j * count] } }
    for place in active.indices { matrix[place][place] += penalty * (1 - mix) }
    let wanted = active.map { targets[$0] - penalty * mix * (beta[$0] > 0 ? 1 : -1) }
    guard let solved = Self.solved(matrix, wanted) else { return nil }
    var result = [Double](repeating: 0, count: count)
    for (place, j) in active.enumerated() {
      guard solved[place] * beta[j] > 0 else { return nil }
      result[j] = solved[place]
    }
    for j in 0..<count where beta[j] == 0 && scales[j + first] > 0 {
      let rest = active.reduce(targets[j]) { $0 - products[$1 + j * count] * result[$1] }
      guard abs(rest) <= penalty * mix * (1 + 1e-9) else { return nil }
    }
    return result
  }

  /// By Cholesky's factors; nil where the matrix is, all but, singular.
  private static func solved(_ matrix: [[Double]], _ wanted: [Double]) -> [Double]? {
    var factor = matrix
    var result = wanted
    for i in matrix.indices {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
        if i == j {
          guard sum > 1e-13 * matrix[i][i] else { return nil }
          factor[i][i] = sum.squareRoot()
        } else {
          factor[i][j] = sum / factor[j][j]
        }
      }
    }
    for i in result.indices {
      for k in 0..<i { result[i] -= factor[i][k] * result[k] }
      result[i] /= factor[i][i]
    }
    for i in result.indices.reversed() {
      for k in i + 1..<result.count { result[i] -= factor[k][i] * result[k] }
      result[i] /= factor[i][i]
    }
    return result.allSatisfy(\.isFinite) ? result : nil
  }

  private static func soft(_ x: Double, _ limit: Double) -> Double {
    x > limit ? x - limit : x < -limit ? x + limit : 0
  }

  private func unscaled(_ beta: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: width)
    for (index, value) in beta.enumerated() {
      result[index + first] = Self.scaled(value, scales[index + first])
    }
    guard first == 1 else { return result }
    var rest = triangle[0, width]
    for column in 1..<width { rest -= triangle[0, column] * result[column] }
    result[0] = rest / triangle[0, 0]
    return result
  }
}
