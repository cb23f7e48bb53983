package import Values

/// The report for programs: the same document, in an order that never changes, under a schema name
/// that changes with its shape.
package enum JSONReport {
  package static let schema = "whom.report/1"

  package static func render(_ document: ReportDocument) -> String {
    value(of: document).indentedText
  }

  package static func value(of document: ReportDocument) -> JSONValue {
    [
      "schema": .string(schema),
      "title": .string(document.title),
      "language": .string(document.language),
      "authors": .array(document.authors.map(JSONValue.string)),
      "as_of": document.asOf.map { .string(DatePrinting.date(Int($0))) } ?? .null,
      "zone": .string(document.zone?.name ?? "UTC"),
      "status": status(document.status),
      "parameters": .array(document.parameters.map(parameter)),
      "failed_checks": .array(document.failedChecks.map(check)),
      "blocks": .array(document.blocks.map { block($0, in: document) }),
      "models": .array(document.models.map(model)),
      "privacy": .array(document.privacy.map(privacy)),
      "sources": .array(document.sources.map(source)),
      "versions": .object(document.versions.map { .init($0.name, .string($0.version)) }),
    ]
  }

  private static func status(_ status: ReportStatus) -> JSONValue {
    [
      "ok": .bool(status.isWell), "cells": .int(status.cells), "failed": .int(status.failed),
      "skipped": .int(status.skipped), "checks": .int(status.checks),
      "failed_checks": .int(status.failedChecks),
      "warnings": .int(status.warnings), "warned_checks": .int(status.warnedChecks),
      "failed_values": .int(status.failedValues),
    ]
  }

  private static func parameter(_ parameter: ReportParameter) -> JSONValue {
    [
      "name": .string(parameter.name), "type": .string("\(parameter.type)"),
      "value": Exit.machine(parameter.value, labels: parameter.type.labels),
      "origin": .string(parameter.origin.rawValue), "doc": .string(parameter.doc),
    ]
  }

  private static func check(_ check: FailedCheck) -> JSONValue {
    [
      "title": .string(check.title), "cell": .string(check.cell), "detail": optional(check.detail),
    ]
  }

  private static func privacy(_ entry: ReportPrivacy) -> JSONValue {
    [
      "column": .string(entry.column), "labels": .string(entry.labels),
      "relation": optional(entry.relation),
      "uses": .array(
        entry.uses.map {
          ["use": .string($0.words), "cells": .array($0.cells.map(JSONValue.string))]
        }),
    ]
  }

  private static func model(_ model: ReportModel) -> JSONValue {
    [
      "name": .string(model.name),
      "card": .array(
        model.lines.map { ["item": .string($0.item), "value": .string($0.value)] }),
    ]
  }

  private static func source(_ source: ReportSource) -> JSONValue {
    [
      "name": .string(source.name), "size": source.size.map(JSONValue.int) ?? .null,
      "rows": source.rows.map(JSONValue.int) ?? .null, "fingerprint": optional(source.fingerprint),
    ]
  }

  private static func block(_ block: ReportBlock, in document: ReportDocument) -> JSONValue {
    switch block {
    case .prose(let blocks):
      [
        "kind": .string("prose"),
        "content": .array(blocks.map { JSONProse(document).value(of: $0) }),
      ]
    case .cell(let cell):
      [
        "kind": .string("cell"), "id": .string(cell.id), "code": .string(cell.code.text),
        "caption": optional(cell.caption), "note": optional(cell.note),
        "outputs": .array(cell.outputs.map(JSONOutput.value)),
      ]
    }
  }

  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}

/// Prose as words: its structure down to the block, values filled in.
struct JSONProse {
  private let document: ReportDocument

  init(_ document: ReportDocument) { self.document = document }

  func value(of block: ProseBlock) -> JSONValue {
    switch block {
    case .heading(let level, let id, let inner):
      [
        "kind": .string("heading"), "level": .int(level), "id": .string(id),
        "text": .string(words(inner)),
      ]
    case .paragraph(let inner): ["kind": .string("paragraph"), "text": .string(words(inner))]
    case .list(let list):
      [
        "kind": .string("list"), "ordered": .bool(list.start != nil),
        "items": .array(list.items.map { .array($0.blocks.map(value)) }),
      ]
    case .table(let table):
      [
        "kind": .string("table"), "header": .array(table.header.map { .string(words($0)) }),
        "rows": .array(table.rows.map { .array($0.map { .string(words($0)) }) }),
      ]
    case .code(let language, let text):
      ["kind": .string("code"), "language": .string(language), "text": .string(text)]
    case .quote(let blocks):
      ["kind": .string("quote"), "content": .array(blocks.map(value))]
    case .rule: ["kind": .string("rule")]
    }
  }

  private func words(_ inner: [ProseInline]) -> String { HTMLPage(document).plainText(inner) }
}
