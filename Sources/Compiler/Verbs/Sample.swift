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

  /// The columns labelled `key`, else those labelled `pseudonym`.
  var labelledKeys: [Column] {
    let keys = input.schema.columns.filter(\.type.labels.isKey)
    return keys.isEmpty ? input.schema.columns.filter(\.type.labels.isPseudonym) : keys
  }

  /// What tells the rows apart: `on`, else the columns labelled `key`, else `pseudonym`.
  func hashKeys(of word: String? = nil) -> [TypedExpr]? {
    var keys: [TypedExpr] = []
    if let on = clause(.on) {
      for item in on.items { keys += groupKeys(item).map(\.expr) }
    } else {
      keys = labelledKeys.map { .column($0, span) }
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
    return keys.allSatisfy(checker.isHashable) ? keys : nil
  }

  /// The groups of `by`; none without it. `nil` after a mistake was reported.
  func strata() -> [TypedExpr]? { clause(.by).map { partition($0) } ?? [] }
}
