import Values

// The privacy ledger: what became of labelled columns.
extension HTMLPage {
  var privacy: [HTMLNode] {
    guard !document.privacy.isEmpty else { return [] }
    let table = HTMLNode.make(
      .table, class: "privacy", [],
      [
        .make(.thead, [], [headRow(["Column", "Of", "Label", "What became of it"])]),
        .make(.tbody, [], document.privacy.map(row)),
      ])
    return [
      .make(.h2, id: "privacy-ledger", text: "Privacy ledger"),
      .make(.div, class: "scroll", [], [table]),
      .make(.p, class: "note", text: ReportPrivacy.limits),
    ]
  }

  private func row(_ entry: ReportPrivacy) -> HTMLNode {
    var uses = entry.uses.enumerated().flatMap { number, use in
      (number == 0 ? [] : [HTMLNode.make(.br)]) + words(use)
    }
    if uses.isEmpty { uses = [.text(ReportPrivacy.unused)] }
    return .make(
      .tr, [],
      [
        .make(.th, [HTMLAttribute(.scope, "row")], [.make(.code, text: entry.column)]),
        .make(.td, text: entry.relation ?? Exit.missing), .make(.td, text: entry.labels),
        .make(.td, class: "words", [], uses),
      ])
  }

  private func words(_ use: ReportPrivacy.Use) -> [HTMLNode] {
    if use.cells.isEmpty { return [.text(use.words)] }
    let links = use.cells.enumerated().flatMap { number, cell in
      (number == 0 ? [] : [HTMLNode.text(", ")]) + [link(toCell: cell, text: cell)]
    }
    return [.text(use.words + " (")] + links + [.text(")")]
  }
}
