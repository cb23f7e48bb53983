import Columnar
import Compiler
import Connectivity
import Values

/// The columns of a file of JSON as its reader is told them. Left to itself the reader makes whole
/// numbers of `2.5` and of `true` where the first rows had whole numbers, and cuts the hours off
/// what was a date there: such values are read as texts.
struct JSONColumns {
  let call: String
  /// How the reader then gives them; nil as it would by itself.
  let given: [FileReader.Given?]
  /// Whether `timestamp_format` reads an offset.
  let saysZone: Bool

  /// What the engine found when it looked at the file.
  struct Found {
    /// The keys as they stand in the file; the engine has other names for those that differ only in
    /// case.
    let keys: [String]
    let fields: [ArrowField]
    /// In its own words; empty where all of its types can be said without them.
    private(set) var types: [String] = []
    /// Whether the records are no objects, so that each is a value of one column.
    let isBare: Bool

    /// `call` reads the file by what the engine takes its values for.
    init(
      _ names: [String], _ fields: [ArrowField], _ file: FileSource, _ call: String,
      _ database: Database
    ) throws {
      self.fields = fields
      keys = try EqualNames.restored(names, file, database)
      isBare = try names == ["json"] && !EqualNames.holds("json", file, database)
      if fields.allSatisfy({ JSONColumns.canBeSaid($0, isTop: true) }) { return }
      types = try database.texts(
        "select column_name, column_type from (describe select * from \(call))", columns: 2
      ).map { $0[1] }
    }
  }

  /// Columns behind those that were found are named by `types` only.
  init(
    _ file: FileSource, _ columns: [FileReader.ReadColumn], _ found: Found, _ formats: [String]
  ) {
    let days = file.option(.dateFormat) == nil
    let clocks = file.option(.timestampFormat) == nil
    var columnTypes: [String] = []
    var given: [FileReader.Given?] = []
    for (position, column) in columns.enumerated() {
      let field = position < found.fields.count ? found.fields[position] : nil
      let (type, way) =
        if let field, !Self.canBeSaid(field, isTop: true), found.types.indices.contains(position) {
          (found.types[position], FileReader.Given?.none)
        } else {
          Self.type(of: column, field, days: days, clocks: clocks)
        }
      columnTypes.append(ReaderSQL.quoted(type))
      given.append(way)
    }
    self.given = given
    let records = found.keys == ["json"] ? ["records = \(!found.isBare)"] : []
    let keys = found.keys + columns.dropFirst(found.keys.count).map(\.original)
    let renamed = columns.indices.filter { columns[$0].original != keys[$0] }
    func read(_ positions: [Int]) -> String {
      let list = positions.map { "\(ReaderSQL.quoted(keys[$0])): \(columnTypes[$0])" }
      let settings = ["columns = {\(list.joined(separator: ", "))}"] + records + formats
      return "read_json(\(file.engineFiles), \(settings.joined(separator: ", ")))"
    }
    let rest = read(columns.indices.filter { !renamed.contains($0) })
    // Its reader is not to be told of two names that differ only in case.
    let others = renamed.map { position in
      let name =
        "\(ReaderSQL.name(keys[position])) as \(ReaderSQL.name(columns[position].original))"
      return " positional join (select \(name) from \(read([position])))"
    }
    call = others.isEmpty ? rest : "(select * from \(rest)\(others.joined()))"
    saysZone = formats.contains { $0.hasPrefix("timestampformat") && $0.contains("%z") }
  }

  private static func type(
    of column: FileReader.ReadColumn, _ field: ArrowField?, days: Bool, clocks: Bool
  ) -> (String, FileReader.Given?) {
    if let field, case .map = field.type { return map(field, column.type) }
    switch column.type {
    case .decimal where column.isStated: return ("JSON", .json)
    case .date where !days, .timestamp where !clocks:
      return (CSVReader.engineType(column.type), nil)
    case let type where type.isReadAsText:
      return (CSVReader.engineType(type.asTexts), .text)
    case let type: return (CSVReader.engineType(type), nil)
    }
  }

  /// A record of many keys.
  private static func map(
    _ field: ArrowField, _ type: DataType
  ) -> (String, FileReader.Given?) {
    guard case .list(let entry) = type, case .record(let parts) = entry.base, parts.count == 2
    else { return ("VARCHAR", .text) }
    let value = parts[1].type.base
    let said = CSVReader.engineType(value.isReadAsText ? value.partsAsTexts : value)
    return ("MAP(VARCHAR, \(said))", value.isReadAsText ? .entries : nil)
  }

  /// Whether the engine can be told in our words what it found.
  static func canBeSaid(_ field: ArrowField, isTop: Bool) -> Bool {
    if field.extensionName == "arrow.json" { return true }
    switch field.type {
    case .map(let entries) where isTop:
      guard case .record(let parts) = entries.type, parts.count == 2 else { return false }
      return canBeSaid(parts[1], isTop: false)
    case .null, .bool, .int, .float, .text, .date, .timestamp, .time, .fixedBinary, .decimal:
      return true
    case .list(let element, _): return canBeSaid(element, isTop: false)
    case .record(let fields): return fields.allSatisfy { canBeSaid($0, isTop: false) }
    case .binary, .duration, .interval, .fixedList, .map, .dictionary, .unsupported: return false
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

  fileprivate var partsAsTexts: DataType {
    switch self {
    case .int, .float, .decimal, .bool, .date, .timestamp, .duration: .text
    case .list(let element) where element.base == .float: self
    case .list(let element):
      .list(ValueType(element.base.partsAsTexts, nullable: true))
    case .record(let fields):
      .record(
        fields.map {
          Column($0.name, ValueType($0.type.base.partsAsTexts, nullable: true))
        })
    case .text, .months, .period, .json, .null: self
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
