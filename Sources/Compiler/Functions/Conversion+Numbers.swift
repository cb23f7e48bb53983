import SQLTree
import Values

extension BuiltinFunction {
  static let moreConversion: [BuiltinFunction] = [toBool, tryBool, toDecimal, parseNumber]

  private static let toBool = BuiltinFunction(
    "bool", .conversion,
    "as a truth value: true, yes, y, 1 or false, no, n, 0; of a number whether it is not 0",
    examples: ["bool(\"yes\")", "bool(0)"],
    overloads: [
      Overload([.text("x")], Overload.call("parse_bool"), result: Overload.type(.bool)),
      Overload(
        [.number()], .scalar { .binary($0.arguments[0], .notEqual, .int(0)) },
        result: Overload.type(.bool)),
    ])

  private static let tryBool = BuiltinFunction(
    "try_bool", .conversion, "as a truth value, null where the text is none",
    examples: ["try_bool(\"n/a\")"],
    overloads: [
      Overload(
        [.text("x")], Overload.call("try_parse_bool"), nullability: .always,
        result: Overload.type(.bool))
    ])

  private static let toDecimal = BuiltinFunction(
    "decimal", .conversion,
    "as an exact number with so many digits behind the point, 2 if not said; half away from zero",
    examples: ["decimal(2.345)", "decimal(19.5, 4)"], overloads: [decimal])

  private static var decimal: Overload {
    var overload = Overload(
      [
        .number(),
        FunctionParameter("digits", .int, default: .int(2), constant: true, within: 0...18),
      ],
      .scalar { call in
        let type = decimalType(call.constants)
        guard call.types[0].base == .float else {
          return .cast(call.arguments[0], type, isTry: false)
        }
        let rounded = SQLExpr.call("round_to", call.arguments)
        // The server's own cast keeps 15 digits only.
        return .cast(
          call.dialect == .postgreSQL ? .call("decimal_of", [rounded]) : rounded, type, isTry: false
        )
      }, labels: .first, result: Overload.type(.float))
    overload.resultOfConstants = { _, constants in decimalType(constants) }
    return overload
  }

  @Sendable
  private static func decimalType(_ constants: [Value?]) -> DataType {
    guard constants.count > 1, case .int(let digits)? = constants[1] else {
      return .decimal(precision: 20, scale: 2)
    }
    let scale = Int(max(0, min(digits, 18)))
    return .decimal(precision: 18 + scale, scale: scale)
  }

  private static let parseNumber = BuiltinFunction(
    "parse_number", .conversion,
    "the first number in a text, without what is around it and between its digits; null for none",
    examples: ["parse_number(\"$1,234.50\")", "parse_number(\"1.234,50 EUR\", decimal = \",\")"],
    overloads: [
      Overload(
        [
          .text(),
          FunctionParameter(
            "decimal", .text, default: .text("."), constant: true, choices: [".", ","]),
        ],
        .scalar { call in
          let isComma = call.constants[1] == .text(",")
          let (point, between) = isComma ? (",", ".\(thinSpaces)") : (".", ",\(thinSpaces)")
          let pattern = "-?[0-9](?:[0-9\(between)]*[0-9])?(?:\\\(point)[0-9]+)?"
          let found = SQLExpr.call("regexp_extract", [call.arguments[0], .text(pattern), .int(0)])
          let plain = SQLExpr.call(
            "translate",
            [found, .text(isComma ? ",\(between)" : between), .text(isComma ? "." : "")])
          return .call("try_parse_float", [plain])
        }, nullability: .always, result: Overload.type(.float))
    ])

  /// What stands between groups of digits beside point and comma: blanks of three kinds, and the
  /// Swiss apostrophe.
  private static let thinSpaces = " \u{A0}\u{202F}'"
}
