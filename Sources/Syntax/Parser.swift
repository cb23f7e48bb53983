package import Diagnostics

/// Reads tokens into a syntax tree: recursive descent by hand, one function a grammar rule, the
/// rule in the comment above it.
///
/// A mistake is reported once and thrown as `SyntaxFailure` to the next border, a stage or a
/// statement, where reading goes on. A pipeline with a mistake in it becomes `missing`.
package struct Parser {
  /// What was wrong has been reported already.
  struct SyntaxFailure: Error {}

  /// More findings than this in one file are noise.
  static let errorLimit = 10
  /// Deeper nesting than this is refused, so that no later phase runs out of stack.
  static let nestingLimit = 256

  let source: SourceFile
  let tokens: [Token]
  /// Of the token that is read next.
  var index = 0
  /// Its kind as the grammar sees it: `newline` where a line ends the statement.
  var current: Token.Kind = .endOfFile
  /// Tokens that opened the brackets around this place, outermost first.
  var openBrackets: [Int] = []
  /// How many of them stand outside of the innermost block.
  var blockBase = 0
  /// How many blocks are open.
  var blocks = 0
  /// The column of the first token of the statement.
  var statementColumn = 0
  var nesting = 0
  var isTooDeep = false
  var isPrompt = false
  /// Inside of a text's braces and of inline values no line end counts.
  var isOneStatement = false
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false
  /// What statements that had to be given up would have bound.
  var brokenNames: [String] = []
  /// The token at which the last failure was reported.
  var failedAt = -1
  /// Recovery goes on no earlier than at this token.
  var skipTo = 0

  init(_ source: SourceFile, range: Span, nesting: Int = 0) {
    self.source = source
    self.nesting = nesting
    var lexer = Lexer(source, range: range)
    tokens = lexer.run()
    diagnostics = lexer.diagnostics
    isIncomplete = lexer.isInsideText
    current = tokens[0].kind
  }

  /// A program, or the part of a file that a notebook's cell takes up; spans point into the file.
  package static func parse(
    _ file: SourceFile, range: Span? = nil, isPrompt: Bool = false
  ) -> SyntaxTree {
    var parser = Parser(file, range: range ?? file.whole)
    parser.isPrompt = isPrompt
    let doc = parser.fileDoc()
    let statements = parser.lines()
    return SyntaxTree(
      statements: statements, doc: doc, tokens: parser.tokens,
      diagnostics: parser.finding(), isIncomplete: parser.isIncomplete,
      brokenNames: parser.brokenNames)
  }

  /// One expression and nothing else, as between the braces of a text.
  package static func parseExpression(
    _ file: SourceFile, range: Span
  ) -> (Expr, [Diagnostic]) {
    var parser = Parser(file, range: range)
    let expr = parser.wholeExpression() ?? Expr(.missing, range)
    return (expr, parser.finding())
  }

  /// One pipeline and nothing else: an inline value of a notebook.
  package static func parsePipeline(
    _ file: SourceFile, range: Span
  ) -> (Pipeline, [Diagnostic]) {
    var parser = Parser(file, range: range)
    let pipeline = parser.wholePipeline() ?? Pipeline(missing: range)
    return (pipeline, parser.finding())
  }

  /// An expression that must reach the end of the tokens.
  mutating func wholeExpression() -> Expr? {
    isOneStatement = true
    guard let expr = try? expression() else { return nil }
    return isAtEnd() ? expr : nil
  }

  mutating func wholePipeline() -> Pipeline? {
    isOneStatement = true
    guard let pipeline = try? pipeline() else { return nil }
    return isAtEnd() ? pipeline : nil
  }

  private mutating func isAtEnd() -> Bool {
    if current == .pipe {
      _ = fail(.bareHolePipeline(token.span))
    } else if current != .endOfFile {
      _ = unexpected("the end of the expression")
    }
    return current == .endOfFile
  }

  /// What was found, by place; the first of each place, up to the limit.
  func finding() -> [Diagnostic] {
    let sorted = diagnostics.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
    return Array(sorted.prefix(Self.errorLimit))
  }
}

extension Pipeline {
  /// Where a pipeline had a mistake in it.
  init(missing span: Span) {
    self.init(head: Expr(.missing, span), stages: [], span: span)
  }
}
