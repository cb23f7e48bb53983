import Diagnostics

/// The formula of `train` and the table of `route`.
extension Parser {
  /// train = "train" (coalesce? "~" terms | coalesce)? using ...
  mutating func trainOperands(_ stage: inout Stage) throws(SyntaxFailure) {
    let start = token.start
    if !isWord("using") {
      let target = current == .matches ? nil : try coalesce()
      let terms = accept(.matches) ? try terms() : []
      stage.formula = Formula(target: target, terms: terms, span: span(from: start))
    }
    guard isWord("using") else { throw foreignFormula() ?? unexpected("`using` and an estimator") }
  }

  /// `x ^ 2`, `x / z` in terms, `amount > 10 ~ x`.
  private mutating func foreignFormula() -> SyntaxFailure? {
    switch current {
    case .power, .divide:
      fail(
        .formulaSign(
          text(token), token.span,
          fix: "a term is a column: compute it before, `derive x2 = x ^ 2`"))
    case .greater, .less, .greaterOrEqual, .lessOrEqual, .equal, .notEqual:
      fail(
        .formulaSign(
          text(token), token.span, fix: "a condition stands in brackets: `train (amount > 10) ~ x`")
      )
    default: nil
    }
  }

  /// terms = "-"? term (("+" | "-") term)*
  private mutating func terms() throws(SyntaxFailure) -> [Formula.SignedTerm] {
    var isRemoved = accept(.minus)
    var terms: [Formula.SignedTerm] = []
    while true {
      terms.append(Formula.SignedTerm(isRemoved: isRemoved, term: try term()))
      guard current == .plus || current == .minus else { return terms }
      isRemoved = current == .minus
      advance()
    }
  }

  /// term = factor ((":" | "*") factor)*
  private mutating func term() throws(SyntaxFailure) -> Formula.Term {
    var term = try factor()
    var length = 0
    while current == .colon || current == .times {
      length += 1
      guard length <= Self.nestingLimit else { throw tooDeep() }
      let isCrossing = current == .times
      advance()
      let factor = try factor()
      term = isCrossing ? .crossing(term, factor) : .interaction(term, factor)
    }
    return term
  }

  /// factor = NAME ("(" arguments? ")")? | VAR | NUMBER | "." | "(" terms ")"
  private mutating func factor() throws(SyntaxFailure) -> Formula.Term {
    let token = self.token
    switch current {
    case .name, .quotedName:
      let name = takeName()
      return current == .openParen ? .call(name, try callArguments()) : .column(name)
    case .variable:
      let name = try variable()
      return .variable(name)
    case .number:
      guard let number = try number() else { throw unexpected("a term") }
      return .number(number, token.span)
    case .dot:
      advance()
      return .everything(token.span)
    case .openParen:
      return try group()
    default: throw unexpected("a term of the formula, such as a column")
    }
  }

  private mutating func group() throws(SyntaxFailure) -> Formula.Term {
    try deepen()
    defer { nesting -= 1 }
    advance()
    let terms = try terms()
    try expectClosing(.closeParen, "`)` behind the terms")
    return .group(terms)
  }

  /// route = "route" NAME "{" (expr "->" action ",")* "else" "->" action ","? "}"
  mutating func routeTable() throws(SyntaxFailure) -> RouteTable {
    let name = try name("the name of the new column")
    guard current == .openBrace else { throw unexpected("`{` and the rules") }
    let opening = token
    advance()
    var arms: [RouteTable.Arm] = []
    while current != .else {
      if current == .closeBrace { throw fail(.missingElse("route", opening.span)) }
      if isWord("when") { throw fail(.whenInArm(token.span)) }
      let condition = try expression()
      try expect(.arrow, "`->` and the outcome")
      arms.append(RouteTable.Arm(condition: condition, action: try action()))
      try expectArmEnd()
    }
    advance()
    try expect(.arrow, "`->` and the outcome")
    let otherwise = try action()
    _ = accept(.comma)
    try expectClosing(.closeBrace, "`}` behind the last rule")
    return RouteTable(name: name, arms: arms, otherwise: otherwise)
  }

  /// The comma behind an arm of `route` or `case`.
  mutating func expectArmEnd() throws(SyntaxFailure) {
    guard !accept(.comma), current != .closeBrace else { return }
    throw unexpected("`,` behind the rule")
  }

  /// action = NAME TEXT? ("to" TEXT)? within?
  private mutating func action() throws(SyntaxFailure) -> RouteTable.Action {
    let outcome = try name("an outcome, such as `approve`")
    let reason = current == .text ? try textLiteral() : nil
    let queue = acceptWord("to") ? try textClause("the name of a queue, as a text") : nil
    let within = acceptWord("within") ? try expression() : nil
    if current == .text || isWord("to") {
      throw unexpected("`,`; in a rule the order is: outcome, reason, `to`, `within`")
    }
    return RouteTable.Action(outcome: outcome, reason: reason, queue: queue, within: within)
  }
}
