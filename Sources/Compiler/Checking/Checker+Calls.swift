import Diagnostics
import Syntax
import Values

/// An argument that was typed; a key of an order keeps its direction.
struct CheckedArgument {
  var name: Name?
  var expr: TypedExpr
  var isDescending = false
  var span: Span
}

extension Checker {
  /// `f(x)`: a function of the program, or a built-in one.
  func checkCall(
    _ name: Name, _ arguments: [Argument], _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    if failedFunctions.contains(name.text) { return .failed(span) }
    if let function = context.scope.functions[name.text] {
      let result = expand(function, name, arguments, head: nil, span, context)
      return value(of: result, span)
    }
    if let metric = context.scope.metrics[name.text] {
      return expand(metric, arguments, name, span, context)
    }
    if let special = checkSpecialCall(name, arguments, span, context) { return special }
    guard let function = BuiltinFunction.named(name.text) else {
      if failedNames.contains(name.text) { return .failed(span) }
      if expansions.contains(where: { $0.name == name.text }) {
        report(.recursion(name.text, at: name.span))
        return .failed(span)
      }
      var diagnostic = Diagnostic.unknownFunction(
        name.text, known: functionNames(context.scope),
        advice: aliasAdvice(name.text, context.scope) ?? moduleAdvice(name.text)
          ?? ForeignFunctions.advice(for: name.text) ?? ForeignWord.verbs[name.text],
        at: name.span)
      diagnostic.pointDown(to: upcoming[name.text])
      report(diagnostic)
      return .failed(span)
    }
    return checkBuiltin(function, arguments, name, span, context)
  }

  /// A function of a module that was taken in under a name of its own.
  private func aliasAdvice(_ function: String, _ scope: Scope) -> String? {
    let alias = scope.modules.keys.sorted().first { alias in
      scope.modules[alias]?[function] != nil || scope.moduleMetrics[alias]?[function] != nil
    }
    return alias.map { "it is in the module `\($0)`: write `\($0).\(function)(...)`" }
  }

  /// A function of a module that was not taken in.
  func moduleAdvice(_ function: String) -> String? {
    catalog.modules(declaring: function).first.map {
      "it is in the module `\($0)`: write `use \($0)` above"
    }
  }

  func functionNames(_ scope: Scope) -> [String] {
    BuiltinFunction.all.map(\.name) + (Array(scope.functions.keys) + scope.metrics.keys).sorted()
  }

  /// `value(x)` and `read(...)` are pipelines in the shape of calls.
  private func checkSpecialCall(
    _ name: Name, _ arguments: [Argument], _ span: Span, _ context: ExprContext
  ) -> TypedExpr? {
    switch name.text {
    case "read":
      let head = Expr(.call(name, arguments), span)
      return valueOf(pipeline: Pipeline(head: head, stages: [], span: span), context)
    default: return nil
    }
  }

  func checkQualifiedCall(
    _ base: Expr, _ name: Name, _ arguments: [Argument], _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    guard case .name(let module) = base.kind, let functions = context.scope.modules[module] else {
      report(.noMethods(name.text, of: base, at: name.span))
      return .failed(span)
    }
    if let metric = context.scope.moduleMetrics[module]?[name.text] {
      return expand(metric, arguments, name, span, context)
    }
    guard let function = functions[name.text] else {
      let known = Array(functions.keys) + (context.scope.moduleMetrics[module]?.keys.sorted() ?? [])
      report(.unknownFunction(name.text, known: known.sorted(), advice: nil, at: name.span))
      return .failed(span)
    }
    return value(of: expand(function, name, arguments, head: nil, span, context), span)
  }

  // MARK: Built-in functions

  func checkBuiltin(
    _ function: BuiltinFunction, _ arguments: [Argument], _ name: Name, _ span: Span,
    _ context: ExprContext
  ) -> TypedExpr {
    guard let first = function.overloads.first else { return .failed(span) }
    guard let inner = argumentContext(function, first.form, span, context) else {
      return .failed(span)
    }
    var checked: [CheckedArgument] = []
    for (position, argument) in arguments.enumerated() {
      checked.append(checkArgument(argument, at: position, of: first, inner))
    }
    if checked.contains(where: \.expr.isFailed) { return .failed(span) }
    guard let match = OverloadMatch.find(function, checked, constants) else {
      report(OverloadMatch.explain(function, checked, at: span))
      return .failed(span)
    }
    return build(match, function, span, context)
  }

