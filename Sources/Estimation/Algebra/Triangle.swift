import CLinearAlgebra

/// The triangle R of a QR decomposition of rows, all that least squares needs to know of them:
/// R'R is the matrix of cross products, without its loss of digits.
struct Triangle: Sendable {
  var order: Int
  /// Upper, by columns.
  var values: [Double]

  init(order: Int) {
    self.order = order
    values = [Double](repeating: 0, count: order * order)
  }

  subscript(row: Int, column: Int) -> Double { values[row + column * order] }

  /// Takes in the rows that another triangle stands for.
  mutating func absorb(_ other: Triangle) {
    var scratch = [Double](repeating: 0, count: order * (order + 2))
    other.values.withUnsafeBufferPointer { rows in
      let block = whom_block(
        values: rows.baseAddress, rows: order, columns: order, stride: order)
      whom_absorb_rows(block, nil, nil, &values, &scratch)
    }
  }

  static func joined(_ parts: [Triangle], order: Int) -> Triangle {
    parts.reduce(into: Triangle(order: order)) { $0.absorb($1) }
  }

  // MARK: Solving

  /// The coefficients of the first `count` columns for the column `target`.
  func solution(_ count: Int, target: Int) -> [Double] {
    solve(count, (0..<count).map { self[$0, target] })
  }

  /// Solves R x = right, for the leading square of R.
  func solve(_ count: Int, _ right: [Double]) -> [Double] {
    var x = right
    for column in stride(from: count - 1, through: 0, by: -1) {
      x[column] /= self[column, column]
      for row in 0..<column { x[row] -= self[row, column] * x[column] }
    }
    return x
  }

  /// The inverse of the leading square of R, upper, by columns.
  func inverse(_ count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: column + 1)
      unit[column] = 1
      for (row, value) in solve(column + 1, unit).enumerated() {
        result[row + column * count] = value
      }
    }
    return result
  }

  /// The inverse of the cross products of the first `count` columns: symmetric, by columns.
  func inverseCrossProducts(_ count: Int) -> [Double] {
    let inverse = inverse(count)
    var result = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in i..<count {
        var sum = 0.0
        for k in j..<count { sum += inverse[i + k * count] * inverse[j + k * count] }
        result[i + j * count] = sum
        result[j + i * count] = sum
      }
    }
    return result
  }

  /// The length of a column of the rows.
  func length(_ column: Int) -> Double {
    var sum = 0.0
    for row in 0...column { sum += self[row, column] * self[row, column] }
    return sum.squareRoot()
  }

  /// Columns among the first `count` that follow from those before them, each with these: what
  /// is left of it is below `tolerance` of its length.
  func aliased(_ count: Int, tolerance: Double = 1e-9) -> [AliasedColumn] {
    var kept: [Int] = []
    var found: [AliasedColumn] = []
    for column in 0..<count {
      let length = length(column)
      let rest = abs(remainder(column, kept))
      if rest > tolerance * length {
        kept.append(column)
      } else {
        found.append(
          AliasedColumn(
            column: column, others: others(column, kept, length), isExact: rest <= 1e-12 * length))
      }
    }
    return found
  }

  /// What is left of a column beside the kept ones: rows of R at dropped columns count too.
  private func remainder(_ column: Int, _ kept: [Int]) -> Double {
    guard kept.count < column else { return self[column, column] }
    let (basis, _) = reduced(kept + [column])
    return basis[kept.count, kept.count]
  }

  private func reduced(_ columns: [Int]) -> (Triangle, [Int]) {
    var small = Triangle(order: columns.count)
    var rows: [Double] = []
    for column in columns { rows += values[column * order..<(column + 1) * order] }
    var scratch = [Double](repeating: 0, count: order * (columns.count + 2))
    rows.withUnsafeBufferPointer { rows in
      let block = whom_block(
        values: rows.baseAddress, rows: order, columns: columns.count, stride: order)
      whom_absorb_rows(block, nil, nil, &small.values, &scratch)
    }
    return (small, columns)
  }

  private func others(_ column: Int, _ kept: [Int], _ length: Double) -> [Int] {
    let (small, _) = reduced(kept + [column])
    let shares = small.solution(kept.count, target: kept.count)
    return zip(kept, shares).filter { abs($1) * self.length($0) > 1e-6 * length }.map(\.0)
  }
}

/// A column that follows from others: to the last digits, or closer than estimates can tell apart.
struct AliasedColumn {
  var column: Int
  var others: [Int]
  var isExact: Bool
}

extension Design {
  /// The triangle of the rows, with the target as its last column if there is one.
  func triangle(
    weights: [Double]? = nil, target: [Double]? = nil, sharing: WorkSharing
  ) -> Triangle {
    let order = width + (target == nil ? 0 : 1)
    let parts = sharing.map(Pieces.count(rowCount)) { piece in
      var triangle = Triangle(order: order)
      var scratch = [Double](repeating: 0, count: Pieces.block * (order + 1))
      for rows in Pieces.blocks(Pieces.range(piece, of: rowCount)) {
        withBlock(rows) { block in
          Self.at(rows.lowerBound, weights) { weights in
            Self.at(rows.lowerBound, target) { target in
              whom_absorb_rows(block, weights, target, &triangle.values, &scratch)
            }
          }
        }
      }
      return triangle
    }
    return Triangle.joined(parts, order: order)
  }

  private static func at(
    _ start: Int, _ values: [Double]?, _ body: (UnsafePointer<Double>?) -> Void
  ) {
    guard let values else { return body(nil) }
    values.withUnsafeBufferPointer { body($0.baseAddress?.advanced(by: start)) }
  }

  /// Each row times a vector of coefficients, plus a start.
  package func times(_ vector: [Double], plus start: [Double]? = nil) -> [Double] {
    var result = start ?? [Double](repeating: 0, count: rowCount)
    for rows in Pieces.blocks(0..<rowCount) {
      withBlock(rows) { block in
        result.withUnsafeMutableBufferPointer { result in
          guard let place = result.baseAddress?.advanced(by: rows.lowerBound) else { return }
          whom_multiply(block, vector, place, place)
        }
      }
    }
    return result
  }
}
