import Diagnostics
import Syntax
import Values

/// What a pipeline or a call gives.
indirect enum Checked {
  case relation(LogicalPlan)
  case value(TypedExpr)
  case chart(ChartPlan)
  /// Relations under one name, such as the parts of `split`.
  case record(RelationRecord)
  case model(ModelValue)
  /// A mistake was reported.
  case failed
}

extension Checker {
  /// Expands a call of a function written in Whom (hygienic: the body sees its parameters, other
  /// functions and modules, nothing of the file). A function sees those declared above it, so no
  /// call comes back to itself; `f(f(1))` is two calls. `head` is the relation piped in, if any.
  func expand(
    _ function: UserFunction, _ name: Name, _ arguments: [Argument], head: LogicalPlan?,
    _ span: Span, _ context: ExprContext
  ) -> Checked {
    let declaration = function.declaration
    let callee = declaration.name.text
    let ends = arguments.flatMap(Self.ends)
    guard let given = assign(ends, to: declaration, hasHead: head != nil, span) else {
      return .failed
    }
    var call = FunctionCall(
      function: function, given: given, head: head, span: span, context: context)
    guard let scope = bindParameters(&call) else { return .failed }
    let extent = declaration.name.span.union(declaration.body.span)
    expansions.append(Expansion(name: callee, call: span, function: extent))
    defer { expansions.removeLast() }
    var inner = context
    inner.scope = scope
    inner.namesAreBindings = true
    if call.relation != nil { inner = .outside(scope) }
    let result = checkBody(declaration, inner)
    if case .relation(let plan) = result {
      calls.append(ExpandedCall(plan: plan, head: head, span: span, function: extent))
    }
    return result
  }

  /// A range is given as its two ends: `numbers(1..100)` is `numbers(1, 100)`.
  private static func ends(_ argument: Argument) -> [Argument] {
    guard argument.name == nil, case .range(let low, let high) = argument.value.kind else {
      return [argument]
    }
    return [Argument(name: nil, value: low), Argument(name: nil, value: high)]
  }

  /// A relation that the body names is worked out once, however often it is read.
  private func checkBody(_ declaration: FunctionDeclaration, _ context: ExprContext) -> Checked {
    var context = context
    for binding in declaration.lets {
      switch checkPipeline(binding.value, context) {
      case .relation(let plan):
        let shared = Self.reference(newBinding(), binding.name.text, plan)
        context.scope.bind(binding.name.text, .relation(shared), at: binding.name.span)
      case .value(let value):
        context.scope.bind(binding.name.text, .value(value), at: binding.name.span)
      case .chart(let chart):
        context.scope.bind(binding.name.text, .chart(chart), at: binding.name.span)
      case .record(let record):
        context.scope.bind(binding.name.text, .record(record), at: binding.name.span)
      case .model(let model):
        context.scope.bind(binding.name.text, .model(model), at: binding.name.span)
      case .failed: context.scope.bind(binding.name.text, .failed, at: binding.name.span)
      }
    }
    return checkPipeline(declaration.body, context)
  }

  // MARK: Arguments

  /// The argument of each parameter, by position or by name; `nil` after a mistake was reported.
  private func assign(
    _ arguments: [Argument], to declaration: FunctionDeclaration, hasHead: Bool, _ span: Span
  ) -> [String: Expr]? {
    let callee = declaration.name.text
    var open = declaration.parameters.map(\.name.text)
    if hasHead {
      guard !open.isEmpty else {
        report(
          .needsRelation("nothing of `\(callee)`", got: "a function without parameters", at: span))
        return nil
      }
      open.removeFirst()
    }
    var given: [String: Expr] = [:]
    for argument in arguments {
      if let name = argument.name {
        guard open.contains(name.text), given[name.text] == nil else {
          report(unknownArgument(name, callee, declaration))
          return nil
        }
        given[name.text] = argument.value
      } else {
        guard let next = open.first(where: { given[$0] == nil }) else {
          report(
            .argumentCount(
              callee, expected: Self.signature(declaration, hasHead: hasHead),
              got: arguments.count, at: span))
          return nil
        }
        given[next] = argument.value
      }
    }
    for parameter in declaration.parameters.dropFirst(hasHead ? 1 : 0)
    where given[parameter.name.text] == nil && parameter.defaultValue == nil {
      report(
        Diagnostic(
          .wrongArgumentCount, "`\(callee)` needs `\(parameter.name.text)`", at: span,
          label: "an argument is missing",
          help: ["it takes \(Self.signature(declaration, hasHead: hasHead))"]))
      return nil
    }
    return given
  }

