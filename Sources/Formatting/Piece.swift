import Diagnostics
import Syntax

/// A token on its way to the page, with the comments before it.
struct Piece {
  struct Comment {
    var text: String
    /// Behind other text on its line, at this column of the source.
    var trailingColumn: Int?
    var hasBlankLineBefore = false
  }

  var token: Token
  var text: String
  var comments: [Comment] = []
  var hasBlankLineBefore = false
  /// Whether it begins a line.
  var breaks = false
  /// Blanks before it when it does not, beyond what is always there.
  var padding = 0
  /// The bracket that matches this one.
  var partner: Int?
  var brace = Brace.none

  enum Brace { case none, record, arms, block }

  /// Columns from its start to its end, or from the start of its last line.
  var isMultiline: Bool { text.utf8.contains(0x0A) }
}

/// The tokens of a source as pieces, with brackets matched.
struct Pieces {
  var all: [Piece] = []
  /// By offset of the token.
  private(set) var index: [Int: Int] = [:]

  init(_ tree: SyntaxTree, _ file: SourceFile, _ facts: TreeFacts) {
    for token in tree.tokens {
      let span = Span(file: file.id, start: token.start, end: token.end)
      var piece = Piece(token: token, text: file.text(span))
      Self.readTrivia(of: token, file, &piece)
      index[token.start] = all.count
      all.append(piece)
    }
    matchBrackets(facts)
  }

  /// Comments and blank lines before a token.
  private static func readTrivia(of token: Token, _ file: SourceFile, _ piece: inout Piece) {
    var isFirstLine = token.triviaStart > 0
    var hasBlankLine = false
    let trivia = file.text(Span(file: file.id, start: token.triviaStart, end: token.start))
    // By code points: as characters, the two of a Windows line end are one.
    let lines = trivia.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Substring($0) }
    var offset = token.triviaStart
    for (number, line) in lines.enumerated() {
      defer { offset += line.utf8.count + 1 }
      let isLast = number == lines.count - 1
      guard let sign = line.firstIndex(of: "#") else {
        if !isFirstLine, !isLast { hasBlankLine = true }
        isFirstLine = false
        continue
      }
      var comment = Piece.Comment(text: trimmedEnd(line[sign...]))
      if isFirstLine {
        let place = offset + line[..<sign].utf8.count
        comment.trailingColumn = file.position(of: place).column - 1
      }
      comment.hasBlankLineBefore = hasBlankLine
      piece.comments.append(comment)
      hasBlankLine = false
      isFirstLine = false
    }
    piece.hasBlankLineBefore = hasBlankLine
    piece.breaks = token.startsLine || !piece.comments.isEmpty
  }

  private static func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return String(text)
  }

  // MARK: Brackets

  private mutating func matchBrackets(_ facts: TreeFacts) {
    var open: [Int] = []
    for position in all.indices {
      switch all[position].token.kind {
      case .openParen, .openBracket, .openBrace: open.append(position)
      case .closeParen, .closeBracket, .closeBrace:
        guard let opener = open.popLast() else { continue }
        all[opener].partner = position
        all[position].partner = opener
        if all[opener].brace == .none, all[opener].token.kind == .openBrace {
          all[opener].brace = kind(ofBrace: opener, facts)
        }
      case .arrow:
        if let opener = open.last, all[opener].token.kind == .openBrace {
          all[opener].brace = .arms
        }
      default: continue
      }
    }
  }

  private func kind(ofBrace opener: Int, _ facts: TreeFacts) -> Piece.Brace {
    guard opener > 0, opener + 1 < all.count else { return .record }
    let place = all[opener].token.start
    if facts.types.contains(where: { $0.start < place && place < $0.end }) { return .record }
    if facts.statements.contains(all[opener + 1].token.start) { return .block }
    switch all[opener - 1].token.kind {
    case .name, .quotedName, .variable, .number, .percent, .duration, .date, .text, .closeParen,
      .closeBracket, .closeBrace, .else, .true, .false, .null, .it:
      return .block
    default: return .record
    }
  }

  /// Where statements begin, those in blocks included.
  func statementStarts(_ facts: TreeFacts) -> Set<Int> {
    var starts = Set(facts.statements.union(facts.results).compactMap(position))
    for name in facts.localNames.compactMap(position) where name > 0 { starts.insert(name - 1) }
    for opener in all.indices where all[opener].brace == .block && opener + 1 != all[opener].partner
    {
      starts.insert(opener + 1)
    }
    return starts
  }

  func position(of offset: Int) -> Int? { index[offset] }

  /// The pieces directly inside of a bracket that begin its elements.
  func elements(of opener: Int) -> [Int] {
    guard let closer = all[opener].partner, closer > opener + 1 else { return [] }
    var starts = [opener + 1]
    var position = opener + 1
    while position < closer {
      if let partner = all[position].partner, partner > position {
        position = partner
      } else if all[position].token.kind == .comma, position + 1 < closer {
        starts.append(position + 1)
      }
      position += 1
    }
    return starts
  }
}
