import Charting
import Columnar
package import Compiler
import Connectivity
package import Diagnostics
import SQLGeneration
import SQLTree
package import Values

extension Session {
  /// Does what a checked statement says; the results come in the order of its steps.
  package func run(
    _ statement: CheckedStatement, rows: Int? = nil
  ) throws(Diagnostic) -> [StepResult] {
    try run(statement.steps, statement, rows ?? options.shownRows)
  }

  private func run(
    _ steps: [Step], _ statement: CheckedStatement, _ rows: Int
  ) throws(Diagnostic) -> [StepResult] {
    var results: [StepResult] = []
    for step in steps {
      if case .choose(let branches, let otherwise) = step {
        results += try run(choice(of: branches, otherwise, statement), statement, rows)
      } else {
        defer { noteLostValues(step.plans, areCut: options.isPrompt) }
        if let result = try run(step, statement, rows) { results.append(result) }
      }
    }
    return results
  }

  /// The branch whose condition holds; those behind it are not worked out.
  private func choice(
    of branches: [StepBranch], _ otherwise: [Step], _ statement: CheckedStatement
  ) throws(Diagnostic) -> [Step] {
    for branch in branches
    where try value(branch.condition, statement.span) == .bool(true) {
      return branch.steps
    }
    return otherwise
  }

  private func run(
    _ step: Step, _ statement: CheckedStatement, _ rows: Int
  ) throws(Diagnostic) -> StepResult? {
    switch step {
    case .define, .choose, .reveal: return nil
    case .evaluate(let id, let expr):
      state.values[id] = try value(expr, statement.span)
      return nil
    case .show(let output, _) where arrowOutput != nil && output.rows != nil:
      if let sink = arrowOutput, let plan = output.rows { _ = try writeArrow(plan, to: sink) }
      return nil
    case .show(.relation(let plan), let title):
      return .table(try table(plan, rows), title: title)
    case .show(.value(let expr), let title):
      return .value(try value(expr, statement.span), expr.type, title: title)
    case .show(.chart(let chart), let title):
      let data = try table(chart.plan, Self.chartRows)
      return .chart(ChartSpec(chart, title: title), data, title: title)
    case .save(let plan, let target):
      return .saved(path: target.path, rows: try save(plan, target))
    case .expect(let expectation): return try check(expectation)
    case .train(let plan):
      try train(plan)
      return nil
    case .saveModel(let saved): return try save(saved)
    case .assert(let condition, let sides, let message):
      try check(assertion: condition, sides, message, statement.span)
      return nil
    }
  }

  /// A chart of more marks than this shows nothing that fewer would not.
  private static let chartRows = 50_000

  // MARK: Queries

  /// The first rows of a relation in its order, and how many there are in all.
  package func table(_ plan: LogicalPlan, _ limit: Int) throws(Diagnostic) -> ResultTable {
    try prepare(plan)
    let isCheap = plan.isScan
    let query = lowering.query(
      TwoPassMeans.rewrite(plan), ordered: true,
      limit: isCheap && options.isPrompt ? limit + 1 : nil)
    return try engineWork(on: plan) { () throws(EngineError) in
      let stream = try engine.database().query(engine.prepared(.query(query)))
      defer { stream.close() }
      return try Self.collect(stream, plan.schema, limit, isCut: isCheap && self.options.isPrompt)
    }
  }

  static func collect(
    _ stream: ResultStream, _ schema: Schema, _ limit: Int, isCut: Bool
  ) throws(EngineError) -> ResultTable {
    var columns: [[Value]] = Array(repeating: [], count: schema.count)
    var total = 0
    while let batch = try stream.next() {
      let missing = min(limit - total, batch.rowCount)
      if missing > 0 {
        for (position, column) in schema.columns.enumerated() {
          do throws(ColumnarError) {
            columns[position] += try batch.values(
              column: position, as: column.type.base, rows: 0..<missing)
          } catch {
            throw .unreadable(error)
          }
        }
      }
      total += batch.rowCount
    }
    let isUnknown = isCut && total > limit
    return ResultTable(schema: schema, columns: columns, totalRows: isUnknown ? nil : total)
  }

