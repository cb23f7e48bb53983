import Values

/// The notebook's prose, written out again from its tree: so no raw HTML can pass, and its values
/// are filled in.
extension MarkdownPage {
  func prose(_ blocks: [ProseBlock]) -> [String] { blocks.map(prose) }

  private func prose(_ block: ProseBlock) -> String {
    switch block {
    case .heading(let level, _, let inner):
      return String(repeating: "#", count: max(2, min(level, 6))) + " "
        + Self.oneLine(inline(inner))
    case .paragraph(let inner): return Self.guarded(inline(inner))
    case .list(let list): return self.list(list)
    case .table(let table): return self.table(table)
    case .code(let language, let text): return Self.block(text, language: language)
    case .quote(let blocks): return Self.quoted(prose(blocks).joined(separator: "\n\n"))
    case .rule: return "---"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ")
  }

  /// Words that would begin a list or a quote at the start of a line are kept words.
  private static func guarded(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let words = line.drop { $0 == " " }
      guard let first = words.first else { return "" }
      if "-+>=:".contains(first) { return "\\" + words }
      let digits = words.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, let sign = words.dropFirst(digits.count).first, sign == "." || sign == ")"
      {
        return digits + "\\" + words.dropFirst(digits.count)
      }
      return String(words)
    }.joined(separator: "\n")
  }

  private func list(_ list: ProseList) -> String {
    list.items.enumerated().map { index, item in
      let mark = list.start.map { "\($0 + index). " } ?? "- "
      let tick = item.isDone.map { $0 ? "[x] " : "[ ] " } ?? ""
      let content = prose(item.blocks).joined(separator: list.isTight ? "\n" : "\n\n")
      return mark + tick + Self.indented(content, by: mark.count)
    }.joined(separator: list.isTight ? "\n" : "\n\n")
  }

  private static func indented(_ text: String, by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { index, line in index == 0 || line.isEmpty ? String(line) : blanks + line }
      .joined(separator: "\n")
  }

  private func table(_ table: ProseTable) -> String {
    func line(_ row: [[ProseInline]]) -> String {
      "| " + row.map { Self.oneLine(inline($0, inTable: true)) }.joined(separator: " | ") + " |"
    }
    let rule = table.header.indices.map { index in
      switch table.alignments.indices.contains(index) ? table.alignments[index] : .none {
      case .none: "---"
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    return
      ([line(table.header), "| " + rule.joined(separator: " | ") + " |"] + table.rows.map(line))
      .joined(separator: "\n")
  }

  private func inline(_ inner: [ProseInline], inTable: Bool = false) -> String {
    inner.map { inline($0, inTable) }.joined()
  }

  private func inline(_ node: ProseInline, _ inTable: Bool) -> String {
    switch node {
    case .text(let text): return Exit.escape(text, for: .markdown)
    case .emphasis(let inner): return "*\(inline(inner, inTable: inTable))*"
    case .strong(let inner): return "**\(inline(inner, inTable: inTable))**"
    case .strikethrough(let inner): return "~~\(inline(inner, inTable: inTable))~~"
    case .code(let text): return Self.code(text, inTable: inTable)
    case .link(let address, _, let inner):
      let words = inline(inner, inTable: inTable)
      guard let target = LinkTarget.allowed(address) else { return words }
      return "[\(words)](<\(Self.address(target))>)"
    case .image(_, let alt): return Self.escaped("[image: \(alt)]")
    case .lineBreak: return inTable ? " " : "\\\n"
    case .softBreak: return "\n"
    case .hole(let number): return Self.escaped(InlineWords(document).text(ofHole: number))
    }
  }

  /// Between angle brackets: what would end them, and every sign beyond ASCII, by its bytes.
  private static func address(_ target: String) -> String {
    target.unicodeScalars.map { scalar in
      let isPlain =
        scalar.value > 0x20 && scalar.value < 0x7F && !"<>\\|".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : PercentEncoding.encode(String(scalar))
    }.joined()
  }
}

/// What stands in the holes of the prose, as words.
struct InlineWords {
  private let document: ReportDocument

  init(_ document: ReportDocument) { self.document = document }

  func text(ofHole number: Int) -> String {
    guard document.inlineValues.indices.contains(number) else { return "(no value)" }
    switch document.inlineValues[number].result {
    case .value(let value, let type): return document.text(value, type)
    case .failed(let title, _): return "(no value: \(title))"
    }
  }

  /// The words of a heading, its values filled in.
  func plainText(_ inner: [ProseInline]) -> String {
    inner.map { $0.plainText(text(ofHole:)) }.joined()
  }

  /// A notebook opens with its title as a heading; the page has it already.
  func withoutTitle(_ prose: [ProseBlock]) -> [ProseBlock] {
    guard case .heading(1, _, let inner) = prose.first, plainText(inner) == document.title else {
      return prose
    }
    return Array(prose.dropFirst())
  }
}
