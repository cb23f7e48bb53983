import Diagnostics
import Syntax

/// Changes programs by whole tokens, so that many of them can still be read and get further than
/// the parser: names and literals change places, stages and clauses go or come from elsewhere,
/// lines break and comments appear.
struct TokenMutator {
  private struct Piece {
    var text: String
    var kind: Token.Kind
  }

  private let programs: [[Piece]]
  /// Texts of tokens of each kind over all programs, a common one more often.
  private let pool: [Token.Kind: [String]]

  init(_ seeds: [[UInt8]]) {
    programs = seeds.map { seed in
      let file = SourceFile(
        id: FileID(0), name: "seed.whom", text: String(decoding: seed, as: UTF8.self))
      return Parser.parse(file).tokens.map { token in
        let whole = Span(file: file.id, start: token.triviaStart, end: token.end)
        return Piece(text: file.text(whole), kind: token.kind)
      }
    }
    var pool: [Token.Kind: [String]] = [:]
    for piece in programs.joined() { pool[piece.kind, default: []].append(piece.text) }
    self.pool = pool
  }

  func input(_ random: inout SplitMix64) -> [UInt8] {
    var pieces = programs[pick(programs.count, &random)]
    for _ in 0...pick(2, &random) { mutate(&pieces, &random) }
    return Array(pieces.map(\.text).joined().utf8.prefix(6000))
  }

  private func pick(_ count: Int, _ random: inout SplitMix64) -> Int {
    Int.random(in: 0..<max(1, count), using: &random)
  }

  private func mutate(_ pieces: inout [Piece], _ random: inout SplitMix64) {
    guard pieces.count > 1 else { return }
    let at = pick(pieces.count - 1, &random)
    switch pick(8, &random) {
    case 0: pieces.remove(at: at)
    case 1: pieces.swapAt(at, min(at + 1, pieces.count - 2))
    case 2, 3:
      let others = pool[pieces[at].kind] ?? []
      if !others.isEmpty { pieces[at].text = others[pick(others.count, &random)] }
    case 4: pieces[at].text = Self.gaps[pick(Self.gaps.count, &random)] + pieces[at].text
    case 5: removePart(&pieces, from: at)
    case 6: insertPart(&pieces, at, &random)
    default: pieces.insert(pieces[at], at: at)
    }
  }

  private static let gaps = [
    " ", "\n", "\n        ", "\n\n", "  # c\n      ", "\t", "\r\n      ", " ## d\n", "-", " not ",
    " (",
  ]

  /// A stage, up to the next pipe, or an item, up to the next comma.
  private func part(_ pieces: [Piece], from start: Int) -> Range<Int> {
    let kind = pieces[start].kind
    let end = pieces[(start + 1)...].firstIndex {
      $0.kind == .endOfFile || $0.kind == (kind == .comma ? .comma : .pipe)
    }
    return start..<min(end ?? pieces.count - 1, start + 30)
  }

  private func removePart(_ pieces: inout [Piece], from at: Int) {
    guard let start = pieces[at...].firstIndex(where: { $0.kind == .pipe || $0.kind == .comma })
    else { return }
    pieces.removeSubrange(part(pieces, from: start))
  }

  private func insertPart(_ pieces: inout [Piece], _ at: Int, _ random: inout SplitMix64) {
    let other = programs[pick(programs.count, &random)]
    let starts = other.indices.filter { other[$0].kind == .pipe || other[$0].kind == .comma }
    guard !starts.isEmpty else { return }
    let found = part(other, from: starts[pick(starts.count, &random)])
    let place = pieces[at...].firstIndex { $0.kind == other[found.lowerBound].kind } ?? at
    pieces.insert(contentsOf: other[found], at: min(place, pieces.count - 1))
  }
}
