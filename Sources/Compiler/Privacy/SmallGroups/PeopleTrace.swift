import Diagnostics
import Values

/// Whom the rows of a relation are about, as far as it goes along with them.
struct People {
  /// The column that tells people apart, while each row is about one of them.
  var person: String?
  /// Columns with the number of people in the groups that the rows are, or were made of.
  var counts: [String] = []
  /// Columns whose own values are of fewer people than the row: of a pivot, of `count() where`.
  var cells: [String: Set<String>] = [:]
  /// The columns that still hold what the groups are by.
  var keys: [String] = []
  /// Where groups come together whose people cannot be counted any more.
  var lost: Span?

  var areGrouped: Bool { !counts.isEmpty || lost != nil }
  var isNobody: Bool { person == nil && !areGrouped && cells.isEmpty }
}

/// A relation with the columns behind its own that say whom its rows are about.
struct PeopledPlan {
  var plan: LogicalPlan
  var people = People()
  /// What stands behind the relation's own columns; nothing where it is as it was.
  var extras: [Column] = []
}

/// Follows the people that rows are about through a plan, from the columns labelled `pseudonym` or
/// `pii` to what leaves. Where rows are folded into groups it has their people counted, and it lets
/// the count go along: in columns behind those that the program has (rulings 24, L79, L80).
///
/// Rows that do not say whose they are count as those of one more person.
struct PeopleTrace {
  /// Named relations are followed once.
  private var references: [BindingID: PeopledPlan] = [:]

  mutating func trace(_ plan: LogicalPlan) -> PeopledPlan {
    switch plan.op {
    case .scan, .rows, .sql, .computed: return PeopledPlan(plan: plan, people: visible(plan))
    case .reference(let id, let name, let input): return reference(id, name, input, plan)
    case .filter(let input, let condition):
      return through(input, plan) { .filter($0, condition) }
    case .sort(let input): return through(input, plan) { .sort($0) }
    case .limit(let input, let limit): return through(input, plan) { .limit($0, limit) }
    case .host(let input, let step):
      var result = through(input, plan) { .host($0, step) }
      if result.people.isNobody { result.people = visible(plan) }
      return result
    case .project(let input, let items):
      return projected(input, items, plan) { .project($0, $1) }
    case .expand(let input, let items, let lists):
      return projected(input, items, plan) { .expand($0, $1, lists: lists) }
    case .aggregate(let input, let keys, let items): return grouped(input, keys, items, plan)
    case .distinct(let input): return distinct(input, plan)
    case .combine(let kind, let all): return combined(kind, all, plan)
    case .join(let left, let right, let join): return joined(left, right, join, plan)
    }
  }

  /// A column labelled `pseudonym`, else `pii`, says who somebody is.
  private func visible(_ plan: LogicalPlan) -> People {
    People(person: Self.person(among: plan.schema.columns)?.name)
  }

  private static func person(among columns: [Column]) -> Column? {
    columns.first { $0.type.labels.isPseudonym } ?? columns.first { $0.type.labels.isPersonal }
  }

  private func with(
    _ extras: [Column], _ people: People, _ plan: LogicalPlan, _ op: LogicalPlan.Operator
  ) -> PeopledPlan {
    if extras.isEmpty { return PeopledPlan(plan: plan, people: people) }
    let peopled = LogicalPlan(
      op, schema: Schema(plan.schema.columns + extras), facts: plan.facts, span: plan.span)
    return PeopledPlan(plan: peopled, people: people, extras: extras)
  }

  // MARK: Rows as they are

  private mutating func through(
    _ input: LogicalPlan, _ plan: LogicalPlan, _ op: (LogicalPlan) -> LogicalPlan.Operator
  ) -> PeopledPlan {
    let inner = trace(input)
    return with(inner.extras, inner.people, plan, op(inner.plan))
  }

  private mutating func reference(
    _ id: BindingID, _ name: String, _ input: LogicalPlan, _ plan: LogicalPlan
  ) -> PeopledPlan {
    if let known = references[id] { return known }
    let inner = trace(input)
    var own = id
    own.hasPeople = true
    let result = with(
      inner.extras, inner.people, plan, .reference(own, name: name, inner.plan))
    references[id] = result
    return result
  }

