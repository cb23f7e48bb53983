import Diagnostics
import Syntax

/// How far tokens on one line stand apart: one blank, or none.
struct Spacing {
  let pieces: [Piece]
  private let signs: Set<Int>
  private let calls: Set<Int>
  private let openRanges: Set<Int>
  /// Offsets of the signs of types: `<`, `>`, `?` and braces.
  private let typeSigns: Set<Int>

  init(_ pieces: Pieces, _ facts: TreeFacts) {
    let all = pieces.all
    self.pieces = all
    calls = facts.calls
    openRanges = facts.openRanges
    signs = Set(
      facts.negations.compactMap { offset in
        guard var position = pieces.position(of: offset) else { return nil }
        while position < all.count, all[position].token.kind == .openParen { position += 1 }
        return all[position].token.start
      })
    var typeSigns: Set<Int> = []
    for type in facts.types {
      for piece in all where piece.token.start > type.start && piece.token.start < type.end {
        typeSigns.insert(piece.token.start)
      }
    }
    self.typeSigns = typeSigns
  }

  func isSign(_ position: Int) -> Bool {
    let token = pieces[position].token
    return token.kind == .minus
      && (signs.contains(token.start)
        || position > 0 && pieces[position - 1].token.kind == .matches)
  }

  /// Blanks between a token and the one before it on the same line.
  func gap(before position: Int) -> Int {
    guard position > 0 else { return 0 }
    return isTouching(position) ? 0 : 1 + pieces[position].padding
  }

  private func isTouching(_ position: Int) -> Bool {
    let (before, here) = (pieces[position - 1].token, pieces[position].token)
    let isInType = typeSigns.contains(here.start)
    switch before.kind {
    case .openParen, .openBracket: return true
    case .openBrace: return pieces[position - 1].brace == .record || here.kind == .closeBrace
    case .dot: return isPostfixDot(position - 1)
    case .range: return true
    case .minus where isSign(position - 1): return here.kind != .minus
    case .less where typeSigns.contains(before.start): return true
    default: break
    }
    switch here.kind {
    case .comma, .closeParen, .closeBracket, .semicolon, .colon, .question: return true
    case .closeBrace: return here.kind == .closeBrace && braceIsRecord(position)
    case .openParen: return calls.contains(before.start)
    case .dot: return isPostfixDot(position)
    case .range: return !openRanges.contains(here.start)
    case .less, .greater, .openBrace: return isInType
    default: return false
    }
  }

  /// `parts.train`, not the dot of `churned ~ . - plan`.
  private func isPostfixDot(_ position: Int) -> Bool {
    guard position > 0 else { return false }
    switch pieces[position - 1].token.kind {
    case .name, .quotedName, .variable, .closeParen, .closeBracket, .closeBrace, .it: return true
    default: return false
    }
  }

  private func braceIsRecord(_ closer: Int) -> Bool {
    guard let opener = pieces[closer].partner else { return false }
    return pieces[opener].brace == .record
  }

  /// Columns from the start of one piece to the end of another, all on one line.
  func width(_ range: ClosedRange<Int>) -> Int {
    var width = 0
    for position in range {
      if position > range.lowerBound { width += gap(before: position) }
      width += pieces[position].text.count
    }
    return width
  }
}
