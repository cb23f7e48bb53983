import Columnar
import Connectivity
import Diagnostics
import Values

/// Finds the line of a file of JSON lines that is not JSON; the engine counts otherwise.
enum JSONLines {
  static func broken(_ file: FileSource, _ database: Database, at span: Span) -> (any Error)? {
    guard file.format == .ndjson else { return nil }
    for path in file.files.prefix(100) {
      guard let found = try? first(path, database) else { continue }
      let name = Exit.escape(FilePaths.name(path), for: .terminal)
      return Diagnostic(
        .unreadableFile, "line \(found.line) of `\(name)` is not JSON", at: span,
        label: "read here",
        notes: [.init("the line is `\(Exit.escape(found.text, for: .terminal))`")],
        help: ["each line is an object: `{\"id\": 1, \"name\": \"Ada\"}`"])
    }
    return nil
  }

  private static func first(
    _ path: String, _ database: Database
  ) throws -> (line: Int64, text: String)? {
    let lines = """
      read_csv(\(ReaderSQL.quoted(FilePaths.literal(path))), auto_detect = false, header = false, \
      delim = '\u{1}', quote = '', escape = '', columns = {'line': 'VARCHAR'})
      """
    let stream = try database.query(
      """
      select n, left(line, 120) from (select row_number() over () as n, line from \(lines)) \
      where not json_valid(line) order by n limit 1
      """)
    defer { stream.close() }
    guard let batch = try stream.next(), batch.rowCount > 0,
      case .int(let line)? = try batch.values(column: 0, as: .int).first,
      case .text(let text)? = try batch.values(column: 1, as: .text).first
    else { return nil }
    return (line, text)
  }
}