  private mutating func projected(
    _ input: LogicalPlan, _ items: [NamedExpr], _ plan: LogicalPlan,
    _ op: (LogicalPlan, [NamedExpr]) -> LogicalPlan.Operator
  ) -> PeopledPlan {
    let inner = trace(input)
    if inner.people.isNobody {
      return PeopledPlan(plan: plan, people: People(person: visible(plan, items)?.name))
    }
    var newNames: [String: String] = [:]
    for item in items where !HiddenColumn.isHidden(item.name) {
      if let old = item.expr.columnName, newNames[old] == nil { newNames[old] = item.name }
    }
    var people = inner.people
    people.keys = people.keys.compactMap { newNames[$0] }
    people.cells = cells(of: items, inner.people)
    var extras = inner.extras
    var carried = extras.map { NamedExpr($0.name, .column($0, plan.span)) }
    if let person = people.person, let column = input.schema[person] {
      people.person = newNames[person] ?? PeopleColumn.person
      if newNames[person] == nil {
        let hidden = PeopleCounter.named(.column(column, plan.span))
        carried.removeAll { $0.name == PeopleColumn.person }
        extras.removeAll { $0.name == PeopleColumn.person }
        carried.append(NamedExpr(PeopleColumn.person, hidden))
        extras.append(Column(PeopleColumn.person, hidden.type))
      }
    }
    if let own = visible(plan, items), people.person == nil || own.type.labels.isPseudonym {
      people.person = own.name
    }
    return with(extras, people, plan, op(inner.plan, items + carried))
  }

  /// Among columns that are not made of nothing.
  private func visible(_ plan: LogicalPlan, _ items: [NamedExpr]) -> Column? {
    let labelled = plan.schema.columns.filter { !$0.type.labels.privacy.isEmpty }
    if labelled.isEmpty { return nil }
    let made = Set(items.filter { $0.expr.constant == nil }.map(\.name))
    return Self.person(among: labelled.filter { made.contains($0.name) })
  }

  /// Of how many people the values are that each column is made of.
  private func cells(of items: [NamedExpr], _ people: People) -> [String: Set<String>] {
    if people.cells.isEmpty { return [:] }
    return items.reduce(into: [:]) { cells, item in
      let counts = item.expr.columnUses.keys.reduce(into: Set()) {
        $0.formUnion(people.cells[$1] ?? [])
      }
      if !counts.isEmpty { cells[item.name] = counts }
    }
  }

  // MARK: Groups

  private mutating func grouped(
    _ input: LogicalPlan, _ keys: [NamedExpr], _ items: [NamedExpr], _ plan: LogicalPlan
  ) -> PeopledPlan {
    let inner = trace(input)
    // Groups by a measured number, such as the points of a curve over scores, are rows by another name.
    let isMeasured = keys.contains { $0.expr.type.base == .float }
    if inner.people.isNobody || isMeasured {
      return PeopledPlan(plan: plan, people: visible(plan))
    }
    // Rows of one person each are no groups of people.
    let person = keys.first {
      $0.expr.type.labels.isPersonal || $0.expr.type.labels.isPseudonym
        || ($0.expr.columnName != nil && $0.expr.columnName == inner.people.person)
    }
    var counter = PeopleCounter(inner, plan, isOfPerson: person != nil)
    var people = People(person: person?.name, keys: keys.map(\.name), lost: inner.people.lost)
    people.counts = counter.rowCounts()
    for item in items {
      let counts = counter.counts(of: item)
      if !counts.isEmpty { people.cells[item.name] = counts }
    }
    return with(
      counter.added.map { Column($0.name, $0.expr.type) }, people, plan,
      .aggregate(inner.plan, keys: keys, items: items + counter.added))
  }

  /// `distinct plan` tells of groups as `summarize by plan` does.
  private mutating func distinct(_ input: LogicalPlan, _ plan: LogicalPlan) -> PeopledPlan {
    let inner = trace(input)
    if inner.extras.isEmpty { return PeopledPlan(plan: plan, people: inner.people) }
    let keys = input.schema.columns.map { NamedExpr($0.name, .column($0, plan.span)) }
    let isShown = inner.people.person.map { input.schema[$0] != nil } ?? false
    var counter = PeopleCounter(inner, plan, isOfPerson: isShown)
    var people = inner.people
    if !isShown { people.person = nil }
    people.counts = counter.rowCounts()
    if people.keys.isEmpty { people.keys = plan.schema.names }
    for (name, counts) in inner.people.cells { people.cells[name] = counter.merged(counts) }
    return with(
      counter.added.map { Column($0.name, $0.expr.type) }, people, plan,
      .aggregate(inner.plan, keys: keys, items: counter.added))
  }

