import Diagnostics
import Syntax
import Values

/// A column that a `train` reads, and what for: labels decide whether it may.
struct LabelledUse {
  enum Purpose { case feature, target, key, weight, offset, group }

  var purpose: Purpose
  var text: String
  var typed: TypedExpr
  var span: Span
}

extension TrainCheck {
  /// What is read beside the features.
  func purposes(
    _ target: CheckedTarget, _ keys: [(ModelInput, TypedExpr)], _ roles: [String: TypedExpr],
    _ weight: TypedExpr?
  ) -> [LabelledUse] {
    let text = ExprText(scope: check.scope)
    var uses = target.inputs.map { input in
      LabelledUse(purpose: .target, text: input.text, typed: input.typed, span: input.typed.span)
    }
    for (input, typed) in keys {
      uses.append(
        LabelledUse(purpose: .key, text: input.text, typed: typed, span: input.expr.span))
    }
    for role in estimator.roles {
      guard let typed = roles[role.name] else { continue }
      uses.append(
        LabelledUse(
          purpose: role.kind == .group ? .group : .offset, text: typed.columnName ?? role.name,
          typed: typed, span: typed.span))
    }
    if let weight, let item = check.clause(.weight)?.items.first {
      uses.append(
        LabelledUse(
          purpose: .weight, text: text.text(item.expr), typed: weight, span: item.expr.span))
    }
    return uses
  }

  // MARK: Products

  /// Where features are not multiplied, those of a product stand for themselves.
  func standAlone(_ terms: inout Terms, _ written: [[FormulaTerms.Factor]]) {
    let products = written.filter { $0.count > 1 }
    guard let first = products.first else { return }
    let names = first.compactMap { expr(of: $0) }
    let quoted = names.map { "`\(ExprText(scope: check.scope).text($0))`" }
    let span = names.dropFirst().reduce(names.first?.span ?? formula.span) { $0.union($1.span) }
    let more = products.count == 1 ? "" : ", and so do those of \(products.count - 1) more"
    check.report(
      Diagnostic(
        .trainingNotice, "`\(estimator.name)` does not multiply features", at: span,
        label: "\(quoted.joined(separator: " and ")) stand for themselves here\(more)",
        help: ["to learn from a product, `derive` it as a column"]))
    terms.products = terms.features.map { [$0.input.text] }
  }

  // MARK: Arguments

  /// Whether the arguments fit what is to be learned; reports the first that does not.
  func fits(
    _ given: [String: ArgumentValue], _ search: [SearchedArgument], _ answer: ModelAnswer
  ) -> Bool {
    let task = answer.tasks.first { estimator.tasks.contains($0) } ?? .regression
    for parameter in estimator.parameters {
      var values = given[parameter.name].map { [$0] } ?? []
      for argument in search where argument.name == parameter.name {
        if case .list(let all) = argument.choices { values = all } else { values = [.automatic] }
      }
      if values.isEmpty {
        guard parameter.needed.contains(task) else { continue }
        check.report(.neededArgument(parameter, estimator, task, at: using.span))
        return false
      }
      let span = using.arguments.first { $0.name?.text == parameter.name }?.value.span
      if let tasks = parameter.tasks, !answer.tasks.contains(where: tasks.contains) {
        check.report(.idleArgument(parameter, task, at: span ?? using.span))
        return false
      }
      if let value = values.first(where: { !parameter.fits($0, task) }) {
        check.report(.argumentMisfit(parameter, value, task, at: span ?? using.span))
        return false
      }
      if let idle = idle(parameter, given, search, at: span ?? using.span) {
        check.report(idle)
        return false
      }
    }
    return true
  }

  /// What is to be said of an argument that no value of another one makes count.
  private func idle(
    _ parameter: EstimatorParameter, _ given: [String: ArgumentValue],
    _ search: [SearchedArgument], at span: Span
  ) -> Diagnostic? {
    let name: String
    let fix: String
    switch parameter.condition {
    case nil: return nil
    case .without(let other):
      guard given[other] != nil || search.contains(where: { $0.name == other }) else { return nil }
      (name, fix) = ("where `\(other)` is given", "leave one of the two out")
    case .with(let other, let value):
      var values = [
        given[other] ?? estimator.parameters.first { $0.name == other }?.initial ?? .automatic
      ]
      for argument in search where argument.name == other {
        if case .list(let all) = argument.choices { values = all }
      }
      if values.contains(.text(value)) { return nil }
      (name, fix) = ("without `\(other) = \"\(value)\"`", "write that too, or leave it out")
    }
    return Diagnostic(
      .badArgument, "`\(parameter.name)` says nothing \(name)", at: span,
      label: "it would change nothing", help: [fix])
  }

  /// Whether arguments that name features name some of the formula, as it writes them.
  func namesFeatures(_ given: [String: ArgumentValue], _ features: [String]) -> Bool {
    for name in ["increasing", "decreasing"] {
      guard case .texts(let wanted)? = given[name] else { continue }
      guard let strange = wanted.first(where: { !features.contains($0) }) else { continue }
      let span = using.arguments.first { $0.name?.text == name }?.value.span ?? using.span
      let near =
        features.first { $0.contains("(\(strange))") }
        ?? Suggestion.nearest(to: strange, in: features)
      check.report(
        Diagnostic(
          .badArgument, "the formula has no feature `\(strange)`", at: span,
          label: "not one of its terms",
          help: [
            near.map {
              "did you mean `\(name) = [\"\($0)\"]`? A feature is named as the formula writes it"
            }
              ?? "its features: \(features.map { "`\($0)`" }.joined(separator: ", "))"
          ]))
      return false
    }
    return true
  }

