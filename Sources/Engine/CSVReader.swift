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
    let general = try ReadSettings(file)
    var given = try CSVSettings(file)
    try FileHead.check(file, encoding: given.encoding, at: span)
    if given.encoding == nil, FileHead(first)?.kind == .utf16Little { given.encoding = .utf16 }
    given.hasMixedLineEnds = FileHead.hasMixedLineEnds(first)
    let plain = PlainCSV(first, given)
    let layout = try CSVLayout.find(first, plain, given, database, at: span)
    let header = CSVHeader(
      layout: layout, given: given, database: database, known: plain?.firstLine)
    if layout.names.count < 2, (try header.firstLine(first) ?? [""]) == [""] {
      throw Diagnostic.unreadable(file.name, "nothing is in it", at: span)
    }
    let written = try header.names(first, renames: general.columns != nil, at: span)
    let columns = Self.columns(layout, try general.settle(written, at: span), general, given)
    try header.check(file.files, at: span)
    let dates = DateReadings(layout: layout, given: given, database: database)
    // A type settles that it is a date, not which number of it is the day.
    for column in columns {
      try dates.check(column, first, at: span)
    }
    let findings = SampleFindings(layout: layout, given: given, database: database)
    let found = try findings.found(
      columns.filter { general.type(of: $0.name) == nil }, first, at: span)
    let isSeenWhole = found.isWhole && file.files.count == 1 && general.types.isEmpty
    // Of what was seen to the end, the reader rounds nothing.
    let read = isSeenWhole ? columns : columns.map { $0.withNumbersAsText(given.hasPlainNumbers) }
    var reader = FileReader(
      call: Self.call(file, layout, given, read), columns: read,
      numberRows: general.numberRows?.name)
    if read.contains(where: { $0.given == .text }) {
      reader.lenientCall = Self.call(file, layout, given, columns.map(\.asItself))
    }
    reader.isOneFile = file.files.count == 1
    reader.exact = given.exactReading
    reader.suspicions = found.warnings + Self.nuls(file, at: span)
    reader.isSeenWhole = isSeenWhole
    reader.lookAlikes = found.lookAlikes
    reader.plainColumns = found.plainColumns
    self.reader = reader
  }

  /// Of the first file that has one: it was cut off or is damaged.
  private static func nuls(_ file: FileSource, at span: Span) -> [Diagnostic] {
    for path in file.files.prefix(1000) {
      guard let line = FileHead.lineOfNUL(path) else { continue }
      let name = Exit.escape(FilePaths.name(path), for: .terminal)
      return [
        Diagnostic(
          .nulInFile, "line \(line) of `\(name)` holds a NUL", at: span,
          label: "kept, and shown as \u{2400}",
          help: ["a file that was cut off while it was written looks so"])
      ]
    }
    return []
  }

  private static func columns(
    _ layout: CSVLayout, _ names: [String], _ general: ReadSettings, _ given: CSVSettings
  ) -> [FileReader.ReadColumn] {
    zip(zip(layout.names, layout.types), names).map { found, name in
      let stated = general.type(of: name)
      var column = FileReader.ReadColumn(
        original: found.0, name: name, type: stated ?? whomType(found.1), isStated: stated != nil)
      if column.type == .date, [nil, "%Y-%m-%d"].contains(given.dateFormat ?? layout.dateFormat) {
        // The reader makes a day of `infinity`, and cuts hours off.
        column.given = .text
      }
      guard column.type == .timestamp else { return column }
      guard let format = given.timestampFormat ?? layout.timestampFormat else {
        // Any of them may have an offset, which the reader would drop.
        column.given = .text
        return column
      }
      // An instant with an offset is brought to UTC; read as a plain one it would lose it.
      let hasZone = found.1 == "TIMESTAMP WITH TIME ZONE"
      column.given = hasZone ? .cast : .same
      column.isZoneless = !hasZone && !format.contains("%z")
      return column
    }
  }

  private static func call(
    _ file: FileSource, _ layout: CSVLayout, _ given: CSVSettings,
    _ columns: [FileReader.ReadColumn]
  ) -> String {
    var settings = layout.settings(given, header: layout.hasHeader)
    // A folder `price=5` would stand above a column `price` of the file.
    settings.append("hive_partitioning = false")
    if let format = layout.dateFormat {
      settings.append("dateformat = \(ReaderSQL.quoted(format))")
    }
    if let format = layout.timestampFormat {
      settings.append("timestampformat = \(ReaderSQL.quoted(format))")
    }
    let types = columns.map { column in
      let type =
        switch column.given {
        case .text: "VARCHAR"
        case .cast: "TIMESTAMP WITH TIME ZONE"
        case .same, .number, .entries, .json, .nanoseconds: engineType(column.type)
        }
      return "\(ReaderSQL.quoted(column.original)): \(ReaderSQL.quoted(type))"
    }
    settings.append("columns = {\(types.joined(separator: ", "))}")
    return "read_csv(\(file.engineFiles), \(settings.joined(separator: ", ")))"
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
    case .text, .duration, .months, .period, .null: "VARCHAR"
    case .json: "JSON"
    case .list(let element): engineType(element.base) + "[]"
    case .record(let fields):
      "STRUCT("
        + fields.map { "\(ReaderSQL.name($0.name)) \(engineType($0.type.base))" }
        .joined(separator: ", ") + ")"
    }
  }
}

extension FileReader.ReadColumn {
  /// The reader loses something of whole numbers and of decimals; of all, where they are written
  /// with other signs, whose places it does not check.
  fileprivate func withNumbersAsText(_ arePlain: Bool) -> Self {
    var column = self
    switch column.type {
    case .int, .decimal: column.given = .text
    case .float where !arePlain: column.given = .text
    default: break
    }
    return column
  }

  fileprivate var asItself: Self {
    var column = self
    if column.given == .text { column.given = .same }
    return column
  }
}
