import Columnar
import Compiler
import Connectivity
import Diagnostics
import Engine
import Values

/// What a case gives when it is checked and run.
struct CorpusRun {
  var sql: [String] = []
  var types = ""
  var tables: [String] = []
  var errors = ""
  var warnings = ""
  /// Where the engine's schema is not what the checker promised.
  var disagreements: [String] = []
  /// Words that only an engine's own error has.
  var isRawEngineError = false

  /// 2025-06-30, so that `today()` is the same for ever.
  private static let now: Int64 = 20_269 * 86_400_000_000

  init(_ program: String, on engine: EngineKind = .duckDB) {
    var options = Session.Options(now: Self.now)
    options.engine.kind = engine
    let session = Session(options)
    let name = "\(CorpusFile.folder)/data/case.whom"
    let checked = session.check(session.add(name: name, text: program))
    var findings = checked.diagnostics
    if !checked.hasErrors {
      for statement in checked.statements {
        let steps = statement.steps.flatMap(\.all)
        // Tables of a model are there once its statement ran.
        let isTraining = steps.contains { if case .train = $0 { true } else { false } }
        for step in steps { look(at: step, session, comparing: !isTraining) }
        do throws(Diagnostic) {
          for result in try session.run(statement) { add(result) }
          if isTraining { disagreements += steps.flatMap(\.shown).flatMap(session.disagreements) }
          findings += session.takeWarnings()
        } catch {
          findings.append(error)
          break
        }
      }
    }
    let renderer = DiagnosticRenderer(session.sources, width: 100)
    errors = Self.render(findings.filter { $0.severity == .error }, renderer)
    warnings = Self.render(findings.filter { $0.severity == .warning }, renderer)
    isRawEngineError = findings.contains { $0.code == .engineFailed || $0.code == .internalError }
  }

  private static func render(_ findings: [Diagnostic], _ renderer: DiagnosticRenderer) -> String {
    var text = cut(renderer.render(findings.map(withoutFolder)))
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  /// The folder of the data, which differs from machine to machine, is cut off before lines are
  /// broken.
  private static func withoutFolder(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.title = cut(diagnostic.title)
    diagnostic.label = cut(diagnostic.label)
    diagnostic.help = diagnostic.help.map(cut)
    for index in diagnostic.notes.indices {
      diagnostic.notes[index].text = cut(diagnostic.notes[index].text)
    }
    return diagnostic
  }

  private static func cut(_ text: String) -> String {
    text.replacing(CorpusFile.folder + "/data/", with: "")
  }

  private mutating func look(at step: Step, _ session: Session, comparing: Bool) {
    if case .expect(let expectation) = step {
      sql.append(session.sql(of: expectation.counts))
      disagreements += expectation.plans.flatMap(session.disagreements)
    }
    guard let plan = step.shown.first else { return }
    types = plan.schema.columns.map { "\($0.name): \($0.type)" }.joined(separator: "\n")
    sql.append(session.sql(of: plan))
    if comparing { disagreements += session.disagreements(of: plan) }
  }

  private mutating func add(_ result: StepResult) {
    switch result {
    case .table(let table, _): tables.append(Self.markdown(table))
    case .chart(_, let data, _): tables.append(Self.markdown(data))
    case .value(let value, let type, _):
      tables.append(
        Self.markdown(
          ResultTable(schema: Schema([Column("value", type)]), columns: [[value]], totalRows: 1)))
    case .saved, .savedModel: break
    }
  }

  /// `| id:int | name:text? |`, a row a line, `null` for what is missing.
  static func markdown(_ table: ResultTable) -> String {
    let header = table.schema.columns.map { column in
      "\(column.name):\(column.type.base)\(column.type.isNullable ? "?" : "")"
    }
    var lines = [row(header), row(header.map { _ in "---" })]
    for index in 0..<table.rowCount {
      lines.append(row(table.columns.map { cell($0[index]) }))
    }
    return lines.joined(separator: "\n")
  }

  private static func cell(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .timestamp(let micros): DatePrinting.isoTimestamp(micros)
    default: ColumnFormat.plain(value)
    }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}

extension Step {
  /// The relation that it shows, if any.
  fileprivate var shown: [LogicalPlan] {
    guard case .show(let output, _) = self else { return [] }
    switch output {
    case .relation(let plan): return [plan]
    case .chart(let chart): return [chart.plan]
    case .value(let value): return Array(value.plans.prefix(1))
    }
  }
}
