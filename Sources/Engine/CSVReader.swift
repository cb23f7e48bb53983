import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// Finds out once how a CSV file is written and which types its columns have; the run is told
/// and guesses nothing.
struct CSVReader {
  let reader: FileReader

  init(_ file: FileSource, _ database: Database, at span: Span) throws {
    guard let first = file.files.first else { throw Diagnostic.noMatch(file.pattern, at: span) }
    if file.files.count == 1, FilePaths.info(first)?.size == 0 {
      throw Diagnostic.unreadable(first, "the file is empty", at: span)
    }
    let given = try CSVSettings(file)
    var sniffed = try Self.sniff(first, given.sniffing, database)
    if sniffed.hasHeader, given.columns == nil {
      sniffed.header = try Self.header(sniffed, first, given, database, at: span)
    }
    let columns = try Self.columns(sniffed, given, at: span)
    var settings = ["auto_detect = false", "header = \(sniffed.hasHeader)"]
    settings.append("delim = \(ReaderSQL.quoted(sniffed.delimiter))")
    settings.append("quote = \(ReaderSQL.quoted(sniffed.quote))")
    settings.append("escape = \(ReaderSQL.quoted(sniffed.escape))")
    if sniffed.skip > 0 { settings.append("skip = \(sniffed.skip)") }
    if let format = sniffed.dateFormat {
      settings.append("dateformat = \(ReaderSQL.quoted(format))")
    }
    if let format = sniffed.timestampFormat {
      settings.append("timestampformat = \(ReaderSQL.quoted(format))")
    }
    settings += given.reading
    let types = zip(sniffed.names, columns).map { name, column in
      "\(ReaderSQL.quoted(name)): \(ReaderSQL.quoted(Self.engineType(column.type)))"
    }
    settings.append("columns = {\(types.joined(separator: ", "))}")
    let call = "read_csv(\(ReaderSQL.quoted(file.pattern)), \(settings.joined(separator: ", ")))"
    try Self.checkDates(sniffed, columns, first, given, database, at: span)
    reader = FileReader(call: call, columns: columns)
  }

  struct Sniffed {
    var delimiter = ","
    var quote = "\""
    var escape = "\""
    var hasHeader = true
    var skip = 0
    var dateFormat: String?
    var timestampFormat: String?
    /// As the engine calls the columns, and as the first line does where that is not the same.
    var names: [String] = []
    var header: [String] = []
    var types: [String] = []
  }