  private func unknownArgument(
    _ name: Name, _ callee: String, _ declaration: FunctionDeclaration
  ) -> Diagnostic {
    let known = declaration.parameters.map(\.name.text)
    if known.contains(name.text) {
      return .duplicateName(name.text, at: name.span, first: nil)
    }
    let near = Suggestion.nearest(to: name.text, in: known)
    return Diagnostic(
      .badArgument, "`\(callee)` has no parameter `\(name.text)`", at: name.span,
      label: "unknown parameter",
      help: [near.map { "did you mean `\($0)`?" } ?? "it takes \(Self.signature(declaration))"])
  }

  /// `rfm(orders, customer, [bins])`; with a head `orders | rfm(customer, [bins])`.
  static func signature(_ declaration: FunctionDeclaration, hasHead: Bool = false) -> String {
    let words = declaration.parameters.map { parameter in
      parameter.defaultValue == nil ? parameter.name.text : "[\(parameter.name.text)]"
    }
    let head = hasHead ? words.first.map { "\($0) | " } ?? "" : ""
    let inner = words.dropFirst(hasHead ? 1 : 0).joined(separator: ", ")
    return "`\(head)\(declaration.name.text)(\(inner))`"
  }

  /// The scope of the body: each parameter bound in order, so that defaults see earlier ones.
  private func bindParameters(_ call: inout FunctionCall) -> Scope? {
    var scope = call.function.scope.functionsOnly
    for (position, parameter) in call.function.declaration.parameters.enumerated() {
      let binding: Binding?
      if position == 0, let head = call.head {
        call.relation = head
        binding = headBinding(head, parameter, call.span)
      } else {
        binding = bind(parameter, &call, scope)
      }
      guard let binding else { return nil }
      scope.bind(parameter.name.text, binding, at: parameter.name.span)
    }
    return scope
  }

  private func headBinding(_ head: LogicalPlan, _ parameter: Parameter, _ span: Span) -> Binding? {
    if case .relation? = parameter.type.flatMap(TypeResolution.parameter) { return .relation(head) }
    if parameter.type == nil { return .relation(head) }
    if parameter.type.flatMap(TypeResolution.parameter) == nil { return nil }
    report(.needsValue(at: span, got: "a relation"))
    return nil
  }

  private func bind(
    _ parameter: Parameter, _ call: inout FunctionCall, _ scope: Scope
  ) -> Binding? {
    let name = parameter.name.text
    let type = parameter.type.map(TypeResolution.parameter) ?? .some(.any)
    // An unknown type was reported where the function is declared.
    guard let type else { return nil }
    guard let expr = call.given[name] ?? parameter.defaultValue else { return nil }
    let context =
      call.given[name] == nil ? ExprContext.outside(scope) : call.context
    switch type {
    case .relation: return bindRelation(expr, &call, context)
    case .model: return checkModelOperand(expr, "a parameter", context.scope).map { .model($0) }
    case .column(let pattern):
      return bindColumn(name, expr, pattern, call, context)
    case .columns:
      if let set = bindSet(name, expr, call, context) { return set }
      guard case .list(let items) = expr.kind else { return .columns(columns(name, expr, context)) }
      return .columns(items.flatMap { columns(name, $0, context) })
    case .any, .number, .value: return bindValue(name, expr, type, call, context)
    }
  }

  /// One column, or those that an outer function was given: `$by` goes on as the caller's columns.
  private func columns(
    _ name: String, _ expr: Expr, _ context: ExprContext
  ) -> [ColumnArgument] {
    if case .variable(let outer) = expr.kind {
      switch context.scope.bindings[outer] {
      case .columns(let passed)?: return passed
      case .column(let passed)?: return [passed]
      case .relation?, .value?, .chart?, .record?, .model?, .failed?, nil: break
      }
    }
    return [ColumnArgument(parameter: name, expr: expr, scope: context.scope)]
  }

  /// `columns("q_*")` for a parameter: the columns that it means of the relation.
  private func bindSet(
    _ name: String, _ expr: Expr, _ call: FunctionCall, _ context: ExprContext
  ) -> Binding? {
    guard case .call(let callee, let arguments) = expr.kind, callee.text == "columns",
      let relation = call.relation
    else { return nil }
    let columns = ColumnSet(self, context.scope).columns(arguments, expr.span, of: relation)
    return columns.map { all in
      .columns(
        all.map {
          ColumnArgument(
            parameter: name, expr: Expr(.name($0.name), expr.span), scope: context.scope)
        })
    } ?? .failed
  }

  private func bindRelation(
    _ expr: Expr, _ call: inout FunctionCall, _ context: ExprContext
  ) -> Binding? {
    guard let plan = checkRelationOperand(expr, context.scope) else { return nil }
    if call.relation == nil { call.relation = plan }
    return .relation(plan)
  }

