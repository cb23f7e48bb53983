import Syntax

/// What stands in columns: the arrows of arms, and the fields of rows.
enum Alignment {
  /// The lines as they will be written.
  static func page(of pieces: Pieces, _ facts: TreeFacts) -> Page {
    var pieces = pieces
    pad(&pieces, Spacing(pieces, facts))
    return Page(pieces, facts, Spacing(pieces, facts))
  }

  static func pad(_ pieces: inout Pieces, _ spacing: Spacing) {
    for opener in pieces.all.indices {
      let piece = pieces.all[opener]
      if piece.brace == .arms { padArrows(of: opener, &pieces, spacing) }
      if piece.token.kind == .openBracket { padRows(of: opener, &pieces, spacing) }
    }
  }

  /// `r >= 3 -> "loyal",` and `else   -> "rare",`
  private static func padArrows(of opener: Int, _ pieces: inout Pieces, _ spacing: Spacing) {
    let starts = pieces.elements(of: opener)
    guard starts.count > 1, starts.allSatisfy({ pieces.all[$0].breaks }) else { return }
    let arms = starts.compactMap { start -> (arrow: Int, width: Int)? in
      guard let arrow = arrow(from: start, pieces), isOneLine(start..<arrow, pieces) else {
        return nil
      }
      return (arrow, spacing.width(start...(arrow - 1)))
    }
    let widest = arms.map(\.width).max() ?? 0
    for arm in arms { pieces.all[arm.arrow].padding = widest - arm.width }
  }

  private static func arrow(from start: Int, _ pieces: Pieces) -> Int? {
    var position = start
    while position < pieces.all.count {
      if pieces.all[position].token.kind == .arrow { return position }
      if let partner = pieces.all[position].partner {
        if partner < position { return nil }
        position = partner
      }
      position += 1
    }
    return nil
  }

  private static func isOneLine(_ range: Range<Int>, _ pieces: Pieces) -> Bool {
    range.dropFirst().allSatisfy { !pieces.all[$0].breaks }
      && range.allSatisfy { !pieces.all[$0].isMultiline }
  }

  /// Records of the same number of fields, a line each.
  private static func padRows(of opener: Int, _ pieces: inout Pieces, _ spacing: Spacing) {
    let rows = pieces.elements(of: opener)
    guard rows.count > 1,
      rows.allSatisfy({ pieces.all[$0].breaks && pieces.all[$0].brace == .record })
    else { return }
    let fields = rows.map { pieces.elements(of: $0) }
    guard let count = fields.first?.count, count > 1, fields.allSatisfy({ $0.count == count }),
      zip(rows, fields).allSatisfy({ row, starts in
        pieces.all[row].partner.map { isOneLine(row..<$0, pieces) } ?? false
      })
    else { return }
    for column in 0..<(count - 1) {
      let widths = fields.map { spacing.width($0[column]...($0[column + 1] - 1)) }
      let widest = widths.max() ?? 0
      for (row, width) in zip(fields, widths) {
        pieces.all[row[column + 1]].padding = widest - width
      }
    }
  }
}
