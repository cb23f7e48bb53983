import Diagnostics
import Syntax
import Values

extension Checker {
  /// A pipeline with its head and stages. The context's row matters only for a plain expression.
  func checkPipeline(_ pipeline: Pipeline, _ context: ExprContext) -> Checked {
    var current =
      pipeline.stages.isEmpty
      ? checkHead(pipeline.head, context) : checkHead(pipeline.head, .outside(context.scope))
    for stage in pipeline.stages {
      switch current {
      case .relation(let plan): current = apply(stage, to: plan, context.scope)
      case .value(let value): current = apply(stage, toValue: value, context)
      case .chart(let chart): current = apply(stage, toChart: chart, context.scope)
      case .model(let model): current = apply(stage, toModel: model, context.scope)
      case .record(let record):
        reportParts(record, named: name(of: pipeline.head), at: pipeline.head.span)
        return .failed
      case .failed: return .failed
      }
    }
    return current
  }

  func checkHead(_ expr: Expr, _ scope: Scope) -> Checked { checkHead(expr, .outside(scope)) }

  /// What stands before the first pipe: a source, a binding, a call, or a plain expression.
  func checkHead(_ expr: Expr, _ context: ExprContext) -> Checked {
    let scope = context.scope
    switch expr.kind {
    case .source(.read, let path): return read(path, [], expr.span, scope)
    case .source(.sql, let text): return sqlSource(text, expr.span, scope)
    case .source(.model, let path): return keptModel(path, expr.span, scope)
    case .rows(let list): return literalRows(list, expr.span, scope)
    case .pipeline(let inner):
      return checkPipeline(inner, context)
    case .it: return itRelation(expr, context)
    case .variable(let name): return binding(name, expr, context)
    case .name(let name):
      if case .none = context.row { return binding(name, expr, context) }
      return plainValue(expr, context)
    case .call(let name, let arguments):
      if name.text == "read" { return readCall(arguments, expr.span, scope) }
      if let function = scope.functions[name.text] {
        return expand(function, name, arguments, head: nil, expr.span, context)
      }
      return plainValue(expr, context)
    case .qualifiedCall(let base, let name, let arguments):
      if case .name(let module) = base.kind,
        let function = scope.modules[module]?[name.text]
      {
        return expand(function, name, arguments, head: nil, expr.span, context)
      }
      return plainValue(expr, context)
    case .field(let base, let name):
      return partOfRecord(base, name, context) ?? partOfModel(base, name, context)
        ?? qualifiedTable(base, name, expr, context) ?? plainValue(expr, context)
    case .number, .percent, .duration, .date, .text, .bool, .null, .negate, .not, .or,
      .and, .coalesce, .sum, .product, .power, .compare, .range, .conditional, .list, .record,
      .filtered, .missing:
      return plainValue(expr, context)
    }
  }

  func name(of head: Expr) -> String? {
    switch head.kind {
    case .name(let text), .variable(let text): text
    default: nil
    }
  }

  private func plainValue(_ expr: Expr, _ context: ExprContext) -> Checked {
    var value = check(expr, context)
    if case .none = context.row { value = valueForHost(value) }
    return value.isFailed ? .failed : .value(value)
  }

  private func binding(_ name: String, _ expr: Expr, _ context: ExprContext) -> Checked {
    switch context.scope.bindings[name] {
    case .relation(let plan)?:
      if case .reference(let id, _, _) = plan.op { uses.insert(id) }
      return .relation(plan)
    case .chart(let chart)?: return .chart(chart)
    case .record(let record)?: return .record(record)
    case .model(let model)?:
      need(model)
      return .model(model)
    case .failed?: return .failed
    case nil: return serverTable([name], expr.span) ?? plainValue(expr, context)
    case .value?, .column?, .columns?: return plainValue(expr, context)
    }
  }

  /// `sales.orders`, where no name of the program is `sales`.
  private func qualifiedTable(
    _ base: Expr, _ name: Name, _ expr: Expr, _ context: ExprContext
  ) -> Checked? {
    guard case .none = context.row, case .name(let schema) = base.kind,
      context.scope.bindings[schema] == nil
    else { return nil }
    return serverTable([schema, name.text], expr.span)
  }

