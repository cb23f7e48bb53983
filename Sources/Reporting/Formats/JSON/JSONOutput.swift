import Charting
import Values

/// What a cell left, for programs.
enum JSONOutput {
  static func value(of output: CellOutput) -> JSONValue {
    switch output {
    case .table(let table):
      [
        "kind": .string("table"), "title": JSONReport.optional(table.title),
        "data": data(table.table),
      ]
    case .chart(let chart): self.chart(chart)
    case .value(let value):
      [
        "kind": .string("value"), "name": JSONReport.optional(value.name),
        "type": .string("\(value.type)"),
        "value": Exit.machine(value.value, labels: value.type.labels),
      ]
    case .receipt(let receipt):
      [
        "kind": .string("saved"), "file": .string(receipt.file),
        "rows": receipt.rows.map(JSONValue.int) ?? .null,
      ]
    case .checks(let checks): self.checks(checks)
    case .message(let text): ["kind": .string("message"), "text": .string(text)]
    case .diagnostic(let finding): diagnostic(finding)
    case .skipped(let cause): ["kind": .string("skipped"), "because_of": .string(cause)]
    }
  }

  private static func checks(_ checks: [ReportCheck]) -> JSONValue {
    [
      "kind": .string("checks"),
      "checks": .array(
        checks.map { check in
          [
            "condition": .string(check.condition), "outcome": .string(check.outcome.rawValue),
            "rows": .int(check.rows), "failed": check.failed.map(JSONValue.int) ?? .null,
            "share": check.share.map(JSONValue.double) ?? .null,
            "required": check.failed == nil ? .null : .double(check.required ?? 1),
            "sample": check.sample.map(data) ?? .null,
          ]
        }),
    ]
  }

  private static func data(_ table: ResultTable) -> JSONValue {
    [
      "columns": .array(table.schema.columns.map(column)),
      "total_rows": table.totalRows.map(JSONValue.int) ?? .null,
      "rows": .array(JSONRows.arrays(of: table)),
    ]
  }

  private static func column(_ column: Column) -> JSONValue {
    ["name": .string(column.name), "type": .string("\(column.type)")]
  }

  private static func chart(_ output: ReportChart) -> JSONValue {
    let chart = Chart(output.spec, data: output.data)
    return [
      "kind": .string("chart"), "mark": .string(output.spec.mark.rawValue),
      "title": JSONReport.optional(output.spec.title), "summary": .string(chart.summary),
      "data": data(output.data), "vega_lite": chart.vegaLite,
    ]
  }

  private static func diagnostic(_ finding: ReportDiagnostic) -> JSONValue {
    [
      "kind": .string(finding.isError ? "error" : "warning"), "code": .string(finding.code),
      "title": .string(finding.title), "place": JSONReport.optional(finding.excerpt?.place),
      "label": JSONReport.optional(finding.excerpt?.label),
      "notes": .array(finding.notes.map { .string($0.text) }),
      "help": .array(finding.help.map(JSONValue.string)),
      "input": .array(finding.input.map(column)),
    ]
  }
}
