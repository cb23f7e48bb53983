import Diagnostics
import Syntax
import Values

extension Checker {
  /// `param until: date = @1998-06-30`: its value comes from outside, or is the default.
  func checkParam(_ parameter: Parameter, _ domain: Expr?, _ statement: Statement) {
    let name = parameter.name
    if parameterPlaces[name.text] != nil || scope.bindings[name.text] != nil {
      let first = parameterPlaces[name.text] ?? scope.places[name.text]
      report(.parameterBoundAgain(name.text, at: name.span, first: first))
      return
    }
    parameterNames.append(name.text)
    scope.bind(name.text, .failed, at: name.span)
    var wanted: ValueType?
    if let syntax = parameter.type {
      guard let type = TypeResolution.value(syntax) else {
        report(unknownType(syntax))
        return
      }
      wanted = type
    }
    let defaultValue = parameter.defaultValue.map { check($0, .outside(scope)) }
    if defaultValue?.isFailed == true { return }
    guard let type = wanted ?? defaultValue?.type else {
      report(
        Diagnostic(
          .badParameter, "`\(name.text)` needs a type or a default", at: name.span,
          label: "which values may it have?", help: ["`param \(name.text): text = \"...\"`"]))
      return
    }
    guard let value = parameterValue(parameter, type, defaultValue) else { return }
    if let domain, !isInside(value.value, type, domain, name, value.span) { return }
    let typed = TypedExpr(
      .literal(value.value), ValueType(type.base, nullable: value.value.isNull), name.span)
    scope.bind(name.text, .value(typed), at: name.span)
    add(
      parameter: ProgramParameter(
        name: name.text, type: Self.shown(type, by: [parameter.defaultValue, domain]),
        value: value.value, origin: value.origin, doc: statement.doc, span: name.span))
  }

  /// A parameter whose default or bounds are written with `%` is shown so too: `30%`, not 0.3.
  private static func shown(_ type: ValueType, by written: [Expr?]) -> ValueType {
    guard type.base == .float, written.contains(where: { $0.map(isPercent) ?? false }) else {
      return type
    }
    var labels = type.labels
    labels.isPercent = true
    return type.labelled(labels)
  }

  private static func isPercent(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .percent: true
    case .range(let low, let high): isPercent(low) || isPercent(high)
    case .list(let items): items.contains(where: isPercent)
    default: false
    }
  }

  private func unknownType(_ syntax: TypeSyntax) -> Diagnostic {
    .unknownType(syntax.name.text, known: TypeResolution.valueNames, at: syntax.span)
  }

  private struct Given {
    var value: Value
    var origin: ProgramParameter.Origin
    var span: Span
  }

  private func parameterValue(
    _ parameter: Parameter, _ type: ValueType, _ defaultValue: TypedExpr?
  ) -> Given? {
    let name = parameter.name
    if let setting = settings[name.text] {
      guard let value = ParameterText.value(setting.text, type, constants) else {
        report(
          Diagnostic(
            .badParameter, "`\(setting.text)` is not \(TypeRules.article(type.base))",
            at: name.span,
            label: "`\(name.text)` is \(type)",
            help: ["for example `--set \(name.text)=\(ParameterText.example(type.base))`"]))
        return nil
      }
      return Given(value: value, origin: setting.origin, span: name.span)
    }
    guard let defaultValue else {
      report(
        Diagnostic(
          .badParameter, "`\(name.text)` has no value", at: name.span, label: "no default",
          help: ["give it one: `--set \(name.text)=\(ParameterText.example(type.base))`"]))
      return nil
    }
    guard TypeRules.fits(defaultValue.type.base, type.base) else {
      report(
        .mismatch(
          "the default of `\(name.text)` is not \(TypeRules.article(type.base))",
          at: defaultValue.span,
          label: "this is \(defaultValue.type)",
          help: Diagnostic.defaultAdvice(defaultValue, wanted: type.base)))
      return nil
    }
    guard let value = widen(defaultValue, to: type.base).constant else {
      report(.notConstant("the default of a parameter", at: defaultValue.span))
      return nil
    }
    return Given(value: value, origin: .byDefault, span: defaultValue.span)
  }

  private static func words(_ origin: ProgramParameter.Origin?) -> String {
    switch origin {
    case .set?: ", from `--set`"
    case .environment?: ", from the environment"
    case .file?: ", from the file of parameters"
    case .byDefault?, nil: ""
    }
  }

  /// `97` where `97%` was meant.
  private static func shareAdvice(_ value: Value) -> [String] {
    guard case .float(let number) = value, number > 1, number <= 100 else { return [] }
    let written = number == number.rounded() ? "\(Int(number))" : NumberPrinting.plain(number)
    return ["a share is written with `%`: `\(written)%`"]
  }

  /// Whether the value lies in the list or range behind `in`.
  private func isInside(
    _ value: Value, _ type: ValueType, _ domain: Expr, _ name: Name, _ span: Span
  ) -> Bool {
    let literal = TypedExpr(.literal(value), type, span)
    var inner = scope
    let hole = "\u{0}parameter"
    inner.bind(hole, .value(literal), at: span)
    let test = checkMembership(
      Expr(.variable(hole), span), domain, negated: false, domain.span, .outside(inner))
    if test.isFailed { return false }
    switch test.constant {
    case .bool(true)?: return true
    case .bool(false)?: break
    default:
      if case .isIn(_, let items, _) = test.kind,
        items.contains(where: {
          $0.constant.flatMap { ConstantFolding.compare(.equal, value, $0) } == true
        })
      {
        return true
      }
    }
    report(
      Diagnostic(
        .parameterOutsideDomain, "this value of `\(name.text)` is not allowed", at: span,
        label: ParameterText.words(value) + Self.words(settings[name.text]?.origin),
        notes: [Diagnostic.Note("allowed are", at: domain.span)],
        help: Self.shareAdvice(value)))
    return false
  }
}
