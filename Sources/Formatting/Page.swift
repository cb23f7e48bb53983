import Syntax

/// The lines of the result: each piece at its column.
struct Page {
  private let pieces: Pieces
  private let spacing: Spacing
  private var roles: [Int: Role] = [:]
  private var columns: [Int]
  private var lines: [Line] = []
  var written: [Line] { lines }
  /// The line a piece stands on.
  private var lineOf: [Int]

  struct Line {
    var text = ""
    var comment: Piece.Comment?
    /// The column of its first piece, and whether that is a pipe.
    var indent = 0
    var isStage = false
    /// Nothing but a comment: nothing goes behind it.
    var isComment = false
  }

  /// What begins at a piece, for its indent.
  private enum Role {
    case statement
    case pipe(head: Int)
    /// Of the stage whose verb is here; the first item.
    case item(verb: Int, first: Int)
    case clause(verb: Int, firstItem: Int?)
    case clauseItem(clause: Int, first: Int)
  }

  init(_ pieces: Pieces, _ facts: TreeFacts, _ spacing: Spacing) {
    self.pieces = pieces
    self.spacing = spacing
    columns = Array(repeating: 0, count: pieces.all.count)
    lineOf = columns
    assignRoles(facts)
    write()
  }

  /// The column behind a piece.
  func end(of position: Int) -> Int { columns[position] + pieces.all[position].text.count }

  private mutating func assignRoles(_ facts: TreeFacts) {
    for chain in facts.chains {
      guard let head = pieces.position(of: chain.head) else { continue }
      for stage in chain.stages {
        guard let verb = pieces.position(of: stage.verb), verb > 0 else { continue }
        let items = stage.items.compactMap(pieces.position)
        for item in items { roles[item] = .item(verb: verb, first: items[0]) }
        for clause in stage.clauses {
          guard let start = pieces.position(of: clause.start) else { continue }
          roles[start] = .clause(verb: verb, firstItem: items.first)
          let inner = clause.items.compactMap(pieces.position)
          for item in inner { roles[item] = .clauseItem(clause: start, first: inner[0]) }
        }
        roles[verb - 1] = .pipe(head: head)
      }
    }
    for position in pieces.statementStarts(facts) { roles[position] = .statement }
  }

  // MARK: Writing

  private mutating func write() {
    var open: [Int] = []
    for position in pieces.all.indices {
      let piece = pieces.all[position]
      if isCloser(piece) { _ = open.popLast() }
      place(position, open)
      if isOpener(piece) { open.append(position) }
    }
  }

  private func isOpener(_ piece: Piece) -> Bool {
    switch piece.token.kind {
    case .openParen, .openBracket, .openBrace: true
    default: false
    }
  }

  private func isCloser(_ piece: Piece) -> Bool {
    switch piece.token.kind {
    case .closeParen, .closeBracket, .closeBrace: true
    default: false
    }
  }

  private mutating func place(_ position: Int, _ open: [Int]) {
    let piece = pieces.all[position]
    let isEnd = piece.token.kind == .endOfFile
    if piece.breaks || isEnd || position == 0 {
      let indent = isEnd ? 0 : indent(of: position, open)
      writeComments(of: position, indent: isCloser(piece) ? indent + 2 : indent, open)
      if isEnd { return }
      if piece.hasBlankLineBefore, keepsBlankLine(position, open) { addBlankLine() }
      columns[position] = indent
      lines.append(
        Line(
          text: String(repeating: " ", count: indent) + piece.text, indent: indent,
          isStage: piece.token.kind == .pipe))
    } else {
      let last = lines.count - 1
      let gap = spacing.gap(before: position)
      columns[position] = lines[last].text.lastLineCount + gap
      lines[last].text += String(repeating: " ", count: gap) + piece.text
    }
    lineOf[position] = lines.count - 1
  }

  private mutating func writeComments(of position: Int, indent: Int, _ open: [Int]) {
    for comment in pieces.all[position].comments {
      if comment.trailingColumn != nil, let last = lines.indices.last, lines[last].comment == nil,
        !lines[last].isComment, !lines[last].text.isEmpty
      {
        lines[last].comment = comment
        continue
      }
      if comment.hasBlankLineBefore, keepsBlankLine(position, open) { addBlankLine() }
      lines.append(
        Line(text: String(repeating: " ", count: indent) + comment.text, isComment: true))
    }
  }

