import SQLTree
import Values

/// Random numbers as functions of a key: the same key and seed give the same number, on every
/// machine and engine, in whatever order the rows come. The number is made from
/// `md5("draw:" seed ":" key)`, whose first 13 hexadecimal digits are 52 bits; the first word keeps
/// draws apart from the shares of `sample` and `split` with the same seed.
extension BuiltinFunction {
  static let draws: [BuiltinFunction] = [
    draw(
      "uniform", "a number between two others, any as likely",
      [.number("low"), .number("high")], example: "0, 1"
    ) { call in
      let width = SQLExpr.binary(call.x(1), .minus, call.x(0))
      return finite(.binary(call.x(0), .plus, .binary(width, .times, share(call))))
    },
    draw(
      "normal", "a number of the normal distribution",
      [.number("mean"), .number("deviation")], example: "100, 15"
    ) { finite(.binary($0.x(0), .plus, .binary($0.x(1), .times, standard($0)))) },
    draw(
      "lognormal", "a number whose logarithm is normal",
      [.number("location"), .number("scale")],
      example: "0, 0.5"
    ) { call in
      let exponent = finite(.binary(call.x(0), .plus, .binary(call.x(1), .times, standard(call))))
      return .call("finite", [.call("exp", [exponent])])
    },
    draw(
      "exponential", "a waiting time of the exponential distribution", [.number("rate")],
      example: "0.5"
    ) { call in
      finite(
        .binary(
          .prefix(.minus, .call("ln", [share(call)])), .divide,
          .call("nullif", [call.x(0), .int(0)])))
    },
    draw(
      "triangular",
      "a number from low to high, the likelier the nearer to mode; null out of this order",
      [.number("low"), .number("mode"), .number("high")], example: "0.9, 1.0, 1.4"
    ) { .call("triangular", [share($0), $0.x(0), $0.x(1), $0.x(2)]) },
    draw(
      "int", "a whole number from low to high, both included, any as likely",
      [.int("low"), .int("high")], .int, example: "1, 6"
    ) { .call("whole_draw", [share($0), $0.arguments[0], $0.arguments[1]]) },
    draw("bool", "true with a chance, else false", [.number("chance")], .bool, example: "30%") {
      .binary(share($0), .less, $0.x(0))
    },
  ]

  private static func draw(
    _ name: String, _ summary: String, _ parameters: [FunctionParameter],
    _ result: DataType = .float, example: String,
    _ make: @escaping @Sendable (ScalarCall) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      "draw_\(name)", .statistics, "\(summary), drawn by a key",
      examples: [
        "draw_\(name)(\(example), key = customer_id)",
        "draw_\(name)(\(example), key = [customer_id, \"cost\"], seed = 7)",
      ],
      overloads: [
        Overload(
          parameters + [
            FunctionParameter("key", .hashKey),
            FunctionParameter("seed", .int, default: .int(0), constant: true),
          ],
          .scalar(make), nullability: result == .bool ? .propagates : .always,
          result: Overload.type(result))
      ])
  }

  /// Nothing beyond the range of floats.
  private static func finite(_ x: SQLExpr) -> SQLExpr { .call("finite", [x]) }

  /// What is hashed: the key stands before the seed in the call, behind it in the text.
  private static func hashed(_ call: ScalarCall) -> SQLExpr {
    let count = call.arguments.count
    let seed: Int64 = if case .int(let n)? = call.constants[count - 1] { n } else { 0 }
    return .binary(.text("draw:\(seed):"), .concatenate, call.arguments[count - 2])
  }

  /// Between 0 and 1, neither included.
  private static func share(_ call: ScalarCall) -> SQLExpr { .call("draw_share", [hashed(call)]) }

  /// Box and Muller, "A note on the generation of random normal deviates" (1958), from the first
  /// and the second 13 digits.
  private static func standard(_ call: ScalarCall) -> SQLExpr {
    .call("draw_standard", [hashed(call)])
  }
}

extension ScalarCall {
  /// An argument as a float.
  fileprivate func x(_ position: Int) -> SQLExpr {
    types[position].base == .float
      ? arguments[position] : .cast(arguments[position], .float, isTry: false)
  }
}