  private func itRelation(_ expr: Expr, _ context: ExprContext) -> Checked {
    guard isPrompt else {
      report(.itOutsidePrompt(at: expr.span))
      return .failed
    }
    return binding("it", expr, context)
  }

  /// A slot that wants a relation: `join customers`, `in (orders | select id)`.
  func checkRelationOperand(_ expr: Expr, _ scope: Scope) -> LogicalPlan? {
    switch checkHead(expr, scope) {
    case .relation(let plan): return plan
    case .value(let value):
      report(
        .needsRelation(
          "this place", got: "\(value.type)", at: expr.span,
          help: Diagnostic.relationAdvice(expr)))
      return nil
    case .chart:
      report(.needsRelation("this place", got: "a chart", at: expr.span))
      return nil
    case .record(let record):
      reportParts(record, named: name(of: expr), at: expr.span)
      return nil
    case .model(let model):
      reportModel(model, at: expr.span)
      return nil
    case .failed: return nil
    }
  }

  /// A pipeline in parentheses as a value: `(orders | count)` is the only cell.
  func valueOf(pipeline: Pipeline, _ context: ExprContext) -> TypedExpr {
    var whole = pipeline
    if whole.stages.isEmpty, case .pipeline(let inner) = whole.head.kind { whole = inner }
    let before = steps.count
    let checked = checkPipeline(whole, .outside(context.scope))
    if steps.count != before {
      report(
        Diagnostic(
          .aggregateNotHere, "a stage with an effect inside an expression", at: pipeline.span,
          label: "`show` and `save` stand in statements of their own"))
      steps.removeSubrange(before...)
      return .failed(pipeline.span)
    }
    return value(of: checked, pipeline.span)
  }

  // MARK: Stages

  func apply(_ stage: Stage, to input: LogicalPlan, _ scope: Scope) -> Checked {
    guard let name = stage.path.first else { return .failed }
    let outer = (incoming: incoming, hostCall: hostCall)
    (incoming, hostCall) = (input, nil)
    defer { (incoming, hostCall) = outer }
    if stage.isVerb {
      guard let verb = Verb.named(name.text) else {
        report(.notYetAVerb(name.text, at: name.span))
        return .failed
      }
      guard clausesFit(stage, verb) else { return .failed }
      let check = StageCheck(checker: self, stage: stage, input: input, scope: scope)
      guard let check = check.withoutSets() else { return .failed }
      let result = cutForHost(verb.apply(check))
      if case .relation(let plan) = result {
        warnIfOrderIsLost(input, plan, stage)
        if hasTwins(plan, stage) || isTooDeep(plan, stage) { return .failed }
      }
      return result
    }
    return cutForHost(applyFunction(stage, to: input, scope))
  }

  private func isTooDeep(_ plan: LogicalPlan, _ stage: Stage) -> Bool {
    guard plan.depth > LogicalPlan.depthLimit else { return false }
    report(
      Diagnostic(
        .nestingTooDeep, "more than \(LogicalPlan.depthLimit) stages stand behind each other",
        at: stage.span, label: "too many",
        help: ["`save` what is there so far, and `read` it for the rest"]))
    return true
  }

  /// Names that differ only in case are one name to the engine.
  private func hasTwins(_ plan: LogicalPlan, _ stage: Stage) -> Bool {
    guard let (first, second) = plan.schema.twins else { return false }
    let item = stage.items.first { $0.name?.text == second.name || $0.name?.text == first.name }
    report(.twins(first.name, second.name, at: item?.name?.span ?? stage.span))
    return true
  }

