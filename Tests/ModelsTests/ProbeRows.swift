import Estimation
import Glibc

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Draws: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
  mutating func pick<T>(_ all: [T]) -> T { all[Int(next() % UInt64(all.count))] }
}

/// A row of two numbers, a condition, a text and a date; nil is missing.
struct ProbeRow {
  var x: Double?
  var gap: Double?
  var flag: Bool?
  var plan: String?
  var day: Int32?

  /// What training sees: everything has gaps but `x`.
  static func training(_ count: Int, seed: UInt64) -> [ProbeRow] {
    var draws = Draws(seed: seed)
    return (0..<count).map { _ in
      ProbeRow(
        x: draws.normal(),
        gap: draws.uniform() < 0.2 ? nil : (draws.normal() * 3).rounded(),
        flag: draws.uniform() < 0.1 ? nil : draws.uniform() < 0.4,
        plan: draws.uniform() < 0.1 ? nil : draws.pick(["a", "b", "c", "it's", ""]),
        day: draws.uniform() < 0.1 ? nil : Int32(19_000 + Int(draws.uniform() * 900)))
    }
  }

  /// Rows at the edges of what a model tells apart: each value missing, zero of both signs, as
  /// large and as small as numbers are, at each of `cuts` and one place beside it; a text that
  /// training never saw, an empty one; dates long ago.
  static func edges(cuts: [Double], extreme: Double, seed: UInt64) -> [ProbeRow] {
    var draws = Draws(seed: seed)
    let tiny =
      extreme > 1e300
      ? [.leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-35, Double(Float(1e-35)), -1e-35]
      : [1e-35]
    let cuts = cuts.shuffled(using: &draws).prefix(200)
    let numbers: [Double?] =
      [nil, 0, -0.0, extreme, -extreme, 1, -2.5] + tiny
      + cuts.flatMap { [$0, $0.nextUp, $0.nextDown] }
    let texts = [nil, "a", "b", "c", "it's", "", "unseen", "(missing)", "A"]
    let days: [Int32?] = [nil, 0, -1, -700_000, 19_000, 19_450, 19_899, 40_000]
    return (0..<(numbers.count * 2 + 200)).map { row in
      ProbeRow(
        x: row < numbers.count ? numbers[row] : draws.pick(numbers), gap: draws.pick(numbers),
        flag: draws.pick([nil, true, false]), plan: draws.pick(texts), day: draws.pick(days))
    }
  }
}

extension [ProbeRow] {
  var frame: Frame {
    let texts = ["a", "b", "c", "it's", "", "unseen", "(missing)", "A"]
    return Frame(
      rowCount: count,
      columns: [
        FrameColumn("x", .numbers(map { $0.x ?? .nan })),
        FrameColumn("gap", .numbers(map { $0.gap ?? .nan })),
        FrameColumn("flag", .booleans(map { $0.flag.map { $0 ? 1 : 0 } ?? -1 })),
        FrameColumn(
          "plan",
          .categories(
            codes: map { row in row.plan.flatMap { texts.firstIndex(of: $0) }.map(Int32.init) ?? -1
            },
            levels: texts)),
        FrameColumn("day", .dates(map { $0.day ?? .min })),
      ])
  }

  /// As a table of a server or of the embedded engine.
  func statement(_ table: String) -> String {
    func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    func number(_ value: Double?) -> String { value.map { "'\($0)'::float8" } ?? "null" }
    let rows = enumerated().map { place, row in
      let plan = row.plan.map(quoted) ?? "null"
      let flag = row.flag.map { "\($0)" } ?? "null"
      let day = row.day.map { "(date '1970-01-01' + \($0))" } ?? "null"
      return "(\(place), \(number(row.x)), \(number(row.gap)), \(flag), \(plan), \(day))"
    }
    return """
      create table \(table) (id int, "#feature1" float8, "#feature2" float8, "#feature3" boolean,
        "#feature4" text, "#feature5" date);
      insert into \(table) values \(rows.joined(separator: ",\n"))
      """
  }
}
