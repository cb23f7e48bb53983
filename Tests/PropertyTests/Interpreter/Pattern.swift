/// A regular expression of the subset that all engines share, and what it matches: the leftmost,
/// of several there the one whose parts come first, each as often as it may.
indirect enum Pattern: Sendable {
  case sign(Unicode.Scalar)
  case any
  /// As it is written, `\d` or `[^a-c]`, and what belongs to it.
  case oneOf(String, @Sendable (Unicode.Scalar) -> Bool)
  case start, end
  case sequence([Pattern])
  case either([Pattern])
  case repeated(Pattern, ClosedRange<Int>, written: String)
  case group(Pattern)

  var source: String {
    switch self {
    case .sign(let sign): "\(sign)"
    case .any: "."
    case .oneOf(let text, _): text
    case .start: "^"
    case .end: "$"
    case .sequence(let parts): parts.map(\.source).joined()
    case .either(let parts): "(?:" + parts.map(\.source).joined(separator: "|") + ")"
    case .repeated(let part, _, let written): part.source + written
    case .group(let part): "(\(part.source))"
    }
  }

  var hasGroup: Bool {
    switch self {
    case .sign, .any, .oneOf, .start, .end: false
    case .sequence(let parts), .either(let parts): parts.contains(where: \.hasGroup)
    case .repeated(let part, _, _): part.hasGroup
    case .group: true
    }
  }

  /// The places of a match, and those of its first group.
  struct Match {
    var whole: Range<Int>
    var group: Range<Int>?
  }

  func first(in text: Scalars, from start: Int = 0) -> Match? {
    for at in start...max(start, text.count) where at <= text.count {
      var group: Range<Int>?
      var end = at
      if run(
        text, at, &group,
        { place, _ in
          end = place; return true
        })
      {
        return Match(whole: at..<end, group: group)
      }
    }
    return nil
  }

  /// All matches, none within another; only for patterns that match no empty text.
  func all(in text: Scalars) -> [Match] {
    var found: [Match] = []
    while let next = first(in: text, from: found.last?.whole.upperBound ?? 0) {
      found.append(next)
    }
    return found
  }

  private typealias Rest = (Int, inout Range<Int>?) -> Bool

  /// Whether this matches from here on, and the rest behind it.
  private func run(_ text: Scalars, _ at: Int, _ group: inout Range<Int>?, _ rest: Rest) -> Bool {
    switch self {
    case .sign(let sign): return at < text.count && text[at] == sign && rest(at + 1, &group)
    case .any: return at < text.count && text[at] != "\n" && rest(at + 1, &group)
    case .oneOf(_, let belongs):
      return at < text.count && belongs(text[at]) && rest(at + 1, &group)
    case .start: return at == 0 && rest(at, &group)
    case .end: return at == text.count && rest(at, &group)
    case .sequence(let parts):
      guard let part = parts.first else { return rest(at, &group) }
      return part.run(text, at, &group) { place, group in
        Pattern.sequence(Array(parts.dropFirst())).run(text, place, &group, rest)
      }
    case .either(let parts):
      for part in parts where part.run(text, at, &group, rest) { return true }
      return false
    case .repeated(let part, let times, let written):
      return Self.again(part, times, 0, text, at, &group, rest, written)
    case .group(let part):
      let before = group
      let isFound = part.run(text, at, &group) { place, group in
        let inner = group
        group = at..<place
        if rest(place, &group) { return true }
        group = inner
        return false
      }
      if !isFound { group = before }
      return isFound
    }
  }

  private static func again(
    _ part: Pattern, _ times: ClosedRange<Int>, _ count: Int, _ text: Scalars, _ at: Int,
    _ group: inout Range<Int>?, _ rest: Rest, _ written: String
  ) -> Bool {
    if count < times.upperBound,
      part.run(
        text, at, &group,
        { place, group in
          place > at && again(part, times, count + 1, text, place, &group, rest, written)
        })
    {
      return true
    }
    return count >= times.lowerBound && rest(at, &group)
  }
}
