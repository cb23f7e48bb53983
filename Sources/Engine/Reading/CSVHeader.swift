import Columnar
import Connectivity
import Diagnostics
import Values

/// The names in the first line of a CSV file, as they are written there. (The engine makes up
/// others for names that are empty or come twice.)
struct CSVHeader {
  let layout: CSVLayout
  let given: CSVSettings
  let database: Database
  /// The names in the first line of the first file, where they are known already.
  var known: [String]?

  /// The names of the columns; made up where there are none, refused where one comes twice.
  func names(_ path: String, renames: Bool, at span: Span) throws -> [String] {
    let numbered = layout.names.indices.map { "column_\($0 + 1)" }
    guard layout.hasHeader, let written = try known ?? firstLine(path) else { return numbered }
    let names = zip(written, numbered).map { $0.isEmpty ? $1 : $0 }
    if renames { return names }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw Diagnostic(
        .duplicateName, "the file has two columns `\(Exit.escape(name, for: .terminal))`",
        at: span, label: "in its first line",
        help: ["name them: `read(\"...\", columns = [...])`"])
    }
    return names
  }

  /// Every further file must have the columns of the first, in its order: the engine would put
  /// the fields where they stand.
  func check(_ files: [String], at span: Span) throws {
    guard layout.hasHeader, files.count > 1, let first = files.first,
      let wanted = try known ?? firstLine(first)
    else { return }
    for file in files.dropFirst().prefix(200) {
      guard let found = try firstLine(file), found != wanted else { continue }
      throw Self.differs(FilePaths.name(first), wanted, FilePaths.name(file), found, at: span)
    }
  }

  private static func differs(
    _ first: String, _ wanted: [String], _ file: String, _ found: [String], at span: Span
  ) -> Diagnostic {
    func list(_ names: [String]) -> String {
      let shown = names.prefix(8).map { "`\(Exit.escape($0, for: .terminal))`" }
      return shown.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
    return Diagnostic(
      .filesDiffer, "the files do not have the same columns", at: span,
      label: Set(wanted) == Set(found) ? "in another order" : "read as one relation",
      notes: [
        .init("`\(Exit.escape(first, for: .terminal))` has \(list(wanted))"),
        .init("`\(Exit.escape(file, for: .terminal))` has \(list(found))"),
      ],
      help: ["read them apart and join the rows by name: `read \"a.csv\" | union read \"b.csv\"`"])
  }

  /// Bytes: the engine would fill 32 MB for one line. Twice the longest line that it reads.
  private static let bufferSize = 4 << 20

  /// The fields of the first line; nil where there is none.
  func firstLine(_ path: String) throws -> [String]? {
    let columns = layout.names.indices.map { "'c\($0)': 'VARCHAR'" }.joined(separator: ", ")
    let settings =
      layout.settings(given, header: false, pads: true)
      + [
        "ignore_errors = true", "columns = {\(columns)}", "buffer_size = \(Self.bufferSize)",
      ]
    let call =
      "read_csv(\(ReaderSQL.quoted(FilePaths.literal(path))), \(settings.joined(separator: ", ")))"
    let stream = try database.query("select * from \(call) limit 1")
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0 else { return nil }
    return try layout.names.indices.map { column in
      guard case .text(let name)? = try batch.values(column: column, as: .text, rows: 0..<1).first
      else { return "" }
      return Self.trimmed(name)
    }
  }

  static func trimmed(_ name: String) -> String {
    let start = name.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
