import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// How a source is read once its columns are known: the table function with its settings, and
/// what each column is called and cast to.
struct FileReader {
  /// `read_csv('data/orders.csv', ...)`
  var call: String
  var columns: [ReadColumn]

  struct ReadColumn {
    /// In the file, and in Whom.
    var original: String
    var name: String
    /// What it would be called if no other column had this name, but for the case.
    var wanted = ""
    var type: DataType
    var given = Given.same
    /// `types` says the type.
    var isStated = false
    /// Timestamps that do not say where the clock hung, as the reader gives them.
    var isZoneless = false
  }

  /// As what the engine's reader gives a column.
  enum Given {
    /// As the column's type.
    case same
    /// As a type that casts to it.
    case cast
    /// As numbers of another kind.
    case number
    /// As texts; of lists and records what is in them.
    case text
    /// As a map of texts.
    case entries
    /// As JSON.
    case json
    /// As times with nine digits behind the second.
    case nanoseconds
  }

  /// What reads the same columns by the types of their values and names lines that do not fit,
  /// but rounds.
  var lenientCall: String?
  var isOneFile = false
  /// How values are made of what the reader gives.
  var exact = ExactReading()

  /// Where clocks hang whose timestamps do not say it; in UTC when nil.
  var zone: String? {
    get { exact.zone }
    set { exact.zone = newValue }
  }

  /// The name of the column that numbers the rows.
  var numberRows: String?
  /// What the first rows let one suspect.
  var suspicions: [Diagnostic] = []
  /// Columns that look personal in them.
  var lookAlikes: [String: LookAlike] = [:]
  /// Columns that cannot be, whatever their names say.
  var plainColumns: Set<String> = []
  /// Whether these were all rows.
  var isSeenWhole = false

  init(call: String, columns: [ReadColumn], numberRows: String? = nil) {
    self.call = call
    self.columns = Self.uniqueNames(columns)
    self.numberRows = numberRows
  }

  /// Of a format that says its own columns.
  init(_ file: FileSource, _ database: Database, at span: Span) throws {
    let general = try ReadSettings(file)
    try FileHead.check(file, encoding: nil, at: span)
    let function = file.format == .parquet ? "read_parquet" : "read_json"
    let formats = try Self.timeFormats(file)
    // A record of 300 keys is a wide table more often than a map.
    let look = file.format == .parquet ? [] : ["map_inference_threshold = 5000"]
    let call = "\(function)(\(([file.engineFiles] + formats + look).joined(separator: ", ")))"
    let fields: [ArrowField]
    do throws(EngineError) {
      fields = try database.describe("select * from \(call)")
    } catch {
      throw JSONLines.broken(file, database, at: span) ?? error
    }
    if file.format == .parquet {
      try ParquetFiles.check(file, fields, database, at: span)
    }
    let all = try Schema(arrow: fields)
    // The engine's own column for a file without a record.
    if all.names == ["json"],
      try database.scalar("select count(*) from (select 1 from \(call) limit 1)", as: .int)
        == .int(0)
    {
      throw Diagnostic.unreadable(
        FilePaths.name(file.name), "no record in it says its columns", at: span)
    }
    let json =
      file.format == .parquet
      ? nil : try JSONColumns.Found(all.names, fields, file, call, database)
    let found = try json?.keys ?? EqualNames.restored(all.names, file, database)
    let mayNameOthers = json.map { !$0.isBare } ?? false
    let names = try general.settle(found, mayNameOthers: mayNameOthers, at: span)
    let others = mayNameOthers ? general.others(than: names) : []
    let columns =
      zip(zip(all.columns, fields), names).map { found, name in
        ReadColumn(found.0, found.1, called: name, stated: general.type(of: name))
      }
      + others.map {
        ReadColumn(original: $0.name, name: $0.name, type: $0.type.base, isStated: true)
      }
    self.init(call: call, columns: columns, numberRows: general.numberRows?.name)
    isOneFile = file.files.count == 1
    if let json { readExactly(by: JSONColumns(file, columns, json, formats)) }
    suspicions = others.map { general.notSeen($0.name, among: names, file, at: span) }
  }

  private mutating func readExactly(by json: JSONColumns) {
    call = json.call
    for (position, given) in json.given.enumerated() {
      // A column of folders such as `year=2025` is what the engine takes it for.
      columns[position].given = given ?? (columns[position].given == .cast ? .cast : .same)
      columns[position].isZoneless =
        columns[position].isZoneless && given == nil && !json.saysZone
    }
  }

  private static func timeFormats(_ file: FileSource) throws(Diagnostic) -> [String] {
    var all: [String] = []
    for (option, setting) in [
      (ReadOption.dateFormat, "dateformat"), (.timestampFormat, "timestampformat"),
    ] {
      guard let said = file.option(option) else { continue }
      let format = try OptionValue(said).timeFormat(wantsClock: option == .timestampFormat)
      all.append("\(setting) = \(ReaderSQL.quoted(format))")
    }
    return all
  }

  /// Of a file that the program itself wrote, so that its columns are known.
  /// `order`: how its columns stand, where not as in the schema; a text is read by place.
  init(
    promised path: String, _ format: FileSource.Format, _ schema: Schema, order: [String]? = nil,
    zone: String?
  ) {
    exact.zone = zone
    let file = ReaderSQL.quoted(path)
    let types = (order?.compactMap { schema[$0] } ?? schema.columns).map {
      "\(ReaderSQL.quoted($0.name)): \(ReaderSQL.quoted(CSVReader.engineType($0.type.base)))"
    }
    let columns = "columns = {\(types.joined(separator: ", "))}"
    switch format {
    case .csv, .tsv:
      let delimiter = format == .tsv ? "'\t'" : "','"
      call =
        "read_csv(\(file), auto_detect = false, header = true, delim = \(delimiter), quote = '\"', escape = '\"', allow_quoted_nulls = false, \(columns))"
    case .parquet: call = "read_parquet(\(file))"
    case .json: call = "read_json(\(file), format = 'array', \(columns))"
    case .ndjson: call = "read_json(\(file), format = 'newline_delimited', \(columns))"
    }
    self.columns = schema.columns.map {
      ReadColumn(
        original: $0.name, name: $0.name, type: $0.type.base,
        given: zone != nil && $0.type.base == .timestamp ? .cast : .same)
    }
  }

