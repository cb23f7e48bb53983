internal import Reporting

/// Turns Markdown's tree into the report's. Raw HTML is dropped: a notebook may come from
/// anyone, and its report is opened in a browser.
struct ProseBuilder {
  private let mark: Character
  private let original: (Int) -> String
  private var anchors: Anchors
  /// The numbers of the scanner's findings that came up in prose, in order.
  private(set) var holes: [Int] = []

  /// `mark` surrounds the numbers that stand for inline values; `original` gives back the text
  /// that was there, for places where it is no value (code, addresses).
  init(mark: Character, taken ids: [String], original: @escaping (Int) -> String) {
    self.mark = mark
    self.original = original
    anchors = Anchors(taken: ids)
  }

  mutating func blocks(_ nodes: [MarkdownNode]) -> [ProseBlock] {
    var blocks: [ProseBlock] = []
    for node in nodes { if let block = block(node) { blocks.append(block) } }
    return blocks
  }

  private mutating func block(_ node: MarkdownNode) -> ProseBlock? {
    switch node.kind {
    case .paragraph: return paragraph(node)
    case .heading: return heading(node)
    case .quote: return .quote(blocks(node.children))
    case .list: return .list(list(node))
    case .table: return .table(table(node))
    case .code: return code(node)
    case .rule: return .rule
    default: return nil
    }
  }

  private mutating func paragraph(_ node: MarkdownNode) -> ProseBlock? {
    let content = inlines(node.children)
    return content.isEmpty ? nil : .paragraph(content)
  }

  private mutating func heading(_ node: MarkdownNode) -> ProseBlock {
    let content = inlines(node.children)
    let id = anchors.anchor(for: content.map { $0.plainText { _ in "" } }.joined())
    return .heading(level: node.headingLevel, id: id, content)
  }

  private mutating func list(_ node: MarkdownNode) -> ProseList {
    var items: [ProseListItem] = []
    for item in node.children {
      items.append(ProseListItem(isDone: item.taskIsDone, blocks: blocks(item.children)))
    }
    let start = node.isOrderedList ? node.listStart : nil
    return ProseList(start: start, isTight: node.isTightList, items: items)
  }

  private mutating func table(_ node: MarkdownNode) -> ProseTable {
    var rows: [[[ProseInline]]] = []
    for row in node.children {
      var cells: [[ProseInline]] = []
      for cell in row.children { cells.append(inlines(cell.children)) }
      rows.append(cells)
    }
    let header = rows.first ?? []
    let alignments = header.indices.map { alignment(node.alignment(ofColumn: $0)) }
    return ProseTable(alignments: alignments, header: header, rows: Array(rows.dropFirst()))
  }

  private func alignment(_ letter: UInt8) -> ProseTable.Alignment {
    switch letter {
    case UInt8(ascii: "l"): .left
    case UInt8(ascii: "c"): .center
    case UInt8(ascii: "r"): .right
    default: .none
    }
  }

  /// `whom norun` shows as Whom.
  private func code(_ node: MarkdownNode) -> ProseBlock {
    let language = restored(node.fenceInfo).split(whereSeparator: \.isWhitespace).first ?? ""
    var text = restored(node.literal)
    if text.last == "\n" { text.removeLast() }
    return .code(language: String(language), text: text)
  }

  private mutating func inlines(_ nodes: [MarkdownNode]) -> [ProseInline] {
    var result: [ProseInline] = []
    for node in nodes { result += inline(node) }
    return result
  }

  private mutating func inline(_ node: MarkdownNode) -> [ProseInline] {
    switch node.kind {
    case .text: return text(node.literal)
    case .softBreak: return [.softBreak]
    case .lineBreak: return [.lineBreak]
    case .codeSpan: return [.code(restored(node.literal))]
    case .emphasis: return [.emphasis(inlines(node.children))]
    case .strong: return [.strong(inlines(node.children))]
    case .strikethrough: return [.strikethrough(inlines(node.children))]
    case .link: return [link(node)]
    case .image: return [image(node)]
    default: return []
    }
  }

  private mutating func link(_ node: MarkdownNode) -> ProseInline {
    let title = restored(node.title)
    let content = inlines(node.children)
    return .link(to: restored(node.url), title: title.isEmpty ? nil : title, content)
  }

  private func image(_ node: MarkdownNode) -> ProseInline {
    var alt = ""
    node.visit { child in
      switch child.kind {
      case .text, .codeSpan: alt += child.literal
      case .softBreak, .lineBreak: alt += " "
      default: break
      }
    }
    return .image(source: restored(node.url), alt: restored(alt))
  }

  private mutating func text(_ literal: String) -> [ProseInline] {
    var result: [ProseInline] = []
    for (index, piece) in pieces(literal).enumerated() {
      if index.isMultiple(of: 2) {
        if !piece.isEmpty { result.append(.text(String(piece))) }
      } else if let number = Int(piece) {
        result.append(.hole(holes.count))
        holes.append(number)
      }
    }
    return result
  }

  private func restored(_ text: String) -> String {
    pieces(text).enumerated().map { index, piece in
      index.isMultiple(of: 2) ? String(piece) : Int(piece).map(original) ?? ""
    }.joined()
  }

  /// Text and numbers in turn, beginning with text.
  private func pieces(_ text: String) -> [Substring] {
    text.split(separator: mark, omittingEmptySubsequences: false)
  }
}

/// Names of headings, each once in a document: `Top customers` is `top-customers`, a second one
/// `top-customers-2`.
struct Anchors {
  private var taken: Set<String>

  init(taken ids: [String]) { taken = Set(ids) }

  mutating func anchor(for heading: String) -> String {
    let base = Self.slug(heading)
    var candidate = base
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(base)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Letters, digits and `_` in lower case, runs of anything else as one hyphen.
  static func slug(_ heading: String) -> String {
    let words = heading.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return words.isEmpty ? "section" : words.joined(separator: "-")
  }
}
