import Diagnostics

/// Statements and blocks.
extension Parser {
  /// lines = (statement (NEWLINE statement)*)?
  mutating func lines() -> [Statement] {
    var statements: [Statement] = []
    while true {
      beginStatement()
      if current == .endOfFile || (current == .closeBrace && blocks > 0) { break }
      if accept(.semicolon) { continue }
      let before = index
      let start = token.start
      let doc = docAbove()
      if let kind = parsedStatement() {
        let doc = doc ?? docBehind()
        statements.append(Statement(kind, doc: doc, span: span(from: start)))
      }
      if index == before { advance() }
    }
    return statements
  }

  /// The line end before a statement is behind us: its first token says how deep it stands.
  private mutating func beginStatement() {
    statementColumn = token.column
    current = token.kind
  }

  /// A statement up to its end, or nothing where it had to be given up.
  private mutating func parsedStatement() -> Statement.Kind? {
    let start = index
    do {
      let kind = try statement()
      guard isStatementEnd else { throw unexpected("the end of the statement") }
      return kind
    } catch {
      noteBrokenName(from: start)
      recoverStatement()
      return nil
    }
  }

  /// The name that a statement was meant to bind, so that nobody complains of its absence:
  /// `let orders read "x.csv"`, `orders = read "x.csv"`, `def f(x):`.
  private mutating func noteBrokenName(from start: Int) {
    guard start + 1 < tokens.count, tokens[start].kind == .name else { return }
    switch tokens[start + 1].kind {
    case .name, .quotedName:
      brokenNames.append(text(tokens[start + 1]))
    case .equals, .less, .colon: brokenNames.append(text(tokens[start]))
    default: break
    }
  }

  private var isStatementEnd: Bool {
    switch current {
    case .newline, .endOfFile, .semicolon: true
    case .closeBrace: blocks > 0
    default: false
    }
  }

  /// statement = let | param | metric | function | use | connect | if_block | for_block | assert
  ///           | pipeline
  private mutating func statement() throws(SyntaxFailure) -> Statement.Kind {
    if current == .if { return try ifBlock() }
    guard current == .name else { return .pipeline(try leadingPipeline()) }
    switch text(token) {
    case "let": return try letStatement()
    case "param": return try param()
    case "metric": return try metric()
    case "fn": return try function()
    case "use": return try use()
    case "connect": return try connect()
    case "for": return try forBlock()
    case "assert": return try assertion()
    default: return .pipeline(try leadingPipeline())
    }
  }

  /// A line that starts with a pipe goes on from `it`, at the prompt alone.
  private mutating func leadingPipeline() throws(SyntaxFailure) -> Pipeline {
    guard current == .pipe else {
      if let foreign = foreignStatement() { throw fail(foreign) }
      return try pipeline()
    }
    guard isPrompt else { throw fail(.pipeWithoutStart(token.span)) }
    let place = Span(file: source.id, start: token.start, end: token.start)
    return try stages(behind: Expr(.it, place), start: token.start)
  }

  /// let = "let" NAME "=" pipeline
  private mutating func letStatement() throws(SyntaxFailure) -> Statement.Kind {
    let binding = try letBinding()
    return .letBinding(name: binding.name, value: binding.value)
  }

  mutating func letBinding() throws(SyntaxFailure) -> LocalBinding {
    advance()
    let name = try name("a name behind `let`")
    if current == .colon { throw fail(.letWithType(token.span)) }
    try expect(.equals, "`=` behind the name")
    return LocalBinding(name: name, value: try pipeline())
  }

