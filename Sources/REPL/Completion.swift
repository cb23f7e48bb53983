/// The words of a completion: what is being typed, what all candidates share, how to list them.
enum Completion {
  /// The name, `$name` or `:command` that ends at the cursor; empty behind anything else.
  static func lastWord(of text: String) -> String {
    let name = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let sign = text.dropLast(name.count).last
    let word = String(name.reversed())
    guard let sign, sign == "$" || sign == ":" else { return word }
    return "\(sign)\(word)"
  }

  static func sharedPrefix(of candidates: [String]) -> String? {
    guard var shared = candidates.first.map({ $0[...] }) else { return nil }
    for candidate in candidates {
      while !candidate.hasPrefix(shared) { shared.removeLast() }
    }
    return String(shared)
  }

  /// As many columns as fit, read from top to bottom.
  static func columns(_ candidates: [String], width: Int) -> String {
    let cell = (candidates.map(\.count).max() ?? 0) + 2
    let columns = max(1, width / cell)
    let rows = (candidates.count + columns - 1) / columns
    return (0..<rows).map { row in
      stride(from: row, to: candidates.count, by: rows).map { index in
        let isLast = index + rows >= candidates.count
        let padding = isLast ? 0 : cell - candidates[index].count
        return candidates[index] + String(repeating: " ", count: padding)
      }.joined()
    }.joined(separator: "\r\n")
  }
}