  private func checkArgument(
    _ argument: Argument, at position: Int, of overload: Overload, _ context: ExprContext
  ) -> CheckedArgument {
    let parameters = overload.parameters
    let parameter =
      argument.name.map { name in parameters.first { $0.name == name.text } }
      ?? (position < parameters.count
        ? parameters[position] : parameters.last.flatMap { $0.isVariadic ? $0 : nil })
    if parameter?.pattern == .orderKey, argument.name == nil {
      let key = checkSortKey(argument.value, context)
      return CheckedArgument(
        name: nil, expr: key.expr, isDescending: key.isDescending, span: argument.value.span)
    }
    let isKey = parameter?.pattern == .hashKey
    return CheckedArgument(
      name: argument.name,
      expr: isKey ? checkHashKey(argument.value, context) : check(argument.value, context),
      span: argument.value.span)
  }

  /// `-x` as a whole means descending, for any type; `-a + b` must say what it means.
  func checkSortKey(_ expr: Expr, _ context: ExprContext) -> SortKey {
    var inner = expr
    var isDescending = false
    if case .negate(let operand) = expr.kind {
      inner = operand
      isDescending = true
    } else if case .sum(let first, _) = expr.kind, case .negate = first.kind {
      report(
        Diagnostic(
          .orderArgument, "a key that starts with a minus can be read in two ways", at: expr.span,
          label: "descending, or a negative number?",
          help: ["for descending write `-(a - b)`, for the number `(-a + b)`"]))
      return SortKey(.failed(expr.span))
    }
    let typed = check(inner, context)
    if !typed.isFailed, !typed.type.base.isOrdered, typed.type.base != .null {
      report(
        Diagnostic(
          .notOrdered, "cannot order by \(typed.type.base)", at: inner.span,
          label: "this type has no order"))
      return SortKey(.failed(expr.span))
    }
    return SortKey(typed, descending: isDescending)
  }

  /// The context for the arguments, or `nil` after the call was refused at this place.
  private func argumentContext(
    _ function: BuiltinFunction, _ form: Overload.Form, _ span: Span, _ context: ExprContext
  ) -> ExprContext? {
    switch form {
    case .scalar, .host, .constant: return context
    case .aggregate, .twoPass:
      return aggregateAllowed(function.name, span, context) ? context.insideOf(function.name) : nil
    case .ranking, .looking:
      return windowAllowed(function.name, form, span, context)
        ? context.insideOf(function.name) : nil
    }
  }

  func aggregateAllowed(_ name: String, _ span: Span, _ context: ExprContext) -> Bool {
    if let outer = context.insideAggregate {
      let isWindow = if case .windowed = context.aggregates { true } else { false }
      report(.nestedAggregate(name, outer: outer, isWindow: isWindow, at: span))
      return false
    }
    switch context.aggregates {
    case .grouped, .windowed: return true
    case .needsBy(let verb):
      report(.aggregateNeedsBy(name, verb: verb, of: context.row.schema, at: span))
    case .refused(let place): report(.aggregateNotHere(name, place: place, at: span))
    }
    return false
  }

  private func windowAllowed(
    _ name: String, _ form: Overload.Form, _ span: Span, _ context: ExprContext
  ) -> Bool {
    if let outer = context.insideAggregate {
      report(.nestedAggregate(name, outer: outer, isWindow: true, at: span))
      return false
    }
    switch context.aggregates {
    case .windowed(let setting):
      if case .looking = form, setting.sort.isEmpty {
        report(.needsSort(name, of: setting.incoming.schema, at: span))
        return false
      }
      return true
    case .needsBy(let verb):
      report(
        .aggregateNeedsBy(
          name, verb: verb, isWindow: true, of: context.row.schema, at: span))
    case .grouped:
      report(.windowNotHere(name, place: "`summarize`", isRanking: form.isRanking, at: span))
    case .refused(let place):
      report(.windowNotHere(name, place: place, isRanking: form.isRanking, at: span))
    }
    return false
  }

