import SQLGeneration
import SQLTree
import Testing
import Values

/// Random trees are printed, read back by the small evaluator below, which knows SQL's
/// precedence and nothing of the printer, and must give the value that the tree has.
struct PrecedenceTests {
  @Test(arguments: 1...40)
  func printedTreesKeepTheirMeaning(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<250 {
      let tree = Tree.random(depth: 4, isTruth: random.next() % 2 == 0, &random)
      let text = SQLPrinter(.duckDB).flat(tree.sql)
      var reader = SQLReader(text)
      #expect(reader.whole() == tree.value, "\(text) (seed \(seed))")
    }
  }

  @Test func broughtOverSeveralLinesNothingChanges() {
    var random = SplitMix(seed: 7)
    for _ in 0..<60 {
      let tree = Tree.random(depth: 7, isTruth: true, &random)
      var reader = SQLReader(SQLPrinter(.duckDB).print(tree.sql))
      #expect(reader.whole() == tree.value)
    }
  }
}

struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// An expression of whole numbers and truths with the value it has by construction; 1 is true.
struct Tree {
  var sql: SQLExpr
  var value: Int

  static func random(depth: Int, isTruth: Bool, _ random: inout SplitMix) -> Tree {
    if depth == 0 || random.next() % 6 == 0 { return leaf(isTruth, &random) }
    return isTruth ? truth(depth - 1, &random) : number(depth - 1, &random)
  }

  private static func leaf(_ isTruth: Bool, _ random: inout SplitMix) -> Tree {
    let number = Int(random.next() % 7) - 3
    if isTruth { return Tree(sql: .literal(.bool(number > 0)), value: number > 0 ? 1 : 0) }
    return Tree(sql: .int(number), value: number)
  }

  private static func number(_ depth: Int, _ random: inout SplitMix) -> Tree {
    let signs: [(SQLSign, (Int, Int) -> Int)] = [
      (.plus, { $0 &+ $1 }), (.minus, { $0 &- $1 }), (.times, { $0 &* $1 }),
    ]
    let first = Tree.random(depth: depth, isTruth: false, &random)
    if random.next() % 4 == 0 {
      return Tree(sql: .prefix(.minus, first.sql), value: 0 &- first.value)
    }
    let (sign, work) = signs[Int(random.next() % 3)]
    let second = Tree.random(depth: depth, isTruth: false, &random)
    return Tree(sql: .binary(first.sql, sign, second.sql), value: work(first.value, second.value))
  }

  private static func truth(_ depth: Int, _ random: inout SplitMix) -> Tree {
    let isLogic = random.next() % 2 == 0
    let first = Tree.random(depth: depth, isTruth: isLogic, &random)
    if isLogic && random.next() % 3 == 0 {
      return Tree(sql: .prefix(.not, first.sql), value: 1 - first.value)
    }
    let second = Tree.random(depth: depth, isTruth: isLogic, &random)
    let pick = random.next() % 2 == 0
    if isLogic {
      let value = pick ? first.value & second.value : first.value | second.value
      return Tree(sql: .binary(first.sql, pick ? .and : .or, second.sql), value: value)
    }
    let value = pick ? first.value == second.value : first.value < second.value
    return Tree(
      sql: .binary(first.sql, pick ? .equal : .less, second.sql), value: value ? 1 : 0)
  }
}

/// Reads and works out what the printer wrote, after SQL's own order of operators.
struct SQLReader {
  private var tokens: ArraySlice<Substring>

  init(_ text: String) {
    var spaced = ""
    for character in text {
      spaced += "()+*<=".contains(character) ? " \(character) " : String(character)
    }
    // A minus before a digit or a bracket is a sign of its own.
    spaced = spaced.map { $0 == "-" ? " - " : String($0) }.joined()
    tokens = spaced.split(whereSeparator: \.isWhitespace)[...]
  }

  mutating func whole() -> Int? {
    let value = or()
    return tokens.isEmpty ? value : nil
  }

  private mutating func take(_ word: String) -> Bool {
    guard tokens.first == word[...] else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func or() -> Int {
    var value = and()
    while take("or") { value |= and() }
    return value
  }
  private mutating func and() -> Int {
    var value = not()
    while take("and") { value &= not() }
    return value
  }
  private mutating func not() -> Int { take("not") ? 1 - not() : comparison() }
  private mutating func comparison() -> Int {
    let value = sum()
    if take("=") { return value == sum() ? 1 : 0 }
    if take("<") { return value < sum() ? 1 : 0 }
    return value
  }
  private mutating func sum() -> Int {
    var value = product()
    while true {
      if take("+") {
        value = value &+ product()
      } else if take("-") {
        value = value &- product()
      } else {
        return value
      }
    }
  }
  private mutating func product() -> Int {
    var value = unary()
    while take("*") { value = value &* unary() }
    return value
  }
  private mutating func unary() -> Int { take("-") ? 0 &- unary() : atom() }
  private mutating func atom() -> Int {
    if take("(") {
      let value = or()
      return take(")") ? value : .min
    }
    if take("true") { return 1 }
    if take("false") { return 0 }
    return tokens.popFirst().flatMap { Int($0) } ?? .min
  }
}