  // MARK: The card

  /// What a reader of the card wants to know of the `train` and cannot see in its formula.
  func facts(
    _ shape: ModelShape, _ search: [SearchedArgument], leaving used: Set<String>,
    types: [ValueType]
  ) -> [ModelFact] {
    var facts: [ModelFact] = []
    func add(_ name: String, _ parts: [String]) {
      if !parts.isEmpty { facts.append(ModelFact(name, parts.joined(separator: ", "))) }
    }
    let text = ExprText(scope: check.scope)
    add("trained on", [input.facts.name].compactMap { $0 })
    // Within a function `$` names are its own, outside those of the program.
    let outer = ExprText(scope: check.checker.scope)
    let calls = check.checker.calls
    let functions = Set(check.checker.expansions.map(\.function) + calls.map(\.function))
    var query = QueryText(calls: calls, functions: functions) { [catalog = checker.catalog] span in
      let isInside = functions.contains { $0.covers(span) }
      return catalog.text(at: span).map(isInside ? text.filled : outer.filled)
    }
    add("query", [query.of(input)].compactMap { $0 })
    add("by", shape.keys.map(\.text))
    add("weight", (check.clause(.weight)?.items ?? []).map { text.text($0.expr) })
    for role in estimator.roles { add(role.name, [shape.roles[role.name]?.text].compactMap { $0 }) }
    if check.clause(.folds) != nil {
      add("folds on", (check.clause(.on)?.items ?? []).map { text.text($0.expr) })
    }
    add("searched", search.map { "\($0.name) = \($0.choices.words)" })
    add(
      "columns",
      zip(shape.features, types).map { "\($0.text) \($1.base)\($1.isNullable ? "?" : "")" })
    if formula.terms.contains(where: \.term.hasEverything) { add("left out by `.`", leftOut(used)) }
    if !shape.features.isEmpty {
      add(
        "missing values",
        [
          estimator.takesProducts
            ? "the mean of training, marked by a feature of its own; a text never seen counts as the average row"
            : "kept as missing, where training learned they belong"
        ])
    }
    return facts
  }

  /// `id (key), email (pii), note (list<text>)`
  private func leftOut(_ used: Set<String>) -> [String] {
    input.schema.columns.compactMap { column in
      let labels = column.type.labels
      let isPrivate = labels.isKey || !labels.privacy.isEmpty
      if used.contains(column.name) { return nil }
      if isPrivate { return "\(column.name) (\(labels))" }
      return FeatureCheck.canLearn(from: column.type.base)
        ? nil : "\(column.name) (\(column.type.base))"
    }
  }
}

extension Formula.Term {
  /// Whether `.` is in it.
  fileprivate var hasEverything: Bool {
    switch self {
    case .everything: true
    case .column, .call, .variable, .number: false
    case .group(let terms): terms.contains(where: \.term.hasEverything)
    case .interaction(let a, let b), .crossing(let a, let b): a.hasEverything || b.hasEverything
    }
  }
}

extension SearchedArgument.Choices {
  /// `15..127`, `[0.05, 0.1]`
  var words: String {
    switch self {
    case .list(let values): "[\(values.map(\.words).joined(separator: ", "))]"
    case .range(let low, let high, _):
      "\(ArgumentValue.number(low).words)..\(ArgumentValue.number(high).words)"
    }
  }
}

extension ModelAnswer {
  /// What an estimator may be asked for to give it.
  var tasks: [TaskKind] {
    switch self {
    case .number: [.regression]
    case .probability: [.binary]
    case .classes: [.multiclass, .binary]
    case .rank: [.ranking]
    case .risk: [.survival]
    }
  }
}

extension Diagnostic {
  static func neededArgument(
    _ parameter: EstimatorParameter, _ estimator: EstimatorSignature, _ task: TaskKind,
    at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(estimator.name)` needs `\(parameter.name)` for \(task.target)", at: span,
      label: "which one?",
      help: [
        "\(parameter.name): \(parameter.summary)"
      ])
  }

  static func idleArgument(
    _ parameter: EstimatorParameter, _ task: TaskKind, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .badArgument, "`\(parameter.name)` says nothing about \(task.target)", at: span,
      label: "it would change nothing", help: ["leave it out"])
  }

  static func argumentMisfit(
    _ parameter: EstimatorParameter, _ value: ArgumentValue, _ task: TaskKind, at span: Span
  ) -> Diagnostic {
    let fitting = (parameter.choices[task] ?? []).map { "\"\($0)\"" }
    return Diagnostic(
      .badArgument,
      "`\(parameter.name) = \(value.words)` does not fit \(task.target)", at: span,
      label: "it takes \(fitting.joined(separator: ", "))",
      help: ["leave it out, or make the target a number first: `derive y = int(...)`"])
  }
}
