import SQLTree
import Values

extension BuiltinFunction {
  static let arithmetic: [BuiltinFunction] = [
    keepsType("abs", "the distance from zero") { .call("abs", $0) },
    BuiltinFunction(
      "sign", .arithmetic, "-1, 0 or 1", examples: ["sign(-3)"],
      overloads: [
        Overload(
          [.number()], .scalar { .cast(.call("sign", $0.arguments), .int, isTry: false) },
          result: Overload.type(.int))
      ]),
    round, floor, ceil, truncate,
    float("sqrt", "the square root; null below zero") { x in
      .conditional(
        [SQLBranch(when: .binary(x, .greaterOrEqual, .int(0)), then: .call("sqrt", [x]))],
        otherwise: nil)
    },
    float("exp", "e to the power of x") { .call("finite", [.call("exp", [$0])]) },
    float("log", "the natural logarithm; null unless x is above zero") { positive($0, "ln") },
    float("log10", "the logarithm to base 10; null unless x is above zero") {
      positive($0, "log10")
    },
    float("log2", "the logarithm to base 2; null unless x is above zero") { positive($0, "log2") },
    modulo, power, greatest, least, clamp,
  ]

  private static func positive(_ x: SQLExpr, _ name: String) -> SQLExpr {
    .conditional(
      [SQLBranch(when: .binary(x, .greater, .int(0)), then: .call(name, [x]))], otherwise: nil)
  }

