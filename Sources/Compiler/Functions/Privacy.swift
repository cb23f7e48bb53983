import SQLTree
import Values

// Functions that take what is personal out of a value.
extension BuiltinFunction {
  static let privacy: [BuiltinFunction] = [
    BuiltinFunction(
      "mask", .text,
      "the first character of a text and `***`; of a text of one or two only `***`; no longer pii",
      examples: ["mask(\"ann@example.com\")"],
      overloads: [
        Overload(
          [.text()],
          .scalar { call in
            let text = call.arguments[0]
            let isShort = SQLExpr.binary(.call("length", [text]), .lessOrEqual, .int(2))
            let start = SQLExpr.conditional(
              [SQLBranch(when: isShort, then: .text(""))],
              otherwise: .call("left", [text, .int(1)]))
            return .conditional(
              [
                SQLBranch(
                  when: .postfix(text, .isNotNull),
                  then: .binary(start, .concatenate, .text("***")))
              ], otherwise: nil)
          }, labels: .clears, result: Overload.type(.text))
      ]),
    BuiltinFunction(
      pseudonymName, .text,
      "a lasting name for a text that tells nobody whose it is; needs a secret, see `privacy`",
      examples: ["pseudonym(\"ann@example.com\")"],
      overloads: [
        Overload(
          [.text()], .host(HostCode(pseudonym)), labels: .pseudonym, result: Overload.type(.text))
      ]),
  ]

  /// HMAC-SHA-256 (RFC 2104), cut to 128 bits.
  static let pseudonymName = "pseudonym"

  /// Of a text and the secret, which the checker puts behind it.
  private static func pseudonym(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .text(let text) = arguments[0],
      case .text(let key) = arguments[1]
    else { return .null }
    let code = SHA256.keyedDigest(of: Array(text.utf8), key: Array(key.utf8))
    return .text(String(code.prefix(32)))
  }
}