  private static func sniff(
    _ path: String, _ settings: [String], _ database: Database
  ) throws -> Sniffed {
    let stream = try database.query(ReaderSQL.sniff(path, settings))
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return Sniffed() }
    func text(_ column: Int) throws -> String? {
      guard case .text(let text)? = try batch.values(column: column, as: .text).first else {
        return nil
      }
      return text
    }
    func texts(_ column: Int) throws -> [String] {
      let type = DataType.list(ValueType(.text, nullable: true))
      guard case .list(let items)? = try batch.values(column: column, as: type).first else {
        return []
      }
      return items.map { if case .text(let text) = $0 { text } else { "" } }
    }
    var result = Sniffed()
    result.delimiter = try text(0) ?? ","
    result.quote = absent(try text(1))
    result.escape = absent(try text(2))
    if case .bool(let flag)? = try batch.values(column: 3, as: .bool).first {
      result.hasHeader = flag
    }
    if case .int(let count)? = try batch.values(column: 4, as: .int).first {
      result.skip = Int(count)
    }
    result.dateFormat = try text(5)
    result.timestampFormat = try text(6)
    result.names = try texts(8)
    result.types = try texts(9)
    return result
  }

  /// The sniffer's word for "none".
  private static func absent(_ text: String?) -> String {
    text == "(empty)" || text == "\0" ? "" : text ?? ""
  }

  private static func columns(
    _ sniffed: Sniffed, _ given: CSVSettings, at span: Span
  ) throws -> [FileReader.ReadColumn] {
    var names = sniffed.header.isEmpty ? sniffed.names : sniffed.header
    if let renamed = given.columns {
      guard renamed.value.count == names.count else {
        throw Diagnostic(
          .badArgument, "`columns` names \(renamed.value.count) of \(names.count) columns",
          at: renamed.span, label: "one name for each column of the file")
      }
      names = renamed.value
    }
    for (name, type) in given.types where !names.contains(name) {
      _ = type
      let near = Suggestion.nearest(to: name, in: names)
      throw Diagnostic(
        .unknownColumn, "the file has no column `\(name)`", at: given.typesSpan ?? span,
        label: "in `types`",
        help: [
          near.map { "did you mean `\($0)`?" } ?? "its columns: \(names.joined(separator: ", "))"
        ])
    }
    return zip(names, zip(sniffed.names, sniffed.types)).map { name, found in
      FileReader.ReadColumn(
        original: found.0, name: name,
        type: given.types.first { $0.0 == name }?.1 ?? whomType(found.1))
    }
  }

  private static func whomType(_ engine: String) -> DataType {
    switch engine {
    case "BOOLEAN": .bool
    case "BIGINT", "INTEGER", "SMALLINT", "TINYINT": .int
    case "DOUBLE", "FLOAT": .float
    case "DATE": .date
    case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMP_MS":
      .timestamp
    default: .text
    }
  }

  static func engineType(_ type: DataType) -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .float: "DOUBLE"
    case .decimal(let precision, let scale): "DECIMAL(\(precision), \(scale))"
    case .date: "DATE"
    case .timestamp: "TIMESTAMP"
    case .text, .duration, .months, .period, .list, .record, .json, .null: "VARCHAR"
    }
  }

  /// The names in the first line. The engine renames a column whose name comes twice, which would
  /// move when columns move: that is refused. Names that differ in case alone are told apart.
  private static func header(
    _ sniffed: Sniffed, _ path: String, _ given: CSVSettings, _ database: Database, at span: Span
  ) throws -> [String] {
    guard sniffed.names.contains(where: { $0.hasSuffix("_1") }) else { return [] }
    let settings = [
      "header = false", "all_varchar = true", "auto_detect = false",
      "delim = \(ReaderSQL.quoted(sniffed.delimiter))",
      "quote = \(ReaderSQL.quoted(sniffed.quote))",
      "escape = \(ReaderSQL.quoted(sniffed.escape))", "skip = \(sniffed.skip)",
      "columns = {\(sniffed.names.indices.map { "'c\($0)': 'VARCHAR'" }.joined(separator: ", "))}",
    ]
    let stream = try database.query(
      "select * from read_csv(\(ReaderSQL.quoted(path)), \(settings.joined(separator: ", "))) limit 1"
    )
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return [] }
    var header = sniffed.names
    var seen: Set<String> = []
    for column in sniffed.names.indices {
      guard case .text(let name)? = try batch.values(column: column, as: .text, rows: 0..<1).first
      else { continue }
      if !seen.insert(name).inserted {
        throw Diagnostic(
          .duplicateName, "the file has two columns `\(Exit.escape(name, for: .terminal))`",
          at: span,
          label: "in its first line", help: ["name them: `read(\"...\", columns = [...])`"])
      }
      header[column] = name
    }
    return header
  }

  // MARK: Dates that can be read in two ways

  /// `03/04/2025` is a day in March or in April: unless some row settles it, the reader asks.
  private static func checkDates(
    _ sniffed: Sniffed, _ columns: [FileReader.ReadColumn], _ path: String, _ given: CSVSettings,
    _ database: Database, at span: Span
  ) throws {
    for (position, column) in columns.enumerated() {
      guard column.type == .date || column.type == .timestamp,
        let format = column.type == .date ? sniffed.dateFormat : sniffed.timestampFormat,
        let other = swapped(format)
      else { continue }
      guard given.types.first(where: { $0.0 == column.name }) == nil else { continue }
      let name = ReaderSQL.name(sniffed.names[position])
      let settings = given.sniffing + ["all_varchar = true"]
      let sql = """
        select bool_and(try_strptime(\(name), \(ReaderSQL.quoted(other))) is not null), min(\(name)) \
        from (select \(name) from read_csv(\(ReaderSQL.quoted(path)), \(settings.joined(separator: ", "))) \
        where \(name) is not null limit 20480)
        """
      let stream = try database.query(sql)
      defer { stream.close() }
      guard let batch = try stream.next(), batch.rowCount > 0,
        case .bool(true)? = try batch.values(column: 0, as: .bool).first,
        case .text(let sample)? = try batch.values(column: 1, as: .text).first
      else { continue }
      throw Diagnostic(
        .ambiguousDates, "the dates of `\(column.name)` can be read in two ways", at: span,
        label: "`\(Exit.escape(sample, for: .terminal))`: day first, or month first?",
        help: [
          "read it as text, `types = {\(column.name): \"text\"}`, and convert it: `date(\(column.name), \"%d/%m/%Y\")`"
        ])
    }
  }

  private static func swapped(_ format: String) -> String? {
    guard let day = format.range(of: "%d"), let month = format.range(of: "%m"),
      !format.hasPrefix("%Y")
    else { return nil }
    _ = (day, month)
    return format.replacing("%d", with: "\u{1}").replacing("%m", with: "%d")
      .replacing("\u{1}", with: "%m")
  }
}

