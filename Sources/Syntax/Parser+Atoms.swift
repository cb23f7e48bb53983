import Diagnostics

/// Names, calls, literals, brackets.
extension Parser {
  /// atom = NAME ("(" arguments? ")")? | VAR | NUMBER | ... | "(" pipeline ")" | ...
  mutating func atom() throws(SyntaxFailure) -> Expr {
    let token = self.token
    if startsLineOfItsOwn { throw lineEndsTooEarly("an expression") }
    if token.isReported, !current.opensBracket, current != .newline { return try reportedAtom() }
    switch current {
    case .name, .quotedName: return try named()
    case .variable: return Expr(.variable(try variable().text), token.span)
    case .number: return try numberOrDuration()
    case .percent: return Expr(.percent(try percent()), token.span)
    case .duration: return Expr(.duration(try shortDuration()), token.span)
    case .date: return Expr(.date(try date()), token.span)
    case .text: return Expr(.text(try textLiteral()), token.span)
    case .true, .false:
      advance()
      return Expr(.bool(token.kind == .true), token.span)
    case .null: return constant(.null)
    case .it: return constant(.it)
    case .case: return try caseExpression()
    case .openParen: return try parenthesised()
    case .openBracket: return try list()
    case .openBrace: return try record()
    default: throw unexpected("an expression")
    }
  }

  /// A literal that the lexer refused stands for a value that nothing more is said about.
  private mutating func reportedAtom() throws(SyntaxFailure) -> Expr {
    switch token.kind {
    case .number, .percent, .duration, .date, .text, .variable, .name, .quotedName:
      let place = token.span
      advance()
      return Expr(.missing, place)
    default: throw unexpected("an expression")
    }
  }

  private mutating func constant(_ kind: Expr.Kind) -> Expr {
    let place = token.span
    advance()
    return Expr(kind, place)
  }

  mutating func variable() throws(SyntaxFailure) -> Name {
    let token = self.token
    if token.isReported { throw unexpected("a name") }
    advance()
    return Name(String(text(token).dropFirst()), token.span)
  }

  /// A name, a call, or a source: `read`, `sql` or `model` right before a text, `rows` before `[`.
  private mutating func named() throws(SyntaxFailure) -> Expr {
    let start = token.start
    let isPlain = current == .name
    let name = takeName()
    switch current {
    case .openParen:
      if isDistinctAhead {
        throw fail(.distinctArgument(name.text, text(tokens[index + 2]), tokens[index + 1].span))
      }
      let arguments = try callArguments()
      return Expr(.call(name, arguments), span(from: start))
    case .text where isPlain:
      guard let word = SourceWord(rawValue: name.text) else { break }
      if token.isReported {
        advance()
        return Expr(.missing, span(from: start))
      }
      let literal = try textLiteral()
      return Expr(.source(word, literal), span(from: start))
    case .openBracket where isPlain && name.text == "rows":
      let rows = try list()
      return Expr(.rows(rows), span(from: start))
    case .variable where isPlain && name.text == "read":
      throw fail(.readWithoutQuotes(text(token), isVariable: true, token.span))
    case .name where isPlain && name.text == "read" && isBarePath:
      throw fail(.readWithoutQuotes("", isVariable: false, token.span))
    default: break
    }
    return Expr(.name(name.text), name.span)
  }

  /// At the bracket of `count(distinct customer_id)`.
  private var isDistinctAhead: Bool {
    guard index + 2 < tokens.count, tokens[index + 1].kind == .name else { return false }
    let word = text(tokens[index + 1]).lowercased()
    return word == "distinct" && tokens[index + 2].kind == .name
  }

  /// `orders.csv`, `data/orders.csv`: a path that lost its quotes.
  private var isBarePath: Bool {
    guard index + 2 < tokens.count, tokens[index + 2].isGlued, tokens[index + 2].kind == .name
    else { return false }
    return tokens[index + 1].isGlued && [.dot, .divide].contains(tokens[index + 1].kind)
  }

