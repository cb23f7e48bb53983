package import Compiler
package import SQLTree
import Values

extension PlanLowering {
  /// A user's query as a table: its columns by name, cast to the types that Whom has, and what is
  /// no number missing.
  func verbatim(_ text: SQLText, _ plan: LogicalPlan) -> SelectBlock {
    var block = SelectBlock(
      table: .verbatim(pieces(of: text), alias: "sql"), columns: plan.schema.names, alias: "sql")
    for (position, column) in plan.schema.columns.enumerated() {
      var expr = SQLExpr.column(column.name)
      if text.casts.contains(column.name) { expr = .cast(expr, column.type.base, isTry: false) }
      if column.type.base == .float { expr = .call("finite", [expr]) }
      block.columns[position].expr = expr
    }
    return block
  }

  /// The user's text with queries and values of ours in its braces.
  package func pieces(of text: SQLText) -> [SQLPiece] {
    var inner = self
    inner.namesInFull = namesInFull || text.namesQueries
    let lowering = inner.expressions(column: { .column($0) })
    return text.parts.map { part in
      switch part {
      case .text(let text): return .text(text)
      case .relation(let plan, let alias):
        return .query(inner.query(plan, ordered: false), alias: alias)
      case .value(let expr):
        let value = lowering.value(expr)
        return .value(
          expr.type.base == .null || expr.type.base.isNested
            ? value : .cast(value, expr.type.base, isTry: false))
      }
    }
  }
}

extension DataType {
  package var isNested: Bool {
    switch self {
    case .list, .record: true
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months, .period,
      .json, .null:
      false
    }
  }
}
