import SQLTree
import Values

/// Angles, distances, whole numbers, bins, bits.
extension BuiltinFunction {
  static let moreArithmetic: [BuiltinFunction] =
    [
      curve("sin", "the sine of an angle in radians"),
      curve("cos", "the cosine of an angle in radians"),
      curve("tan", "the tangent of an angle in radians"),
      within("asin", "the angle in radians with this sine; null outside of -1 to 1"),
      within("acos", "the angle in radians with this cosine; null outside of -1 to 1"),
      curve("atan", "the angle in radians with this tangent"), atan2,
      curve("tanh", "the hyperbolic tangent"),
      scaled(
        "degrees", "an angle in degrees, from radians", by: 57.29577951308232, isPartial: true),
      scaled("radians", "an angle in radians, from degrees", by: 0.017453292519943295),
      pi, haversine, curve("cbrt", "the cube root"), log1p, expm1, logit, inverseLogit,
      whole("gcd", "the greatest common divisor"), whole("lcm", "the least common multiple"),
      bits("bit_and", "bits_and", "the bits that both have"),
      bits("bit_or", "bits_or", "the bits that one of them has"),
      bits("bit_xor", "bits_xor", "the bits that just one of them has"),
      bin, widthBucket, signif, nullIf,
    ]

  private static func float(
    _ name: String, _ summary: String, _ example: String, isPartial: Bool = false,
    _ make: @escaping @Sendable (SQLExpr) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(\(example))"],
      overloads: [
        Overload(
          [.number()],
          .scalar { call in
            make(.cast(call.arguments[0], .float, isTry: false))
          }, nullability: isPartial ? .always : .propagates, result: Overload.type(.float))
      ])
  }

  private static func curve(_ name: String, _ summary: String) -> BuiltinFunction {
    float(name, summary, "0.5") { .call(name, [$0]) }
  }

  private static func scaled(
    _ name: String, _ summary: String, by factor: Double, isPartial: Bool = false
  ) -> BuiltinFunction {
    float(name, summary, "1", isPartial: isPartial) {
      .call("finite", [.binary($0, .times, .literal(.float(factor)))])
    }
  }

  private static func within(_ name: String, _ summary: String) -> BuiltinFunction {
    float(name, summary, "0.5", isPartial: true) { x in
      only(x, when: .binary(.call("abs", [x]), .lessOrEqual, .int(1)), .call(name, [x]))
    }
  }

  private static func only(
    _ x: SQLExpr, when condition: SQLExpr, _ value: SQLExpr
  ) -> SQLExpr {
    .conditional([SQLBranch(when: condition, then: value)], otherwise: nil)
  }

  private static let atan2 = BuiltinFunction(
    "atan2", .arithmetic, "the angle in radians of the point (x, y), from -pi to pi",
    examples: ["atan2(1, 1)"],
    overloads: [
      Overload(
        [.number("y"), .number("x")], .scalar { .call("atan2", floats($0)) },
        result: Overload.type(.float))
    ])

  private static let pi = BuiltinFunction(
    "pi", .arithmetic, "3.14159…", examples: ["pi()"],
    overloads: [
      Overload(
        [], .constant { _ in .float(.pi) }, nullability: .never, result: Overload.type(.float))
    ])

  private static func floats(_ call: ScalarCall) -> [SQLExpr] {
    call.arguments.map { .cast($0, .float, isTry: false) }
  }

  /// The haversine formula on a sphere of 6371.0088 km, the mean radius of the Earth (IUGG).
  /// Latitudes go to 90 degrees, longitudes to 360.
  private static let haversine = BuiltinFunction(
    "haversine", .arithmetic,
    "the distance of two places on Earth in km, of degrees; null where one is no place",
    examples: ["haversine(52.37, 4.90, 48.86, 2.35)"],
    overloads: [
      Overload(
        [.number("lat1"), .number("lon1"), .number("lat2"), .number("lon2")],
        .scalar { $0.whereAllPresent(.call("haversine_km", floats($0))) },
        nullability: .always, result: Overload.type(.float))
    ])

  /// What is so small is its own result, and no engine has to halve it.
  private static func tiny(_ x: SQLExpr) -> SQLBranch {
    SQLBranch(when: .binary(.call("abs", [x]), .less, .literal(.float(1e-300))), then: x)
  }

  /// ln(1 + x) = 2 artanh(x / (2 + x)), which loses no digits where x is small.
  private static let log1p = float(
    "log1p", "the natural logarithm of 1 + x, exact near 0; null unless x is above -1", "0.001",
    isPartial: true
  ) { x in
    let sum = SQLExpr.binary(.int(2), .plus, x)
    let small = SQLExpr.binary(.int(2), .times, .call("atanh", [.binary(x, .divide, sum)]))
    return .conditional(
      [
        tiny(x),
        SQLBranch(when: .binary(.call("abs", [x]), .less, .literal(.float(0.5))), then: small),
        SQLBranch(
          when: .binary(x, .greater, .int(-1)), then: .call("ln", [.binary(.int(1), .plus, x)])),
      ], otherwise: nil)
  }

  /// e^x - 1 = 2 sinh(x / 2) e^(x / 2), which loses no digits where x is small.
  private static let expm1 = float(
    "expm1", "e to the power of x, less 1, exact near 0", "0.001", isPartial: true
  ) { x in
    let half = SQLExpr.binary(x, .divide, .int(2))
    let small = SQLExpr.chain(
      .int(2),
      [SQLOperand(.times, .call("sinh", [half])), SQLOperand(.times, .call("exp", [half]))]
    )
    return .conditional(
      [
        tiny(x),
        SQLBranch(when: .binary(.call("abs", [x]), .less, .literal(.float(0.5))), then: small),
      ], otherwise: .call("finite", [.binary(.call("exp", [x]), .minus, .int(1))]))
  }

  private static let logit = float(
    "logit", "the logarithm of the odds p / (1 - p); null outside of 0 to 1", "0.8",
    isPartial: true
  ) { p in
    let inside = SQLExpr.joined(
      [.binary(p, .greater, .int(0)), .binary(p, .less, .int(1))], by: .and)
    let odds = SQLExpr.binary(p, .divide, .binary(.int(1), .minus, p))
    return only(p, when: inside ?? p, .call("ln", [odds]))
  }

  private static let inverseLogit = float(
    "inverse_logit", "the probability with these log odds, 1 / (1 + e^-x)", "1.5"
  ) { x in
    // Either way e is raised to a power below zero, so that nothing overflows.
    let power = SQLExpr.call("exp", [.prefix(.minus, .call("abs", [x]))])
    let whole = SQLExpr.binary(.int(1), .plus, power)
    return .conditional(
      [
        SQLBranch(
          when: .binary(x, .less, .int(0)), then: .binary(power, .divide, whole))
      ], otherwise: .binary(.int(1), .divide, whole))
  }

  private static func whole(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary + " of two whole numbers", examples: ["\(name)(12, 18)"],
      overloads: [
        Overload(
          [.int("a"), .int("b")], .scalar { .cast(.call(name, $0.arguments), .int, isTry: false) },
          result: Overload.type(.int))
      ])
  }

  private static func bits(_ name: String, _ sql: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(12, 10)"],
      overloads: [
        Overload([.int("a"), .int("b")], Overload.call(sql), result: Overload.type(.int))
      ])
  }

  private static let bin = BuiltinFunction(
    "bin", .arithmetic, "the lower end of its bin, when numbers are cut into bins of one width",
    examples: ["bin(37, 10)", "bin(-0.5, 2)"],
    overloads: [
      Overload(
        [.int("x"), FunctionParameter("width", .int, constant: true, within: 1...1e18)],
        .scalar { call in
          let (x, width) = (call.arguments[0], call.arguments[1])
          return .binary(x, .minus, .call("floor_mod", [x, width]))
        }, labels: .first, result: Overload.type(.int)),
      Overload(
        [.number(), FunctionParameter("width", .number, constant: true, within: 0...1e300)],
        .scalar { call in
          let values = floats(call)
          let bins = SQLExpr.binary(values[0], .divide, .call("nullif", [values[1], .int(0)]))
          return .call(
            "finite",
            [.binary(.call("floor", [.call("finite", [bins])]), .times, values[1])])
        }, nullability: .always, labels: .first, result: Overload.type(.float)),
    ])

  private static let widthBucket = BuiltinFunction(
    "width_bucket", .arithmetic,
    "the number of its bin, 1 to n, of n equal ones from low to high; 0 below, n + 1 above",
    examples: ["width_bucket(37, 0, 100, 10)"],
    overloads: [
      Overload(
        [
          .number(), .number("low"), .number("high"),
          FunctionParameter("n", .int, constant: true, within: 1...1e9),
        ],
        .scalar { call in
          .cast(
            .call("bin_number", Array(floats(call).prefix(3)) + [call.arguments[3]]), .int,
            isTry: false)
        }, nullability: .always, result: Overload.type(.int))
    ])

  private static let signif = BuiltinFunction(
    "signif", .arithmetic, "rounded to so many significant digits; half away from zero",
    examples: ["signif(123456, 2)", "signif(0.0012345, 3)"],
    overloads: [
      Overload(
        [.number(), FunctionParameter("digits", .int, constant: true, within: 1...15)],
        .scalar { call in
          .call("significant", [floats(call)[0], call.arguments[1]])
        }, labels: .first, result: Overload.type(.float))
    ])

  private static let nullIf = BuiltinFunction(
    "null_if", .arithmetic, "the value, or null where it equals a second one",
    examples: ["null_if(-1, -1)", "null_if(\"n/a\", \"n/a\")"],
    overloads: [
      Overload(
        [.ordered(), FunctionParameter("value", .same(0))],
        .scalar { call in
          let (value, other) = (call.arguments[0], call.arguments[1])
          if call.types[0].base == call.types[1].base { return .call("nullif", [value, other]) }
          // Of two types an engine would give the wider one.
          return .conditional(
            [SQLBranch(when: .binary(value, .equal, other), then: .literal(.null))],
            otherwise: value)
        }, nullability: .always, labels: .first,
        result: Overload.asFirst)
    ])
}