  /// arguments = argument ("," argument)* ","?, with the brackets
  mutating func callArguments() throws(SyntaxFailure) -> [Argument] {
    advance()
    var arguments: [Argument] = []
    while current != .closeParen {
      if current == .times, next == .closeParen { throw fail(.callWithStar(token.span)) }
      arguments.append(try argument())
      guard accept(.comma) else { break }
    }
    try expectClosing(.closeParen, "`,` or `)`")
    return arguments
  }

  /// argument = NAME "=" expr | expr
  private mutating func argument() throws(SyntaxFailure) -> Argument {
    var name: Name?
    if current.isName, next == .equals {
      name = takeName()
      advance()
    }
    return Argument(name: name, value: try expression())
  }

  /// "(" pipeline ")" | "(" expr "where" expr ")"; brackets around an expression leave no node.
  private mutating func parenthesised() throws(SyntaxFailure) -> Expr {
    let start = token.start
    advance()
    var inner = try parenthesisedPipeline()
    if acceptWord("where") {
      let filter = try expression()
      inner.kind = .filtered(inner, filter)
    }
    if current == .comma {
      let opener = openBrackets.last ?? 0
      throw fail(
        opener > 0 && text(tokens[opener - 1]) == "assert"
          ? .assertInBrackets(tokens[opener].span) : .listInParentheses(token.span))
    }
    try expectClosing(.closeParen, "`)`")
    inner.span = span(from: start)
    return inner
  }

  private mutating func parenthesisedPipeline() throws(SyntaxFailure) -> Expr {
    let pipeline = try pipeline()
    return pipeline.stages.isEmpty ? pipeline.head : Expr(.pipeline(pipeline), pipeline.span)
  }

  /// list = "[" (expr ("," expr)* ","?)? "]"
  private mutating func list() throws(SyntaxFailure) -> Expr {
    let start = token.start
    advance()
    var elements: [Expr] = []
    while current != .closeBracket {
      elements.append(try expression())
      guard accept(.comma) else { break }
    }
    try expectClosing(.closeBracket, "`,` or `]`")
    return Expr(.list(elements), span(from: start))
  }

  /// record = "{" (NAME ":" expr ("," NAME ":" expr)* ","?)? "}"
  private mutating func record() throws(SyntaxFailure) -> Expr {
    let start = token.start
    advance()
    var fields: [RecordField] = []
    while current != .closeBrace {
      if current == .text { throw fail(.quotedFieldName(text(token), token.span)) }
      let name = try name("the name of a field")
      try expect(.colon, "`:` behind the name of the field")
      fields.append(RecordField(name: name, value: try expression()))
      guard accept(.comma) else { break }
    }
    try expectClosing(.closeBrace, "`,` or `}`")
    return Expr(.record(fields), span(from: start))
  }

  /// case = "case" "{" (expr "->" expr ",")* "else" "->" expr ","? "}"
  private mutating func caseExpression() throws(SyntaxFailure) -> Expr {
    let start = token.start
    let word = token.span
    advance()
    if current == .equals { throw fail(.reservedWord("case", word)) }
    guard accept(.openBrace) else { throw fail(caseWithoutBrace(word)) }
    var branches: [Branch] = []
    while current != .else {
      if current == .closeBrace { throw fail(.missingElse("case", word)) }
      if isWord("when") { throw fail(.whenInArm(token.span)) }
      let condition = try expression()
      if current == .colon || current == .equals || current == .then {
        throw fail(.armWithoutArrow(token.span))
      }
      try expect(.arrow, "`->` and the value")
      branches.append(Branch(condition: condition, value: try expression()))
      try expectArmEnd()
    }
    advance()
    try expect(.arrow, "`->` and the value")
    let otherwise = try expression()
    _ = accept(.comma)
    try expectClosing(.closeBrace, "`}` behind the last branch")
    return Expr(
      .conditional(branches, otherwise: otherwise, isCase: true), span(from: start))
  }

  private func caseWithoutBrace(_ word: Span) -> Diagnostic {
    .caseNeedsBraces(isWhen: isWord("when") || isWord("WHEN"), word)
  }
}
