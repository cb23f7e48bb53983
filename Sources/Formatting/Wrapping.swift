import Syntax

/// Breaks lines that are still too long, from the outside to the inside: at the stages of a
/// pipeline, the items and clauses of a stage, at `else`, `or`, `and`, at signs and commas, and last
/// by putting what a bracket holds on lines of its own.
///
///     | train churned ~ tenure + fee + plan
///         using boosted_trees(rounds = 300)
///         folds 5
///
/// A line that no place can make shorter stays as it is.
struct Wrapping {
  private let facts: TreeFacts
  /// Where items and clauses begin; of items, whose stage has several.
  private let clauses: Set<Int>
  private let stages: [Int: (items: [Int], clause: Int?)]
  private let chains: [Int: [Int]]

  init(_ pieces: Pieces, _ facts: TreeFacts) {
    self.facts = facts
    var clauses: Set<Int> = []
    var stages: [Int: (items: [Int], clause: Int?)] = [:]
    var chains: [Int: [Int]] = [:]
    for chain in facts.chains {
      let pipes = chain.stages.compactMap { pieces.position(of: $0.verb) }.map { $0 - 1 }
      for pipe in pipes { chains[pipe] = pipes }
      for stage in chain.stages {
        let starts = stage.clauses.compactMap { pieces.position(of: $0.start) }
        clauses.formUnion(starts)
        let items = stage.items.compactMap(pieces.position)
        guard stage.isVerb, items.count > 1, let verb = pieces.position(of: stage.verb) else {
          continue
        }
        if items[0] == verb + 1 { stages[items[0]] = (items, starts.first) }
      }
    }
    self.clauses = clauses
    self.stages = stages
    self.chains = chains
  }

  /// Breaks until no line is too long or no place is left; whether it broke any.
  func settle(_ pieces: inout Pieces) -> Bool {
    var isChanged = false
    while wrapOnce(&pieces) { isChanged = true }
    return isChanged
  }

  /// Whether a line was broken; each long line once.
  private func wrapOnce(_ pieces: inout Pieces) -> Bool {
    let page = Alignment.page(of: pieces, facts)
    var isChanged = false
    for line in Self.lines(of: pieces) where isLong(line, pieces, page) {
      if wrap(line, &pieces, page) { isChanged = true }
    }
    return isChanged
  }

  private static func lines(of pieces: Pieces) -> [Range<Int>] {
    let count = pieces.all.count - 1
    guard count > 0 else { return [] }
    let starts = [0] + (1..<count).filter { pieces.all[$0].breaks }
    return zip(starts, starts.dropFirst() + [count]).map { $0..<$1 }
  }

  private func isLong(_ line: Range<Int>, _ pieces: Pieces, _ page: Page) -> Bool {
    guard line.count > 1, !line.contains(where: { pieces.all[$0].isMultiline }) else {
      return false
    }
    return page.end(of: line.upperBound - 1) > SourceFormatter.width
  }

  // MARK: One line

  private func wrap(_ line: Range<Int>, _ pieces: inout Pieces, _ page: Page) -> Bool {
    let depths = Self.depths(line, pieces)
    for depth in Set(depths).sorted() {
      let places = line.dropFirst().filter { depths[$0 - line.lowerBound] == depth }
      let ways: [[Int]] = [
        stagePlaces(places), itemPlaces(places, pieces), places.filter(clauses.contains),
        elsePlaces(places, pieces), words(.or, places, pieces), words(.and, places, pieces),
      ]
      if let found = ways.first(where: { !$0.isEmpty }) {
        for place in found { pieces.all[place].breaks = true }
        return true
      }
      if fill(line, places, &pieces, page) || open(line, places, &pieces) { return true }
    }
    return false
  }

  /// How many brackets are open before each piece, from the least of the line.
  private static func depths(_ line: Range<Int>, _ pieces: Pieces) -> [Int] {
    var depth = 0
    return line.map { position in
      let piece = pieces.all[position]
      guard let partner = piece.partner, piece.brace != .block, pieces.all[partner].brace != .block
      else { return depth }
      if partner > position { depth += 1 } else { depth -= 1 }
      return partner > position ? depth - 1 : depth
    }
  }

