import Diagnostics
import Values

/// What a relation that leaves does not tell of groups with fewer people than there have to be.
package struct SmallGroups: Hashable, Sendable {
  /// Groups of so many people are told of; with 1, groups of any size.
  package var least: Int
  /// One row of numbers: the rows that are left out, those of them that are of too few people, and
  /// the single values of each column that are. One relation, or none where nothing is left out.
  package var question: [LogicalPlan]
}

/// Leaves rows about few people out of a relation where it leaves the program. What stages further
/// down are given never changes.
///
/// Where one row alone would be left out of all that share their other keys, the one with the
/// fewest people goes with it: the difference to a total would tell the one alone (ruling 24).
struct SmallGroupsRemoval {
  let peopled: PeopledPlan
  let least: Int
  let span: Span

  private static let flag = "#small"

  /// The rows that may be told of, with the columns that the relation has.
  func remaining(_ columns: [Column]) -> LogicalPlan {
    let flagged = self.flagged
    let kept = filtered(flagged, by: TypedExpr(.not(isFlagged), ValueType(.bool), span))
    var plan = Projection.plan(kept, columns.map { NamedExpr($0.name, shown($0)) }, span)
    plan.facts.smallGroups = SmallGroups(least: least, question: [counted(flagged, columns)])
    return plan
  }

  // MARK: Rows

  /// The rows with a column that says which are left out, worked out key by key.
  private var flagged: LogicalPlan {
    var plan = setting(isSmallRow, in: peopled.plan)
    for key in peopled.people.keys {
      let others = peopled.people.keys.filter { $0 != key }.compactMap { plan.schema[$0] }
        .map { TypedExpr.column($0, span) }
      plan = setting(isLone(amongThoseOf: others, plan), in: plan)
    }
    return plan
  }

  private func setting(_ flag: TypedExpr, in plan: LogicalPlan) -> LogicalPlan {
    Projection.setting(NamedExpr(Self.flag, flag), in: plan, span)
  }

  private var isFlagged: TypedExpr { TypedExpr(.column(Self.flag), ValueType(.bool), span) }

  private var isSmallRow: TypedExpr {
    peopled.people.counts.isEmpty
      ? TypedExpr(.literal(.bool(false)), ValueType(.bool), span)
      : any(peopled.people.counts.map(isSmall))
  }

  /// Whether a count is of somebody, and of too few. Nothing is known of what has none.
  private func isSmall(_ count: String) -> TypedExpr {
    let count = TypedExpr(.column(count), PeopleCounter.type, span)
    func compared(_ sign: CompareSign, _ number: Int) -> TypedExpr {
      let number = TypedExpr(.literal(.int(Int64(number))), ValueType(.int), span)
      return TypedExpr(.compare(sign, count, number), ValueType(.bool), span)
    }
    return TypedExpr(
      .and([compared(.greater, 0), compared(.less, least)]), ValueType(.bool), span)
  }

  private func any(_ all: [TypedExpr]) -> TypedExpr {
    all.count == 1 ? all[0] : TypedExpr(.or(all), ValueType(.bool), span)
  }

  /// Flagged before, or with the fewest people where one alone is flagged.
  private func isLone(amongThoseOf others: [TypedExpr], _ plan: LogicalPlan) -> TypedExpr {
    let flags = window(.rowCount(where: isFlagged), others)
    let sizes = peopled.people.counts.map {
      SortKey(TypedExpr(.column($0), PeopleCounter.type, span))
    }
    let ties = peopled.people.keys.compactMap { plan.schema[$0] }
      .filter { $0.type.base.isOrdered }.map { SortKey(.column($0, span)) }
    let place = window(
      AggregateExpr(
        function: FunctionReference("row_number", overload: 0), arguments: [],
        order: [SortKey(isFlagged)] + sizes + ties, filter: nil), others)
    let isNext = TypedExpr(.and([isOne(flags), isOne(place)]), ValueType(.bool), span)
    return any([isFlagged, isNext])
  }

  private func window(_ call: AggregateExpr, _ partition: [TypedExpr]) -> TypedExpr {
    TypedExpr(
      .window(WindowExpr(call: call, partition: partition, sort: [], frame: nil)),
      ValueType(.int), span)
  }

  private func isOne(_ count: TypedExpr) -> TypedExpr {
    let one = TypedExpr(.literal(.int(1)), ValueType(.int), span)
    return TypedExpr(.compare(.equal, count, one), ValueType(.bool), span)
  }

  private func filtered(_ plan: LogicalPlan, by condition: TypedExpr) -> LogicalPlan {
    LogicalPlan(.filter(plan, condition), schema: plan.schema, facts: plan.facts, span: span)
  }

  // MARK: Single values

  /// A column; missing where its own value is of too few people.
  private func shown(_ column: Column) -> TypedExpr {
    let value = TypedExpr.column(column, span)
    guard let small = isSmallCell(column.name) else { return value }
    let nothing = TypedExpr(.literal(.null), ValueType(.null, nullable: true), span)
    return TypedExpr(
      .conditional([TypedBranch(condition: small, value: nothing)], otherwise: value),
      column.type.nullable, span)
  }

  private func isSmallCell(_ name: String) -> TypedExpr? {
    peopled.people.cells[name].map { any($0.sorted().map(isSmall)) }
  }

  // MARK: How many

  private func counted(_ flagged: LogicalPlan, _ columns: [Column]) -> LogicalPlan {
    let isKept = TypedExpr(.not(isFlagged), ValueType(.bool), span)
    let rows = [
      NamedExpr("rows", count(where: isFlagged)), NamedExpr("few", count(where: isSmallRow)),
    ]
    let cells = columns.compactMap { isSmallCell($0.name) }.map { small in
      count(where: TypedExpr(.and([isKept, small]), ValueType(.bool), span))
    }
    let items = rows + cells.enumerated().map { NamedExpr("cells\($0 + 1)", $1) }
    return LogicalPlan(
      .aggregate(flagged, keys: [], items: items),
      schema: Schema(items.map { Column($0.name, $0.expr.type) }), facts: Facts(), span: span)
  }

  private func count(where condition: TypedExpr) -> TypedExpr {
    TypedExpr(.aggregate(.rowCount(where: condition)), ValueType(.int), span)
  }
}
