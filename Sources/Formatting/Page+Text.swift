import Syntax

extension Page {
  /// The lines with the comments behind them in columns, and one line end at the end.
  var text: String {
    var lines = settledLines
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private var settledLines: [String] {
    var result: [String] = []
    var start = 0
    while start < written.count {
      var end = start
      while end < written.count, written[end].comment != nil { end += 1 }
      if end == start {
        result.append(written[start].text)
        start += 1
      } else {
        result += withComments(written[start..<end])
        start = end
      }
    }
    return result
  }

  /// Comments on neighbouring lines stand in one column: the author's, where there is room.
  private func withComments(_ lines: ArraySlice<Line>) -> [String] {
    let widest = lines.map(\.text.lastLineCount).max() ?? 0
    let places = Set(lines.compactMap { $0.comment?.trailingColumn })
    let column =
      places.count == 1 && places.allSatisfy { $0 >= widest + 2 && $0 <= 80 }
      ? places.first ?? widest + 2 : widest + 2
    return lines.map { line in
      let blanks = String(repeating: " ", count: column - line.text.lastLineCount)
      return line.text + blanks + (line.comment?.text ?? "")
    }
  }
}

extension String {
  /// Columns of what stands behind its last line end.
  var lastLineCount: Int {
    guard let end = lastIndex(where: { $0 == "\n" || $0 == "\r\n" }) else { return count }
    return self[index(after: end)...].count
  }
}
