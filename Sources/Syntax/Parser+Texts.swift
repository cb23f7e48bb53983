import Diagnostics

/// What is in a text: escapes undone, indentation taken off, holes parsed where they stand.
extension Parser {
  mutating func textLiteral() throws(SyntaxFailure) -> TextLiteral {
    let token = self.token
    advance()
    guard !token.isReported else {
      return TextLiteral(parts: [], isFormatted: false, span: token.span)
    }
    let shape = TextShape(
      source.bytes, at: token.start, limit: token.end, isSQL: token.flags.contains(.isSQL))
    if shape.isFormatted, isBehindSQL(token) { report(.formattedSQL(token.span)) }
    var reader = TextReader(shape, token: token, bytes: source.bytes)
    while let event = reader.nextEvent() {
      switch event {
      case .hole(let range, let format): reader.append(hole(shape, range, format))
      case .problem(let diagnostic):
        report(diagnostic)
        // Nobody is to read SQL with a hole in it that was never closed.
        if shape.takesRelations { reader.append(.relation(Pipeline(missing: token.span))) }
      }
    }
    return TextLiteral(
      parts: reader.finish(), isFormatted: shape.isFormatted, span: token.span)
  }

  private func isBehindSQL(_ token: Token) -> Bool {
    index >= 2 && tokens[index - 2].kind == .name && text(tokens[index - 2]) == "sql"
  }

  /// The program text between two braces is read by a parser of its own.
  private mutating func hole(
    _ shape: TextShape, _ range: Range<Int>, _ format: String?
  ) -> TextLiteral.Part {
    let place = Span(file: source.id, start: range.lowerBound, end: range.upperBound)
    var inner = Parser(source, range: place, nesting: nesting + 1)
    let part: TextLiteral.Part
    if inner.current == .endOfFile {
      inner.report(.emptyBraces(place))
      part = .hole(Expr(.missing, place), format: nil)
    } else if shape.takesRelations {
      part = .relation(inner.wholePipeline() ?? Pipeline(missing: place))
    } else {
      part = .hole(inner.wholeExpression() ?? Expr(.missing, place), format: format)
    }
    for diagnostic in inner.diagnostics { report(diagnostic) }
    return part
  }
}