  private func build(
    _ match: OverloadMatch, _ function: BuiltinFunction, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    let reference = FunctionReference(function.name, overload: match.position)
    let type = match.resultType
    for (parameter, argument) in zip(match.overload.parameters, match.arguments) {
      if let refusal = refusal(of: argument, as: parameter, function.name) {
        report(refusal)
        return .failed(span)
      }
    }
    if function.name == "text", let given = match.arguments.first,
      let refusal = Diagnostic.noText(given.type.base, at: given.span)
    {
      report(refusal)
      return .failed(span)
    }
    switch match.overload.form {
    case .constant(let make):
      return TypedExpr(.literal(make(constants)), type, span)
    case .scalar:
      // Of nothing but a null some engines do not know which function is meant.
      if match.overload.nullability == .propagates,
        match.arguments.contains(where: { $0.constant == .null })
      {
        return TypedExpr(.literal(.null), type, span)
      }
      return TypedExpr(.scalar(reference, match.arguments), type, span)
    case .host(let code): return hostCall(code, match, reference, span)
    case .aggregate, .twoPass, .ranking, .looking:
      return buildAggregate(match, reference, function, span, context)
    }
  }

  private func buildAggregate(
    _ match: OverloadMatch, _ reference: FunctionReference, _ function: BuiltinFunction,
    _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    var call = AggregateExpr(
      function: reference, arguments: match.arguments, order: match.order, filter: context.filter)
    switch context.aggregates {
    case .grouped(let collector):
      if Picking.needsOrder(function.name), call.order.isEmpty {
        report(.needsOrderArgument(function.name, at: span))
        return .failed(span)
      }
      call.order = Picking.total(
        call.order, function.name, over: collector.input, partition: collector.keys.map(\.expr),
        picked: call.arguments)
      let mayBeEmpty = collector.keys.isEmpty || call.filter != nil
      let type = match.type(emptyGroups: mayBeEmpty)
      return collector.lift(TypedExpr(.aggregate(call), type, span))
    case .windowed(let setting):
      if Picking.needsOrder(function.name), call.order.isEmpty {
        report(.needsOrderArgument(function.name, at: span))
        return .failed(span)
      }
      call.order = Picking.total(
        call.order, function.name, over: setting.incoming, partition: setting.partition,
        picked: call.arguments)
      var window = WindowExpr(
        call: call, partition: setting.partition, sort: [], frame: nil)
      switch match.overload.form {
      case .looking:
        window.sort = Picking.totalSort(
          setting.sort, over: setting.incoming, partition: setting.partition)
        window.frame = setting.frame
      case .aggregate, .twoPass:
        window.frame = setting.frame
        if setting.frame != nil {
          window.sort = Picking.totalSort(
            setting.sort, over: setting.incoming, partition: setting.partition)
        }
      case .ranking, .scalar, .host, .constant: break
      }
      let type = match.type(emptyGroups: call.filter != nil || setting.frame != nil)
      return TypedExpr(.window(window), type, span)
    case .refused, .needsBy: return .failed(span)
    }
  }

  /// `(count() where paid)`, and a measure with `where` behind it.
  func checkFiltered(
    _ inner: Expr, _ filter: Expr, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    switch context.aggregates {
    case .grouped, .windowed: break
    case .refused, .needsBy:
      report(
        Diagnostic(
          .aggregateNotHere, "`where` behind a value filters the rows of an aggregate",
          at: filter.span, label: "no aggregate here",
          help: ["for some rows only, write `if paid then amount else null`"]))
      return .failed(span)
    }
    var within = context
    let condition = checkCondition(filter, context.insideOf("where"))
    if condition.isFailed { return condition }
    within.filter =
      context.filter.map { Self.connect([$0, condition], isAnd: true, span) } ?? condition
    return check(inner, within)
  }
}
