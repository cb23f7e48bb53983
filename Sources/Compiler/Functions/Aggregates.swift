import SQLTree
import Values

extension BuiltinFunction {
  static let aggregates: [BuiltinFunction] = [
    count, countMissing, countDistinct, sum, product, mean, extreme("min", "the smallest value"),
    extreme("max", "the largest value"), median, quantile, variance, stddev, covariance, corr,
    mode, pick("first", "the value of the first row in an order"),
    pick("last", "the value of the last row in an order (rows without a place in it come first)"),
    only, list, condition("any"),
    condition("all"), share,
  ]

  private static let count = BuiltinFunction(
    "count", .aggregate, "how many rows; of a column, how many that are not missing",
    examples: ["count()", "count(email)"],
    overloads: [
      Overload(
        [], .aggregate { $0.plain("count", [.star]) }, nullability: .never, labels: .clears,
        result: Overload.type(.int)),
      Overload(
        [.any()], .aggregate { $0.plain("count", $0.arguments) }, nullability: .never,
        labels: .clears, result: Overload.type(.int)),
    ])

  private static let countMissing = BuiltinFunction(
    "count_missing", .aggregate, "how many rows have nothing in a column",
    examples: ["count_missing(email)"],
    overloads: [
      Overload(
        [.any()],
        .aggregate { call in
          .binary(call.plain("count", [.star]), .minus, call.plain("count", call.arguments))
        }, nullability: .never, labels: .clears, result: Overload.type(.int))
    ])

  private static let countDistinct = BuiltinFunction(
    "count_distinct", .aggregate, "how many different values, missing ones not counted",
    examples: ["count_distinct(customer_id)"],
    overloads: [
      Overload(
        [.any()], .aggregate { $0.plain("count", $0.arguments, distinct: true) },
        nullability: .never, labels: .clears, result: Overload.type(.int))
    ])

  // MARK: Sums

  private static let sum = BuiltinFunction(
    "sum", .aggregate, "the sum; 0 for no rows; floats do not depend on the order of rows",
    examples: ["sum(amount)"],
    overloads: [
      Overload([.number()], .aggregate(sumOf), nullability: .never, labels: .measure) { types in
        switch types[0].base {
        case .decimal(_, let scale): .decimal(precision: 38, scale: scale)
        case .null: .float
        case let other: other
        }
      },
      Overload(
        [FunctionParameter("x", .duration)],
        .aggregate { call in
          let sum = call.plain("sum", [.call("epoch_us", call.arguments)])
          return duration(orZero(call, sum))
        }, nullability: .never, labels: .measure, result: Overload.type(.duration)),
    ])

  private static func sumOf(_ call: AggregateCall) -> SQLExpr {
    switch call.types[0].base {
    case .float, .null: return exactSum(call)
    case .int:
      return .cast(orZero(call, call.plain("sum", call.arguments)), .int, isTry: false)
    default: return orZero(call, call.plain("sum", call.arguments))
    }
  }

  /// Engines cannot add intervals up, but their microseconds.
  private static func duration(_ micros: SQLExpr) -> SQLExpr {
    .call("exact_duration", [.cast(micros, .int, isTry: false)])
  }

  /// Nothing to add is 0; said only where that can happen.
  private static func orZero(_ call: AggregateCall, _ sum: SQLExpr) -> SQLExpr {
    call.isNullable || call.mayBeEmpty || call.filter != nil || call.window?.frame != nil
      ? .call("coalesce", [sum, .int(0)]) : sum
  }

  /// The order-free sum of floats; over a window its five parts are summed one by one.
  static func exactSum(_ call: AggregateCall) -> SQLExpr {
    guard call.window != nil else { return .call("exact_sum", [call.filtered(call.first)]) }
    let sum = limbs(call, call.first)
    let isNeverEmpty = !call.isNullable && call.filter == nil && call.window?.frame == nil
    return isNeverEmpty ? sum : .call("coalesce", [sum, .literal(.float(0))])
  }

  private static func limbs(_ call: AggregateCall, _ x: SQLExpr) -> SQLExpr {
    let parts = (1...5).reversed().map { part in
      call.plain("sum", [.call("limb\(part)", [x])])
    }
    return SQLExpr.joined(parts, by: .plus) ?? .int(0)
  }