  /// param = "param" NAME (":" type)? ("in" coalesce)? ("=" expr)?
  private mutating func param() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try name("a name behind `param`")
    if current.isName { throw fail(.typeWithoutColon(token.span)) }
    let type = accept(.colon) ? try type() : nil
    let domain = accept(.in) ? try coalesce() : nil
    let value = accept(.equals) ? try expression() : nil
    if domain == nil, type?.name.text != "bool", case .compare(_, .isIn, let list)? = value?.kind {
      report(.domainBehindDefault(list.span))
    }
    return .param(Parameter(name: name, type: type, defaultValue: value), domain: domain)
  }

  /// metric = "metric" NAME "on" NAME "=" filtered
  private mutating func metric() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try name("a name behind `metric`")
    guard acceptWord("on") else {
      if current == .equals || current == .openParen {
        throw fail(.metricWithoutRelation(name.text, token.span))
      }
      throw unexpected("`on` and the relation of the metric")
    }
    let relation = try self.name("the name of a relation behind `on`")
    try expect(.equals, "`=` behind the relation")
    return .metric(name: name, relation: relation, measure: try filteredItem())
  }

  /// use = "use" (NAME | TEXT) ("as" NAME)?
  private mutating func use() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let module: ModuleReference =
      current == .text
      ? .path(try textLiteral()) : .name(try name("the name or the path of a module"))
    let alias = acceptWord("as") ? try name("a name behind `as`") : nil
    if current == .comma { throw fail(.severalModules(token.span)) }
    return .use(module: module, alias: alias)
  }

  /// connect = "connect" expr "as" NAME
  private mutating func connect() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let source = try expression()
    guard acceptWord("as") else { throw unexpected("`as` and a name for the connection") }
    return .connect(source: source, name: try name("a name behind `as`"))
  }

  /// assert = "assert" expr ("," expr)?
  private mutating func assertion() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let condition = try expression()
    let message = accept(.comma) ? try expression() : nil
    return .assert(condition: condition, message: message)
  }

  // MARK: Blocks

  /// if_block = "if" expr block ("else" (block | if_block))?; with `then` behind the condition it
  /// is an expression, the head of a pipeline.
  private mutating func ifBlock() throws(SyntaxFailure) -> Statement.Kind {
    let start = token.start
    advance()
    let condition = try expression()
    if current == .then {
      let head = try conditional(condition, start: start)
      return .pipeline(try stages(behind: head, start: start))
    }
    var branches = [ConditionalBlock(condition: condition, body: try block())]
    while accept(.else) {
      guard accept(.if) else { return .ifBlock(branches, otherwise: try block()) }
      let condition = try expression()
      branches.append(ConditionalBlock(condition: condition, body: try block()))
    }
    return .ifBlock(branches, otherwise: nil)
  }

  /// for_block = "for" NAME "in" coalesce block
  private mutating func forBlock() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try name("a name behind `for`")
    try expect(.in, "`in` behind the name")
    let domain = try coalesce()
    return .forBlock(name: name, domain: domain, body: try block())
  }

  /// block = "{" lines "}"
  private mutating func block() throws(SyntaxFailure) -> [Statement] {
    try inBlock { $0.lines() }
  }

  /// Line ends count again between the braces of a block.
  mutating func inBlock<Body>(
    _ body: (inout Parser) throws(SyntaxFailure) -> Body
  ) throws(SyntaxFailure) -> Body {
    guard current == .openBrace else { throw unexpected("`{`") }
    try deepen()
    let outside = (column: statementColumn, base: blockBase)
    let opening = index
    advance()
    blockBase = openBrackets.count
    blocks += 1
    refresh()
    do throws(SyntaxFailure) {
      let result = try body(&self)
      guard current == .closeBrace else { throw unclosedBlock(tokens[opening]) }
      index += 1
      leaveBlock(outside)
      return result
    } catch {
      leaveBlock(outside)
      throw error
    }
  }

  private mutating func leaveBlock(_ outside: (column: Int, base: Int)) {
    nesting -= 1
    blocks -= 1
    openBrackets.removeLast(openBrackets.count - blockBase + 1)
    blockBase = outside.base
    statementColumn = outside.column
    refresh()
  }

  private mutating func unclosedBlock(_ opening: Token) -> SyntaxFailure {
    if current == .endOfFile, diagnostics.isEmpty { isIncomplete = true }
    return fail(.unclosedBracket("{", opening.span, found: placeOfSurprise))
  }
}
