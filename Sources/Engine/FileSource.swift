import Compiler
import Connectivity
import Values

/// A file, or several of one kind, that a program reads.
struct FileSource {
  enum Format: String, CaseIterable {
    case csv, tsv, parquet, json, ndjson

    var words: String {
      switch self {
      case .csv: "CSV"
      case .tsv: "TSV"
      case .parquet: "Parquet"
      case .json: "JSON"
      case .ndjson: "NDJSON"
      }
    }
  }

  var format: Format
  /// As the program names it.
  var name: String
  /// A path, a pattern, or all of a folder.
  var pattern: String
  var files: [String]
  var options: [SourceRequest.Option]

  func option(_ name: ReadOption) -> SourceRequest.Option? {
    options.first { $0.name == name.rawValue }
  }

  /// What the engine is told: every file by its name, so that no sign in a name is a pattern.
  var engineFiles: String {
    let list = files.map { ReaderSQL.quoted(FilePaths.literal($0)) }
    return list.count == 1 ? list[0] : "[\(list.joined(separator: ", "))]"
  }

  private static let packed: Set<String> = ["gz", "zst", "zstd"]

  static func isPacked(_ path: String) -> Bool {
    packed.contains(path.split(separator: ".").last.map { $0.lowercased() } ?? "")
  }

  /// The format by the ending, looking through `.gz` and `.zst`.
  static func format(of path: String) -> Format? {
    var parts = FilePaths.name(path).split(separator: ".").dropFirst().map { $0.lowercased() }
    if let last = parts.last, packed.contains(last) { parts.removeLast() }
    switch parts.last {
    case "csv", "txt": return .csv
    case "tsv", "tab": return .tsv
    case "parquet", "pq": return .parquet
    case "json": return .json
    case "ndjson", "jsonl": return .ndjson
    default: return nil
    }
  }
}

/// SQL of reading files. It is text and not a tree, because no user's expression is in it: only
/// settled settings, each quoted here.
enum ReaderSQL {
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\0", with: "\u{2400}") + "'"
  }
  static func name(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"").replacing("\0", with: "\u{2400}") + "\""
  }

  /// What the first rows of a CSV file look like.
  static func sniff(_ path: String, _ settings: [String]) -> String {
    let all = [quoted(FilePaths.literal(path)), "sample_size = 20480"] + settings
    return """
      select "Delimiter", "Quote", "Escape", "HasHeader", "SkipRows", "DateFormat", \
      "TimestampFormat", "NewLineDelimiter", \
      list_transform("Columns", lambda c: c.name) as names, list_transform("Columns", lambda c: c.type) as types \
      from sniff_csv(\(all.joined(separator: ", ")))
      """
  }
}
