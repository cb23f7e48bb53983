import Values

/// The notebook's prose.
extension HTMLPage {
  func prose(_ blocks: [ProseBlock]) -> [HTMLNode] { blocks.map(prose) }

  private func prose(_ block: ProseBlock) -> HTMLNode {
    switch block {
    case .heading(let level, let id, let inner):
      .make(heading(level), id: id, [], inline(inner))
    case .paragraph(let inner): .make(.p, [], inline(inner))
    case .list(let list): self.list(list)
    case .table(let table): self.table(table)
    case .code(_, let text):
      .make(.pre, class: "inert", [], [.make(.code, text: Exit.revealed(text))])
    case .quote(let blocks): .make(.blockquote, [], prose(blocks))
    case .rule: .make(.hr)
    }
  }

  /// The page has one `h1`, its title: headings of the prose begin below it.
  private func heading(_ level: Int) -> HTMLTag {
    switch level {
    case ...2: .h2
    case 3: .h3
    case 4: .h4
    case 5: .h5
    default: .h6
    }
  }

  private func list(_ list: ProseList) -> HTMLNode {
    let items = list.items.map { item in
      HTMLNode.make(
        .li, class: item.isDone == nil ? nil : "task", [], tick(item) + content(item, list))
    }
    guard let start = list.start else { return .make(.ul, [], items) }
    return .make(.ol, start == 1 ? [] : [HTMLAttribute(.start, "\(start)")], items)
  }

  private func tick(_ item: ProseListItem) -> [HTMLNode] {
    guard let isDone = item.isDone else { return [] }
    let state = isDone ? [HTMLAttribute(.checked, "")] : []
    let fixed = [HTMLAttribute(.type, "checkbox"), HTMLAttribute(.disabled, "")]
    let label = HTMLAttribute(.ariaLabel, isDone ? "done" : "open")
    return [.make(.input, fixed + [label] + state), .text(" ")]
  }

  /// In a tight list an item's paragraph is only its words.
  private func content(_ item: ProseListItem, _ list: ProseList) -> [HTMLNode] {
    item.blocks.flatMap { block -> [HTMLNode] in
      if list.isTight, case .paragraph(let inner) = block { return inline(inner) }
      return [prose(block)]
    }
  }

  private func table(_ table: ProseTable) -> HTMLNode {
    func cells(_ tag: HTMLTag, _ row: [[ProseInline]]) -> HTMLNode {
      .make(
        .tr, [],
        row.enumerated().map { index, inner in
          let alignment = table.alignments.indices.contains(index) ? table.alignments[index] : .none
          let scope = tag == .th ? [HTMLAttribute(.scope, "col")] : []
          return .make(tag, class: name(of: alignment), scope, inline(inner))
        })
    }
    return .make(
      .div, class: "scroll", [],
      [
        .make(
          .table, class: "prose-table", [],
          [
            .make(.thead, [], [cells(.th, table.header)]),
            .make(.tbody, [], table.rows.map { cells(.td, $0) }),
          ])
      ])
  }

  private func name(of alignment: ProseTable.Alignment) -> String? {
    switch alignment {
    case .none, .left: nil
    case .center: "center"
    case .right: "right"
    }
  }

  func inline(_ inner: [ProseInline]) -> [HTMLNode] { inner.map(inline) }

  private func inline(_ node: ProseInline) -> HTMLNode {
    switch node {
    case .text(let text): .text(text)
    case .emphasis(let inner): .make(.em, [], inline(inner))
    case .strong(let inner): .make(.strong, [], inline(inner))
    case .strikethrough(let inner): .make(.del, [], inline(inner))
    case .code(let text): .make(.code, text: Exit.revealed(text))
    case .link(let address, let title, let inner): link(address, title, inner)
    case .image(_, let alt): .make(.span, class: "image", text: "[image: \(alt)]")
    case .lineBreak: .make(.br)
    case .softBreak: .text("\n")
    case .hole(let number): hole(number)
    }
  }

  /// A link to a forbidden address keeps its words.
  private func link(_ address: String, _ title: String?, _ inner: [ProseInline]) -> HTMLNode {
    guard let target = LinkTarget.allowed(address) else { return .make(.span, [], inline(inner)) }
    let tooltip = title.map { [HTMLAttribute(.title, $0)] } ?? []
    return .make(.a, [HTMLAttribute(.href, target)] + tooltip, inline(inner))
  }

  private func hole(_ number: Int) -> HTMLNode {
    guard document.inlineValues.indices.contains(number) else {
      return .make(.span, class: "no-value", text: "(no value)")
    }
    let value = document.inlineValues[number]
    let tooltip = HTMLAttribute(.title, Exit.isolated(value.lineage))
    switch value.result {
    case .value(let result, let type):
      return .make(
        .bdi, class: "inline-value", [tooltip], [.text(document.text(result, type))])
    case .failed(let title, let code):
      return .make(
        .span, class: "no-value", [HTMLAttribute(.title, "\(code): \(title)")],
        [.text("(no value: \(title))")])
    }
  }

  /// The words of a heading, its values filled in.
  func plainText(_ inner: [ProseInline]) -> String {
    inner.map { node in
      node.plainText { number in
        guard document.inlineValues.indices.contains(number) else { return "" }
        switch document.inlineValues[number].result {
        case .value(let value, let type): return document.text(value, type)
        case .failed(let title, _): return "(no value: \(title))"
        }
      }
    }.joined()
  }
}

/// The table of contents: the headings of the first two levels below the title.
extension HTMLPage {
  private struct Entry {
    var level: Int
    var id: String
    var title: String
  }

  var contents: [HTMLNode] {
    let entries = self.entries
    guard document.showsContents, entries.count > 1 else { return [] }
    return [
      .make(
        .nav, class: "contents", [HTMLAttribute(.ariaLabelledBy, "contents-title")],
        [
          .make(.h2, id: "contents-title", text: "Contents"),
          .make(.ul, [], nested(entries[...])),
        ])
    ]
  }

  private var entries: [Entry] {
    let blocks = document.blocks
    return blocks.indices.dropFirst(document.leadCount).flatMap { index -> [Entry] in
      guard case .prose(let blocks) = blocks[index] else { return [] }
      return (index == document.leadCount ? withoutTitle(blocks) : blocks).compactMap { block in
        guard case .heading(let level, let id, let inner) = block, level <= 3 else { return nil }
        return Entry(level: max(2, level), id: id, title: plainText(inner))
      }
    }
  }

  private func nested(_ entries: ArraySlice<Entry>) -> [HTMLNode] {
    var items: [HTMLNode] = []
    var rest = entries
    while let first = rest.popFirst() {
      let inner = rest.prefix { $0.level > first.level }
      rest = rest.dropFirst(inner.count)
      let link = HTMLNode.make(
        .a, [HTMLAttribute(.href, "#" + first.id)], [.text(first.title)])
      let below = inner.isEmpty ? [] : [HTMLNode.make(.ul, [], nested(inner))]
      items.append(.make(.li, [], [link] + below))
    }
    return items
  }
}
