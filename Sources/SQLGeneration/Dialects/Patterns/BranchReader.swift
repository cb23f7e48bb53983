/// Reads the branches of a pattern of the subset that `PatternSubset` lets pass.
struct BranchReader {
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
  mutating func branches() -> [PatternBranch] {
    var all: [PatternBranch] = []
    var branch = PatternBranch()
    var start = rest.startIndex
    let whole = rest
    func text(to end: Int) -> PatternBranch.Text { PatternBranch.Text(whole[start..<end]) }
    while let sign = rest.first, sign != ")" {
      rest.removeFirst()
      if sign == "|" {
        branch.text = text(to: rest.startIndex - 1)
        all.append(branch)
        (branch, start, hasBranches) = (PatternBranch(), rest.startIndex, true)
      } else {
        branch.items.append(item(sign))
      }
    }
    branch.text = text(to: rest.startIndex)
    return all + [branch]
  }

  private mutating func item(_ sign: Unicode.Scalar) -> PatternBranch.Item {
    var item = PatternBranch.Item(atom: atom(sign))
    repetition(&item)
    return item
  }

  private mutating func atom(_ sign: Unicode.Scalar) -> PatternBranch.Atom {
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

  private mutating func repetition(_ item: inout PatternBranch.Item) {
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
