import Diagnostics
import Values

/// The measures that count people where rows are folded.
struct PeopleCounter {
  private let inner: PeopledPlan
  private let span: Span
  /// Whether each group is one person, so that only counts from further down go on.
  private let isOfPerson: Bool
  private let taken: Set<String>
  private(set) var added: [NamedExpr] = []

  static let type = ValueType(.int, nullable: true)

  init(_ inner: PeopledPlan, _ plan: LogicalPlan, isOfPerson: Bool) {
    self.inner = inner
    span = plan.span
    taken = Set(plan.schema.names)
    self.isOfPerson = isOfPerson
  }

  /// Of whole groups: their people, and the largest group that is merged into each.
  mutating func rowCounts() -> [String] {
    let people = isOfPerson ? nil : self.people(where: nil)
    return (people.map { [add($0)] } ?? []) + merged(inner.people.counts).sorted()
  }

  /// Of what a measure is made of where that is less than the group.
  mutating func counts(of item: NamedExpr) -> Set<String> {
    var counts: Set<String> = []
    for name in item.expr.columnUses.keys { counts.formUnion(inner.people.cells[name] ?? []) }
    var result = merged(counts)
    guard !isOfPerson, case .aggregate(let call) = item.expr.kind, let filter = call.filter,
      let people = people(where: filter)
    else { return result }
    result.insert(add(people))
    return result
  }

  /// When groups become one, it has at least as many people as the largest.
  mutating func merged(_ counts: some Collection<String>) -> Set<String> {
    Set(
      counts.sorted().map { name in
        add(call("max", [TypedExpr(.column(name), Self.type, span)], where: nil, Self.type))
      })
  }

  private mutating func add(_ expr: TypedExpr) -> String {
    if let known = added.first(where: { $0.expr == expr }) { return known.name }
    let name = PeopleColumn.unused(among: taken.union(added.map(\.name)))
    added.append(NamedExpr(name, expr))
    return name
  }

  private func people(where filter: TypedExpr?) -> TypedExpr? {
    guard let name = inner.people.person, let column = inner.plan.schema[name] else { return nil }
    // Carried along, it is missing only where nobody is: in steps of a series, in a join.
    let person = TypedExpr.column(column, span)
    let somebody = name == PeopleColumn.person ? person : Self.named(person)
    return call("count_distinct", [somebody], where: filter, ValueType(.int))
  }

  private func call(
    _ name: String, _ arguments: [TypedExpr], where filter: TypedExpr?, _ type: ValueType
  ) -> TypedExpr {
    let call = AggregateExpr(
      function: FunctionReference(name, overload: 0), arguments: arguments, order: [],
      filter: filter)
    return TypedExpr(.aggregate(call), type, span)
  }

  /// Whatever tells people apart, as a text; an empty one for who is not named.
  static func named(_ person: TypedExpr) -> TypedExpr {
    let text = text(of: person)
    guard person.type.isNullable else { return text }
    let unknown = TypedExpr(.literal(.text("")), ValueType(.text), person.span)
    return TypedExpr(.coalesce([text, unknown]), ValueType(.text), person.span)
  }

  private static func text(of person: TypedExpr) -> TypedExpr {
    if person.type.base == .text { return person }
    let type = ValueType(.text, nullable: person.type.isNullable)
    let piece = TypedExpr(.formatted(person, format: nil), type, person.span)
    return TypedExpr(.concatenate([piece]), type, person.span)
  }
}
