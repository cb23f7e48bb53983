import Values

/// Makes a pipeline stage by stage, and beside each stage works out the rows it must give.
struct PipelineModel {
  var generator: ExpressionGenerator
  var relation: Relation
  private(set) var source: String
  private var fresh = 0

  init(_ generator: ExpressionGenerator, _ rows: ExpressionRows) {
    self.generator = generator
    var columns = [Relation.Column(name: "n", kind: .int)]
    let kinds: [(Kind, [String])] = [
      (.int, ["i", "j", "k"]), (.float, ["x", "y", "w"]), (.text, ["s", "t", "u"]),
      (.date, ["d", "e"]), (.timestamp, ["at", "since"]), (.bool, ["b", "c"]),
    ]
    for (kind, names) in kinds { columns += names.map { Relation.Column(name: $0, kind: kind) } }
    let known = rows.rows.enumerated().map { number, row in
      row.mapValues(\.value).merging(["n": .int(Int64(number))]) { $1 }
    }
    relation = Relation(columns: columns, rows: known, key: ["n"])
    // Lists have no order, so that most stages have no use for them.
    source = rows.source + "\n| drop l, m, f, g, p, q"
  }

  /// Adds stages; a stage whose values are not defined is thrown away.
  mutating func grow(_ count: Int) {
    for _ in 0..<count {
      let before = self
      do {
        let known = relation
        refresh()
        let stage = try stage(known)
        source += "\n| " + stage
      } catch {
        let random = generator.random
        self = before
        generator.random = random
      }
    }
  }

  private mutating func refresh() {
    generator.columns = Dictionary(grouping: relation.columns, by: \.kind)
      .mapValues { $0.map(\.name) }
  }

  private mutating func stage(_ known: Relation) throws -> String {
    relation.isSorted = false
    switch generator.number(1...17) {
    case 13: return try filterGroups(known)
    case 14: return rename()
    case 15: return try drop()
    case 16: return try union(known)
    case 17: return joinAll(known)
    case 1, 2: return try filter(known)
    case 3, 4: return try derive()
    case 5, 6: return try window(known)
    case 7: return select()
    case 8: return sort()
    case 9: return take(known)
    case 10: return distinct(known)
    case 11: return try summarize(known)
    default: return join(known)
    }
  }

  // MARK: Row by row

  private mutating func filter(_ known: Relation) throws -> String {
    let condition = generator.expression(.bool, 2)
    relation.rows = try known.rows.filter {
      try Interpreter(row: $0).value(condition) == .bool(true)
    }
    relation.isSorted = known.isSorted
    return "where " + condition.source
  }

  private mutating func derive() throws -> String {
    var items: [String] = []
    for _ in 0..<generator.number(1...2) {
      let kind = generator.pick(Kind.allCases.filter { $0.item == nil })
      let name = generator.chance(60) ? newName() : generator.pick(relation.columns).name
      if relation.key.contains(name) || items.contains(where: { $0.hasPrefix("\(name) =") }) {
        continue
      }
      let expression = generator.expression(kind, 2)
      for at in relation.rows.indices {
        relation.rows[at][name] = try Interpreter(row: relation.rows[at]).value(expression)
      }
      items.append("\(name) = \(expression.source)")
      relation.set(name, kind)
      refresh()
    }
    if items.isEmpty { throw Undefined() }
    return "derive " + items.joined(separator: ", ")
  }

  private mutating func select() -> String {
    var kept: [Relation.Column] = []
    var items: [String] = []
    var names: [String: String] = [:]
    for column in relation.columns.shuffled(using: &generator.random)
    where relation.key.contains(column.name) || generator.chance(60) {
      let name = generator.chance(20) ? newName() : column.name
      items.append(name == column.name ? name : "\(name) = \(column.name)")
      kept.append(Relation.Column(name: name, kind: column.kind))
      names[column.name] = name
    }
    relation.rows = relation.rows.map { row in
      Dictionary(
        names.map { ($0.value, row[$0.key] ?? .null) }, uniquingKeysWith: { first, _ in first })
    }
    relation.columns = kept
    relation.key = relation.key.compactMap { names[$0] }
    return "select " + items.joined(separator: ", ")
  }

  // MARK: Order

