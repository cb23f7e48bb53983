internal import Reporting

extension Notebook {
  /// The blocks with those of one section first, and how many of them it has; `nil` without a
  /// section of this heading. A section ends where the next of its level, or of a higher one, begins.
  package func leading(with heading: String) -> (blocks: [Block], lead: Int)? {
    let pieces = self.pieces
    guard let start = pieces.firstIndex(where: { $0.section?.title == heading }),
      let level = pieces[start].section?.level
    else { return nil }
    let end =
      pieces[(start + 1)...].firstIndex { ($0.section?.level ?? .max) <= level } ?? pieces.endIndex
    let lead = Self.joined(pieces[start..<end])
    return (lead + Self.joined(pieces[..<start] + pieces[end...]), lead.count)
  }

  var headings: [String] { pieces.compactMap { $0.section?.title } }

  /// The blocks, prose cut into single paragraphs and headings.
  private var pieces: [Block] {
    blocks.flatMap { block in
      switch block {
      case .prose(let prose): prose.map { Block.prose([$0]) }
      case .cell: [block]
      }
    }
  }

  private static func joined(_ pieces: ArraySlice<Block>) -> [Block] {
    pieces.reduce(into: []) { blocks, piece in
      if case .prose(let more) = piece, case .prose(let prose) = blocks.last {
        blocks[blocks.count - 1] = .prose(prose + more)
      } else {
        blocks.append(piece)
      }
    }
  }
}

extension Notebook.Block {
  /// The heading that this is, of a block that holds nothing else.
  fileprivate var section: (level: Int, title: String)? {
    guard case .prose(let prose) = self, case .heading(let level, _, let inner) = prose.first
    else { return nil }
    return (level, inner.map { $0.plainText { _ in "" } }.joined())
  }
}
