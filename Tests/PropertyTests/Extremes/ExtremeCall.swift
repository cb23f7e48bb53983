import Compiler

/// One way to call a function on columns: which types its columns have, and which arguments are
/// constants.
struct ExtremeCall {
  /// What stands at a place of the call.
  enum Argument {
    case column(ExtremeKind)
    case constant(String)
  }
  /// What it stands in.
  enum Place { case derive, summarize, windowed, ranked, looking }

  var function: BuiltinFunction
  var arguments: [Argument]
  var place: Place

  var title: String {
    let words = arguments.map { argument in
      switch argument {
      case .column(let kind): kind.rawValue
      case .constant(let source): source
      }
    }
    return "\(function.name)(\(words.joined(separator: ", "))) \(place)"
  }

  var kinds: [ExtremeKind] {
    arguments.compactMap { if case .column(let kind) = $0 { kind } else { nil } }
  }

  /// All ways to call a function, as far as they differ in what they may meet.
  static func all(_ function: BuiltinFunction) -> [ExtremeCall] {
    function.overloads.flatMap { overload in
      places(overload).flatMap { place in
        lists(overload.parameters).map {
          ExtremeCall(function: function, arguments: $0, place: place)
        }
      }
    }
  }

  private static func places(_ overload: Overload) -> [Place] {
    switch overload.form {
    case .scalar, .host: [.derive]
    case .aggregate, .twoPass: [.summarize, .windowed]
    case .ranking: [.ranked]
    case .looking: [.looking]
    case .constant: []
    }
  }

  private static func lists(_ parameters: [FunctionParameter]) -> [[Argument]] {
    var found: [(kinds: [ExtremeKind], arguments: [Argument])] = [([], [])]
    for parameter in parameters where parameter.setting == nil {
      found = found.flatMap { list in
        var kinds = parameter.kinds(list.kinds)
        // Of several numbers or dates the types are mixed in calls with two arguments only.
        if let last = list.kinds.last, kinds.contains(last), parameters.count > 2 { kinds = [last] }
        return kinds.flatMap { kind in
          parameter.arguments(kind).map { (list.kinds + [kind], list.arguments + [$0]) }
        }
      }
    }
    return found.map(\.arguments)
  }

  /// The whole program on rows of values; the number of a row is the number of its group.
  func program(_ rows: [[String]]) -> String {
    let names = (0..<kinds.count).map { "a\($0)" }
    var lines: [String] = []
    for (number, row) in rows.enumerated() {
      let cells = zip(names, row).map { "\($0): \($1)" }
      lines.append("{\((["n: \(number)"] + cells).joined(separator: ", "))}")
    }
    return program(over: "rows [\(lines.joined(separator: ",\n "))]")
  }

  /// The program on a relation with the columns `n`, `a0`, `a1` and so on.
  func program(over relation: String) -> String {
    let names = (0..<kinds.count).map { "a\($0)" }
    var free = names[...]
    let given = arguments.map { argument in
      switch argument {
      case .column: free.popFirst() ?? ""
      case .constant(let source): source
      }
    }
    let call = "\(function.name)(\(given.joined(separator: ", ")))"
    switch place {
    case .derive: return relation + "\n| derive y = \(call)\n| select n, y\n| sort n"
    case .summarize:
      // Each row alone, and all of them.
      return relation + "\n| summarize y = \(call) by n"
    case .windowed:
      return relation + "\n| derive y = \(call) by g = n // 3\n| select n, y\n| sort n"
    case .ranked: return relation + "\n| derive y = \(call) by all\n| select n, y\n| sort n"
    case .looking: return relation + "\n| derive y = \(call) by all sort n\n| select n, y\n| sort n"
    }
  }
}

extension FunctionParameter {
  fileprivate func arguments(_ kind: ExtremeKind) -> [ExtremeCall.Argument] {
    guard isConstant else { return [.column(kind)] }
    if !choices.isEmpty { return choices.prefix(2).map { .constant("\"\($0)\"") } }
    return kind.constants.map { .constant($0) }
  }
}

/// Rows of arguments: every combination where they are few, else each value once beside harmless
/// ones, and others at random.
struct ExtremeRows {
  private static let many = 60

  static func of(_ kinds: [ExtremeKind], _ random: inout SplitMix64) -> [[String]] {
    let lists = kinds.map { $0.values + [$0.missing] }
    let count = lists.reduce(1) { $0 * $1.count }
    if count <= many { return product(lists) }
    var rows: [[String]] = []
    for (place, list) in lists.enumerated() {
      for value in list {
        var row = lists.map { $0[0] }
        row[place] = value
        rows.append(row)
      }
    }
    while rows.count < many {
      rows.append(lists.map { $0.randomElement(using: &random) ?? "null" })
    }
    return rows
  }

  private static func product(_ lists: [[String]]) -> [[String]] {
    lists.reduce([[]]) { rows, list in rows.flatMap { row in list.map { row + [$0] } } }
  }
}
