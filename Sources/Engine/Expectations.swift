import Compiler
package import Diagnostics
package import Values

/// How a check on the rows of a relation went.
package struct ExpectationResult: Sendable {
  package enum Outcome: String, Sendable { case held, failed, warned, quarantined }

  /// As it stands in the program.
  package var condition: String
  package var span: Span
  package var rows: Int
  /// Rows that fail it; nil of a condition on the rows as a whole.
  package var failed: Int?
  /// The share that must hold, where it is not all of them.
  package var required: Double?
  package var outcome: Outcome
  /// Some of the rows that fail it.
  package var sample: ResultTable?
  /// The columns of these that the condition looks at.
  package var columns: [String]
}

extension Session {
  /// Counts what does not hold, in one query, and does what the stage says about it.
  func check(_ expectation: Expectation) throws(Diagnostic) -> StepResult? {
    let counts = try table(expectation.counts, 1)
    var results: [ExpectationResult] = []
    for (position, check) in expectation.checks.enumerated() {
      results.append(
        try result(of: check, counts, at: position + 1, expectation.remedy))
    }
    state.expectations += results
    let failed = results.filter { $0.outcome != .held }
    switch expectation.remedy {
    case .fail:
      guard failed.isEmpty else {
        state.unfit[expectation.id] = expectation.span
        throw ExpectationWords.failure(failed, .expectationFailed, expectation.span)
      }
    case .warn:
      if !failed.isEmpty {
        state.warnings.append(
          ExpectationWords.failure(failed, .expectationWarning, expectation.span))
      }
    case .quarantine(let target, let plan):
      // Written even without rows: a file of an earlier run would say something else.
      let rows = try save(plan, target)
      guard failed.isEmpty else {
        state.warnings.append(
          ExpectationWords.failure(failed, .expectationWarning, expectation.span))
        return .saved(path: target.path, rows: rows)
      }
    }
    return nil
  }

  private func result(
    of check: Expectation.Check, _ counts: ResultTable, at position: Int,
    _ remedy: Expectation.Remedy
  ) throws(Diagnostic) -> ExpectationResult {
    let rows = counts.count(0)
    let failed = check.isWhole ? nil : counts.count(position)
    let holds =
      failed.map { Self.holds(failed: $0, of: rows, share: check.share) }
      ?? (counts.columns[position].first == .bool(true))
    var sample: ResultTable?
    if let plan = check.failing, !holds {
      sample = try table(plan.firstRows(Self.sampleRows), Self.sampleRows)
      sample?.totalRows = failed
    }
    return ExpectationResult(
      condition: text(of: check.span), span: check.span, rows: rows, failed: failed,
      required: check.share.flatMap(Double.init), outcome: holds ? .held : remedy.outcome,
      sample: sample, columns: check.columns)
  }

  /// More than these of the failing rows are for a query of their own, or for `quarantine`.
  private static let sampleRows = 5

  /// Whether at least the share of the rows is left, in whole numbers: `for 29%` of 100 rows is
  /// 29 of them. No rows satisfy everything.
  static func holds(failed: Int, of rows: Int, share: String?) -> Bool {
    guard let share, failed > 0 else { return failed == 0 }
    let digits = share.split(separator: ".").last.map(String.init) ?? ""
    guard share.contains("."), digits.count <= 18, let part = Int(digits) else {
      return failed == 0
    }
    let whole = (0..<digits.count).reduce(1) { power, _ in power * 10 }
    return (rows - failed).multipliedFullWidth(by: whole)
      >= rows.multipliedFullWidth(by: part)
  }

