import Diagnostics
import Syntax
import Values

extension Checker {
  /// Checks the measure over its relation, so that a mistake is found where it stands.
  func declareMetric(_ name: Name, on relation: Name, _ measure: Item, _ statement: Statement) {
    let isDeclared = declared(name, on: relation, measure, statement)
    if isDeclared { failedFunctions.remove(name.text) } else { failedFunctions.insert(name.text) }
  }

  private func declared(
    _ name: Name, on relation: Name, _ measure: Item, _ statement: Statement
  ) -> Bool {
    guard isFree(name) else { return false }
    var inner = scope.functionsOnly
    inner.metrics = scope.metrics
    let declaration = MetricDeclaration(
      name: name, relation: relation, measure: measure, doc: statement.doc, scope: inner)
    if scope.metrics[name.text] == nil, let own = Self.call(of: name.text, in: measure) {
      report(.recursion(name.text, at: own))
      return false
    }
    guard let metric = checked(declaration, within: inner, use: nil) else { return false }
    scope.declare(metric)
    return true
  }

  /// Where a measure calls the metric that it defines.
  private static func call(of name: String, in measure: Item) -> Span? {
    func look(_ expr: Expr) -> Span? {
      if case .call(let callee, _) = expr.kind, callee.text == name { return callee.span }
      return expr.children.lazy.compactMap(look).first
    }
    return look(measure.expr) ?? measure.filter.flatMap(look)
  }

  /// The metric over the relation of the program that has the name it says; nil after a mistake
  /// was reported. `use` is where one of a module is taken in.
  func checked(
    _ declaration: MetricDeclaration, within inner: Scope, use: Span?
  ) -> Metric? {
    let (name, relation, measure) = (declaration.name, declaration.relation, declaration.measure)
    guard let (plan, id) = metricRelation(relation, name, use) else { return nil }
    let collector = GroupCollector(input: plan, keys: [])
    let context = ExprContext(
      scope: inner, row: .group(Schema(), incoming: plan.schema), aggregates: .grouped(collector))
    let before = diagnostics.count
    let typed =
      measure.filter.map { checkFiltered(measure.expr, $0, measure.span, context) }
      ?? check(measure.expr, context)
    explainVariables(since: before)
    if typed.isFailed {
      if let use { explain(since: before, use, relation) }
      return nil
    }
    guard !collector.items.isEmpty else {
      report(
        .mismatch(
          "a metric folds the rows of its relation", at: measure.span,
          label: "there is no aggregate in it",
          help: ["`metric \(name.text) on \(relation.text) = sum(amount) / count()`"]))
      return nil
    }
    var columns: Set<String> = []
    for item in collector.items { columns.formUnion(item.expr.columnUses.keys) }
    return Metric(
      name: name, measure: measure, doc: declaration.doc, relation: relation.text, binding: id,
      columns: columns, type: typed.type, scope: inner)
  }

  /// Mistakes of a module's metric are told where it is used: the relation is that of the program.
  private func explain(since count: Int, _ use: Span, _ relation: Name) {
    for index in diagnostics.indices.dropFirst(count) {
      diagnostics[index].notes.append(
        Diagnostic.Note("over the `\(relation.text)` of this program", at: use))
    }
  }

  private func metricRelation(
    _ name: Name, _ metric: Name, _ use: Span?
  ) -> (LogicalPlan, BindingID)? {
    if let use, !isRelation(name.text), !failedNames.contains(name.text) {
      report(
        Diagnostic(
          .unknownBinding, "the metric `\(metric.text)` is about a relation `\(name.text)`",
          at: use,
          label: "there is none above", notes: [Diagnostic.Note("declared here", at: metric.span)],
          help: ["bind it before: `let \(name.text) = read \"...\"`"]))
      return nil
    }
    switch scope.bindings[name.text] {
    case .relation(let plan)?:
      if case .reference(let id, _, _) = plan.op { return (plan, id) }
      report(.needsRelation("`on`", got: "no name of this program", at: name.span))
    case .failed?: break
    case nil where failedNames.contains(name.text): break
    case nil:
      var diagnostic = Diagnostic.unknownBinding(
        name.text, known: scope.boundNames, at: name.span)
      diagnostic.pointDown(to: upcoming[name.text])
      report(diagnostic)
    case .value(let value)?:
      report(.needsRelation("`on`", got: "a value of type \(value.type)", at: name.span))
    case .chart?, .record?, .model?, .column?, .columns?:
      report(.needsRelation("`on`", got: "no relation", at: name.span))
    }
    return nil
  }