  fileprivate static func isZoneless(_ arrow: ArrowType) -> Bool {
    switch arrow {
    case .timestamp(_, let zone): zone.isEmpty
    case .date: true
    default: false
    }
  }

  /// Whether the engine's type is the one Whom's type has in it.
  static func isNative(_ arrow: ArrowType, _ type: DataType) -> Bool {
    switch type {
    case .int: arrow == .int(bits: 64, signed: true)
    case .float: arrow == .float(bits: 64)
    case .timestamp: arrow == .timestamp(.microsecond, zone: "")
    case .bool, .decimal, .text, .date, .duration, .months, .period, .list, .record, .json, .null:
      true
    }
  }

  /// The engine does not tell names apart that differ only in case: the later one is renamed.
  private static func uniqueNames(_ columns: [ReadColumn]) -> [ReadColumn] {
    var seen: Set<String> = []
    return columns.enumerated().map { position, column in
      var column = column
      column.wanted = column.name
      if column.name.isEmpty { column.name = "column_\(position + 1)" }
      let base = column.name
      var number = 2
      while !seen.insert(column.name.lowercased()).inserted {
        column.name = "\(base)_\(number)"
        number += 1
      }
      return column
    }
  }

  /// Columns of files may always be missing.
  var schema: Schema {
    let own = columns.map { Column($0.name, ValueType($0.type, nullable: true)) }
    return Schema(own + (numberRows.map { [Column($0, ValueType(.int))] } ?? []))
  }

  func warnings(_ request: SourceRequest) -> [Diagnostic] {
    suspicions
      + columns.filter { $0.name != $0.wanted && !$0.wanted.isEmpty }.map {
        Diagnostic(
          .renamedColumn, "the column `\($0.wanted)` is called `\($0.name)` here",
          at: request.span, label: "two columns differ only in case",
          help: ["give them names: `read(\"...\", columns = [...])`"])
      }
  }

  /// `counters` are the sequences that count values of floats that are no numbers.
  func view(named name: String, counting counters: [String: String] = [:]) -> String {
    var items = columns.indices.map { item($0, in: name, counters[columns[$0].name]) }
    let isPlain =
      numberRows == nil && zip(items, columns).allSatisfy { $0 == ReaderSQL.name($1.name) }
    if let numberRows { items.append("row_number() over () as \(ReaderSQL.name(numberRows))") }
    let list = isPlain ? "*" : items.joined(separator: ", ")
    return "create or replace view \(ReaderSQL.name(name)) as select \(list) from \(call)"
  }

  private func item(_ position: Int, in view: String, _ counter: String?) -> String {
    let column = columns[position]
    let source = ReaderSQL.name(column.original)
    var exact = exact
    exact.place = Misfit.Place(view: view, position: position)
    exact.isStated = column.isStated
    var expr = exact.value(of: source, column.given, column.type)
    if column.isZoneless, let zone {
      let clock = "timezone(\(ReaderSQL.quoted(zone)), cast(\(expr) as timestamp))"
      expr = "timezone('UTC', \(clock))"
    }
    // NaN and infinities in a source are missing values; times are cut, and stay.
    let isLost = column.type == .float ? "not isfinite(\(expr))" : column.isCut
    if let counter, let isLost {
      // A condition within one keeps the engine's threads: as a branch, a sequence takes them to one.
      let count = "case when \(isLost) then nextval(\(ReaderSQL.quoted(counter))) end"
      let isMissing = "(\(count)) \(column.type == .float ? ">" : "<") 0"
      expr = "case when \(isMissing) then null else \(expr) end"
    } else if column.type == .float {
      expr = "case when isfinite(\(expr)) then \(expr) end"
    }
    return expr == source && column.name == column.original
      ? source : "\(expr) as \(ReaderSQL.name(column.name))"
  }
}

extension FileReader.ReadColumn {
  /// Of a format that says its own columns.
  fileprivate init(_ found: Column, _ field: ArrowField, called name: String, stated: DataType?) {
    let isMap = if case .map = field.type { true } else { false }
    let type = stated ?? (isMap ? found.type.base : found.type.base.withTextForNothing)
    self.init(original: found.name, name: name, type: type, isStated: stated != nil)
    isZoneless = type == .timestamp && FileReader.isZoneless(field.type)
    given =
      switch (found.type.base, type) {
      case (let base, type) where base == type: Self.given(field.type, type)
      case (.float, .int), (.decimal, .int): .number
      case (.int, .float), (.decimal, .float), (.date, .timestamp), (.bool, .int), (.bool, .float):
        .cast
      case (let base, .text) where base != .text: .cast
      // It is what it is printed as, or does not fit.
      default: .text
      }
  }

  /// A value that has the column's type but for the engine's kind of it.
  private static func given(_ arrow: ArrowType, _ type: DataType) -> FileReader.Given {
    switch arrow {
    case .int(bits: 64, signed: false): .number
    case .timestamp(.nanosecond, _): .nanoseconds
    default: FileReader.isNative(arrow, type) ? .same : .cast
    }
  }

  /// Whether a value loses digits behind the second, in the engine's words.
  var isCut: String? { ExactReading.isCut(ReaderSQL.name(original), given, type) }
}
