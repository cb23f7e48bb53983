import Syntax

/// Where lines begin: mostly where the author began them.
enum Breaking {
  static func settle(_ pieces: inout Pieces, _ facts: TreeFacts) {
    let depths = depths(pieces)
    breakStatements(&pieces, facts)
    settleBrackets(&pieces)
    for chain in facts.chains { settle(chain, &pieces) }
    breakLongLines(&pieces, facts, depths)
  }

  /// How many brackets, blocks not counted, are open at each piece.
  private static func depths(_ pieces: Pieces) -> [Int] {
    var depth = 0
    return pieces.all.map { piece in
      if piece.partner != nil, piece.brace != .block {
        switch piece.token.kind {
        case .openParen, .openBracket, .openBrace:
          depth += 1
          return depth - 1
        case .closeParen, .closeBracket: depth -= 1
        case .closeBrace:
          if let opener = piece.partner, pieces.all[opener].brace != .block { depth -= 1 }
        default: break
        }
      }
      return depth
    }
  }

  private static func breakStatements(_ pieces: inout Pieces, _ facts: TreeFacts) {
    for position in pieces.statementStarts(facts) { pieces.all[position].breaks = true }
    for position in pieces.all.indices where pieces.all[position].brace == .block {
      if let closer = pieces.all[position].partner { pieces.all[closer].breaks = true }
      pieces.all[position].breaks = !pieces.all[position].comments.isEmpty
    }
  }

  /// A bracket whose content begins on the next line ends on a line of its own; the arms of a
  /// `case` are then a line each. Any other bracket ends where its content ends.
  private static func settleBrackets(_ pieces: inout Pieces) {
    for opener in pieces.all.indices {
      let piece = pieces.all[opener]
      guard piece.brace != .block, let closer = piece.partner, closer > opener + 1 else { continue }
      guard pieces.all[opener + 1].breaks else {
        if pieces.all[closer].comments.isEmpty { pieces.all[closer].breaks = false }
        continue
      }
      pieces.all[closer].breaks = true
      if piece.brace == .arms || piece.brace == .record {
        for element in pieces.elements(of: opener) { pieces.all[element].breaks = true }
      }
    }
  }

  /// All stages on one line, or each on its own; a pipe begins the line of its stage.
  private static func settle(_ chain: TreeFacts.Chain, _ pieces: inout Pieces) {
    let verbs = chain.stages.compactMap { pieces.position(of: $0.verb) }
    for verb in verbs where verb > 0 && pieces.all[verb].breaks {
      pieces.all[verb - 1].breaks = true
      pieces.all[verb - 1].comments += pieces.all[verb].comments
      pieces.all[verb].comments = []
      pieces.all[verb].breaks = false
    }
    if verbs.contains(where: { pieces.all[$0 - 1].breaks }) { breakStages(verbs, &pieces) }
    for stage in chain.stages { settle(stage, &pieces) }
  }

  private static func breakStages(_ verbs: [Int], _ pieces: inout Pieces) {
    for verb in verbs where verb > 0 { pieces.all[verb - 1].breaks = true }
  }

  /// Items that begin below the verb are a line each, and so is the first clause behind them.
  private static func settle(_ stage: TreeFacts.Stage, _ pieces: inout Pieces) {
    let items = stage.items.compactMap(pieces.position)
    guard stage.isVerb, let first = items.first, pieces.all[first].breaks,
      let verb = pieces.position(of: stage.verb), first == verb + 1
    else { return }
    for item in items { pieces.all[item].breaks = true }
    if let clause = stage.clauses.first.flatMap({ pieces.position(of: $0.start) }) {
      pieces.all[clause].breaks = true
    }
  }

  // MARK: Long lines

  private static func breakLongLines(
    _ pieces: inout Pieces, _ facts: TreeFacts, _ depths: [Int]
  ) {
    for chain in facts.chains {
      let verbs = chain.stages.compactMap { pieces.position(of: $0.verb) }
      guard let first = verbs.first, first > 0, depths[first] == 0,
        let head = pieces.position(of: chain.head)
      else { continue }
      let spacing = Spacing(pieces, facts)
      let indent = 2 * blockDepth(at: first, pieces)
      let room = SourceFormatter.width - indent
      if !pieces.all[first - 1].breaks, lineWidth(around: first, pieces, spacing) > room {
        breakStages(verbs, &pieces)
      }
      guard pieces.all[first - 1].breaks else { continue }
      let isStatement = head == 0 || pieces.all[head].breaks
      for stage in chain.stages {
        breakLong(stage, &pieces, spacing, room: isStatement ? room : room - 2)
      }
    }
  }

  private static func blockDepth(at position: Int, _ pieces: Pieces) -> Int {
    pieces.all.indices.count { opener in
      guard pieces.all[opener].brace == .block, let closer = pieces.all[opener].partner else {
        return false
      }
      return opener < position && position < closer
    }
  }

  private static func breakLong(
    _ stage: TreeFacts.Stage, _ pieces: inout Pieces, _ spacing: Spacing, room: Int
  ) {
    let items = stage.items.compactMap(pieces.position)
    guard stage.isVerb, items.count > 1, let verb = pieces.position(of: stage.verb),
      items[0] == verb + 1, items.allSatisfy({ !pieces.all[$0].breaks }),
      lineWidth(around: verb, pieces, spacing) > room
    else { return }
    for item in items { pieces.all[item].breaks = true }
    if let clause = stage.clauses.first.flatMap({ pieces.position(of: $0.start) }) {
      pieces.all[clause].breaks = true
    }
  }

  /// The width of the line that holds a piece, without its indent.
  private static func lineWidth(around position: Int, _ pieces: Pieces, _ spacing: Spacing) -> Int {
    var start = position
    while start > 0, !pieces.all[start].breaks { start -= 1 }
    var end = position
    while end + 1 < pieces.all.count - 1, !pieces.all[end + 1].breaks { end += 1 }
    return spacing.width(start...end)
  }
}
