/// Which cells need which: what to skip when one fails, what to run again when one changed.
///
/// A name may be bound again further down, and a reader sees the latest binding above it, so the
/// edges are exact.
package struct Dependencies: Hashable, Sendable {
  /// What a cell binds for those below it, and what it reads from those above.
  package struct Names: Hashable, Sendable {
    package var binds: Set<String>
    package var reads: Set<String>

    package init(binds: Set<String>, reads: Set<String>) {
      self.binds = binds
      self.reads = reads
    }
  }

  /// Of each cell the cells it reads from directly, in document order.
  package let direct: [[Int]]

  package init(_ cells: [Names]) {
    var owner: [String: Int] = [:]
    var direct: [[Int]] = []
    for (index, cell) in cells.enumerated() {
      direct.append(Set(cell.reads.compactMap { owner[$0] }).sorted())
      for name in cell.binds { owner[name] = index }
    }
    self.direct = direct
  }

  /// Every cell that `cell` needs, directly or through others, in document order.
  package func upstream(of cell: Int) -> [Int] {
    var needed: Set<Int> = []
    var open = direct[cell]
    while let next = open.popLast() {
      if needed.insert(next).inserted { open += direct[next] }
    }
    return needed.sorted()
  }

  /// Every cell that needs `cell`, in document order.
  package func downstream(of cell: Int) -> [Int] {
    var reached: Set<Int> = [cell]
    for index in direct.indices.dropFirst(cell + 1)
    where direct[index].contains(where: reached.contains) {
      reached.insert(index)
    }
    return reached.subtracting([cell]).sorted()
  }

  /// The first failed cell that `cell` needs: the one to name when it is skipped.
  package func cause(ofSkipping cell: Int, failed: Set<Int>) -> Int? {
    upstream(of: cell).first(where: failed.contains)
  }
}
