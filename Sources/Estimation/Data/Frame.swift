/// Rows as columns of values: what a model is trained on and what it scores.
///
/// The rows come in an order that depends on their content alone (sorted by a key); the caller
/// sees to that. Then the same rows give the same model, whatever order a file had them in.
package struct Frame: Sendable {
  package var rowCount: Int
  package var columns: [FrameColumn]

  package init(rowCount: Int, columns: [FrameColumn]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  package func column(_ name: String) throws(EstimationError) -> FrameColumn {
    for column in columns where column.name == name {
      guard column.values.count == rowCount else {
        throw .lengthMismatch(name, found: column.values.count, wanted: rowCount)
      }
      return column
    }
    throw .missingColumn(name)
  }

  /// Some of the rows, in the order given.
  package func rows(_ indices: [Int]) -> Frame {
    Frame(
      rowCount: indices.count,
      columns: columns.map { FrameColumn($0.name, $0.values.rows(indices)) })
  }
}

package struct FrameColumn: Sendable {
  package var name: String
  package var values: FrameValues

  package init(_ name: String, _ values: FrameValues) {
    self.name = name
    self.values = values
  }
}

package enum FrameValues: Sendable {
  /// NaN is missing.
  case numbers([Double])
  /// A negative code is missing, or `unseen`; the others point into `levels`.
  case categories(codes: [Int32], levels: [String])
  /// 0, 1, or negative for missing.
  case booleans([Int8])
  /// Days since 1970-01-01; `Int32.min` is missing.
  case dates([Int32])

  /// The code of a value that is not among the levels.
  package static let unseen: Int32 = -2

  package var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .categories(let codes, _): codes.count
    case .booleans(let values): values.count
    case .dates(let values): values.count
    }
  }

  func rows(_ indices: [Int]) -> FrameValues {
    switch self {
    case .numbers(let values): .numbers(indices.map { values[$0] })
    case .categories(let codes, let levels): Self.categories(indices.map { codes[$0] }, levels)
    case .booleans(let values): .booleans(indices.map { values[$0] })
    case .dates(let values): .dates(indices.map { values[$0] })
    }
  }

  /// Where there are more levels than rows, only those that a row has, so that few rows of many
  /// cost no more than they are.
  private static func categories(_ codes: [Int32], _ levels: [String]) -> FrameValues {
    guard levels.count > codes.count else { return .categories(codes: codes, levels: levels) }
    var places: [Int32: Int32] = [:]
    var used: [String] = []
    let own = codes.map { code -> Int32 in
      guard code >= 0 else { return code }
      if let place = places[code] { return place }
      let place = Int32(used.count)
      places[code] = place
      used.append(levels[Int(code)])
      return place
    }
    return .categories(codes: own, levels: used)
  }

  /// Some of the rows, in the order given.
  package func rows(_ indices: [Int32]) -> FrameValues {
    switch self {
    case .numbers(let values): .numbers(indices.map { values[Int($0)] })
    case .categories(let codes, let levels):
      .categories(codes: indices.map { codes[Int($0)] }, levels: levels)
    case .booleans(let values): .booleans(indices.map { values[Int($0)] })
    case .dates(let values): .dates(indices.map { values[Int($0)] })
    }
  }

  /// The levels in the order in which the rows first have them.
  package var renumbered: FrameValues {
    guard case .categories(let codes, let levels) = self else { return self }
    var places = [Int32](repeating: -1, count: levels.count)
    var names: [String] = []
    for code in codes where code >= 0 && places[Int(code)] < 0 {
      places[Int(code)] = Int32(names.count)
      names.append(levels[Int(code)])
    }
    return .categories(codes: codes.map { $0 < 0 ? $0 : places[Int($0)] }, levels: names)
  }
}
