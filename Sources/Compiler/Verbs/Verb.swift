import Diagnostics
package import Syntax
import Values

/// A verb of the language in one declaration: what help says, which clauses it takes, and the
/// plan it becomes. Each has a file of its own beside this one; `Verb.all` lists them.
package struct Verb: Sendable {
  package var name: String
  package var summary: String
  /// How it is written: `take N by keys sort order`.
  package var form: String
  package var clauses: [ClauseWord]
  /// What a person must know who uses it: order, missing values, what `by` does.
  package var details = ""
  /// Programs over the relations of `ExampleData`; the manual shows them with what they give.
  package var examples: [String] = []
  let apply: @Sendable (StageCheck) -> Checked

  package static let all: [Verb] = [
    .chart, .derive, .distinct, .drop, .evaluate, .except, .expect, .explain, .intersect, .join,
    .label, .pivot, .predict, .rename, .reveal, .route, .sample, .save, .select, .series, .show,
    .sort,
    .split, .summarize, .take, .top, .train, .union, .unnest, .unpivot, .where,
  ]

  package static func named(_ name: String) -> Verb? { byName[name] }
  package static let names: [String] = all.map(\.name)
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// A stage that is being checked: what a verb's file works on.
struct StageCheck {
  let checker: Checker
  let stage: Stage
  let input: LogicalPlan
  let scope: Scope

  var span: Span { stage.span }
  var verb: String { stage.path.first?.text ?? "" }

  func clause(_ word: ClauseWord) -> Clause? { stage.clauses.first { $0.word == word } }
  func report(_ diagnostic: Diagnostic) { checker.report(diagnostic) }

  /// Over the incoming rows, without aggregates.
  var rowContext: ExprContext { .over(input, scope, place: "`\(verb)`") }

  /// The same over another relation in this stage.
  func rowContext(_ plan: LogicalPlan) -> ExprContext { .over(plan, scope, place: "`\(verb)`") }

  /// Keeps everything that is known about the input.
  func same(_ op: LogicalPlan.Operator) -> LogicalPlan {
    LogicalPlan(op, schema: input.schema, facts: input.facts, span: span)
  }

  // MARK: Names

  /// The name of an item: as given, the column's own, or that of a lone call. `nil` after the
  /// lack of one was reported.
  func name(of item: Item, what: String) -> Name? {
    if let name = item.name { return name }
    if let name = Self.ownName(of: item.expr, scope) { return name }
    if case .missing = item.expr.kind { return nil }
    var finding = Diagnostic.unnamed(what, example: "name = ...", at: item.span)
    if case .compare(let left, .equal, _) = item.expr.kind, case .name(let name) = left.kind {
      finding.help = ["`=` gives a name, `==` compares: `\(name) = ...`"]
    }
    report(finding)
    return nil
  }

  static func ownName(of expr: Expr, _ scope: Scope) -> Name? {
    switch expr.kind {
    case .name(let text): return Name(text, expr.span)
    case .field(_, let name): return name
    case .call(let name, _): return name
    case .qualifiedCall(_, let name, _): return name
    case .filtered(let inner, _): return ownName(of: inner, scope)
    case .variable(let text):
      // A column parameter keeps the caller's name when it is a plain column.
      if case .column(let argument)? = scope.bindings[text] {
        if case .name(let column) = argument.expr.kind { return Name(column, expr.span) }
        return Name(argument.parameter, expr.span)
      }
      return Name(text, expr.span)
    default: return nil
    }
  }

  /// Whether all names differ; reports the first that does not.
  func areDistinct(_ names: [Name]) -> Bool {
    var seen: [String: Span] = [:]
    return names.allSatisfy { isNew($0, &seen) }
  }

  /// Whether no name of the stage was the same; reports it otherwise.
  func isNew(_ name: Name, _ seen: inout [String: Span]) -> Bool {
    if let first = seen[name.text] {
      report(.duplicateName(name.text, at: name.span, first: first))
      return false
    }
    seen[name.text] = name.span
    return true
  }

  /// A plain column of the input by its name, for `drop`, `rename`, `label`.
  func column(_ name: Name) -> Column? {
    if let column = input.schema[name.text] { return column }
    var diagnostic = Diagnostic.unknownColumn(
      name.text, in: input.schema, relation: input.facts.name,
      binding: scope.bindings[name.text] != nil, at: name.span)
    diagnostic.explain(name.text, lost: input.lost(name.text))
    report(diagnostic)
    return nil
  }

  // MARK: Groups and orders

  /// `by` of a window stage: the expressions that make the groups; empty for `by all`.
  /// `nil` after a mistake was reported.
  func partition(_ clause: Clause) -> [TypedExpr]? {
    if clause.names.contains(where: { $0.text == "all" }) { return [] }
    let keys = clause.items.flatMap { groupKeys($0) }
    return keys.contains(where: \.expr.isFailed) ? nil : keys.map(\.expr)
  }

  /// A key of `by`; a `columns` parameter gives several.
  func groupKeys(_ item: Item) -> [NamedExpr] {
    if case .variable(let name) = item.expr.kind, case .columns(let all)? = scope.bindings[name] {
      return all.map { argument in
        var context = rowContext
        context.scope = argument.scope
        let label = Self.ownName(of: argument.expr, argument.scope)?.text ?? argument.parameter
        return NamedExpr(label, checker.check(argument.expr, context))
      }
    }
    guard let name = name(of: item, what: "key") else {
      return [NamedExpr("", .failed(item.span))]
    }
    let context = ExprContext.over(input, scope, place: "a key of `by`")
    return [NamedExpr(name.text, checker.check(item.expr, context))]
  }

  func sortKeys(_ items: [Item]) -> [SortKey]? {
    let keys = items.map { checker.checkSortKey($0.expr, rowContext) }
    return keys.contains(where: \.expr.isFailed) ? nil : keys
  }

  /// The window that `by`, `sort` and `rows` of this stage describe; `.some(nil)` without `by`.
  func window() -> WindowSetting?? {
    guard let by = clause(.by) else { return .some(nil) }
    guard let partition = partition(by) else { return nil }
    var sort: [SortKey] = []
    if let clause = clause(.sort) {
      guard let keys = sortKeys(clause.items) else { return nil }
      sort = keys
    }
    var frame: Frame?
    if let clause = clause(.rows) {
      guard let checked = self.frame(clause) else { return nil }
      frame = checked
    }
    return WindowSetting(
      incoming: input, partition: partition, sort: sort, frame: frame)
  }

  /// `rows -6..0`: whole numbers known before rows are read.
  private func frame(_ clause: Clause) -> Frame? {
    guard let item = clause.items.first, case .range(let low, let high) = item.expr.kind else {
      return nil
    }
    func edge(_ expr: Expr) -> Int?? {
      if case .missing = expr.kind { return .some(nil) }
      let value = checker.check(expr, .outside(scope))
      if value.isFailed { return nil }
      guard case .int(let number)? = value.constant, abs(number) <= 1_000_000_000 else {
        report(.notConstant("a frame", at: expr.span))
        return nil
      }
      return .some(Int(number))
    }
    guard clause.items.count == 1, let start = edge(low), let end = edge(high) else { return nil }
    if let start, let end, start > end {
      report(
        Diagnostic(
          .badCount, "the frame is empty", at: item.span, label: "begins after it ends",
          help: ["`rows -6..0` is this row and the six before it"]))
      return nil
    }
    return Frame(start: start, end: end)
  }
}
