import Compiler
import SQLTree
import Values

extension PlanLowering {
  func join(_ left: LogicalPlan, _ right: LogicalPlan, _ join: Join) -> SelectBlock {
    var block = joinable(base(left), join, left)
    let other = rightSide(lower(right), right, avoiding: block.aliases, join)
    block = qualified(block)
    if join.kind == .semi || join.kind == .anti {
      return existence(block, other, join)
    }
    return joined(block, other, join)
  }

  /// What stands on the right: a table of its own, or a query.
  private struct RightSide {
    var table: SQLTable
    var alias: String
    /// Conditions of the right side, for `exists`.
    var filter: SQLExpr?

    /// Whether it is worked out from groups. Within `exists` DuckDB 2.0 may group once for each
    /// row outside: 7,000 rows of a CSV file take 6 s and not 0.01 s.
    var isGrouped: Bool {
      if case .query(.select(let select), _) = table { !select.group.isEmpty } else { false }
    }
  }

  /// The left block, with its filter inside where an outer join would let rows past it.
  private func joinable(
    _ block: SelectBlock, _ join: Join, _ left: LogicalPlan
  ) -> SelectBlock {
    let mayMiss = join.kind == .right || join.kind == .full
    if block.isPlain, !block.hasMergedKeys,
      !(mayMiss && (block.select.filter != nil || block.hasComputed))
    {
      let uses = join.keys.reduce(into: [String: Int]()) { sum, key in
        sum.merge(key.left.columnUses, uniquingKeysWith: +)
      }
      if block.canInline(uses) { return block }
    }
    return wrap(block, name: left.facts.name ?? "l")
  }

  private func rightSide(
    _ block: SelectBlock, _ plan: LogicalPlan, avoiding used: Set<String>, _ join: Join
  ) -> RightSide {
    let wanted = plan.facts.name ?? block.alias
    let alias = Self.unused(wanted, used)
    if case .named(let path, _)? = block.select.from, block.select.joins.isEmpty,
      block.isPlain, block.tableColumns == block.columns.map(\.name), !block.hasComputed,
      block.select.filter == nil
    {
      let own = path.last ?? alias
      let name = used.contains(own.folded) ? alias : own
      return RightSide(table: .named(path, alias: name == own ? nil : name), alias: name)
    }
    if case .values(let rows, _, let columns)? = block.select.from, block.select.joins.isEmpty,
      block.isPlain, columns == block.columns.map(\.name), !block.hasComputed,
      block.select.filter == nil
    {
      return RightSide(table: .values(rows, alias: alias, columns: columns), alias: alias)
    }
    return RightSide(table: .query(block.finish(), alias: alias), alias: alias)
  }

  private static func unused(_ name: String, _ used: Set<String>) -> String {
    if !used.contains(name.folded) { return name }
    var number = 2
    while used.contains("\(name)_\(number)".folded) { number += 1 }
    return "\(name)_\(number)"
  }

  /// Every column says which table it is of, once there are two.
  private func qualified(_ block: SelectBlock) -> SelectBlock {
    guard block.tableColumns != nil else { return block }
    var block = block
    let alias = block.alias
    func change(_ expr: SQLExpr) -> SQLExpr {
      if case .column(nil, let name) = expr { return .column(table: alias, name) }
      return expr.mapChildren(change)
    }
    block.columns = block.columns.map { column in
      var column = column
      column.expr = change(column.expr)
      return column
    }
    block.select.filter = block.select.filter.map(change)
    block.tableColumns = nil
    return block
  }

  private func condition(
    _ block: SelectBlock, _ other: RightSide, _ join: Join
  ) -> SQLExpr? {
    var lowering = expressions(over: block)
    lowering.rightColumn = { .column(table: other.alias, $0) }
    let keys = join.keys.map { key in
      SQLExpr.binary(lowering.value(key.left), .equal, lowering.value(key.right))
    }
    return .joined(keys + join.conditions.map { lowering.filter($0) }, by: .and)
  }

  /// `exists (select 1 from ... where ...)`: rows are never doubled.
  private func existence(
    _ block: SelectBlock, _ other: RightSide, _ join: Join
  ) -> SelectBlock {
    var block = block
    if dialect.name == .duckDB, other.isGrouped {
      let kind: SQLJoin.Kind = join.kind == .anti ? .anti : .semi
      block.select.joins.append(SQLJoin(kind, other.table, on: condition(block, other, join)))
      block.aliases.insert(other.alias.folded)
      return block
    }
    var inner = SQLSelect()
    inner.items = [SQLItem(.int(1), as: "")]
    inner.from = other.table
    inner.filter = condition(block, other, join)
    block.addFilter(.exists(.select(inner), negated: join.kind == .anti))
    return block
  }

  private func joined(
    _ block: SelectBlock, _ other: RightSide, _ join: Join
  ) -> SelectBlock {
    var result = block
    let using = sharedKeys(block, join)
    let kind = Self.kind(join.kind)
    result.select.joins.append(
      SQLJoin(
        kind, other.table, using: using ?? [],
        on: using == nil ? condition(block, other, join) : nil))
    result.aliases.insert(other.alias.folded)
    result.columns = join.outputs.map { output in
      switch output.source {
      case .left(let name):
        var column = block.column(name) ?? .init(name: name, expr: .column(name))
        column.name = output.name
        return column
      case .right(let name):
        return .init(name: output.name, expr: .column(table: other.alias, name))
      case .either(let left, let right) where using != nil && left == right:
        return .init(name: output.name, expr: .column(left))
      case .either(let left, let right):
        return .init(
          name: output.name,
          expr: .call("coalesce", [block.expr(left), .column(table: other.alias, right)]))
      }
    }
    return result
  }

  /// The key columns, when every key is a plain column of both tables by one name.
  private func sharedKeys(_ block: SelectBlock, _ join: Join) -> [String]? {
    guard join.conditions.isEmpty, !join.keys.isEmpty, block.select.joins.isEmpty else {
      return nil
    }
    var names: [String] = []
    for key in join.keys {
      guard case .column(let left) = key.left.kind, case .rightColumn(let right) = key.right.kind,
        left == right, case .column(_, let table) = block.expr(left), table == left
      else { return nil }
      names.append(left)
    }
    return names
  }

  private static func kind(_ kind: Join.Kind) -> SQLJoin.Kind {
    switch kind {
    case .inner, .semi, .anti: .inner
    case .left: .left
    case .right: .right
    case .full: .full
    case .cross: .cross
    }
  }
}

extension SelectBlock {
  /// A key of `using` belongs to neither table: beside a third one, it would be taken for that
  /// one's.
  var hasMergedKeys: Bool {
    tableColumns == nil
      && columns.contains { if case .column(nil, _) = $0.expr { true } else { false } }
  }

  /// A column that is not simply one of the table.
  var hasComputed: Bool {
    columns.contains { if case .column(_, let name) = $0.expr { name != $0.name } else { true } }
  }
}
