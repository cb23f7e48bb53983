import Diagnostics

/// `##` comments: the ones above a declaration, behind it, and at the top of a file.
extension Parser {
  /// Doc lines that stand right above the current token, no blank line between.
  func docAbove() -> String? {
    var lines = commentLines()[...]
    // What stands behind the token before, and before this one on its line, is not above it.
    if index > 0 { lines = lines.dropFirst() }
    var doc: [String] = []
    for line in lines.dropLast().reversed() {
      if line.isEmpty { break }
      if let text = docText(line) { doc.append(text) }
    }
    return doc.isEmpty ? nil : doc.reversed().joined(separator: "\n")
  }

  /// A doc comment on the line on which the statement ended.
  func docBehind() -> String? {
    commentLines().first.flatMap(docText)
  }

  /// Doc lines at the top with a blank line, or nothing, behind them.
  func fileDoc() -> String? {
    let lines = commentLines()
    let doc = lines.prefix { docText($0) != nil }
    guard !doc.isEmpty else { return nil }
    let isFollowed = doc.count < lines.count && lines[doc.count].isEmpty
    let isLineOfToken = doc.count == lines.count - 1 && current != .endOfFile
    guard doc.count == lines.count || (isFollowed && !isLineOfToken) else { return nil }
    return doc.compactMap(docText).joined(separator: "\n")
  }

  /// The lines before the current token, without the blanks around them: the first begins behind
  /// the token before, the last ends at this one.
  private func commentLines() -> [[UInt8]] {
    let trivia = source.bytes[token.triviaStart..<token.start]
    return trivia.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      var line = line.drop { $0.isBlank || $0 >= 0xBB }
      while let last = line.last, last.isBlank || last == 0x0D { line = line.dropLast() }
      return Array(line)
    }
  }

  private func docText(_ line: [UInt8]) -> String? {
    guard line.starts(with: "##".utf8) else { return nil }
    let text = line.dropFirst(2)
    return String(decoding: text.first == 0x20 ? text.dropFirst() : text, as: UTF8.self)
  }
}