  /// A condition as the program says it, on one line.
  private func text(of span: Span) -> String {
    let text = sources[span.file]?.text(span) ?? ""
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What was found out about the rows since the last call.
  package func takeExpectations() -> [ExpectationResult] {
    defer { state.expectations = [] }
    return state.expectations
  }

  /// What a run has to say that does not end it.
  package func takeWarnings() -> [Diagnostic] {
    defer { state.warnings = [] }
    return state.warnings
  }
}

extension Expectation.Remedy {
  fileprivate var outcome: ExpectationResult.Outcome {
    switch self {
    case .fail: .failed
    case .warn: .warned
    case .quarantine: .quarantined
    }
  }
}

extension ResultTable {
  /// A count in the only row.
  fileprivate func count(_ column: Int) -> Int {
    guard case .int(let count)? = columns[column].first else { return 0 }
    return Int(count)
  }
}

extension ExpectationResult {
  fileprivate var quoted: String { "`\(Exit.escape(condition, for: .terminal))`" }
}

/// The words of a check that fails.
enum ExpectationWords {
  static func failure(
    _ failed: [ExpectationResult], _ code: DiagnosticCode, _ span: Span
  ) -> Diagnostic {
    let first = failed[0]
    let title =
      failed.count == 1 ? sentence(first) : "\(failed.count) checks on the data fail"
    var notes = failed.dropFirst().map { Diagnostic.Note(label($0), at: $0.span) }
    notes += failed.flatMap { examples($0, failed.count > 1 ? 1 : 3) }
    return Diagnostic(
      code, title, at: first.span, label: label(first), notes: notes, help: help(failed, code))
  }

  /// The rows of an earlier stage that failed their check are asked for again.
  static func unfit(_ name: String, at span: Span, check: Span) -> Diagnostic {
    Diagnostic(
      .expectationFailed, "these rows failed a check", at: span, label: "used here",
      notes: [.init("checked here", at: check)],
      help: ["mend the data, or say `else warn` there"])
  }

  private static func sentence(_ result: ExpectationResult) -> String {
    result.failed == nil
      ? "\(result.quoted) does not hold" : "\(result.quoted) does not hold for \(count(result))"
  }

  private static func label(_ result: ExpectationResult) -> String {
    guard result.failed != nil else { return "is false" }
    if let required = result.required {
      return "\(percent(holding(result))) of the rows hold, \(percent(required)) must"
    }
    return "fails for \(count(result))"
  }

  private static func count(_ result: ExpectationResult) -> String {
    let all = NumberPrinting.grouped("\(result.rows)")
    let some = NumberPrinting.grouped("\(result.failed ?? 0)")
    return "\(some) of \(all) \(result.rows == 1 ? "row" : "rows")"
  }

  private static func holding(_ result: ExpectationResult) -> Double {
    Double(result.rows - (result.failed ?? 0)) / Double(max(1, result.rows))
  }

  /// Rounded down, so that 99.96% of the rows are never called all of them.
  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1000 + 1e-9).rounded(.down)
    let isWhole = tenths.truncatingRemainder(dividingBy: 10) == 0
    return NumberPrinting.fixed(tenths / 10, digits: isWhole ? 0 : 1) + "%"
  }

  /// A few of the failing rows, by the columns that the condition looks at.
  private static func examples(
    _ result: ExpectationResult, _ count: Int
  ) -> [Diagnostic.Note] {
    guard let sample = result.sample else { return [] }
    let looked = sample.schema.columns.indices.filter {
      result.columns.contains(sample.schema.columns[$0].name)
    }
    let keys = sample.schema.columns.indices.filter { !looked.contains($0) }.prefix(1)
    let shown = (Array(keys) + looked).sorted().prefix(5)
    return (0..<min(count, sample.rowCount)).map { row in
      let cells = shown.map { column in
        let name = Exit.escape(sample.schema.columns[column].name, for: .terminal)
        let value = sample.columns[column][row]
        let text =
          value.isNull ? "missing" : Exit.escape(ColumnFormat.plain(value), for: .terminal)
        return "\(name) \(text)"
      }
      return Diagnostic.Note(
        "\(result.quoted) fails for the row with \(cells.joined(separator: ", "))")
    }
  }

  private static func help(_ failed: [ExpectationResult], _ code: DiagnosticCode) -> [String] {
    if failed.contains(where: { $0.outcome == .quarantined }) {
      return ["the rows that fail are in the file; the others go on"]
    }
    if code == .expectationWarning { return [] }
    let share = failed.contains { $0.required == nil && $0.failed != nil }
    return [
      share
        ? "to go on all the same: `for 99%` behind a check, or `else warn` at the end"
        : "to go on all the same, write `else warn` at the end"
    ]
  }
}
