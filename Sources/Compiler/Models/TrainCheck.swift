import Diagnostics
import Syntax
import Values

/// Settles a `train`: its formula, its estimator and its clauses.
struct TrainCheck {
  let check: StageCheck
  let estimator: EstimatorSignature
  let using: Clause
  let formula: Formula

  var checker: Checker { check.checker }
  var input: LogicalPlan { check.input }
  private var features: FeatureCheck {
    FeatureCheck(checker: checker, input: input, scope: check.scope)
  }

  /// `nil` after a mistake was reported.
  func model() -> ModelValue? {
    let targets = TargetCheck(check: check, estimator: estimator, formula: formula)
    guard let target = targets.target(), let settings = settings(), let keys = keys(),
      let weight = weight()
    else { return nil }
    var used: Set<String> = []
    let others = keys.map(\.1) + settings.roles.values.map(\.1) + [weight].compactMap { $0 }
    for expr in target.inputs.map(\.typed) + others {
      used.formUnion(expr.columnUses.keys)
    }
    guard let terms = terms(leaving: used), !targets.isAmong(terms.features, target) else {
      return nil
    }
    guard let folds = folds(settings), let tuning = tuning(settings.search, target.answer),
      let seed = check.seed(), let calibration = calibration(target.answer),
      fits(settings.arguments, settings.search, target.answer),
      namesFeatures(settings.arguments, terms.features.map(\.input.text)),
      let protected = labels(
        of: terms.features,
        and: purposes(target, keys, settings.roles.mapValues(\.1), weight))
    else { return nil }
    var rows = TrainingRowsPlan(input: input, span: check.span)
    rows.add(features: terms.features.map(\.typed))
    for input in target.inputs { rows.add(input.column, input.value) }
    if let weight { rows.add(ModelColumn.weight, weight) }
    for (name, role) in settings.roles {
      let kind = estimator.roles.first { $0.name == name }?.kind
      rows.add(kind == .group ? ModelColumn.group : ModelColumn.offset, role.1)
    }
    for (place, key) in keys.enumerated() { rows.add(ModelColumn.key(place), key.1) }
    if let digest = folds.digest { rows.add(ModelColumn.fold, digest) }
    let text = ExprText(scope: check.scope)
    let id = checker.newBinding()
    let use = ModelUse.trained(id)
    let shape = ModelShape(
      estimator: estimator, answer: target.answer,
      target: ModelInput(
        text: formula.target.map(text.text) ?? "", type: target.type,
        expr: formula.target ?? Expr(.missing, formula.span)),
      features: terms.features.map(\.input), terms: terms.products,
      hasIntercept: terms.hasIntercept, roles: settings.roles.mapValues(\.0), keys: keys.map(\.0),
      searched: settings.search.map { Column($0.name, Self.type(of: $0)) })
    let plan = TrainingPlan(
      use: use, name: nil, shape: shape, rows: rows.plan(), arguments: settings.arguments,
      search: settings.search, tuning: tuning, folds: folds.count,
      stopsEarly: settings.gives("patience"), calibration: calibration, seed: seed,
      protected: protected,
      facts: facts(
        shape, settings.search, leaving: used, types: terms.features.map(\.typed.type)),
      span: check.span)
    checker.steps.append(.train(plan))
    return ModelValue(
      use: use, shape: shape, scope: check.scope, training: training(terms.features, target),
      source: input, name: nil, span: check.span)
  }

  /// What features and target are made of, under its own names, so that the model can judge these
  /// rows again: `churn.training`. A column that tells who somebody is stays out; what was made of
  /// it stands there instead.
  ///
  ///     churned ~ log(tenure + 1) + plan            tenure, plan, churned
  private func training(_ features: [CheckedFeature], _ target: CheckedTarget) -> LogicalPlan {
    var items: [NamedExpr] = []
    let inputs =
      features.map { ($0.input.text, $0.typed) } + target.inputs.map { ($0.text, $0.typed) }
    for (text, typed) in inputs {
      let read = input.schema.columns.filter { typed.columnUses.keys.contains($0.name) }
      let tells = read.contains { column in
        let labels = column.type.labels
        return labels.isPII || labels.isKey || labels.isPseudonym
      }
      let own =
        tells || read.isEmpty
        ? [NamedExpr(text, typed)]
        : read.map { NamedExpr($0.name, .column($0, check.span)) }
      items += own.filter { item in !items.contains { $0.name == item.name } }
    }
    var plan = Projection.plan(input, items, check.span)
    plan.facts.name = "training"
    return plan
  }

