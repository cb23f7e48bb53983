package import Compiler
package import SQLTree
package import Values

/// Writes a logical plan as one SQL query. Adjacent stages share a select where the meaning
/// allows; what cannot be shared becomes a subquery.
package struct PlanLowering {
  package var dialect: Dialect
  /// Values that earlier statements of the run worked out.
  package var values: [BindingID: Value]
  /// Relations whose rows the engine keeps: the parts of the table's name.
  package var kept: [BindingID: [String]]
  /// Where the rows of host steps are.
  package var steps: [LogicalPlan: StepTable]
  /// Host steps that the engine can take itself, as the plans that do so.
  package var scored: [LogicalPlan: LogicalPlan]

  /// Whether a name of the query could hide a table of ours, which is then named in full.
  var namesInFull = false

  package init(
    _ dialect: Dialect, values: [BindingID: Value] = [:], kept: [BindingID: [String]] = [:],
    steps: [LogicalPlan: StepTable] = [:], scored: [LogicalPlan: LogicalPlan] = [:]
  ) {
    self.steps = steps
    self.scored = scored
    self.dialect = dialect
    self.values = values
    self.kept = kept
  }

  /// The rows in their stated order, ties broken, so that two runs show the same.
  package func query(
    _ plan: LogicalPlan, ordered: Bool = true, limit: Int? = nil, showsHidden: Bool = false
  ) -> SQLQuery {
    if case .combine(let kind, let all) = plan.op {
      let order =
        ordered ? expressions(column: { .column($0) }).order(RootOrder.keys(of: plan)) : []
      // Behind a `union` stand columns only, no expressions: not `"name" collate "C"` either.
      if order.allSatisfy(\.isOfColumn) {
        return combined(kind, all, order: order, limit: limit)
      }
    }
    var block = lower(plan)
    if ordered { block = self.ordered(block, plan) }
    if let limit {
      if block.isLimited, (block.select.limit ?? 0) > limit || block.select.order.isEmpty {
        block.select.limit = min(block.select.limit ?? limit, limit)
      } else if !block.isLimited {
        block.select.limit = limit
      }
    }
    return block.finish(showsHidden: showsHidden)
  }

  private func ordered(_ block: SelectBlock, _ plan: LogicalPlan) -> SelectBlock {
    let keys = RootOrder.keys(of: plan)
    guard !keys.isEmpty else { return block }
    var block = block
    let order = expressions(over: block).order(keys)
    if block.isLimited {
      if block.select.order.starts(with: order) { return block }
      block = wrap(block, name: plan.facts.name)
    }
    block.select.order = expressions(over: block).order(keys)
    if block.sortsHidden || block.hasShadowedOrder {
      block.select.order = []
      block = wrap(block, name: plan.facts.name)
      block.select.order = expressions(over: block).order(keys)
    }
    return block
  }

  /// An expression outside any relation: `select <expr>`.
  package func query(value expr: TypedExpr, name: String) -> SQLQuery {
    var select = SQLSelect()
    select.items = [SQLItem(expressions(column: { .column($0) }).value(expr), as: name)]
    return .select(select)
  }

  // MARK: Expressions

  func expressions(column: @escaping (String) -> SQLExpr) -> ExprLowering {
    ExprLowering(
      dialect: dialect, column: column,
      query: { plan in self.query(TwoPassMeans.rewrite(plan), ordered: false) },
      values: values)
  }

  func expressions(over block: SelectBlock) -> ExprLowering {
    expressions(column: { block.expr($0) })
  }

  // MARK: Operators

  func lower(_ plan: LogicalPlan) -> SelectBlock {
    switch plan.op {
    case .scan(let scan): return self.scan(scan, plan.schema)
    case .sql(let text): return verbatim(text, plan)
    case .rows(let rows): return literalRows(rows, plan)
    case .filter(let input, let condition): return filter(base(input), condition, input)
    case .project(let input, let items): return project(input, items)
    case .aggregate(let input, let keys, let items): return aggregate(input, keys, items)
    case .sort(let input): return lower(input)
    case .limit(let input, let limit): return self.limit(base(input), limit, input)
    case .distinct(let input): return distinct(base(input), input)
    case .expand(let input, let items, let lists): return expand(input, items, lists)
    case .join(let left, let right, let join): return self.join(left, right, join)
    case .combine(let kind, let all):
      return SelectBlock(
        table: .query(combined(kind, all), alias: plan.facts.name ?? "t"),
        columns: plan.schema.names, alias: plan.facts.name ?? "t")
    case .host(_, let step):
      if let scored = scored[plan] { return lower(scored) }
      return worked(plan, ["rows with \(step.title)"])
    case .computed(_, let work): return worked(plan, ["rows of \(work.title)"])
    case .reference(let id, let name, let inner):
      if let path = kept[id] {
        return SelectBlock(
          table: .named(path, alias: nil), columns: plan.schema.names + plan.facts.hiddenColumns,
          alias: path.last ?? name)
      }
      return lower(inner).named(name)
    }
  }

  /// Rows that are in a table once Whom has worked them out; before, a name that says what they
  /// will be.
  private func worked(_ plan: LogicalPlan, _ placeholder: [String]) -> SelectBlock {
    let table = steps[plan] ?? StepTable(placeholder)
    var block = SelectBlock(
      table: .named(table.path, alias: nil),
      columns: plan.schema.names + plan.facts.hiddenColumns, alias: table.path.last ?? "step")
    guard let there = table.columns else { return block }
    for (position, column) in plan.schema.columns.enumerated()
    where !there.contains(column.name) {
      block.columns[position].expr = .cast(.literal(.null), column.type.base, isTry: false)
    }
    block.tableColumns = block.tableColumns?.filter {
      there.contains($0) || plan.facts.hiddenColumns.contains($0)
    }
    return block
  }

  private func scan(_ scan: Scan, _ schema: Schema) -> SelectBlock {
    let isBare = scan.path.count == 1 && namesInFull
    var block = SelectBlock(
      table: .named(isBare ? [dialect.schemaOfFiles] + scan.path : scan.path, alias: nil),
      columns: schema.names, alias: scan.path.last ?? "t")
    for (position, column) in schema.columns.enumerated() where scan.casts.contains(column.name) {
      block.columns[position].expr = .cast(.column(column.name), column.type.base, isTry: false)
    }
    if let clocks = scan.clocks {
      for position in schema.columns.indices
      where clocks.columns.contains(schema.columns[position].name) {
        let clock = SQLExpr.column(schema.columns[position].name)
        block.columns[position].expr = .call("timezone", [.literal(.text(clocks.zone)), clock])
      }
    }
    return block
  }

  /// The block of an input, to which more can be added.
  func base(_ plan: LogicalPlan) -> SelectBlock {
    let block = lower(plan)
    return block.isExpanded ? wrap(block, name: plan.facts.name) : block
  }

  private func expand(
    _ input: LogicalPlan, _ items: [NamedExpr], _ lists: Set<String>
  ) -> SelectBlock {
    var block = base(input)
    if !block.isPlain { block = wrap(block, name: input.facts.name) }
    let lowering = expressions(over: block)
    block.columns = items.map { item in
      let value = lowering.value(item.expr)
      return .init(
        name: item.name, expr: lists.contains(item.name) ? .call("unnest", [value]) : value)
    }
    block.isExpanded = true
    return block
  }

  /// The block as a subquery with nothing on it yet.
  func wrap(_ block: SelectBlock, name: String?) -> SelectBlock {
    var inner = block
    if !inner.isLimited { inner.select.order = [] }
    let alias = name ?? "t"
    var outer = SelectBlock(
      table: .query(inner.finish(showsHidden: true), alias: alias),
      columns: block.columns.map(\.name),
      alias: alias)
    for (position, column) in block.columns.enumerated() {
      outer.columns[position].isNullable = column.isNullable
    }
    return outer
  }

  private func combined(
    _ kind: LogicalPlan.Combination, _ all: [LogicalPlan], order: [SQLOrder] = [],
    limit: Int? = nil
  ) -> SQLQuery {
    let queries = all.map { query($0, ordered: false) }
    let sign: SQLSetOperator =
      switch kind {
      case .unionAll: .unionAll
      case .except: .except
      case .intersect: .intersect
      }
    let whole = queries.dropFirst().reduce(queries[0]) {
      .combined($0, sign, $1, order: [], limit: nil)
    }
    guard case .combined(let left, _, let right, _, _) = whole else { return whole }
    return .combined(left, sign, right, order: order, limit: limit)
  }

  private func literalRows(_ rows: [[TypedExpr]], _ plan: LogicalPlan) -> SelectBlock {
    let lowering = expressions(column: { .column($0) })
    let cells = rows.enumerated().map { position, row in
      zip(row, plan.schema.columns).map { cell, column -> SQLExpr in
        let value = lowering.columnValue(cell)
        return position == 0 ? typed(value, cell, column.type.base) : value
      }
    }
    return SelectBlock(
      table: .values(cells, alias: "rows", columns: plan.schema.names),
      columns: plan.schema.names, alias: "rows")
  }

  /// The first row settles the types of `values`; whole numbers would be read too narrow.
  private func typed(_ value: SQLExpr, _ cell: TypedExpr, _ base: DataType) -> SQLExpr {
    if case .cast = value { return value }
    switch base {
    case .int, .float, .decimal: return .cast(value, base, isTry: false)
    case .bool, .text, .date, .timestamp, .duration, .months, .period, .list, .record, .json,
      .null:
      return value
    }
  }

  private func filter(
    _ block: SelectBlock, _ condition: TypedExpr, _ input: LogicalPlan
  ) -> SelectBlock {
    var block = block
    let usesWindow =
      condition.hasWindow
      || condition.columnUses.keys.contains { block.column($0)?.isWindow == true }
    let mustWrap =
      block.isLimited || block.select.isDistinct || !block.canInline(condition.columnUses)
      || (condition.hasWindow
        && (block.isGrouped || block.hasWindows || block.select.qualify != nil))
      || (block.hasWindows && !usesWindow && block.select.qualify == nil)
      || ((usesWindow || block.hasWindows || block.select.qualify != nil) && !dialect.hasQualify)
    if mustWrap { block = wrap(block, name: input.facts.name) }
    let needsQualify = condition.hasWindow || block.hasWindows || block.select.qualify != nil
    if needsQualify, !dialect.hasQualify { return filterByColumn(block, condition, input) }
    var lowered = expressions(over: block).filter(condition)
    if block.isGrouped, !needsQualify, block.isShadowed(inHaving: lowered) {
      block = wrap(block, name: input.facts.name)
      lowered = expressions(over: block).filter(condition)
    }
    if needsQualify {
      block.addQualify(lowered)
    } else if block.isGrouped {
      block.addHaving(lowered)
    } else {
      block.addFilter(lowered)
    }
    return block
  }

  /// Without `qualify` the window is computed as a column inside and tested outside.
  private func filterByColumn(
    _ block: SelectBlock, _ condition: TypedExpr, _ input: LogicalPlan
  ) -> SelectBlock {
    var inner = block
    let names = inner.columns.map(\.name)
    inner.columns.append(
      .init(name: "#keep", expr: expressions(over: block).value(condition), isWindow: true))
    var outer = wrap(inner, name: input.facts.name)
    outer.columns.removeAll { !names.contains($0.name) }
    outer.addFilter(.column("#keep"))
    return outer
  }

  private func project(_ input: LogicalPlan, _ items: [NamedExpr]) -> SelectBlock {
    var block = base(input)
    let hasWindow = items.contains { $0.expr.hasWindow }
    var uses: [String: Int] = [:]
    for item in items {
      for (name, count) in item.expr.columnUses where item.expr.columnName == nil {
        uses[name, default: 0] += count
      }
    }
    // A computed column that stays visible is written there once more.
    for item in items {
      if let name = item.expr.columnName, uses[name] != nil { uses[name, default: 0] += 1 }
    }
    let windowInside = items.contains { item in
      item.expr.contains { part in
        guard case .window = part.kind else { return false }
        return part.columnUses.keys.contains { block.column($0)?.isWindow == true }
      }
    }
    let mustWrap =
      block.select.isDistinct || !block.canInline(uses) || windowInside
      || (hasWindow && (block.isLimited || block.isGrouped || block.select.qualify != nil))
    if mustWrap { block = wrap(block, name: input.facts.name) }
    let lowering = expressions(over: block)
    let before = block
    block.columns = items.map { item in
      if let name = item.expr.columnName, var column = before.column(name) {
        column.name = item.name
        return column
      }
      return .init(
        name: item.name, expr: lowering.columnValue(item.expr),
        isWindow: item.expr.hasWindow
          || item.expr.columnUses.keys.contains { before.column($0)?.isWindow == true },
        weight: weight(item.expr, before), isNullable: item.expr.type.isNullable)
    }
    if block.hasShadowedOrder || block.hasLostItsFold { return reproject(before, items, input) }
    return block
  }

  private func reproject(
    _ block: SelectBlock, _ items: [NamedExpr], _ input: LogicalPlan
  ) -> SelectBlock {
    var outer = wrap(block, name: input.facts.name)
    let lowering = expressions(over: outer)
    outer.columns = items.map {
      .init(
        name: $0.name, expr: lowering.value($0.expr), isWindow: $0.expr.hasWindow,
        weight: $0.expr.weight)
    }
    return outer
  }

  private func weight(_ expr: TypedExpr, _ block: SelectBlock) -> Int {
    var total = 0
    expr.forEach { part in
      if let name = part.columnName { total += block.column(name)?.weight ?? 1 } else { total += 1 }
    }
    return total
  }

  private func aggregate(
    _ input: LogicalPlan, _ keys: [NamedExpr], _ items: [NamedExpr]
  ) -> SelectBlock {
    var block = base(input)
    var uses: [String: Int] = [:]
    for item in keys + items {
      uses.merge(item.expr.columnUses, uniquingKeysWith: +)
    }
    let usesWindow = uses.keys.contains { block.column($0)?.isWindow == true }
    if !block.isPlain
      && !(block.hasWindows && !usesWindow && !block.isGrouped && !block.isLimited
        && !block.select.isDistinct && block.select.qualify == nil)
      || !block.canInline(uses) || usesWindow
    {
      block = wrap(block, name: input.facts.name)
    }
    var lowering = expressions(over: block)
    lowering.foldsAllRows = keys.isEmpty
    block.select.order = []
    block.columns = (keys + items).map {
      .init(
        name: $0.name, expr: lowering.value($0.expr), weight: weight($0.expr, block),
        isNullable: $0.expr.type.isNullable)
    }
    if items.isEmpty {
      block.select.isDistinct = true
      return block
    }
    block.isGrouped = true
    block.select.group = block.columns.prefix(keys.count).map(\.expr)
    return block
  }

  private func distinct(_ block: SelectBlock, _ input: LogicalPlan) -> SelectBlock {
    var block = block
    if block.isLimited || block.select.isDistinct { block = wrap(block, name: input.facts.name) }
    block.columns.removeAll { HiddenColumn.isHidden($0.name) }
    block.select.isDistinct = true
    block.select.order = []
    return block
  }
}

extension SQLOrder {
  fileprivate var isOfColumn: Bool { if case .column = key { true } else { false } }
}

/// Where the rows are that Whom worked out.
package struct StepTable: Hashable, Sendable {
  /// The parts of the table's name.
  package var path: [String]
  /// The columns that it has, nil for all; others were not asked for, and read as missing.
  package var columns: Set<String>?

  package init(_ path: [String], columns: Set<String>? = nil) {
    self.path = path
    self.columns = columns
  }
}
