import Values

/// What stands above the content: title, status, parameters, what failed, contents.
extension HTMLPage {
  func header(with lead: [HTMLNode]) -> HTMLNode {
    var children: [HTMLNode] = []
    if let asOf = document.asOf {
      children.append(
        .make(.p, class: "overline", text: AsOfLine.text(asOf, document.zone)))
    }
    children.append(.make(.h1, text: document.title))
    if !document.authors.isEmpty {
      children.append(
        .make(.p, class: "authors", text: document.authors.joined(separator: ", ")))
    }
    children.append(status)
    children += failures + lead + parameters
    return .make(.header, class: "report-header", [], children)
  }

  /// Words and a sign, so that the state is not told by colour alone.
  private var status: HTMLNode {
    let status = document.status
    return .make(
      .p, class: "status \(status.kind.rawValue)", [],
      [
        .make(
          .span, class: "sign", [HTMLAttribute(.ariaHidden, "true")], [.text(status.kind.sign)]),
        .text(StatusLine.text(status)),
      ])
  }

  /// Links to every failed check and cell.
  private var failures: [HTMLNode] {
    var items = document.failedChecks.map { check in
      HTMLNode.make(
        .li, [],
        [link(toCell: check.cell, text: check.title)]
          + (check.detail.map { [.text(" – ")] + HTMLNode.words($0) } ?? []))
    }
    for cell in document.cells {
      guard let title = cell.firstError else { continue }
      items.append(
        .make(
          .li, [], [link(toCell: cell.id, text: cell.id), .text(" – ")] + HTMLNode.words(title)))
    }
    guard !items.isEmpty else { return [] }
    return [
      .make(
        .section, class: document.status.isWell ? "failures warned" : "failures",
        [HTMLAttribute(.ariaLabelledBy, "failures-title")],
        [
          .make(.h2, id: "failures-title", text: StatusLine.heading(document.status)),
          .make(.ul, [], items),
        ])
    ]
  }

  func link(toCell id: String, text: String) -> HTMLNode {
    .make(.a, [HTMLAttribute(.href, "#" + Self.anchor(ofCell: id))], [.text(text)])
  }

  static func anchor(ofCell id: String) -> String { "cell-" + id }

  private var parameters: [HTMLNode] {
    guard !document.parameters.isEmpty else { return [] }
    let head = headRow(["Parameter", "Value", "From", "Meaning"])
    let rows = document.parameters.map { parameter in
      HTMLNode.make(
        .tr, [],
        [
          .make(
            .th, [HTMLAttribute(.scope, "row")], [.make(.code, text: parameter.name)]),
          .make(
            .td, [],
            [.make(.bdi, text: document.text(parameter.value, parameter.type))]),
          .make(.td, class: "origin", text: parameter.origin.words),
          .make(.td, text: parameter.doc),
        ])
    }
    return [
      .make(
        .div, class: "scroll parameters", [],
        [
          .make(
            .table, [],
            [
              .make(.caption, text: "Parameters"), .make(.thead, [], [head]),
              .make(.tbody, [], rows),
            ])
        ])
    ]
  }

  func headRow(_ titles: [String]) -> HTMLNode {
    .make(
      .tr, [],
      titles.map { .make(.th, [HTMLAttribute(.scope, "col")], [.text($0)]) })
  }
}

/// `All 12 cells ran`; `1 of 12 cells failed, 2 were skipped; 1 of 4 checks failed`.
enum StatusLine {
  /// What stands above the list of checks and cells.
  static func heading(_ status: ReportStatus) -> String {
    status.isWell ? "What to look at" : "What went wrong"
  }

  static func text(_ status: ReportStatus) -> String {
    var parts: [String] = []
    if status.failed > 0 { parts.append("\(status.failed) of \(cells(status.cells)) failed") }
    if status.skipped > 0 {
      parts.append("\(status.skipped) \(status.skipped == 1 ? "was" : "were") skipped")
    }
    if status.failedValues > 0 {
      parts.append("\(status.failedValues) in the text could not be computed")
    }
    var ran = parts.isEmpty ? "All \(cells(status.cells)) ran" : parts.joined(separator: ", ")
    if status.warnings > 0 {
      ran += " with \(status.warnings) \(status.warnings == 1 ? "warning" : "warnings")"
    }
    if status.checks == 0 { return ran }
    let checks = "\(status.checks) \(status.checks == 1 ? "check" : "checks")"
    var words: [String] = []
    if status.failedChecks > 0 { words.append("\(status.failedChecks) of \(checks) failed") }
    if status.warnedChecks > 0 {
      words.append(
        "\(status.warnedChecks)\(words.isEmpty ? " of \(checks)" : "") gave a warning")
    }
    if words.isEmpty {
      words = [status.checks == 1 ? "its check holds" : "all \(checks) hold"]
    }
    return ran + "; " + words.joined(separator: ", ")
  }

  private static func cells(_ count: Int) -> String { "\(count) \(count == 1 ? "cell" : "cells")" }
}

extension ReportCell {
  /// The title of the error that ended the cell.
  var firstError: String? {
    for output in outputs {
      switch output {
      case .diagnostic(let diagnostic): if diagnostic.isError { return diagnostic.title }
      case .table, .chart, .value, .receipt, .checks, .message, .skipped: continue
      }
    }
    return nil
  }
}

extension DatePrinting {
  /// `30 June 1998`
  static func longDate(_ days: Int) -> String {
    let (year, month, day) = Calendar.civil(days)
    return "\(day) \(CalendarNames.months[month - 1]) \(year)"
  }
}

/// `As of 30 June 2025`, and whose clocks the times in the report are those of.
enum AsOfLine {
  static func text(_ day: Int32, _ zone: Zone?) -> String {
    "As of \(DatePrinting.longDate(Int(day)))" + (zone.map { ", times of \($0.name)" } ?? "")
  }
}
