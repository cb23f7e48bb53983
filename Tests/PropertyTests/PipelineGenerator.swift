/// Makes programs that are well typed by construction: pipelines over the corpus's orders and
/// customers.
struct PipelineGenerator {
  enum Kind: CaseIterable { case int, float, text, date, bool }

  struct Known {
    var name: String
    var kind: Kind
  }

  var random: SplitMix64
  private var columns: [Known] = []
  private var fresh = 0

  init(seed: UInt64) { random = SplitMix64(state: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  private mutating func pick<T>(_ items: [T]) -> T { items[number(0...(items.count - 1))] }
  private mutating func newName() -> String {
    fresh += 1
    return "x\(fresh)"
  }

  mutating func program() -> String {
    fresh = 0
    columns = [
      Known(name: "order_id", kind: .int), Known(name: "customer_id", kind: .int),
      Known(name: "ordered_at", kind: .date), Known(name: "amount", kind: .float),
      Known(name: "status", kind: .text), Known(name: "region", kind: .text),
    ]
    var text = "read \"orders.csv\""
    for _ in 0..<number(1...5) { text += "\n| " + stage() }
    return text
  }

  // MARK: Stages

  private mutating func stage() -> String {
    switch number(1...13) {
    case 1, 2: return "where " + condition(2)
    case 3, 4: return derive()
    case 5: return deriveWindow()
    case 6, 7: return summarize()
    case 8: return "sort " + orderKeys()
    case 9:
      return chance(50)
        ? "take \(number(0...5))" : "take \(number(1...2)) by \(anyColumn()) sort \(orderKeys())"
    case 10:
      return "top \(chance(50) ? "\(number(1...4))" : "\(number(1...99))%") by \(orderKeys())"
    case 11: return select()
    case 12: return distinct()
    default: return join()
    }
  }

  private mutating func derive() -> String {
    var items: [String] = []
    var added: [Known] = []
    for _ in 0..<number(1...3) {
      let kind = pick(Kind.allCases)
      let name = chance(80) ? newName() : anyColumn()
      if added.contains(where: { $0.name == name }) { continue }
      items.append("\(name) = \(value(kind, 2))")
      added.append(Known(name: name, kind: kind))
      set(name, kind)
    }
    return "derive " + items.joined(separator: ", ")
  }

  private mutating func deriveWindow() -> String {
    let name = newName()
    let by = chance(30) ? "all" : anyColumn()
    let order = orderKeys()
    let (expr, kind): (String, Kind)
    switch number(1...8) {
    case 1: (expr, kind) = ("rank(\(order))", .int)
    case 2: (expr, kind) = ("row_number(\(order))", .int)
    case 3: (expr, kind) = ("ntile(3, \(order))", .int)
    case 4: (expr, kind) = ("\(value(.float, 1)) / sum(\(value(.float, 1)))", .float)
    case 5: (expr, kind) = ("cumsum(\(value(.float, 1)))", .float)
    case 6: (expr, kind) = ("lag(\(value(.text, 0)))", .text)
    case 7: (expr, kind) = ("count() where \(condition(1))", .int)
    default: (expr, kind) = ("stddev(\(value(.float, 1)))", .float)
    }
    set(name, kind)
    let frame =
      chance(20) && (expr.hasPrefix("count") || expr.contains("/ sum")) ? " rows -1..0" : ""
    return "derive \(name) = \(expr) by \(by) sort \(order)\(frame)"
  }

  private mutating func summarize() -> String {
    var items: [String] = []
    var kept: [Known] = []
    var key = ""
    if chance(75) {
      let column = pick(columns)
      key = " by \(column.name)"
      kept.append(column)
    }
    for _ in 0..<number(1...3) {
      let name = newName()
      let (expr, kind) = aggregate()
      items.append("\(name) = \(expr)" + (chance(25) ? " where \(condition(1))" : ""))
      kept.append(Known(name: name, kind: kind))
    }
    columns = kept
    return "summarize \(items.joined(separator: ", "))\(key)"
  }

  private mutating func aggregate() -> (String, Kind) {
    switch number(1...11) {
    case 1: return ("count()", .int)
    case 2: return ("count_distinct(\(anyColumn()))", .int)
    case 3: return ("sum(\(value(.float, 1)))", .float)
    case 4: return ("sum(\(value(.int, 1)))", .int)
    case 5: return ("mean(\(value(.float, 1)))", .float)
    case 6: return ("max(\(value(.date, 0)))", .date)
    case 7: return ("first(\(value(.text, 0)), \(orderKeys()))", .text)
    case 8: return ("share(\(condition(1)))", .float)
    case 9: return ("median(\(value(.float, 0)))", .float)
    case 10: return ("variance(\(value(.float, 1)))", .float)
    default: return ("any(\(condition(1)))", .bool)
    }
  }

  private mutating func select() -> String {
    var kept: [Known] = []
    var items: [String] = []
    for column in columns where chance(60) || kept.isEmpty {
      if chance(25) {
        let name = newName()
        items.append("\(name) = \(column.name)")
        kept.append(Known(name: name, kind: column.kind))
      } else {
        items.append(column.name)
        kept.append(column)
      }
    }
    columns = kept
    return "select " + items.joined(separator: ", ")
  }

  private mutating func distinct() -> String {
    if chance(40) { return "distinct" }
    let column = pick(columns)
    columns = [column]
    return "distinct \(column.name)"
  }

  private mutating func join() -> String {
    guard let key = columns.first(where: { $0.kind == .int }) else { return "take 3" }
    let kind = pick(["", "left ", "semi ", "anti ", "right ", "full "])
    let prefix = newName()
    if kind != "semi ", kind != "anti " {
      columns += [
        Known(name: "\(prefix)_id", kind: .int), Known(name: "\(prefix)_name", kind: .text),
      ]
    }
    return
      "join \(kind)many (read \"customers.csv\" | select id = customer_id, name) as \(prefix) on \(key.name) == id"
  }

  // MARK: Names

  private mutating func set(_ name: String, _ kind: Kind) {
    columns.removeAll { $0.name == name }
    columns.append(Known(name: name, kind: kind))
  }

  private mutating func anyColumn() -> String { pick(columns).name }

  private mutating func orderKeys() -> String {
    (0..<number(1...2)).map { _ in (chance(50) ? "-" : "") + anyColumn() }.joined(separator: ", ")
  }

  // MARK: Expressions

  private mutating func column(_ kind: Kind) -> String? {
    let fitting = columns.filter { $0.kind == kind }
    return fitting.isEmpty ? nil : pick(fitting).name
  }

  private mutating func value(_ kind: Kind, _ depth: Int) -> String {
    if depth == 0 || chance(30) {
      if chance(75), let name = column(kind) { return name }
      return literal(kind)
    }
    if chance(12) {
      return
        "(if \(condition(depth - 1)) then \(value(kind, depth - 1)) else \(value(kind, depth - 1)))"
    }
    if chance(8) { return "(\(value(kind, depth - 1)) ?? \(literal(kind)))" }
    switch kind {
    case .int: return intValue(depth - 1)
    case .float: return floatValue(depth - 1)
    case .text: return textValue(depth - 1)
    case .date: return dateValue(depth - 1)
    case .bool: return "(\(condition(depth - 1)))"
    }
  }

  private mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .int: "\(number(0...9))"
    case .float: pick(["0.5", "1e3", "15%", "2.25"])
    case .text: pick(["\"paid\"", "\"it's\"", "\"EMEA\"", "\"\""])
    case .date: pick(["@2025-01-31", "@2024-02-29"])
    case .bool: pick(["true", "false"])
    }
  }

