internal import CMarkdown

/// Owns a tree of cmark and frees it.
struct MarkdownDocument: ~Copyable {
  let root: OpaquePointer

  /// Nil only when memory is out.
  init?(_ bytes: ArraySlice<UInt8>) {
    let parsed = bytes.withUnsafeBytes { buffer in
      whom_markdown_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let parsed else { return nil }
    root = parsed
  }

  deinit { cmark_node_free(root) }
}

/// A node of a tree that a `MarkdownDocument` keeps alive.
struct MarkdownNode {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  enum Kind {
    case document, quote, list, item, code, html, paragraph, heading, rule
    case text, softBreak, lineBreak, codeSpan, inlineHTML, emphasis, strong, link, image
    case table, tableRow, tableCell, strikethrough
    case other
  }

  var kind: Kind { extensionKind ?? coreKind }

  private var extensionKind: Kind? {
    switch whom_markdown_extension_kind(pointer) {
    case whom_markdown_table: .table
    case whom_markdown_table_row: .tableRow
    case whom_markdown_table_cell: .tableCell
    case whom_markdown_strikethrough: .strikethrough
    default: nil
    }
  }

  private var coreKind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_HTML_BLOCK: .html
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .rule
    default: inlineKind
    }
  }

  private var inlineKind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .codeSpan
    case CMARK_NODE_HTML_INLINE: .inlineHTML
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_IMAGE: .image
    default: .other
    }
  }

  var children: [MarkdownNode] {
    var nodes: [MarkdownNode] = []
    var next = cmark_node_first_child(pointer)
    while let node = next {
      nodes.append(MarkdownNode(node))
      next = cmark_node_next(node)
    }
    return nodes
  }

  /// Lines from 0, both included.
  var lines: ClosedRange<Int> {
    let first = max(0, Int(cmark_node_get_start_line(pointer)) - 1)
    return first...max(first, Int(cmark_node_get_end_line(pointer)) - 1)
  }

  var literal: String { string(cmark_node_get_literal(pointer)) }
  var url: String { string(cmark_node_get_url(pointer)) }
  var title: String { string(cmark_node_get_title(pointer)) }
  var fenceInfo: String { string(cmark_node_get_fence_info(pointer)) }
  var isFenced: Bool { whom_markdown_is_fenced(pointer) != 0 }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
  var isTightList: Bool { cmark_node_get_list_tight(pointer) != 0 }

  /// Of a list item that is a task: whether it is done.
  var taskIsDone: Bool? {
    switch whom_markdown_task(pointer) {
    case 1: true
    case 0: false
    default: nil
    }
  }

  /// `l`, `c`, `r`, or 0 where the table does not say.
  func alignment(ofColumn column: Int) -> UInt8 { whom_markdown_alignment(pointer, column) }

  /// This node and all below it, in document order.
  func visit(_ body: (MarkdownNode) -> Void) {
    var open = [self]
    while let node = open.popLast() {
      body(node)
      open.append(contentsOf: node.children.reversed())
    }
  }

  private func string(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }
}