  private static let mean = BuiltinFunction(
    "mean", .aggregate, "the arithmetic mean of the values that are there",
    examples: ["mean(amount)"],
    overloads: [
      Overload(
        [.number()], .aggregate(meanOf), nullability: .ifEmpty, labels: .measure,
        result: Overload.type(.float)),
      Overload(
        [FunctionParameter("x", .duration)],
        .aggregate { call in
          duration(.call("round", [call.plain("avg", [.call("epoch_us", call.arguments)])]))
        },
        nullability: .ifEmpty, labels: .measure, result: Overload.type(.duration)),
    ])

  private static func meanOf(_ call: AggregateCall) -> SQLExpr {
    switch call.types[0].base {
    case .float, .null:
      guard call.window != nil else {
        return .call("exact_mean", [call.filtered(call.first)])
      }
      return .binary(
        limbs(call, call.first), .divide,
        .call("nullif", [call.plain("count", call.arguments), .int(0)]))
    default: return call.plain("avg", call.arguments)
    }
  }

  /// In the order of the values, so that it does not depend on the order of the rows.
  private static let product = BuiltinFunction(
    "product", .aggregate, "the values multiplied with each other; null for no rows",
    examples: ["product(1 + rate)"],
    overloads: [
      Overload(
        [.number()],
        .aggregate { call in
          let x = SQLExpr.cast(call.first, .float, isTry: false)
          let factor = call.types[0].base == .float ? call.first : x
          return call.over(
            .aggregate(
              SQLAggregate("product", [factor], order: [SQLOrder(factor)], filter: call.filter)))
        }, nullability: .ifEmpty, labels: .clears, result: Overload.type(.float))
    ])

  // MARK: Spread, in two passes: the mean of the group is known

  private static let variance = BuiltinFunction(
    "variance", .aggregate,
    "the sample variance (divided by n - 1); null for fewer than two values",
    examples: ["variance(amount)"],
    overloads: [
      Overload(
        [.number()], .twoPass(varianceOf), nullability: .always, labels: .clears,
        result: Overload.type(.float))
    ])

  private static let stddev = BuiltinFunction(
    "stddev", .aggregate,
    "the sample standard deviation (from n - 1); null for fewer than two values",
    examples: ["stddev(amount)"],
    overloads: [
      Overload(
        [.number()],
        .twoPass { call in
          isFramed(call)
            ? call.plain("stddev_samp", floats(call)) : .call("sqrt", [varianceOf(call)])
        }, nullability: .always,
        labels: .measure, result: Overload.type(.float))
    ])

  private static let covariance = BuiltinFunction(
    "covariance", .aggregate, "the sample covariance of two columns, over rows that have both",
    examples: ["covariance(age, spend)"],
    overloads: [
      Overload(
        [.number(), .number("y")],
        .twoPass { call in
          isFramed(call)
            ? call.plain("covar_samp", floats(call))
            : .binary(products(call, 0, 1), .divide, lessOne(call))
        }, nullability: .always, labels: .clears, result: Overload.type(.float))
    ])

  private static let corr = BuiltinFunction(
    "corr", .aggregate, "Pearson's correlation, over rows that have both; null without spread",
    examples: ["corr(age, spend)"],
    overloads: [
      Overload(
        [.number(), .number("y")],
        .twoPass { call in
          if isFramed(call) { return framedCorr(call) }
          let spread = SQLExpr.call(
            "sqrt", [.binary(products(call, 0, 0), .times, products(call, 1, 1))])
          return .binary(products(call, 0, 1), .divide, .call("nullif", [spread, .int(0)]))
        }, nullability: .always, labels: .clears, result: Overload.type(.float))
    ])

  private static func varianceOf(_ call: AggregateCall) -> SQLExpr {
    isFramed(call)
      ? call.plain("var_samp", floats(call))
      : .binary(products(call, 0, 0), .divide, lessOne(call))
  }

  /// Over `rows -6..0` each row has a mean of its own: the engine works it out as it goes.
  static func isFramed(_ call: AggregateCall) -> Bool { call.window?.frame != nil }