  private mutating func intValue(_ depth: Int) -> String {
    switch number(1...7) {
    case 1: "(\(value(.int, depth)) + \(value(.int, depth)))"
    case 2: "(\(value(.int, depth)) - \(value(.int, depth)))"
    case 3: "(\(value(.int, depth)) // \(value(.int, depth)))"
    case 4: "mod(\(value(.int, depth)), \(value(.int, depth)))"
    case 5: "length(\(value(.text, depth)))"
    case 6: "days(\(value(.date, depth)) - \(value(.date, depth)))"
    default: "month_of_year(\(value(.date, depth)))"
    }
  }

  private mutating func floatValue(_ depth: Int) -> String {
    switch number(1...7) {
    case 1: "(\(value(.float, depth)) + \(value(.float, depth)))"
    case 2: "(\(value(.float, depth)) * \(value(.float, depth)))"
    case 3: "(\(value(.int, depth)) / \(value(.int, depth)))"
    case 4: "sqrt(abs(\(value(.float, depth))))"
    case 5: "round(\(value(.float, depth)), 2)"
    case 6: "log(\(value(.float, depth)))"
    default: "(-(\(value(.float, depth))))"
    }
  }

  private mutating func textValue(_ depth: Int) -> String {
    switch number(1...5) {
    case 1: "upper(\(value(.text, depth)))"
    case 2: "replace(\(value(.text, depth)), \"a\", \"b\")"
    case 3:
      "f\"{\(value(.int, 0))}-{\(value(.text, 0).replacing("\"", with: "'").contains("'") ? "1" : "2")}\""
    case 4: "left(\(value(.text, depth)), 2)"
    default: "trim(\(value(.text, depth)))"
    }
  }

  private mutating func dateValue(_ depth: Int) -> String {
    switch number(1...4) {
    case 1: "month(\(value(.date, depth)))"
    case 2: "(\(value(.date, depth)) + \(number(1...40)) days)"
    case 3: "(\(value(.date, depth)) - 1 month)"
    default: "week(\(value(.date, depth)))"
    }
  }

  private mutating func condition(_ depth: Int) -> String {
    if depth > 0, chance(40) {
      switch number(1...3) {
      case 1: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
      case 2: return "(\(condition(depth - 1)) or \(condition(depth - 1)))"
      default: return "not (\(condition(depth - 1)))"
      }
    }
    let kind = pick([Kind.int, .float, .text, .date])
    switch number(1...6) {
    case 1: return "\(value(kind, depth)) == \(value(kind, depth))"
    case 2: return "\(value(kind, depth)) != \(literal(kind))"
    case 3: return "\(value(kind, depth)) < \(value(kind, depth))"
    case 4: return "\(value(kind, depth)) == null"
    case 5: return "\(value(kind, depth)) in [\(literal(kind)), \(literal(kind))]"
    default: return "\(value(.text, depth)) ~ r\"^a\""
    }
  }
}
