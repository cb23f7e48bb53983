import Diagnostics
import Syntax
import Values

extension Verb {
  static let split = Verb(
    name: "split", summary: "parts to learn from and to test on, the same on every run",
    form: "split 80% on customer_id by plan seed 42 | split before @2025-01-01 on at",
    clauses: [.on, .by, .seed],
    details: """
      Gives a record of relations: `let parts = orders | split 80% on customer_id`, then
      `parts.train` and `parts.test`; with two shares `parts.validation` too. Every row is in exactly
      one part. The parts go by a hash of what `on` names, of the column labelled `key` when it is
      left out, so all rows of a customer are in one part, and in the same one as long as the `seed`
      stays. A share is approximate; a number takes that many rows for `train`. With `by` each group
      is parted alike: a customer seen in several groups counts in the least of them. `split before`
      parts in time: what is not before the moment, and what has no time, is in `test`.
      """,
    examples: [
      """
      let parts = orders | split 60% on customer_id seed 1
      parts.train | count by customer_id
      """
    ]
  ) { check in
    let marked = check.marked()
    let inner = StageCheck(
      checker: check.checker, stage: check.stage, input: marked.plan, scope: check.scope)
    let isBefore = check.stage.modifiers.contains { $0.text == "before" }
    guard let parts = isBefore ? inner.partsInTime() : inner.partsByHash() else { return .failed }
    return .record(RelationRecord(maker: "split", parts: parts, span: check.span))
  }
}

extension StageCheck {
  private static let partNames = ["train", "validation", "test"]

  /// The parts from conditions that each take their rows of what those before left.
  private func parts(_ takes: [TypedExpr]) -> [RelationRecord.Part] {
    let names = takes.count == 1 ? ["train", "test"] : Self.partNames
    var left: [TypedExpr] = []
    var parts: [RelationRecord.Part] = []
    for (name, take) in zip(names, takes) {
      parts.append(.init(name: name, plan: rows(left + [take])))
      left.append(negated(take))
    }
    parts.append(.init(name: "test", plan: rows(left)))
    return parts
  }

  private func rows(_ conditions: [TypedExpr]) -> LogicalPlan {
    same(.filter(input, Checker.connect(conditions, isAnd: true, span)))
  }

  private func negated(_ condition: TypedExpr) -> TypedExpr {
    guard case .compare(let sign, let a, let b) = condition.kind, !a.type.isNullable,
      !b.type.isNullable
    else { return TypedExpr(.not(condition), ValueType(.bool), span) }
    return TypedExpr(.compare(sign.negated, a, b), ValueType(.bool), span)
  }

  // MARK: In time

  fileprivate func partsInTime() -> [RelationRecord.Part]? {
    for word in [ClauseWord.by, .seed] {
      guard let clause = clause(word) else { continue }
      report(
        .clauseNotHere(word.rawValue, verb: "split before", allowed: ["on"], at: clause.span))
      return nil
    }
    guard let moment = stage.items.first, let on = clause(.on), on.items.count == 1,
      let column = on.items.first
    else {
      report(
        Diagnostic(
          .joinKeys, "`split before` needs `on` and one column", at: clause(.on)?.span ?? span,
          label: "which column has the time?",
          help: ["`split before @2025-01-01 on ordered_at`"]))
      return nil
    }
    let condition = checker.check(
      Expr(.compare(column.expr, .less, moment.expr), moment.span), rowContext)
    return condition.isFailed ? nil : parts([condition])
  }

  // MARK: By hash

  fileprivate func partsByHash() -> [RelationRecord.Part]? {
    guard let bounds = bounds(), let seed = seed(), let keys = hashKeys(), let strata = groups()
    else { return nil }
    let digest = HashDigest.of(keys, seed: seed, span)
    if strata.isEmpty, case .shares(let shares) = bounds {
      return parts(
        shares.map { share in
          compare(.less, digest, literal(.text(HashDigest.bound(share)), .text))
        })
    }
    return placed(keys, strata, digest).parts(of: bounds, columns: input.schema)
  }

  private enum Bounds {
    /// How much is taken up to each border: exact decimals, growing.
    case shares([String])
    case counts([Int])
  }

  private func bounds() -> Bounds? {
    var shares: [String] = []
    var counts: [Int] = []
    var sum = 0.0
    for item in stage.items {
      guard let count = count(item.expr) else { return nil }
      switch count {
      case .rows(let rows): counts.append(rows + (counts.last ?? 0))
      case .share(let share):
        sum += Double(share) ?? 0
        shares.append(NumberPrinting.plain((sum * 1e12).rounded() / 1e12))
      }
    }
    let isMixed = !shares.isEmpty && !counts.isEmpty
    guard stage.items.count <= 2, !isMixed, sum < 1 - 1e-12 else {
      report(refusal(isMixed: isMixed))
      return nil
    }
    return counts.isEmpty ? .shares(shares) : .counts(counts)
  }

