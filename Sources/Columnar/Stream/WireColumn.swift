import CArrowADBC
import Values

/// How a column of the engine becomes one of an Arrow stream: as it lies in memory where it has
/// the type that Whom promised, else value by value.
enum WireColumn {
  case same(ArrowField)
  case converted(ArrowField, DataType)

  init(_ field: ArrowField, _ column: Column) throws(ColumnarError) {
    guard let wanted = Self.type(of: column.type.base, field.type) else {
      throw .unsupported(column: column.name, type: field.type)
    }
    let target = ArrowField(column.name, wanted)
    self =
      Self.isSame(field.type, wanted) ? .same(target) : .converted(target, column.type.base)
  }

  var field: ArrowField {
    switch self {
    case .same(let field), .converted(let field, _): field
    }
  }

  /// The one Arrow type of each type of Whom; nested ones stay as the engine has them.
  private static func type(of base: DataType, _ found: ArrowType) -> ArrowType? {
    switch base {
    case .bool: .bool
    case .int: .int(bits: 64, signed: true)
    case .float: .float(bits: 64)
    case .decimal(let precision, let scale):
      .decimal(precision: precision, scale: scale, bits: 128)
    case .text, .json: found == .text(.large) ? found : .text(.small)
    case .date: .date(.day)
    case .timestamp: .timestamp(.microsecond, zone: "UTC")
    case .duration: .duration(.microsecond)
    // Not every reader knows intervals of months alone.
    case .months: .interval(.monthDayNano)
    case .null: .null
    case .list, .record: isPlain(found) ? found : nil
    case .period: nil
    }
  }

  private static func isSame(_ found: ArrowType, _ wanted: ArrowType) -> Bool {
    if case .timestamp(.microsecond, _) = found, case .timestamp = wanted { return true }
    return found == wanted
  }

  /// Whether all of it lies in buffers that a reader of streams takes as they are.
  private static func isPlain(_ type: ArrowType) -> Bool {
    switch type {
    case .null, .bool, .int, .float, .decimal, .fixedBinary, .date, .time, .timestamp, .duration,
      .interval:
      true
    case .text(let layout), .binary(let layout): layout != .view
    case .list(let element, let layout): layout != .view && isPlain(element.type)
    case .fixedList(let element, _), .map(let element): isPlain(element.type)
    case .record(let fields): fields.allSatisfy { isPlain($0.type) }
    case .dictionary, .unsupported: false
    }
  }
}
