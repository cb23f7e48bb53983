package import Compiler
import Diagnostics
import Values

extension Session {
  /// Warns of rows that the stages of a plan leave out, each stage once in a run.
  func noteLosses(_ plan: LogicalPlan) throws(Diagnostic) {
    for loss in RowLoss.of(plan) where isOfUser(loss.span) {
      guard state.knownLosses.insert(loss).inserted, let input = countable(loss),
        let count = try count(loss, among: input), count.isWorthAWarning(of: loss.stage)
      else { continue }
      state.warnings.append(LossWords(loss, count).warning(try examples(of: loss, among: input)))
    }
  }

  /// None that say who somebody is, nor how few people have something.
  private func examples(
    of loss: RowLoss, among input: LogicalPlan
  ) throws(Diagnostic) -> [LossExample] {
    if loss.isPersonal { return [] }
    let least = input.readsPeople ? options.leastPeople : 1
    let found = try table(of: loss.examples(among: input))
    return (0..<found.rowCount).map { row in
      LossExample(names: found.schema.names, cells: found.columns.map { $0[row] })
    }.filter { $0.rows >= least }
  }

  /// What the stages of a plan that was run leave out, a line for each; counted whatever it costs.
  package func losses(of plan: LogicalPlan) -> [String] {
    RowLoss.of(plan).compactMap { loss in
      (try? count(loss, among: loss.input)).flatMap { $0 }.map { LossWords(loss, $0).line }
    }
  }

  /// A stage in a module of the library is nothing its user wrote.
  private func isOfUser(_ span: Span) -> Bool {
    sources[span.file]?.name.hasPrefix("stdlib/") == false
  }

  // MARK: Counting

  private func count(
    _ loss: RowLoss, among input: LogicalPlan
  ) throws(Diagnostic) -> LossCount? {
    let lost = try number(loss.lost(among: input))
    if lost == 0 { return nil }
    return LossCount(
      lost: lost, rows: try number(loss.rows(among: input)), isWhole: input == loss.input)
  }

  /// Rows that cost little to read once more; nil where that cannot be had.
  private func countable(_ loss: RowLoss) -> LogicalPlan? {
    guard let rows = cost(of: loss.input), let other = loss.other.map(cost) ?? 0 else { return nil }
    if rows + other <= Self.smallFiles { return loss.input }
    let isStream = loss.input.isScan && other <= Self.smallFiles / 8
    return isStream ? loss.input.head(Self.firstRows) : nil
  }

  /// Bytes of CSV files that are read in a few milliseconds.
  private static let smallFiles = 8 << 20
  private static let firstRows = 100_000

  /// The bytes to read for a plan, a packed column counted as an eighth of its file; nil where
  /// that says little of the work.
  private func cost(of plan: LogicalPlan) -> Int? {
    switch plan.op {
    case .scan(let scan): return catalog.readingCost(of: scan.path)
    case .sql, .expand, .computed: return nil
    case .join(_, let right, let join) where join.mayMultiply(right): return nil
    case .reference(let id, _, let inner) where state.kept[id] != nil:
      return cost(of: inner).map { $0 / 8 }
    case .rows, .filter, .project, .aggregate, .sort, .limit, .distinct, .join, .combine, .host,
      .reference:
      return plan.inputs.reduce(0) { sum, input in
        guard let sum, let part = cost(of: input) else { return nil }
        return sum + part
      }
    }
  }

  func number(_ plan: LogicalPlan) throws(Diagnostic) -> Int {
    guard case .int(let count)? = try table(of: plan).columns.first?.first else { return 0 }
    return Int(count)
  }
}

extension Join {
  /// Whether there may be more rows than on the left side.
  fileprivate func mayMultiply(_ right: LogicalPlan) -> Bool {
    switch kind {
    case .semi, .anti: return false
    case .cross: return true
    case .inner, .left, .right, .full:
      let names = keys.compactMap { key in
        if case .rightColumn(let name) = key.right.kind { name } else { nil }
      }
      return guardSpan == nil && !right.facts.isUnique(on: names)
    }
  }
}

/// How many rows a stage leaves out, of how many.
struct LossCount {
  var lost: Int
  var rows: Int
  /// Whether all rows were looked at.
  var isWhole: Bool

  func isWorthAWarning(of stage: RowLoss.Stage) -> Bool {
    switch stage {
    case .join(_, let isMeant): !isMeant && lost * 100 > rows
    case .pivot: lost > 0
    }
  }
}

struct LossWords {
  let loss: RowLoss
  let count: LossCount

  init(_ loss: RowLoss, _ count: LossCount) {
    self.loss = loss
    self.count = count
  }

  private var numbers: String {
    let rows = NumberPrinting.grouped("\(count.rows)")
    let among =
      count.isWhole ? "\(rows) \(count.rows == 1 ? "row" : "rows")" : "the first \(rows) rows"
    return "\(NumberPrinting.grouped("\(count.lost)")) of \(among)"
  }

  private var relation: String {
    guard case .join(let relation?, _) = loss.stage else { return "the joined relation" }
    return "`\(Exit.escape(relation, for: .terminal))`"
  }

  /// `join with customers: 12 of 100 rows have no match`
  var line: String {
    switch loss.stage {
    case .join: "join with \(relation): \(numbers) \(count.lost == 1 ? "has" : "have") no match"
    case .pivot: "pivot: \(numbers) \(count.lost == 1 ? "has" : "have") a value outside the list"
    }
  }

  func warning(_ examples: [LossExample]) -> Diagnostic {
    let notes = examples.map { Diagnostic.Note($0.words) }
    switch loss.stage {
    case .join:
      return Diagnostic(
        .rowsDropped, "the join drops \(numbers)", at: loss.span,
        label: "no row of \(relation) matches \(count.lost == 1 ? "it" : "them")", notes: notes,
        help: ["`join left` keeps them; `join inner` says that they are not wanted"])
    case .pivot:
      return Diagnostic(
        .valuesLeftOut, "the pivot leaves out \(numbers)", at: loss.span,
        label: "\(count.lost == 1 ? "its value is" : "their values are") not in the list",
        notes: notes,
        help: ["add the values to the list, or filter the rows before if only these are wanted"])
    }
  }
}

/// What rows that are left out have, and how many of them do.
struct LossExample {
  var names: [String]
  /// The number of rows is the last.
  var cells: [Value]

  var rows: Int {
    guard case .int(let count)? = cells.last else { return 0 }
    return Int(count)
  }

  /// `5 rows have region "APAC"`
  var words: String {
    let values = zip(names, cells).dropLast().map { name, value in
      let name = Exit.escape(name, for: .terminal)
      if value.isNull { return "no \(name)" }
      let text = Exit.escape(ColumnFormat.plain(value), for: .terminal)
      let isSeen = text.first.map { $0 != " " } == true && text.last != " "
      return isSeen ? "\(name) \(text)" : "\(name) \"\(text)\""
    }
    let count = NumberPrinting.grouped("\(rows)")
    return "\(count) \(rows == 1 ? "row has" : "rows have") \(values.joined(separator: ", "))"
  }
}
