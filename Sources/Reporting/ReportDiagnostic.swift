package import Diagnostics
package import Values

/// A finding as a report shows it: the facts of the diagnostic with the lines of source it points
/// at, free of the sources themselves.
package struct ReportDiagnostic: Hashable, Sendable {
  /// A piece of source: `file:line:column` and the lines with their marks.
  package struct Excerpt: Hashable, Sendable {
    package var place: String
    package var lines: [Line]
    package var label: String
  }

  package struct Line: Hashable, Sendable {
    /// Counted from 1.
    package var number: Int
    package var text: String
    /// The marked part, in UTF-8 offsets into `text`.
    package var mark: Range<Int>
  }

  package struct Note: Hashable, Sendable {
    package var text: String
    package var excerpt: Excerpt?
  }

  package var code: String
  package var isError: Bool
  package var title: String
  package var excerpt: Excerpt?
  package var notes: [Note]
  package var help: [String]
  /// The columns that the failing stage was given.
  package var input: [Column]

  package init(_ diagnostic: Diagnostic, sources: SourceMap, input: Schema? = nil) {
    code = diagnostic.code.rawValue
    isError = diagnostic.severity == .error
    title = diagnostic.title
    excerpt = diagnostic.span.flatMap { Excerpt($0, label: diagnostic.label, sources: sources) }
    notes = diagnostic.notes.map { note in
      Note(
        text: note.text,
        excerpt: note.span.flatMap { Excerpt($0, label: "", sources: sources) })
    }
    help = diagnostic.help
    self.input = input?.columns ?? []
  }
}

extension ReportDiagnostic.Excerpt {
  /// At most this many lines are shown of a span; a long line is cut around its mark.
  private static let maximalLines = 4
  private static let maximalBytes = 160

  init?(_ span: Span, label: String, sources: SourceMap) {
    guard let file = sources[span.file] else { return nil }
    let start = max(0, min(span.start, file.bytes.count))
    let end = max(start, min(span.end, file.bytes.count))
    let first = file.line(of: start)
    let last = min(file.line(of: max(start, end - 1)), first + Self.maximalLines - 1)
    lines = (first...last).map { Self.line($0, start..<end, in: file) }
    let column = String(decoding: file.bytes[file.lineStarts[first]..<start], as: UTF8.self).count
    place = "\(file.name):\(first + 1):\(column + 1)"
    self.label = label
  }

  private static func line(
    _ number: Int, _ marked: Range<Int>, in file: SourceFile
  ) -> ReportDiagnostic.Line {
    let start = file.lineStarts[number]
    var end = number + 1 < file.lineStarts.count ? file.lineStarts[number + 1] : file.bytes.count
    while end > start && (file.bytes[end - 1] == 10 || file.bytes[end - 1] == 13) { end -= 1 }
    let mark = max(start, min(marked.lowerBound, end))..<max(start, min(marked.upperBound, end))
    let from = border(max(start, mark.lowerBound - maximalBytes / 2), in: file, from: start)
    let to = border(min(end, max(from, mark.lowerBound) + maximalBytes), in: file, from: start)
    let text = String(decoding: file.bytes[from..<max(from, to)], as: UTF8.self)
    let lower = mark.lowerBound - from
    return ReportDiagnostic.Line(
      number: number + 1, text: text, mark: lower..<max(lower, min(mark.upperBound, to) - from))
  }

  /// The start of the UTF-8 sequence that holds the byte at `offset`.
  private static func border(_ offset: Int, in file: SourceFile, from start: Int) -> Int {
    var result = offset
    while result > start && result < file.bytes.count && file.bytes[result] & 0xC0 == 0x80 {
      result -= 1
    }
    return result
  }
}
