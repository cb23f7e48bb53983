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
    guard given.hasPlainNumbers else { return Found() }
    let suspects = columns.filter { $0.type == .text || $0.type == .float }
    let looked = suspects.prefix(200)
    if looked.isEmpty { return Found() }
    let stream = try database.query(sql(Array(looked), path))
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return Found() }
    var found = Found()
    if case .int(let rows)? = try batch.values(column: looked.count, as: .int).first {
      found.isWhole = rows < Self.limit && looked.count == suspects.count
    }
    for (position, column) in looked.enumerated() {
      guard case .text(let words)? = try batch.values(column: position, as: .text).first else {
        continue
      }
      found.warnings.append(
        column.type == .text
          ? Self.marked(column.name, words, at: span)
          : Self.notFinite(column.name, words, isWhole: found.isWhole, at: span))
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

  private func sql(_ columns: [FileReader.ReadColumn], _ path: String) -> String {
    let types = layout.names.map { "\(ReaderSQL.quoted($0)): 'VARCHAR'" }.joined(separator: ", ")
    let settings =
      layout.settings(given, header: layout.hasHeader)
      + ["ignore_errors = true", "columns = {\(types)}"]
    let call =
      "read_csv(\(ReaderSQL.quoted(FilePaths.literal(path))), \(settings.joined(separator: ", ")))"
    let marks = Self.marks.map(ReaderSQL.quoted).joined(separator: ", ")
    let items = columns.map { column in
      let name = ReaderSQL.name(column.original)
      let number = "try_cast(\(name) as double)"
      return column.type == .text
        ? """
        case when bool_and(\(name) in (\(marks)) or \(number) is not null) \
        and bool_or(\(number) is not null and \(name) not in (\(marks))) \
        then string_agg(distinct \(name), chr(1) order by \(name)) filter (\(name) in (\(marks))) end
        """
        : "cast(nullif(count(*) filter (not isfinite(\(number))), 0) as varchar)"
    }
    let list = (items + ["count(*)"]).joined(separator: ", ")
    return "select \(list) from (select * from \(call) limit \(Self.limit))"
  }
}