  private func refusal(isMixed: Bool) -> Diagnostic {
    let all = stage.items.reduce(stage.items[0].span) { $0.union($1.span) }
    if stage.items.count > 2 {
      return Diagnostic(
        .badCount, "`split` has at most two sizes", at: all, label: "three or more",
        help: ["`split 70%, 15%` gives train, validation, and the rest as test"])
    }
    return Diagnostic(
      .badCount, isMixed ? "shares and numbers of rows together" : "nothing is left for the test",
      at: all, label: isMixed ? "one or the other" : "together all of the rows",
      help: ["`split 80%` leaves 20% for the test; `split 70%, 15%` leaves 15%"])
  }

  /// The groups of `by`, of types that have a least value.
  private func groups() -> [TypedExpr]? {
    guard let strata = strata() else { return nil }
    guard let bad = strata.first(where: { !$0.type.base.isOrdered }) else { return strata }
    report(
      Diagnostic(
        .notOrdered, "cannot group by \(bad.type.base) here", at: bad.span,
        label: "this type has no order"))
    return nil
  }

  /// The rows with their place in the order of digests, within their group. A customer of several
  /// groups is of the least of them: all its rows have one place, so they stay together.
  private func placed(
    _ keys: [TypedExpr], _ strata: [TypedExpr], _ digest: TypedExpr
  ) -> StageCheck {
    let isOne = input.facts.isUnique(on: keys.compactMap(\.columnName))
    let groups = strata.enumerated().map { position, key in
      isOne ? key : window(.call("min", [key]), keys, key.type)
    }
    var items = Projection.identity(input, span)
    items += groups.enumerated().map { NamedExpr("#group\($0 + 1)", $1) }
    let grouped = Projection.plan(input, items, span)
    let partition = items.dropFirst(input.schema.count).map {
      TypedExpr(.column($0.name), $0.expr.type, span)
    }
    var rank = AggregateExpr.call("rank", [])
    rank.order = [SortKey(digest)]
    let places = [
      NamedExpr("#place", window(rank, partition, ValueType(.int))),
      NamedExpr("#rows", window(.rowCount(where: nil), partition, ValueType(.int))),
    ]
    let plan = Projection.plan(grouped, Projection.identity(grouped, span) + places, span)
    return StageCheck(checker: checker, stage: stage, input: plan, scope: scope)
  }

  private func parts(of bounds: Bounds, columns: Schema) -> [RelationRecord.Part] {
    let place = TypedExpr(.column("#place"), ValueType(.int), span)
    let rows = TypedExpr(.column("#rows"), ValueType(.int), span)
    let takes: [TypedExpr]
    switch bounds {
    case .counts(let counts):
      takes = counts.map { compare(.lessOrEqual, place, literal(.int(Int64($0)), .int)) }
    case .shares(let shares):
      takes = shares.enumerated().map { position, share in
        let (part, whole) = ratio(share)
        let isIn = compare(.lessOrEqual, times(place, whole), times(rows, part))
        // At least one row, whatever the share.
        return position > 0
          ? isIn
          : Checker.connect(
            [isIn, compare(.equal, place, literal(.int(1), .int))], isAnd: false, span)
      }
    }
    let shared = marked().plan
    let over = StageCheck(checker: checker, stage: stage, input: shared, scope: scope)
    return over.parts(takes).map { part in
      let kept = columns.columns.map { NamedExpr($0.name, .column($0, span)) }
      return .init(name: part.name, plan: Projection.plan(part.plan, kept, span))
    }
  }

  /// `0.29` is 29 of 100: compared in whole numbers, 29% of 100 rows are 29.
  private func ratio(_ share: String) -> (part: Int64, whole: Int64) {
    let digits = share.split(separator: ".").last.map { String($0.prefix(12)) } ?? ""
    return (Int64(digits) ?? 0, digits.reduce(1) { power, _ in power * 10 })
  }

  // MARK: Expressions

  private func window(
    _ call: AggregateExpr, _ partition: [TypedExpr], _ type: ValueType
  ) -> TypedExpr {
    TypedExpr(
      .window(WindowExpr(call: call, partition: partition, sort: [], frame: nil)), type, span)
  }

  private func compare(_ sign: CompareSign, _ a: TypedExpr, _ b: TypedExpr) -> TypedExpr {
    TypedExpr(.compare(sign, a, b), ValueType(.bool), span)
  }

  private func literal(_ value: Value, _ type: DataType) -> TypedExpr {
    TypedExpr(.literal(value), ValueType(type), span)
  }

  private func times(_ value: TypedExpr, _ factor: Int64) -> TypedExpr {
    TypedExpr(.arithmetic(.times, value, literal(.int(factor), .int)), ValueType(.int), span)
  }
}

extension AggregateExpr {
  /// The first overload of a function that is known to take these.
  static func call(_ name: String, _ arguments: [TypedExpr]) -> AggregateExpr {
    AggregateExpr(
      function: FunctionReference(name, overload: 0), arguments: arguments, order: [], filter: nil)
  }
}
