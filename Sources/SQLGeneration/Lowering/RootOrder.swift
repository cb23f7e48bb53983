import Compiler
import Values

/// The order in which rows leave: as stated, ties broken by the key or by all columns, so that
/// two runs show the same (language rulings L47, L49).
enum RootOrder {
  static func keys(of plan: LogicalPlan) -> [SortKey] {
    switch plan.facts.order {
    case .source: return []
    case .by(let keys): return keys + tieBreakers(keys, plan)
    case .unknown: return tieBreakers([], plan)
    }
  }

  private static func tieBreakers(_ keys: [SortKey], _ plan: LogicalPlan) -> [SortKey] {
    let used = keys.compactMap(\.expr.columnName)
    if plan.facts.isUnique(on: used) { return [] }
    let key = plan.facts.uniqueKeys.first { key in
      key.allSatisfy { plan.schema[$0]?.type.base.isOrdered == true }
    }
    let names = key ?? plan.schema.names
    return names.filter { !used.contains($0) }.flatMap { name in
      plan.schema[name].map { Self.keys(.column($0, plan.span)) } ?? []
    }
  }

  /// What stands in a value and has an order: of a record its fields.
  private static func keys(_ value: TypedExpr) -> [SortKey] {
    switch value.type.base {
    case .bool, .int, .float, .decimal, .text, .date, .timestamp, .duration, .months:
      [SortKey(value)]
    case .record(let fields):
      fields.flatMap { field in
        keys(TypedExpr(.field(value, field.name), field.type.nullable, value.span))
      }
    case .period, .list, .json, .null: []
    }
  }
}