  mutating func order() -> RowOrder {
    let sortable = relation.columns.filter { $0.kind != .duration }
    var keys = (0..<generator.number(0...2)).map { _ in
      (name: generator.pick(sortable).name, isDescending: generator.chance(50))
    }
    keys += relation.key.map { (name: $0, isDescending: generator.chance(30)) }
    var seen: Set<String> = []
    return RowOrder(keys: keys.filter { seen.insert($0.name).inserted })
  }

  private mutating func sort() -> String {
    let order = order()
    relation.rows = order.sorted(relation.rows)
    relation.isSorted = true
    return "sort " + order.source
  }

  private mutating func take(_ known: Relation) -> String {
    let count = generator.number(0...3)
    if known.isSorted, generator.chance(50) {
      relation.rows = Array(known.rows.prefix(count))
      relation.isSorted = true
      return "take \(count)"
    }
    let order = order()
    guard generator.chance(50) else {
      relation.rows = Array(order.sorted(known.rows).prefix(count))
      return "top \(max(count, 1)) by " + reversedForTop(order, max(count, 1), known)
    }
    let group = generator.pick(relation.columns.filter { $0.kind != .duration }).name
    relation.rows = known.groups(by: [group]).flatMap { order.sorted($0.rows).prefix(count) }
    return "take \(count) by \(group) sort " + order.source
  }

  /// `top` takes the largest first: its keys are written the other way round.
  private mutating func reversedForTop(
    _ order: RowOrder, _ count: Int, _ known: Relation
  ) -> String {
    relation.rows = Array(order.sorted(known.rows).prefix(count))
    return RowOrder(keys: order.keys.map { ($0.name, !$0.isDescending) }).source
  }

  private mutating func distinct(_ known: Relation) -> String {
    let names = relation.columns.filter { $0.kind != .duration && generator.chance(25) }
      .map(\.name)
    guard !names.isEmpty else { return "take 100000" }
    relation.rows = known.groups(by: names).map { group in
      Dictionary(uniqueKeysWithValues: zip(names, group.key))
    }
    relation.columns = names.compactMap { name in known.columns.first { $0.name == name } }
    relation.key = names
    return "distinct " + names.joined(separator: ", ")
  }

  // MARK: Groups

  private mutating func summarize(_ known: Relation) throws -> String {
    let keys = Array(
      relation.columns.filter { $0.kind != .duration }.shuffled(using: &generator.random)
        .prefix(generator.number(1...2)))
    let names = keys.map(\.name)
    let foldings = (0..<generator.number(1...3)).map { _ in (newName(), folding()) }
    relation.rows = try known.groups(by: names).map { group in
      var row = Dictionary(uniqueKeysWithValues: zip(names, group.key))
      for (name, folding) in foldings { row[name] = try folding.fold(group.rows) }
      return row
    }
    relation.columns = keys + foldings.map { Relation.Column(name: $0.0, kind: $0.1.kind) }
    relation.key = names
    let items = foldings.map { "\($0.0) = \($0.1.source)" }.joined(separator: ", ")
    return "summarize \(items) by \(names.joined(separator: ", "))"
  }

  private mutating func window(_ known: Relation) throws -> String {
    let group = generator.pick(relation.columns.filter { $0.kind != .duration }).name
    let (name, order) = (newName(), order())
    let (text, kind, values, frame) =
      generator.chance(50)
      ? try moreWindowValues(order) : try windowValues(order)
    var rows: [Relation.Row] = []
    for part in known.groups(by: [group]) {
      let sorted = order.sorted(part.rows)
      for (row, value) in zip(sorted, try values(sorted)) {
        rows.append(row.merging([name: value]) { $1 })
      }
    }
    relation.rows = rows
    relation.set(name, kind)
    return "derive \(name) = \(text) by \(group) sort \(order.source)\(frame)"
  }

  /// What an item of a window says, its kind, its values for the rows of a group in order, and the
  /// frame behind the stage.
  typealias WindowValues = (String, Kind, ([Relation.Row]) throws -> [Value], String)

