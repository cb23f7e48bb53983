/// What stands between two `|`.
struct PatternBranch {
  typealias Text = String.UnicodeScalarView

  indirect enum Atom {
    case sign(SignSet)
    /// With whether the first group that captures is in it, or is it.
    case group([PatternBranch], holdsFirst: Bool)
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

  /// What it can match, as far as it decides between it and others; worked out once.
  struct Reach {
    fileprivate var start: (signs: SignSet, canBeEmpty: Bool)
    fileprivate var row: [SignSet]?
    fileprivate var withoutPlaces: String

    /// Whether it can match a part of what the other would match, and so be taken before it.
    func mayHide(_ other: Reach) -> Bool {
      if !start.canBeEmpty, start.signs.isDisjoint(with: other.start.signs) { return false }
      if withoutPlaces == other.withoutPlaces { return false }
      guard let row, let others = other.row else { return true }
      return row.count < others.count && !zip(row, others).contains { $0.isDisjoint(with: $1) }
    }
  }

  var reach: Reach { Reach(start: start, row: row, withoutPlaces: withoutPlaces) }

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

  /// The signs one by one, where it is always of one length, and not of thousands.
  private var row: [SignSet]? {
    var row: [SignSet] = []
    for item in items {
      guard item.least == item.most, row.count < 1000 else { return nil }
      switch item.atom {
      case .sign(let set): row += Array(repeating: set, count: item.least)
      case .group(let branches, _):
        guard branches.count == 1, let inner = branches[0].row, inner.count < 1000 else {
          return nil
        }
        row += Array(repeating: inner, count: item.least).joined()
      case .place: return nil
      }
    }
    return row
  }
}
