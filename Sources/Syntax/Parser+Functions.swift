import Diagnostics

/// `fn`, parameters and types.
extension Parser {
  /// function = "fn" NAME "(" parameters? ")" ("=" pipeline | block)
  mutating func function() throws(SyntaxFailure) -> Statement.Kind {
    advance()
    let name = try name("a name behind `fn`")
    try expect(.openParen, "`(` and the parameters")
    let parameters = try parameters()
    if accept(.equals) {
      let body = try pipeline()
      return .function(
        FunctionDeclaration(name: name, parameters: parameters, lets: [], body: body))
    }
    if current == .arrow { throw fail(.returnType(token.span)) }
    guard current == .openBrace else { throw unexpected("`=` or `{` behind the parameters") }
    let (lets, body) = try inBlock { (parser) throws(SyntaxFailure) in try parser.steps() }
    return .function(
      FunctionDeclaration(name: name, parameters: parameters, lets: lets, body: body))
  }

  /// parameters = parameter ("," parameter)* ","?, up to and with the bracket
  private mutating func parameters() throws(SyntaxFailure) -> [Parameter] {
    var parameters: [Parameter] = []
    while current != .closeParen {
      parameters.append(try parameter())
      guard accept(.comma) else { break }
    }
    try expectClosing(.closeParen, "`,` or `)`")
    return parameters
  }

  /// parameter = NAME (":" type)? ("=" expr)?
  private mutating func parameter() throws(SyntaxFailure) -> Parameter {
    let name = try name("the name of a parameter")
    let type = accept(.colon) ? try type() : nil
    let value = accept(.equals) ? try expression() : nil
    return Parameter(name: name, type: type, defaultValue: value)
  }

  /// The body of a function: `let`s, then one pipeline.
  private mutating func steps() throws(SyntaxFailure) -> ([LocalBinding], Pipeline) {
    var lets: [LocalBinding] = []
    startLine()
    while isWord("let") {
      lets.append(try letBinding())
      guard current == .newline || current == .semicolon else {
        throw current == .closeBrace
          ? fail(.functionWithoutResult(token.span)) : unexpected("the end of the line")
      }
      _ = accept(.semicolon)
      startLine()
    }
    if current == .closeBrace { throw fail(.functionWithoutResult(token.span)) }
    if let word = statementWord() { throw fail(.statementInFunction(word, token.span)) }
    if isWord("return"), next.startsOperand, let fix = ForeignWord.statements["return"] {
      report(.foreignWord("return", fix: fix, token.span))
      advance()
      startLine()
    }
    let body = try pipeline()
    _ = accept(.semicolon)
    startLine()
    guard current == .closeBrace || current == .endOfFile else {
      throw fail(.stepsBehindResult(token.span))
    }
    return (lets, body)
  }

  private mutating func startLine() {
    statementColumn = token.column
    current = token.kind
  }

  private func statementWord() -> String? {
    if current == .if, !isConditionalAhead() { return "if" }
    guard current == .name else { return nil }
    let word = text(token)
    return Self.statementWords.contains(word) ? word : nil
  }

  /// Whether the `if` here is an expression: a `then` comes before a brace.
  private func isConditionalAhead() -> Bool {
    var ahead = index + 1
    while ahead < tokens.count {
      switch tokens[ahead].kind {
      case .then: return true
      case .openBrace, .endOfFile: return false
      default: ahead += 1
      }
    }
    return false
  }

  // MARK: Types

  /// type = NAME ("(" type_arg ("," type_arg)* ")")? ("<" type ">")? ("{" fields? "}")? "?"?
  mutating func type() throws(SyntaxFailure) -> TypeSyntax {
    try deepen()
    defer { nesting -= 1 }
    let start = token.start
    let name = try name("a type")
    let arguments = current == .openParen ? try typeArguments() : []
    let element = accept(.less) ? [try elementType()] : []
    let fields = current == .openBrace ? try typeFields() : nil
    let isNullable = accept(.question)
    return TypeSyntax(
      name: name, arguments: arguments, element: element, fields: fields,
      isNullable: isNullable, span: span(from: start))
  }

  /// The type up to and with the `>`; in `column<int>= 3` that sign is half of a longer one.
  private mutating func elementType() throws(SyntaxFailure) -> TypeSyntax {
    let element = try type()
    if current == .greaterOrEqual {
      current = .equals
      return element
    }
    try expect(.greater, "`>` behind the type")
    return element
  }

  /// type_arg = NUMBER | NAME
  private mutating func typeArguments() throws(SyntaxFailure) -> [TypeSyntax.Argument] {
    advance()
    var arguments: [TypeSyntax.Argument] = []
    repeat {
      arguments.append(try typeArgument())
    } while accept(.comma)
    try expectClosing(.closeParen, "`)` behind the type's arguments")
    return arguments
  }

  private mutating func typeArgument() throws(SyntaxFailure) -> TypeSyntax.Argument {
    guard current == .number else { return .name(try name("a number or a name").text) }
    let token = self.token
    guard case .int(let value)? = try number(), let small = Int(exactly: value) else {
      throw fail(.wholeNumberExpected(token.span))
    }
    return .number(small)
  }

  /// fields = NAME ":" type ("," NAME ":" type)* ","?
  private mutating func typeFields() throws(SyntaxFailure) -> [TypeSyntax.Field] {
    advance()
    var fields: [TypeSyntax.Field] = []
    while current != .closeBrace {
      let name = try name("the name of a field")
      try expect(.colon, "`:` and the type of the field")
      fields.append(TypeSyntax.Field(name: name, type: try type()))
      guard accept(.comma) else { break }
    }
    try expectClosing(.closeBrace, "`,` or `}`")
    return fields
  }
}