  // MARK: Features

  struct CheckedFeature {
    var input: ModelInput
    var typed: TypedExpr
  }

  struct Terms {
    var features: [CheckedFeature] = []
    var products: [[String]] = []
    var hasIntercept = true
  }

  private func terms(leaving used: Set<String>) -> Terms? {
    var isFit = true
    let written = FormulaTerms(formula.terms) { factor in
      members(of: factor, used)
        ?? {
          isFit = false
          return []
        }()
    }
    if let term = written.strange.first {
      check.report(.strangeTerm(term, at: formula.span))
      return nil
    }
    var result = Terms(hasIntercept: written.hasIntercept)
    for product in written.products {
      var names: [String] = []
      for factor in product {
        guard let expr = expr(of: factor) else {
          isFit = false
          continue
        }
        if let mistake = foreignTerm(factor) {
          check.report(mistake)
          return nil
        }
        let text = ExprText(scope: check.scope).text(expr)
        names.append(text)
        if result.features.contains(where: { $0.input.text == text }) { continue }
        let typed = features.feature(expr)
        if typed.isFailed { isFit = false }
        result.features.append(
          CheckedFeature(
            input: ModelInput(text: text, type: typed.type.base, expr: expr), typed: typed))
      }
      result.products.append(names)
    }
    guard isFit else { return nil }
    if !estimator.takesProducts { standAlone(&result, written.products) }
    let isEmpty = result.features.isEmpty && estimator.name != "baseline"
    if isEmpty, !(formula.terms.isEmpty && !estimator.roles.isEmpty) {
      check.report(.noFeatures(at: formula.span))
      return nil
    }
    // Main effects before products, as R orders them.
    result.products = result.products.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }.map(\.element)
    return result
  }

  func expr(of factor: FormulaTerms.Factor) -> Expr? {
    switch factor {
    case .column(let name): return Expr(.name(name.text), name.span)
    case .call(let name, let arguments):
      let end = arguments.last?.value.span ?? name.span
      return Expr(.call(name, arguments), name.span.union(end))
    case .variable(let name):
      if case .column(let argument)? = check.scope.bindings[name.text] { return argument.expr }
      return Expr(.variable(name.text), name.span)
    case .everything: return nil
    }
  }

  private func foreignTerm(_ factor: FormulaTerms.Factor) -> Diagnostic? {
    guard case .call(let name, _) = factor, check.scope.functions[name.text] == nil,
      BuiltinFunction.named(name.text) == nil
    else { return nil }
    return ForeignModels.term(name.text).map { .foreignTerm(name, advice: $0) }
  }

  /// What a factor stands for; nil after a mistake was reported.
  private func members(
    of factor: FormulaTerms.Factor, _ used: Set<String>
  ) -> [FormulaTerms.Factor]? {
    switch factor {
    case .everything(let span): return everything(span, used)
    case .call(let name, let arguments) where name.text == "columns":
      return ColumnSet(checker, check.scope)
        .columns(arguments, name.span, of: input, without: used)?
        .map { .column(Name($0.name, name.span)) }
    case .variable(let name):
      guard case .columns(let all)? = check.scope.bindings[name.text] else { return [factor] }
      return all.map { argument in
        guard case .name(let column) = argument.expr.kind else { return factor }
        return .column(Name(column, name.span))
      }
    case .column, .call: return [factor]
    }
  }

  /// `.`: all columns but those that have another purpose, and those that say who a row is about.
  private func everything(_ span: Span, _ used: Set<String>) -> [FormulaTerms.Factor] {
    let columns = input.schema.columns.filter { column in
      let labels = column.type.labels
      return !used.contains(column.name) && FeatureCheck.canLearn(from: column.type.base)
        && !labels.isKey && labels.privacy.isEmpty
    }
    return columns.map { .column(Name($0.name, span)) }
  }

  /// Refuses what may not be learned from; gives what is only allowed here.
  private func labels(of all: [CheckedFeature], and others: [LabelledUse]) -> [String]? {
    let isAllowed = check.clause(.allow)?.names.contains { $0.text == "protected" } ?? false
    if let word = check.clause(.allow)?.names.first, word.text != "protected" {
      check.report(
        Diagnostic(
          .badFormula, "`train` can allow `protected`", at: word.span, label: "not `\(word.text)`"))
      return nil
    }
    var protected: [String] = []
    let features = all.map {
      LabelledUse(purpose: .feature, text: $0.input.text, typed: $0.typed, span: $0.input.expr.span)
    }
    for use in features + others {
      let labels = use.typed.type.labels
      if labels.isProtected, isAllowed { protected.append(use.text) }
      let tells = labels.isPII || (use.purpose != .group && (labels.isPseudonym || labels.isKey))
      guard tells || (labels.isProtected && !isAllowed) else { continue }
      check.report(.labelled(use.text, labels, as: use.purpose, at: use.span))
      return nil
    }
    return protected
  }

  // MARK: Clauses

  private func keys() -> [(ModelInput, TypedExpr)]? {
    guard let by = check.clause(.by) else { return [] }
    guard !by.names.contains(where: { $0.text == "all" }) else {
      check.report(
        .clauseNotHere("by all", verb: "train", allowed: ["by column"], at: by.span))
      return nil
    }
    var keys: [(ModelInput, TypedExpr)] = []
    for item in by.items {
      for key in check.groupKeys(item) {
        guard !key.expr.isFailed else { return nil }
        keys.append(
          (ModelInput(text: key.name, type: key.expr.type.base, expr: item.expr), key.expr))
      }
    }
    return keys
  }

  /// `.some(nil)` without the clause.
  private func weight() -> TypedExpr?? {
    guard let item = check.clause(.weight)?.items.first else { return .some(nil) }
    let typed = features.number(features.value(item.expr))
    return typed.isFailed ? nil : .some(typed)
  }

  private func calibration(_ answer: ModelAnswer) -> CalibrationMethod?? {
    guard let name = check.clause(.calibrate)?.names.first else { return .some(nil) }
    guard let method = CalibrationMethod(rawValue: name.text) else {
      let known = CalibrationMethod.allCases.map(\.rawValue)
      check.report(.badChoice("method of calibration", name, known: known))
      return nil
    }
    guard answer == .probability || answer == .classes else {
      check.report(
        Diagnostic(
          .badFormula, "only probabilities can be calibrated", at: name.span,
          label: "the target is neither a condition nor a text"))
      return nil
    }
    return .some(method)
  }

  private static func type(of search: SearchedArgument) -> ValueType {
    switch search.choices {
    case .range(_, _, let isWhole): ValueType(isWhole ? .int : .float)
    case .list(let values):
      values.allSatisfy { if case .number = $0 { true } else { false } }
        ? ValueType(values.allSatisfy(\.isWhole) ? .int : .float) : ValueType(.text)
    }
  }

  // MARK: Estimator

  struct Settings {
    var arguments: [String: ArgumentValue] = [:]
    var search: [SearchedArgument] = []
    var roles: [String: (ModelInput, TypedExpr)] = [:]

    func gives(_ name: String) -> Bool {
      arguments[name] != nil || search.contains { $0.name == name }
    }
  }

  private func settings() -> Settings? {
    var settings = Settings()
    var seen: [String: Span] = [:]
    for argument in using.arguments {
      guard let name = argument.name else {
        check.report(.unnamedArgument(estimator, at: argument.value.span))
        return nil
      }
      if let first = seen.updateValue(name.span, forKey: name.text) {
        check.report(.duplicateName(name.text, at: name.span, first: first))
        return nil
      }
      guard add(argument, name, to: &settings) else { return nil }
    }
    if let missing = estimator.roles.first(where: {
      $0.isRequired && settings.roles[$0.name] == nil
    }) {
      check.report(.missingRole(missing, estimator, at: using.span))
      return nil
    }
    return settings
  }

  private func add(_ argument: Argument, _ name: Name, to settings: inout Settings) -> Bool {
    if let role = estimator.roles.first(where: { $0.name == name.text }) {
      var typed = features.value(argument.value)
      if role.kind == .offset { typed = features.number(typed) }
      guard !typed.isFailed else { return false }
      let text = ExprText(scope: check.scope).text(argument.value)
      settings.roles[role.name] = (
        ModelInput(text: text, type: typed.type.base, expr: argument.value), typed
      )
      return true
    }
    guard let parameter = estimator.parameters.first(where: { $0.name == name.text }) else {
      check.report(.unknownEstimatorArgument(name, estimator))
      return false
    }
    let reading = ArgumentReading(checker: checker, scope: check.scope, parameter: parameter)
    switch reading.read(argument.value) {
    case .value(let value): settings.arguments[name.text] = value
    case .search(let choices):
      settings.search.append(SearchedArgument(name: name.text, choices: choices))
    case .failed: return false
    }
    return true
  }
}
