import Diagnostics
package import Syntax
import Values

extension Checker {
  /// Checks the statements of one source (a file, a cell, a line at the prompt) after all that
  /// came before. A statement with a mistake gives nothing and binds its name silently.
  package func check(_ statements: [Statement]) -> [CheckedStatement] {
    upcoming = [:]
    for statement in statements.reversed() {
      if let name = statement.bound { upcoming[name.text] = name.span }
    }
    defer { upcoming = [:] }
    return statements.compactMap { statement in
      if let name = statement.bound, upcoming[name.text] == name.span {
        upcoming[name.text] = nil
      }
      defer { for name in statement.boundInBlocks { blockNames[name.text] = name.span } }
      return check(statement)
    }
  }

  private func check(_ statement: Statement) -> CheckedStatement? {
    steps = []
    uses = []
    written = []
    roundCount = 0
    let mark = diagnostics.count
    // A copy makes every change of the scope dearer.
    let scopeBefore = isPrompt ? scope : nil
    var names: [String] = []
    var defines: [BindingID] = []
    perform(statement, &names, &defines)
    refuseHostCalls()
    guard !hasErrors(since: mark) else {
      // At the prompt the next line goes on from what was there before.
      if let scopeBefore { scope = scopeBefore }
      return nil
    }
    return CheckedStatement(
      steps: steps, span: statement.span, uses: uses.subtracting(trained),
      defines: defines + written + trained, names: names)
  }

  /// Adds what a statement does to `steps`, and what it binds to the scope.
  func perform(
    _ statement: Statement, _ names: inout [String], _ defines: inout [BindingID]
  ) {
    switch statement.kind {
    case .letBinding(let name, let value):
      names = [name.text]
      checkLet(name, value, statement.span, &defines)
    case .param(let parameter, let domain):
      names = [parameter.name.text]
      checkParam(parameter, domain, statement)
    case .function(let declaration): declare(declaration, statement)
    case .use(let module, let alias): use(module, alias, statement.span)
    case .assert(let condition, let message): checkAssert(condition, message)
    case .pipeline(let pipeline): checkShown(pipeline, statement.span, &defines)
    case .metric(let name, let relation, let measure):
      names = [name.text]
      declareMetric(name, on: relation, measure, statement)
    case .connect(_, let name):
      report(.notYetAVerb("connect", at: statement.span))
      scope.bind(name.text, .failed, at: name.span)
    case .ifBlock(let branches, let otherwise): checkIf(branches, otherwise, &defines)
    case .forBlock(let name, let domain, let body):
      checkFor(name, domain, body, statement.span, &defines)
    }
  }

  /// The models that the statement at hand trains.
  private var trained: [BindingID] {
    steps.flatMap(\.all).compactMap { step in
      guard case .train(let plan) = step, case .trained(let id) = plan.use else { return nil }
      return id
    }
  }

  /// Whether a finding behind the first `mark` ones is an error.
  func hasErrors(since mark: Int) -> Bool {
    diagnostics.dropFirst(mark).contains { $0.severity == .error }
  }

  // MARK: let

  private func checkLet(
    _ name: Name, _ value: Pipeline, _ span: Span, _ defines: inout [BindingID]
  ) {
    if let place = parameterPlaces[name.text] {
      report(.parameterBoundAgain(name.text, at: name.span, first: place))
      return
    }
    switch checkPipeline(value, .outside(scope)) {
    case .relation(let plan):
      let id = newBinding()
      defines.append(id)
      steps.insert(.define(id, name: name.text, plan), at: 0)
      scope.bind(name.text, .relation(Self.reference(id, name.text, plan)), at: name.span)
    case .value(let value): bindValue(name, value, &defines)
    case .chart(let chart): scope.bind(name.text, .chart(chart), at: name.span)
    case .record(let record): bind(record, to: name, &defines)
    case .model(let model): bind(model, to: name)
    case .failed: scope.bind(name.text, .failed, at: name.span)
    }
  }

  /// A constant is put where it is used; anything else is worked out once, where it stands.
  private func bindValue(_ name: Name, _ value: TypedExpr, _ defines: inout [BindingID]) {
    switch value.kind {
    case .literal, .list:
      scope.bind(name.text, .value(value), at: name.span)
    default:
      let id = newBinding()
      defines.append(id)
      steps.append(.evaluate(id, value))
      runValues[id] = value
      scope.bind(
        name.text, .value(TypedExpr(.runValue(id), value.type, name.span)), at: name.span)
    }
  }

  static func reference(_ id: BindingID, _ name: String, _ plan: LogicalPlan) -> LogicalPlan {
    var facts = plan.facts
    facts.name = name
    return LogicalPlan(
      .reference(id, name: name, plan), schema: plan.schema, facts: facts, span: plan.span)
  }

  // MARK: Shown

  /// A pipeline as a statement: its result is shown, unless it ends in `save` or `show`.
  private func checkShown(_ pipeline: Pipeline, _ span: Span, _ defines: inout [BindingID]) {
    let result = checkPipeline(pipeline, .outside(scope))
    let last = pipeline.stages.last.flatMap { $0.isVerb ? $0.path.first?.text : nil }
    let isDone = last == "show" || last == "save"
    switch result {
    case .relation(let plan):
      if !isDone { steps.append(.show(.relation(leaving(plan)), title: nil)) }
      if isPrompt, blockDepth == 0 { bindIt(plan, &defines) }
    case .value(let value):
      if !isDone { steps.append(.show(.value(leaving(value)), title: nil)) }
      if isPrompt, blockDepth == 0, value.constant != nil {
        scope.bind("it", .value(value), at: span)
      }
    case .chart(let chart):
      if !isDone { steps.append(.show(.chart(leaving(chart)), title: nil)) }
    case .record(let record):
      reportParts(record, named: pipeline.stages.isEmpty ? name(of: pipeline.head) : nil, at: span)
    case .model(let model):
      if !isDone { steps.append(.show(.relation(card(of: model, span)), title: model.title)) }
    case .failed: break
    }
  }

