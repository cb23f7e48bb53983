/// The type of an Arrow array, parsed from its format string once and then switched over.
package indirect enum ArrowType: Hashable, Sendable {
  case null
  case bool
  case int(bits: Int, signed: Bool)
  case float(bits: Int)
  case decimal(precision: Int, scale: Int, bits: Int)
  case text(Layout)
  case binary(Layout)
  case fixedBinary(width: Int)
  case date(DateUnit)
  case time(TimeUnit)
  /// `zone` is empty for a timestamp without one.
  case timestamp(TimeUnit, zone: String)
  case duration(TimeUnit)
  case interval(IntervalUnit)
  case list(ArrowField, Layout)
  case fixedList(ArrowField, size: Int)
  case record([ArrowField])
  /// Entries are records of a key and a value.
  case map(ArrowField)
  case dictionary(indexes: ArrowType, values: ArrowType)
  /// Anything else, by its format string: unions, run-end encoding, what comes after this.
  case unsupported(String)

  /// How values of varying length are found in their buffers.
  package enum Layout: Hashable, Sendable {
    /// 32-bit offsets.
    case small
    /// 64-bit offsets.
    case large
    /// Views for text; offsets with sizes for lists.
    case view
  }

  package enum DateUnit: Hashable, Sendable {
    case day, millisecond
  }

  package enum TimeUnit: Int64, Hashable, Sendable {
    case second = 1
    case millisecond = 1000
    case microsecond = 1_000_000
    case nanosecond = 1_000_000_000
  }

  package enum IntervalUnit: Hashable, Sendable {
    case months, dayTime, monthDayNano
  }
}

/// A column of an Arrow schema, or the child of a nested type.
package struct ArrowField: Hashable, Sendable {
  package var name: String
  package var type: ArrowType
  package var isNullable: Bool
  /// The logical type laid over `type`, as in `arrow.json`; empty when there is none.
  package var extensionName: String

  package init(_ name: String, _ type: ArrowType, nullable: Bool = true, extension: String = "") {
    self.name = name
    self.type = type
    self.isNullable = nullable
    self.extensionName = `extension`
  }
}

extension ArrowType: CustomStringConvertible {
  /// Arrow's own words: `int64`, `decimal128(38, 0)`, `list<utf8>`.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int(let bits, let signed): (signed ? "int" : "uint") + "\(bits)"
    case .float(let bits): "float\(bits)"
    case .decimal(let precision, let scale, let bits): "decimal\(bits)(\(precision), \(scale))"
    case .text(let layout): layout.prefix + "utf8"
    case .binary(let layout): layout.prefix + "binary"
    case .fixedBinary(let width): "fixed_binary(\(width))"
    case .date(.day): "date32"
    case .date(.millisecond): "date64"
    case .time(let unit): "time(\(unit))"
    case .timestamp(let unit, let zone):
      "timestamp(\(unit)" + (zone.isEmpty ? ")" : ", \(zone))")
    case .duration(let unit): "duration(\(unit))"
    case .interval(let unit): "interval(\(unit))"
    case .list(let element, let layout): layout.prefix + "list<\(element.type)>"
    case .fixedList(let element, let size): "list<\(element.type)>[\(size)]"
    case .record(let fields):
      "struct<" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + ">"
    case .map(let entries): "map<\(entries.type)>"
    case .dictionary(let indexes, let values): "dictionary<\(indexes), \(values)>"
    case .unsupported(let format): "'\(format)'"
    }
  }
}

extension ArrowType.Layout {
  var prefix: String {
    switch self {
    case .small: ""
    case .large: "large_"
    case .view: "view_"
    }
  }
}
