import Compiler
package import Diagnostics
package import Engine
package import Reporting
import Values

/// Runs a checked notebook cell by cell and gathers what a report shows. A failing cell skips
/// only the cells that need it.
package struct NotebookRunner {
  /// Told of each cell as it begins and ends.
  package enum Progress: Sendable {
    case began(cell: String, number: Int, of: Int)
    case ended(cell: String, number: Int, of: Int, CellState)
    /// Something to say that does not end the cell.
    case warned(Diagnostic)
  }

  package enum CellState: Hashable, Sendable {
    case done
    case failed(Diagnostic)
    case skipped(becauseOf: String)
    /// Its `when` does not hold.
    case notWanted
  }

  package struct Outcome: Sendable {
    package var document: ReportDocument
    package var states: [CellState]
    /// What went wrong with values within prose.
    package var failedValues: [Diagnostic]
    package var wasCancelled: Bool

    /// 130 stopped, 5 out of time, 1 a cell failed, 4 an assertion does not hold.
    package var exitCode: Int32 {
      if wasCancelled { return 130 }
      let failures =
        states.compactMap { state -> Diagnostic? in
          if case .failed(let diagnostic) = state { diagnostic } else { nil }
        } + failedValues
      if failures.isEmpty { return 0 }
      if failures.contains(where: { $0.code == .timedOut }) { return 5 }
      let onlyChecks = failures.allSatisfy {
        $0.code == .assertionFailed || $0.code == .expectationFailed
      }
      return onlyChecks ? 4 : 1
    }
  }

  let session: Session
  let checked: CheckedNotebook
  let progress: (Progress) -> Void
  private var states: [CellState] = []
  private var outputs: [[CellOutput]] = []
  private var inlineValues: [InlineValue] = []
  private var failedValues: [Diagnostic] = []
  private var warnings = 0
  private var wasCancelled = false
  /// What `expect` found out, with the cell in which it did.
  private var checks: [(cell: Int, check: ReportCheck)] = []
  private let began = Watchdog.now

  package init(
    _ checked: CheckedNotebook, session: Session, progress: @escaping (Progress) -> Void
  ) {
    self.checked = checked
    self.session = session
    self.progress = progress
  }

  package mutating func run() -> Outcome {
    let cells = checked.notebook.cells
    for (index, cell) in cells.enumerated() {
      runInlineValues(upTo: index)
      progress(.began(cell: cell.id, number: index + 1, of: cells.count))
      let state = run(index)
      states.append(state)
      progress(.ended(cell: cell.id, number: index + 1, of: cells.count, state))
    }
    runInlineValues(upTo: cells.count)
    return Outcome(
      document: document(), states: states, failedValues: failedValues,
      wasCancelled: wasCancelled)
  }

  // MARK: Cells

  private mutating func run(_ index: Int) -> CellState {
    if let cause = causeOfSkipping(index) {
      outputs.append([.skipped(becauseOf: cause)])
      return .skipped(becauseOf: cause)
    }
    let cell = checked.notebook.cells[index]
    var shown = warnings(ofReading: cell)
    let rows = cell.options.rows ?? checked.notebook.frontMatter.report.rows
    let canceller = session.engine.canceller
    let limit = timeLimit(of: cell)
    let watchdog = Watchdog(milliseconds: limit) { canceller.cancel() }
    do throws(Diagnostic) {
      if try !isWanted(index) {
        _ = watchdog.stop()
        outputs.append([.message("Not run: its condition does not hold.")])
        return .notWanted
      }
      for statement in checked.cells[index].statements {
        shown += try session.run(statement, rows: rows).map(Self.output)
        shown += takeChecks(index)
      }
      _ = watchdog.stop()
      outputs.append(cell.options.output ? shown : shown.filter(\.isFinding))
      return .done
    } catch {
      let failure = ended(error, cell, outOfTime: watchdog.stop())
      shown += takeChecks(index)
      outputs.append(
        shown + [
          .diagnostic(
            ReportDiagnostic(failure, sources: session.sources, input: input(index, failure)))
        ])
      return .failed(failure)
    }
  }

  /// The checks that the last statement made, and what it warned of.
  private mutating func takeChecks(_ cell: Int) -> [CellOutput] {
    let found = session.takeExpectations().map(ReportCheck.init)
    checks += found.map { (cell, $0) }
    return takeWarnings() + (found.isEmpty ? [] : [.checks(found)])
  }

  /// What running made the engine or a model warn of: for the person who runs it and, where its
  /// cell stands, for those who read the report. A check of `expect` has an entry of its own.
  private mutating func takeWarnings() -> [CellOutput] {
    session.takeWarnings().compactMap { warning in
      progress(.warned(warning))
      guard warning.code != .expectationWarning else { return nil }
      warnings += 1
      return .diagnostic(ReportDiagnostic(warning, sources: session.sources))
    }
  }

  /// What checking said of the data that the cell reads, not of how the program is written.
  private mutating func warnings(ofReading cell: Cell) -> [CellOutput] {
    let found = checked.diagnostics.filter { diagnostic in
      guard diagnostic.severity == .warning, let place = diagnostic.span else { return false }
      return diagnostic.code.isAboutData && cell.code.start <= place.start
        && place.start < cell.code.end
    }
    warnings += found.count
    return found.map { .diagnostic(ReportDiagnostic($0, sources: session.sources)) }
  }

  /// The cell's own limit, or what is left of the run's, whichever is less.
  private func timeLimit(of cell: Cell) -> Int? {
    let settings = checked.notebook.frontMatter.run
    let own = (cell.options.timeout ?? settings.cellTimeout)?.milliseconds
    let left = settings.timeout.map { max(1, $0.milliseconds - Watchdog.now + began) }
    return [own, left].compactMap { $0 }.min()
  }

  /// A cancelled cell was either stopped by a person or by the clock.
  private mutating func ended(
    _ error: Diagnostic, _ cell: Cell, outOfTime: Bool
  ) -> Diagnostic {
    guard error.code == .cancelled else { return error }
    guard outOfTime else {
      wasCancelled = true
      return error
    }
    session.engine.resume()
    return Diagnostic(
      .timedOut, "the cell `\(cell.id)` took too long", at: error.span ?? cell.head,
      label: "stopped here", help: ["`#| timeout: 5m` gives it more; `cell_timeout` all cells"])
  }

  /// The columns that the stage was given in which the cell failed.
  private func input(_ cell: Int, _ failure: Diagnostic) -> Schema? {
    guard let place = failure.span else { return nil }
    let plans = checked.cells[cell].statements.flatMap(\.steps).flatMap(\.all).flatMap(\.plans)
    return plans.lazy.compactMap { $0.input(ofStageAt: place) }.first
  }

  private func isWanted(_ index: Int) throws(Diagnostic) -> Bool {
    guard let condition = checked.cells[index].condition else { return true }
    for case .value(let value, _, _) in try session.run(condition) { return value == .bool(true) }
    return true
  }

  /// The cell to name when this one is not run: one that it needs and that failed, or any, once
  /// the notebook says `stop` or the run was stopped.
  private func causeOfSkipping(_ index: Int) -> String? {
    let cells = checked.notebook.cells
    let failed = Set(
      states.indices.filter { if case .failed = states[$0] { true } else { false } })
    let absent = Set(states.indices.filter { states[$0] == .notWanted })
    if let first = failed.sorted().first {
      let policy = cells[first].options.onError ?? checked.notebook.frontMatter.run.onError
      if wasCancelled || policy == .stop { return cells[first].id }
      if policy == .continue { return nil }
    }
    return checked.dependencies.cause(ofSkipping: index, failed: failed.union(absent)).map {
      cells[$0].id
    }
  }

  private static func output(_ result: StepResult) -> CellOutput {
    switch result {
    case .table(let table, let title): .table(ReportTable(table, title: title))
    case .value(let value, let type, let title):
      .value(ReportValue(value, type: type, name: title))
    case .chart(let spec, let data, _): .chart(ReportChart(spec, data: data))
    case .saved(let path, let rows): .receipt(ReportReceipt(file: path, rows: rows))
    // Whether it was there before is nothing that a report of the same run could say twice.
    case .savedModel(let receipt):
      .receipt(ReportReceipt(file: "model \(receipt.name)@\(receipt.version)"))
    }
  }

  // MARK: Inline values

  private mutating func runInlineValues(upTo cells: Int) {
    let exprs = checked.notebook.inlineExprs
    while inlineValues.count < exprs.count, exprs[inlineValues.count].cellsAbove <= cells {
      inlineValues.append(inlineValue(inlineValues.count))
      let found = takeWarnings()
      if let last = outputs.indices.last { outputs[last] += found }
    }
  }

  private mutating func inlineValue(_ index: Int) -> InlineValue {
    let text = session.sources[checked.source.id]?.text(checked.notebook.inlineExprs[index].expr)
    guard let statement = checked.inlineValues[index] else {
      return InlineValue(.failed(title: "not checked", code: ""), lineage: text ?? "")
    }
    let read = checked.cellsRead(by: statement)
    let ids = read.map { checked.notebook.cells[$0].id }
    let lineage = (text ?? "") + (ids.isEmpty ? "" : " — from \(ids.joined(separator: ", "))")
    if let bad = read.first(where: { states.indices.contains($0) && states[$0] != .done }) {
      return InlineValue(
        .failed(title: "cell \(checked.notebook.cells[bad].id) did not run", code: ""),
        lineage: lineage)
    }
    do throws(Diagnostic) {
      for result in try session.run(statement) {
        if case .value(let value, let type, _) = result {
          return InlineValue(.value(value, type), lineage: lineage)
        }
      }
      return InlineValue(.failed(title: "no value", code: ""), lineage: lineage)
    } catch {
      failedValues.append(error)
      return InlineValue(
        .failed(title: error.title, code: error.code.rawValue), lineage: lineage)
    }
  }

  // MARK: The report

  private func document() -> ReportDocument {
    let matter = checked.notebook.frontMatter
    var document = ReportDocument(title: matter.title ?? firstHeading ?? checked.source.name)
    document.language = matter.lang ?? "en"
    document.authors = matter.authors
    document.asOf = session.checker.constants.today
    document.zone = session.zone
    document.showsContents = matter.report.hasContents
    if matter.report.data == .none { document.dataBudget = 0 }
    document.parameters = session.checker.parameters.map {
      ReportParameter(
        name: $0.name, type: $0.type, value: $0.value,
        origin: ReportParameter.Origin(rawValue: $0.origin.rawValue) ?? .set, doc: $0.doc ?? "")
    }
    let lead = matter.report.lead.flatMap { checked.notebook.leading(with: $0.heading) }
    document.leadCount = lead?.lead ?? 0
    document.blocks = (lead?.blocks ?? checked.notebook.blocks).map { block in
      switch block {
      case .prose(let prose): .prose(prose)
      case .cell(let index): .cell(reportCell(index))
      }
    }
    document.inlineValues = inlineValues
    document.status = status
    document.failedChecks = failedChecks
    document.models = session.modelCards.map { name, card in
      ReportModel(
        name: name,
        lines: card.map { row in
          let words = row.map { ColumnFormat.plain($0) }
          return ReportModel.Line(
            item: words.dropLast().joined(separator: ", "), value: words.last ?? "")
        })
    }
    document.privacy = privacy
    document.sources = session.catalog.sources.map {
      ReportSource(name: $0.name, size: $0.size, fingerprint: session.contentHash(of: $0))
    }
    document.versions = [
      ReportVersion(name: "Whom", version: Whom.version),
      ReportVersion(name: "DuckDB", version: session.engine.version),
    ].filter { !$0.version.isEmpty }
    return document
  }

  /// What the cells that were begun did with labelled columns.
  private var privacy: [ReportPrivacy] {
    let ledger = checked.ledger { cell in
      guard states.indices.contains(cell) else { return false }
      return switch states[cell] {
      case .done, .failed: true
      case .skipped, .notWanted: false
      }
    }
    return ledger.entries.map(ReportPrivacy.init)
  }

  private var firstHeading: String? {
    for block in checked.notebook.blocks {
      guard case .prose(let prose) = block else { continue }
      for case .heading(1, _, let inlines) in prose {
        return inlines.map { if case .text(let text) = $0 { text } else { "" } }.joined()
      }
    }
    return nil
  }

  private func reportCell(_ index: Int) -> ReportCell {
    let cell = checked.notebook.cells[index]
    let display: ReportCell.CodeDisplay
    if cell.options.echo == false {
      display = .hidden
    } else if let fold = cell.options.fold {
      display = fold ? .folded : .shown
    } else {
      switch checked.notebook.frontMatter.report.code {
      case .fold: display = .folded
      case .show: display = .shown
      case .hide: display = .hidden
      }
    }
    return ReportCell(
      id: cell.id, code: checked.cells[index].code, codeDisplay: display,
      caption: cell.options.caption, alt: cell.options.alt, note: cell.options.note,
      outputs: outputs.indices.contains(index) ? outputs[index] : [])
  }

  private var status: ReportStatus {
    var status = ReportStatus(cells: states.count)
    status.failedValues = failedValues.count
    for state in states {
      switch state {
      case .done, .notWanted: break
      case .failed(let diagnostic):
        status.failed += 1
        if diagnostic.code == .assertionFailed { status.failedChecks += 1 }
      case .skipped: status.skipped += 1
      }
    }
    status.failedChecks += checks.count { $0.check.outcome == .failed }
    status.warnings = warnings
    status.warnedChecks = checks.count { $0.check.outcome.isWarning }
    for step in checked.cells.flatMap(\.statements).flatMap(\.steps).flatMap(\.all) {
      if case .assert = step { status.checks += 1 }
      if case .expect(let expectation) = step { status.checks += expectation.checks.count }
    }
    return status
  }

  private var failedChecks: [FailedCheck] {
    let asserted = zip(checked.notebook.cells, states).compactMap { cell, state -> FailedCheck? in
      guard case .failed(let diagnostic) = state, diagnostic.code == .assertionFailed else {
        return nil
      }
      return FailedCheck(title: diagnostic.title, cell: cell.id)
    }
    let expected = checks.filter { $0.check.outcome != .held }.map { index, check in
      let cell = checked.notebook.cells[index]
      let words =
        check.failed.map {
          "fails for \(NumberPrinting.grouped("\($0)"))"
            + " of \(NumberPrinting.grouped("\(check.rows)"))"
            + (check.rows == 1 ? " row" : " rows") + check.consequence
        } ?? check.outcomeWords
      // A condition alone says little to those who did not write it.
      let caption = cell.options.caption.map { " (\($0))" } ?? ""
      return FailedCheck(title: check.condition, cell: cell.id, detail: words + caption)
    }
    return asserted + expected
  }
}

extension ReportCheck {
  init(_ result: ExpectationResult) {
    self.init(
      condition: result.condition, rows: result.rows, failed: result.failed,
      required: result.required, outcome: Outcome(rawValue: result.outcome.rawValue) ?? .failed,
      sample: result.sample)
  }
}

extension ReportCheck.Outcome {
  fileprivate var isWarning: Bool {
    switch self {
    case .held, .failed: false
    case .warned, .quarantined: true
    }
  }
}

extension CellOutput {
  /// What is shown of a cell even where its results are not.
  fileprivate var isFinding: Bool {
    switch self {
    case .diagnostic, .checks: true
    case .table, .chart, .value, .receipt, .message, .skipped: false
    }
  }
}
