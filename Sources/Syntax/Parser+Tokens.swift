import Diagnostics

/// Moving over tokens, and the newline rules.
extension Parser {
  var token: Token { tokens[index] }
  /// Where the last token that was read ends.
  var previousEnd: Int { index > 0 ? tokens[index - 1].end : token.start }

  func span(from start: Int) -> Span {
    Span(file: source.id, start: start, end: max(start, previousEnd))
  }

  func text(_ token: Token) -> String {
    String(decoding: source.bytes[token.start..<token.end], as: UTF8.self)
  }

  mutating func advance() {
    let kind = tokens[index].kind
    guard kind != .endOfFile else { return }
    if kind.opensBracket {
      openBrackets.append(index)
    } else if kind.closesBracket, openBrackets.count > blockBase {
      openBrackets.removeLast()
    }
    index += 1
    refresh()
  }

  /// Sees the current token anew, after it or the brackets around it have changed.
  mutating func refresh() { current = kind(at: index) }

  /// A newline ends a statement unless a bracket is open that is not a block, the line before
  /// goes on, this line starts with a word that continues, or it is indented deeper than the
  /// statement.
  func kind(at index: Int) -> Token.Kind {
    let token = tokens[index]
    guard token.startsLine, token.kind != .endOfFile, index > 0, !isOneStatement,
      openBrackets.count == blockBase, !token.kind.continuesLine,
      token.column <= statementColumn, !tokens[index - 1].kind.expectsMore,
      !(token.kind == .closeBrace && blocks > 0)
    else { return token.kind }
    return .newline
  }

  /// The kind of the token after the current one.
  var next: Token.Kind { index + 1 < tokens.count ? kind(at: index + 1) : .endOfFile }

  mutating func accept(_ kind: Token.Kind) -> Bool {
    guard current == kind else { return false }
    advance()
    return true
  }

  mutating func expect(
    _ kind: Token.Kind, _ expected: String
  ) throws(SyntaxFailure) {
    guard accept(kind) else { throw unexpected(expected) }
  }

  /// The bracket that closes the innermost open one.
  mutating func expectClosing(
    _ kind: Token.Kind, _ expected: String
  ) throws(SyntaxFailure) {
    if accept(kind) { return }
    guard let opening = openBrackets.last, openBrackets.count > blockBase else {
      throw unexpected(expected)
    }
    throw unclosed(tokens[opening], expected)
  }

  // MARK: Words

  /// Whether the current token is this word; a name in backquotes never is.
  func isWord(_ word: StaticString) -> Bool {
    current == .name && spells(word, tokens[index])
  }

  func isNextWord(_ word: StaticString) -> Bool {
    next == .name && spells(word, tokens[index + 1])
  }

  private func spells(_ word: StaticString, _ token: Token) -> Bool {
    token.end - token.start == word.utf8CodeUnitCount
      && source.bytes.spells(word, at: token.start, limit: token.end)
  }

  mutating func acceptWord(_ word: StaticString) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  mutating func name(_ expected: String) throws(SyntaxFailure) -> Name {
    guard current.isName else { throw unexpected(expected) }
    return takeName()
  }

  /// The current token as a name; the caller has seen that it is one.
  mutating func takeName() -> Name {
    let token = self.token
    advance()
    return Name(spelling(of: token), token.span)
  }

  private func spelling(of token: Token) -> String {
    guard token.kind == .quotedName else { return text(token) }
    let bytes = source.bytes
    var inner: [UInt8] = []
    var index = token.start + 1
    while index < token.end - 1 {
      inner.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "`") ? 2 : 1
    }
    return String(decoding: inner, as: UTF8.self)
  }

  // MARK: Nesting

  mutating func tooDeep() -> SyntaxFailure {
    let failure = fail(.nestingTooDeep(token.span, limit: Self.nestingLimit))
    isTooDeep = true
    return failure
  }

  /// Goes one level deeper; the caller goes back up by `nesting -= 1`.
  mutating func deepen() throws(SyntaxFailure) {
    guard nesting < Self.nestingLimit else { throw tooDeep() }
    nesting += 1
  }
}
