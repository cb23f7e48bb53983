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
  private static func unclear(_ all: [Branch]) -> (first: Branch.Text, second: Branch.Text)? {
    for (place, branch) in all.enumerated() {
      for earlier in all[..<place] where earlier.mayHide(branch) {
        return (earlier.text, branch.text)
      }
      for case .group(let inner, _) in branch.items.map(\.atom) {
        if let found = unclear(inner) { return found }
      }
    }
    return nil
  }
}

/// What stands between two `|`.
private struct Branch {
  typealias Text = String.UnicodeScalarView

  indirect enum Atom {
    case sign(SignSet)
    /// With whether the first group that captures is in it, or is it.
    case group([Branch], holdsFirst: Bool)
    /// `^`, `$`, `\b`
    case place
  }

  struct Item {
    var atom: Atom
    var least = 1
    var most: Int? = 1
  }

  var items: [Item] = []
  var text = Text()

  /// Whether this one can match a part of what the other would match, and so be taken before it.
  func mayHide(_ other: Branch) -> Bool {
    if withoutPlaces == other.withoutPlaces { return false }
    let (mine, theirs) = (start, other.start)
    if !mine.canBeEmpty, mine.signs.isDisjoint(with: theirs.signs) { return false }
    guard let own = row, let others = other.row else { return true }
    return own.count < others.count && !zip(own, others).contains { $0.isDisjoint(with: $1) }
  }

  /// `^ +` and ` +$` match the same, and differ in where.
  private var withoutPlaces: String {
    String(text.filter { $0 != "^" && $0 != "$" })
  }

  /// The signs that it can begin with.
  var start: (signs: SignSet, canBeEmpty: Bool) {
    var signs = SignSet()
    for item in items {
      var canBeEmpty = item.least == 0
      switch item.atom {
      case .sign(let set): signs.formUnion(set)
      case .group(let branches, _):
        for start in branches.map(\.start) {
          signs.formUnion(start.signs)
          if start.canBeEmpty { canBeEmpty = true }
        }
      case .place: canBeEmpty = true
      }
      if !canBeEmpty { return (signs, false) }
    }
    return (signs, true)
  }

  /// The signs one by one, where it is always of one length.
  private var row: [SignSet]? {
    var row: [SignSet] = []
    for item in items {
      guard item.least == item.most else { return nil }
      switch item.atom {
      case .sign(let set): row += Array(repeating: set, count: item.least)
      case .group(let branches, _):
        guard branches.count == 1, let inner = branches[0].row else { return nil }
        row += Array(repeating: inner, count: item.least).joined()
      case .place: return nil
      }
    }
    return row
  }
}

/// Signs of ASCII, and whether there are any others.
private struct SignSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var others = false

  static let all = SignSet(low: .max, high: .max, others: true)

  init() {}

  private init(low: UInt64, high: UInt64, others: Bool) {
    (self.low, self.high, self.others) = (low, high, others)
  }

  mutating func insert(_ sign: Unicode.Scalar) {
    switch sign.value {
    case 0..<64: low |= 1 << UInt64(sign.value)
    case 64..<128: high |= 1 << UInt64(sign.value - 64)
    default: others = true
    }
  }

  mutating func insert(_ signs: ClosedRange<Unicode.Scalar>) {
    for value in signs.lowerBound.value...signs.upperBound.value {
      guard value < 128, let sign = Unicode.Scalar(value) else {
        others = true
        return
      }
      insert(sign)
    }
  }

  mutating func formUnion(_ other: SignSet) {
    low |= other.low
    high |= other.high
    others = others || other.others
  }

  func isDisjoint(with other: SignSet) -> Bool {
    low & other.low == 0 && high & other.high == 0 && !(others && other.others)
  }

  /// A class of negated signs may hold any sign beyond ASCII.
  var inverted: SignSet { SignSet(low: ~low, high: ~high, others: true) }

  /// With the other case of each letter; some signs beyond ASCII are letters of it, too.
  var foldingCase: SignSet {
    var all = self
    for value in UInt8(ascii: "a")...UInt8(ascii: "z") {
      let (small, large) = (UInt64(1) << (UInt64(value) - 64), UInt64(1) << (UInt64(value) - 96))
      if high & (small | large) != 0 { all.high |= small | large }
    }
    return all
  }
}

/// Reads the branches of a pattern of the subset that `PatternSubset` lets pass.
private struct BranchReader {
  var rest: ArraySlice<Unicode.Scalar>
  let ignoresCase: Bool
  private(set) var hasLazy = false
  private(set) var hasGreedy = false
  private(set) var hasBranches = false
  private(set) var repeatsFirstGroup = false
  private var hasGroup = false

