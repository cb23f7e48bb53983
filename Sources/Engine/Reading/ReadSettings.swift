import Compiler
import Diagnostics
import Values

/// What the program says of a source in any format: the names and the types of its columns.
struct ReadSettings {
  var types: [(name: String, type: DataType)] = []
  private var typesSpan: Span?
  private(set) var columns: (names: [String], span: Span)?
  private(set) var numberRows: (name: String, span: Span)?

  init(_ file: FileSource) throws(Diagnostic) {
    for option in file.options {
      guard let known = ReadOption(rawValue: option.name) else { continue }
      let value = OptionValue(option)
      try Self.check(known, file.format, option.span)
      switch known {
      case .columns: columns = (try Self.names(value), option.span)
      case .types: try addTypes(value)
      case .numberRows:
        let name = try value.text()
        if name.isEmpty { throw value.wrong("the name of a column") }
        numberRows = (name, option.span)
      case .format, .header, .missing, .delimiter, .quote, .escape, .encoding, .decimal,
        .thousands, .skip, .comment, .pad, .dateFormat, .timestampFormat:
        break
      }
    }
  }

  /// An option that says nothing of this kind of file is a mistake, not a wish to pass over.
  private static func check(
    _ option: ReadOption, _ format: FileSource.Format, _ span: Span
  ) throws(Diagnostic) {
    let (fits, formats) =
      switch (option.reach, format) {
      case (.all, _), (_, .csv), (_, .tsv), (.text, .json), (.text, .ndjson): (true, "")
      case (.text, .parquet): (false, "CSV, TSV and JSON")
      case (.delimited, .parquet), (.delimited, .json), (.delimited, .ndjson):
        (false, "CSV and TSV")
      }
    if fits { return }
    throw Diagnostic(
      .badArgument, "`\(option.rawValue)` says nothing of a \(format.words) file", at: span,
      label: "only of \(formats)")
  }

  private static func names(_ option: OptionValue) throws(Diagnostic) -> [String] {
    let names = try option.texts()
    if names.contains("") { throw option.wrong("names that are not empty") }
    for (position, name) in names.enumerated() where names[..<position].contains(name) {
      throw Diagnostic(
        .duplicateName, "`columns` has `\(name)` twice", at: option.span,
        label: "two columns of one name")
    }
    return names
  }

  private mutating func addTypes(_ option: OptionValue) throws(Diagnostic) {
    typesSpan = option.span
    guard case .record(let fields) = option.option.value else {
      throw option.wrong("a record of types")
    }
    for field in fields {
      guard case .text(let text) = field.value, let type = TypeText.type(text), type.isPlain else {
        throw Diagnostic(
          .badArgument, "the type of `\(field.name)` is not one that a file can have",
          at: option.span, label: "in `types`",
          help: [
            "bool, int, float, decimal(12, 2), text, date or timestamp: `{\(field.name): \"text\"}`"
          ])
      }
      types.append((field.name, type))
    }
  }

  func type(of name: String) -> DataType? { types.first { $0.name == name }?.type }

  /// The names that the columns get. `types` may speak of columns that are there, and of such as
  /// may come later where `mayNameOthers` says so.
  func settle(
    _ found: [String], mayNameOthers: Bool = false, at span: Span
  ) throws(Diagnostic) -> [String] {
    var names = found
    if let columns {
      guard columns.names.count == found.count else {
        throw Diagnostic(
          .badArgument, "`columns` names \(columns.names.count) of \(found.count) columns",
          at: columns.span, label: "one name for each column of the file")
      }
      names = columns.names
    }
    let folded = Set(names.map { $0.lowercased() })
    for (name, _) in types where !names.contains(name) {
      if mayNameOthers, !folded.contains(name.lowercased()) { continue }
      throw Diagnostic(
        .unknownColumn, "the file has no column `\(name)`", at: typesSpan ?? span,
        label: "in `types`", help: Self.help(name, names))
    }
    if let numberRows, names.contains(numberRows.name) {
      throw Diagnostic(
        .duplicateName, "the file has a column `\(numberRows.name)` already",
        at: numberRows.span, label: "would be a second one")
    }
    return names
  }
}

extension ReadSettings {
  private static func help(_ name: String, _ names: [String]) -> [String] {
    let near = Suggestion.nearest(to: name, in: names)
    return [
      near.map { "did you mean `\($0)`?" } ?? "its columns: \(names.joined(separator: ", "))"
    ]
  }

  /// Columns that `types` names beyond those that were found: keys of later records of JSON.
  func others(than names: [String]) -> [Column] {
    types.filter { !names.contains($0.name) }
      .map { Column($0.name, ValueType($0.type, nullable: true)) }
  }

  func notSeen(_ name: String, among names: [String], _ file: FileSource, at span: Span)
    -> Diagnostic
  {
    let shown = Exit.escape(FilePaths.name(file.name), for: .terminal)
    return Diagnostic(
      .keyNotSeen, "no record of the first 20,480 of `\(shown)` has a `\(name)`",
      at: typesSpan ?? span, label: "missing where a record has none",
      help: Self.help(name, names))
  }
}

extension DataType {
  /// A type that a field of a text file can have.
  fileprivate var isPlain: Bool {
    switch self {
    case .bool, .int, .float, .decimal, .text, .date, .timestamp: true
    case .duration, .months, .period, .list, .record, .json, .null: false
    }
  }
}
