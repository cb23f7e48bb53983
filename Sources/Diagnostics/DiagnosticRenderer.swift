/// Findings as text, with the lines of the source that they speak of:
///
///     error[E0201]: unknown column `ordered_on`
///       --> churn.whom:12:11
///        |
///     12 |   | where ordered_on > @2025-01-01
///        |           ^^^^^^^^^^ not a column of orders
///        |
///        = help: did you mean `ordered_at`?
package struct DiagnosticRenderer: Sendable {
  let files: [SourceFile]
  /// Columns of the screen; longer source lines are cut, longer sentences broken.
  let width: Int
  let paint: Paint
  /// Whether what is longer goes on in the next line anyhow, as on a terminal: a label that does
  /// not fit then gets a line of its own.
  package var isScreen = false

  package init(_ sources: SourceMap, width: Int = 100, isColoured: Bool = false) {
    self.init(files: sources.files, width: width, isColoured: isColoured)
  }

  package init(files: [SourceFile], width: Int = 100, isColoured: Bool = false) {
    self.files = files
    self.width = max(40, width)
    paint = Paint(isOn: isColoured)
  }

  /// One finding, without a line end behind it.
  package func render(_ diagnostic: Diagnostic) -> String {
    let excerpts = excerpts(of: diagnostic)
    let gutter = excerpts.map(\.gutter).max() ?? 0
    var lines = [heading(diagnostic)]
    for (number, excerpt) in excerpts.enumerated() {
      lines += excerpt.lines(gutter: gutter, isFirst: number == 0, self)
    }
    let closing = closingLines(diagnostic, gutter: gutter)
    if !closing.isEmpty, !excerpts.isEmpty { lines.append(bar(gutter)) }
    return (lines + closing).joined(separator: "\n")
  }

  /// All findings with a blank line between, each ended by a line end.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) + "\n" }.joined(separator: "\n")
  }

  /// `2 errors, 1 warning`; empty when there is nothing.
  package static func count(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append(errors == 1 ? "1 error" : "\(errors) errors") }
    if warnings > 0 { parts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
    return parts.joined(separator: ", ")
  }

  private func heading(_ diagnostic: Diagnostic) -> String {
    let word = diagnostic.severity == .error ? "error" : "warning"
    let colour: Paint.Colour = diagnostic.severity == .error ? .error : .warning
    let code = paint("\(word)[\(diagnostic.code.rawValue)]", colour)
    return code + paint(": " + VisibleText.of(diagnostic.title), .strong)
  }

  func bar(_ gutter: Int) -> String {
    paint(String(repeating: " ", count: gutter) + " |", .gutter)
  }

  // MARK: Behind the excerpts

  /// Notes without a place, then help.
  private func closingLines(_ diagnostic: Diagnostic, gutter: Int) -> [String] {
    let notes = diagnostic.notes.filter { file(of: $0.span) == nil }.map(\.text)
    return notes.flatMap { sentence("note", $0, gutter) }
      + diagnostic.help.flatMap { sentence("help", $0, gutter) }
  }

  /// `   = help: a sentence that goes on`
  ///           `in the next line`
  private func sentence(_ word: String, _ text: String, _ gutter: Int) -> [String] {
    let blanks = String(repeating: " ", count: gutter + 1)
    let lines = Self.broken(VisibleText.of(text), to: width - gutter - word.count - 5)
    return lines.enumerated().map { number, line in
      number == 0
        ? paint(blanks + "= ", .gutter) + paint(word, .strong) + ": " + line
        : blanks + String(repeating: " ", count: word.count + 4) + line
    }
  }

  /// Breaks a text at blanks; a word that is too long stays whole.
  static func broken(_ text: String, to limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if VisibleText.width(of: longer) > limit, !line.isEmpty {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return lines + [line]
  }

  // MARK: Excerpts

  func file(of span: Span?) -> SourceFile? {
    guard let span else { return nil }
    return files.first { $0.id == span.file && span.start <= $0.bytes.count }
  }

  /// One excerpt a file: that of the finding's own place first.
  private func excerpts(of diagnostic: Diagnostic) -> [Excerpt] {
    var excerpts: [Excerpt] = []
    func add(_ span: Span?, _ label: String, isMain: Bool) {
      guard let span, let file = file(of: span) else { return }
      let mark = Excerpt.Mark(span: span, label: VisibleText.of(label), isMain: isMain)
      if let known = excerpts.firstIndex(where: { $0.file.id == file.id }) {
        excerpts[known].marks.append(mark)
      } else {
        excerpts.append(Excerpt(file: file, marks: [mark], severity: diagnostic.severity))
      }
    }
    add(diagnostic.span, diagnostic.label, isMain: true)
    for note in diagnostic.notes { add(note.span, note.text, isMain: false) }
    return excerpts
  }
}
