import Estimation
import Values

/// Rows by the values of some columns, in the order of these values.
struct RowGroups {
  struct Group {
    var keys: [Value]
    var rows: [Int]

    /// `plan = "pro"`, for people.
    func words(_ names: [String]) -> String? {
      guard !keys.isEmpty else { return nil }
      return zip(names, keys).map { "\($0) = \(ColumnFormat.plain($1))" }.joined(separator: ", ")
    }
  }
  private(set) var groups: [Group] = []

  init(_ columns: [FrameValues], types: [DataType], rowCount: Int) {
    guard !columns.isEmpty else {
      groups = [Group(keys: [], rows: Array(0..<rowCount))]
      return
    }
    let codes = Self.joined(columns.map(Self.codes), rowCount)
    for (row, place) in codes.enumerated() {
      if Int(place) == groups.count {
        groups.append(Group(keys: zip(columns, types).map { Self.value($0, $1, row) }, rows: []))
      }
      groups[Int(place)].rows.append(row)
    }
    groups.sort { Self.precedes($0.keys, $1.keys) }
  }

  /// One number for all codes of a row, counted up in the order in which they come.
  private static func joined(_ columns: [[Int32]], _ rowCount: Int) -> [Int32] {
    columns.reduce([Int32](repeating: 0, count: rowCount)) { joined, codes in
      var known: [UInt64: Int32] = [:]
      return zip(joined, codes).map { place, code in
        let both = UInt64(UInt32(bitPattern: place)) << 32 | UInt64(UInt32(bitPattern: code))
        let next = Int32(known.count)
        if let found = known[both] { return found }
        known[both] = next
        return next
      }
    }
  }

  private static func codes(_ values: FrameValues) -> [Int32] {
    switch values {
    case .categories(let codes, _): return codes
    case .booleans(let flags): return flags.map(Int32.init)
    case .dates(let days): return days
    case .numbers(let numbers):
      var known: [UInt64: Int32] = [:]
      return numbers.map { number in
        let next = Int32(known.count)
        return known[number.bitPattern]
          ?? {
            known[number.bitPattern] = next
            return next
          }()
      }
    }
  }

  private static func value(_ values: FrameValues, _ type: DataType, _ row: Int) -> Value {
    switch values {
    case .categories(let codes, let levels):
      guard codes[row] >= 0 else { return .null }
      let text = levels[Int(codes[row])]
      return type == .int ? Int64(text).map { .int($0) } ?? .null : .text(text)
    case .booleans(let flags): return flags[row] < 0 ? .null : .bool(flags[row] == 1)
    case .dates(let days): return days[row] == .min ? .null : .date(days[row])
    case .numbers(let numbers): return numbers[row].isNaN ? .null : .float(numbers[row])
    }
  }

  /// Missing values last.
  private static func precedes(_ a: [Value], _ b: [Value]) -> Bool {
    for (x, y) in zip(a, b) where x != y {
      switch (x, y) {
      case (.null, _): return false
      case (_, .null): return true
      case (.int(let x), .int(let y)): return x < y
      case (.float(let x), .float(let y)): return x < y
      case (.date(let x), .date(let y)): return x < y
      case (.bool(let x), .bool(let y)): return !x && y
      case (.text(let x), .text(let y)):
        return x.unicodeScalars.lexicographicallyPrecedes(y.unicodeScalars)
      default: return false
      }
    }
    return false
  }
}
