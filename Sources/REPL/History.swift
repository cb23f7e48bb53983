#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Statements typed before, one JSON object a line: `{"t":1751270400,"text":"orders | count"}`.
///
/// Each entry is one append, so that sessions side by side lose nothing. Only the owner may read
/// the file: statements can name people.
final class History {
  /// Older ones stay in the file, but are not brought back.
  static let limit = 2000
  private static let tailBytes = 1 << 21

  /// Nil where nothing is kept.
  private let path: String?
  /// Of earlier sessions and of this one, oldest first.
  private(set) var entries: [String]

  init(_ path: String?) {
    self.path = path
    entries = path.map(Self.entries) ?? []
  }

  /// `whom/history.jsonl` under the folder for state, `nil` without a home.
  static var standardPath: String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/whom/history.jsonl"
    }
    return environment("HOME").map { "\($0)/.local/state/whom/history.jsonl" }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The latest entries, oldest first. Lines that are not ours are passed over.
  private static func entries(in path: String) -> [String] {
    tail(of: path).split(separator: UInt8(ascii: "\n")).suffix(limit).compactMap { line in
      HistoryEntry.text(inLine: String(decoding: line, as: UTF8.self))
    }
  }

  private static func tail(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    fseek(file, max(0, size - tailBytes), SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: min(max(0, size), tailBytes))
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }

  /// A history that cannot be written is no reason to disturb the session.
  func append(_ text: String, at time: Int) {
    entries.append(text)
    guard let path else { return }
    Self.makeFolders(of: path)
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    let line = Array(HistoryEntry.line(text, time: time).utf8)
    _ = write(file, line, line.count)
  }

  private static func makeFolders(of path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" {
      mkdir(String(path[..<index]), 0o700)
    }
  }
}

/// One line of the history file.
enum HistoryEntry {
  static func line(_ text: String, time: Int) -> String {
    var line = "{\"t\":\(time),\"text\":\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\t": line += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: line += escape(scalar.value)
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\"}\n"
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// The text of a line that `line` wrote; nil for anything else.
  static func text(inLine line: String) -> String? {
    let opening = "\"text\":\""
    guard line.hasPrefix("{\"t\":"), line.hasSuffix("\"}"),
      let start = line.firstRange(of: opening)?.upperBound
    else { return nil }
    var rest = line[start...].unicodeScalars.dropLast(2)
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let escaped = unescape(&rest) else { return nil }
      text.append(escaped)
    }
    return String(text)
  }

  private static func unescape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "\"": return "\""
    case "\\": return "\\"
    case "u":
      let digits = String(String.UnicodeScalarView(rest.prefix(4)))
      rest = rest.dropFirst(4)
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    default: return nil
    }
  }
}
