import Values

/// Findings: code, title, the source with the marked place, help, the columns at hand.
extension HTMLPage {
  func diagnostic(_ finding: ReportDiagnostic) -> HTMLNode {
    let kind = finding.isError ? "Error" : "Warning"
    var children: [HTMLNode] = [
      .make(
        .p, class: "finding-title", [],
        [
          .make(.span, class: "finding-code", text: "\(kind) \(finding.code)"), .text(" "),
          .make(.strong, [], HTMLNode.words(finding.title)),
        ])
    ]
    children += finding.excerpt.map(excerpt) ?? []
    for note in finding.notes {
      children.append(.make(.p, class: "finding-note", [], HTMLNode.words(note.text)))
      children += note.excerpt.map(excerpt) ?? []
    }
    children += finding.help.map { help in
      .make(.p, class: "help", [], [.make(.strong, text: "Help: ")] + HTMLNode.words(help))
    }
    children += input(finding.input)
    return .make(.div, class: finding.isError ? "finding error" : "finding warning", [], children)
  }

  private func excerpt(_ excerpt: ReportDiagnostic.Excerpt) -> [HTMLNode] {
    let width = excerpt.lines.map { "\($0.number)".count }.max() ?? 1
    var nodes: [HTMLNode] = []
    for (index, line) in excerpt.lines.enumerated() {
      let number = "\(line.number)"
      let blanks = String(repeating: " ", count: width - number.count)
      nodes.append(.make(.span, class: "line-number", text: "\(blanks)\(number)  "))
      nodes += marked(line)
      if index == 0 && !excerpt.label.isEmpty {
        nodes.append(.make(.span, class: "mark-label", text: "  ← " + excerpt.label))
      }
      if index < excerpt.lines.count - 1 { nodes.append(.text("\n")) }
    }
    return [
      .make(.p, class: "place", text: excerpt.place),
      .make(.pre, class: "excerpt", [HTMLAttribute(.tabindex, "0")], [.make(.code, [], nodes)]),
    ]
  }

  private func marked(_ line: ReportDiagnostic.Line) -> [HTMLNode] {
    let bytes = Array(line.text.utf8)
    let start = max(0, min(line.mark.lowerBound, bytes.count))
    let end = max(start, min(line.mark.upperBound, bytes.count))
    func text(_ part: ArraySlice<UInt8>) -> String {
      Exit.revealed(String(decoding: part, as: UTF8.self))
    }
    if start == end { return [.text(text(bytes[...]))] }
    return [
      .text(text(bytes[..<start])), .make(.mark, text: text(bytes[start..<end])),
      .text(text(bytes[end...])),
    ]
  }

  private func input(_ columns: [Column]) -> [HTMLNode] {
    guard !columns.isEmpty else { return [] }
    let rows = columns.map { column in
      HTMLNode.make(
        .tr, [],
        [
          .make(.th, [HTMLAttribute(.scope, "row")], [.make(.code, text: column.name)]),
          .make(.td, [], [.make(.code, text: "\(column.type)")]),
        ])
    }
    return [
      .make(
        .details, [],
        [
          .make(.summary, text: "The \(columns.count) columns at this point"),
          .make(
            .table, class: "schema", [],
            [
              .make(.thead, [], [headRow(["Column", "Type"])]), .make(.tbody, [], rows),
            ]),
        ])
    ]
  }
}
