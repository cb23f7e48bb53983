import Diagnostics
package import Values

/// A query that the user wrote in SQL, with relations and values of the program in its braces.
/// The text is the user's own and goes to the engine as it is; what stands in the braces is a
/// plan or an expression until it is printed, never text.
package struct SQLText: Hashable, Sendable {
  package indirect enum Part: Hashable, Sendable {
    case text(String)
    /// `(select ...) as "orders"`; the alias where the text gives none.
    case relation(LogicalPlan, alias: String?)
    case value(TypedExpr)
  }

  package var parts: [Part]
  /// Columns whose type in the engine is not quite the one that Whom has for it.
  package var casts: Set<String> = []

  package init(parts: [Part]) { self.parts = parts }

  /// Whether it gives queries names of its own (`with orders as (...)`), which hide the relations
  /// of these names behind them.
  package var namesQueries: Bool {
    var scan = SQLScan()
    for case .text(let text) in parts { scan.read(text) }
    return scan.hasSeenWith
  }

  package var relations: [LogicalPlan] {
    parts.flatMap { part -> [LogicalPlan] in
      switch part {
      case .text: []
      case .relation(let plan, _): [plan]
      case .value(let expr): expr.plans
      }
    }
  }

  package func mapRelations(_ change: (LogicalPlan) -> LogicalPlan) -> SQLText {
    var result = self
    result.parts = parts.map { part in
      switch part {
      case .text, .value: part
      case .relation(let plan, let alias): .relation(change(plan), alias: alias)
      }
    }
    return result
  }
}

/// What the engine says of such a query before it runs.
package struct SQLDescription: Sendable {
  package var schema: Schema
  package var casts: Set<String>
  package init(schema: Schema, casts: Set<String>) {
    self.schema = schema
    self.casts = casts
  }
}