  /// A `sort` right before a stage that puts the rows in an order of its own did nothing.
  private func warnIfOrderIsLost(_ input: LogicalPlan, _ plan: LogicalPlan, _ stage: Stage) {
    // What a function sorts for itself is nobody's order here.
    guard case .sort = input.op, let verb = stage.path.first?.text,
      input.span.file == stage.span.file
    else { return }
    let isLost: Bool
    switch verb {
    case "summarize", "distinct", "top", "sort": isLost = true
    default: isLost = plan.facts.order == .unknown
    }
    if isLost {
      report(
        Diagnostic(
          .orderLost, "the order of `sort` is lost", at: input.span,
          label: "sorted here, and then `\(verb)`",
          notes: [.init("`\(verb)` has its own order", at: stage.span)],
          help: ["put `sort` behind it, or leave it out"]))
    }
  }

  /// Clauses that the verb takes, each once.
  private func clausesFit(_ stage: Stage, _ verb: Verb) -> Bool {
    var seen: [ClauseWord: Span] = [:]
    for clause in stage.clauses {
      let word = clause.word.rawValue
      if let first = seen[clause.word] {
        report(.repeatedClause(word, verb: verb.name, at: clause.span, first: first))
        return false
      }
      guard verb.clauses.contains(clause.word) else {
        report(
          .clauseNotHere(
            word, verb: verb.name, allowed: verb.clauses.map(\.rawValue), at: clause.span))
        return false
      }
      seen[clause.word] = clause.span
    }
    if let by = verb.clauses.contains(.by) ? seen[.by] : .some(Span.nowhere), by == by {
      return true
    }
    for word in [ClauseWord.sort, .rows] {
      if let span = seen[word] {
        report(.clauseNeedsBy(word.rawValue, verb: verb.name, at: span))
        return false
      }
    }
    return true
  }

  /// `orders | rfm(customer_id, ...)`, `orders | count`, `orders | value`
  private func applyFunction(_ stage: Stage, to input: LogicalPlan, _ scope: Scope) -> Checked {
    guard let name = stage.path.last else { return .failed }
    if stage.path.count == 1, failedFunctions.contains(name.text) { return .failed }
    let context = ExprContext.outside(scope)
    if stage.path.count == 2, let function = scope.modules[stage.path[0].text]?[name.text] {
      return expand(function, name, stage.arguments, head: input, stage.span, context)
    }
    if let function = scope.functions[name.text], stage.path.count == 1 {
      return expand(function, name, stage.arguments, head: input, stage.span, context)
    }
    if stage.path.count == 1, scope.metrics[name.text] != nil {
      return aggregateStage(stage, name, input, scope)
    }
    if stage.path.count == 2, scope.moduleMetrics[stage.path[0].text]?[name.text] != nil {
      return aggregateStage(stage, name, input, scope)
    }
    if name.text == "value" { return onlyValue(stage, input, scope) }
    if name.text == "describe" { return describe(stage, input, scope) }
    if stage.path.count == 1, Self.modelFunctions.contains(name.text) {
      return modelFunction(stage, input, scope)
    }
    if let function = BuiltinFunction.named(name.text), let first = function.overloads.first {
      switch first.form {
      case .aggregate, .twoPass: return aggregateStage(stage, name, input, scope)
      case .scalar, .host, .ranking, .looking, .constant:
        report(.rowFunctionAsStage(function, at: stage.span))
        return .failed
      }
    }
    if failedNames.contains(name.text) { return .failed }
    if stage.path.count == 1, let advice = moduleAdvice(name.text) {
      report(.unknownFunction(name.text, known: [], advice: advice, at: name.span))
      return .failed
    }
    var diagnostic = Diagnostic.unknownVerb(
      name.text,
      known: Verb.names + scope.functions.keys.sorted() + Self.modelFunctions.sorted()
        + ["describe", "value"],
      advice: ForeignWord.verbs[name.text], at: name.span)
    diagnostic.pointDown(to: upcoming[name.text])
    report(diagnostic)
    return .failed
  }

