import Columnar
import Compiler
import Connectivity
import Diagnostics
import SQLGeneration
import SQLTree
import Values

// What Whom works out itself, between a query that gives the rows and one that goes on.
extension Session {
  /// Runs the host steps of a plan, the innermost first; the rows of each go into a table, and
  /// a step that ran is not run again.
  func runSteps(in plan: LogicalPlan) throws(Diagnostic) {
    if case .reference(let id, _, _) = plan.op, state.kept[id] != nil { return }
    for input in plan.inputs { try runSteps(in: input) }
    guard case .host(let input, let step) = plan.op, state.steps[plan] == nil else { return }
    for rule in JoinGuards.of(input) { try proveOnce(rule) }
    let name = "step_\(state.steps.count + 1)"
    let query = lowering.query(
      TwoPassMeans.rewrite(input), ordered: input.keepsOrder, showsHidden: true)
    let columns = HostWork(step, input.schema).columns
    try engineWork(on: input) { () throws(EngineError) in
      let rows = try local(query, input.schema, hidden: input.facts.hiddenColumns)
      try local.database().extend(
        local.prepared(.query(rows)), by: columns,
        into: IngestTarget(name: name, catalog: local.keptSchema))
      // A server has one session, which cannot read and write at once: the rows pass through the
      // embedded engine.
      if local !== engine {
        let path = [local.keptSchema, name].map(SQLPrinter.quoted).joined(separator: ".")
        try engine.database().ingest(
          "select * from \(path)", from: try local.database(), into: name)
        try local.database().execute("drop table \(path)")
      }
    }
    state.steps[plan] = [engine.keptSchema, name]
  }
}

/// The work of a step on one batch after the other.
private struct HostWork {
  private let step: HostStep
  /// The place and type of each input in the rows.
  private let inputs: [(place: Int, type: DataType)]

  init(_ step: HostStep, _ schema: Schema) {
    self.step = step
    inputs = step.inputs.map { name in
      let place = schema.columns.firstIndex { $0.name == name } ?? 0
      return (place, schema.columns[place].type.base)
    }
  }

  var columns: ColumnExtension {
    ColumnExtension(columns: step.outputs.map { ($0.name, Self.kind($0.type.base)) }) {
      batch throws(ColumnarError) in try added(to: batch)
    }
  }

  private func added(to batch: RecordBatch) throws(ColumnarError) -> [AddedColumn] {
    var values: [[Value]] = []
    for input in inputs { values.append(try batch.values(column: input.place, as: input.type)) }
    switch step.work {
    case .calls(let calls):
      return zip(calls, step.outputs).map { call, output in
        Self.column(
          (0..<batch.rowCount).lazy.map { row in Self.value(call, values, row) },
          Self.kind(output.type.base))
      }
    }
  }

  private static func value(_ call: HostCall, _ columns: [[Value]], _ row: Int) -> Value {
    call.code?.value(
      call.arguments.map { argument in
        switch argument {
        case .input(let place): columns[place][row]
        case .constant(let value): value
        }
      }) ?? .null
  }

  private static func kind(_ type: DataType) -> AddedColumn.Kind {
    switch type {
    case .float, .decimal: .float
    case .int: .int
    case .bool: .bool
    case .text, .date, .timestamp, .duration, .months, .period, .list, .record, .json, .null: .text
    }
  }

  private static func column(
    _ values: some Sequence<Value>, _ kind: AddedColumn.Kind
  ) -> AddedColumn {
    switch kind {
    case .float: .floats(values.map(\.asDouble))
    case .int: .ints(values.map { if case .int(let x) = $0 { x } else { nil } })
    case .bool: .bools(values.map { if case .bool(let x) = $0 { x } else { nil } })
    case .text: .texts(values.map { if case .text(let x) = $0 { x } else { nil } })
    }
  }
}
