package import Diagnostics
import Values

/// A stage that leaves rows out which its reader may not expect to lose, as queries that say how
/// many: rows of an inner join without a match, and rows of a pivot whose value is not in the
/// list.
package struct RowLoss: Hashable, Sendable {
  package enum Stage: Hashable, Sendable {
    /// `isMeant`: the program says `join inner`, or itself narrowed what it joins.
    case join(relation: String?, isMeant: Bool)
    case pivot
  }

  package var stage: Stage
  /// The rows that come in.
  package var input: LogicalPlan
  /// What they are matched with; nil of a pivot.
  package var other: LogicalPlan?
  package var span: Span
  /// What decides: the keys of the join, the values of the pivot.
  private var keys: [NamedExpr]
  private var losing: @Sendable (LogicalPlan) -> LogicalPlan

  /// Whether what decides says who somebody is.
  package var isPersonal: Bool { keys.contains(where: \.expr.type.labels.isPII) }

  /// The number of rows that come in.
  package func rows(among input: LogicalPlan) -> LogicalPlan { input.counted(by: [], span) }

  /// The number of rows left out, of some of those that come in.
  package func lost(among input: LogicalPlan) -> LogicalPlan { losing(input).counted(by: [], span) }

  /// The keys that most of the rows left out have, with how many.
  package func examples(among input: LogicalPlan) -> LogicalPlan {
    let counted = losing(input).counted(by: keys, span)
    let count = TypedExpr(.column(LogicalPlan.countName), ValueType(.int), span)
    let named = counted.schema.columns.filter {
      $0.name != LogicalPlan.countName && $0.type.base.isOrdered
    }
    let order =
      [SortKey(count, descending: true)] + named.map { SortKey(.column($0, span)) }
    return LogicalPlan(
      .limit(counted, Limit(count: .rows(3), partition: [], order: order)),
      schema: counted.schema, facts: Facts(order: .by(order)), span: span)
  }

  package static func == (a: RowLoss, b: RowLoss) -> Bool {
    a.stage == b.stage && a.span == b.span && a.keys == b.keys && a.input == b.input
      && a.other == b.other
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(span)
    hasher.combine(keys)
  }
}

extension RowLoss {
  /// Those of all stages of a plan, innermost first.
  package static func of(_ plan: LogicalPlan) -> [RowLoss] {
    var found = plan.inputs.flatMap(of)
    switch plan.op {
    case .join(let left, let right, let join):
      if let loss = join.loss, join.kind == .inner {
        found.append(RowLoss(left, right, join, loss))
      }
    case .aggregate(let input, _, _):
      if let leftOut = plan.facts.leftOut, leftOut.span == plan.span {
        found.append(RowLoss(input, leftOut))
      }
    case .scan, .sql, .rows, .filter, .project, .sort, .limit, .distinct, .expand, .combine, .host,
      .computed, .reference:
      break
    }
    return found
  }

  private init(_ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ loss: Join.Loss) {
    let span = loss.span
    stage = .join(relation: right.facts.name, isMeant: loss.isMeant || right.isNarrowed)
    input = left
    other = right
    self.span = span
    keys = join.keys.enumerated().map { position, key in
      NamedExpr(key.left.columnName ?? "key_\(position + 1)", key.left)
    }
    losing = { rows in
      var anti = join
      anti.kind = .anti
      anti.guardSpan = nil
      anti.loss = nil
      anti.outputs = rows.schema.names.map { .init(name: $0, source: .left($0)) }
      return LogicalPlan(
        .join(rows, right, anti), schema: rows.schema, facts: Facts(name: rows.facts.name),
        span: span)
    }
  }

  private init(_ rows: LogicalPlan, _ leftOut: Facts.LeftOut) {
    let span = leftOut.span
    stage = .pivot
    input = rows
    self.span = span
    keys = [leftOut.value]
    losing = { rows in
      LogicalPlan(
        .filter(rows, leftOut.condition), schema: rows.schema, facts: Facts(name: rows.facts.name),
        span: span)
    }
  }
}

extension Facts {
  /// What a pivot does not count: rows whose value is not in its list.
  package struct LeftOut: Hashable, Sendable {
    package var condition: TypedExpr
    package var value: NamedExpr
    package var span: Span
  }
}

extension LogicalPlan {
  static let countName = "rows"

  /// How many rows each group has; how many there are without keys.
  package func counted(by keys: [NamedExpr], _ span: Span) -> LogicalPlan {
    let count = TypedExpr(
      .aggregate(
        AggregateExpr(
          function: FunctionReference("count", overload: 0), arguments: [], order: [],
          filter: nil)), ValueType(.int), span)
    let columns =
      keys.map { Column($0.name, $0.expr.type) } + [Column(Self.countName, ValueType(.int))]
    return LogicalPlan(
      .aggregate(self, keys: keys, items: [NamedExpr(Self.countName, count)]),
      schema: Schema(columns), facts: Facts(uniqueKeys: [keys.map(\.name)]), span: span)
  }

  /// Whether the program itself chose some of the rows: to join these is to want no others.
  fileprivate var isNarrowed: Bool {
    switch op {
    case .filter, .limit: true
    case .join(let left, _, let join): join.kind == .semi || join.kind == .anti || left.isNarrowed
    case .combine(let kind, let all): kind != .unionAll || all.contains(where: \.isNarrowed)
    case .project(let input, _), .expand(let input, _, _), .aggregate(let input, _, _),
      .sort(let input), .distinct(let input), .host(let input, _), .reference(_, _, let input):
      input.isNarrowed
    case .scan, .rows, .sql, .computed: false
    }
  }

  /// The same rows; a grouping below says what it leaves out.
  func leavingOut(_ leftOut: Facts.LeftOut) -> LogicalPlan {
    var plan = self
    switch op {
    case .aggregate: plan.facts.leftOut = leftOut
    case .project(let input, let items): plan.op = .project(input.leavingOut(leftOut), items)
    case .scan, .sql, .rows, .filter, .sort, .limit, .distinct, .join, .expand, .combine, .host,
      .computed, .reference:
      break
    }
    return plan
  }

  /// The first rows as they stand, without an order of their own.
  package func head(_ count: Int) -> LogicalPlan {
    LogicalPlan(
      .limit(self, Limit(count: .rows(count), partition: [], order: [])), schema: schema,
      facts: facts, span: span)
  }
}
