import Values

/// Rows of one schema with three patterns of missing values: none, some, and every one that may
/// be missing. `k w u e since c m g q` never are.
struct ExpressionRows {
  typealias Cell = (source: String, value: Value)
  let names = [
    "i", "j", "k", "x", "y", "w", "s", "t", "u", "d", "e", "at", "since", "b", "c", "l", "m", "f",
    "g", "p", "q",
  ]
  private static let present: Set<String> = ["k", "w", "u", "e", "since", "c", "m", "g", "q"]
  static let texts = [
    "", "a", "paid", "it's", " Ann ", "a-b-c", "12", "-7.5", "2024-02-30", "2024-02-29",
    "x1y22", "Éé ✓", "cafe\u{301} e\u{301}", "👩‍👧 & co", "1'234,50", "2024-03-31 02:30:00",
  ]
  private(set) var rows: [[String: Cell]] = []

  /// `huge`: floats beyond what an int holds; without any, no conversion can fail on a row that
  /// an earlier stage has dropped (an engine may look at it all the same).
  init(_ generator: inout ExpressionGenerator, copies: Int = 1, huge: [Double] = [1e200]) {
    for pattern in (0...2).flatMap({ Array(repeating: $0, count: copies) }) {
      var row: [String: Cell] = [:]
      for name in names {
        let isMissing =
          !Self.present.contains(name)
          && (pattern == 2 || pattern == 1 && generator.number(0...1) == 0)
        row[name] = isMissing ? ("null", .null) : Self.cell(name, &generator, huge: huge)
      }
      rows.append(row)
    }
  }

  /// `rows [{n: 0, i: 4, ...}, ...]`
  var source: String {
    let lines = rows.enumerated().map { index, row in
      "{n: \(index), "
        + names.map { "\($0): \(row[$0]?.source ?? "null")" }.joined(separator: ", ") + "}"
    }
    return "rows [\(lines.joined(separator: ",\n "))]"
  }

  private static func cell(
    _ name: String, _ generator: inout ExpressionGenerator, huge: [Double]
  ) -> Cell {
    switch name {
    case "i", "j", "k":
      let n = generator.pick([0, 1, -1, 2, 7, -8, 40, 365])
      return ("\(n)", .int(Int64(n)))
    case "x", "y", "w":
      let x = generator.pick([0.0, 0.5, -0.5, 2.5, -1.25, 3.0, 99.995, 1e-9, 1e12] + huge)
      return ("\(x)", .float(x))
    case "s", "t", "u":
      let text = generator.pick(texts)
      return ("\"\(text)\"", .text(text))
    case "d", "e":
      let day =
        Civil(generator.number(1999...2030), generator.number(1...12), generator.number(1...28))
        .days
        + generator.number(0...3)
      return ("@\(Reference.iso(day))", .date(Int32(day)))
    case "at", "since":
      let day = Civil(
        generator.number(1968...2030), generator.number(1...12), generator.number(1...28)
      ).days
      let (hour, minute) = (generator.number(0...23), generator.number(0...59))
      let clock = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
      let micros = Int64(day) * Civil.dayLength + Int64(hour * 60 + minute) * 60_000_000
      return ("@\(Reference.iso(day))T\(clock)", .timestamp(micros))
    case "l", "m": return list(&generator, of: "k", huge)
    case "f", "g": return list(&generator, of: "w", [])
    case "p", "q": return list(&generator, of: "u", huge)
    default:
      let isTrue = generator.number(0...1) == 1
      return ("\(isTrue)", .bool(isTrue))
    }
  }

  /// Never empty, since a literal of nothing has no type; with a missing item now and then.
  private static func list(
    _ generator: inout ExpressionGenerator, of name: String, _ huge: [Double]
  ) -> Cell {
    let first = cell(name, &generator, huge: huge)
    let others = (0..<generator.number(0...3)).map { _ in
      generator.chance(25) ? Cell("null", .null) : cell(name, &generator, huge: huge)
    }
    let items = [first] + others
    return (
      "[\(items.map(\.source).joined(separator: ", "))]", .list(items.map(\.value))
    )
  }
}