  init(rest: ArraySlice<Unicode.Scalar>, ignoresCase: Bool) {
    (self.rest, self.ignoresCase) = (rest, ignoresCase)
  }

  /// Up to the bracket that closes them, or the end.
  mutating func branches() -> [Branch] {
    var all: [Branch] = []
    var branch = Branch()
    var start = rest.startIndex
    let whole = rest
    func text(to end: Int) -> Branch.Text { Branch.Text(whole[start..<end]) }
    while let sign = rest.first, sign != ")" {
      rest.removeFirst()
      if sign == "|" {
        branch.text = text(to: rest.startIndex - 1)
        all.append(branch)
        (branch, start, hasBranches) = (Branch(), rest.startIndex, true)
      } else {
        branch.items.append(item(sign))
      }
    }
    branch.text = text(to: rest.startIndex)
    return all + [branch]
  }

  private mutating func item(_ sign: Unicode.Scalar) -> Branch.Item {
    var item = Branch.Item(atom: atom(sign))
    repetition(&item)
    return item
  }

  private mutating func atom(_ sign: Unicode.Scalar) -> Branch.Atom {
    switch sign {
    case "^", "$": return .place
    case ".":
      var lineEnd = SignSet()
      lineEnd.insert("\n")
      return .sign(lineEnd.inverted)
    case "[": return .sign(folded(characterClass()))
    case "(":
      var holdsFirst = false
      if rest.first == "?" {
        rest = rest.dropFirst(2)
      } else if !hasGroup {
        (hasGroup, holdsFirst) = (true, true)
      }
      let had = hasGroup
      let inner = branches()
      rest = rest.dropFirst()
      return .group(inner, holdsFirst: holdsFirst || hasGroup != had)
    case "\\":
      guard let next = rest.popFirst() else { return .place }
      if next == "b" || next == "B" { return .place }
      return .sign(folded(escape(next)))
    default:
      var set = SignSet()
      set.insert(sign)
      return .sign(folded(set))
    }
  }

  private func folded(_ set: SignSet) -> SignSet { ignoresCase ? set.foldingCase : set }

  private mutating func repetition(_ item: inout Branch.Item) {
    switch rest.first {
    case "*": (item.least, item.most) = (0, nil)
    case "+": (item.least, item.most) = (1, nil)
    case "?": (item.least, item.most) = (0, 1)
    case "{":
      let bounds = rest.dropFirst().prefix { $0 != "}" }
        .split(separator: ",", omittingEmptySubsequences: false)
        .map { Int(String(String.UnicodeScalarView($0))) }
      item.least = (bounds.first ?? nil) ?? 0
      item.most = bounds.count > 1 ? bounds[1] : item.least
      rest = rest.drop { $0 != "}" }
    default: return
    }
    rest = rest.dropFirst()
    let isLazy = rest.first == "?"
    if isLazy { rest.removeFirst() }
    if case .group(_, holdsFirst: true) = item.atom, item.most != 1 { repeatsFirstGroup = true }
    guard item.least != item.most else { return }
    if isLazy { hasLazy = true } else { hasGreedy = true }
  }

  private func escape(_ letter: Unicode.Scalar) -> SignSet {
    var set = SignSet()
    switch letter {
    case "d", "D": set.insert("0"..."9")
    case "w", "W":
      set.insert("0"..."9")
      set.insert("A"..."Z")
      set.insert("a"..."z")
      set.insert("_")
    case "s", "S": for blank in "\t\n\u{C}\r ".unicodeScalars { set.insert(blank) }
    case "n": set.insert("\n")
    case "t": set.insert("\t")
    case "r": set.insert("\r")
    case "f": set.insert("\u{C}")
    default: set.insert(letter)
    }
    return "DWS".unicodeScalars.contains(letter) ? set.inverted : set
  }

  private mutating func characterClass() -> SignSet {
    var set = SignSet()
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    while let sign = rest.popFirst(), sign != "]" {
      if sign == "\\" {
        if let next = rest.popFirst() { set.formUnion(escape(next)) }
      } else if rest.first == "-", let last = rest.dropFirst().first, last != "]", sign < last {
        set.insert(sign...last)
        rest = rest.dropFirst(2)
      } else {
        set.insert(sign)
      }
    }
    return isNegated ? set.inverted : set
  }
}
