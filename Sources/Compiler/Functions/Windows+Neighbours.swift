import SQLTree
import Values

/// Windows over what came before: steps, fills, running and moving values.
extension BuiltinFunction {
  static let moreWindows: [BuiltinFunction] = [
    cumeDist, difference, pctChange,
    fill("fill_forward", "the value, or the last one before it that is not missing", from: true),
    fill("fill_backward", "the value, or the next one after it that is not missing", from: false),
    runningMean, runningProduct,
    runningCondition("cumany", "any", "whether a condition held in some row up to this one"),
    runningCondition("cumall", "all", "whether a condition held in every row up to this one"),
    movingExtreme("moving_min", "min", "the smallest of this row and the ones before it"),
    movingExtreme("moving_max", "max", "the largest of this row and the ones before it"),
    moving("moving_median", "median", "the median of this row and the ones before it"),
    exponentialMean, adjustedP,
  ]

  private static let cumeDist = BuiltinFunction(
    "cume_dist", .window, "the share of rows that come up to this one in an order, ties included",
    examples: ["cume_dist(spend)"],
    overloads: [
      Overload(
        [.orderKeys], .ranking { ordered($0, "cume_dist", []) }, nullability: .never,
        labels: .clears, result: Overload.type(.float))
    ])

  private static func lagged(_ call: AggregateCall) -> SQLExpr {
    let step = call.arguments[1] == .int(1) ? [] : [call.arguments[1]]
    return call.over(.call("lag", [call.first] + step))
  }

  private static let steps = FunctionParameter(
    "n", .int, default: .int(1), constant: true, within: 1...1e9)

  private static let difference = BuiltinFunction(
    "difference", .window, "the value less that of an earlier row; null beyond the edge",
    examples: ["difference(revenue)", "difference(at)", "difference(revenue, 12)"],
    overloads: [
      Overload(
        [.number(), steps],
        .looking { call in
          let difference = SQLExpr.binary(call.first, .minus, lagged(call))
          let isFloat = call.types[0].base == .float && call.dialect == .postgreSQL
          return isFloat ? .call("finite", [difference]) : difference
        }, nullability: .always, labels: .measure, result: Overload.asFirst),
      Overload(
        [FunctionParameter("x", .date), steps],
        .looking { call in
          let days = SQLExpr.binary(call.first, .minus, lagged(call))
          return .call("to_days", [.cast(days, .int, isTry: false)])
        }, nullability: .always, result: Overload.type(.duration)),
      Overload(
        [FunctionParameter("x", .timestamp), steps],
        .looking { .binary($0.first, .minus, lagged($0)) }, nullability: .always,
        result: Overload.type(.duration)),
    ])

  private static let pctChange = BuiltinFunction(
    "pct_change", .window, "the change since an earlier row as a ratio of it; null where it was 0",
    examples: ["pct_change(revenue)", "pct_change(revenue, 12)"],
    overloads: [
      Overload(
        [.number(), steps],
        .looking { call in
          var float = call
          float.arguments[0] = .cast(call.first, .float, isTry: false)
          let before = SQLExpr.call("nullif", [lagged(float), .int(0)])
          return .call(
            "finite", [.binary(.binary(float.first, .divide, before), .minus, .int(1))])
        }, nullability: .always, labels: .clears, result: Overload.type(.float))
    ])

  private static func fill(_ name: String, _ summary: String, from isForward: Bool)
    -> BuiltinFunction
  {
    BuiltinFunction(
      name, .window, summary, examples: ["\(name)(price)"],
      overloads: [
        Overload(
          [.any()],
          .looking { call in
            // A server joins lists that it gathers into one.
            if call.dialect == .postgreSQL, call.types.first?.base.isNested == true {
              return .call("unsupported", [.text("\(name) of lists and records")])
            }
            guard call.isNullable, var window = call.window else { return call.first }
            window.frame =
              isForward ? SQLFrame(start: nil, end: 0) : SQLFrame(start: 0, end: nil)
            return .window(
              .aggregate(
                SQLAggregate(
                  isForward ? "last_value" : "first_value", [call.first], ignoresNulls: true)),
              window)
          }, nullability: .always, labels: .first, result: Overload.asFirst)
      ])
  }

  private static let runningMean = BuiltinFunction(
    "cummean", .window, "the mean from the first row to this one", examples: ["cummean(amount)"],
    overloads: [
      Overload(
        [.number()], .looking { running($0, from: nil, "mean") }, nullability: .always,
        labels: .measure, result: Overload.type(.float))
    ])

