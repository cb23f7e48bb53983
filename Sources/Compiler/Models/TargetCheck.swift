import Diagnostics
import Syntax
import Values

/// What a `train` is to predict, and what the model reads for it.
struct CheckedTarget {
  var answer: ModelAnswer
  var type: DataType
  /// One column, or a time and whether it ended with the event.
  var inputs: [Input]

  struct Input {
    /// As the program says it.
    var text: String
    /// Where it goes, of `ModelColumn`.
    var column: String
    var typed: TypedExpr
    /// As the model reads it.
    var value: TypedExpr
  }
}

/// Checks the left side of a formula for an estimator.
struct TargetCheck {
  let check: StageCheck
  let estimator: EstimatorSignature
  let formula: Formula

  private var features: FeatureCheck {
    FeatureCheck(checker: check.checker, input: check.input, scope: check.scope)
  }
  private func text(_ expr: Expr) -> String { ExprText(scope: check.scope).text(expr) }

  /// `nil` after a mistake was reported.
  func target() -> CheckedTarget? {
    guard let expr = formula.target else {
      check.report(.missingTarget(estimator.name, at: formula.span))
      return nil
    }
    if SurvivalTarget.isMeant(by: expr) { return survival(expr) }
    let typed = features.value(expr)
    guard !typed.isFailed else { return nil }
    guard let answer = answer(typed.type.base) else {
      check.report(.targetMisfit(estimator, typed, near: text(expr)))
      return nil
    }
    let value = answer == .number ? features.number(typed) : typed
    return CheckedTarget(
      answer: answer, type: typed.type.base,
      inputs: [.init(text: text(expr), column: ModelColumn.target, typed: typed, value: value)])
  }

  private func answer(_ type: DataType) -> ModelAnswer? {
    let tasks = Set(estimator.tasks)
    switch type {
    case .bool: return tasks.contains(.binary) ? .probability : nil
    case .text: return tasks.contains(.binary) || tasks.contains(.multiclass) ? .classes : nil
    case .int where tasks.contains(.ranking): return .rank
    case .int, .float, .decimal, .duration: return tasks.contains(.regression) ? .number : nil
    case .date, .timestamp, .months, .period, .list, .record, .json, .null: return nil
    }
  }

  /// `survival(months, churned)`: how long a case was watched, and whether it ended then.
  private func survival(_ expr: Expr) -> CheckedTarget? {
    guard let target = SurvivalTarget(expr) else {
      check.report(.survivalArguments(at: expr.span))
      return nil
    }
    let (time, event) = (features.value(target.time), features.value(target.event))
    guard !time.isFailed, !event.isFailed else { return nil }
    guard time.type.base.isNumber || time.type.base == .duration else {
      check.report(.survivalTime(time))
      return nil
    }
    guard event.type.base == .bool else {
      check.report(.survivalEvent(event, text(target.event)))
      return nil
    }
    guard estimator.tasks.contains(.survival) else {
      check.report(
        .survivalMisfit(
          estimator, known: check.checker.catalog.estimators,
          within: "\(text(target.event)) and \(text(target.time)) <= 12", at: expr.span))
      return nil
    }
    let inputs = [
      CheckedTarget.Input(
        text: text(target.time), column: ModelColumn.target, typed: time,
        value: features.number(time)),
      CheckedTarget.Input(
        text: text(target.event), column: ModelColumn.event, typed: event, value: event),
    ]
    return CheckedTarget(answer: .risk, type: .float, inputs: inputs)
  }

  /// Whether a feature reads what is to be predicted; reports it.
  func isAmong(_ all: [TrainCheck.CheckedFeature], _ target: CheckedTarget) -> Bool {
    for name in target.inputs.compactMap(\.typed.columnName) {
      guard let feature = all.first(where: { $0.typed.columnUses[name] != nil }) else { continue }
      check.report(
        Diagnostic(
          .badFormula, "the target is among the features", at: feature.input.expr.span,
          label: "reads `\(name)`, which is to be predicted",
          help: ["a model that knows the answer learns nothing: leave it out"]))
      return true
    }
    return false
  }
}

/// `survival(months, churned)` on the left of a formula.
struct SurvivalTarget {
  static let name = "survival"

  var time: Expr
  var event: Expr

  static func isMeant(by expr: Expr) -> Bool {
    if case .call(let name, _) = expr.kind { name.text == Self.name } else { false }
  }

  init?(_ expr: Expr) {
    guard case .call(let name, let arguments) = expr.kind, name.text == Self.name,
      arguments.count == 2, arguments.allSatisfy({ $0.name == nil })
    else { return nil }
    time = arguments[0].value
    event = arguments[1].value
  }
}

extension Diagnostic {
  fileprivate static func survivalArguments(at span: Span) -> Diagnostic {
    Diagnostic(
      .badFormula, "`survival` takes a time and whether it ended then", at: span,
      label: "not two arguments without names",
      help: ["`survival(months, churned) ~ plan`: who has not churned was watched for so long"])
  }

  fileprivate static func survivalTime(_ time: TypedExpr) -> Diagnostic {
    Diagnostic(
      .badFormula, "the time of `survival` is a number or a duration, 0 or more", at: time.span,
      label: "this is \(time.type)",
      help: ["from a first to a last day: `survival(last - first, churned)`"])
  }

  fileprivate static func survivalEvent(_ event: TypedExpr, _ text: String) -> Diagnostic {
    Diagnostic(
      .badFormula, "the second of `survival` says whether it happened", at: event.span,
      label: "this is \(event.type)",
      help: event.type.base.isNumber ? ["make a condition of it: `\(text) == 1`"] : [])
  }

  fileprivate static func survivalMisfit(
    _ estimator: EstimatorSignature, known: [EstimatorSignature], within: String, at span: Span
  ) -> Diagnostic {
    let learned = estimator.tasks.map(\.target).joined(separator: ", ")
    let able = known.filter { $0.tasks.contains(.survival) }.map { "`\($0.name)`" }
    return Diagnostic(
      .badFormula, "`\(estimator.name)` does not learn \(TaskKind.survival.target)", at: span,
      label: "a time, and whether it happened then",
      help: [
        "it learns \(learned)",
        able.isEmpty
          ? "no estimator that is loaded learns it; a module can bring one: `use ...`"
          : "estimators that do: \(able.joined(separator: ", "))",
        "or ask whether it happens soon, of cases watched for that long: `derive soon = \(within)`",
      ])
  }
}
