import Values

/// The people of both sides of a join, under the names of its result.
struct JoinedPeople {
  let join: Join
  private let taken: Set<String>
  private(set) var people = People()
  private(set) var extras: [Column] = []
  private(set) var outputs: [Join.Output] = []

  init(join: Join, _ plan: LogicalPlan) {
    self.join = join
    taken = Set(plan.schema.names)
  }

  mutating func add(_ side: PeopledPlan, of plan: LogicalPlan, isLeft: Bool) {
    var newNames: [String: String] = [:]
    for column in side.extras where column.name != PeopleColumn.person {
      let name = PeopleColumn.unused(among: taken.union(extras.map(\.name)))
      newNames[column.name] = name
      carry(Column(name, column.type.nullable), from: column.name, isLeft)
    }
    people.counts += side.people.counts.compactMap { newNames[$0] }
    for (cell, counts) in side.people.cells {
      guard let name = shown(cell, isLeft) else { continue }
      people.cells[name, default: []].formUnion(counts.compactMap { newNames[$0] })
    }
    people.keys += side.people.keys.compactMap { shown($0, isLeft) }
      .filter { !people.keys.contains($0) }
    people.lost = people.lost ?? side.people.lost
    guard people.person == nil, let person = side.people.person else { return }
    if plan.schema[person] != nil, let name = shown(person, isLeft) {
      people.person = name
    } else if let column = side.plan.schema[person] {
      people.person = PeopleColumn.person
      carry(Column(PeopleColumn.person, column.type.nullable), from: person, isLeft)
    }
  }

  private mutating func carry(_ column: Column, from name: String, _ isLeft: Bool) {
    extras.append(column)
    outputs.append(Join.Output(name: column.name, source: isLeft ? .left(name) : .right(name)))
  }

  /// What a column of a side is called in the result.
  private func shown(_ column: String, _ isLeft: Bool) -> String? {
    join.outputs.first { output in
      switch output.source {
      case .left(column): isLeft
      case .right(column): !isLeft
      case .either(let left, let right): column == (isLeft ? left : right)
      case .left, .right: false
      }
    }?.name
  }
}
