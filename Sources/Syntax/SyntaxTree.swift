package import Diagnostics

/// What the parser makes of a source: statements, the tokens they came from (with trivia, so that
/// a formatter loses nothing), and what was wrong. It never fails: a mistake leaves `missing`
/// nodes and a diagnostic.
package struct SyntaxTree: Sendable {
  package var statements: [Statement]
  /// The doc comment at the top of the file, before a blank line.
  package var doc: String?
  package var tokens: [Token]
  package var diagnostics: [Diagnostic]
  /// The text ended where more was expected (an open bracket, a pipe at the end): at the prompt,
  /// input goes on.
  package var isIncomplete: Bool
  /// Names that statements with a mistake were meant to bind: their uses are no mistakes.
  package var brokenNames: [String]

  package init(
    statements: [Statement], doc: String?, tokens: [Token], diagnostics: [Diagnostic],
    isIncomplete: Bool, brokenNames: [String] = []
  ) {
    self.brokenNames = brokenNames
    self.statements = statements
    self.doc = doc
    self.tokens = tokens
    self.diagnostics = diagnostics
    self.isIncomplete = isIncomplete
  }
}

/// A name as written, without its backquotes.
package struct Name: Hashable, Sendable {
  package var text: String
  package var span: Span
  package init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}
