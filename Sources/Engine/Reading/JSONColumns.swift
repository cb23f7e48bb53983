import Columnar
import Compiler
import Values

/// The columns of a file of JSON as its reader is told them. Left to itself the reader makes whole
/// numbers of `2.5` and of `true` where the first rows had whole numbers, and cuts the hours off
/// what was a date there: such values are read as texts.
struct JSONColumns {
  let call: String
  /// Which columns come as texts.
  let asTexts: [Bool]
  /// Whether `timestamp_format` reads an offset.
  let saysZone: Bool

  /// `fields` are what the engine found; columns behind them are named by `types` only.
  init(
    _ file: FileSource, _ columns: [FileReader.ReadColumn], _ fields: [ArrowField],
    _ formats: [String]
  ) {
    let days = file.option(.dateFormat) == nil
    let clocks = file.option(.timestampFormat) == nil
    let asTexts = columns.map { column in
      switch column.type {
      case .date: days
      case .timestamp: clocks
      case .float, .decimal, .duration: true
      case let type: type.isReadAsText
      }
    }
    let maps = fields.map(Self.map) + columns.dropFirst(fields.count).map { _ in nil }
    self.asTexts = zip(asTexts, maps).map { $0 && $1 == nil }
    let types = zip(zip(columns, self.asTexts), maps).map { column, map in
      let type = column.1 ? column.0.type.asTexts : column.0.type
      let said = map ?? CSVReader.engineType(type)
      return "\(ReaderSQL.quoted(column.0.original)): \(ReaderSQL.quoted(said))"
    }
    let settings = ["columns = {\(types.joined(separator: ", "))}"] + formats
    call = "read_json(\(file.engineFiles), \(settings.joined(separator: ", ")))"
    saysZone = formats.contains { $0.hasPrefix("timestampformat") && $0.contains("%z") }
  }

  /// Whether the engine can be told what it found. It cannot where a record is no object, or has
  /// values that have no type of ours.
  static func canSay(_ names: [String], _ fields: [ArrowField]) -> Bool {
    names != ["json"] && fields.allSatisfy { canBeSaid($0, isTop: true) }
  }

  /// The engine's type of a record of many keys; its values are read as the engine does.
  private static func map(_ field: ArrowField) -> String? {
    guard case .map(let entries) = field.type, case .record(let parts) = entries.type,
      parts.count == 2, let value = try? parts[1].whomType().base
    else { return nil }
    return "MAP(VARCHAR, \(CSVReader.engineType(value)))"
  }

  private static func canBeSaid(_ field: ArrowField, isTop: Bool) -> Bool {
    if field.extensionName == "arrow.json" { return true }
    switch field.type {
    case .time where isTop, .fixedBinary where isTop, .decimal where isTop: return true
    case .map where isTop: return map(field) != nil
    case .null, .bool, .int, .float, .text, .date, .timestamp: return true
    case .list(let element, _): return canBeSaid(element, isTop: false)
    case .record(let fields): return fields.allSatisfy { canBeSaid($0, isTop: false) }
    case .decimal, .binary, .fixedBinary, .time, .duration, .interval, .fixedList, .map,
      .dictionary, .unsupported:
      return false
    }
  }
}

extension DataType {
  /// What the reader is told of values that come as texts, or whose parts do.
  fileprivate var asTexts: DataType {
    switch self {
    case .list(let element):
      .list(ValueType(element.base.partsAsTexts, nullable: true))
    case .record: partsAsTexts
    default: .text
    }
  }

  private var partsAsTexts: DataType {
    switch self {
    case .int, .bool, .date, .timestamp: .text
    case .list(let element):
      .list(ValueType(element.base.partsAsTexts, nullable: true))
    case .record(let fields):
      .record(
        fields.map {
          Column($0.name, ValueType($0.type.base.partsAsTexts, nullable: true))
        })
    default: self
    }
  }
}

extension DataType {
  /// What is missing in all of the first rows may be anything: text.
  var withTextForNothing: DataType {
    switch self {
    case .null: .text
    case .list(let element):
      .list(ValueType(element.base.withTextForNothing, nullable: element.isNullable))
    case .record(let fields):
      .record(
        fields.map {
          Column($0.name, ValueType($0.type.base.withTextForNothing, nullable: true))
        })
    default: self
    }
  }
}
