import Values

/// A relation as a list of rows: what a person would do on paper.
struct Relation {
  typealias Row = [String: Value]
  struct Column: Hashable {
    var name: String
    var kind: Kind
  }

  var columns: [Column]
  var rows: [Row]
  /// Columns that tell the rows apart; every order that matters ends with them.
  var key: [String]
  /// Whether the last stage fixed the order of the rows.
  var isSorted = false

  mutating func set(_ name: String, _ kind: Kind) {
    if let at = columns.firstIndex(where: { $0.name == name }) {
      columns[at].kind = kind
    } else {
      columns.append(Column(name: name, kind: kind))
    }
  }

  /// Equal values together, in the order in which they first appear.
  func groups(by names: [String]) -> [(key: [Value], rows: [Row])] {
    var order: [[Value]] = []
    var found: [[Value]: [Row]] = [:]
    for row in rows {
      let key = names.map { row[$0] ?? .null }
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(row)
    }
    return order.map { ($0, found[$0] ?? []) }
  }
}

/// `-amount` or `amount` in an order; missing values are last both ways.
struct RowOrder {
  var keys: [(name: String, isDescending: Bool)]

  var source: String {
    keys.map { ($0.isDescending ? "-" : "") + $0.name }.joined(separator: ", ")
  }

  func precedes(_ a: Relation.Row, _ b: Relation.Row) -> Bool { compare(a, b) < 0 }

  func compare(_ a: Relation.Row, _ b: Relation.Row) -> Int {
    for key in keys {
      switch (a[key.name] ?? .null, b[key.name] ?? .null) {
      case (.null, .null): continue
      case (.null, _): return 1
      case (_, .null): return -1
      case (let x, let y):
        let order = Interpreter.compare(x, y)
        if order != 0 { return key.isDescending ? -order : order }
      }
    }
    return 0
  }

  func sorted(_ rows: [Relation.Row]) -> [Relation.Row] { rows.sorted(by: precedes) }
}

/// An aggregate of the language, worked out over a list of rows.
struct Folding {
  var source: String
  var kind: Kind
  var fold: ([Relation.Row]) throws -> Value
}
