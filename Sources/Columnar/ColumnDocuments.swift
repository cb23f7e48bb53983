import CArrowADBC
import Values

extension ColumnVector {
  /// Records and lists that an engine holds as JSON documents.
  func documentReader(as target: DataType, _ text: @escaping RowReader) -> RowReader {
    let name = name
    let found = type
    return { (row) throws(ColumnarError) -> Value in
      guard case .text(let text) = try text(row), let document = JSONReader.read(text),
        let value = Self.value(document, target)
      else { throw .mismatch(column: name, found: found, wanted: target) }
      return value
    }
  }

  /// The document as a value of a type; nil where it does not fit.
  private static func value(_ document: JSONValue, _ type: DataType) -> Value? {
    switch (type, document) {
    case (_, .null): return .null
    case (.bool, .bool(let flag)): return .bool(flag)
    case (.int, .number(let digits)): return Int64(digits).map { .int($0) }
    case (.float, .number(let digits)): return Double(digits).map { .float($0) }
    case (.text, .string(let text)): return .text(text)
    case (.json, _): return .text(document.text)
    case (.date, .string(let text)): return DocumentTimes.date(text)
    case (.timestamp, .string(let text)): return DocumentTimes.instant(text)
    case (.list(let element), .array(let items)):
      let values = items.map { value($0, element.base) }
      return values.contains(nil) ? nil : .list(values.compactMap(\.self))
    case (.record(let columns), .object(let members)): return record(columns, members)
    default: return nil
    }
  }

  /// The fields in the order of the type; a document has its own.
  private static func record(
    _ columns: [Column], _ members: [JSONValue.Member]
  ) -> Value? {
    var fields: [Value.Field] = []
    for column in columns {
      guard let member = members.first(where: { $0.name == column.name }),
        let field = value(member.value, column.type.base)
      else { return nil }
      fields.append(Value.Field(column.name, field))
    }
    return .record(fields)
  }
}

/// Dates and instants as PostgreSQL writes them in documents.
private enum DocumentTimes {
  static func date(_ text: String) -> Value? {
    Calendar.days(iso: text.prefix(10)).map { .date(Int32($0)) }
  }

  /// `2025-01-31T09:30:00.5+00:00`
  static func instant(_ text: String) -> Value? {
    guard let days = Calendar.days(iso: text.prefix(10)) else { return nil }
    let clock = text.dropFirst(11).prefix { $0.isNumber || $0 == ":" || $0 == "." }
    let parts = clock.split(separator: ":")
    guard parts.count == 3, let hours = Int64(parts[0]), let minutes = Int64(parts[1]),
      let seconds = Double(parts[2])
    else { return nil }
    let micros = Int64((seconds * 1_000_000).rounded())
    return .timestamp(Int64(days) * 86_400_000_000 + (hours * 60 + minutes) * 60_000_000 + micros)
  }
}
