import Values

/// Stages over whole groups, names, and several relations.
extension PipelineModel {
  /// `where` over an aggregate of each row's group.
  mutating func filterGroups(_ known: Relation) throws -> String {
    let group = generator.pick(relation.columns.filter { $0.kind != .duration }).name
    var folding = folding()
    for _ in 0..<30 where folding.kind != .int { folding = self.folding() }
    if folding.kind != .int { throw Undefined() }
    let limit = generator.number(0...3)
    let kept = try known.groups(by: [group]).filter {
      guard case .int(let x) = try folding.fold($0.rows) else { return false }
      return x >= Int64(limit)
    }
    relation.rows = kept.flatMap(\.rows)
    return "where (\(folding.source)) >= \(limit) by \(group)"
  }

  /// Two columns change names, or one gets a new one.
  mutating func rename() -> String {
    let columns = relation.columns.shuffled(using: &generator.random)
    var names: [String: String] = [:]
    if generator.chance(50), columns.count > 1 {
      (names[columns[0].name], names[columns[1].name]) = (columns[1].name, columns[0].name)
    } else {
      names[columns[0].name] = newName()
    }
    for at in relation.columns.indices {
      relation.columns[at].name = names[relation.columns[at].name] ?? relation.columns[at].name
    }
    relation.rows = relation.rows.map { row in
      Dictionary(
        row.map { (names[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    relation.key = relation.key.map { names[$0] ?? $0 }
    return "rename "
      + names.sorted { $0.key < $1.key }.map { "\($0.value) = \($0.key)" }.joined(separator: ", ")
  }

  mutating func drop() throws -> String {
    let free = relation.columns.filter { !relation.key.contains($0.name) }
    guard !free.isEmpty else { throw Undefined() }
    let name = generator.pick(free).name
    relation.columns.removeAll { $0.name == name }
    for at in relation.rows.indices { relation.rows[at][name] = nil }
    return "drop \(name)"
  }

  /// With rows of ours. Rows that are alike in all that is left cannot be told apart, nor need be.
  mutating func union(_ known: Relation) throws -> String {
    let ints = known.columns.filter { $0.kind == .int }
    let texts = known.columns.filter { $0.kind == .text }
    guard !ints.isEmpty, !texts.isEmpty else { throw Undefined() }
    let (n, t) = (generator.pick(ints), generator.pick(texts))
    let others = Self.others.map { other -> Relation.Row in
      [n.name: other.id.map { .int($0) } ?? .null, t.name: .text(other.mark)]
    }
    relation.columns = [n, t]
    relation.rows =
      known.rows.map { [n.name: $0[n.name] ?? .null, t.name: $0[t.name] ?? .null] } + others
    relation.key = [n.name, t.name]
    let rows = Self.others.map {
      "{\(t.name): \"\($0.mark)\", \(n.name): \($0.id.map { "\($0)" } ?? "null")}"
    }
    return "select \(n.name), \(t.name) | union (rows [\(rows.joined(separator: ", "))])"
  }

  /// `join right`, `join full`, and `join many` with keys that are there twice.
  mutating func joinAll(_ known: Relation) -> String {
    guard let column = relation.columns.first(where: { $0.kind == .int }) else {
      return "take 100000"
    }
    let kind = generator.pick(["", "left ", "right ", "full "])
    let prefix = newName()
    let right = Self.others + [(0, "again"), (nil, "nothing")]
    func joined(_ row: Relation.Row, _ other: (id: Int64?, mark: String)?) -> Relation.Row {
      row.merging([
        "\(prefix)_id": other?.id.map { .int($0) } ?? .null,
        "\(prefix)_mark": other.map { .text($0.mark) } ?? .null,
      ]) { $1 }
    }
    var rows: [Relation.Row] = []
    var isMet = Array(repeating: false, count: right.count)
    for row in known.rows {
      let hits = right.indices.filter { at in
        guard case .int(let x)? = row[column.name] else { return false }
        return right[at].id == x
      }
      for at in hits {
        isMet[at] = true
        rows.append(joined(row, right[at]))
      }
      if hits.isEmpty, kind == "left " || kind == "full " { rows.append(joined(row, nil)) }
    }
    if kind == "right " || kind == "full " {
      let nothing = Relation.Row(
        uniqueKeysWithValues: known.columns.map { ($0.name, Value.null) })
      for (other, isMet) in zip(right, isMet) where !isMet { rows.append(joined(nothing, other)) }
    }
    relation.rows = rows
    relation.set("\(prefix)_id", .int)
    relation.set("\(prefix)_mark", .text)
    relation.key = known.key + ["\(prefix)_mark"]
    let lines = right.map { "{id: \($0.id.map { "\($0)" } ?? "null"), mark: \"\($0.mark)\"}" }
    return
      "join \(kind)many (rows [\(lines.joined(separator: ", "))]) as \(prefix) on \(column.name) == id"
  }
}
