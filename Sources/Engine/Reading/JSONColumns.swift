import Columnar
import Compiler
import Values

/// The columns of a file of JSON as its reader is told them. Left to itself the reader makes whole
/// numbers of `2.5` and of `true` where the first rows had whole numbers, and cuts the hours off
/// what was a date there: such values are read as texts. In lists and records only the whole
/// numbers are; a list of a thousand floats is not worth a thousand texts.
struct JSONColumns {
  let call: String
  /// Which columns come as texts.
  let asTexts: [Bool]

  init(_ file: FileSource, _ columns: [FileReader.ReadColumn], _ formats: [String]) {
    let days = file.option(.dateFormat) == nil
    let clocks = file.option(.timestampFormat) == nil
    let asTexts = columns.map { column in
      switch column.type {
      case .date: days
      case .timestamp: clocks
      case .int, .float, .bool, .decimal: true
      case let type: type.holdsInts
      }
    }
    let types = zip(columns, asTexts).map { column, asText in
      let type = asText ? column.type.withIntsAsTexts : column.type
      return "\(ReaderSQL.quoted(column.original)): \(ReaderSQL.quoted(CSVReader.engineType(type)))"
    }
    let settings = ["columns = {\(types.joined(separator: ", "))}"] + formats
    call = "read_json(\(file.engineFiles), \(settings.joined(separator: ", ")))"
    self.asTexts = asTexts
  }

  /// Whether the engine can be told what it found. It cannot where a record is no object, or has
  /// values that have no type of ours.
  static func canSay(_ names: [String], _ fields: [ArrowField]) -> Bool {
    names != ["json"] && fields.allSatisfy(canBeSaid)
  }

  private static func canBeSaid(_ field: ArrowField) -> Bool {
    if field.extensionName == "arrow.json" { return true }
    switch field.type {
    case .bool, .int, .float, .text, .date, .timestamp: return field.extensionName.isEmpty
    case .list(let element, _): return canBeSaid(element)
    case .record(let fields): return fields.allSatisfy(canBeSaid)
    case .null, .decimal, .binary, .fixedBinary, .time, .duration, .interval, .fixedList, .map,
      .dictionary, .unsupported:
      return false
    }
  }
}

extension DataType {
  /// What the reader is told of values whose whole numbers come as texts; a scalar is one itself.
  fileprivate var withIntsAsTexts: DataType {
    switch self {
    case .list(let element):
      .list(ValueType(element.base.nestedIntsAsTexts, nullable: true))
    case .record: nestedIntsAsTexts
    default: .text
    }
  }

  private var nestedIntsAsTexts: DataType {
    switch self {
    case .int: .text
    case .list(let element):
      .list(ValueType(element.base.nestedIntsAsTexts, nullable: true))
    case .record(let fields):
      .record(
        fields.map {
          Column($0.name, ValueType($0.type.base.nestedIntsAsTexts, nullable: true))
        })
    default: self
    }
  }
}
