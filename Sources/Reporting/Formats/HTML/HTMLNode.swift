package import Charting
import Values

/// A page in the making. Text is plain until the printer escapes it, in one place; there is no node
/// for markup made elsewhere but pictures, which only the chart renderer can make.
package indirect enum HTMLNode: Sendable {
  case text(String)
  case element(HTMLTag, [HTMLAttribute], [HTMLNode])
  case picture(SVGImage)
  /// The style sheet of the page, which holds no data.
  case style(Theme)
}

/// The elements a report is made of.
package enum HTMLTag: String, Sendable {
  case a, article, body, br, caption, code, col, data, dd, del, details, div, dl, dt, em, figcaption
  case figure, footer, h1, h2, h3, h4, h5, h6, head, header, hr, html, input, li, main, mark, meta
  case nav, ol, p, pre, section, small, span, strong, summary, table, tbody, td, th, thead, title
  case tr, ul, blockquote, bdi

  /// Elements without content and end tag.
  var isVoid: Bool {
    switch self {
    case .br, .col, .hr, .input, .meta: true
    case .a, .article, .body, .caption, .code, .data, .dd, .del, .details, .div, .dl, .dt, .em,
      .figcaption, .figure, .footer, .h1, .h2, .h3, .h4, .h5, .h6, .head, .header, .html, .li,
      .main, .mark, .nav, .ol, .p, .pre, .section, .small, .span, .strong, .summary, .table,
      .tbody, .td, .th, .thead, .title, .tr, .ul, .blockquote, .bdi:
      false
    }
  }

  /// Elements that start on a line of their own in the printed page.
  var startsLine: Bool {
    switch self {
    case .a, .bdi, .br, .code, .data, .del, .em, .input, .mark, .small, .span, .strong, .td, .th,
      .summary:
      false
    case .article, .body, .caption, .col, .dd, .details, .div, .dl, .dt, .figcaption, .figure,
      .footer, .h1, .h2, .h3, .h4, .h5, .h6, .head, .header, .hr, .html, .li, .main, .meta, .nav,
      .ol, .p, .pre, .section, .table, .tbody, .thead, .title, .tr, .ul, .blockquote:
      true
    }
  }
}

package struct HTMLAttribute: Sendable {
  package enum Name: String, Sendable {
    case ariaHidden = "aria-hidden"
    case ariaLabel = "aria-label"
    case ariaLabelledBy = "aria-labelledby"
    case charset, checked, `class`, content, dir, disabled, download, href
    case httpEquiv = "http-equiv"
    case id, lang, name, open, role, scope, start, tabindex, title, type, value
  }

  package var name: Name
  package var value: String

  package init(_ name: Name, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension HTMLNode {
  /// An element in the order it is read: `.make(.p, class: "note", [.text("...")])`.
  static func make(
    _ tag: HTMLTag, class names: String? = nil, id: String? = nil,
    _ attributes: [HTMLAttribute] = [], _ children: [HTMLNode] = []
  ) -> HTMLNode {
    var all: [HTMLAttribute] = []
    if let names { all.append(HTMLAttribute(.class, names)) }
    if let id { all.append(HTMLAttribute(.id, id)) }
    return .element(tag, all + attributes, children)
  }

  static func make(
    _ tag: HTMLTag, class names: String? = nil, id: String? = nil, text: String
  ) -> HTMLNode {
    make(tag, class: names, id: id, [], [.text(text)])
  }
}

/// Words of the compiler: what stands between backticks is a piece of a program.
enum CodeWords {
  static func split(_ text: String) -> [(isCode: Bool, text: String)] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    // A backtick without its partner is a letter.
    guard parts.count % 2 == 1 else { return [(false, text)] }
    return parts.enumerated().map { ($0 % 2 == 1, $1) }.filter { !$0.1.isEmpty }
  }
}

extension HTMLNode {
  static func words(_ text: String) -> [HTMLNode] {
    CodeWords.split(text).map { part in
      part.isCode ? .make(.code, text: Exit.revealed(part.text)) : .text(part.text)
    }
  }
}

/// Writes the tree. Every text and attribute passes `Exit` here and nowhere else.
enum HTMLPrinter {
  static func print(_ node: HTMLNode) -> String {
    var text = ""
    write(node, to: &text)
    return text
  }

  private static func write(_ node: HTMLNode, to text: inout String) {
    switch node {
    case .text(let content): text += Exit.escape(content, for: .html)
    case .picture(let image): text += image.text
    case .style(let theme): text += "\n<style>\n" + theme.styleSheet + "</style>"
    case .element(let tag, let attributes, let children):
      if tag.startsLine && text.last != "\n" && !text.isEmpty { text += "\n" }
      text += "<" + tag.rawValue + written(attributes) + ">"
      guard !tag.isVoid else { return }
      for child in children { write(child, to: &text) }
      text += "</" + tag.rawValue + ">"
    }
  }

  /// The first of two attributes of one name counts, as in a browser.
  private static func written(_ attributes: [HTMLAttribute]) -> String {
    var seen: [HTMLAttribute.Name] = []
    var text = ""
    for attribute in attributes where !seen.contains(attribute.name) {
      seen.append(attribute.name)
      text += " " + attribute.name.rawValue
      text += "=\"" + Exit.escape(attribute.value, for: .html) + "\""
    }
    return text
  }
}