  static func floats(_ call: AggregateCall) -> [SQLExpr] {
    zip(call.arguments, call.types).map { argument, type in
      type.base == .float ? argument : .cast(argument, .float, isTry: false)
    }
  }

  private static func framedCorr(_ call: AggregateCall) -> SQLExpr {
    let columns = floats(call)
    let spread = SQLExpr.joined(
      columns.map { call.plain("stddev_samp", [$0]) }, by: .times)
    return .binary(
      call.plain("covar_samp", columns), .divide,
      .call("nullif", [spread ?? .literal(.null), .int(0)]))
  }

  /// The sum of the products of two deviations.
  static func products(_ call: AggregateCall, _ a: Int, _ b: Int) -> SQLExpr {
    func deviation(_ at: Int) -> SQLExpr {
      .binary(call.arguments[at], .minus, call.means[at])
    }
    var inner = call
    inner.arguments = [.binary(deviation(a), .times, deviation(b))]
    return exactSum(inner)
  }

  private static func lessOne(_ call: AggregateCall) -> SQLExpr {
    .call(
      "nullif",
      [
        .call("greatest", [.binary(call.plain("count", [call.first]), .minus, .int(1)), .int(0)]),
        .int(0),
      ])
  }

  // MARK: Order statistics

  private static let median = BuiltinFunction(
    "median", .aggregate, "the middle value, or the mean of the two in the middle",
    examples: ["median(amount)"],
    overloads: [
      Overload(
        [.number()], .aggregate { $0.plain("median", [wide($0)]) },
        nullability: .ifEmpty, labels: .measure, result: Overload.type(.float))
    ])

  /// Between two decimals the engine would round to their last digit.
  private static func wide(_ call: AggregateCall) -> SQLExpr {
    switch call.types[0].base {
    case .int, .float: call.first
    default: .cast(call.first, .float, isTry: false)
    }
  }

  private static let quantile = BuiltinFunction(
    "quantile", .aggregate,
    "the value below which a share of the values lies, interpolated (R's type 7)",
    examples: ["quantile(amount, 90%)"],
    overloads: [
      Overload(
        [.number(), FunctionParameter("share", .number, constant: true, within: 0...1)],
        .aggregate { call in
          .aggregateOver(
            call, "quantile_cont", [wide(call), call.arguments[1]])
        }, nullability: .ifEmpty, labels: .measure, result: Overload.type(.float))
    ])

  private static let mode = BuiltinFunction(
    "mode", .aggregate, "the most frequent value; of several, the smallest",
    examples: ["mode(plan)"],
    overloads: [
      Overload(
        [.ordered()],
        .aggregate { call in
          .over(
            call,
            .aggregate(
              SQLAggregate(
                "mode", call.arguments,
                order: [SQLOrder(call.comparable, nullable: call.isNullable)],
                filter: call.filter)))
        }, nullability: .ifEmpty, labels: .first, result: Overload.asFirst)
    ])