  private func isRelation(_ name: String) -> Bool {
    switch scope.bindings[name] {
    case .relation?, .failed?: true
    case .value?, .chart?, .record?, .model?, .column?, .columns?, nil: false
    }
  }

  /// Says of a `$name` in a metric why it is not known there.
  private func explainVariables(since count: Int) {
    for index in diagnostics.indices.dropFirst(count)
    where diagnostics[index].code == .unknownBinding {
      diagnostics[index].title = "a metric sees columns and other metrics, no names of the file"
      diagnostics[index].label = "bound outside"
      diagnostics[index].help = [
        "write the value itself, so that the metric means the same everywhere"
      ]
    }
  }

  /// `aov()` in a measure: the declared expression over the rows at hand, if they are those of
  /// the metric's relation.
  func expand(
    _ metric: Metric, _ arguments: [Argument], _ name: Name, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    if !arguments.isEmpty {
      report(
        .argumentCount(
          name.text, expected: "nothing: `\(name.text)()`", got: arguments.count, at: span))
      return .failed(span)
    }
    let reported = diagnostics.count
    guard aggregateAllowed(name.text, span, context) else {
      if case .none = context.row, diagnostics.indices.contains(reported) {
        diagnostics[reported].help = [
          "put its relation before it: `\(metric.relation) | \(name.text)`"
        ]
      }
      return .failed(span)
    }
    let input: LogicalPlan
    switch context.aggregates {
    case .grouped(let collector): input = collector.input
    case .windowed(let setting): input = setting.incoming
    case .refused, .needsBy: return .failed(span)
    }
    if let found = input.lineageBreak(of: metric.columns, from: metric.binding) {
      report(.metricNotHere(metric, found, at: span))
      return .failed(span)
    }
    expansions.append(Expansion(name: name.text, call: span, function: name.span))
    defer { expansions.removeLast() }
    var inner = context
    inner.scope = metric.scope
    inner.namesAreBindings = false
    let measure = metric.measure
    let typed =
      measure.filter.map { checkFiltered(measure.expr, $0, span, inner) }
      ?? check(measure.expr, inner)
    return TypedExpr(typed.kind, typed.type, span)
  }
}

extension Diagnostic {
  static func metricNotHere(_ metric: Metric, _ found: LineageBreak, at span: Span) -> Diagnostic {
    let relation = metric.relation
    let label: String
    var note = ""
    var help = "use it where the rows are still those of `\(relation)`"
    switch found.cause {
    case .foreign:
      label = "the rows are not those of `\(relation)`"
      help = "`\(relation) | summarize \(metric.name.text)()`"
    case .folded:
      label = "the rows of `\(relation)` are not here any more"
      note = "groups stand in their place from here on"
    case .multiplied(let isByJoin):
      label = "a row of `\(relation)` can stand here several times, or not belong to it"
      note = isByJoin ? "by this join" : "from here on"
      if isByJoin { help = "summarize `\(relation)` first, and join the result" }
    case .lost(let column):
      label = "its column `\(column)` is not here"
      note = "left out here"
    case .changed(let column):
      label = "`\(column)` is not that of `\(relation)` any more"
      note = "it gets another meaning here"
    }
    var notes = [Note("declared on `\(relation)`", at: metric.name.span)]
    if let stage = found.span, !note.isEmpty { notes.insert(Note(note, at: stage), at: 0) }
    return Diagnostic(
      .metricNotHere, "the metric `\(metric.name.text)` means nothing here", at: span,
      label: label, notes: notes, help: [help])
  }
}
