import SQLTree
import Values

/// Means of other kinds, shape, robust spread, a straight line.
extension BuiltinFunction {
  static let moreAggregates: [BuiltinFunction] = [
    weightedMean, geometricMean, harmonicMean, standardError, skewness, kurtosis, interquartile,
    mad, slope, intercept, nth,
  ]

  private static func measure(
    _ name: String, _ summary: String, isTwoPass: Bool = false, keepsUnit: Bool = false,
    _ make: @escaping @Sendable (AggregateCall) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .aggregate, summary, examples: ["\(name)(amount)"],
      overloads: [
        Overload(
          [.number()], isTwoPass ? .twoPass(make) : .aggregate(make), nullability: .always,
          labels: keepsUnit ? .measure : .clears, result: Overload.type(.float))
      ])
  }

  /// The aggregate of another float in place of the first argument.
  private static func inner(_ call: AggregateCall, _ x: SQLExpr) -> AggregateCall {
    var changed = call
    changed.arguments = [x]
    changed.types = [ValueType(.float, nullable: true)]
    return changed
  }

  private static func exactMean(_ call: AggregateCall, _ x: SQLExpr) -> SQLExpr {
    let changed = inner(call, x)
    return .binary(
      exactSum(changed), .divide, .call("nullif", [call.plain("count", [x]), .int(0)]))
  }

  private static func asFloat(_ x: SQLExpr) -> SQLExpr { .cast(x, .float, isTry: false) }

  private static let weightedMean = BuiltinFunction(
    "weighted_mean", .aggregate,
    "the mean with weights, over rows that have both; null where the weights sum to 0",
    examples: ["weighted_mean(price, quantity)"],
    overloads: [
      Overload(
        [.number(), .number("weight")],
        .aggregate { call in
          let (x, weight) = (asFloat(call.arguments[0]), asFloat(call.arguments[1]))
          let product = SQLExpr.binary(x, .times, weight)
          let counted = SQLExpr.conditional(
            [SQLBranch(when: .postfix(call.arguments[0], .isNotNull), then: weight)],
            otherwise: nil)
          return .binary(
            exactSum(inner(call, product)), .divide,
            .call("nullif", [exactSum(inner(call, counted)), .int(0)]))
        }, nullability: .always, labels: .measure, result: Overload.type(.float))
    ])

  private static func ofPositive(
    _ call: AggregateCall, _ inside: (SQLExpr) -> SQLExpr, _ outside: (SQLExpr) -> SQLExpr
  ) -> SQLExpr {
    let x = asFloat(call.first)
    let guarded = SQLExpr.conditional(
      [SQLBranch(when: .binary(call.first, .greater, .int(0)), then: inside(x))], otherwise: nil)
    return .conditional(
      [
        SQLBranch(
          when: .binary(call.plain("min", [call.first]), .greater, .int(0)),
          then: outside(exactMean(call, guarded)))
      ], otherwise: nil)
  }

  private static let geometricMean = measure(
    "geometric_mean", "the n-th root of the product of n values; null unless all are above 0",
    keepsUnit: true
  ) { call in ofPositive(call, { .call("ln", [$0]) }, { .call("exp", [$0]) }) }

  private static let harmonicMean = measure(
    "harmonic_mean", "1 / the mean of 1 / x, as for rates; null unless all are above 0",
    keepsUnit: true
  ) { call in
    ofPositive(call, { .binary(.int(1), .divide, $0) }, { .binary(.int(1), .divide, $0) })
  }

  // MARK: Moments about the mean, which is known

  private static func deviation(_ call: AggregateCall) -> SQLExpr {
    .binary(call.first, .minus, call.means[0])
  }

  private static func power(_ call: AggregateCall, _ times: Int) -> SQLExpr {
    let one = SQLExpr.binary(.int(1), .times, deviation(call))
    let factors = Array(repeating: deviation(call), count: times)
    return exactSum(inner(call, SQLExpr.joined(factors, by: .times) ?? one))
  }

  private static func count(_ call: AggregateCall, less: Int = 0) -> SQLExpr {
    let count = asFloat(call.plain("count", [call.first]))
    return less == 0 ? count : .binary(count, .minus, .int(less))
  }

  private static func whereCount(
    _ call: AggregateCall, isAbove least: Int, _ value: SQLExpr
  ) -> SQLExpr {
    .conditional(
      [
        SQLBranch(
          when: .binary(call.plain("count", [call.first]), .greater, .int(least)), then: value)
      ], otherwise: nil)
  }

  /// Over a moving frame there is no one mean: the moments are those of the list of its values.
  private static func ofFrame(_ name: String, _ call: AggregateCall) -> SQLExpr {
    let present = SQLExpr.joined(
      [call.filter, call.isNullable ? .postfix(call.first, .isNotNull) : nil].compactMap { $0 },
      by: .and)
    let values = SQLAggregate("list", floats(call), filter: present)
    return .call(name, [call.over(.aggregate(values))])
  }

  private static let standardError = measure(
    "standard_error", "the standard error of the mean: stddev / sqrt(n); null for fewer than two",
    isTwoPass: true, keepsUnit: true
  ) { call in
    if isFramed(call) {
      return .binary(
        call.plain("stddev_samp", floats(call)), .divide, .call("sqrt", [count(call)]))
    }
    let freedom = SQLExpr.binary(count(call), .times, count(call, less: 1))
    return whereCount(
      call, isAbove: 1, .call("sqrt", [.binary(power(call, 2), .divide, freedom)]))
  }

  /// G1 of Joanes and Gill, "Comparing measures of sample skewness and kurtosis" (1998):
  /// n / ((n - 1)(n - 2)) * sum(d^3) / s^3.
  private static let skewness = measure(
    "skewness", "the sample skewness, corrected for bias (G1); null for fewer than three",
    isTwoPass: true
  ) { call in
    if isFramed(call) { return ofFrame("skewness_of", call) }
    let variance = SQLExpr.binary(power(call, 2), .divide, count(call, less: 1))
    let scale = SQLExpr.binary(count(call, less: 1), .times, count(call, less: 2))
    let cubed = SQLExpr.call(
      "nullif", [.call("pow", [variance, .literal(.float(1.5))]), .int(0)])
    return whereCount(
      call, isAbove: 2,
      .chain(
        .binary(count(call), .times, power(call, 3)),
        [SQLOperand(.divide, scale), SQLOperand(.divide, cubed)]))
  }

  /// G2 of Joanes and Gill (1998), 0 for a normal distribution:
  /// (n - 1) / ((n - 2)(n - 3)) * ((n + 1) n sum(d^4) / sum(d^2)^2 - 3 (n - 1)).
  private static let kurtosis = measure(
    "kurtosis", "the sample excess kurtosis, corrected for bias (G2); null for fewer than four",
    isTwoPass: true
  ) { call in
    if isFramed(call) { return ofFrame("kurtosis_of", call) }
    let squares = SQLExpr.call("nullif", [power(call, 2), .int(0)])
    let up = SQLExpr.binary(count(call), .plus, .int(1))
    let ratio = SQLExpr.chain(
      up,
      [
        SQLOperand(.times, count(call)), SQLOperand(.times, power(call, 4)),
        SQLOperand(.divide, squares), SQLOperand(.divide, squares),
      ])
    let rest = SQLExpr.binary(ratio, .minus, .binary(.int(3), .times, count(call, less: 1)))
    let scale = SQLExpr.binary(count(call, less: 2), .times, count(call, less: 3))
    return whereCount(
      call, isAbove: 3,
      .chain(
        count(call, less: 1),
        [
          SQLOperand(.divide, scale), SQLOperand(.times, rest),
        ]))
  }

  // MARK: Robust spread

  private static let interquartile = measure(
    "iqr", "the distance from the lower to the upper quartile (R's type 7)", keepsUnit: true
  ) { call in
    let x = asFloat(call.first)
    return .binary(
      call.plain("quantile_cont", [x, .literal(.float(0.75))]), .minus,
      call.plain("quantile_cont", [x, .literal(.float(0.25))]))
  }

  private static let mad = measure(
    "mad", "the median of the distances from the median; for a normal distribution 0.6745 stddev",
    keepsUnit: true
  ) { $0.plain("mad", [asFloat($0.first)]) }

  // MARK: A straight line through the points, by least squares

  private static func line(
    _ name: String, _ summary: String, _ make: @escaping @Sendable (AggregateCall) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .aggregate, summary, examples: ["\(name)(spend, age)"],
      overloads: [
        Overload(
          [.number("y"), .number("x")], .twoPass(make), nullability: .always, labels: .clears,
          result: Overload.type(.float))
      ])
  }

  private static let slope = line(
    "slope", "by how much y rises for one more x, by least squares; null where x does not vary",
    slopeOf)

  private static let intercept = line(
    "intercept", "y where x is 0, on the line of least squares; null where x does not vary"
  ) { call in
    if isFramed(call) {
      return .call("finite", [call.plain("regr_intercept", floats(call))])
    }
    // The means are the same in every row of the group.
    let means = call.means.map { call.plain("min", [$0]) }
    return .binary(means[0], .minus, .binary(slopeOf(call), .times, means[1]))
  }

  @Sendable
  private static func slopeOf(_ call: AggregateCall) -> SQLExpr {
    if isFramed(call) { return .call("finite", [call.plain("regr_slope", floats(call))]) }
    let squares = SQLExpr.call("nullif", [products(call, 1, 1), .int(0)])
    return .binary(products(call, 0, 1), .divide, squares)
  }

  // MARK: Picking

  private static let nth = BuiltinFunction(
    "nth", .aggregate, "the value of the n-th row in an order, missing values passed over",
    examples: ["nth(page, 2, at)"],
    overloads: [
      Overload(
        [.any(), FunctionParameter("n", .int, constant: true, within: 1...1e9), .orderKeys],
        .aggregate { call in
          let present = SQLExpr.joined(
            [call.filter, call.isNullable ? .postfix(call.first, .isNotNull) : nil].compactMap {
              $0
            }, by: .and)
          let values = SQLExpr.aggregate(
            SQLAggregate("list", [call.first], order: call.order, filter: present))
          return .call("list_extract", [call.over(values), call.arguments[1]])
        }, nullability: .always, labels: .first, result: Overload.asFirst)
    ])
}