  /// Between statements and rows, not between the stages of a pipeline or next to a bracket.
  private func keepsBlankLine(_ position: Int, _ open: [Int]) -> Bool {
    let piece = pieces.all[position]
    if piece.token.kind == .endOfFile { return true }
    if position == 0 || isOpener(pieces.all[position - 1]) && pieces.all[position].comments.isEmpty
    {
      return position == 0
    }
    if case .statement? = roles[position] { return true }
    guard let opener = open.last else { return false }
    return pieces.all[opener].brace != .arms && !isCloser(piece)
  }

  private mutating func addBlankLine() {
    if let last = lines.last, !last.text.isEmpty { lines.append(Line()) }
  }

  // MARK: Indents

  private func indent(of position: Int, _ open: [Int]) -> Int {
    let piece = pieces.all[position]
    if isCloser(piece), let opener = piece.partner { return base(ofLine: lineOf[opener]) }
    switch roles[position] {
    case .statement?: return blockIndent(open)
    case .pipe(let head)?: return pipeIndent(head, open)
    case .item(let verb, let first)?:
      return first == position ? stageColumn(verb) + 4 : columns[first]
    case .clause(let verb, let firstItem)?:
      let areItemsBelow = firstItem.map { pieces.all[$0].breaks && $0 == verb + 1 } ?? false
      return stageColumn(verb) + (areItemsBelow ? 2 : 4)
    case .clauseItem(let clause, let first)?:
      return first == position ? columns[clause] + 2 : columns[first]
    case nil: return continuation(position, open)
    }
  }

  private func blockIndent(_ open: [Int]) -> Int {
    guard let opener = open.last else { return 0 }
    return base(ofLine: lineOf[opener]) + 2
  }

  /// Below the head where that begins a line or stands in brackets, else two further in.
  private func pipeIndent(_ head: Int, _ open: [Int]) -> Int {
    if pieces.all[head].breaks || head == 0 { return columns[head] }
    if let opener = open.last, pieces.all[opener].brace != .block { return columns[head] }
    return lines[lineOf[head]].indent + 2
  }

  private func stageColumn(_ verb: Int) -> Int {
    pieces.all[verb - 1].breaks ? columns[verb - 1] : lines[lineOf[verb]].indent
  }

  private func base(ofLine number: Int) -> Int {
    lines[number].indent + (lines[number].isStage ? 2 : 0)
  }

  /// What goes on from the line before: elements of a bracket, operators, anything else.
  private func continuation(_ position: Int, _ open: [Int]) -> Int {
    if let opener = open.last, pieces.all[opener].brace != .block {
      return inBracket(position, opener)
    }
    let start = anchor(of: position, from: open.last ?? -1)
    if let aligned = operatorIndent(position, after: start) {
      // What is not indented deeper would be a statement of its own.
      return max(aligned, blockIndent(open) + 2)
    }
    switch roles[start] {
    case .pipe?: return columns[start] + 4
    case .item?, .clauseItem?, .clause?:
      return pieces.all[start].breaks ? columns[start] + 2 : lines[lineOf[start]].indent + 4
    case .statement?, nil: return lines[lineOf[start]].indent + 2
    }
  }

  private func inBracket(_ position: Int, _ opener: Int) -> Int {
    let isHanging = pieces.all[opener + 1].breaks
    let column = isHanging ? base(ofLine: lineOf[opener]) + 2 : columns[opener + 1]
    let before = pieces.all[position - 1].token.kind
    if before == .comma || position == opener + 1 { return column }
    return operatorIndent(position, after: opener) ?? column + 2
  }

  /// The piece with a role that a continuation belongs to.
  private func anchor(of position: Int, from opener: Int) -> Int {
    var found = position - 1
    while found > opener + 1, found > 0 {
      if let partner = pieces.all[found].partner, partner < found {
        found = partner
      } else if roles[found] != nil {
        return found
      }
      found -= 1
    }
    return max(found, 0)
  }

  /// A line that begins with `+` or `*` puts its operand below the first one.
  private func operatorIndent(_ position: Int, after start: Int) -> Int? {
    switch pieces.all[position].token.kind {
    case .plus, .minus, .times, .divide, .floorDivide: break
    default: return nil
    }
    if spacing.isSign(position) { return nil }
    var operand = position - 1
    while operand > start {
      if let partner = pieces.all[operand].partner, partner < operand { operand = partner }
      switch pieces.all[operand].token.kind {
      case .equals, .matches, .comma, .colon, .arrow: return max(0, columns[operand + 1] - 2)
      default: operand -= 1
      }
    }
    return nil
  }
}