  // MARK: Several relations

  private mutating func combined(
    _ kind: LogicalPlan.Combination, _ all: [LogicalPlan], _ plan: LogicalPlan
  ) -> PeopledPlan {
    let inner = all.map { trace($0) }
    if inner.allSatisfy({ $0.people.isNobody }) { return PeopledPlan(plan: plan) }
    let isPlain = inner.allSatisfy { $0.extras.isEmpty && $0.people.lost == nil }
    if kind != .unionAll || isPlain {
      // What is taken away or compared adds nobody.
      var people = inner[0].people
      if kind != .unionAll, !inner[0].extras.isEmpty { people.lost = plan.span }
      if kind == .unionAll { people = visible(plan) }
      return PeopledPlan(plan: plan, people: people)
    }
    return united(inner, all, plan)
  }

  /// Rows of people, of groups and of neither may stand below each other; each row has what it has.
  private func united(
    _ inner: [PeopledPlan], _ all: [LogicalPlan], _ plan: LogicalPlan
  ) -> PeopledPlan {
    var people = People(lost: inner.lazy.compactMap(\.people.lost).first)
    let names = inner.reduce(into: [String]()) { names, part in
      names += part.people.counts.filter { !names.contains($0) }
    }
    let others = inner.flatMap(\.extras).map(\.name).filter { name in
      name != PeopleColumn.person && !names.contains(name)
    }
    let counts = names + others.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    let areOfPersons = inner.contains { $0.people.person != nil }
    var extras = counts.map { Column($0, PeopleCounter.type) }
    if areOfPersons {
      extras.append(Column(PeopleColumn.person, ValueType(.text, nullable: true)))
      people.person = PeopleColumn.person
    }
    people.counts = names
    people.keys = inner.first { !$0.people.keys.isEmpty }?.people.keys ?? []
    for part in inner { people.cells.merge(part.people.cells) { $0.union($1) } }
    let parts = zip(inner, all).map { part, own in
      let items =
        own.schema.columns.map { NamedExpr($0.name, .column($0, plan.span)) }
        + extras.map { NamedExpr($0.name, value(of: $0, in: part, plan.span)) }
      return LogicalPlan(
        .project(part.plan, items), schema: Schema(own.schema.columns + extras),
        facts: Facts(name: own.facts.name), span: own.span)
    }
    return with(extras, people, plan, .combine(.unionAll, parts))
  }

  private func value(of extra: Column, in part: PeopledPlan, _ span: Span) -> TypedExpr {
    let nothing = TypedExpr(.literal(.null), ValueType(.null, nullable: true), span)
    if extra.name == PeopleColumn.person {
      guard let name = part.people.person, let column = part.plan.schema[name] else {
        return nothing
      }
      return name == PeopleColumn.person && column.type.base == .text
        ? .column(column, span) : PeopleCounter.named(.column(column, span))
    }
    return part.plan.schema[extra.name].map { .column($0, span) } ?? nothing
  }

  private mutating func joined(
    _ left: LogicalPlan, _ right: LogicalPlan, _ join: Join, _ plan: LogicalPlan
  ) -> PeopledPlan {
    let (a, b) = (trace(left), trace(right))
    if a.people.isNobody && b.people.isNobody { return PeopledPlan(plan: plan) }
    let isLeftOnly = join.kind == .semi || join.kind == .anti
    var joined = JoinedPeople(join: join, plan)
    joined.add(a, of: left, isLeft: true)
    if !isLeftOnly { joined.add(b, of: right, isLeft: false) }
    var join = join
    join.outputs += joined.outputs
    return with(joined.extras, joined.people, plan, .join(a.plan, b.plan, join))
  }
}

/// The columns that go along.
enum PeopleColumn {
  static let person = "#person"
  static func unused(among taken: Set<String>) -> String {
    var number = 1
    while taken.contains("#people\(number)") { number += 1 }
    return "#people\(number)"
  }
}

extension LabelSet {
  /// Labelled `pii`, whether or not it may leave.
  var isPersonal: Bool { isPII || isRevealed }
}
