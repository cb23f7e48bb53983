import Diagnostics
import Values

// The words of everything that can be wrong with a file that is read or written.
extension Diagnostic {
  static func fileNotFound(_ path: String, resolved: String, at span: Span) -> Diagnostic {
    var help: [String] = []
    let near = Suggestion.nearest(
      to: FilePaths.name(resolved), in: FilePaths.names(in: FilePaths.folder(of: resolved)))
    if let near { help.append("did you mean `\(near)`?") }
    let folder = FilePaths.folder(of: resolved)
    if !folder.isEmpty, FilePaths.info(folder) == nil {
      help.append("there is no folder `\(folder)` either")
    }
    if resolved != path {
      help.append("looked for `\(resolved)`: paths are relative to the file that says them")
    }
    return Diagnostic(
      .fileNotFound, "there is no file `\(path)`", at: span, label: "not found", help: help)
  }

  static func noMatch(_ pattern: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .fileNotFound, "no file matches `\(pattern)`", at: span, label: "nothing to read")
  }

  static func unreadable(_ path: String, _ why: String, at span: Span) -> Diagnostic {
    Diagnostic(.unreadableFile, "`\(path)` cannot be read", at: span, label: why)
  }

  static func unknownFormat(_ path: String, at span: Span) -> Diagnostic {
    var help = ["read: .csv, .tsv, .parquet, .json, .ndjson, each also as .gz or .zst"]
    if path.hasSuffix(".xlsx") || path.hasSuffix(".xls") {
      help = ["save the sheet as CSV and read that"]
    }
    if path.contains("://") {
      return Diagnostic(
        .unknownFormat, "`\(path)` is no file", at: span, label: "an address",
        help: ["download the file first; nothing is fetched while a program runs"])
    }
    help.append("or say it: `read(\"...\", format = \"csv\")`")
    return Diagnostic(
      .unknownFormat, "the format of `\(path)` is not known", at: span,
      label: "the ending says the format", help: help)
  }
}
