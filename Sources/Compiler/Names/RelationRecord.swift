import Diagnostics
import Syntax

/// Relations under one name: `parts.train`, `parts.test`.
struct RelationRecord {
  struct Part {
    var name: String
    var plan: LogicalPlan
  }

  /// What made them: `split`.
  var maker: String
  var parts: [Part]
  var span: Span

  var names: [String] { parts.map(\.name) }
}

extension Checker {
  /// `parts.train`, where `parts` is a record of relations; nil of any other field.
  func partOfRecord(_ base: Expr, _ name: Name, _ context: ExprContext) -> Checked? {
    let given: String
    switch base.kind {
    case .variable(let text): given = text
    case .name(let text):
      guard case .none = context.row else { return nil }
      given = text
    case .pipeline(let pipeline):
      guard pipeline.stages.last?.makesParts == true else { return nil }
      guard case .record(let record) = checkPipeline(pipeline, .outside(context.scope)) else {
        return .failed
      }
      return part(name, of: record, as: "`\(record.maker)`")
    default: return nil
    }
    guard case .record(let record)? = context.scope.bindings[given] else { return nil }
    let result = part(name, of: record, as: "`\(given)`")
    if case .relation(let plan) = result, case .reference(let id, _, _) = plan.op {
      uses.insert(id)
    }
    return result
  }

  private func part(_ name: Name, of record: RelationRecord, as owner: String) -> Checked {
    if let part = record.parts.first(where: { $0.name == name.text }) {
      return .relation(part.plan)
    }
    let near = Suggestion.nearest(to: name.text, in: record.names)
    report(
      Diagnostic(
        .unknownBinding, "\(owner) has no part `\(name.text)`", at: name.span,
        label: "not a part",
        help: [
          near.map { "did you mean `\($0)`?" }
            ?? "its parts: \(record.names.joined(separator: ", "))"
        ]))
    return .failed
  }

  /// Binds each part under an identity of its own: what is known of one is not of the others.
  func bind(_ record: RelationRecord, to name: Name, _ defines: inout [BindingID]) {
    var record = record
    for position in record.parts.indices {
      let id = newBinding()
      defines.append(id)
      let part = record.parts[position]
      let alias = "\(name.text)_\(part.name)"
      steps.append(.define(id, name: alias, part.plan))
      record.parts[position].plan = Self.reference(id, alias, part.plan)
    }
    scope.bind(name.text, .record(record), at: name.span)
  }

  /// A record of relations where one relation is wanted.
  func reportParts(_ record: RelationRecord, named name: String? = nil, at span: Span) {
    let owner = name ?? "parts"
    let all = record.names.map { "`\(owner).\($0)`" }.joined(separator: ", ")
    report(
      Diagnostic(
        .notARelation, "`\(name ?? record.maker)` is not a relation: it has parts", at: span,
        label: "which of them?",
        help: [
          name == nil
            ? "give them a name, `let parts = ... | \(record.maker) ...`, and go on with \(all)"
            : "write \(all)"
        ]))
  }
}

extension Stage {
  fileprivate var makesParts: Bool { isVerb && path.first?.text == "split" }
}
