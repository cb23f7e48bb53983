import Columnar
import Connectivity
import Diagnostics
import Values

/// How a CSV file is written: found by the engine in its first 20,480 rows.
struct CSVLayout {
  var delimiter = ","
  var quote = "\""
  var escape = "\""
  var hasHeader = true
  var skip = 0
  var dateFormat: String?
  var timestampFormat: String?
  /// As the engine calls the columns.
  var names: [String] = []
  /// In the engine's words.
  var types: [String] = []

  /// How the file is written. The engine's own guess goes astray where a line has a field too
  /// few or too many: it would pass lines over, or take another sign for the delimiter. Such a
  /// guess is made again with bad lines left aside; reading then names the line.
  static func find(
    _ path: String, _ plain: PlainCSV?, _ given: CSVSettings, _ database: Database, at span: Span
  ) throws -> CSVLayout {
    if let plain, let layout = try find(path, plain, given, database) { return layout }
    let strict: CSVLayout
    do throws(EngineError) {
      strict = try sniff(path, given.sniffing, database)
    } catch {
      guard case .failed(let failure) = error, failure.kind == .conversion else { throw error }
      if let known = ReadingWords.diagnostic(failure, reading: path, at: span) { throw known }
      if startsWithComment(path, given) { throw comment(path, at: span) }
      return try lenient(path, given, database).filled(given)
    }
    if strict.names.count == 1 || strict.skip > 0, startsWithComment(path, given) {
      throw comment(path, at: span)
    }
    let isWhole = strict.skip == (given.skip ?? 0) && !strict.looksMistaken(given)
    if isWhole { return strict.filled(given) }
    if strict.skip > (given.skip ?? 0), strict.hasHeader {
      throw preamble(path, strict.skip, at: span)
    }
    let lenient = try? lenient(path, given, database)
    guard let lenient, lenient.names.count > 1 else { return strict.filled(given) }
    return lenient.filled(given)
  }

  /// Of a file whose signs are known; nil where the engine does not see the same fields.
  private static func find(
    _ path: String, _ plain: PlainCSV, _ given: CSVSettings, _ database: Database
  ) throws(EngineError) -> CSVLayout? {
    var given = given
    (given.delimiter, given.quote, given.escape) = (",", "\"", "\"")
    do throws(EngineError) {
      let layout = try sniff(path, given.sniffing, database)
      let fits = layout.names.count == plain.firstLine.count && layout.skip == 0
      return fits ? layout.filled(given) : nil
    } catch {
      if case .failed = error { return nil }
      throw error
    }
  }

  private static func lenient(
    _ path: String, _ given: CSVSettings, _ database: Database
  ) throws(EngineError) -> CSVLayout {
    var settings = given.sniffing + ["ignore_errors = true"]
    if given.skip == nil { settings.append("skip = 0") }
    return try sniff(path, settings, database)
  }

  /// One column whose name has a delimiter in it.
  private func looksMistaken(_ given: CSVSettings) -> Bool {
    given.delimiter == nil && names.count == 1 && names[0].contains { ",;\t|".contains($0) }
  }

  private static func preamble(_ path: String, _ lines: Int, at span: Span) -> Diagnostic {
    late(
      path, lines == 1 ? "the first line is no part of it" : "\(lines) lines stand before it",
      "pass \(lines == 1 ? "it" : "them") over: `read(\"...\", skip = \(lines))`", at: span)
  }

  private static func startsWithComment(_ path: String, _ given: CSVSettings) -> Bool {
    given.comment == nil && given.skip == nil
      && FilePaths.bytes(path, upTo: 1) == [UInt8(ascii: "#")]
  }

  private static func comment(_ path: String, at span: Span) -> Diagnostic {
    late(
      path, "a comment stands before it",
      "pass comments over: `read(\"...\", comment = \"#\")`", at: span)
  }

  private static func late(
    _ path: String, _ label: String, _ help: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .unreadableFile,
      "the table of `\(Exit.escape(FilePaths.name(path), for: .terminal))` starts late",
      at: span, label: label, help: [help])
  }

  /// What the program says stands above what was found. Where the first rows have no quotes,
  /// later ones still may.
  private func filled(_ given: CSVSettings) -> CSVLayout {
    var layout = self
    layout.delimiter = given.delimiter ?? delimiter
    layout.quote = given.quote ?? (quote.isEmpty ? "\"" : quote)
    layout.escape = given.escape ?? (escape.isEmpty ? layout.quote : escape)
    layout.skip = given.skip ?? 0
    layout.hasHeader = given.header ?? hasHeader
    layout.dateFormat = given.dateFormat ?? dateFormat
    layout.timestampFormat = given.timestampFormat ?? timestampFormat
    return layout
  }

  /// For the readers, which then guess nothing.
  func settings(_ given: CSVSettings, header: Bool, pads: Bool? = nil) -> [String] {
    var all = ["auto_detect = false", "header = \(header)"]
    all.append("delim = \(ReaderSQL.quoted(delimiter))")
    all.append("quote = \(ReaderSQL.quoted(quote))")
    all.append("escape = \(ReaderSQL.quoted(quote.isEmpty ? "" : escape))")
    if skip > 0 { all.append("skip = \(skip)") }
    return all + given.reading(pads: pads ?? given.pads)
  }

  // MARK: The engine's answer

  private static func sniff(
    _ path: String, _ settings: [String], _ database: Database
  ) throws(EngineError) -> CSVLayout {
    let stream = try database.query(ReaderSQL.sniff(path, settings))
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return CSVLayout() }
    do throws(ColumnarError) {
      return try CSVLayout(batch)
    } catch {
      throw .unreadable(error)
    }
  }

  private init() {}

  private init(_ batch: RecordBatch) throws(ColumnarError) {
    delimiter = try Self.text(batch, 0) ?? ","
    quote = Self.absent(try Self.text(batch, 1))
    escape = Self.absent(try Self.text(batch, 2))
    if case .bool(let flag)? = try batch.values(column: 3, as: .bool).first { hasHeader = flag }
    if case .int(let count)? = try batch.values(column: 4, as: .int).first { skip = Int(count) }
    dateFormat = try Self.text(batch, 5)
    timestampFormat = try Self.text(batch, 6)
    names = try Self.texts(batch, 8)
    types = try Self.texts(batch, 9)
  }

  private static func text(_ batch: RecordBatch, _ column: Int) throws(ColumnarError) -> String? {
    guard case .text(let text)? = try batch.values(column: column, as: .text).first else {
      return nil
    }
    return text
  }

  private static func texts(_ batch: RecordBatch, _ column: Int) throws(ColumnarError) -> [String] {
    let type = DataType.list(ValueType(.text, nullable: true))
    guard case .list(let items)? = try batch.values(column: column, as: type).first else {
      return []
    }
    return items.map { if case .text(let text) = $0 { text } else { "" } }
  }

  /// The sniffer's word for "none".
  private static func absent(_ text: String?) -> String {
    text == "(empty)" || text == "\0" ? "" : text ?? ""
  }
}
