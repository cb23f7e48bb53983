/// A text that spans point into: a program, a notebook, a module, or a line typed at the prompt.
package struct SourceFile: Sendable {
  package let id: FileID
  /// As shown in messages: the path as the user gave it, or `<prompt>`.
  package let name: String
  package let bytes: [UInt8]
  /// Offsets of the first byte of each line.
  package let lineStarts: [Int]

  package init(id: FileID, name: String, text: String) {
    self.id = id
    self.name = name
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  package var whole: Span { Span(file: id, start: 0, end: bytes.count) }

  /// The text under a span, clamped to the file.
  package func text(_ span: Span) -> String {
    let start = max(0, min(span.start, bytes.count))
    let end = max(start, min(span.end, bytes.count))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Line (from 0) that holds the byte at `offset`.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// The sources of one run, by number.
package struct SourceMap: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  @discardableResult
  package mutating func add(name: String, text: String) -> SourceFile {
    let file = SourceFile(id: FileID(files.count), name: name, text: text)
    files.append(file)
    return file
  }

  package subscript(id: FileID) -> SourceFile? {
    files.indices.contains(id.number) ? files[id.number] : nil
  }
}
