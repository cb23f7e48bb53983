import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// What the first rows of a CSV file let one suspect: numbers that are texts for the sake of an
/// `NA`, and floats that are none.
struct SampleFindings {
  let layout: CSVLayout
  let given: CSVSettings
  let database: Database
  /// More rows are not looked at.
  private static let limit = 20_480

  struct Found {
    var warnings: [Diagnostic] = []
    /// Columns that look personal.
    var lookAlikes: [String: LookAlike] = [:]
    var plainColumns: Set<String> = []
    /// Whether all rows of the file were looked at.
    var isWhole = false
  }

  /// What stands for nothing in the files of others.
  private static let marks = [
    "NA", "N/A", "n/a", "na", "#N/A", "NULL", "null", "Null", "None", "none", "NaN", "nan", "-",
    "--", ".", "?", "missing", "MISSING", "nil", "(null)", "\\N",
  ]

  func found(
    _ columns: [FileReader.ReadColumn], _ path: String, at span: Span
  ) throws -> Found {
    let suspects = columns.filter {
      given.hasPlainNumbers && ($0.type == .text || $0.type == .float)
    }
    let looked = Array(suspects.prefix(200))
    let maybePersonal = PersonalLook(columns)
    let items = looked.map(Self.firstLook) + maybePersonal.items
    if items.isEmpty { return Found() }
    guard let answers = try row(items, path) else { return Found() }
    let first = answers.prefix(looked.count)
    var found = Found()
    let rows = answers.last?.flatMap { Int($0) } ?? 0
    found.isWhole = rows < Self.limit && looked.count == suspects.count && !looked.isEmpty
    found.plainColumns = maybePersonal.plain(answers.dropFirst(looked.count))
    let personal = maybePersonal.doubtful(answers.dropFirst(looked.count))
    if !personal.isEmpty, let values = try row(personal.map(PersonalLook.values), path) {
      found.lookAlikes = PersonalLook.found(personal, values)
    }
    // What to look for in texts costs the engine more to plan than to do: only where it may be.
    let texts = zip(looked, first).filter { $0.0.type == .text }.map { column, look in
      (column: column, look: look.map { TextLook($0) } ?? TextLook())
    }
    let doubtful = texts.filter { $0.look.numbers > 0 }.map(\.column)
    let second = doubtful.isEmpty ? nil : try row(doubtful.map(Self.marksAmongNumbers), path)
    let marks = Dictionary(uniqueKeysWithValues: zip(doubtful.map(\.name), second ?? []))
    for (column, count) in zip(looked, first) {
      if column.type == .text, let words = marks[column.name] ?? nil {
        found.warnings.append(Self.marked(column.name, words, at: span))
      } else if column.type == .float, let count {
        found.warnings.append(
          Self.notFinite(column.name, count, isWhole: found.isWhole, at: span))
      }
    }
    let foreign = texts.filter(\.look.mayBeForeignNumber).map(\.column)
    if !foreign.isEmpty, let answers = try row(foreign.map(ForeignNumbers.query), path) {
      for (column, answer) in zip(foreign, answers) {
        let numbers = answer.flatMap { ForeignNumbers($0) }
        if let numbers { found.warnings.append(numbers.warning(column.name, at: span)) }
      }
    }
    return found
  }

  private static func marked(_ name: String, _ marks: String, at span: Span) -> Diagnostic {
    let list = marks.split(separator: "\u{1}").map { "\"\($0.replacing("\\", with: "\\\\"))\"" }
      .joined(separator: ", ")
    return Diagnostic(
      .textForMissing, "`\(name)` holds numbers, but is text because of \(list)", at: span,
      label: "read as text",
      help: ["where that stands for nothing: `read(\"...\", missing = [\(list)])`"])
  }

  private static func notFinite(
    _ name: String, _ count: String, isWhole: Bool, at span: Span
  ) -> Diagnostic {
    let title =
      count == "1"
      ? "a value of `\(name)` is NaN or infinite"
      : "\(count) values of `\(name)` are NaN or infinite"
    let sample = " in the first \(NumberPrinting.grouped("\(limit)")) rows"
    return Diagnostic(
      .notFinite, title + (isWhole ? "" : sample), at: span, label: "read as missing")
  }

  // MARK: Queries

  /// Of texts, how many are numbers, and one of them; of floats, how many are not finite, null
  /// for none. A cast that fails is dear: what begins with a letter is not tried.
  private static func firstLook(at column: FileReader.ReadColumn) -> String {
    let name = ReaderSQL.name(column.original)
    return column.type == .text
      ? """
      count(*) filter (\(name) < ':' and \(number(column)) is not null) \
      || ' ' || coalesce(any_value(\(name)), '')
      """
      : "nullif(count(*) filter (not isfinite(\(number(column)))), 0)"
  }

  private static func number(_ column: FileReader.ReadColumn) -> String {
    "try_cast(\(ReaderSQL.name(column.original)) as double)"
  }

  /// The words in a column of numbers that stand for nothing, with 1 between them.
  private static func marksAmongNumbers(_ column: FileReader.ReadColumn) -> String {
    let name = ReaderSQL.name(column.original)
    let number = number(column)
    let isMark = "list_contains([\(marks.map(ReaderSQL.quoted).joined(separator: ", "))], \(name))"
    return """
      case when bool_and(\(isMark) or \(number) is not null) \
      and bool_or(\(number) is not null and not \(isMark)) \
      then string_agg(distinct \(name), chr(1) order by \(name)) filter (\(isMark)) end
      """
  }

  /// One row of texts over the first rows of the file, their count behind.
  private func row(_ items: [String], _ path: String) throws -> [String?]? {
    let types = layout.names.map { "\(ReaderSQL.quoted($0)): 'VARCHAR'" }.joined(separator: ", ")
    let settings =
      layout.settings(given, header: layout.hasHeader)
      + ["ignore_errors = true", "columns = {\(types)}"]
    let call =
      "read_csv(\(ReaderSQL.quoted(FilePaths.literal(path))), \(settings.joined(separator: ", ")))"
    let list = (items + ["count(*)"]).map { "cast(\($0) as varchar)" }.joined(separator: ", ")
    let stream = try database.query(
      "select \(list) from (select * from \(call) limit \(Self.limit))")
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return nil }
    return try (0...items.count).map { position in
      guard case .text(let text)? = try batch.values(column: position, as: .text).first else {
        return nil
      }
      return text
    }
  }
}
