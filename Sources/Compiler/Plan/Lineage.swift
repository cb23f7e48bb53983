import Diagnostics
import Values

/// Why an aggregate that is meant for the rows of one relation would say something else here.
struct LineageBreak {
  enum Cause {
    /// The rows of the relation do not stand here at all.
    case foreign
    /// Groups, or rows without their doubles, stand in their place.
    case folded
    /// A row can stand here several times, or rows are here that the relation does not have; by a
    /// join or otherwise.
    case multiplied(byJoin: Bool)
    /// A column it reads is gone, or is not what it was.
    case lost(String)
    case changed(String)
  }
  var cause: Cause
  /// The stage that did it.
  var span: Span?
}

extension LogicalPlan {
  /// Whether each row here is a row of the relation, at most once, with these columns as they
  /// came; what stands against it, if not.
  func lineageBreak(of columns: Set<String>, from relation: BindingID) -> LineageBreak? {
    switch op {
    case .scan, .rows, .sql, .computed: return LineageBreak(cause: .foreign)
    case .reference(let id, _, let input):
      if id != relation { return input.lineageBreak(of: columns, from: relation) }
      return columns.sorted().first { schema[$0] == nil }.map { LineageBreak(cause: .lost($0)) }
    case .filter(let input, _), .sort(let input), .limit(let input, _):
      return input.lineageBreak(of: columns, from: relation)
    case .host(let input, let step):
      let own = columns.subtracting(step.outputs.map(\.name))
      return input.lineageBreak(of: own, from: relation)
    case .aggregate(let input, _, _), .distinct(let input):
      return input.has(relation) ? LineageBreak(cause: .folded, span: span) : .init(cause: .foreign)
    case .expand(let input, _, _):
      return LineageBreak(
        cause: input.has(relation) ? .multiplied(byJoin: false) : .foreign, span: span)
    case .combine(_, let all) where facts.addsSteps:
      return all[0].lineageBreak(of: columns, from: relation)
    case .combine(let kind, let all):
      let isHere = all.contains { $0.has(relation) }
      let cause: LineageBreak.Cause =
        kind == .unionAll ? .multiplied(byJoin: false) : .folded
      return isHere ? LineageBreak(cause: cause, span: span) : .init(cause: .foreign)
    case .project(let input, let items):
      return projected(items, input, columns, relation)
    case .join(let left, let right, let join):
      return joined(left, right, join, columns, relation)
    }
  }

  private func projected(
    _ items: [NamedExpr], _ input: LogicalPlan, _ columns: Set<String>, _ relation: BindingID
  ) -> LineageBreak? {
    var earlier: Set<String> = []
    for column in columns.sorted() {
      guard let item = items.first(where: { $0.name == column }) else {
        return LineageBreak(cause: .lost(column), span: span)
      }
      guard let source = item.expr.columnName, source == column else {
        return LineageBreak(cause: .changed(column), span: span)
      }
      earlier.insert(source)
    }
    return input.lineageBreak(of: earlier, from: relation)
  }

  private func joined(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ columns: Set<String>,
    _ relation: BindingID
  ) -> LineageBreak? {
    guard left.has(relation) else {
      return LineageBreak(
        cause: right.has(relation) ? .multiplied(byJoin: true) : .foreign, span: span)
    }
    let keys = join.keys.compactMap { key -> String? in
      if case .rightColumn(let name) = key.right.kind { name } else { nil }
    }
    switch join.kind {
    case .right, .full, .cross: return LineageBreak(cause: .multiplied(byJoin: true), span: span)
    case .inner, .left:
      if join.guardSpan == nil, !right.facts.isUnique(on: keys) {
        return LineageBreak(cause: .multiplied(byJoin: true), span: span)
      }
    case .semi, .anti: break
    }
    for column in columns.sorted() {
      guard let output = join.outputs.first(where: { $0.name == column }) else {
        return LineageBreak(cause: .lost(column), span: span)
      }
      guard case .left(column) = output.source else {
        return LineageBreak(cause: .changed(column), span: span)
      }
    }
    return left.lineageBreak(of: columns, from: relation)
  }

  private func has(_ relation: BindingID) -> Bool { references.contains(relation) }
}
