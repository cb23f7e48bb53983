package import Diagnostics
package import Formatting

/// Lays out the cells of a notebook and leaves all else as it is.
package enum NotebookFormatter {
  package static func format(
    _ file: SourceFile
  ) throws(SourceFormatter.Failure) -> String {
    let (notebook, findings) = NotebookParser.parse(file)
    let mistakes = findings.filter { $0.severity == .error && $0.code != .badNotebook }
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    var text = ""
    var end = 0
    for cell in notebook.cells where isFlush(cell, file) && isWhole(cell, file) {
      text += file.text(Span(file: file.id, start: end, end: cell.code.start))
      let code = try SourceFormatter.format(file, range: cell.code)
      text += hasCarriageReturns(cell, file) ? code.replacing("\n", with: "\r\n") : code
      end = cell.code.end
    }
    return text + file.text(Span(file: file.id, start: end, end: file.bytes.count))
  }

  /// Whether its lines end as on Windows: then they do so afterwards.
  private static func hasCarriageReturns(_ cell: Cell, _ file: SourceFile) -> Bool {
    let code = file.bytes[cell.code.start..<cell.code.end]
    return zip(code, code.dropFirst()).contains { $0 == (0x0D, 0x0A) }
  }

  /// Nothing closes a fence that ends with the file, perhaps amid a line: its cell stays as it is.
  private static func isWhole(_ cell: Cell, _ file: SourceFile) -> Bool {
    cell.code.end < file.bytes.count || file.bytes.last == UInt8(ascii: "\n")
  }

  /// A fence inside of a list is indented, and its lines with it: those stay as they are.
  private static func isFlush(_ cell: Cell, _ file: SourceFile) -> Bool {
    cell.head.start == 0
      || file.bytes[cell.head.start - 1] == UInt8(ascii: "\n")
        && [UInt8(ascii: "`"), UInt8(ascii: "~")].contains(file.bytes[cell.head.start])
  }
}
