/// The base of a type: what kind of value a column or an expression has, without nullability
/// and labels (those are in `ValueType`).
package indirect enum DataType: Hashable, Sendable {
  case bool
  case int
  case float
  /// An exact number with `scale` digits behind the point, at most 38 digits in all.
  case decimal(precision: Int, scale: Int)
  case text
  case date
  /// An instant in UTC, in microseconds.
  case timestamp
  /// An exact length of time, up to weeks: `30 days`, `90 minutes`.
  case duration
  /// A calendar amount: `1 month`, `2 years`. A month is not 30 days.
  case months
  /// A half-open range of dates: `@2025-Q1`.
  case period
  case list(ValueType)
  case record([Column])
  case json
  /// The type of `null` alone; fits every nullable type.
  case null

  package var isNumber: Bool {
    switch self {
    case .int, .float, .decimal: true
    case .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record, .json,
      .null:
      false
    }
  }

  /// Whether values of this type have an order (`<`, `sort`, `min`).
  package var isOrdered: Bool {
    switch self {
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months: true
    case .period, .list, .record, .json, .null: false
    }
  }
}

/// A type as the checker knows it: base, nullability and the labels that travel with it.
package struct ValueType: Hashable, Sendable {
  package var base: DataType
  package var isNullable: Bool
  package var labels: LabelSet

  package init(_ base: DataType, nullable: Bool = false, labels: LabelSet = LabelSet()) {
    self.base = base
    self.isNullable = nullable || base == .null
    self.labels = labels
  }

  package var nullable: ValueType { ValueType(base, nullable: true, labels: labels) }
  package var nonNull: ValueType { ValueType(base, nullable: false, labels: labels) }
  package func labelled(_ labels: LabelSet) -> ValueType {
    ValueType(base, nullable: isNullable, labels: labels)
  }
}

extension DataType: CustomStringConvertible {
  /// As the user writes it: `decimal(12, 2)`, `list<text>`.
  package var description: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .months: "months"
    case .period: "period"
    case .list(let element): "list<\(element)>"
    case .record(let fields):
      "record{" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "}"
    case .json: "json"
    case .null: "null"
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// `int?`, `decimal(12, 2) money(USD)`; labels follow the type.
  package var description: String {
    let type = base == .null ? "null" : "\(base)" + (isNullable ? "?" : "")
    return labels.isEmpty ? type : "\(type) \(labels)"
  }
}

extension DataType {
  /// A type of single values as its description says it; nil of lists and records, whose fields
  /// may have any name.
  package init?(described text: String) {
    let plain: [DataType] = [
      .bool, .int, .float, .text, .date, .timestamp, .duration, .months, .period, .json, .null,
    ]
    if let type = plain.first(where: { "\($0)" == text }) {
      self = type
      return
    }
    let digits = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    guard digits.count == 2, (1...38).contains(digits[0]), (0...digits[0]).contains(digits[1]),
      text == "\(DataType.decimal(precision: digits[0], scale: digits[1]))"
    else { return nil }
    self = .decimal(precision: digits[0], scale: digits[1])
  }
}
