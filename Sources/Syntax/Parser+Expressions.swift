import Diagnostics

/// Operators, loosest first; each function is one level of precedence.
extension Parser {
  /// expr = "if" expr "then" expr "else" expr | or
  mutating func expression() throws(SyntaxFailure) -> Expr {
    try deepen()
    defer { nesting -= 1 }
    guard current == .if else { return try or() }
    let start = token.start
    advance()
    let condition = try expression()
    return try conditional(condition, start: start)
  }

  /// What follows the condition of an `if`; a chain of `else if` is one node.
  mutating func conditional(
    _ condition: Expr, start: Int
  ) throws(SyntaxFailure) -> Expr {
    var condition = condition
    var branches: [Branch] = []
    while true {
      try expect(.then, "`then` behind the condition")
      branches.append(Branch(condition: condition, value: try expression()))
      guard accept(.else) else { throw conditionalWithoutElse(start) }
      guard accept(.if) else { break }
      condition = try expression()
    }
    let otherwise = try expression()
    return Expr(
      .conditional(branches, otherwise: otherwise, isCase: false), span(from: start))
  }

  private mutating func conditionalWithoutElse(_ start: Int) -> SyntaxFailure {
    current == .endOfFile || current == .newline || current.closesBracket || current == .comma
      || current == .pipe
      ? missingElse(start) : unexpected("`else` and the other value")
  }

  private mutating func missingElse(_ start: Int) -> SyntaxFailure {
    if current == .endOfFile, diagnostics.isEmpty { isIncomplete = true }
    return fail(.missingElse("if", Span(file: source.id, start: start, end: start + 2)))
  }

  /// or = and ("or" and)*
  private mutating func or() throws(SyntaxFailure) -> Expr {
    let first = try and()
    guard current == .or else { return first }
    var operands = [first]
    while accept(.or) { operands.append(try and()) }
    return Expr(.or(operands), span(from: first.span.start))
  }

  /// and = not ("and" not)*
  private mutating func and() throws(SyntaxFailure) -> Expr {
    let first = try not()
    guard current == .and else { return first }
    var operands = [first]
    while accept(.and) { operands.append(try not()) }
    return Expr(.and(operands), span(from: first.span.start))
  }

  /// not = "not" not | compare
  private mutating func not() throws(SyntaxFailure) -> Expr {
    guard current == .not else { return try compare() }
    try deepen()
    defer { nesting -= 1 }
    let start = token.start
    advance()
    let operand = try not()
    return Expr(.not(operand), span(from: start))
  }

  /// compare = coalesce (("==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "in" | "not" "in")
  ///           coalesce)?
  private mutating func compare() throws(SyntaxFailure) -> Expr {
    let left = try coalesce()
    guard let sign = acceptComparison() else { return left }
    let right = try coalesce()
    let whole = Expr(.compare(left, sign, right), span(from: left.span.start))
    let second = token
    guard acceptComparison() != nil else { return whole }
    report(.chainedComparison(second.span))
    _ = try coalesce()
    return whole
  }

  private mutating func acceptComparison() -> Comparison? {
    let sign: Comparison
    switch current {
    case .equal: sign = .equal
    case .notEqual: sign = .notEqual
    case .less: sign = .less
    case .lessOrEqual: sign = .lessOrEqual
    case .greater: sign = .greater
    case .greaterOrEqual: sign = .greaterOrEqual
    case .matches: sign = .matches
    case .in: sign = .isIn
    case .not where next == .in:
      advance()
      sign = .isNotIn
    default: return nil
    }
    advance()
    return sign
  }

  /// coalesce = range ("??" range)*
  mutating func coalesce() throws(SyntaxFailure) -> Expr {
    let first = try range()
    guard current == .coalesce else { return first }
    var operands = [first]
    while accept(.coalesce) { operands.append(try range()) }
    return Expr(.coalesce(operands), span(from: first.span.start))
  }

  /// range = add (".." add)?
  private mutating func range() throws(SyntaxFailure) -> Expr {
    let first = try sum()
    guard accept(.range) else { return first }
    let last = try sum()
    if current == .range { throw fail(.chainedRange(token.span)) }
    return Expr(.range(first, last), span(from: first.span.start))
  }

  /// add = multiply (("+" | "-") multiply)*
  mutating func sum() throws(SyntaxFailure) -> Expr {
    let first = try product()
    var rest: [Operand<AdditiveSign>] = []
    while current == .plus || current == .minus {
      let sign: AdditiveSign = current == .plus ? .plus : .minus
      advance()
      rest.append(Operand(sign, try product()))
    }
    if rest.isEmpty { return first }
    return Expr(.sum(first: first, rest: rest), span(from: first.span.start))
  }

  /// multiply = unary (("*" | "/" | "//") unary)*
  private mutating func product() throws(SyntaxFailure) -> Expr {
    let first = try unary()
    var rest: [Operand<MultiplicativeSign>] = []
    while let sign = multiplicativeSign() {
      advance()
      rest.append(Operand(sign, try unary()))
    }
    if rest.isEmpty { return first }
    return Expr(.product(first: first, rest: rest), span(from: first.span.start))
  }

  private func multiplicativeSign() -> MultiplicativeSign? {
    switch current {
    case .times: .times
    case .divide: .divide
    case .floorDivide: .floorDivide
    default: nil
    }
  }

  /// The only number that is whole behind a minus sign and too large without.
  private var isSmallestWhole: Bool {
    current == .number && text(token).filter { $0 != "_" } == "9223372036854775808"
  }

  /// unary = "-" unary | power
  private mutating func unary() throws(SyntaxFailure) -> Expr {
    guard current == .minus else { return try power() }
    try deepen()
    defer { nesting -= 1 }
    let start = token.start
    advance()
    if isSmallestWhole {
      advance()
      return Expr(.number(.int(.min)), span(from: start))
    }
    let operand = try unary()
    return Expr(.negate(operand), span(from: start))
  }

  /// power = postfix ("^" unary)?
  private mutating func power() throws(SyntaxFailure) -> Expr {
    let base = try postfix()
    guard accept(.power) else { return base }
    try deepen()
    defer { nesting -= 1 }
    let exponent = try unary()
    return Expr(.power(base, exponent), span(from: base.span.start))
  }

  /// postfix = postfix "." NAME ("(" arguments? ")")? | atom
  mutating func postfix() throws(SyntaxFailure) -> Expr {
    var expr = try atom()
    let start = expr.span.start
    var length = 0
    while current == .dot {
      length += 1
      guard length <= Self.nestingLimit else { throw tooDeep() }
      advance()
      let name = try name("a name behind the point")
      if current == .openParen {
        let arguments = try callArguments()
        expr = Expr(.qualifiedCall(expr, name, arguments), span(from: start))
      } else {
        expr = Expr(.field(expr, name), span(from: start))
      }
    }
    if current == .openBracket, token.isGlued { throw fail(.index(token.span)) }
    return expr
  }
}
