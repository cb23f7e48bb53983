import Diagnostics
import Syntax
import Values

extension Checker {
  /// `model "churn"`, `model "churn@3"`: pinned to its version when it is checked.
  func keptModel(_ path: TextLiteral, _ span: Span, _ scope: Scope) -> Checked {
    let text = Expr(.text(path), path.span)
    guard let reference = constantText(text, "the name of a model", scope) else { return .failed }
    switch catalog.model(reference, at: path.span) {
    case .failure(let diagnostic):
      report(diagnostic)
      return .failed
    case .success(let found):
      if let writer = found.training.writtenBy { uses.insert(writer) }
      return .model(
        ModelValue(
          use: found.use, shape: found.shape, scope: prelude,
          training: scan(of: found.training, span), source: found.source, name: nil, span: span,
          trainedKeys: found.programKeys
            ?? found.keys.map { keys in
              TrainedKeys(
                columns: keys.columns, digests: scan(of: keys.digests, span), salt: keys.salt)
            }))
    }
  }

  /// Binds a model; its `train` learns the name.
  func bind(_ model: ModelValue, to name: Name) {
    var model = model
    model.name = name.text
    for index in steps.indices {
      if case .train(var plan) = steps[index], plan.use == model.use {
        plan.name = plan.name ?? name.text
        steps[index] = .train(plan)
      }
    }
    if case .reference = model.training.op {
    } else {
      model.training.facts.name = "\(name.text)_training"
    }
    scope.bind(name.text, .model(model), at: name.span)
  }

  /// `churn.importance`; nil of any other field.
  func partOfModel(_ base: Expr, _ name: Name, _ context: ExprContext) -> Checked? {
    let model: ModelValue
    switch base.kind {
    case .variable(let given):
      guard case .model(let found)? = context.scope.bindings[given] else { return nil }
      model = found
    case .name(let given):
      guard case .none = context.row, case .model(let found)? = context.scope.bindings[given] else {
        return nil
      }
      model = found
    case .source(.model, let path):
      guard case .model(let found) = keptModel(path, base.span, context.scope) else {
        return .failed
      }
      model = found
    default: return nil
    }
    return part(name, of: model)
  }

  private func part(_ name: Name, of model: ModelValue) -> Checked {
    need(model)
    if name.text == "training" { return .relation(model.training) }
    let parts = model.shape.parts
    guard let part = parts.first(where: { $0.name == name.text }) else {
      let names = parts.map(\.name) + ["training"]
      let near = ForeignModels.part(name.text) ?? Suggestion.nearest(to: name.text, in: names)
      report(
        Diagnostic(
          .unknownPart, "\(model.words) has no part `\(name.text)`", at: name.span,
          label: "not a part",
          help: [
            near.map { "did you mean `\($0)`?" } ?? "its parts: \(names.joined(separator: ", "))"
          ]))
      return .failed
    }
    return .relation(rows(of: part, model, name.span))
  }

  func rows(of part: ModelPart, _ model: ModelValue, _ span: Span) -> LogicalPlan {
    LogicalPlan(
      .computed([], Computation(work: .part(model.use, part.name))),
      schema: Schema(part.columns),
      facts: Facts(order: .source, name: "\(model.name ?? "model")_\(part.name)"), span: span)
  }

  /// The statement at hand waits for the one that trains the model.
  func need(_ model: ModelValue) {
    if case .trained(let id) = model.use { uses.insert(id) }
  }

  /// A model in the place of a relation or a value.
  func reportModel(_ model: ModelValue, at span: Span) {
    let name = model.name ?? "churn"
    report(
      Diagnostic(
        .notARelation, "\(model.words) is a model, not a relation", at: span,
        label: "what of it is meant?",
        help: [
          "its tables: `\(name).importance`, `\(name).metrics`, `\(name).card`",
          "on rows: `rows | predict \(name) as p`, `rows | evaluate \(name)`",
        ]))
  }

