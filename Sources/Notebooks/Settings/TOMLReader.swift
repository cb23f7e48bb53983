internal import Diagnostics

/// Reads the part of TOML that settings need: names with a text, a whole number or a truth value,
/// tables, comments. What else TOML has is refused by name and not guessed at.
struct TOMLReader {
  private let file: SourceFile
  private let lines: SourceLines
  private(set) var diagnostics: [Diagnostic] = []
  private var top: [YAMLEntry] = []
  private var tables: [(name: YAMLEntry, entries: [YAMLEntry])] = []

  init(_ file: SourceFile) {
    self.file = file
    lines = SourceLines(file.bytes)
  }

  /// All that could be read, as a map of settings.
  mutating func read() -> YAMLValue {
    for line in 0..<lines.count {
      do throws(Diagnostic) {
        try read(line)
      } catch {
        diagnostics.append(error)
      }
    }
    let groups = tables.map { table in
      var entry = table.name
      entry.value.kind = .map(table.entries)
      return entry
    }
    return YAMLValue(kind: .map(top + groups), span: file.whole)
  }

  private mutating func read(_ line: Int) throws(Diagnostic) {
    let content = lines.trimmed(line)
    var rest = TOMLLine(content, file: file.id)
    if line == 0, content.starts(with: [0xEF, 0xBB, 0xBF]) { rest.skip(3) }
    guard let first = rest.first, first != UInt8(ascii: "#") else { return }
    if first == UInt8(ascii: "[") {
      try open(try rest.table())
    } else {
      let (key, span) = try rest.key()
      try rest.equals()
      let entry = YAMLEntry(key: key, keySpan: span, value: try rest.value())
      try rest.end()
      try add(entry)
    }
  }

  private mutating func open(_ name: (text: String, span: Span)) throws(Diagnostic) {
    let known = top + tables.map(\.name)
    if let first = known.first(where: { $0.key == name.text }) {
      throw .repeatedOption(name.text, at: name.span, first: first.keySpan)
    }
    let none = YAMLValue(kind: .map([]), span: name.span)
    tables.append((YAMLEntry(key: name.text, keySpan: name.span, value: none), []))
  }

  private mutating func add(_ entry: YAMLEntry) throws(Diagnostic) {
    let siblings = tables.last?.entries ?? top
    if let first = siblings.first(where: { $0.key == entry.key }) {
      throw .repeatedOption(entry.key, at: entry.keySpan, first: first.keySpan)
    }
    if tables.isEmpty {
      top.append(entry)
    } else {
      tables[tables.count - 1].entries.append(entry)
    }
  }
}

/// One line of the file, read from the left.
private struct TOMLLine {
  private let bytes: ArraySlice<UInt8>
  private let file: FileID
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, file: FileID) {
    self.bytes = bytes
    self.file = file
    position = bytes.startIndex
  }

  var first: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  mutating func skip(_ count: Int) { position += count }

  private mutating func skipBlanks() {
    while first?.isBlank == true { position += 1 }
  }

  private func span(from start: Int, to end: Int? = nil) -> Span {
    Span(file: file, start: start, end: max(start, min(end ?? position, bytes.endIndex)))
  }

  private func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The sign at hand, or the end of the line.
  private var here: Span { span(from: min(position, bytes.endIndex), to: position + 1) }

  // MARK: Heads

  /// `[run]`
  mutating func table() throws(Diagnostic) -> (text: String, span: Span) {
    position += 1
    if first == UInt8(ascii: "[") {
      throw .badTOML("a list of tables is no setting", at: here)
    }
    skipBlanks()
    let name = try key()
    guard first == UInt8(ascii: "]") else { throw .badTOML("`]` must close the table", at: here) }
    position += 1
    try end()
    return name
  }

  mutating func key() throws(Diagnostic) -> (text: String, span: Span) {
    let start = position
    let name: String
    if first == .quote || first == UInt8(ascii: "'") {
      name = try quoted()
    } else {
      while let byte = first, byte.isTOMLName { position += 1 }
      if position == start { throw .badTOML("a name must stand here", at: here) }
      name = text(from: start, to: position)
    }
    let place = span(from: start)
    skipBlanks()
    if first == UInt8(ascii: ".") {
      throw .badTOML("write `[\(name)]` above, and the name alone", at: here)
    }
    return (name, place)
  }

  mutating func equals() throws(Diagnostic) {
    guard first == UInt8(ascii: "=") else {
      throw .badTOML("`=` and a value must stand behind the name", at: here)
    }
    position += 1
    skipBlanks()
  }

  /// Nothing but a comment.
  mutating func end() throws(Diagnostic) {
    skipBlanks()
    if let first, first != UInt8(ascii: "#") {
      throw .badTOML(
        "nothing may follow on this line", at: span(from: position, to: bytes.endIndex))
    }
  }

  // MARK: Values

  mutating func value() throws(Diagnostic) -> YAMLValue {
    let start = position
    switch first {
    case nil, UInt8(ascii: "#"): throw .badTOML("a value must stand here", at: here)
    case .quote, UInt8(ascii: "'"):
      let text = try quoted()
      return YAMLValue(kind: .scalar(text, isPlain: false), span: span(from: start))
    case UInt8(ascii: "["): throw .badTOML("a list is no setting", at: here)
    case UInt8(ascii: "{"): throw .badTOML("write the group as a table: `[name]`", at: here)
    default: return try plain()
    }
  }

  /// A whole number or a truth value; else the text that probably lacks its quotes.
  private mutating func plain() throws(Diagnostic) -> YAMLValue {
    let start = position
    while let byte = first, !byte.isBlank, byte != UInt8(ascii: "#") { position += 1 }
    let word = text(from: start, to: position)
    let digits = word.filter { $0 != "_" }
    if word == "true" || word == "false" || Int(digits) != nil {
      let shown = Int(digits).map(String.init) ?? word
      return YAMLValue(kind: .scalar(shown, isPlain: true), span: span(from: start))
    }
    throw .badTOML(
      "this is no whole number and not true or false",
      at: span(from: start), help: "a text stands in quotes: `\"\(word)\"`")
  }

  /// `"..."` with escapes, `'...'` as it stands.
  private mutating func quoted() throws(Diagnostic) -> String {
    let start = position
    let quote = bytes[position]
    if bytes[position...].starts(with: [quote, quote, quote]) {
      throw .badTOML("a text of several lines is no setting", at: span(from: start, to: start + 3))
    }
    position += 1
    var text: [UInt8] = []
    while let byte = first {
      position += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == .backslash, quote == .quote {
        text += Array(String(try escape()).utf8)
      } else {
        text.append(byte)
      }
    }
    throw .badTOML("the text is not closed", at: span(from: start))
  }

  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    let start = position - 1
    let sign = first
    position += 1
    switch sign {
    case .quote: return "\""
    case .backslash: return "\\"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = sign == UInt8(ascii: "u") ? 4 : 8
      let end = min(position + count, bytes.endIndex)
      let digits = text(from: min(position, end), to: end)
      position = end
      if digits.utf8.count == count, let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        return scalar
      }
    default: break
    }
    throw .badTOML("no sign is written so", at: span(from: start))
  }
}

extension UInt8 {
  fileprivate var isTOMLName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func badTOML(
    _ problem: String, at span: Span, help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .badSetting, "`\(ProjectFile.name)` cannot be read", at: span, label: problem,
      help: help.map { [$0] } ?? ["a setting is `name = value`: `zone = \"Europe/Zurich\"`"])
  }
}
