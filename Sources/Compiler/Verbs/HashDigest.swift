import Diagnostics
import Syntax
import Values

/// The hash behind `sample` and `split` (ruling 5): the first eight hexadecimal digits of
/// `md5(seed ':' key)`, where each part of the key is written as its length, `:` and its text, and
/// a missing part as `-`. Compared as text; the same on every engine.
enum HashDigest {
  static func of(_ keys: [TypedExpr], seed: Int64, _ span: Span) -> TypedExpr {
    of(keys, salt: "\(seed)", span)
  }

  /// With a word where the seed stands: rows taken by it are independent of all seeds.
  static func of(_ keys: [TypedExpr], salt: String, _ span: Span) -> TypedExpr {
    let written = written(keys, after: "\(salt):", span)
    let digest = call("md5", [written], .text, span)
    return call(
      "left", [digest, TypedExpr(.literal(.int(8)), ValueType(.int), span)], .text, span)
  }

  /// `7:1:a3:abc`: what is hashed.
  static func written(_ keys: [TypedExpr], after start: String, _ span: Span) -> TypedExpr {
    var pieces = [text(start, span)]
    for key in keys { pieces += part(key, span) }
    return TypedExpr(.concatenate(pieces), ValueType(.text), span)
  }

  /// The digest below which this share of all digests lies.
  static func bound(_ share: String) -> String {
    let size = (Double(share) ?? 0) * 4_294_967_296
    if size >= 4_294_967_296 { return "g" }
    let digits = String(UInt64(size), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func part(_ key: TypedExpr, _ span: Span) -> [TypedExpr] {
    let plain = key.type.base == .text ? key : call("text", [key], .text, span, key.type)
    let length = call("length", [plain], .int, span, key.type)
    let counted = call("text", [length], .text, span, key.type)
    guard key.type.isNullable else { return [counted, text(":", span), plain] }
    let whole = TypedExpr(
      .concatenate([counted, text(":", span), plain]), ValueType(.text, nullable: true), span)
    return [TypedExpr(.coalesce([whole, text("-", span)]), ValueType(.text), span)]
  }

  private static func text(_ text: String, _ span: Span) -> TypedExpr {
    TypedExpr(.literal(.text(text)), ValueType(.text), span)
  }

  private static func call(
    _ name: String, _ arguments: [TypedExpr], _ type: DataType, _ span: Span,
    _ like: ValueType? = nil
  ) -> TypedExpr {
    TypedExpr(
      .scalar(FunctionReference(name, overload: 0), arguments),
      ValueType(type, nullable: like?.isNullable ?? false), span)
  }
}

extension DataType {
  /// Whether every engine writes its values with the same characters.
  var isWrittenAlike: Bool {
    switch self {
    case .int, .text, .bool, .date: true
    case .float, .decimal, .timestamp, .duration, .months, .period, .list, .record, .json, .null:
      false
    }
  }
}

extension Checker {
  /// `[n, "cost"]`, or one value, as the text that is hashed.
  func checkHashKey(_ expr: Expr, _ context: ExprContext) -> TypedExpr {
    var items = [expr]
    if case .list(let several) = expr.kind, !several.isEmpty { items = several }
    let keys = items.map { check($0, context) }
    guard !keys.contains(where: \.isFailed), keys.allSatisfy(isHashable) else {
      return .failed(expr.span)
    }
    var written = HashDigest.written(keys, after: "", expr.span)
    written.type.labels = keys.reduce(LabelSet()) { $0.mergedPrivacy($1.type.labels) }
    return written
  }

  /// Whether engines write values of its type alike; reports it when they do not.
  func isHashable(_ key: TypedExpr) -> Bool {
    if key.type.base.isWrittenAlike { return true }
    report(
      .mismatch(
        "\(key.type) does not identify rows", at: key.span,
        label: "int, text, bool and date do: they are written alike on every engine",
        help: ["make one of them first: `text(...)`, `date(...)`, `round(...)`"]))
    return false
  }
}