  /// An aggregate as a stage is `summarize` with it alone: a value without `by`.
  private func aggregateStage(
    _ stage: Stage, _ name: Name, _ input: LogicalPlan, _ scope: Scope
  ) -> Checked {
    let module = stage.path.count == 2 ? stage.path.first : nil
    let call = Expr(
      module.map { .qualifiedCall(Expr(.name($0.text), $0.span), name, stage.arguments) }
        ?? .call(name, stage.arguments), stage.span)
    var summarize = Stage(path: [Name("summarize", name.span)], isVerb: true, span: stage.span)
    summarize.items = [Item(name: nil, expr: call, span: stage.span)]
    summarize.clauses = stage.clauses
    let checked = apply(summarize, to: input, scope)
    guard stage.clauses.isEmpty, case .relation(let plan) = checked,
      let column = plan.schema.columns.first
    else { return checked }
    return .value(TypedExpr(.scalarQuery(plan), column.type, stage.span))
  }

  /// `value`: the only cell; `value(column)`: of a relation of one row.
  private func onlyValue(_ stage: Stage, _ input: LogicalPlan, _ scope: Scope) -> Checked {
    var plan = input
    if let argument = stage.arguments.first {
      let column = check(argument.value, .over(input, scope, place: "`value`"))
      guard !column.isFailed else { return .failed }
      let name = column.columnName ?? "value"
      plan = Projection.plan(input, [NamedExpr(name, column)], stage.span)
    }
    guard plan.schema.count == 1, let column = plan.schema.columns.first else {
      report(
        Diagnostic(
          .valueNotSingle, "`value` takes the only cell", at: stage.span,
          label: "the relation has \(input.schema.count) columns",
          help: ["name the column: `value(\(input.schema.names.first ?? "x"))`"]))
      return .failed
    }
    return .value(TypedExpr(.scalarQuery(plan), column.type.nullable, stage.span))
  }

  private func describe(_ stage: Stage, _ input: LogicalPlan, _ scope: Scope) -> Checked {
    if let surplus = stage.arguments.first?.value.span ?? stage.clauses.first?.span {
      report(
        Diagnostic(
          .clauseNotHere, "`describe` stands alone", at: surplus, label: "nothing belongs here",
          help: ["choose columns before it: `| select amount, plan | describe`"]))
      return .failed
    }
    let profile = ColumnProfile(checker: self, input: input, scope: scope, span: stage.span)
    return profile.plan().map { .relation($0) } ?? .failed
  }

  /// `$rate | percent(1)`: the value is the first argument.
  private func apply(_ stage: Stage, toValue value: TypedExpr, _ context: ExprContext) -> Checked {
    guard let name = stage.path.last else { return .failed }
    if stage.isVerb {
      return applyVerb(stage, toValue: value, name, context)
    }
    var scope = context.scope
    let hole = "\u{0}piped"
    scope.bind(hole, .value(value), at: value.span)
    let piped = Argument(name: nil, value: Expr(.variable(hole), value.span))
    var inner = ExprContext.outside(scope)
    inner.filter = nil
    let call = Expr(.call(name, [piped] + stage.arguments), stage.span)
    return plainValue(call, inner)
  }

  /// `show` is the only verb that takes a value.
  private func applyVerb(
    _ stage: Stage, toValue value: TypedExpr, _ name: Name, _ context: ExprContext
  ) -> Checked {
    guard name.text == "show" else {
      report(
        .needsRelation(
          "`\(name.text)`", got: "a value of type \(value.type), before the pipe", at: stage.span,
          help: Diagnostic.relationAdvice(nil)))
      return .failed
    }
    guard let title = optionalTitle(stage, context.scope) else { return .failed }
    steps.append(.show(.value(leaving(value)), title: title.text))
    return .value(value)
  }

  private func apply(_ stage: Stage, toChart chart: ChartPlan, _ scope: Scope) -> Checked {
    guard stage.isVerb, let name = stage.path.first, name.text == "show" else {
      report(
        .needsRelation(
          "`\(stage.path.last?.text ?? "")`", got: "a chart, before the pipe", at: stage.span,
          help: ["behind a chart there is only `show`: put this stage before `chart`"]))
      return .failed
    }
    guard let title = optionalTitle(stage, scope) else { return .failed }
    steps.append(.show(.chart(leaving(chart)), title: title.text))
    return .chart(chart)
  }
}
