package import Values

extension ArrowField {
  /// The Whom type that holds every value of this column, or an error that names the column.
  ///
  ///     int32            int?
  ///     uint64           int?       a value beyond 64 bits is an overflow when it is read
  ///     decimal(12, 2)   decimal(12, 2)?
  ///     timestamp[us]    timestamp?
  ///     dictionary       the type of its values
  package func whomType() throws(ColumnarError) -> ValueType {
    if extensionName == "arrow.json" { return ValueType(.json, nullable: isNullable) }
    return ValueType(try whomBase(of: type), nullable: isNullable)
  }

  private func whomBase(of type: ArrowType) throws(ColumnarError) -> DataType {
    switch type {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .decimal(let precision, let scale, _):
      .decimal(precision: min(precision, 38), scale: min(scale, 38))
    case .text, .binary, .fixedBinary: .text
    case .date: .date
    case .timestamp: .timestamp
    case .time, .duration, .interval(.dayTime), .interval(.monthDayNano): .duration
    case .interval(.months): .months
    case .list(let element, _), .fixedList(let element, _): .list(try element.whomType())
    case .map(let entries): .list(try entries.whomType())
    case .record(let fields): .record(try Schema.columns(of: fields))
    case .dictionary(_, let values): try whomBase(of: values)
    case .unsupported: throw .unsupported(column: name, type: type)
    }
  }
}

extension Schema {
  /// The columns of a result as Whom types; nullable wherever Arrow allows nulls.
  package init(arrow fields: [ArrowField]) throws(ColumnarError) {
    self.init(try Schema.columns(of: fields))
  }

  static func columns(of fields: [ArrowField]) throws(ColumnarError) -> [Column] {
    var columns: [Column] = []
    for field in fields { columns.append(Column(field.name, try field.whomType())) }
    return columns
  }
}