  private static func extreme(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .aggregate, summary, examples: ["\(name)(amount)"],
      overloads: [
        Overload(
          [.ordered()], .aggregate { $0.extreme(name) }, nullability: .ifEmpty,
          labels: .first, result: Overload.asFirst)
      ])
  }

  // MARK: Picking

  private static func pick(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .aggregate, summary + ", missing values passed over", examples: ["\(name)(page, at)"],
      overloads: [
        Overload(
          [.any(), .orderKeys], .aggregate { picked($0, name) }, nullability: .ifEmpty,
          labels: .first, result: Overload.asFirst)
      ])
  }

  /// In a group or a frame the order stands inside the aggregate; over a whole window it is the
  /// window's.
  /// Missing keys are last in both directions, so the last row of an order with such keys is the
  /// first of the reversed one.
  private static func picked(_ call: AggregateCall, _ name: String) -> SQLExpr {
    if name == "last", call.order.contains(where: \.isNullable) {
      var reversed = call
      reversed.order = call.order.map {
        SQLOrder($0.key, descending: !$0.isDescending, nullable: $0.isNullable)
      }
      return picked(reversed, "first")
    }
    guard var window = call.window else {
      var filter = call.filter
      if call.isNullable {
        filter = SQLExpr.joined(
          [call.filter, .postfix(call.first, .isNotNull)].compactMap { $0 }, by: .and)
      }
      return .aggregate(
        SQLAggregate(name, call.arguments, order: call.order, filter: filter))
    }
    var value = SQLAggregate(
      "\(name)_value", [call.filtered(call.first)],
      ignoresNulls: call.isNullable || call.filter != nil)
    if window.frame == nil {
      window.order = call.order
      window.frame = SQLFrame(start: nil, end: nil)
    } else {
      value.order = call.order
    }
    return .window(.aggregate(value), window)
  }

  private static let only = BuiltinFunction(
    "only", .aggregate, "the single value there is; an error where there are several",
    examples: ["only(plan)"],
    overloads: [
      Overload(
        [.ordered()],
        .aggregate { call in
          guard call.window != nil || call.dialect == .postgreSQL else {
            return .call("only_value", [call.filtered(call.first)])
          }
          let low = call.extreme("min")
          let high = call.extreme("max")
          if call.dialect == .postgreSQL { return .call("the_only", [low, high]) }
          return .conditional(
            [
              SQLBranch(
                when: .binary(low, .notEqual, high),
                then: .call("error", [.text("whom: more than one value")]))
            ], otherwise: low)
        }, nullability: .ifEmpty, labels: .first, result: Overload.asFirst)
    ])

  private static let list = BuiltinFunction(
    "list", .aggregate, "the values as a list, missing ones left out, in the order given",
    examples: ["list(page, at)"],
    overloads: [
      Overload(
        [.any(), .orderKeys],
        .aggregate { call in
          var filter = call.filter
          if call.isNullable {
            filter = SQLExpr.joined(
              [call.filter, .postfix(call.first, .isNotNull)].compactMap { $0 }, by: .and)
          }
          let values = SQLExpr.aggregate(
            SQLAggregate("list", call.arguments, order: call.order, filter: filter))
          return .call("coalesce", [call.over(values), .list([])])
        }, nullability: .never, labels: .privacy
      ) { types in .list(types[0].nonNull) }
    ])

  // MARK: Conditions

  private static func condition(_ name: String) -> BuiltinFunction {
    let words = name == "any" ? "whether it holds in some row" : "whether it holds in every row"
    return BuiltinFunction(
      name, .aggregate, words, examples: ["\(name)(paid)"],
      overloads: [
        Overload(
          [FunctionParameter("condition", .condition)],
          .aggregate { call in
            let test = call.isNullable ? SQLExpr.postfix(call.first, .isTrue) : call.first
            let found = call.plain(name == "any" ? "bool_or" : "bool_and", [test])
            return .call("coalesce", [found, .literal(.bool(name == "all"))])
          }, nullability: .never, labels: .clears, result: Overload.type(.bool))
      ])
  }

  private static let share = BuiltinFunction(
    "share", .aggregate, "the share of rows where a condition holds; null for no rows",
    examples: ["share(churned)"],
    overloads: [
      Overload(
        [FunctionParameter("condition", .condition)],
        .aggregate { call in
          let holds =
            SQLExpr.joined([call.filter, call.first].compactMap { $0 }, by: .and) ?? call.first
          let counted = call.over(
            .aggregate(SQLAggregate("count", [.star], filter: holds)))
          let all = call.plain("count", [.star])
          let divisor =
            call.filter == nil && !call.mayBeEmpty ? all : .call("nullif", [all, .int(0)])
          // Some engines cut a quotient of whole numbers.
          let dividend =
            call.dialect == .postgreSQL ? SQLExpr.cast(counted, .float, isTry: false) : counted
          return .binary(dividend, .divide, divisor)
        }, nullability: .ifEmpty, labels: .clears, result: Overload.type(.float))
    ])
}

extension SQLExpr {
  fileprivate static func aggregateOver(
    _ call: AggregateCall, _ name: String, _ arguments: [SQLExpr]
  ) -> SQLExpr {
    call.plain(name, arguments)
  }
  fileprivate static func over(_ call: AggregateCall, _ expr: SQLExpr) -> SQLExpr {
    call.over(expr)
  }
}
