/// A place as people and editors count it, both from 1; columns are characters.
package struct SourcePosition: Hashable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension SourceFile {
  package func position(of offset: Int) -> SourcePosition {
    let offset = max(0, min(offset, bytes.count))
    let line = line(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    return SourcePosition(line: line + 1, column: before.count + 1)
  }

  /// A line, from 0, without its line end.
  func lineRange(_ line: Int) -> Range<Int> {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<max(start, end)
  }
}
