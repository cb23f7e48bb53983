package import Values

extension Schema {
  /// The columns in which a result is not what the checker promised; empty when all is well.
  ///
  /// The engine may be wider where reading brings it home: a whole sum is `decimal(38, 0)` for
  /// `int`, an interval stands for `duration` and `months`, text for `json`.
  package func disagreements(with fields: [ArrowField]) -> [ColumnarError] {
    guard fields.count == count else {
      return [.malformed("\(fields.count) columns instead of \(count)")]
    }
    var result: [ColumnarError] = []
    for (column, field) in zip(columns, fields) {
      if column.name != field.name {
        result.append(.malformed("a column '\(field.name)' instead of '\(column.name)'"))
      } else if !field.type.stands(for: column.type.base) {
        result.append(
          .mismatch(column: column.name, found: field.type, wanted: column.type.base))
      }
    }
    return result
  }
}

extension ArrowType {
  /// Whether reading this type as `wanted` is what was meant, not merely possible: a decimal
  /// read as `float` would be possible.
  func stands(for wanted: DataType) -> Bool {
    // A column of nothing has whatever type the engine likes.
    if wanted == .null { return true }
    return switch self {
    case .null: true
    case .bool: wanted == .bool
    case .int: wanted == .int
    case .float: wanted == .float
    case .decimal(_, let scale, _): Self.decimal(scale, standsFor: wanted)
    case .date: wanted == .date
    case .timestamp: wanted == .timestamp
    case .time, .duration: wanted == .duration
    case .interval: wanted == .duration || wanted == .months
    case .text: Self.text(standsFor: wanted)
    case .binary, .fixedBinary: wanted == .text
    case .list(let element, _), .fixedList(let element, _), .map(let element):
      if case .list(let type) = wanted { element.type.stands(for: type.base) } else { false }
    case .record(let fields): Self.record(fields, standsFor: wanted)
    case .dictionary(_, let values): values.stands(for: wanted)
    case .unsupported: false
    }
  }

  /// Some engines send exact numbers and documents as text, and nothing at all.
  private static func text(standsFor wanted: DataType) -> Bool {
    switch wanted {
    case .text, .json, .null, .decimal, .record: true
    case .bool, .int, .float, .date, .timestamp, .duration, .months, .period, .list: false
    }
  }

  private static func decimal(_ scale: Int, standsFor wanted: DataType) -> Bool {
    if case .decimal(_, let promised) = wanted { return scale == promised }
    return wanted == .int && scale == 0
  }

  private static func record(_ fields: [ArrowField], standsFor wanted: DataType) -> Bool {
    if case .record(let columns) = wanted {
      return Schema(columns).disagreements(with: fields).isEmpty
    }
    return wanted == .period && fields.map(\.type) == [.date(.day), .date(.day)]
  }
}