  private static let runningProduct = BuiltinFunction(
    "cumprod", .window, "the values multiplied, from the first row to this one",
    examples: ["cumprod(1 + rate)"],
    overloads: [
      Overload(
        [.number()],
        .looking { call in
          var window = call.window ?? SQLWindow()
          window.frame = SQLFrame(start: nil, end: 0)
          let factor = SQLExpr.cast(call.first, .float, isTry: false)
          return .call(
            "finite", [.window(.aggregate(SQLAggregate("product", [factor])), window)])
        }, nullability: .always, labels: .clears, result: Overload.type(.float))
    ])

  private static func runningCondition(
    _ name: String, _ aggregate: String, _ summary: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary, examples: ["\(name)(balance < 0)"],
      overloads: [
        Overload(
          [FunctionParameter("condition", .condition)],
          .looking { running($0, from: nil, aggregate) }, nullability: .never, labels: .clears,
          result: Overload.type(.bool))
      ])
  }

  private static func movingExtreme(
    _ name: String, _ aggregate: String, _ summary: String
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .window, summary + ", n in all", examples: ["\(name)(price, 7)"],
      overloads: [
        Overload(
          [.ordered(), FunctionParameter("n", .int, constant: true, within: 1...1e9)],
          .looking { call in
            guard case .int(let count)? = call.constants[1] else { return .literal(.null) }
            return running(call, from: -Int(count - 1), aggregate)
          }, nullability: .always, labels: .first, result: Overload.asFirst)
      ])
  }

  /// s = w x + (1 - w) s', from the first value on (Roberts, "Control Chart Tests Based on
  /// Geometric Moving Averages", 1959). A value further back than `reach` rows weighs less than
  /// 2^-60, which no float shows, so the frame ends there.
  private static let exponentialMean = BuiltinFunction(
    "exponential_mean", .window,
    "a mean in which each step back counts for 1 - weight of the one before it",
    examples: ["exponential_mean(z, weight = 0.2)"],
    overloads: [
      Overload(
        [
          .number(),
          FunctionParameter("weight", .number, constant: true, within: 0...1),
        ],
        .looking { call in
          guard let weight = call.constants[1].flatMap(ConstantFolding.number), weight > 0 else {
            return .cast(.literal(.null), .float, isTry: false)
          }
          var window = call.window ?? SQLWindow()
          window.frame = SQLFrame(start: -reach(weight), end: 0)
          let x = SQLExpr.cast(call.first, .float, isTry: false)
          let values = SQLExpr.window(
            .aggregate(
              SQLAggregate(
                "list", [x], filter: call.isNullable ? .postfix(call.first, .isNotNull) : nil)),
            window)
          return .call("faded_mean", [values, .literal(.float(weight))])
        }, nullability: .always, labels: .measure, result: Overload.type(.float))
    ])

  /// Of m values in order the i-th times m - i + 1, never less than one before it (Holm, "A Simple
  /// Sequentially Rejective Multiple Test Procedure", 1979); times m / i, never more than one behind
  /// it (Benjamini and Hochberg, "Controlling the False Discovery Rate", 1995); times m
  /// (Bonferroni). Missing ones are no tests.
  private static let adjustedP = BuiltinFunction(
    "adjust_p", .window, "a p-value made larger for being one of several that are looked at",
    examples: ["adjust_p(abs(rate))", "adjust_p(abs(rate), method = \"fdr\")"],
    overloads: [
      Overload(
        [
          .number("p"),
          FunctionParameter(
            "method", .text, default: .text("holm"), constant: true,
            choices: ["holm", "fdr", "bonferroni"]),
        ],
        .ranking { call in
          guard case .text(let method)? = call.constants[1] else { return .literal(.null) }
          let p = SQLExpr.cast(call.first, .float, isTry: false)
          var window = call.window ?? SQLWindow()
          window.order = [SQLOrder(p)]
          window.frame = SQLFrame(start: nil, end: nil)
          let all = SQLAggregate(
            "list", [p], filter: call.isNullable ? .postfix(call.first, .isNotNull) : nil)
          return .call("\(method)_p", [.window(.aggregate(all), window), p])
        }, nullability: .propagates, labels: .clears, result: Overload.type(.float))
    ])

  /// The least n with (1 - weight)^n < 2^-60, by doubling and halving.
  private static func reach(_ weight: Double) -> Int {
    func rest(_ n: Int) -> Double {
      var (power, base, left) = (1.0, 1 - weight, n)
      while left > 0 {
        if left % 2 == 1 { power *= base }
        base *= base
        left /= 2
      }
      return power
    }
    var high = 1
    while high < 1 << 40, rest(high) >= 0x1p-60 { high *= 2 }
    var low = 0
    while high - low > 1 {
      let middle = (low + high) / 2
      if rest(middle) < 0x1p-60 { high = middle } else { low = middle }
    }
    return high
  }
}
