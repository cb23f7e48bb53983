import CLinearAlgebra

extension Design {
  /// The cross products of the columns, each row counted with its weight: symmetric.
  func weightedCrossProducts(_ weights: [Double], sharing: WorkSharing) -> [Double] {
    let parts = sharing.map(Pieces.count(rowCount)) { piece in
      var sum = [Double](repeating: 0, count: width * width)
      var scratch = [Double](repeating: 0, count: Pieces.block)
      for rows in Pieces.blocks(Pieces.range(piece, of: rowCount)) {
        withBlock(rows) { block in
          weights.withUnsafeBufferPointer { weights in
            whom_weighted_gram(
              block, weights.baseAddress?.advanced(by: rows.lowerBound), &sum, &scratch)
          }
        }
      }
      return sum
    }
    return parts.reduce(into: [Double](repeating: 0, count: width * width)) { sum, part in
      for index in sum.indices { sum[index] += part[index] }
    }
  }

  /// The squared length of each row times a square factor: its leverage, for the inverse of R.
  func rowLengths(times factor: [Double], sharing: WorkSharing) -> [Double] {
    let parts = sharing.map(Pieces.count(rowCount)) { piece in
      var lengths: [Double] = []
      var result = [Double](repeating: 0, count: Pieces.block)
      var scratch = result
      for rows in Pieces.blocks(Pieces.range(piece, of: rowCount)) {
        withBlock(rows) { whom_row_lengths($0, factor, &result, &scratch) }
        lengths += result.prefix(rows.count)
      }
      return lengths
    }
    return parts.flatMap { $0 }
  }

  /// The cross products of the columns with a vector.
  func crossProducts(with vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: width)
    for rows in Pieces.blocks(0..<rowCount) {
      withBlock(rows) { block in
        vector.withUnsafeBufferPointer { vector in
          guard let start = vector.baseAddress?.advanced(by: rows.lowerBound) else { return }
          whom_multiply_transposed(block, start, &result)
        }
      }
    }
    return result
  }
}

/// Products of small square matrices, by columns.
enum SquareMatrix {
  /// bread * meat * bread, the shape of a robust covariance (White 1980).
  static func sandwich(_ bread: [Double], _ meat: [Double], order: Int) -> [Double] {
    product(product(bread, meat, order), bread, order)
  }

  static func product(_ a: [Double], _ b: [Double], _ order: Int) -> [Double] {
    var result = [Double](repeating: 0, count: order * order)
    for column in 0..<order {
      for k in 0..<order {
        let factor = b[k + column * order]
        guard factor != 0 else { continue }
        for row in 0..<order { result[row + column * order] += a[row + k * order] * factor }
      }
    }
    return result
  }
}
