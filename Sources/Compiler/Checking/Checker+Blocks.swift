import Diagnostics
import Syntax
import Values

// `if` and `for` at the level of statements. Every branch and every round is checked before
// anything runs; what a block binds is gone behind it.
extension Checker {
  /// `if $n > 0 { ... } else { ... }`: a condition that is known already picks its branch now.
  func checkIf(
    _ branches: [ConditionalBlock], _ otherwise: [Statement]?, _ defines: inout [BindingID]
  ) {
    var open: [StepBranch] = []
    var last: [Step]?
    for branch in branches {
      let condition = valueForHost(checkCondition(branch.condition, .outside(scope)))
      let isTaken = condition.constant == .bool(true) && last == nil
      let body = checkBlock(branch.body, mayNotRun: !isTaken || !open.isEmpty, &defines)
      if last != nil || condition.constant == .bool(false) { continue }
      if isTaken { last = body } else { open.append(StepBranch(condition: condition, steps: body)) }
    }
    let rest = checkBlock(otherwise ?? [], mayNotRun: last != nil || !open.isEmpty, &defines)
    if open.isEmpty {
      steps += last ?? rest
    } else {
      steps.append(.choose(open, otherwise: last ?? rest))
    }
  }

  /// `for region in ["EMEA", "AMER"] { ... }`: the values are known, so the rounds are written
  /// out. The first round with a mistake is the last that is looked at.
  func checkFor(
    _ name: Name, _ domain: Expr, _ body: [Statement], _ span: Span,
    _ defines: inout [BindingID]
  ) {
    guard let values = rounds(domain) else { return }
    let outer = scope
    defer { scope = outer }
    roundCount += values.count
    guard roundCount <= Self.mostRounds * 10 else { return tooMany(roundCount, span) }
    if values.isEmpty {
      scope.bind(name.text, .failed, at: name.span)
      _ = checkBlock(body, mayNotRun: true, &defines)
    }
    for (round, value) in values.enumerated() {
      let before = diagnostics
      scope.bind(name.text, .value(value), at: name.span)
      steps += checkBlock(body, mayNotRun: false, &defines)
      dropRepeated(since: before)
      if hasErrors(since: before.count) {
        if round > 0 { noteRound(name, value, since: before.count) }
        return
      }
    }
  }

  private func checkBlock(
    _ body: [Statement], mayNotRun: Bool, _ defines: inout [BindingID]
  ) -> [Step] {
    let outside = (scope, steps, self.mayNotRun)
    self.mayNotRun = mayNotRun || self.mayNotRun
    steps = []
    blockDepth += 1
    defer {
      (scope, steps, self.mayNotRun) = outside
      blockDepth -= 1
    }
    for statement in body {
      if case .param(let parameter, _) = statement.kind {
        report(
          Diagnostic(
            .clauseNotHere, "a parameter stands outside of blocks", at: statement.span,
            label: "inside of a block",
            help: ["put `param \(parameter.name.text)` above the block"]))
        continue
      }
      var names: [String] = []
      perform(statement, &names, &defines)
    }
    return steps
  }

  /// A warning that every round gives is shown once.
  private func dropRepeated(since before: [Diagnostic]) {
    let new = diagnostics.dropFirst(before.count).filter { !before.contains($0) }
    diagnostics = before + new
  }

  private func noteRound(_ name: Name, _ value: TypedExpr, since count: Int) {
    let words = value.constant.map { ParameterText.words($0) } ?? "this value"
    for index in diagnostics.indices.dropFirst(count) where diagnostics[index].span != nil {
      diagnostics[index].notes.append(
        Diagnostic.Note("in the round with \(words)", at: name.span))
    }
  }

  // MARK: Rounds

  private static let mostRounds = 1000

  private func rounds(_ domain: Expr) -> [TypedExpr]? {
    if case .range(let low, let high) = domain.kind { return rounds(from: low, to: high, domain) }
    if let relation = relationOperand(domain, .outside(scope)) {
      var refusal = Diagnostic.notConstant("what `for` goes over", at: domain.span)
      refusal.help = [
        "for each group of rows there is `by`: `\(relation.facts.name ?? "orders") | summarize ... by \(relation.schema.names.first ?? "region")`",
        "`for` goes over a list or a range that is written down, or a `param`",
      ]
      report(refusal)
      return nil
    }
    let list = check(domain, .outside(scope))
    if list.isFailed { return nil }
    guard case .list(let element) = list.type.base else {
      report(
        .mismatch(
          "`for` goes over a list or a range", at: domain.span, label: "this is \(list.type)",
          help: ["a list is written `[\"EMEA\", \"AMER\"]`, a range `1..12`"]))
      return nil
    }
    switch list.kind {
    case .literal(.list(let values)) where values.count <= Self.mostRounds:
      return values.map { TypedExpr(.literal($0), element, domain.span) }
    case .list(let items) where items.allSatisfy(\.isKnown) && items.count <= Self.mostRounds:
      return items
    case .literal(.list(let values)): tooMany(values.count, domain.span)
    default: report(.notConstant("what `for` goes over", at: domain.span))
    }
    return nil
  }

  private func rounds(from low: Expr, to high: Expr, _ domain: Expr) -> [TypedExpr]? {
    let ends = [check(low, .outside(scope)), check(high, .outside(scope))]
    if ends.contains(where: \.isFailed) { return nil }
    guard case .int(let first)? = ends[0].constant, case .int(let last)? = ends[1].constant else {
      if let other = ends.first(where: { $0.type.base != .int }) {
        report(
          .mismatch(
            "the rounds of `for` are counted in whole numbers", at: other.span,
            label: "this is \(other.type)"))
      } else {
        report(.notConstant("what `for` goes over", at: domain.span))
      }
      return nil
    }
    guard last >= first else { return [] }
    let (count, overflow) = last.subtractingReportingOverflow(first)
    if overflow || count >= Self.mostRounds {
      tooMany(overflow ? Int(Int32.max) : Int(count) + 1, domain.span)
      return nil
    }
    return (first...last).map { TypedExpr(.literal(.int($0)), ValueType(.int), domain.span) }
  }

  private func tooMany(_ count: Int, _ span: Span) {
    report(
      Diagnostic(
        .badCount, "a loop has at most \(Self.mostRounds) rounds, all within it ten times that",
        at: span,
        label: "this has \(count)",
        help: ["what is done for each row or group is a stage: `derive`, `summarize ... by`"]))
  }
}

extension TypedExpr {
  /// A value of which every part is known before rows are read.
  var isKnown: Bool {
    switch kind {
    case .literal: true
    case .record(let fields): fields.allSatisfy(\.value.isKnown)
    case .list(let items): items.allSatisfy(\.isKnown)
    default: false
    }
  }
}
