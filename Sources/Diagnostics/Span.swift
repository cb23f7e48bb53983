/// A half-open range of bytes in one source file. Positions are UTF-8 offsets; lines and columns
/// are made only for messages.
package struct Span: Hashable, Sendable {
  /// Which file of the run: an index into its `SourceMap`.
  package var file: FileID
  package var start: Int
  package var end: Int

  package init(file: FileID, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

  package func union(_ other: Span) -> Span {
    file == other.file
      ? Span(file: file, start: min(start, other.start), end: max(end, other.end)) : self
  }
}

/// The number of a source in a `SourceMap`.
package struct FileID: Hashable, Sendable {
  package var number: Int
  package init(_ number: Int) { self.number = number }
}
