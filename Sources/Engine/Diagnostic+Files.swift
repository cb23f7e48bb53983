import Diagnostics
import StandardLibrary
import Values

// The words of everything that can be wrong with a file that is read or written.
extension Diagnostic {
  /// `root` is where the settings let paths start.
  static func fileNotFound(
    _ path: String, resolved: String, root: String? = nil, at span: Span
  ) -> Diagnostic {
    var help: [String] = []
    let near = Suggestion.nearest(
      to: FilePaths.name(resolved), in: FilePaths.names(in: FilePaths.folder(of: resolved)))
    if let near { help.append("did you mean `\(near)`?") }
    let folder = FilePaths.folder(of: resolved)
    if !folder.isEmpty, FilePaths.info(folder) == nil {
      help.append("there is no folder `\(folder)` either")
    }
    if resolved != path {
      let start =
        root == nil
        ? "are relative to the file that says them" : "start from the `root` that is set"
      help.append("looked for `\(resolved)`: paths \(start)")
    }
    return Diagnostic(
      .fileNotFound, "there is no file `\(path)`", at: span, label: "not found", help: help)
  }

  /// What `use` names and cannot be a module, for a reason that shows before it is parsed.
  static func noModule(_ path: String, resolved: String, at span: Span) -> Diagnostic? {
    if path.contains("://") {
      return Diagnostic(
        .unknownFormat, "`\(Exit.escape(path, for: .terminal))` is no file", at: span,
        label: "an address", help: ["download the module first, and name it by its path"])
    }
    guard let info = FilePaths.info(resolved) else {
      guard StandardLibrary.modules.contains(path) else { return nil }
      return Diagnostic(
        .fileNotFound, "there is no file `\(path)`", at: span, label: "a path, in quotes",
        help: ["the module of the library stands without them: `use \(path)`"])
    }
    if info.isFolder {
      let modules = FilePaths.names(in: resolved).filter { $0.hasSuffix(".whom") }.sorted()
      return Diagnostic(
        .unreadableFile, "`\(path)` is a folder", at: span, label: "a module is a file",
        help: modules.first.map { ["write `use \"\(path)/\($0)\"`"] } ?? [])
    }
    guard let bytes = FilePaths.bytes(resolved, upTo: .max),
      String(validating: bytes, as: UTF8.self) == nil
    else { return nil }
    return .unreadable(path, "it is no text in UTF-8", at: span)
  }

  static func noMatch(_ pattern: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .fileNotFound, "no file matches `\(pattern)`", at: span, label: "nothing to read")
  }

  static func unreadable(_ path: String, _ why: String, at span: Span) -> Diagnostic {
    Diagnostic(.unreadableFile, "`\(path)` cannot be read", at: span, label: why)
  }

  static func unknownFormat(_ path: String, at span: Span) -> Diagnostic {
    let shown = Exit.escape(path, for: .terminal)
    if path.contains("://") {
      return Diagnostic(
        .unknownFormat, "`\(shown)` is no file", at: span, label: "an address",
        help: ["download the file first; nothing is fetched while a program runs"])
    }
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if let foreign = foreignFormats.first(where: { $0.endings.contains(ending) }) {
      return Diagnostic(
        .unknownFormat, "\(foreign.words) cannot be read", at: span, label: "`.\(ending)`",
        help: [foreign.help])
    }
    return Diagnostic(
      .unknownFormat, "the format of `\(shown)` is not known", at: span,
      label: "the ending says the format",
      help: [
        "read: .csv, .tsv, .parquet, .json, .ndjson, each also as .gz or .zst",
        "or say it: `read(\"...\", format = \"csv\")`",
      ])
  }

  /// Files that others read, and how to bring them here.
  private static let foreignFormats: [(endings: Set<String>, words: String, help: String)] = [
    (
      ["xlsx", "xls", "xlsm", "xlsb", "ods", "numbers"], "a workbook",
      "save the sheet as CSV and read that"
    ),
    (
      ["feather", "arrow", "arrows", "ipc"], "an Arrow file",
      "write it as Parquet: `pyarrow.parquet.write_table(pyarrow.feather.read_table(a), b)`"
    ),
    (["avro", "orc"], "this format", "write it as Parquet where it comes from"),
    (
      ["rds", "rda", "rdata"], "a file of R",
      "write it as CSV in R: `write.csv(readRDS(\"a.rds\"), \"a.csv\", row.names = FALSE)`"
    ),
    (
      ["pkl", "pickle"], "a pickle of Python",
      "write it as Parquet: `frame.to_parquet(\"a.parquet\")`"
    ),
    (
      ["sav", "dta", "sas7bdat", "xpt", "por"], "a file of SPSS, Stata or SAS",
      "save it as CSV where it comes from"
    ),
    (
      ["sqlite", "sqlite3", "db", "duckdb", "mdb", "accdb"], "a database", "export the table as CSV"
    ),
    (["h5", "hdf5", "nc", "npy", "npz", "mat"], "an array file", "write it as Parquet"),
    (["xml", "html", "htm", "yaml", "yml", "toml"], "a marked-up file", "make CSV or JSON of it"),
    (["zip", "7z", "rar", "tar", "tgz"], "an archive", "unpack it and read what is in it"),
    (["bz2", "xz", "lz4", "br"], "a file packed so", "unpack it, or pack it with gzip or zstd"),
    (["pdf", "doc", "docx", "pptx"], "a document", "read the table from which it was made"),
  ]
}
