import Connectivity
import Diagnostics
import Values

/// What engines say of files that they cannot read, in our words.
enum ReadingWords {
  /// nil where the failure is not about what is in a file.
  static func diagnostic(
    _ failure: EngineFailure, reading path: String? = nil, at span: Span?
  ) -> Diagnostic? {
    let message = failure.message
    let file = quotedFile(message) ?? path
    let name = file.map { "`\(shown(FilePaths.name($0)))`" } ?? "a file"
    if let problem = lineProblem(message) ?? recordProblem(message) {
      return Diagnostic(
        .badRow, "\(problem.title) of \(name)\(problem.words)", at: span, label: "read here",
        notes: problem.notes, help: problem.help)
    }
    for (needle, label, help) in damages where message.contains(needle) {
      return Diagnostic(
        .unreadableFile, "\(name) cannot be read", at: span, label: label, help: help)
    }
    return nil
  }

  private struct LineProblem {
    var title: String
    var words: String
    var notes: [Diagnostic.Note] = []
    var help: [String]
  }

  /// What is wrong with one line of a CSV file.
  private static func lineProblem(_ message: String) -> LineProblem? {
    guard let line = number(message, behind: "CSV Error on Line: ") else { return nil }
    let title = "line \(line)"
    let text = original(message).map { [Diagnostic.Note("the line is `\($0)`")] } ?? []
    if let wanted = number(message, behind: "Expected Number of Columns: "),
      let found = number(message, behind: " Found: ")
    {
      let fields = found == 1 ? "1 field" : "\(found) fields"
      return LineProblem(
        title: title, words: " has \(fields) instead of \(wanted)", notes: text,
        help: found < wanted
          ? ["mend the line, or let short lines end in nothing: `read(\"...\", pad = true)`"]
          : ["mend the line: a field that holds a delimiter stands in quotes"])
    }
    if message.contains("unterminated quote") {
      return LineProblem(
        title: title, words: " opens a quote that nothing closes",
        help: ["mend the line, or read quotes as they are: `read(\"...\", quote = \"\")`"])
    }
    if message.contains("not utf-8 encoded") {
      return LineProblem(
        title: title, words: " is not UTF-8",
        help: [
          "older programs write Latin-1: `read(\"...\", encoding = \"latin-1\")`",
          "or convert it: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`",
        ])
    }
    if message.contains("Maximum line size") {
      return LineProblem(
        title: title, words: " is longer than 2 MB",
        help: ["a quote that is never closed makes such lines: `quote = \"\"` reads them"])
    }
    return nil
  }

  /// What is wrong with one record of a JSON file: `JSON transform error in file "x.json", in line
  /// 7: Expected OBJECT, but got UBIGINT: 5`.
  private static func recordProblem(_ message: String) -> LineProblem? {
    guard message.contains("JSON transform error"),
      let place = places.lazy.compactMap({ words, title in
        number(message, behind: words).map { "\(title) \($0)" }
      }).first
    else { return nil }
    let kinds = [
      ("Failed to cast value to numerical: ", "not a number"),
      ("Expected OBJECT, but got ", "no record"), ("Expected ARRAY, but got ", "no list"),
    ]
    let found = kinds.first { message.contains($0.0) }
    let value = found.flatMap { kind, _ in
      message.firstRange(of: kind).map { message[$0.upperBound...].prefix { $0 != "\n" } }
    }
    // Behind `got` stands the engine's name of a type.
    let shownValue = value.map { $0.hasPrefix("\"") ? $0 : $0.drop { $0.isUppercase } }
      .map { $0.drop { ": ".contains($0) } }
    let note =
      if message.lowercased().contains("duplicate key") {
        "a key stands in it twice"
      } else if let found, let shownValue {
        "`\(shown(String(shownValue.prefix(120))))` is \(found.1)"
      } else {
        "a value in it is of another kind than in the first rows"
      }
    // The engine says itself where it counts roughly.
    let title = message.contains("approximate") ? "a line" : place
    let help =
      message.lowercased().contains("duplicate key")
      ? "mend it: each key of a record stands in it once"
      : "the types were taken from the first 20,480 rows; say another:"
        + " `read(\"...\", types = {column: \"text\"})`"
    return LineProblem(title: title, words: " does not fit", notes: [.init(note)], help: [help])
  }

  /// How the engine says where a record is: in a file of lines, and in others.
  private static let places = [
    ("in line ", "line"), ("in object ", "record"), ("in record/value ", "record"),
  ]

  private static let damages: [(String, String, [String])] = [
    (
      "is not latin-1 encoded", "it is not Latin-1",
      ["convert it: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`"]
    ),
    (
      "is not utf-16 encoded", "it is not UTF-16",
      ["leave `encoding` out, or convert it with `iconv`"]
    ),
    ("end of GZIP stream", "it is cut off", ["fetch it again"]),
    ("GZIP", "damaged as a gzip file", ["fetch it again"]),
    ("ZSTD", "damaged as a zstd file", ["fetch it again"]),
    (
      "state machine reached an invalid state", "its lines do not end alike",
      ["make them alike: `sed 's/\\r$//' in.csv > out.csv`"]
    ),
    (
      "unexpected end of data", "the JSON breaks off", ["fetch it again"]
    ),
    ("invalid UTF-8 encoding in string", "it is not UTF-8", []),
    ("Malformed JSON", "it is not JSON", []),
    (
      "in struct auto-detected in JSON", "two keys of a record in it differ only in case",
      ["give one of them another name where the file is written"]
    ),
  ]

  // MARK: Parts of messages

  private static func number(_ message: String, behind words: String) -> Int? {
    guard let start = message.firstRange(of: words) else { return nil }
    return Int(message[start.upperBound...].prefix { $0.isNumber })
  }

  private static func original(_ message: String) -> String? {
    guard let start = message.firstRange(of: "Original Line: ") else { return nil }
    let line = message[start.upperBound...].prefix { $0 != "\n" }
    return line.isEmpty ? nil : shown(String(line.prefix(120)))
  }

  /// The file that the engine names: in its list of settings, or in quotes.
  static func quotedFile(_ message: String) -> String? {
    if let start = message.firstRange(of: "\n  file = ") {
      return String(message[start.upperBound...].prefix { $0 != "\n" })
    }
    guard let start = message.firstRange(of: "in file \"") else { return nil }
    return String(message[start.upperBound...].prefix { $0 != "\"" })
  }

  private static func shown(_ text: String) -> String { Exit.escape(text, for: .terminal) }
}