  private func stagePlaces(_ places: [Int]) -> [Int] {
    places.first { chains[$0] != nil }.flatMap { chains[$0] } ?? []
  }

  private func itemPlaces(_ places: [Int], _ pieces: Pieces) -> [Int] {
    guard let stage = places.first(where: { stages[$0] != nil }).flatMap({ stages[$0] }) else {
      return []
    }
    return stage.items + [stage.clause].compactMap { $0 }
  }

  /// Of `if a then b else c`: a line for each `else`, or else for each `then`.
  private func elsePlaces(_ places: [Int], _ pieces: Pieces) -> [Int] {
    let found = words(.else, places, pieces).filter { place in
      let before = pieces.all[place - 1]
      let isArm = before.token.kind == .comma || before.token.kind == .openBrace
      let isBlock = before.partner.map { pieces.all[$0].brace == .block } ?? false
      return !isArm && !isBlock
    }
    return found.isEmpty ? words(.then, places, pieces) : found
  }

  private func words(_ kind: Token.Kind, _ places: [Int], _ pieces: Pieces) -> [Int] {
    places.filter { pieces.all[$0].token.kind == kind }
  }

  // MARK: As much as fits

  /// Fills lines at signs or, where there are none, behind commas; the arguments of a call are a
  /// line each.
  private func fill(
    _ line: Range<Int>, _ places: [Int], _ pieces: inout Pieces, _ page: Page
  ) -> Bool {
    let spacing = Spacing(pieces, facts)
    let commas = places.filter { pieces.all[$0 - 1].token.kind == .comma }
    if let first = commas.first, isArgument(first, pieces) {
      for place in commas { pieces.all[place].breaks = true }
      return true
    }
    let signs = places.filter { isOperator($0, pieces, spacing) }
    let candidates = commas.isEmpty ? signs : commas
    let fitting = candidates.last { page.end(of: $0 - 1) <= SourceFormatter.width }
    guard let place = fitting ?? candidates.first else { return false }
    pieces.all[place].breaks = true
    return true
  }

  private func isArgument(_ place: Int, _ pieces: Pieces) -> Bool {
    var position = place - 1
    while position > 0 {
      let piece = pieces.all[position]
      if let partner = piece.partner, partner > position { return piece.token.kind == .openParen }
      position = (piece.partner ?? position) - 1
    }
    return false
  }

  private func isOperator(_ place: Int, _ pieces: Pieces, _ spacing: Spacing) -> Bool {
    switch pieces.all[place].token.kind {
    case .plus, .times, .divide, .floorDivide, .coalesce: true
    case .minus: !spacing.isSign(place)
    default: false
    }
  }

  // MARK: Brackets

  /// The widest bracket of the line holds its content on lines of its own; the fields of a record
  /// fill lines instead.
  private func open(_ line: Range<Int>, _ places: [Int], _ pieces: inout Pieces) -> Bool {
    let openers = ([line.lowerBound] + places).filter { position in
      guard position + 1 < line.upperBound, let closer = pieces.all[position].partner else {
        return false
      }
      let brace = pieces.all[position].brace
      return brace != .block && brace != .record && closer > position + 1
    }
    func size(_ opener: Int) -> Int {
      (opener..<min(pieces.all[opener].partner ?? opener, line.upperBound)).reduce(0) {
        $0 + pieces.all[$1].text.count + 1
      }
    }
    guard let opener = openers.max(by: { size($0) < size($1) }), size(opener) > 12,
      let closer = pieces.all[opener].partner
    else { return false }
    pieces.all[opener + 1].breaks = true
    pieces.all[closer].breaks = true
    if pieces.all[opener].brace == .arms {
      for element in pieces.elements(of: opener) { pieces.all[element].breaks = true }
    }
    return true
  }
}
