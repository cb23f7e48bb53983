import SQLTree
import Values

extension BuiltinFunction {
  static let windows: [BuiltinFunction] = [
    ranking("rank", "the place in an order, ties share the best one"),
    ranking("dense_rank", "the place in an order without gaps"),
    ranking("row_number", "the place in an order, ties broken"),
    percentRank, ntile, neighbour("lag", "the value of an earlier row"),
    neighbour("lead", "the value of a later row"), cumulativeSum,
    runningExtreme("cummin", "min", "the smallest value from the first row to this one"),
    runningExtreme("cummax", "max", "the largest value from the first row to this one"),
    moving("moving_sum", "sum", "the sum of this row and the ones before it"),
    moving("moving_mean", "mean", "the mean of this row and the ones before it"),
  ]

  private static func ranking(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary, examples: ["\(name)(-spend)"],
      overloads: [
        Overload(
          [.orderKeys], .ranking { ordered($0, name, []) }, nullability: .never, labels: .clears,
          result: Overload.type(.int))
      ])
  }

  static func ordered(
    _ call: AggregateCall, _ name: String, _ arguments: [SQLExpr]
  ) -> SQLExpr {
    var window = call.window ?? SQLWindow()
    window.order = call.order
    window.frame = nil
    return .window(.call(name, arguments), window)
  }

  private static let percentRank = BuiltinFunction(
    "percent_rank", .window, "the place in an order as a share from 0 to 1",
    examples: ["percent_rank(spend)"],
    overloads: [
      Overload(
        [.orderKeys], .ranking { ordered($0, "percent_rank", []) }, nullability: .never,
        labels: .clears, result: Overload.type(.float))
    ])

  private static let ntile = BuiltinFunction(
    "ntile", .window,
    "the number of the part, 1 to n, when the rows in order are cut into n equal parts",
    examples: ["ntile(5, spend, customer_id)"],
    overloads: [
      Overload(
        [FunctionParameter("n", .int, constant: true, within: 1...1e9), .orderKeys],
        .ranking { ordered($0, "ntile", $0.arguments) }, nullability: .never, labels: .clears,
        result: Overload.type(.int))
    ])

  private static func neighbour(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary + "; null beyond the edge",
      examples: ["\(name)(at)", "\(name)(at, 2)"],
      overloads: [
        Overload(
          [
            .any(), FunctionParameter("n", .int, default: .int(1), constant: true, within: 0...1e9),
          ],
          .looking { call in
            let step = call.arguments[1] == .int(1) ? [] : [call.arguments[1]]
            return call.over(.call(name, [call.first] + step))
          }, nullability: .always, labels: .first, result: Overload.asFirst)
      ])
  }

  private static let cumulativeSum = BuiltinFunction(
    "cumsum", .window, "the sum from the first row to this one", examples: ["cumsum(amount)"],
    overloads: [
      Overload(
        [.number()],
        .looking { call in running(call, from: nil, "sum") }, nullability: .never,
        labels: .measure
      ) { types in
        switch types[0].base {
        case .decimal(_, let scale): .decimal(precision: 38, scale: scale)
        case let other: other
        }
      }
    ])

  private static func runningExtreme(
    _ name: String, _ aggregate: String, _ summary: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary, examples: ["\(name)(price)"],
      overloads: [
        Overload(
          [.ordered()], .looking { running($0, from: nil, aggregate) }, nullability: .ifEmpty,
          labels: .first, result: Overload.asFirst)
      ])
  }

  static func moving(
    _ name: String, _ aggregate: String, _ summary: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary + ", n in all", examples: ["\(name)(amount, 7)"],
      overloads: [
        Overload(
          [.number(), FunctionParameter("n", .int, constant: true, within: 1...1e9)],
          .looking { call in
            guard case .int(let count)? = call.constants[1], count > 0 else {
              return .literal(.null)
            }
            var call = call
            // Between two decimals an engine would round to their last digit.
            if aggregate == "median", TypeRules.isDecimal(call.types[0].base) {
              call.arguments[0] = .cast(call.first, .float, isTry: false)
            }
            return running(call, from: -Int(count - 1), aggregate)
          }, nullability: .always, labels: .measure
        ) { types in
          aggregate == "mean" || aggregate == "median"
            ? .float
            : (types[0].base == .int
              ? .int : types[0].base == .float ? .float : sumType(types[0].base))
        }
      ])
  }

  private static func sumType(_ base: DataType) -> DataType {
    if case .decimal(_, let scale) = base { .decimal(precision: 38, scale: scale) } else { base }
  }

  /// The aggregate over the rows from `start` (the edge when nil) to this one.
  static func running(
    _ call: AggregateCall, from start: Int?, _ aggregate: String
  ) -> SQLExpr {
    var inner = call
    var window = call.window ?? SQLWindow()
    window.frame = SQLFrame(start: start, end: 0)
    inner.window = window
    inner.arguments = [call.first]
    inner.types = Array(call.types.prefix(1))
    guard let overload = BuiltinFunction.named(aggregate)?.overloads.first,
      case .aggregate(let make) = overload.form
    else { return .literal(.null) }
    return make(inner)
  }
}
