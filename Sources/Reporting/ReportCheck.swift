package import Values

/// How one condition of an `expect` went.
package struct ReportCheck: Sendable {
  package enum Outcome: String, Hashable, Sendable { case held, failed, warned, quarantined }

  /// As the notebook says it.
  package var condition: String
  package var rows: Int
  /// Rows that fail it; nil of a condition on the rows as a whole.
  package var failed: Int?
  /// The share of rows that must hold, where it is not all of them.
  package var required: Double?
  package var outcome: Outcome
  /// Some of the rows that fail it.
  package var sample: ResultTable?

  package init(
    condition: String, rows: Int, failed: Int?, required: Double?, outcome: Outcome,
    sample: ResultTable?
  ) {
    self.condition = condition
    self.rows = rows
    self.failed = failed
    self.required = required
    self.outcome = outcome
    self.sample = sample
  }

  /// The share of rows that hold; none without rows.
  package var share: Double? {
    guard let failed, rows > 0 else { return nil }
    return Double(rows - failed) / Double(rows)
  }

  /// Words, so that the state is not told by colour alone.
  package var outcomeWords: String {
    switch outcome {
    case .held: "holds"
    case .failed: "fails"
    case .warned: "fails, warned"
    case .quarantined: "fails, set aside"
    }
  }

  /// Behind the number of rows that fail: what became of the run.
  package var consequence: String {
    switch outcome {
    case .held, .failed: ""
    case .warned: ", a warning"
    case .quarantined: ", which are set aside"
    }
  }
}

extension [ReportCheck] {
  /// All checks of a cell as one table: condition, rows, failed, share, required, result.
  package var table: ResultTable {
    func optional(_ value: Double?) -> Value { value.map { .float($0) } ?? .null }
    var percent = LabelSet()
    percent.isPercent = true
    let share = ValueType(.float, nullable: true, labels: percent)
    return ResultTable(
      schema: Schema([
        Column("condition", ValueType(.text)), Column("rows", ValueType(.int)),
        Column("failed", ValueType(.int, nullable: true)), Column("share", share),
        Column("required", share), Column("result", ValueType(.text)),
      ]),
      columns: [
        map { .text($0.condition) }, map { .int(Int64($0.rows)) },
        map { $0.failed.map { .int(Int64($0)) } ?? .null }, map { optional($0.share) },
        map { optional($0.failed == nil ? nil : $0.required ?? 1) },
        map { .text($0.outcomeWords) },
      ], totalRows: count)
  }
}
