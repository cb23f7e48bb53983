package import Diagnostics
import Values

/// A plan as people read it, from the source on, a line an operator:
///
///     scan    orders                                   7 columns, in file order
///     filter  where amount > 20                        7 columns, in file order
///     group   summarize spend = sum(amount) by status  2 columns, by status, unique by status
///
/// What is joined stands indented above the operator that takes it.
package struct PlanOutline {
  package struct Line: Hashable, Sendable {
    package var depth: Int
    package var operation: String
    /// The stage, as the program has it.
    package var stage: String
    package var facts: String
  }

  package private(set) var lines: [Line] = []
  private let text: (Span) -> String?

  /// `text` gives the text of a span.
  package init(_ plan: LogicalPlan, text: @escaping (Span) -> String?) {
    self.text = text
    add(plan, depth: 0)
  }

  private mutating func add(_ plan: LogicalPlan, depth: Int) {
    for (position, input) in plan.inputs.enumerated() {
      add(input, depth: depth + (position == 0 ? 0 : 1))
    }
    lines.append(
      Line(
        depth: depth, operation: plan.operation, stage: plan.stage(text), facts: plan.factWords))
  }

  /// Two blanks a level; no line is wider than `width`, the facts stay whole.
  package func text(width: Int) -> String {
    let heads = lines.map { String(repeating: "  ", count: $0.depth) + $0.operation }
    let head = heads.map(\.count).max() ?? 0
    let facts = lines.map { DisplayWidth.of($0.facts) }.max() ?? 0
    let widest = lines.map { DisplayWidth.of($0.stage) }.max() ?? 0
    let stage = max(12, min(widest, width - head - facts - 4))
    return zip(heads, lines).map { words, line in
      let cut = DisplayWidth.cut(line.stage, to: stage)
      return DisplayWidth.pad(words, to: head, right: false) + "  "
        + DisplayWidth.pad(cut, to: stage, right: false) + "  " + line.facts
    }.joined(separator: "\n")
  }
}

extension LogicalPlan {
  fileprivate var operation: String {
    switch op {
    case .scan: "scan"
    case .sql: "sql"
    case .rows: "rows"
    case .filter: "filter"
    case .project(_, let items): items.contains { $0.expr.hasWindow } ? "window" : "columns"
    case .aggregate: "group"
    case .sort: "sort"
    case .limit: "limit"
    case .distinct: "distinct"
    case .join(_, _, let join): "\(join.kind.rawValue) join"
    case .expand: "expand"
    case .combine(.unionAll, _): "union"
    case .combine(.except, _): "except"
    case .combine(.intersect, _): "intersect"
    case .host: "in Whom"
    case .computed: "in Whom"
    case .reference: "named"
    }
  }

  /// On one line, blanks as one; what has no text of its own says what it is.
  fileprivate func stage(_ text: (Span) -> String?) -> String {
    switch op {
    case .scan(let scan): Exit.escape(scan.path.joined(separator: "."), for: .terminal)
    case .reference(_, let name, _): Exit.escape(name, for: .terminal)
    case .rows(let rows): "\(rows.count) in the program"
    case .sql, .filter, .project, .aggregate, .sort, .limit, .distinct, .join, .expand, .combine,
      .host, .computed:
      Exit.escape(
        (text(span) ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " "),
        for: .terminal)
    }
  }

  fileprivate var factWords: String {
    var words = [schema.count == 1 ? "1 column" : "\(schema.count) columns"]
    switch facts.order {
    case .source: words.append("in file order")
    case .by(let keys):
      let names = keys.prefix(3).map { key in
        (key.isDescending ? "-" : "") + (key.expr.columnName ?? "...")
      }
      words.append("by " + names.joined(separator: ", ") + (keys.count > 3 ? ", ..." : ""))
    case .unknown: break
    }
    if let key = facts.uniqueKeys.min(by: { $0.count < $1.count }) {
      words.append(
        key.isEmpty ? "one row" : "unique by " + key.prefix(3).joined(separator: ", "))
    }
    return Exit.escape(words.joined(separator: ", "), for: .terminal)
  }
}
