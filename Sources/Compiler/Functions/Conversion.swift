import SQLTree
import Values

extension BuiltinFunction {
  static let conversion: [BuiltinFunction] = [
    toInt, tryInt, toFloat, tryFloat, toText, percent,
  ]

  private static let toInt = BuiltinFunction(
    "int", .conversion, "as a whole number; text that is none is an error",
    examples: ["int(\"42\")", "int(2.9)"],
    overloads: [
      Overload([.text("x")], Overload.call("parse_int"), result: Overload.type(.int)),
      Overload(
        [.number()],
        .scalar { call in
          call.types[0].base == .int
            ? call.arguments[0] : .cast(.call("trunc", call.arguments), .int, isTry: false)
        }, labels: .first, result: Overload.type(.int)),
      Overload(
        [FunctionParameter("x", .bool)], .scalar(wholeNumber(ofFlag:)),
        result: Overload.type(.int)),
    ])

  /// PostgreSQL makes 32 bits of a flag, and nothing wider.
  private static func wholeNumber(ofFlag call: ScalarCall) -> SQLExpr {
    let flag = call.arguments[0]
    switch call.dialect {
    case .duckDB: return .cast(flag, .int, isTry: false)
    case .postgreSQL: return .cast(.call("int4", [flag]), .int, isTry: false)
    }
  }

  private static let tryInt = BuiltinFunction(
    "try_int", .conversion, "as a whole number, null where the text is none",
    examples: ["try_int(\"n/a\")"],
    overloads: [
      Overload(
        [.text("x")], Overload.call("try_parse_int"), nullability: .always,
        result: Overload.type(.int))
    ])

  private static let toFloat = BuiltinFunction(
    "float", .conversion, "as a float; text that is no number is an error",
    examples: ["float(\"2.5\")", "float(2)"],
    overloads: [
      Overload(
        [.text("x")], Overload.call("parse_float"), nullability: .always,
        result: Overload.type(.float)),
      Overload(
        [.number()], .scalar { .cast($0.arguments[0], .float, isTry: false) }, labels: .first,
        result: Overload.type(.float)),
      Overload(
        [FunctionParameter("x", .bool)],
        .scalar { .cast(wholeNumber(ofFlag: $0), .float, isTry: false) },
        result: Overload.type(.float)),
    ])

  private static let tryFloat = BuiltinFunction(
    "try_float", .conversion, "as a float, null where the text is no number",
    examples: ["try_float(\"n/a\")"],
    overloads: [
      Overload(
        [.text("x")], Overload.call("try_parse_float"), nullability: .always,
        result: Overload.type(.float))
    ])

  private static let toText = BuiltinFunction(
    "text", .conversion, "as text", examples: ["text(42)"],
    overloads: [
      Overload(
        [.any()],
        .scalar { call in
          switch call.types[0].base {
          case .text: call.arguments[0]
          case .float: .call("plain_text", call.arguments)
          case .timestamp where call.dialect == .postgreSQL:
            .call("instant_text", call.arguments)
          case .duration where call.dialect == .postgreSQL,
            .months where call.dialect == .postgreSQL:
            .call("interval_text", call.arguments)
          case .list(let item) where item.base == .float: .call("float_list_text", call.arguments)
          case .list: .call("list_text", call.arguments)
          default: .cast(call.arguments[0], .text, isTry: false)
          }
        }, result: Overload.type(.text))
    ])

  private static let percent = BuiltinFunction(
    "percent", .conversion, "a ratio as text in percent", examples: ["percent(0.125, 1)"],
    overloads: [
      Overload(
        [.number(), FunctionParameter("digits", .int, default: .int(0), constant: true)],
        .scalar { call in
          let digits =
            if case .int(let n)? = call.constants[1] { max(0, min(n, 12)) } else { Int64(0) }
          let ratio = SQLExpr.cast(call.arguments[0], .float, isTry: false)
          let rounded = SQLExpr.call(
            "round_to",
            [.call("finite", [.binary(ratio, .times, .int(100))]), .int(Int(digits))])
          return .call("format", [.text("{:.\(digits)f}%"), rounded])
        }, nullability: .always, result: Overload.type(.text))
    ])
}
