/// The lines of one file under a message, with the marked places underlined.
struct Excerpt {
  struct Mark {
    var span: Span
    var label: String
    /// The place of the finding itself (`^^^`), not of a note (`---`).
    var isMain: Bool
  }

  /// A mark, or the part of it on one line.
  private struct Underline {
    var line: Int
    /// Bytes from the start of the line.
    var bytes: Range<Int>
    var label: String
    var isMain: Bool
  }

  var file: SourceFile
  var marks: [Mark]
  var severity: Diagnostic.Severity

  /// Columns that the largest line number takes.
  var gutter: Int {
    let last = marks.map { file.line(of: $0.span.end) }.max() ?? 0
    return String(last + 1).count
  }

  func lines(gutter: Int, isFirst: Bool, _ renderer: DiagnosticRenderer) -> [String] {
    let underlines = marks.flatMap(underlines)
    let shown = Set(underlines.map(\.line)).sorted()
    var lines = [location(gutter, isFirst, renderer), renderer.bar(gutter)]
    var previous: Int?
    for line in shown {
      if let previous, line > previous + 1 {
        lines.append(renderer.paint("...", .gutter))
      }
      lines += excerpt(line, underlines.filter { $0.line == line }, gutter, renderer)
      previous = line
    }
    return lines
  }

  private func location(
    _ gutter: Int, _ isFirst: Bool, _ renderer: DiagnosticRenderer
  ) -> String {
    let position = file.position(of: marks.first?.span.start ?? 0)
    let blanks = String(repeating: " ", count: gutter)
    let name = VisibleText.of(file.name)
    return renderer.paint(blanks + (isFirst ? "--> " : "::: "), .gutter)
      + "\(name):\(position.line):\(position.column)"
  }

  // MARK: Underlines

  /// A place over several lines is underlined on its first and its last one.
  private func underlines(_ mark: Mark) -> [Underline] {
    let first = file.line(of: mark.span.start)
    let last = max(first, file.line(of: max(mark.span.start, mark.span.end - 1)))
    let start = mark.span.start - file.lineStarts[first]
    guard last > first else {
      let end = max(start, mark.span.end - file.lineStarts[first])
      return [
        Underline(line: first, bytes: start..<end, label: mark.label, isMain: mark.isMain)
      ]
    }
    let firstEnd = max(start, file.lineRange(first).count)
    let lastRange = file.lineRange(last)
    let lastEnd = max(1, min(mark.span.end - lastRange.lowerBound, lastRange.count))
    let blanks = file.bytes[lastRange].prefix { $0 == 0x20 || $0 == 0x09 }.count
    return [
      Underline(line: first, bytes: start..<firstEnd, label: "", isMain: mark.isMain),
      Underline(
        line: last, bytes: min(blanks, lastEnd - 1)..<lastEnd, label: mark.label,
        isMain: mark.isMain),
    ]
  }

  private func excerpt(
    _ line: Int, _ underlines: [Underline], _ gutter: Int, _ renderer: DiagnosticRenderer
  ) -> [String] {
    let range = file.lineRange(line)
    var text = ExcerptLine(String(decoding: file.bytes[range], as: UTF8.self))
    let focus = underlines.first { $0.isMain } ?? underlines[0]
    let place =
      text.column(
        ofByte: focus.bytes.lowerBound)..<max(
        text.column(ofByte: focus.bytes.lowerBound), text.column(ofByte: focus.bytes.upperBound))
    text.cut(to: renderer.width - gutter - 3, around: place)
    let number = String(line + 1)
    let blanks = String(repeating: " ", count: gutter - number.count)
    let source = renderer.paint(blanks + number + " |", .gutter) + " " + text.text
    return [trimmed(source)]
      + underlines.flatMap { underline($0, text, renderer, renderer.width - gutter - 3) }.map {
        renderer.bar(gutter) + " " + $0
      }
  }

  /// Signs below what is meant, and the label behind them; below them, further left, where it would
  /// not fit into so many columns.
  private func underline(
    _ underline: Underline, _ text: ExcerptLine, _ renderer: DiagnosticRenderer, _ limit: Int
  ) -> [String] {
    let start = text.column(ofByte: underline.bytes.lowerBound)
    let end = text.column(ofByte: underline.bytes.upperBound)
    let sign = underline.isMain ? "^" : "-"
    let signs = String(repeating: sign, count: max(1, end - start))
    let main: Paint.Colour = severity == .error ? .error : .warning
    let colour = underline.isMain ? main : .second
    let line = { (column: Int, words: String) in
      String(repeating: " ", count: column) + renderer.paint(words, colour)
    }
    if underline.label.isEmpty { return [line(start, signs)] }
    let width = VisibleText.width(of: underline.label)
    if !renderer.isScreen || start + signs.count + 1 + width <= limit {
      return [line(start, signs + " " + underline.label)]
    }
    return [line(start, signs), line(max(0, min(start, limit - width)), underline.label)]
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }
}
