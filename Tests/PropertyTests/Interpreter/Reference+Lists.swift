import Values

/// Places count from 1, negative ones from the end.
extension Reference {
  static let lists: [Reference] =
    [Kind.ints, .floats, .texts].flatMap(ofKind) + [
      Reference("list_sum", [.value(.ints)], .int) { arguments in
        .int(
          try present(arguments).reduce(0) { sum, item in
            let (next, isOver) = sum.addingReportingOverflow(try [item].int(0))
            if isOver { throw Undefined() }
            return next
          })
      },
      Reference("list_sum", [.value(.floats)], .float) { .finite(try sum($0)) },
      mean(.ints), mean(.floats),
      Reference("list_range", [.value(.int), .value(.int), .oneOf(steps)], .ints) { arguments in
        let (from, to) = (try arguments.int(0), try arguments.int(1))
        guard abs(from) < 100, abs(to) < 100 else { throw Undefined() }
        return .list(
          stride(from: from, through: to, by: Int(try arguments.int(2))).map { .int($0) })
      },
      Reference("flatten", [.lists(.ints)], .ints) { arguments in
        .list(try arguments.list(0).filter { $0 != .null }.flatMap { try [$0].list(0) })
      },
    ]

  private static func ofKind(_ kind: Kind) -> [Reference] {
    let item = kind.item ?? .int
    return [
      Reference("get", [.value(kind), .value(.int)], item) { arguments in
        let (items, n) = (try arguments.list(0), try arguments.int(1))
        let at = n < 0 ? Int64(items.count) + n : n - 1
        return at >= 0 && at < Int64(items.count) ? items[Int(at)] : .null
      },
      Reference("slice", [.value(kind), .oneOf(places), .oneOf(places)], kind) { arguments in
        let items = try arguments.list(0)
        let ends = try [1, 2].map { at in
          let n = Int(try arguments.int(at))
          return n < 0 ? items.count + n + 1 : n
        }
        return .list(
          zip(1..., items).filter { $0.0 >= ends[0] && $0.0 <= ends[1] }.map { $0.1 })
      },
      Reference("list_sort", [.value(kind)], kind) { .list(try sorted($0, { $0 < $1 })) },
      Reference("list_sort", [.value(kind)], kind) { .list(try sorted($0, { $0 > $1 })) }
        .written { "list_sort(\($0[0]), descending = true)" },
      Reference("list_distinct", [.value(kind)], kind) { arguments in
        let items = try present(arguments)
        return .list(
          items.enumerated().filter { place, item in
            !items[..<place].contains { Interpreter.equal($0, item) }
          }.map(\.element))
      },
      Reference("list_concat", [.value(kind), .value(kind)], kind) {
        .list(try $0.list(0) + $0.list(1))
      },
      Reference("reverse", [.value(kind)], kind) { .list(try $0.list(0).reversed()) },
      Reference("length", [.value(kind)], .int) { .int(Int64(try $0.list(0).count)) },
      Reference("position", [.value(kind), .value(item)], .int) { arguments in
        let at = try arguments.list(0).firstIndex { Interpreter.equal($0, arguments[1]) }
        return .int(Int64((at ?? -1) + 1))
      },
      Reference("list_min", [.value(kind)], item) { try sorted($0, { $0 < $1 }).first ?? .null },
      Reference("list_max", [.value(kind)], item) { try sorted($0, { $0 > $1 }).first ?? .null },
      falseIfMissing("contains", [.value(kind), .value(item)]) { arguments in
        try arguments.list(0).contains { Interpreter.equal($0, arguments[1]) }
      },
      falseIfMissing("has_any", [.value(kind), .value(kind)]) { arguments in
        let items = try arguments.list(0).filter { $0 != .null }
        return try arguments.list(1).contains { item in
          items.contains { Interpreter.equal($0, item) }
        }
      },
      falseIfMissing("has_all", [.value(kind), .value(kind)]) { arguments in
        let items = try arguments.list(0)
        return try arguments.list(1).filter { $0 != .null }.allSatisfy { item in
          items.contains { Interpreter.equal($0, item) }
        }
      },
    ]
  }

  private static func falseIfMissing(
    _ name: String, _ parameters: [Parameter], _ test: @escaping @Sendable ([Value]) throws -> Bool
  ) -> Reference {
    Reference(
      name, parameters, .bool,
      withNulls: { .bool($0.contains(.null) ? false : try test($0)) })
  }

  private static func present(_ arguments: [Value]) throws -> [Value] {
    try arguments.list(0).filter { $0 != .null }
  }

  /// Missing items last, both ways.
  private static func sorted(
    _ arguments: [Value], _ precedes: (Int, Int) -> Bool
  ) throws -> [Value] {
    let items = try arguments.list(0)
    let inOrder = items.filter { $0 != .null }.sorted { precedes(Interpreter.compare($0, $1), 0) }
    return inOrder + Array(repeating: .null, count: items.count - inOrder.count)
  }

  /// Where the parts cancel out, only digits are left that depend on their order.
  private static func sum(_ arguments: [Value]) throws -> Double {
    let numbers = try present(arguments).map { try [$0].float(0) }
    let sum = numbers.reduce(0, +)
    if abs(sum) < 1e-3 * (numbers.map { abs($0) }.max() ?? 0) { throw Undefined() }
    return sum
  }

  private static func mean(_ kind: Kind) -> Reference {
    Reference("list_mean", [.value(kind)], .float) { arguments in
      let count = try present(arguments).count
      return count == 0 ? .null : .finite(try sum(arguments) / Double(count))
    }
  }

  private static let places: [(String, Value)] = [
    ("1", .int(1)), ("2", .int(2)), ("9", .int(9)), ("(-1)", .int(-1)), ("(-2)", .int(-2)),
    ("0", .int(0)),
  ]
  private static let steps: [(String, Value)] = [
    ("1", .int(1)), ("3", .int(3)), ("(-2)", .int(-2)),
  ]
}