/// What the program says about a CSV file.
struct CSVSettings {
  var sniffing: [String] = []
  var reading: [String] = []
  var types: [(String, DataType)] = []
  var typesSpan: Span?
  var columns: (value: [String], span: Span)?

  init(_ file: FileSource) throws {
    if file.format == .tsv { sniffing.append("delim = '\t'") }
    for option in file.options {
      guard let known = ReadOption(rawValue: option.name) else { continue }
      switch known {
      case .format: break
      case .header: try addHeader(option)
      case .delimiter: sniffing.append("delim = \(ReaderSQL.quoted(try Self.text(option)))")
      case .missing: try addMissing(option)
      case .types: try addTypes(option)
      case .columns: columns = (try Self.texts(option), option.span)
      }
    }
  }

  private static func wrong(_ option: SourceRequest.Option, _ wanted: String) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(option.name)` of `read` wants \(wanted)", at: option.span,
      label: "not \(wanted)")
  }

  private static func text(_ option: SourceRequest.Option) throws -> String {
    guard case .text(let text) = option.value, !text.isEmpty else {
      throw wrong(option, "a text")
    }
    return text
  }

  private static func texts(_ option: SourceRequest.Option) throws -> [String] {
    guard case .list(let items) = option.value else { throw wrong(option, "a list of texts") }
    return try items.map { item in
      guard case .text(let text) = item else { throw wrong(option, "a list of texts") }
      return text
    }
  }

  private mutating func addHeader(_ option: SourceRequest.Option) throws {
    guard case .bool(let flag) = option.value else { throw Self.wrong(option, "true or false") }
    sniffing.append("header = \(flag)")
  }

  /// Spellings of nothing, beside the empty field.
  private mutating func addMissing(_ option: SourceRequest.Option) throws {
    let all = (try Self.texts(option) + [""]).map(ReaderSQL.quoted)
    let setting = "nullstr = [\(all.joined(separator: ", "))]"
    sniffing.append(setting)
    reading.append(setting)
  }

  private mutating func addTypes(_ option: SourceRequest.Option) throws {
    typesSpan = option.span
    guard case .record(let fields) = option.value else {
      throw Self.wrong(option, "a record of types")
    }
    for field in fields {
      guard case .text(let text) = field.value, let type = TypeText.type(text) else {
        throw Diagnostic(
          .badArgument, "the type of `\(field.name)` is not known", at: option.span,
          label: "in `types`",
          help: ["for example `{\(field.name): \"text\"}`, `\"decimal(12, 2)\"`"])
      }
      types.append((field.name, type))
    }
  }
}

extension String {
  /// Where a part stands; by plain characters.
  fileprivate func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
}