  private func bindIt(_ plan: LogicalPlan, _ defines: inout [BindingID]) {
    let id = newBinding()
    defines.append(id)
    steps.insert(.define(id, name: "it", plan), at: 0)
    scope.bind("it", .relation(Self.reference(id, "it", plan)), at: plan.span)
  }

  /// An expression of prose: `{= orders | count =}`.
  package func checkInline(_ pipeline: Pipeline) -> CheckedStatement? {
    steps = []
    uses = []
    let mark = diagnostics.count
    let result = checkPipeline(pipeline, .outside(scope))
    switch result {
    case .value(let value): steps.append(.show(.value(leaving(value)), title: nil))
    case .relation(let plan):
      report(.needsValue(at: pipeline.span, got: "a relation of \(plan.schema.count) columns"))
    case .chart: report(.needsValue(at: pipeline.span, got: "a chart"))
    case .record(let record): reportParts(record, at: pipeline.span)
    case .model(let model): reportModel(model, at: pipeline.span)
    case .failed: break
    }
    guard !hasErrors(since: mark) else { return nil }
    return CheckedStatement(
      steps: steps, span: pipeline.span, uses: uses, defines: [], names: [])
  }

  private func checkAssert(_ condition: Expr, _ message: Expr?) {
    let typed = valueForHost(checkCondition(condition, .outside(scope)))
    let words = message.map { check($0, .outside(scope)) }
    if typed.isFailed || words?.isFailed == true { return }
    if let words, words.type.base != .text {
      report(
        .mismatch(
          "the message of `assert` is a text", at: words.span, label: "this is \(words.type)"))
      return
    }
    let shown = sides(of: typed, condition).map(PersonalData.masked)
    steps.append(.assert(typed, sides: shown, message: words.map { leaving($0) }))
  }

  /// What stands on both sides of a comparison; of one that is known already, too.
  private func sides(of typed: TypedExpr, _ condition: Expr) -> [TypedExpr] {
    guard case .compare(let left, _, let right) = condition.kind else { return [] }
    let written = [left, right]
    var sides: [TypedExpr] = []
    if case .compare(_, let left, let right) = typed.kind {
      sides = [left, right]
    } else if typed.constant != nil {
      sides = written.map { check($0, .outside(scope)) }
    }
    return zip(sides, written).filter { !isWritten($1) }.map(\.0)
  }

  private func isWritten(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .number, .percent, .duration, .date, .text, .bool, .null: true
    case .negate(let inner): isWritten(inner)
    default: false
    }
  }

  // MARK: fn and use

  private func declare(_ declaration: FunctionDeclaration, _ statement: Statement) {
    let name = declaration.name
    guard isFree(name), hasFitParameters(declaration) else {
      failedFunctions.insert(name.text)
      return
    }
    failedFunctions.remove(name.text)
    scope.declare(
      UserFunction(declaration: declaration, doc: statement.doc, scope: scope.functionsOnly),
      as: name.text)
  }

  func hasFitParameters(_ declaration: FunctionDeclaration) -> Bool {
    if let twice = Self.firstDuplicate(declaration.parameters.map(\.name)) {
      let first = declaration.parameters.first { $0.name.text == twice.text }?.name.span
      report(.duplicateName(twice.text, at: twice.span, first: first))
      return false
    }
    for type in declaration.parameters.compactMap(\.type)
    where TypeResolution.parameter(type) == nil {
      report(.unknownType(type.name.text, known: TypeResolution.names, at: type.span))
    }
    return true
  }

  /// Whether a function or a metric may have this name; reports it if not.
  func isFree(_ name: Name) -> Bool {
    if BuiltinFunction.named(name.text) != nil || name.text == "value" || name.text == "read"
      || Self.modelFunctions.contains(name.text)
    {
      report(
        Diagnostic(
          .redefinedBuiltin, "`\(name.text)` is a function of the language", at: name.span,
          label: "cannot be declared again",
          help: ["give yours a name of its own, such as `my_\(name.text)`"]))
      return false
    }
    if Verb.named(name.text) != nil {
      report(
        Diagnostic(
          .redefinedBuiltin, "`\(name.text)` is a verb", at: name.span,
          label: "a function may not have the name of a verb",
          help: ["give it a name of its own, such as `my_\(name.text)`"]))
      return false
    }
    return true
  }

  private static func firstDuplicate(_ names: [Name]) -> Name? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0.text).inserted }
  }
}

extension Statement {
  /// What `let`s in the blocks of an `if` or a `for` bind.
  fileprivate var boundInBlocks: [Name] {
    let bodies: [Statement] =
      switch kind {
      case .ifBlock(let branches, let otherwise): branches.flatMap(\.body) + (otherwise ?? [])
      case .forBlock(_, _, let body): body
      case .letBinding, .param, .metric, .function, .use, .connect, .assert, .pipeline: []
      }
    return bodies.flatMap { [$0.bound].compactMap { $0 } + $0.boundInBlocks }
  }

  /// The name that a `let`, a `param` or a `fn` binds.
  fileprivate var bound: Name? {
    switch kind {
    case .letBinding(let name, _): name
    case .param(let parameter, _): parameter.name
    case .function(let declaration): declaration.name
    case .metric(let name, _, _): name
    case .use, .assert, .pipeline, .connect, .ifBlock, .forBlock: nil
    }
  }
}
