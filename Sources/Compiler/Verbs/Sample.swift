import Diagnostics
import Syntax
import Values

extension Verb {
  static let sample = Verb(
    name: "sample", summary: "some rows, the same ones on every run and every engine",
    form: "sample 10% on customer_id seed 7 | sample 1000 by region",
    clauses: [.on, .by, .seed],
    details: """
      A share, or a number of rows, by a hash of what `on` names, of the column labelled `key` when it is
      left out: the same customers again as long as the `seed` stays. A share is approximate. With `by`,
      so many of each group.
      """,
    examples: [
      "orders | sample 50% on customer_id seed 2 | select order_id, customer_id"
    ]
  ) { check in
    guard let item = check.stage.items.first, let count = check.count(item.expr),
      let seed = check.seed(), let keys = check.hashKeys(), let partition = check.strata()
    else { return .failed }
    let digest = HashDigest.of(keys, seed: seed, check.span)
    switch count {
    case .share(let share):
      let bound = TypedExpr(
        .literal(.text(HashDigest.bound(share))), ValueType(.text), item.span)
      let condition = TypedExpr(.compare(.less, digest, bound), ValueType(.bool), check.span)
      return .relation(check.same(.filter(check.input, condition)))
    case .rows:
      var order = [SortKey(digest)]
      order += Picking.tieBreakers(order, check.input, partition)
      var plan = check.same(
        .limit(check.input, Limit(count: count, partition: partition, order: order)))
      if plan.facts.order == .source { plan.facts.order = .unknown }
      return .relation(plan)
    }
  }
}

/// The hash behind `sample` and `split` (ruling 5): the first eight hexadecimal digits of
/// `md5(seed ':' key)`, where each part of the key is written as its length, `:` and its text, and
/// a missing part as `-`. Compared as text; the same on every engine.
enum HashDigest {
  static func of(_ keys: [TypedExpr], seed: Int64, _ span: Span) -> TypedExpr {
    of(keys, salt: "\(seed)", span)
  }

  /// With a word where the seed stands: rows taken by it are independent of all seeds.
  static func of(_ keys: [TypedExpr], salt: String, _ span: Span) -> TypedExpr {
    var pieces = [text("\(salt):", span)]
    for key in keys { pieces += part(key, span) }
    let written = TypedExpr(.concatenate(pieces), ValueType(.text), span)
    let digest = call("md5", [written], .text, span)
    return call(
      "left", [digest, TypedExpr(.literal(.int(8)), ValueType(.int), span)], .text, span)
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

extension StageCheck {
  /// A whole number known before rows are read; 0 where none is given.
  func seed() -> Int64? {
    guard let expr = clause(.seed)?.items.first?.expr else { return 0 }
    let value = checker.check(expr, .outside(scope))
    if value.isFailed { return nil }
    guard case .int(let seed)? = value.constant else {
      report(.notConstant("the seed, a whole number,", at: expr.span))
      return nil
    }
    return seed
  }

  /// What tells the rows apart: `on`, else the columns labelled `key`, else `pseudonym`.
  func hashKeys(of word: String? = nil) -> [TypedExpr]? {
    var keys: [TypedExpr] = []
    if let on = clause(.on) {
      for item in on.items { keys += groupKeys(item).map(\.expr) }
    } else {
      let labels: [(LabelSet) -> Bool] = [{ $0.isKey }, { $0.isPseudonym }]
      for has in labels where keys.isEmpty {
        keys = input.schema.columns.filter { has($0.type.labels) }.map { .column($0, span) }
      }
    }
    if keys.contains(where: \.isFailed) { return nil }
    guard !keys.isEmpty else {
      report(
        Diagnostic(
          .joinKeys, "`\(word ?? verb)` needs `on`", at: clause(.audit)?.span ?? span,
          label: "what tells the rows apart?",
          help: [
            "`\(word ?? verb) ... on customer_id` takes whole customers",
            "or say once what it is: `label order_id = key`",
          ]))
      return nil
    }
    return keys.allSatisfy(isHashable) ? keys : nil
  }

  private func isHashable(_ key: TypedExpr) -> Bool {
    switch key.type.base {
    case .int, .text, .bool, .date: return true
    case .float, .decimal, .timestamp, .duration, .months, .period, .list, .record, .json, .null:
      report(
        .mismatch(
          "\(key.type) does not identify rows", at: key.span,
          label: "int, text, bool and date do: they are written alike on every engine",
          help: ["make one of them first: `text(...)`, `date(...)`, `round(...)`"]))
      return false
    }
  }

  /// The groups of `by`; none without it. `nil` after a mistake was reported.
  func strata() -> [TypedExpr]? { clause(.by).map { partition($0) } ?? [] }
}
