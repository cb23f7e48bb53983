/// Whether the server finds the same part of a text as RE2 does. RE2 takes the first way that a
/// pattern can match: the first branch of `a|ab`, each repetition as greedy as it is written. The
/// server takes the longest match of a pattern, or the shortest where its first repetition is lazy
/// ("Regular Expression Matching Rules" of its manual). What a match is at all they agree on.
enum PostgreSQLMatching {
  /// Why another part may be found, in words; nil where both find the same. Replacing goes on
  /// behind a match: at its end the server replaces an empty match, too, which RE2 does not. Of a
  /// group that matches several times, they may divide the turns otherwise.
  static func difference(
    in pattern: String, replacing: Bool = false, capturing: Bool = false
  ) -> String? {
    let ignoresCase = pattern.hasPrefix("(?i)")
    let text = Array(pattern.unicodeScalars.dropFirst(ignoresCase ? 4 : 0))
    var reader = BranchReader(rest: text[...], ignoresCase: ignoresCase)
    let all = reader.branches()
    if reader.hasLazy, reader.hasGreedy || reader.hasBranches {
      return "a lazy repetition beside a greedy one or `|`, of which this server takes one for all"
    }
    if replacing, all.contains(where: \.start.canBeEmpty) {
      return "a pattern that matches the empty text, which this server finds behind others, too"
    }
    if capturing, reader.repeatsFirstGroup {
      return "a group that is repeated, of which this server may give another turn"
    }
    return unclear(all).map {
      "`\(String($0.0))` before `\(String($0.1))`: this server takes the longer, put it first"
    }
  }

  /// The first two branches of which the earlier could match less than the later.
  private static func unclear(_ all: [PatternBranch]) -> (
    first: PatternBranch.Text, second: PatternBranch.Text
  )? {
    let reaches = all.map(\.reach)
    for (place, branch) in all.enumerated() {
      for earlier in 0..<place where reaches[earlier].mayHide(reaches[place]) {
        return (all[earlier].text, branch.text)
      }
      for case .group(let inner, _) in branch.items.map(\.atom) {
        if let found = unclear(inner) { return found }
      }
    }
    return nil
  }
}