  /// What stands behind a model: `save model "churn"`, `show`.
  func apply(_ stage: Stage, toModel model: ModelValue, _ scope: Scope) -> Checked {
    guard stage.isVerb, let verb = stage.path.first?.text else {
      reportModel(model, at: stage.span)
      return .failed
    }
    switch verb {
    case "show":
      guard let title = optionalTitle(stage, scope) else { return .failed }
      steps.append(.show(.relation(card(of: model, stage.span)), title: title.text ?? model.title))
      return .model(model)
    case "save": return save(model, stage, scope)
    default:
      reportModel(model, at: stage.span)
      return .failed
    }
  }

  func card(of model: ModelValue, _ span: Span) -> LogicalPlan {
    let card = model.shape.parts.first { $0.name == "card" }
    return rows(of: card ?? ModelPart("card", "", []), model, span)
  }

  private func save(_ model: ModelValue, _ stage: Stage, _ scope: Scope) -> Checked {
    guard let item = stage.items.first, case .source(.model, let path) = item.expr.kind else {
      report(
        .mismatch(
          "a model is saved under a name", at: stage.span, label: "not to a file",
          help: ["`save model \"churn\"` adds a version to the registry of models"]))
      return .failed
    }
    if let clause = stage.clauses.first {
      report(
        .clauseNotHere(clause.word.rawValue, verb: "save model", allowed: [], at: clause.span))
      return .failed
    }
    let text = Expr(.text(path), path.span)
    guard let name = constantText(text, "the name of a model", scope) else { return .failed }
    guard ModelName.isFit(name) else {
      report(.badModelName(name, at: path.span))
      return .failed
    }
    guard isPortable(model, stage.span) else { return .failed }
    let saved = SavedModel(
      name: name, use: model.use, shape: model.shape, training: model.training,
      keys: model.trainedKeys ?? model.source.flatMap { TrainedKeys(of: $0, stage.span) },
      source: model.source, span: stage.span)
    steps.append(.saveModel(saved))
    if !mayNotRun {
      let id = newBinding()
      written.append(id)
      catalog.promise(model: saved, by: id)
    }
    return .model(model)
  }

  /// Whether the texts of its inputs say the same in another program.
  private func isPortable(_ model: ModelValue, _ span: Span) -> Bool {
    let shape = model.shape
    let inputs = shape.features + [shape.target] + shape.keys + shape.roles.values
    for input in inputs {
      guard let word = foreignWord(in: input.expr, model.scope) else { continue }
      report(
        Diagnostic(
          .notKept, "`\(input.text)` means nothing outside of this program", at: input.expr.span,
          label: "`\(word)` stays here",
          notes: [.init("the model is to be saved here", at: span)],
          help: ["`derive` it as a column first, and use the column in the formula"]))
      return false
    }
    return true
  }

  /// A function or a name of this program only.
  private func foreignWord(in expr: Expr, _ scope: Scope) -> String? {
    switch expr.kind {
    case .variable(let name):
      if case .value(let value)? = scope.bindings[name], value.constant != nil { return nil }
      if case .column(let argument)? = scope.bindings[name] {
        return foreignWord(in: argument.expr, argument.scope)
      }
      return "$\(name)"
    case .call(let name, _)
    where scope.functions[name.text] != nil && prelude.functions[name.text] == nil:
      return name.text
    case .qualifiedCall(_, let name, _): return name.text
    case .pipeline, .source, .rows: return "..."
    default: break
    }
    for child in expr.children {
      if let word = foreignWord(in: child, scope) { return word }
    }
    return nil
  }
}

extension ModelValue {
  var title: String { name.map { "Model \($0)" } ?? "Model" }
}

/// Names in the registry become folders.
package enum ModelName {
  package static func isFit(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, bytes.count <= 80 else { return false }
    return bytes.enumerated().allSatisfy { place, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      case UInt8(ascii: "-"), UInt8(ascii: "."): place > 0
      default: false
      }
    }
  }
}

extension Diagnostic {
  static func badModelName(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownModel, "`\(Exit.escape(name, for: .terminal))` cannot be the name of a model",
      at: span,
      label: "letters, digits, `_`, `-` and `.`", help: ["`save model \"churn\"`"])
  }
}
