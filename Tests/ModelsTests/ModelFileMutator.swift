import Estimation

/// Makes another document of one: a byte here and there, or a field that says something else.
struct ModelFileMutator {
  var draws: Draws

  mutating func pick(_ count: Int) -> Int { Int(draws.next() % UInt64(max(1, count))) }

  mutating func bytes(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...pick(3) where !bytes.isEmpty {
      let at = pick(bytes.count)
      switch pick(5) {
      case 0: bytes[at] = UInt8(pick(256))
      case 1: bytes.remove(at: at)
      case 2: bytes.removeSubrange(at..<min(bytes.count, at + pick(40)))
      case 3: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + pick(40))], at: at)
      default: bytes[at] = Array("0123456789-.e,[]{}\"n".utf8)[pick(19)]
      }
    }
    return bytes
  }

  mutating func fields(_ node: ModelNode) -> ModelNode {
    var node = node
    for _ in 0...pick(3) { node = changed(node) }
    return node
  }

  /// Goes down at random and changes what it comes to.
  private mutating func changed(_ node: ModelNode) -> ModelNode {
    switch node {
    case .record(var fields) where !fields.isEmpty && pick(12) > 0:
      let at = pick(fields.count)
      if pick(25) == 0 {
        fields.remove(at: at)
      } else {
        fields[at].value = changed(fields[at].value)
      }
      return .record(fields)
    case .list(var items) where !items.isEmpty && pick(5) > 0:
      let at = pick(items.count)
      switch pick(10) {
      case 0: items.remove(at: at)
      case 1: items.insert(items[at], at: pick(items.count))
      case 2: items.swapAt(at, pick(items.count))
      default: items[at] = changed(items[at])
      }
      return .list(items)
    case .text(let text) where text.hasPrefix("tree\n"): return .text(lines(text))
    case .nothing, .flag, .number, .text, .list, .record: return other(node)
    }
  }

  /// Something else in its place, of its own kind as a rule.
  private mutating func other(_ node: ModelNode) -> ModelNode {
    if pick(8) == 0 { return pick(2) == 0 ? .nothing : .list([node, node]) }
    switch node {
    case .flag(let flag): return .flag(!flag)
    case .number(let value): return number(value)
    case .text:
      return .text(
        draws.pick([
          "", "x", "plan", "float", "text", "bool", "date", "isotonic", "number", "date", "codes",
          "dense", "logit", "log", "inverse", "category", "boolean", "(missing)", "(intercept)",
          "x × plan", "1 / 0", "read \"a\"", "decimal(38, 0)", "\u{1B}[2J", "9223372036854775807",
        ]))
    case .nothing, .list, .record: return draws.pick([.nothing, .list([]), .record([])])
    }
  }

  private mutating func number(_ value: Double) -> ModelNode {
    draws.pick([
      .number(0), .number(-1), .number(1), .number(2), .number(-value), .number(value + 1),
      .number(0.5), .number(1e308), .number(-1e308), .number(1e19), .number(9e15), .number(65536),
      .number(.leastNonzeroMagnitude), .number(2_147_483_648), .text("nan"), .text("inf"),
      .text("-inf"),
    ])
  }

  /// A number of LightGBM's text, or a whole line.
  private mutating func lines(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let at = pick(lines.count)
    guard pick(10) > 0, let sign = lines[at].firstIndex(of: "=") else {
      if pick(2) == 0 { lines.remove(at: at) } else { lines.insert(lines[at], at: at) }
      return lines.joined(separator: "\n")
    }
    let start = lines[at].index(after: sign)
    var words = lines[at][start...].split(separator: " ").map(String.init)
    if words.isEmpty { words = [""] }
    let place = pick(words.count)
    switch pick(8) {
    case 0: words.remove(at: place)
    case 1: words.append(words[place])
    case 2: words.swapAt(place, pick(words.count))
    default:
      words[place] = draws.pick([
        "0", "-1", "1", "2", "-2", "3", "nan", "inf", "-inf", "1e308", "4294967295", "65535",
        "9223372036854775807", "", "x", "0.5", "5", "9", "10", "1e-35", "16777215",
      ])
    }
    lines[at] = String(lines[at][..<start]) + words.joined(separator: " ")
    return lines.joined(separator: "\n")
  }
}
