import Diagnostics
import Syntax
import Values

extension Verb {
  static let union = Verb(
    name: "union", summary: "the rows of all relations one below the other, duplicates kept",
    form: "union other, another", clauses: [],
    details: """
      Columns are matched by name, never by place; all must be there on both sides, and numbers widen.
      The order is lost, so sort behind it.
      """,
    examples: [
      "rows [{a: 1, b: \"x\"}] | union rows [{b: \"y\", a: 2.5}] | sort a"
    ]
  ) { $0.combined(.unionAll) }

  static let except = Verb(
    name: "except", summary: "the different rows that the other relation does not have",
    form: "except other", clauses: [],
    details: """
      A set: duplicates fall together, and a missing value equals a missing value.
      """,
    examples: [
      "customers | select customer_id | except (orders | select customer_id)"
    ]
  ) { $0.combined(.except) }

  static let intersect = Verb(
    name: "intersect", summary: "the different rows that both relations have",
    form: "intersect other", clauses: [],
    details: """
      A set, as `except` is.
      """,
    examples: [
      "customers | select customer_id | intersect (orders | select customer_id)"
    ]
  ) { $0.combined(.intersect) }
}

/// Columns are matched by name, never by place; a type widens where it loses nothing.
extension StageCheck {
  fileprivate func combined(_ kind: LogicalPlan.Combination) -> Checked {
    var others: [LogicalPlan] = []
    for item in stage.items {
      guard let other = checker.checkRelationOperand(item.expr, scope) else { return .failed }
      guard agrees(other, at: item.span) else { return .failed }
      others.append(other)
    }
    guard let schema = schema(of: others) else { return .failed }
    if kind != .unionAll, let open = ([input] + others).first(where: \.isOpen) {
      warnIfOpen(open, "all of their columns tell rows apart")
    }
    let all = ([input] + others).map { aligned($0, to: schema) }
    var facts = Facts(name: input.facts.name)
    if kind != .unionAll { facts.uniqueKeys = [schema.names] }
    return .relation(LogicalPlan(.combine(kind, all), schema: schema, facts: facts, span: span))
  }

  /// Whether the other relation has the same names; reports those of either side.
  private func agrees(_ other: LogicalPlan, at place: Span) -> Bool {
    let missing = input.schema.names.filter { other.schema[$0] == nil }
    let surplus = other.schema.names.filter { input.schema[$0] == nil }
    guard !missing.isEmpty || !surplus.isEmpty else { return true }
    var notes: [String] = []
    if !missing.isEmpty { notes.append("it lacks \(quoted(missing))") }
    if !surplus.isEmpty { notes.append("it alone has \(quoted(surplus))") }
    var help = ["`\(verb)` matches columns by name: `rename`, `select` or `drop` on either side"]
    if missing.count == 1, surplus.count == 1 {
      help.insert("write `\(verb) (... | rename \(missing[0]) = \(surplus[0]))`", at: 0)
    }
    report(
      Diagnostic(
        .columnsDiffer, "the relations have different columns", at: place,
        label: notes.joined(separator: ", "), help: help))
    return false
  }

  private func quoted(_ names: [String]) -> String {
    names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  private func schema(of others: [LogicalPlan]) -> Schema? {
    var columns = input.schema.columns
    for (other, item) in zip(others, stage.items) {
      for (position, column) in columns.enumerated() {
        guard let type = other.schema[column.name]?.type else { continue }
        guard let unified = TypeRules.unify(column.type, type) else {
          report(
            .mismatch(
              "`\(column.name)` has two types", at: item.span,
              label: "\(type) here, \(column.type) on the left",
              help: ["convert one of them first: `derive \(column.name) = text(\(column.name))`"]))
          return nil
        }
        columns[position].type = unified
      }
    }
    return Schema(columns)
  }

  /// The columns in the order of the result, as wide as there, without hidden ones.
  private func aligned(_ plan: LogicalPlan, to schema: Schema) -> LogicalPlan {
    let items = schema.columns.compactMap { wanted in
      plan.schema[wanted.name].map { own -> NamedExpr in
        let column = TypedExpr.column(own, span)
        guard own.type.base != wanted.type.base else { return NamedExpr(own.name, column) }
        return NamedExpr(own.name, TypedExpr(.widen(column), wanted.type, span))
      }
    }
    let isSame =
      plan.schema.names == schema.names && items.allSatisfy { $0.expr.columnName != nil }
      && plan.facts.hiddenColumns.isEmpty
    if isSame { return plan }
    return LogicalPlan(
      .project(plan, items), schema: schema, facts: Facts(name: plan.facts.name), span: span)
  }
}
