import ArgumentParser
import Charting
import Diagnostics
import Engine
import Reporting
import Values

enum ResultFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case table, csv, json, ndjson, markdown, arrow
}

/// Prints results and findings: people get tables, programs get a format of theirs.
struct ResultPrinter {
  var format: ResultFormat
  var width: Int
  var isStyled: Bool
  /// How many rows a person is shown.
  var rows: Int
  /// How long it took, for people at the prompt.
  var time: String?
  /// Whose clocks people look at; UTC when nil.
  var zone: Zone?

  init(_ format: ResultFormat?, rows: Int? = nil, zone: Zone? = nil) {
    self.zone = zone
    self.format = format ?? (Terminal.isOutput ? .table : .csv)
    width = Terminal.width
    isStyled = Terminal.isStyled
    self.rows = rows ?? 40
  }

  /// How many rows must be brought from the engine.
  var wantedRows: Int { format == .table ? rows : .max / 4 }

  func text(_ result: StepResult) -> String {
    switch result {
    case .table(let table, let title): heading(title) + self.table(table)
    case .value(let value, let type, let title): heading(title) + self.value(value, type)
    case .chart(let spec, let data, let title): chart(spec, data, title)
    case .saved(let path, let rows): receipt(path, rows)
    case .savedModel(let receipt): self.receipt(receipt)
    }
  }

  private func heading(_ title: String?) -> String {
    guard let title, format == .table || format == .markdown else { return "" }
    return Exit.escape(title, for: .terminal) + "\n"
  }

  private func table(_ table: ResultTable) -> String {
    switch format {
    case .table:
      TextTable.render(table.shown(in: zone), width: width, styled: isStyled, time: time)
    // An Arrow stream is written while the rows come; see `ScriptRunner`.
    case .csv, .arrow: CSVTable.render(table)
    case .json: JSONTable.render(table)
    case .ndjson: NDJSONTable.render(table)
    case .markdown: MarkdownTable.render(table.shown(in: zone))
    }
  }

  /// A value stands alone on its line; JSON gets it as a table of one cell would say it.
  private func value(_ value: Value, _ type: ValueType) -> String {
    let column = Column("value", type)
    switch format {
    case .table, .markdown:
      let shown = zone?.shown(value) ?? value
      return Exit.escape(Exit.display(shown, type: type), for: .terminal) + "\n"
    case .csv, .json, .ndjson, .arrow:
      return self.table(ResultTable(schema: Schema([column]), columns: [[value]], totalRows: 1))
    }
  }

  /// People get the picture in characters; machines get its description, or its rows as a table.
  private func chart(_ spec: ChartSpec, _ data: ResultTable, _ title: String?) -> String {
    let isForPeople = format == .table || format == .markdown
    let chart = Chart(spec, data: isForPeople ? data.shown(in: zone) : data)
    switch format {
    case .json, .ndjson: return chart.vegaLite.text + "\n"
    case .table: return TextRenderer.render(chart, width: width)
    case .csv, .arrow: return self.table(data)
    case .markdown:
      return heading(spec.title ?? title) + Exit.escape(chart.summary, for: .markdown) + "\n\n"
        + self.table(data)
    }
  }

  private func receipt(_ path: String, _ rows: Int?) -> String {
    guard format == .table else { return "" }
    let count = rows.map { " (\(NumberPrinting.grouped("\($0)")) rows)" } ?? ""
    return "saved \(Exit.escape(path, for: .terminal))\(count)\n"
  }
}

extension ResultPrinter {
  fileprivate func receipt(_ receipt: ModelRegistry.Receipt) -> String {
    guard format == .table else { return "" }
    let reference = "\(receipt.name)@\(receipt.version)"
    guard receipt.isKnown else { return "saved model \(reference)\n" }
    let use = receipt.inUse == receipt.version ? "" : "; version \(receipt.inUse) is in use"
    return "model \(reference) is the same: nothing new was saved\(use)\n"
  }
}

extension Session {
  /// What the run had to say since the last time; checks that were made are for reports alone.
  func renderedWarnings() -> String {
    _ = takeExpectations()
    let warnings = takeWarnings()
    return warnings.isEmpty ? "" : rendered(warnings)
  }

  /// Findings as the user reads them, for standard error.
  func rendered(_ diagnostics: [Diagnostic]) -> String {
    var renderer = DiagnosticRenderer(
      sources, width: max(60, min(Terminal.width, 120)), isColoured: Terminal.areErrorsColoured)
    renderer.isScreen = Terminal.isError
    return renderer.render(diagnostics)
  }
}