  private mutating func windowValues(
    _ order: RowOrder
  ) throws -> WindowValues {
    let column = generator.pick(relation.columns.filter { $0.kind != .duration })
    switch generator.number(1...5) {
    case 1:
      return ("row_number(\(order.source))", .int, { $0.indices.map { .int(Int64($0) + 1) } }, "")
    case 2:
      let by = RowOrder(keys: [(column.name, generator.chance(50))])
      return (
        "rank(\(by.source))", .int,
        { rows in
          rows.map { row in .int(Int64(rows.count { by.precedes($0, row) }) + 1) }
        }, ""
      )
    case 3:
      return (
        "lag(\(column.name))", column.kind,
        { rows in
          rows.indices.map { $0 == 0 ? .null : rows[$0 - 1][column.name] ?? .null }
        }, ""
      )
    case 4:
      return (
        "lead(\(column.name))", column.kind,
        { rows in
          rows.indices.map { $0 + 1 == rows.count ? .null : rows[$0 + 1][column.name] ?? .null }
        }, ""
      )
    default:
      // Without a frame an aggregate is of the whole group, whatever the order.
      let folding = folding()
      return (
        folding.source, folding.kind,
        { rows in
          Array(repeating: try folding.fold(rows), count: rows.count)
        }, ""
      )
    }
  }

  mutating func folding() -> Folding {
    var folding = plainFolding()
    guard generator.chance(25) else { return folding }
    let condition = generator.expression(.bool, 1)
    let fold = folding.fold
    folding.source += " where \(condition.source)"
    folding.fold = { rows in
      try fold(rows.filter { try Interpreter(row: $0).value(condition) == .bool(true) })
    }
    return folding
  }

  private mutating func plainFolding() -> Folding {
    if generator.chance(50) { return moreFolding() }
    let kind = generator.pick([Kind.int, .float, .text, .date, .timestamp])
    let x = generator.expression(kind, 1)
    func values(_ rows: [Relation.Row]) throws -> [Value] {
      try rows.map { try Interpreter(row: $0).value(x) }.filter { $0 != .null }
    }
    switch generator.number(1...6) {
    case 1: return Folding(source: "count()", kind: .int) { .int(Int64($0.count)) }
    case 2:
      return Folding(source: "count(\(x.source))", kind: .int) { .int(Int64(try values($0).count)) }
    case 3:
      return Folding(source: "count_distinct(\(x.source))", kind: .int) {
        .int(Int64(Set(try values($0)).count))
      }
    case 4:
      return Folding(source: "max(\(x.source))", kind: kind) { rows in
        try values(rows).max { Interpreter.compare($0, $1) < 0 } ?? .null
      }
    case 5:
      let order = order()
      return Folding(source: "first(\(x.source), \(order.source))", kind: kind) { rows in
        try values(order.sorted(rows)).first ?? .null
      }
    default:
      let n = generator.expression(.int, 1)
      return Folding(source: "sum(\(n.source))", kind: .int) { rows in
        var sum: Int64 = 0
        for row in rows {
          if case .int(let x) = try Interpreter(row: row).value(n) { sum += x }
        }
        return .int(sum)
      }
    }
  }

  // MARK: Joins

  static let others: [(id: Int64?, mark: String)] = [
    (0, "zero"), (1, "one"), (nil, "none"), (7, "seven"), (-8, "less"),
  ]

  private mutating func join(_ known: Relation) -> String {
    guard let column = relation.columns.first(where: { $0.kind == .int && $0.name != "n" }) else {
      return "take 100000"
    }
    let kind = generator.pick(["", "left ", "semi ", "anti "])
    let prefix = newName()
    func match(_ row: Relation.Row) -> String? {
      guard case .int(let x)? = row[column.name] else { return nil }
      return Self.others.first { $0.id == x }?.mark
    }
    switch kind {
    case "semi ": relation.rows = known.rows.filter { match($0) != nil }
    case "anti ": relation.rows = known.rows.filter { match($0) == nil }
    default:
      relation.rows = known.rows.compactMap { row in
        let mark = match(row)
        if mark == nil, kind == "" { return nil }
        return row.merging(["\(prefix)_mark": mark.map { .text($0) } ?? .null]) { $1 }
      }
      relation.set("\(prefix)_mark", .text)
    }
    let rows = Self.others.map { "{id: \($0.id.map { "\($0)" } ?? "null"), mark: \"\($0.mark)\"}" }
    let right = "(rows [\(rows.joined(separator: ", "))])"
    if kind == "semi " || kind == "anti " {
      return "join \(kind)\(right) on \(column.name) == id"
    }
    relation.set("\(prefix)_id", .int)
    for at in relation.rows.indices {
      let isThere = relation.rows[at]["\(prefix)_mark"] != .null
      relation.rows[at]["\(prefix)_id"] = isThere ? relation.rows[at][column.name] : .null
    }
    return "join \(kind)\(right) as \(prefix) on \(column.name) == id"
  }

  mutating func newName() -> String {
    fresh += 1
    return "z\(fresh)"
  }
}
