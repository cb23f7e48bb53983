/// The regular expressions that all engines share: RE2's, which have no look-around and no
/// back-references.
enum PatternSubset {
  /// What is not in the subset, in words; `nil` when all is well.
  static func problem(in pattern: String) -> String? {
    var depth = 0
    var inClass = false
    var characters = Array(pattern)[...]
    while let character = characters.popFirst() {
      switch character {
      case "\\":
        guard let next = characters.popFirst() else { return "ends in a backslash" }
        if next.isNumber, next != "0" { return "a back-reference, `\\\(next)`" }
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass:
        depth += 1
        if characters.first == "?" {
          let kind = characters.dropFirst().first
          if kind == "=" || kind == "!" { return "a look-ahead, `(?\(kind ?? " ")`" }
          if kind == "<", let side = characters.dropFirst(2).first, side == "=" || side == "!" {
            return "a look-behind, `(?<\(side)`"
          }
          if kind == ">" { return "an atomic group, `(?>`" }
        }
      case ")" where !inClass:
        depth -= 1
        if depth < 0 { return "a bracket `)` too many" }
      default: break
      }
    }
    if inClass { return "a class `[` that is not closed" }
    return depth > 0 ? "a bracket `(` that is not closed" : nil
  }

  /// Whether a group captures something.
  static func hasGroup(_ pattern: String) -> Bool {
    var escaped = false
    var inClass = false
    let characters = Array(pattern)
    for (index, character) in characters.enumerated() {
      if escaped {
        escaped = false
        continue
      }
      switch character {
      case "\\": escaped = true
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass:
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        if next != "?" { return true }
      default: break
      }
    }
    return false
  }
}
