/// One named, typed column of a relation, or one field of a record.
package struct Column: Hashable, Sendable {
  package var name: String
  package var type: ValueType

  package init(_ name: String, _ type: ValueType) {
    self.name = name
    self.type = type
  }
}

/// The columns of a relation, in order. Names are unique (a reader of sources sees to it).
package struct Schema: Hashable, Sendable {
  package private(set) var columns: [Column]
  private var positions: [String: Int]

  package init(_ columns: [Column] = []) {
    self.columns = columns
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package var names: [String] { columns.map(\.name) }
  package var count: Int { columns.count }
  package func position(of name: String) -> Int? { positions[name] }
  package subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

  /// Two columns whose names are one to an engine, which does not tell `a` from `A`.
  package var twins: (first: Column, second: Column)? {
    var seen: [String: Column] = [:]
    for column in columns {
      let key = column.name.folded
      if let first = seen[key] { return (first, column) }
      seen[key] = column
    }
    return nil
  }

  /// Replaces a column of that name in place, or appends it.
  package mutating func set(_ column: Column) {
    if let at = positions[column.name] {
      columns[at] = column
    } else {
      positions[column.name] = columns.count
      columns.append(column)
    }
  }
}

extension String {
  /// As engines compare names: `Total` and `total` are one, `É` and `é` are two.
  package var folded: String {
    guard utf8.contains(where: { (65...90).contains($0) }) else { return self }
    return String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
