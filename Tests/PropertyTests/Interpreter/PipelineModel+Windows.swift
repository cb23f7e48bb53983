import Values

/// Ranks, running sums, frames; more aggregates.
extension PipelineModel {
  mutating func moreWindowValues(_ order: RowOrder) throws -> WindowValues {
    let column = generator.pick(relation.columns.filter { $0.kind != .duration })
    let by = RowOrder(keys: [(column.name, generator.chance(50))])
    switch generator.number(1...5) {
    case 1:
      return (
        "dense_rank(\(by.source))", .int,
        { rows in
          rows.map { row in
            let before = rows.filter { by.precedes($0, row) }
            return .int(Int64(Set(before.map { $0[column.name] ?? .null }).count) + 1)
          }
        }, ""
      )
    case 2:
      let parts = generator.number(1...4)
      return (
        "ntile(\(parts), \(order.source))", .int,
        { rows in
          let (size, larger) = rows.count.quotientAndRemainder(dividingBy: parts)
          return rows.indices.map { at in
            let inLarger = at < larger * (size + 1)
            let part =
              inLarger ? at / (size + 1) : larger + (at - larger * (size + 1)) / max(size, 1)
            return .int(Int64(part) + 1)
          }
        }, ""
      )
    case 3:
      let x = generator.expression(.int, 1)
      return (
        "cumsum(\(x.source))", .int,
        { rows in
          var sum: Int64 = 0
          return try rows.map { row in
            if case .int(let value) = try Interpreter(row: row).value(x) { sum += value }
            return .int(sum)
          }
        }, ""
      )
    default: return try framed()
    }
  }

  /// An aggregate of the rows around each row: `rows -2..0`.
  private mutating func framed() throws -> WindowValues {
    var folding = folding()
    // What asks for an order of its own has no frame.
    for _ in 0..<20 where folding.source.hasPrefix("first(") || folding.source.hasPrefix("last(") {
      folding = self.folding()
    }
    if folding.source.hasPrefix("first(") || folding.source.hasPrefix("last(") {
      throw Undefined()
    }
    let start = generator.pick([nil, -2, -1, 0, 1])
    let end = generator.pick([0, 1, 2].filter { $0 >= start ?? 0 })
    let fold = folding.fold
    return (
      folding.source, folding.kind,
      { rows in
        try rows.indices.map { at in
          let low = max(0, start.map { at + $0 } ?? 0)
          let high = min(rows.count, at + end + 1)
          return try fold(low < high ? Array(rows[low..<high]) : [])
        }
      }, " rows \(start.map { "\($0)" } ?? "")..\(end)"
    )
  }

  mutating func moreFolding() -> Folding {
    let x = generator.expression(.int, 1)
    let condition = generator.expression(.bool, 1)
    func numbers(_ rows: [Relation.Row]) throws -> [Double] {
      try rows.compactMap { try Interpreter(row: $0).value(x).number }
    }
    func holding(_ rows: [Relation.Row]) throws -> Int {
      try rows.filter { try Interpreter(row: $0).value(condition) == .bool(true) }.count
    }
    switch generator.number(1...8) {
    case 1:
      return Folding(source: "min(\(x.source))", kind: .int) { rows in
        try numbers(rows).min().map { .int(Int64($0)) } ?? .null
      }
    case 2:
      return Folding(source: "mean(\(x.source))", kind: .float) { rows in
        let all = try numbers(rows)
        return all.isEmpty ? .null : .float(all.reduce(0, +) / Double(all.count))
      }
    case 3:
      return Folding(source: "median(\(x.source))", kind: .float) { rows in
        let all = try numbers(rows).sorted()
        if all.isEmpty { return .null }
        return .float((all[(all.count - 1) / 2] + all[all.count / 2]) / 2)
      }
    case 4:
      return Folding(source: "any(\(condition.source))", kind: .bool) {
        .bool(try holding($0) > 0)
      }
    case 5:
      return Folding(source: "all(\(condition.source))", kind: .bool) { rows in
        .bool(try holding(rows) == rows.count)
      }
    case 6:
      return Folding(source: "share(\(condition.source))", kind: .float) { rows in
        rows.isEmpty ? .null : .float(Double(try holding(rows)) / Double(rows.count))
      }
    case 7:
      return Folding(source: "variance(\(x.source))", kind: .float) { rows in
        let all = try numbers(rows)
        if all.count < 2 { return .null }
        let mean = all.reduce(0, +) / Double(all.count)
        let squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return .float(squares / Double(all.count - 1))
      }
    default:
      let order = order()
      return Folding(source: "last(\(x.source), \(order.source))", kind: .int) { rows in
        // Rows without a place in the order come first, and of the others the last counts.
        let known = try order.sorted(rows).filter { try Interpreter(row: $0).value(x) != .null }
        let placed = known.filter { row in
          order.keys.allSatisfy { (row[$0.name] ?? .null) != .null }
        }
        guard placed.count == known.count else { throw Undefined() }
        return try known.last.map { try Interpreter(row: $0).value(x) } ?? .null
      }
    }
  }
}
