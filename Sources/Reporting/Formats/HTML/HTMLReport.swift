import Values

/// The report as one HTML file: no network, no script, every picture inside. Sections stand in the
/// order a reader asks: what is it, did it run, with what, what is wrong, where is what, the
/// content, and what it was made from.
package enum HTMLReport {
  package static func render(_ document: ReportDocument) -> String {
    var page = HTMLPage(document)
    return "<!DOCTYPE html>\n" + HTMLPrinter.print(page.root) + "\n"
  }
}

/// The page of one report while it is put together.
struct HTMLPage {
  let document: ReportDocument
  /// How many bytes of downloads may still be embedded.
  var budget: Int
  /// Charts are numbered, so that the ids inside their pictures differ.
  var chartCount = 0

  /// Forbids scripts and every request; the colours and the style sheet are inside.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    + "form-action 'none'"

  init(_ document: ReportDocument) {
    self.document = document
    budget = document.dataBudget
  }

  var root: HTMLNode {
    mutating get {
      let lead = self.lead
      let content = main
      let skip = HTMLNode.make(
        .a, class: "skip", [HTMLAttribute(.href, "#content")], [.text("Skip to content")])
      let parts = [skip, header(with: lead)] + contents + [content, footer]
      return .make(
        .html, [HTMLAttribute(.lang, document.language)], [head, .make(.body, [], parts)])
    }
  }

  private var head: HTMLNode {
    .make(
      .head, [],
      [
        .make(.meta, [HTMLAttribute(.charset, "utf-8")]),
        .make(
          .meta,
          [
            HTMLAttribute(.httpEquiv, "Content-Security-Policy"),
            HTMLAttribute(.content, Self.policy),
          ]),
        meta("viewport", "width=device-width, initial-scale=1"),
        meta("color-scheme", "light dark"),
        meta("generator", "Whom"),
        .make(.title, text: document.title),
        .style(Theme()),
      ])
  }

  private func meta(_ name: String, _ content: String) -> HTMLNode {
    .make(.meta, [HTMLAttribute(.name, name), HTMLAttribute(.content, content)])
  }

  private var main: HTMLNode {
    mutating get {
      let content = self.content(document.blocks.dropFirst(document.leadCount))
      let children = content + models + privacy + sources
      return .make(
        .main, id: "content", [HTMLAttribute(.tabindex, "-1")], children)
    }
  }

  private mutating func content(_ blocks: ArraySlice<ReportBlock>) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    for index in blocks.indices {
      switch blocks[index] {
      case .prose(let prose):
        nodes += self.prose(index == document.leadCount ? withoutTitle(prose) : prose)
      case .cell(let cell): nodes.append(self.cell(cell))
      }
    }
    return nodes
  }

  /// What the report says in short.
  private var lead: [HTMLNode] {
    mutating get {
      let nodes = content(document.blocks.prefix(document.leadCount))
      return nodes.isEmpty ? [] : [.make(.div, class: "lead", [], nodes)]
    }
  }

  /// A notebook opens with its title as a heading; the page has it already.
  func withoutTitle(_ prose: [ProseBlock]) -> [ProseBlock] {
    guard case .heading(1, _, let inner) = prose.first, plainText(inner) == document.title else {
      return prose
    }
    return Array(prose.dropFirst())
  }

  private var footer: HTMLNode {
    let versions = document.versions.map { "\($0.name) \($0.version)" }
    let line =
      versions.isEmpty ? "Made with Whom" : "Made with " + versions.joined(separator: " · ")
    return .make(.footer, [], [.make(.p, text: line)])
  }
}
