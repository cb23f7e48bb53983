import Diagnostics
import Reporting
import Syntax

/// Colours the code of a cell by its tokens; names before a bracket are functions, the first
/// word after a pipe is the verb.
enum CodeHighlighter {
  private static let statementWords: Set<String> = [
    "let", "param", "metric", "fn", "use", "connect", "for", "assert",
  ]
  private static let clauseWords: Set<String> = Set(ClauseWord.allCases.map(\.rawValue))

  static func highlight(
    _ tree: SyntaxTree, _ source: SourceFile, range: Span
  ) -> HighlightedCode {
    var ranges: [HighlightedRange] = []
    var previous: Token?
    let tokens = tree.tokens.filter { $0.kind != .endOfFile && $0.kind != .newline }
    for (index, token) in tokens.enumerated() {
      comments(before: token, source, range, &ranges)
      let following = index + 1 < tokens.count ? tokens[index + 1] : nil
      if let kind = kind(of: token, after: previous, before: following, source) {
        ranges.append(
          HighlightedRange(
            kind, start: token.start - range.start, end: token.end - range.start))
      }
      previous = token
    }
    if let last = tree.tokens.last { comments(before: last, source, range, &ranges) }
    return HighlightedCode(source.text(range), ranges: ranges)
  }

  private static func kind(
    of token: Token, after previous: Token?, before following: Token?, _ source: SourceFile
  ) -> HighlightKind? {
    switch token.kind {
    case .name:
      let text = source.text(Span(file: source.id, start: token.start, end: token.end))
      if previous?.kind == .pipe { return .verb }
      if previous == nil || token.flags.contains(.startsLine), statementWords.contains(text) {
        return .keyword
      }
      if following?.kind == .openParen { return .function }
      if clauseWords.contains(text), following?.kind != .comma { return .keyword }
      return .name
    case .quotedName: return .name
    case .variable: return .variable
    case .number, .percent, .duration: return .number
    case .date: return .date
    case .text: return .text
    case .and, .or, .not, .in, .if, .then, .else, .case, .true, .false, .null, .it:
      return .keyword
    case .pipe, .comma, .dot, .range, .colon, .equals, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .matches, .arrow, .question, .coalesce, .plus, .minus, .times,
      .divide, .floorDivide, .power, .openParen, .closeParen, .openBracket, .closeBracket,
      .openBrace, .closeBrace:
      return .sign
    case .semicolon, .newline, .endOfFile: return nil
    }
  }

  /// Comments stand between the tokens.
  private static func comments(
    before token: Token, _ source: SourceFile, _ range: Span, _ ranges: inout [HighlightedRange]
  ) {
    var at = max(token.triviaStart, range.start)
    let end = min(token.start, range.end)
    while at < end {
      guard source.bytes[at] == UInt8(ascii: "#") else {
        at += 1
        continue
      }
      var stop = at
      while stop < end, source.bytes[stop] != UInt8(ascii: "\n") { stop += 1 }
      ranges.append(
        HighlightedRange(.comment, start: at - range.start, end: stop - range.start))
      at = stop
    }
  }
}
