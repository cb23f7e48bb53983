import Estimation
import Values

/// Rows in an order that depends on what is in them alone: by the columns that are named, then by
/// all others, missing values last.
///
/// Done here and not by the engine: it would hold a second copy of all rows, and compare texts by
/// a server's rules.
struct RowOrder {
  private var order: [Int32]
  /// Stretches of rows that agree so far.
  private var tied: [Range<Int>]

  init(_ frame: Estimation.Frame, by names: [String], types: [String: DataType]) {
    order = (0..<Int32(frame.rowCount)).map { $0 }
    tied = frame.rowCount > 1 ? [0..<frame.rowCount] : []
    let named = names.compactMap { name in frame.columns.first { $0.name == name } }
    let others = frame.columns.filter { !names.contains($0.name) }
    for column in named + others where !tied.isEmpty {
      // Half a key at a time: it takes half the memory, and the second half decides few rows.
      let numbers = SortNumbers(column.values, types[column.name] ?? .text)
      refine { UInt32(truncatingIfNeeded: numbers[$0] >> 32) }
      refine { UInt32(truncatingIfNeeded: numbers[$0]) }
    }
  }

  /// A few columns at a time; categories are numbered as they first appear.
  func apply(_ frame: inout Estimation.Frame, threads: Int) {
    let isInOrder = order.indices.allSatisfy { order[$0] == $0 }
    // Taken out, so that a column is freed as soon as its successor is there.
    var left = frame.columns.map(\.values)
    for place in left.indices { frame.columns[place].values = .booleans([]) }
    for start in stride(from: 0, to: left.count, by: max(1, threads)) {
      let places = start..<min(left.count, start + max(1, threads))
      let sorted = WorkSharing(threads: threads).map(places.count) { place in
        let values = left[places.lowerBound + place]
        return (isInOrder ? values : values.rows(order)).renumbered
      }
      for (place, values) in zip(places, sorted) {
        frame.columns[place].values = values
        left[place] = .booleans([])
      }
    }
  }

  private mutating func refine(by key: (Int) -> UInt32) {
    var left: [Range<Int>] = []
    for rows in tied {
      var entries = rows.map { DigitSort.RowKey(key: key(Int(order[$0])), row: order[$0]) }
      DigitSort.sort(&entries)
      var start = 0
      for (place, entry) in entries.enumerated() {
        order[rows.lowerBound + place] = entry.row
        if entry.key != entries[start].key { start = place }
        let isLast = place + 1 == entries.count || entries[place + 1].key != entry.key
        if isLast, place > start {
          left.append(rows.lowerBound + start..<rows.lowerBound + place + 1)
        }
      }
    }
    tied = left
  }
}

/// The values of a column as numbers of the same order.
private enum SortNumbers {
  case floats([Double])
  case ranks([Int32], of: [UInt64])
  case flags([Int8])
  case days([Int32])

  init(_ values: FrameValues, _ type: DataType) {
    switch values {
    case .numbers(let numbers): self = .floats(numbers)
    case .categories(let codes, let levels): self = .ranks(codes, of: Self.ranks(levels, type))
    case .booleans(let flags): self = .flags(flags)
    case .dates(let days): self = .days(days)
    }
  }

  /// Whole numbers by size, texts by code point.
  private static func ranks(_ levels: [String], _ type: DataType) -> [UInt64] {
    let order: [Int]
    if type == .int {
      let numbers = levels.map { Int64($0) ?? 0 }
      order = levels.indices.sorted { numbers[$0] < numbers[$1] }
    } else {
      order = levels.indices.sorted { levels[$0].utf8.lexicographicallyPrecedes(levels[$1].utf8) }
    }
    var ranks = [UInt64](repeating: 0, count: levels.count)
    for (rank, level) in order.enumerated() { ranks[level] = UInt64(rank) }
    return ranks
  }

  subscript(row: Int) -> UInt64 {
    switch self {
    case .floats(let values): Self.number(values[row])
    case .ranks(let codes, let ranks): codes[row] < 0 ? .max : ranks[Int(codes[row])]
    case .flags(let flags): flags[row] < 0 ? .max : UInt64(flags[row])
    case .days(let days): days[row] == .min ? .max : UInt64(Int64(days[row]) + 0x8000_0000)
    }
  }

  private static func number(_ value: Double) -> UInt64 {
    value.isNaN ? .max : DigitSort.key(of: value)
  }
}
