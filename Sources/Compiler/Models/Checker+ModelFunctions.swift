import Diagnostics
import Syntax
import Values

// `parts.test | permutation_importance(churn)`, `parts.test | partial_dependence(churn, tenure)`:
// what a model makes of rows, as relations.
extension Checker {
  static let modelFunctions = ["permutation_importance", "partial_dependence"]

  func modelFunction(_ stage: Stage, _ input: LogicalPlan, _ scope: Scope) -> Checked {
    guard let name = stage.path.last else { return .failed }
    let check = StageCheck(checker: self, stage: stage, input: input, scope: scope)
    let isDependence = name.text == "partial_dependence"
    let wanted = isDependence ? "a model and a column that it reads" : "a model"
    guard stage.arguments.count == (isDependence ? 2 : 1), stage.clauses.isEmpty,
      let first = stage.arguments.first
    else {
      report(
        .argumentCount(name.text, expected: wanted, got: stage.arguments.count, at: stage.span))
      return .failed
    }
    guard let model = checkModelOperand(first.value, name.text, scope) else { return .failed }
    return isDependence
      ? dependence(check, model, stage.arguments[1].value) : permutation(check, model)
  }

  private func permutation(_ check: StageCheck, _ model: ModelValue) -> Checked {
    var rows = ModelRows(check, model)
    guard rows.addFeatures(), rows.addTarget() else { return .failed }
    let schema = Schema([
      Column("feature", ValueType(.text)), Column("importance", ValueType(.float)),
      Column("deviation", ValueType(.float)), Column("loss", ValueType(.text)),
      Column("n", ValueType(.int)),
    ])
    return .relation(check.computed(.permutation(model.use), [rows.alone()], schema))
  }

  private func dependence(_ check: StageCheck, _ model: ModelValue, _ column: Expr) -> Checked {
    let text = ExprText(scope: check.scope).text(column)
    guard let feature = model.shape.features.first(where: { $0.text == text }) else {
      let known = model.shape.features.map(\.text)
      let near = Suggestion.nearest(to: text, in: known)
      report(
        Diagnostic(
          .badArgument, "\(model.words) does not read `\(text)`", at: column.span,
          label: "not one of its features",
          help: [
            near.map { "did you mean `\($0)`?" } ?? "it reads \(known.joined(separator: ", "))"
          ]))
      return .failed
    }
    guard model.shape.answer != .classes else {
      report(
        Diagnostic(
          .badArgument, "there is no one dependence of several classes", at: column.span,
          label: "the target is a text",
          help: ["train on a condition, `is_a = kind == \"a\"`, to see what moves it"]))
      return .failed
    }
    var rows = ModelRows(check, model)
    guard rows.addFeatures() else { return .failed }
    let type: DataType =
      switch feature.type {
      case .int, .float, .decimal, .duration: .float
      case .bool: .bool
      default: .text
      }
    let schema = Schema([
      Column(text, ValueType(type)), Column("prediction", ValueType(.float)),
      Column("n", ValueType(.int)),
    ])
    return .relation(check.computed(.dependence(model.use, feature: text), [rows.alone()], schema))
  }
}
