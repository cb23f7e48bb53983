package import Charting
import Values

/// The report as GitHub reads it: Markdown with tables, and each chart as a picture in a folder
/// beside it. A code host shows both as they are.
///
///     # Weekly churn
///     As of 30 June 2025 · All 12 cells ran
///
///     ![Revenue by month](churn_files/revenue.svg)
package struct MarkdownReport: Sendable {
  package let text: String
  /// The pictures by their names within the folder.
  package let pictures: [Picture]

  package struct Picture: Sendable {
    package var name: String
    package var image: SVGImage
  }

  /// `folder` is where the pictures will be, as the text refers to it: `churn_files`.
  package init(_ document: ReportDocument, folder: String) {
    var page = MarkdownPage(document, folder: folder)
    text = page.text
    pictures = page.pictures
  }
}

/// The text of one report while it is put together, in blocks with an empty line between.
struct MarkdownPage {
  let document: ReportDocument
  let folder: String
  var pictures: [MarkdownReport.Picture] = []

  init(_ document: ReportDocument, folder: String) {
    self.document = document
    self.folder = folder
  }

  var text: String {
    mutating get {
      let lead = content(document.blocks.prefix(document.leadCount))
      let rest = content(document.blocks.dropFirst(document.leadCount))
      let blocks = header + lead + parameters + rest + models + privacy + sources + footer
      return blocks.joined(separator: "\n\n") + "\n"
    }
  }

  private mutating func content(_ blocks: ArraySlice<ReportBlock>) -> [String] {
    var parts: [String] = []
    for index in blocks.indices {
      switch blocks[index] {
      case .prose(let prose):
        let opens = index == document.leadCount
        parts += self.prose(opens ? InlineWords(document).withoutTitle(prose) : prose)
      case .cell(let cell): parts += self.cell(cell)
      }
    }
    return parts
  }

  // MARK: Above and below

  private var header: [String] {
    var line = StatusLine.text(document.status)
    if let asOf = document.asOf {
      line = "\(AsOfLine.text(asOf, document.zone)) · " + line
    }
    if !document.authors.isEmpty {
      line = document.authors.map(Self.escaped).joined(separator: ", ") + " · " + line
    }
    let sign =
      switch document.status.kind {
      case .well: "✅"
      case .warned: "⚠️"
      case .failed: "❌"
      }
    return ["# " + Self.escaped(document.title), "\(sign) \(line)"] + failures
  }

  private var failures: [String] {
    var items = document.failedChecks.map { check in
      "- \(link(toCell: check.cell, check.title))"
        + (check.detail.map { " – " + Self.words($0) } ?? "")
    }
    for cell in document.cells {
      guard let title = cell.firstError else { continue }
      items.append("- \(link(toCell: cell.id, cell.id)) – \(Self.words(title))")
    }
    return items.isEmpty
      ? [] : ["**\(StatusLine.heading(document.status))**", items.joined(separator: "\n")]
  }

  private var parameters: [String] {
    guard !document.parameters.isEmpty else { return [] }
    let rows = document.parameters.map { parameter in
      [
        Self.code(parameter.name, inTable: true),
        Self.escaped(document.text(parameter.value, parameter.type)),
        parameter.origin.words, Self.escaped(parameter.doc),
      ]
    }
    return [Self.table(["Parameter", "Value", "From", "Meaning"], rows)]
  }

  private var models: [String] {
    guard !document.models.isEmpty else { return [] }
    return ["## Models"]
      + document.models.map { model in
        Self.table(
          [Self.escaped(model.name), ""],
          model.lines.map { [Self.words($0.item), Self.words($0.value)] })
      }
  }

  private var privacy: [String] {
    guard !document.privacy.isEmpty else { return [] }
    let rows = document.privacy.map { entry in
      [
        Self.code(entry.column, inTable: true), Self.escaped(entry.relation ?? Exit.missing),
        Self.escaped(entry.labels),
        entry.uses.isEmpty
          ? ReportPrivacy.unused
          : entry.uses.map { use in
            let cells = use.cells.map { link(toCell: $0, $0) }
            return Self.escaped(use.words)
              + (cells.isEmpty ? "" : " (\(cells.joined(separator: ", ")))")
          }.joined(separator: "<br>"),
      ]
    }
    return [
      "## Privacy ledger", Self.table(["Column", "Of", "Label", "What became of it"], rows),
      ReportPrivacy.limits,
    ]
  }

  private var sources: [String] {
    guard !document.sources.isEmpty else { return [] }
    let rows = document.sources.map { source in
      [
        Self.code(source.name, inTable: true), source.size.map(ByteCount.text) ?? Exit.missing,
        source.fingerprint.map { Self.code($0, inTable: true) } ?? Exit.missing,
      ]
    }
    return ["## What was read", Self.table(["Source", "Size", "Fingerprint"], rows)]
  }

  private var footer: [String] {
    let versions = document.versions.map { Self.escaped("\($0.name) \($0.version)") }
    return [
      "---",
      versions.isEmpty ? "Made with Whom" : "Made with " + versions.joined(separator: " · "),
    ]
  }

  func link(toCell id: String, _ text: String) -> String {
    "[\(Self.escaped(text))](#\(Self.anchor(id)))"
  }
}

extension MarkdownPage {
  /// Text on one line.
  static func escaped(_ text: String) -> String {
    Exit.escape(text, for: .markdown).split(separator: "\n").joined(separator: " ")
  }

  /// The compiler's words, with its backticks as Markdown's.
  static func words(_ text: String) -> String {
    CodeWords.split(text).map { $0.isCode ? code($0.text) : escaped($0.text) }.joined()
  }

  /// A place that links of the page lead to.
  static func anchor(_ cell: String) -> String { "cell-" + Exit.escape(cell, for: .fileName) }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let rule = head.map { _ in "---" }
    return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// A word of a program between as many backticks as it needs.
  static func code(_ text: String, inTable: Bool = false) -> String {
    let shown = Exit.revealed(text).split(whereSeparator: \.isNewline).joined(separator: " ")
    let fence = fence(around: shown, atLeast: 1)
    let pad = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.isEmpty ? " " : ""
    let inner =
      inTable
      ? shown.split(separator: "|", omittingEmptySubsequences: false)
        .joined(separator: "\\|") : shown
    return fence + pad + inner + pad + fence
  }

  static func block(_ text: String, language: String) -> String {
    let shown = Exit.revealed(text)
    let fence = fence(around: shown, atLeast: 3)
    let word = language.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    return "\(fence)\(word)\n\(shown)\(shown.hasSuffix("\n") ? "" : "\n")\(fence)"
  }

  /// More backticks than stand anywhere in the text.
  private static func fence(around text: String, atLeast least: Int) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: max(least, longest + 1))
  }

  /// Something that opens on a click; the lines inside are Markdown again.
  static func folded(_ summary: String, _ content: String) -> String {
    "<details><summary>\(Exit.escape(Exit.revealed(summary), for: .html))</summary>\n\n\(content)\n\n</details>"
  }

  static func quoted(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }
}
