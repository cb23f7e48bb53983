import Diagnostics
import Syntax

/// Stages written in Whom inside of the compiler: how a chart says which rows it needs. Whatever
/// goes wrong in them is shown at the stage of the user that they stand for.
struct StageText {
  let checker: Checker
  var scope: Scope
  let span: Span

  /// Puts the stages of a text behind a relation: `derive a = x + 1 | summarize n = count() by a`.
  func apply(_ text: String, to plan: LogicalPlan) -> LogicalPlan? {
    let file = SourceFile(id: span.file, name: "", text: "it | " + text)
    let (pipeline, findings) = Parser.parsePipeline(file, range: file.whole)
    guard findings.isEmpty else { return nil }
    var plan = plan
    for stage in pipeline.stages {
      let check = StageCheck(
        checker: checker, stage: stage.moved(to: span), input: plan, scope: scope)
      guard let verb = Verb.named(check.verb), case .relation(let next) = verb.apply(check) else {
        return nil
      }
      plan = next
    }
    return plan
  }

  /// Gives a relation a name that the stages can join.
  mutating func bind(_ name: String, _ plan: LogicalPlan) {
    scope.bind(name, .relation(plan), at: span)
  }
}

extension Stage {
  fileprivate func moved(to span: Span) -> Stage {
    var stage = self
    stage.span = span
    stage.path = path.map { Name($0.text, span) }
    stage.items = items.map { $0.moved(to: span) }
    stage.clauses = clauses.map { clause in
      var clause = clause
      clause.span = span
      clause.items = clause.items.map { $0.moved(to: span) }
      return clause
    }
    return stage
  }
}

extension Item {
  fileprivate func moved(to span: Span) -> Item {
    Item(
      name: name.map { Name($0.text, span) }, expr: expr.moved(to: span),
      filter: filter?.moved(to: span), tolerance: tolerance?.moved(to: span), span: span)
  }
}

extension Expr {
  /// The same expression at one place of the user's program.
  fileprivate func moved(to span: Span) -> Expr {
    func move(_ expr: Expr) -> Expr { expr.moved(to: span) }
    func move<Sign>(_ rest: [Operand<Sign>]) -> [Operand<Sign>] {
      rest.map { Operand($0.sign, move($0.value)) }
    }
    let moved: Kind =
      switch kind {
      case .call(let name, let arguments):
        .call(
          Name(name.text, span), arguments.map { Argument(name: $0.name, value: move($0.value)) })
      case .negate(let inner): .negate(move(inner))
      case .not(let inner): .not(move(inner))
      case .and(let all): .and(all.map(move))
      case .or(let all): .or(all.map(move))
      case .coalesce(let all): .coalesce(all.map(move))
      case .sum(let first, let rest): .sum(first: move(first), rest: move(rest))
      case .product(let first, let rest): .product(first: move(first), rest: move(rest))
      case .power(let base, let exponent): .power(move(base), move(exponent))
      case .compare(let left, let sign, let right): .compare(move(left), sign, move(right))
      case .conditional(let branches, let otherwise, let isCase):
        .conditional(
          branches.map { Branch(condition: move($0.condition), value: move($0.value)) },
          otherwise: move(otherwise), isCase: isCase)
      case .filtered(let inner, let condition): .filtered(move(inner), move(condition))
      case .name, .variable, .number, .percent, .duration, .date, .text, .bool, .null, .it, .source,
        .rows, .field, .qualifiedCall, .range, .list, .record, .pipeline, .missing:
        kind
      }
    return Expr(moved, span)
  }
}
