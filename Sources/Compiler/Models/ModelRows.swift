import Diagnostics
import Syntax
import Values

/// Puts what a model reads of each row behind the columns of a relation, or in their place.
struct ModelRows {
  let check: StageCheck
  let model: ModelValue
  private var items: [NamedExpr] = []

  init(_ check: StageCheck, _ model: ModelValue) {
    self.check = check
    self.model = model
  }

  private var shape: ModelShape { model.shape }

  /// `nil` after a mistake was reported: a column that the model reads is not there.
  mutating func addFeatures() -> Bool {
    for (place, feature) in shape.features.enumerated() {
      guard add(ModelColumn.feature(place), feature, as: .feature) else { return false }
    }
    if let offset = shape.role(.offset) {
      guard add(ModelColumn.offset, offset, as: .number) else { return false }
    }
    for (place, key) in shape.keys.enumerated() {
      guard add(ModelColumn.key(place), key, as: .plain) else { return false }
    }
    return true
  }

  /// Of a feature that is computed from one column, such as `log(tenure + 1)`, the column itself:
  /// a reader knows it, and the number made of it says nothing to them. Where two features are made
  /// of it their own words tell them apart; what has a label stays where it is.
  mutating func addOrigins() {
    let features = items.filter { $0.name.hasPrefix("#feature") }
    for (place, feature) in features.enumerated() {
      let sources = feature.expr.columnUses.keys
      guard let source = sources.first, sources.count == 1, shape.features[place].text != source,
        features.count(where: { $0.expr.columnUses[source] != nil }) == 1,
        let column = check.input.schema[source], column.type.labels.privacy.isEmpty,
        !column.type.labels.isKey, FeatureCheck.canLearn(from: column.type.base)
      else { continue }
      items.append(NamedExpr(ModelColumn.told(place, source), .column(column, check.span)))
    }
  }

  mutating func addTarget() -> Bool {
    if let group = shape.role(.group), !add(ModelColumn.group, group, as: .plain) { return false }
    guard let survival = SurvivalTarget(shape.target.expr), shape.answer == .risk else {
      return add(ModelColumn.target, shape.target, as: shape.answer == .number ? .number : .plain)
    }
    let text = ExprText(scope: model.scope)
    return add(
      ModelColumn.target,
      ModelInput(text: text.text(survival.time), type: .float, expr: survival.time), as: .number)
      && add(
        ModelColumn.event,
        ModelInput(text: text.text(survival.event), type: .bool, expr: survival.event), as: .plain)
  }

  mutating func add(_ name: String, _ expr: TypedExpr) { items.append(NamedExpr(name, expr)) }

  private enum Reading { case feature, number, plain }

  private mutating func add(_ name: String, _ wanted: ModelInput, as reading: Reading) -> Bool {
    let features = FeatureCheck(checker: check.checker, input: check.input, scope: model.scope)
    let mark = check.checker.diagnostics.count
    var typed: TypedExpr =
      switch reading {
      case .feature: feature(wanted.expr, features)
      case .number: features.number(features.value(wanted.expr))
      case .plain: features.value(wanted.expr)
      }
    if typed.isFailed {
      check.checker.pointAtModel(since: mark, model, wanted, at: check.span)
      return false
    }
    if reading != .number {
      guard let fitted = fit(typed, wanted) else { return false }
      typed = fitted
    }
    items.append(NamedExpr(name, typed))
    return true
  }

  /// A column in which nothing is known is one of missing values.
  private func feature(_ expr: Expr, _ features: FeatureCheck) -> TypedExpr {
    let typed = features.value(expr)
    return typed.type.base == .null ? typed : features.feature(expr)
  }

  /// A whole number where floats were learned is one; other types are a mistake.
  private func fit(_ typed: TypedExpr, _ wanted: ModelInput) -> TypedExpr? {
    if typed.type.base == wanted.type { return typed }
    let features = FeatureCheck(checker: check.checker, input: check.input, scope: model.scope)
    if typed.type.base.isNumber, wanted.type.isNumber {
      return wanted.type == .float ? features.number(typed) : typed
    }
    if typed.type.base == .null {
      return TypedExpr(.literal(.null), ValueType(wanted.type, nullable: true), typed.span)
    }
    check.report(
      Diagnostic(
        .modelInput, "`\(wanted.text)` is \(TypeRules.article(typed.type.base)) here",
        at: check.span,
        label: "\(model.words) learned \(TypeRules.article(wanted.type))",
        help: ["convert it before: `derive \(wanted.text) = \(wanted.type)(\(wanted.text))`"]))
    return nil
  }

  /// Behind the columns of the relation.
  func behind() -> LogicalPlan {
    cut(
      Projection.plan(check.input, Projection.identity(check.input, check.span) + items, check.span)
    )
  }

  /// In their place, sorted so that nothing depends on how the rows came.
  func alone() -> LogicalPlan {
    var rows = TrainingRowsPlan(input: check.input, span: check.span)
    for item in items { rows.add(item.name, item.expr) }
    return rows.plan(cut)
  }

  private func cut(_ plan: LogicalPlan) -> LogicalPlan {
    guard check.checker.hostCall != nil else { return plan }
    check.checker.hostCall = nil
    return HostSteps.cut(plan)
  }
}

extension Checker {
  /// A finding about an input of a model is shown at the stage that uses the model: the text of
  /// the input may stand in another file.
  func pointAtModel(since mark: Int, _ model: ModelValue, _ input: ModelInput, at span: Span) {
    for index in diagnostics.indices.dropFirst(mark) {
      var moved = diagnostics[index]
      guard moved.severity == .error, let place = moved.span, place != span else { continue }
      if moved.code == .unknownColumn {
        moved.notes.insert(.init("\(model.words) reads it as `\(input.text)`", at: place), at: 0)
      }
      moved.span = span
      moved.label = "\(model.words) needs `\(input.text)`"
      diagnostics[index] = moved
    }
  }

  /// The model in a slot that wants one: `predict churn`, `evaluate model "churn@3"`.
  func checkModelOperand(_ expr: Expr, _ verb: String, _ scope: Scope) -> ModelValue? {
    let got: String
    switch checkHead(expr, scope) {
    case .model(let model): return model
    case .failed: return nil
    case .relation: got = "a relation"
    case .value(let value): got = "a value of type \(value.type)"
    case .chart: got = "a chart"
    case .record: got = "several relations"
    }
    let known = scope.boundNames.filter {
      if case .model? = scope.bindings[$0] { true } else { false }
    }
    report(.needsModel("`\(verb)`", got: got, at: expr.span, known: known.sorted()))
    return nil
  }
}