  private static func keepsType(
    _ name: String, _ summary: String, _ make: @escaping @Sendable ([SQLExpr]) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(-3)"],
      overloads: [
        Overload(
          [.number()], .scalar { make($0.arguments) }, labels: .first, result: Overload.asFirst)
      ])
  }

  private static func float(
    _ name: String, _ summary: String, _ make: @escaping @Sendable (SQLExpr) -> SQLExpr
  ) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(2)"],
      overloads: [
        Overload(
          [.number()],
          .scalar { call in
            // Of an exact number some engines give an exact one.
            let x = call.arguments[0]
            let isExact = TypeRules.isDecimal(call.types[0].base)
            return make(isExact ? .cast(x, .float, isTry: false) : x)
          }, nullability: .always, result: Overload.type(.float))
      ])
  }

  private static let round = BuiltinFunction(
    "round", .arithmetic, "to a whole number, or to so many digits; half away from zero",
    examples: ["round(2.5)", "round(2.345, 2)"],
    overloads: [
      Overload(
        [.number()], .scalar { whole($0, "round_to", [.int(0)]) }, labels: .first, result: rounded),
      Overload(
        [.number(), FunctionParameter("digits", .int)],
        .scalar { call in
          switch call.types[0].base {
          case .float: .call("round_to", call.arguments)
          default: roundedExactly(call)
          }
        }, labels: .first, result: Overload.asFirst),
    ])

  /// Engines want to know the digits of an exact number beforehand; where a column says them, each
  /// that can matter has a branch of its own.
  private static func roundedExactly(_ call: ScalarCall) -> SQLExpr {
    let (x, digits, base) = (call.arguments[0], call.arguments[1], call.types[0].base)
    func rounded(_ digits: SQLExpr) -> SQLExpr {
      .cast(.call("round", [x, digits]), base, isTry: false)
    }
    if case .literal = digits { return rounded(digits) }
    if case .prefix(.minus, .literal) = digits { return rounded(digits) }
    var (whole, scale) = (18, 0)
    if case .decimal(let precision, let places) = base {
      (whole, scale) = (precision - places, places)
    }
    let all = SQLBranch(
      when: .binary(digits, .greaterOrEqual, .int(scale)), then: .cast(x, base, isTry: false))
    let some = (-whole..<scale).reversed().map { places in
      SQLBranch(when: .binary(digits, .equal, .int(places)), then: rounded(.int(places)))
    }
    let none = SQLBranch(
      when: .binary(digits, .less, .int(-whole)),
      then: .cast(.binary(x, .times, .int(0)), base, isTry: false))
    return .conditional([all] + some + [none], otherwise: nil)
  }

  private static let floor = wholeNumber("floor", "the next whole number below")
  private static let ceil = wholeNumber("ceil", "the next whole number above")
  private static let truncate = wholeNumber("trunc", "without what is behind the point")

  private static func wholeNumber(_ name: String, _ summary: String) -> BuiltinFunction {
    BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(2.5)"],
      overloads: [
        Overload(
          [.number()], .scalar { whole($0, name, []) }, labels: .first, result: Overload.type(.int))
      ])
  }

  private static let rounded: Overload.Result = Overload.type(.int)

  /// A whole number is an int; an int is one already.
  private static func whole(_ call: ScalarCall, _ name: String, _ more: [SQLExpr]) -> SQLExpr {
    switch call.types[0].base {
    case .int: call.arguments[0]
    case .decimal:
      .cast(.call(name == "round_to" ? "round" : name, call.arguments), .int, isTry: false)
    default: .cast(.call(name, call.arguments + more), .int, isTry: false)
    }
  }

  private static let modulo = BuiltinFunction(
    "mod", .arithmetic, "the rest of a division, with the divisor's sign; null for a divisor of 0",
    examples: ["mod(-7, 2)"],
    overloads: [
      Overload(
        [FunctionParameter("a", .number), FunctionParameter("b", .number)],
        Overload.call("floor_mod"), nullability: .always
      ) { types in TypeRules.unify(types[0].base, types[1].base) ?? .float }
    ])

  private static let power = BuiltinFunction(
    "power", .arithmetic, "x to the power of y, as `x ^ y`; null where that is no finite number",
    examples: ["power(2, 10)"],
    overloads: [
      Overload(
        [.number(), .number("y")], .scalar { .call("finite", [.call("pow", $0.arguments)]) },
        nullability: .always, result: Overload.type(.float))
    ])

  private static let clamp = BuiltinFunction(
    "clamp", .arithmetic, "the value, but not below `low` and not above `high`",
    examples: ["clamp(12, 0, 10)"],
    overloads: [
      Overload(
        [
          FunctionParameter("x", .ordered), FunctionParameter("low", .same(0)),
          FunctionParameter("high", .same(0)),
        ],
        .scalar { call in
          let (x, low, high) = (call.arguments[0], call.arguments[1], call.arguments[2])
          let clamped = SQLExpr.call(
            "least", comparable([.call("greatest", comparable([x, low], call)), high], call))
          return call.whereAllPresent(clamped)
        }, labels: .first
      ) { types in
        types.dropFirst().reduce(types[0].base) { TypeRules.unify($0, $1.base) ?? $0 }
      }
    ])

  private static let greatest = extreme(
    "greatest", "the largest of the values; null if one is null")
  private static let least = extreme("least", "the smallest of the values; null if one is null")

  private static func extreme(_ name: String, _ summary: String) -> BuiltinFunction {
    let parameters = [
      FunctionParameter("x", .ordered), FunctionParameter("y", .same(0)),
      FunctionParameter("more", .same(0), default: .null, variadic: true),
    ]
    return BuiltinFunction(
      name, .arithmetic, summary, examples: ["\(name)(1, 3, 2)"],
      overloads: [
        Overload(
          parameters, .scalar { nullPassing($0, name) }, labels: .first
        ) { types in
          types.dropFirst().reduce(types[0].base) { TypeRules.unify($0, $1.base) ?? $0 }
        }
      ])
  }

  /// Engines skip nulls here; we pass them on (L56). An argument that stands there twice is said
  /// once: in some plans DuckDB 2.0.0 fails over `greatest(x, d, d)` with "Duplicate named argument".
  private static func nullPassing(_ call: ScalarCall, _ name: String) -> SQLExpr {
    let different = call.arguments.reduce(into: [SQLExpr]()) { found, next in
      if !found.contains(next) { found.append(next) }
    }
    return call.whereAllPresent(
      different.count == 1 ? different[0] : .call(name, comparable(different, call)))
  }

  /// Texts go by code point on every engine; one of several that says so is enough.
  private static func comparable(_ values: [SQLExpr], _ call: ScalarCall) -> [SQLExpr] {
    guard call.dialect == .postgreSQL, call.types.first?.base == .text, let first = values.first
    else { return values }
    return [.postfix(first, .byCodePoint)] + values.dropFirst()
  }
}
