package import Diagnostics
import Values

/// Where in a plan a kind of failure can come from: an engine says what went wrong, not where.
package enum FailureSite: Sendable {
  case conversion, arithmetic, reading, only, range, length

  /// The place to show: of the only expression that can fail so, else of the first in the order
  /// of the rows' way; `nil` when there is none.
  package func span(in plan: LogicalPlan) -> Span? {
    for input in plan.inputs {
      if let span = span(in: input) { return span }
    }
    if self == .reading {
      if case .scan = plan.op { return plan.span }
      return nil
    }
    for expr in plan.expressions {
      var found: Span?
      expr.forEach { part in
        if found == nil, canFail(part), part.span.file.number >= 0 { found = part.span }
      }
      if let found { return found }
    }
    return nil
  }

  private static let conversions: Set<String> = [
    "int", "float", "bool", "date", "timestamp", "decimal", "make_date", "make_timestamp",
  ]

  private static let lengths: Set<String> = ["repeat", "pad_start", "pad_end"]

  private func canFail(_ expr: TypedExpr) -> Bool {
    switch (self, expr.kind) {
    case (.conversion, .scalar(let function, let arguments)):
      Self.conversions.contains(function.name) && arguments.first?.type.base != expr.type.base
    case (.arithmetic, .arithmetic(_, let a, _)): a.type.base != .float
    case (.arithmetic, .aggregate(let call)): call.function.name == "sum"
    case (.range, .scalar(let function, _)): function.name == "list_range"
    case (.length, .scalar(let function, _)): Self.lengths.contains(function.name)
    case (.only, .aggregate(let call)): call.function.name == "only"
    case (.only, .window(let window)): window.call.function.name == "only"
    case (.arithmetic, .window(let window)):
      window.call.function.name == "sum" || window.call.function.name == "cumsum"
    default: false
    }
  }
}

extension LogicalPlan {
  /// The expressions of this operator itself, as written.
  package var expressions: [TypedExpr] {
    switch op {
    case .scan, .sort, .distinct, .reference, .limit, .combine, .sql, .host, .computed: []
    case .rows(let rows): rows.flatMap { $0 }
    case .filter(_, let condition): [condition]
    case .project(_, let items), .expand(_, let items, _): items.map(\.expr)
    case .aggregate(_, let keys, let items): (keys + items).map(\.expr)
    case .join(_, _, let join): join.keys.flatMap { [$0.left, $0.right] } + join.conditions
    }
  }
}
