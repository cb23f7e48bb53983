/// The words of a completion: what all candidates share, how to list them.
enum Completion {
  static func sharedPrefix(of candidates: [String]) -> String? {
    guard var shared = candidates.first.map({ $0[...] }) else { return nil }
    for candidate in candidates {
      while !candidate.hasPrefix(shared) { shared.removeLast() }
    }
    return String(shared)
  }

  /// What fits on the screen: those that are near, with their notes where they are few.
  ///
  ///     amount    float?
  ///     order_id  int?
  ///     and 240 more
  static func menu(_ candidates: [REPLCandidate], width: Int, height: Int) -> String {
    let near = candidates.filter(\.isNear)
    let listed = near.isEmpty ? candidates : near
    let room = height > 0 ? max(4, height - 4) : 20
    var lines: [String]
    if listed.count <= room, listed.contains(where: { !$0.note.isEmpty }) {
      lines = described(listed, width: width)
    } else {
      lines = columns(listed.map(\.text), width: width)
    }
    let perLine = max(1, (listed.count + lines.count - 1) / max(1, lines.count))
    var hidden = candidates.count - listed.count
    if lines.count > room {
      hidden += min(listed.count, (lines.count - room) * perLine)
      lines = Array(lines.prefix(room))
    }
    if hidden > 0 { lines.append("and \(hidden) more") }
    return lines.joined(separator: "\r\n")
  }

  private static func described(_ candidates: [REPLCandidate], width: Int) -> [String] {
    let name = candidates.map(\.text.count).max() ?? 0
    return candidates.map { candidate in
      let pad = String(repeating: " ", count: name - candidate.text.count + 2)
      let line = candidate.note.isEmpty ? candidate.text : candidate.text + pad + candidate.note
      return line.count < width ? line : line.prefix(max(1, width - 2)) + "…"
    }
  }

  /// As many columns as fit, read from top to bottom.
  private static func columns(_ candidates: [String], width: Int) -> [String] {
    let cell = (candidates.map(\.count).max() ?? 0) + 2
    let columns = max(1, width / cell)
    let rows = (candidates.count + columns - 1) / columns
    return (0..<rows).map { row in
      stride(from: row, to: candidates.count, by: rows).map { index in
        let isLast = index + rows >= candidates.count
        let padding = isLast ? 0 : cell - candidates[index].count
        return candidates[index] + String(repeating: " ", count: padding)
      }.joined()
    }
  }
}
