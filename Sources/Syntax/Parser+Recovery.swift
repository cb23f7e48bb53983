import Diagnostics

/// Saying what is wrong, once, and finding the place from where reading can go on.
extension Parser {
  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.errorLimit * 2 { diagnostics.append(diagnostic) }
  }

  /// At one token only the first complaint counts: the next is its consequence. Behind what is
  /// nested too deep, nothing can be said any more.
  mutating func fail(_ diagnostic: Diagnostic) -> SyntaxFailure {
    if failedAt != index, !isTooDeep { report(diagnostic) }
    failedAt = index
    return SyntaxFailure()
  }

  /// The current token cannot stand here. Tokens that were reported say nothing more.
  mutating func unexpected(_ expected: String) -> SyntaxFailure {
    if token.isReported, current != .newline { return SyntaxFailure() }
    // A text that was never closed took the rest of its line with it.
    if index > 0, tokens[index - 1].isReported, token.startsLine { return SyntaxFailure() }
    if current == .endOfFile, diagnostics.isEmpty { isIncomplete = true }
    if let opening = unclosedBracket() { return unclosed(opening, expected) }
    return fail(habit() ?? surprise(expected))
  }

  /// A bracket that is still open where the text ends or a new statement begins.
  private func unclosedBracket() -> Token? {
    guard openBrackets.count > blockBase, let opening = openBrackets.last else { return nil }
    let isLost = current == .endOfFile || startsStatement(token)
    return isLost ? tokens[opening] : nil
  }

  mutating func unclosed(_ opening: Token, _ expected: String) -> SyntaxFailure {
    if token.isReported { return SyntaxFailure() }
    if current == .endOfFile {
      if diagnostics.isEmpty { isIncomplete = true }
    } else if !startsStatement(token) {
      return fail(habit() ?? surprise(expected, inside: opening))
    }
    return fail(.unclosedBracket(text(opening), opening.span, found: placeOfSurprise))
  }

  private func surprise(_ expected: String, inside opening: Token? = nil) -> Diagnostic {
    if let number = commaInNumber { return number }
    if current.closesBracket, openBrackets.isEmpty {
      return .closedTooOften(text(token), token.span)
    }
    var found = Diagnostic.unexpected(foundWords, expected: expected, placeOfSurprise)
    if current.isReservedWord, expected.contains("name") || next == .equals {
      found = .reservedWord(text(token), token.span)
    }
    if let help = helpForSurprise(expected, inside: opening) { found.help = [help] }
    if let opening, current.closesBracket {
      found.notes.append(.init("`\(text(opening))` opens here", at: opening.span))
    }
    return found
  }

  /// What is probably missing before an operand, or around a block.
  private func helpForSurprise(_ expected: String, inside opening: Token?) -> String? {
    if expected == "`{`", current == .pipe {
      return "a pipeline in a condition stands in parentheses: `if (orders | count) > 3 { ... }`"
    }
    if expected == "`{`" { return "a block stands in braces: `if $n > 0 { ... }`" }
    if let word = wordOfNextStatement {
      return "`\(word)` begins a statement: start its line as far left as the one above"
    }
    if isWord("by"), index > 0,
      ["partition", "order"].contains(text(tokens[index - 1]).lowercased())
    {
      return "a window is said by the stage: `derive place = rank(-amount) by region`"
    }
    if let opening, current == .pipe || isWord("by") || isWord("sort"), index > 0,
      !tokens[index - 1].kind.expectsMore
    {
      return "perhaps `\(text(opening))` is not closed: `\(closing(opening))` before this"
    }
    if index > 0, tokens[index - 1].kind == .text, token.isGlued, current.isName {
      return "a text ends right before this: a quote is missing there, or one too many"
    }
    guard current.startsOperand, index > 0, !tokens[index - 1].kind.expectsMore else { return nil }
    if tokens[index - 1].kind == .date, current == .number {
      return "a time is joined to its date with a `T`: `@2025-01-31T09:30`"
    }
    if tokens[index - 1].kind == .number, current == .name, DurationUnit(short: text(token)) != nil
    {
      return "a short duration is written in one: `\(text(tokens[index - 1]))\(text(token))`"
    }
    return opening == nil ? nil : "a comma or an operator is missing before this"
  }

  private func closing(_ opening: Token) -> String {
    ["(": ")", "[": "]", "{": "}"][text(opening)] ?? ")"
  }

  /// The token, or, where the line or the text ended too early, the place behind its last word.
  var placeOfSurprise: Span {
    guard current == .newline || current == .endOfFile else { return token.span }
    return Span(file: source.id, start: previousEnd, end: previousEnd)
  }

  private var foundWords: Diagnostic.Found {
    switch current {
    case .newline: .lineEnd
    case .endOfFile: .end
    default: .token(text(token))
    }
  }

  /// Whether a line that begins with `let`, `fn` and the like stands where the line before should
  /// have gone on.
  var startsLineOfItsOwn: Bool {
    guard token.startsLine, current == .name, index > 0, startsStatement(token) else {
      return false
    }
    let follows = tokens[index + 1].kind
    return Self.statementWords.contains(text(token)) && (follows.isName || follows == .variable)
  }

  /// A word that begins a statement on a line that is indented deeper than the statement above,
  /// and so belongs to it: `let`.
  private var wordOfNextStatement: String? {
    guard token.startsLine, current == .name, openBrackets.count == blockBase,
      token.column > statementColumn, Self.statementWords.contains(text(token)),
      index + 1 < tokens.count, tokens[index + 1].kind.isName
    else { return nil }
    return text(token)
  }

  static let statementWords: Set<String> = [
    "let", "param", "metric", "fn", "use", "connect", "for", "assert",
  ]

  mutating func lineEndsTooEarly(_ expected: String) -> SyntaxFailure {
    current = .newline
    return unexpected(expected)
  }

  // MARK: Finding the next border

  /// Whether a token in the middle of an open bracket looks like the start of a statement: on a
  /// line of its own, not indented, and no sign that could belong to what is open.
  func startsStatement(_ token: Token) -> Bool {
    guard token.startsLine, token.column <= statementColumn, !token.kind.continuesLine else {
      return false
    }
    return !token.kind.closesBracket && token.kind != .comma && token.kind != .endOfFile
  }

  /// Skips to the end of a stage: the next pipe, the bracket that closes the pipeline, or the
  /// end of the statement. True when the pipeline goes on, or ends as it should.
  mutating func recoverStage(level: Int) -> Bool {
    while true {
      switch current {
      case .endOfFile, .newline, .semicolon:
        closeBrackets(to: level)
        return level == blockBase
      case .pipe where openBrackets.count <= level || token.startsLine:
        closeBrackets(to: level)
        return true
      case .closeParen, .closeBracket, .closeBrace:
        if openBrackets.count <= level, closesOutside(level) { return true }
        advance()
      default:
        if startsStatement(token), index > 0, openBrackets.count > blockBase {
          closeBrackets(to: level)
          // Also where a comma before it would have the line go on.
          current = .newline
          return level == blockBase
        }
        advance()
      }
    }
  }

  /// Whether a closing bracket belongs to what is around the pipeline.
  private func closesOutside(_ level: Int) -> Bool {
    level > blockBase || (current == .closeBrace && blocks > 0)
  }

  private mutating func closeBrackets(to level: Int) {
    if openBrackets.count > level { openBrackets.removeLast(openBrackets.count - level) }
    if current != .newline { refresh() }
  }

  /// Skips to the end of the statement.
  mutating func recoverStatement() {
    if skipTo > index {
      index = skipTo
      closeBrackets(to: blockBase)
    }
    while true {
      _ = recoverStage(level: blockBase)
      guard current == .pipe else { return }
      advance()
    }
  }
}
