/// The Markdown of a notebook as a tree. It has no node for raw HTML, so none can reach a report.
package enum ProseBlock: Hashable, Sendable {
  case heading(level: Int, id: String, [ProseInline])
  case paragraph([ProseInline])
  case list(ProseList)
  case table(ProseTable)
  case code(language: String, text: String)
  indirect case quote([ProseBlock])
  case rule
}

package struct ProseList: Hashable, Sendable {
  /// The number of the first item; `nil` for a list with bullets.
  package var start: Int?
  /// Without blank lines between the items.
  package var isTight: Bool
  package var items: [ProseListItem]

  package init(start: Int? = nil, isTight: Bool = true, items: [ProseListItem]) {
    self.start = start
    self.isTight = isTight
    self.items = items
  }
}

package struct ProseListItem: Hashable, Sendable {
  /// For an item of a task list: whether it is ticked.
  package var isDone: Bool?
  package var blocks: [ProseBlock]

  package init(isDone: Bool? = nil, blocks: [ProseBlock]) {
    self.isDone = isDone
    self.blocks = blocks
  }
}

package struct ProseTable: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case none, left, center, right }

  package var alignments: [Alignment]
  package var header: [[ProseInline]]
  package var rows: [[[ProseInline]]]

  package init(alignments: [Alignment], header: [[ProseInline]], rows: [[[ProseInline]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}

package indirect enum ProseInline: Hashable, Sendable {
  case text(String)
  case emphasis([ProseInline])
  case strong([ProseInline])
  case strikethrough([ProseInline])
  case code(String)
  case link(to: String, title: String?, [ProseInline])
  case image(source: String, alt: String)
  case lineBreak
  case softBreak
  /// An inline value, `{= expr =}`, by its number in the notebook.
  case hole(Int)
}

extension ProseInline {
  /// The words alone, as a table of contents or an attribute shows them.
  package func plainText(_ hole: (Int) -> String) -> String {
    switch self {
    case .text(let text), .code(let text): text
    case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
      .link(_, _, let inner):
      inner.map { $0.plainText(hole) }.joined()
    case .image(_, let alt): alt
    case .lineBreak, .softBreak: " "
    case .hole(let number): hole(number)
    }
  }
}

/// The addresses a report may link to.
package enum LinkTarget {
  /// The address if it is `http:`, `https:`, `mailto:`, a place in the report or a relative path;
  /// `nil` for `javascript:` and every other scheme.
  package static func allowed(_ address: String) -> String? {
    let visible = address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    let text = String(String.UnicodeScalarView(visible))
    if text.hasPrefix("//") || text.hasPrefix("\\") { return nil }
    let beforePath = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let colon = beforePath.firstIndex(of: ":") else { return text }
    let scheme = beforePath[..<colon].lowercased()
    return ["http", "https", "mailto"].contains(scheme) ? text : nil
  }
}
