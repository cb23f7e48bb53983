import Columnar
import Compiler
import Connectivity
import Diagnostics
import Values

/// Dates that can be read in two ways: `03/04/2025` is a day in March or in April. Unless some
/// row settles it, the reader asks.
struct DateReadings {
  let layout: CSVLayout
  let given: CSVSettings
  let database: Database

  func check(_ column: FileReader.ReadColumn, _ path: String, at span: Span) throws {
    let (format, said) =
      column.type == .date
      ? (layout.dateFormat, given.dateFormat) : (layout.timestampFormat, given.timestampFormat)
    guard column.type == .date || column.type == .timestamp, said == nil, let format,
      let other = Self.swapped(format),
      let sample = try ambiguous(column.original, other, path)
    else { return }
    let option = column.type == .date ? "date_format" : "timestamp_format"
    let dayFirst =
      (format.firstRange(of: "%d")?.lowerBound ?? format.endIndex)
      < (format.firstRange(of: "%m")?.lowerBound ?? format.endIndex)
    throw Diagnostic(
      .ambiguousDates, "the dates of `\(column.name)` can be read in two ways", at: span,
      label: "`\(Exit.escape(sample, for: .terminal))`: \(Self.readings(sample))",
      help: [
        "where the day stands first: `read(\"...\", \(option) = \"\(dayFirst ? format : other)\")`",
        "where the month stands first: `\(option) = \"\(dayFirst ? other : format)\"`",
      ])
  }

  /// `3 April or 4 March?`
  private static func readings(_ sample: String) -> String {
    let numbers = sample.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    guard numbers.count == 2, numbers.allSatisfy({ (1...12).contains($0) }) else {
      return "day first, or month first?"
    }
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(numbers[0]) \(months[numbers[1] - 1]) or \(numbers[1]) \(months[numbers[0] - 1])?"
  }

  /// A date of the column when all of them can be read in the other way too.
  private func ambiguous(_ column: String, _ other: String, _ path: String) throws -> String? {
    let types = layout.names.map { "\(ReaderSQL.quoted($0)): 'VARCHAR'" }.joined(separator: ", ")
    let settings =
      layout.settings(given, header: layout.hasHeader)
      + ["ignore_errors = true", "columns = {\(types)}"]
    let name = ReaderSQL.name(column)
    let call =
      "read_csv(\(ReaderSQL.quoted(FilePaths.literal(path))), \(settings.joined(separator: ", ")))"
    let sql = """
      select bool_and(try_strptime(\(name), \(ReaderSQL.quoted(other))) is not null), \
      arg_min(\(name), case when split_part(\(name), '/', 1) = split_part(\(name), '/', 2) \
      then 1 else 0 end) \
      from (select \(name) from \(call) where \(name) is not null limit 20480)
      """
    let stream = try database.query(sql)
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0,
      case .bool(true)? = try batch.values(column: 0, as: .bool).first,
      case .text(let sample)? = try batch.values(column: 1, as: .text).first
    else { return nil }
    return sample
  }

  private static func swapped(_ format: String) -> String? {
    guard format.contains("%d"), format.contains("%m"), !format.hasPrefix("%Y") else { return nil }
    return format.replacing("%d", with: "\u{1}").replacing("%m", with: "%d")
      .replacing("\u{1}", with: "%m")
  }
}
