package import Diagnostics
import Values

/// What is shown in the place of a column labelled `pii`, on screens and in reports alike. The
/// query that is run gives it, so that the values do not even reach what prints them.
package enum PersonalData {
  package static let mask = "(masked)"

  /// The relation with a mask for each value that is there in its columns labelled `pii`.
  static func masked(_ plan: LogicalPlan) -> LogicalPlan {
    guard plan.schema.columns.contains(where: \.type.labels.isPII) else { return plan }
    let items = plan.schema.columns.map { column in
      NamedExpr(column.name, masked(.column(column, plan.span)))
    }
    return Projection.plan(plan, items, plan.span)
  }

  static func isMask(_ expr: TypedExpr) -> Bool {
    switch expr.kind {
    case .literal(.text(mask)): true
    case .conditional(let branches, _): branches.count == 1 && isMask(branches[0].value)
    default: false
    }
  }

  /// A single value likewise.
  static func masked(_ value: TypedExpr) -> TypedExpr {
    guard value.type.labels.isPII else { return value }
    let type = ValueType(.text, nullable: value.type.isNullable)
    let hidden = TypedExpr(.literal(.text(mask)), type, value.span)
    guard value.type.isNullable else { return hidden }
    let nothing = TypedExpr(.literal(.null), ValueType(.null, nullable: true), value.span)
    let isThere = TypedExpr(
      .compare(.notEqual, value, nothing), ValueType(.bool), value.span)
    return TypedExpr(
      .conditional([TypedBranch(condition: isThere, value: hidden)], otherwise: nothing), type,
      value.span)
  }
}

extension LogicalPlan {
  /// Whether a column labelled `pii` is in it, or in what it is made of.
  package var readsPersonalData: Bool {
    var seen: Set<BindingID> = []
    return reads(beside: &seen) { $0.isPII }
  }

  /// Whether its rows, or those that it is made of, are about people who can be told apart.
  package var readsPeople: Bool {
    var seen: Set<BindingID> = []
    return reads(beside: &seen) { $0.isPersonal || $0.isPseudonym }
  }

  /// A relation that several read is looked at once.
  private func reads(
    beside seen: inout Set<BindingID>, _ isMeant: (LabelSet) -> Bool
  ) -> Bool {
    if schema.columns.contains(where: { isMeant($0.type.labels) }) { return true }
    if case .reference(let id, _, _) = op, !seen.insert(id).inserted { return false }
    return inputs.contains { $0.reads(beside: &seen, isMeant) }
  }
}

extension FailureSite {
  /// Whether the engine's words hold values of the rows.
  package var tellsValues: Bool {
    switch self {
    case .conversion, .arithmetic, .reading: true
    case .only, .range, .length: false
    }
  }
}

extension Diagnostic {
  /// Takes the engine's words out, which may quote what nobody is to see.
  package mutating func withholdValues() {
    if code == .conversionFailed { title = "a value could not be converted" }
    notes = [.init("the value is not shown: the rows hold columns labelled pii")]
  }
}

extension StageCheck {
  /// Whether nothing personal is among what a file would hold; reports the first column that is.
  func mayLeave(to target: SaveTarget) -> Bool {
    guard let column = input.schema.columns.first(where: \.type.labels.isPII) else { return true }
    report(.wouldLeave(column.name, "be written to a file", at: target.span))
    return false
  }
}

extension Diagnostic {
  static func noPseudonymKey(isShort: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      .noPseudonymKey,
      isShort ? "the secret of `pseudonym` is too short" : "`pseudonym` needs a secret", at: span,
      label: isShort
        ? "at least \(RunConstants.leastKeyLength) bytes, so that nobody finds it by trying"
        : "WHOM_PSEUDONYM_KEY is not set",
      help: [
        "set WHOM_PSEUDONYM_KEY in the environment, once for all runs:"
          + " `openssl rand -hex 32` makes a good one"
      ])
  }

  /// `what` as in "would be written to a file".
  static func wouldLeave(_ column: String, _ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .personalData, "`\(column)` is personal and would \(what)", at: span,
      label: "`\(column)` is labelled pii",
      help: [
        "leave it out, or hide who it is: `mask(\(column))`, `pseudonym(\(column))`",
        "where it must leave, say why before: `reveal \(column) because \"...\"`",
      ])
  }
}
