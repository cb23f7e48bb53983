import Diagnostics

/// The clauses of a stage: which word opens one, and what stands behind it.
extension Parser {
  /// Clauses may come in any order; whether the verb has them, and has them once, is for the
  /// checker to say.
  mutating func clauses(of verb: VerbWord, _ stage: inout Stage) throws(SyntaxFailure) {
    while let word = clauseWord() { stage.clauses.append(try clause(word, of: verb)) }
  }

  private func clauseWord() -> ClauseWord? {
    switch current {
    case .else: .otherwise
    case .name: ClauseWord(rawValue: text(token))
    default: nil
    }
  }

  mutating func clause(
    _ word: ClauseWord, of verb: VerbWord?
  ) throws(SyntaxFailure) -> Clause {
    let start = token.start
    advance()
    var clause = Clause(word: word, span: span(from: start))
    try body(of: word, verb, &clause)
    clause.span = span(from: start)
    return clause
  }

  private mutating func body(
    of word: ClauseWord, _ verb: VerbWord?, _ clause: inout Clause
  ) throws(SyntaxFailure) {
    switch word {
    case .by: try byBody(&clause)
    case .sort, .on: clause.items = try items(.plain)
    case .rows:
      if verb == .take, [.pipe, .endOfFile, .newline].contains(current) || token.startsLine {
        throw fail(.rowsBehindCount(text(tokens[index - 2]), clause.span))
      }
      clause.items = [try frame()]
    case .at: try atBody(&clause, verb)
    case .into: clause.items = try items(.measure)
    case .as: try asBody(&clause, verb)
    case .using: try usingBody(&clause)
    case .tune: try tuneBody(&clause)
    case .calibrate: clause.names = [try name("a method, such as `isotonic`")]
    case .allow: clause.names = [try name("what is allowed")]
    case .because: clause.text = try textClause("the reason, as a text")
    case .otherwise: try remedyBody(&clause)
    case .append, .replace: break
    case .within, .seed, .every, .over, .fill, .across, .weight, .folds, .explain, .horizon,
      .audit:
      clause.items = [try plainItem()]
    }
  }

  /// by = "by" ("all" | bindings)
  private mutating func byBody(_ clause: inout Clause) throws(SyntaxFailure) {
    if isWord("all"), next != .openParen, next != .dot, next != .equals {
      clause.names = [takeName()]
    } else {
      clause.items = try items(.binding)
    }
  }

  /// frame = "rows" add? ".." add
  private mutating func frame() throws(SyntaxFailure) -> Item {
    let start = token.start
    let open = Span(file: source.id, start: start, end: start)
    let first = current == .range ? Expr(.missing, open) : try sum()
    try expect(.range, "`..` between the first and the last row")
    let last = try sum()
    let frame = Expr(.range(first, last), span(from: start))
    return Item(name: nil, expr: frame, span: frame.span)
  }

  /// at = "at" expr; clock = "at" binding; cutoff = "at" "top"? expr
  private mutating func atBody(
    _ clause: inout Clause, _ verb: VerbWord?
  ) throws(SyntaxFailure) {
    if verb == .evaluate, isWord("top") { clause.names = [takeName()] }
    clause.items = [try namedItem(filtered: false)]
  }

  /// as = "as" NAME, and of `unpivot` "as" NAME "," NAME
  private mutating func asBody(
    _ clause: inout Clause, _ verb: VerbWord?
  ) throws(SyntaxFailure) {
    clause.names = [try name("a name behind `as`")]
    guard verb == .unpivot else { return }
    try expect(.comma, "`,` and the name of the column of values")
    clause.names.append(try name("the name of the column of values"))
  }

  /// using = "using" NAME ("(" arguments? ")")?
  private mutating func usingBody(_ clause: inout Clause) throws(SyntaxFailure) {
    clause.names = [try name("an estimator, such as `logistic`")]
    if current == .openParen { clause.arguments = try callArguments() }
  }

  /// tune = "tune" expr "on" NAME
  private mutating func tuneBody(_ clause: inout Clause) throws(SyntaxFailure) {
    clause.items = [try plainItem()]
    guard acceptWord("on") else { throw unexpected("`on` and a metric, such as `on auc`") }
    clause.names = [try name("a metric, such as `auc`")]
  }

  /// remedy = "fail" | "warn" | "quarantine" TEXT
  private mutating func remedyBody(_ clause: inout Clause) throws(SyntaxFailure) {
    let remedy = try name("`fail`, `warn` or `quarantine`")
    clause.names = [remedy]
    if current == .text { clause.text = try textLiteral() }
    guard ["fail", "warn", "quarantine"].contains(remedy.text) else {
      throw fail(.unknownRemedy(remedy.text, remedy.span))
    }
    if remedy.text == "quarantine", clause.text == nil {
      throw unexpected("the path of a file, as a text")
    }
  }

  mutating func textClause(_ expected: String) throws(SyntaxFailure) -> TextLiteral {
    guard current == .text else { throw unexpected(expected) }
    return try textLiteral()
  }
}