  private func bindColumn(
    _ name: String, _ expr: Expr, _ pattern: ParameterType.DataTypePattern?, _ call: FunctionCall,
    _ context: ExprContext
  ) -> Binding? {
    var argument = ColumnArgument(
      parameter: name, expr: expr, scope: context.scope, namesAreBindings: context.namesAreBindings)
    // `$customer` of an outer function goes on as the caller's expression.
    if case .variable(let outer) = expr.kind,
      case .column(let passed)? = context.scope.bindings[outer]
    {
      return .column(passed)
    }
    guard let relation = call.relation else { return .column(argument) }
    argument.naming = relation.schema[name] == nil ? .byTheBody : .ambiguous
    if case .text(let text) = expr.kind, let column = text.plain, relation.schema[column] != nil {
      report(
        Diagnostic(
          .badArgument, "`\(call.function.declaration.name.text)` wants a column for `\(name)`",
          at: expr.span, label: "a text, the same in every row",
          help: ["a column stands without quotes: `\(column)`"]))
      return nil
    }
    let typed = check(expr, .over(relation, context.scope, place: "a column argument"))
    if typed.isFailed { return nil }
    if let pattern, !pattern.accepts(typed.type.base) {
      report(
        .badArgument(
          call.function.declaration.name.text, name, wanted: "a column of \(pattern.words)",
          got: typed.type, at: expr.span))
      return nil
    }
    return .column(argument)
  }

  /// A value: known outside the rows when the function takes a relation; else any expression of
  /// the caller's row, looked up where it is used.
  private func bindValue(
    _ name: String, _ expr: Expr, _ type: ParameterType, _ call: FunctionCall,
    _ context: ExprContext
  ) -> Binding? {
    if call.relation == nil, call.given[name] != nil {
      if case .none = context.row {
      } else {
        let typed: TypedExpr? = insideAggregateOnly(expr, context) ? nil : check(expr, context)
        if let typed, !accept(typed, type, name, call) { return nil }
        return .column(
          ColumnArgument(
            parameter: "\u{0}", expr: expr, scope: context.scope,
            namesAreBindings: context.namesAreBindings))
      }
    }
    if call.relation != nil, case .name(let bare) = expr.kind, context.scope.bindings[bare] != nil,
      call.given[name] != nil, !expansions.isEmpty || call.head != nil
    {
      report(
        .unknownColumn(bare, in: Schema(), relation: nil, binding: true, at: expr.span))
      return nil
    }
    let typed = check(expr, .outside(context.scope))
    if typed.isFailed { return .failed }
    guard accept(typed, type, name, call) else { return nil }
    if case .value(let wanted) = type { return .value(widen(typed, to: wanted.base)) }
    return .value(typed)
  }

  /// In a `summarize` a bare column is legal only inside the aggregate that the body may hold.
  private func insideAggregateOnly(_ expr: Expr, _ context: ExprContext) -> Bool {
    if case .group = context.row { return true }
    return false
  }

  private func accept(
    _ typed: TypedExpr, _ type: ParameterType, _ name: String, _ call: FunctionCall
  ) -> Bool {
    if typed.isFailed { return false }
    let fits: Bool
    let wanted: String
    switch type {
    case .number:
      fits = typed.type.base.isNumber || typed.type.base == .null
      wanted = "a number"
    case .value(let value):
      fits = TypeRules.fits(typed.type.base, value.base)
      wanted = "\(value.base)"
    case .any, .relation, .model, .column, .columns:
      fits = true
      wanted = ""
    }
    if !fits {
      report(
        .badArgument(
          call.function.declaration.name.text, name, wanted: wanted, got: typed.type,
          at: typed.span))
    }
    return fits
  }

  /// The value that a call gave, where a value is wanted.
  func value(of checked: Checked, _ span: Span) -> TypedExpr {
    switch checked {
    case .value(let value): return TypedExpr(value.kind, value.type, span)
    case .relation(let plan): return onlyCell(plan, span)
    case .chart:
      report(.needsValue(at: span, got: "a chart"))
      return .failed(span)
    case .record(let record):
      reportParts(record, at: span)
      return .failed(span)
    case .model(let model):
      reportModel(model, at: span)
      return .failed(span)
    case .failed: return .failed(span)
    }
  }

  /// A relation where a value is wanted: an error that says how to make one.
  private func onlyCell(_ plan: LogicalPlan, _ span: Span) -> TypedExpr {
    report(.needsValue(at: span, got: "a relation"))
    return .failed(span)
  }
}

/// A call of a function written in Whom, while its parameters are bound.
struct FunctionCall {
  var function: UserFunction
  var given: [String: Expr]
  var head: LogicalPlan?
  /// The first relation among the parameters: column arguments are its columns.
  var relation: LogicalPlan?
  var span: Span
  var context: ExprContext
}