  /// A value that the engine works out, or that is known already.
  package func value(_ expr: TypedExpr, _ span: Span) throws(Diagnostic) -> Value {
    if let constant = expr.constant { return constant }
    if case .runValue(let id) = expr.kind, let known = state.values[id] { return known }
    for plan in expr.plans { try prepare(plan) }
    let query = lowering.query(value: expr, name: "value")
    return try engineWork(on: expr.plans, span) { () throws(EngineError) in
      let stream = try engine.database().query(engine.prepared(.query(query)))
      defer { stream.close() }
      guard let batch = try stream.next(), batch.rowCount > 0 else { return .null }
      do throws(ColumnarError) {
        return try batch.values(column: 0, as: expr.type.base, rows: 0..<1).first ?? .null
      } catch {
        throw .unreadable(error)
      }
    }
  }

  private func check(
    assertion condition: TypedExpr, _ sides: [TypedExpr], _ message: TypedExpr?, _ span: Span
  ) throws(Diagnostic) {
    if try value(condition, span) == .bool(true) { return }
    var words = "the assertion does not hold"
    if let message, case .text(let text) = try value(message, span) { words = text }
    throw Diagnostic(
      .assertionFailed, words, at: condition.span, label: "is false",
      notes: try notes(on: sides))
  }

  private func notes(on sides: [TypedExpr]) throws(Diagnostic) -> [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    for side in sides {
      let found = ColumnFormat.plain(try value(side, side.span))
      notes.append(
        Diagnostic.Note("this is \(Exit.escape(found, for: .terminal))", at: side.span))
    }
    return notes
  }

  var lowering: PlanLowering {
    PlanLowering(
      engine.dialect, values: state.values, kept: state.kept, steps: state.steps,
      scored: state.scored)
  }

  /// The SQL of a relation as it would be run now.
  package func sql(of plan: LogicalPlan) -> String {
    var lowering = lowering
    lowering.scored = scoringQueries(in: plan)
    return SQLPrinter(engine.dialect).print(lowering.query(TwoPassMeans.rewrite(plan)))
  }

  func engineWork<T>(
    _ span: Span, _ body: () throws(EngineError) -> T
  ) throws(Diagnostic) -> T {
    do throws(EngineError) {
      return try body()
    } catch {
      throw EngineWords.diagnostic(error, at: span)
    }
  }

  /// As above; a failure is shown at the stage that can have caused it.
  func engineWork<T>(
    on plan: LogicalPlan, _ body: () throws(EngineError) -> T
  ) throws(Diagnostic) -> T {
    try engineWork(on: [plan], plan.span, body)
  }

  func engineWork<T>(
    on plans: [LogicalPlan], _ span: Span, _ body: () throws(EngineError) -> T
  ) throws(Diagnostic) -> T {
    do throws(EngineError) {
      return try body()
    } catch {
      throw finding(error, in: plans, span)
    }
  }

  /// What an engine said of these plans: where, and without values that nobody is to see.
  func finding(_ error: EngineError, in plans: [LogicalPlan], _ span: Span) -> Diagnostic {
    let site = EngineWords.site(of: error)
    let place = plans.lazy.compactMap { Misfit.span(error, in: $0) ?? site?.span(in: $0) }.first
    var finding = catalog.diagnostic(error, at: place ?? span)
    if site?.tellsValues == true, plans.contains(where: \.readsPersonalData) {
      finding.withholdValues()
    }
    return finding
  }
}

extension Session {
  /// Where the engine's columns for a relation are not those the checker promised; empty when
  /// all is well. Nothing runs but host steps, without which later columns are not known.
  package func disagreements(of plan: LogicalPlan) -> [String] {
    do {
      try catalog.announce(plan)
      try runSteps(in: plan)
      let query = lowering.query(TwoPassMeans.rewrite(plan))
      let fields = try engine.database().describe(engine.prepared(.query(query)))
      return plan.schema.disagreements(with: fields).map { "\($0)" }
    } catch {
      return ["\(error)"]
    }
  }
}
