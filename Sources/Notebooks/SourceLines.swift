/// Where the lines of a text begin and end, by CommonMark's rule: `\n`, `\r\n` or `\r` ends one.
struct SourceLines {
  let bytes: [UInt8]
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      let isBareReturn =
        byte == .return && (offset + 1 == bytes.count || bytes[offset + 1] != .newline)
      if byte == .newline || isBareReturn { starts.append(offset + 1) }
    }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    self.starts = starts
  }

  var count: Int { starts.count }

  /// Offset of the line's first byte; the end of the text for a line behind the last.
  func start(_ line: Int) -> Int { line < starts.count ? starts[line] : bytes.count }

  /// The line without its end.
  func content(_ line: Int) -> Range<Int> {
    let start = start(line)
    var end = self.start(line + 1)
    while end > start, bytes[end - 1] == .newline || bytes[end - 1] == .return { end -= 1 }
    return start..<end
  }

  /// The line without the white space around it.
  func trimmed(_ line: Int) -> ArraySlice<UInt8> {
    let content = bytes[content(line)]
    guard let first = content.firstIndex(where: { !$0.isBlank }),
      let last = content.lastIndex(where: { !$0.isBlank })
    else { return content.prefix(0) }
    return content[first...last]
  }

  func isBlank(_ line: Int) -> Bool { trimmed(line).isEmpty }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let `return` = UInt8(ascii: "\r")
  static let backslash = UInt8(ascii: "\\")
  static let backquote = UInt8(ascii: "`")
  static let quote = UInt8(ascii: "\"")

  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
