/// Makes new inputs out of known ones, as they come out of a slip of the hand, of an editor, or of
/// somebody who means harm. The same numbers give the same inputs.
struct Mutator {
  var random: SplitMix64
  let seeds: [[UInt8]]
  /// For targets that see little of a text that cannot be read.
  let tokens: TokenMutator?

  mutating func input() -> [UInt8] {
    if let tokens, pick(4) > 0 { return tokens.input(&random) }
    switch pick(12) {
    case 0: return bytes()
    case 1: return soup()
    default:
      var input = seeds.isEmpty ? [] : seeds[pick(seeds.count)]
      for _ in 0...pick(5) { mutate(&input) }
      return Array(input.prefix(6000))
    }
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func bytes() -> [UInt8] {
    (0..<pick(300)).map { _ in UInt8(pick(256)) }
  }

  private mutating func soup() -> [UInt8] {
    let blank = pick(3) == 0 ? "" : " "
    return Array((0..<pick(80)).map { _ in piece() }.joined(separator: blank).utf8)
  }

  private mutating func piece() -> String { Self.pieces[pick(Self.pieces.count)] }

  /// A place between two tokens, roughly; anywhere else now and then.
  private mutating func place(_ input: [UInt8]) -> Int {
    let start = pick(input.count + 1)
    if pick(4) == 0 { return start }
    return (start..<min(start + 20, input.count)).first { input[$0] == 0x20 || input[$0] == 0x0A }
      ?? start
  }

  private mutating func range(_ input: [UInt8], _ longest: Int) -> Range<Int> {
    let (a, b) = (place(input), place(input))
    return min(a, b)..<min(max(a, b), min(a, b) + longest)
  }

  private mutating func mutate(_ input: inout [UInt8]) {
    let at = place(input)
    switch pick(10) {
    case 0: input.removeSubrange(range(input, 60))
    case 1: input.insert(contentsOf: input[range(input, 200)], at: at)
    case 2, 3: input.insert(contentsOf: Array(piece().utf8), at: at)
    case 4: input.replaceSubrange(range(input, 12), with: Array(piece().utf8))
    case 5: if !input.isEmpty { input[pick(input.count)] = UInt8(pick(256)) }
    case 6: if !input.isEmpty { input.remove(at: pick(input.count)) }
    case 7: splice(&input, at)
    case 8: repeatPart(&input, at)
    default: input.removeSubrange(at...)
    }
  }

  /// A part of another input.
  private mutating func splice(_ input: inout [UInt8], _ at: Int) {
    guard !seeds.isEmpty else { return }
    let other = seeds[pick(seeds.count)]
    input.insert(contentsOf: other[range(other, 400)], at: at)
  }

  private mutating func repeatPart(_ input: inout [UInt8], _ at: Int) {
    let part = Array(input[range(input, 20)])
    for _ in 0..<pick(60) { input.insert(contentsOf: part, at: min(at, input.count)) }
  }

  private static let pieces = [
    "let", "param", "fn", "metric", "if", "for", "assert", "use", "else", "then", "case", "and",
    "or", "not", "in", "null", "it", "true", "orders", "where", "derive", "select", "summarize",
    "join", "left", "asof", "pivot", "unpivot", "unnest", "sample", "train", "route", "chart",
    "expect", "save", "show", "by", "sort", "on", "at", "as", "over", "using", "rows", "sql",
    "read",
    "top", "take", "all", "many", "count()", "sum(amount)", "lag(amount)", "rank(-amount)",
    "amount", "customer_id", "region", "ordered_at", "it", "(", ")", "[", "]", "{", "}", "|", ",",
    ".", "..", "=", "==", "!=", "<", "~", "->", "?", "??", "+", "-", "*", "/", "//", "^", ":", "\n",
    "\n  ", "\t", "\r\n", "\"a\"", "f\"{x}\"", "f\"{", "f\"{amount:>10,.2f}\"", "\"", "\"\"\"",
    "r\"\\d\"", "`", "`q`", "$x", "$", "0", "1", "-1", "2.5", "9223372036854775807", "1e308",
    "1e999",
    "0.1", "15%", "3mo", "5m", "30 days", "1 month", "@2025", "@2025-02-29", "@2025-W53",
    "@9999-12-31", "@2025-01-31T09:30Z", "@", "# c\n", "## d\n", "#| fold: true\n", ";", "&&", "||",
    "|>", "%", "<>", "'t'", "--", "é", "e\u{301}", "\u{202E}", "\u{0}", "\u{1B}[31m", "\u{FEFF}",
    "\u{E000}", "🙂", "👩‍👩‍👧", "\\", "```\n", "```whom\n", "````\n", "~~~\n", "---\n", "{= ", " =}",
    "{= amount | count =}", "| a | b |\n|---|---|\n| 1 | 2 |\n", "> ", "- ", "1. ", "# ", "![a](b)",
    "[a](javascript:b)", "<script>", "&amp;", "title: x\n", "run: {on_error: stop}\n", "report: [",
    "\"\\u{10FFFF}\"", "\"\\u{}\"", "rows [{a: 1, b: null}]", "[run]\n",
    "threads = ", "zone = ", "\"\\u00", "\"\"\"", "sql \"select 1 as a from {orders}\"",
  ]
}
