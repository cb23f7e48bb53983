/// The name that was probably meant.
package enum Suggestion {
  /// The nearest of `names` to one that is not among them, or none where a guess would more likely
  /// mislead than help.
  ///
  ///     ordered_on  → ordered_at        Status → status        date_order → order_date
  ///     customer    → customer_id       q3     → none: another digit is another thing
  package static func nearest(to name: String, in names: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
      guard let distance = distance(from: name, to: candidate) else { continue }
      if distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Smaller is nearer; `nil` is too far to be a guess.
  private static func distance(from name: String, to candidate: String) -> Int? {
    let (written, known) = (Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
    if written == known { return 0 }
    guard written.count > 2, known.count > 1 else { return nil }
    if words(written) == words(known) { return 1 }
    if digits(written) != digits(known) { return nil }
    let limit = max(1, written.count / 3)
    if let edits = edits(written, known, limit: limit) { return edits * 2 }
    return isPart(written, of: known) || isAbbreviation(written, of: known)
      ? limit * 2 + known.count - written.count : nil
  }

  /// `amnt` of `amount`: its first letter and, in their order, at least half of the others.
  private static func isAbbreviation(_ name: [UInt8], of known: [UInt8]) -> Bool {
    guard name.count > 2, name.first == known.first, name.count * 2 >= known.count else {
      return false
    }
    var rest = name[...]
    for letter in known where letter == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }

  /// The parts between underscores, in an order of their own.
  private static func words(_ name: [UInt8]) -> [[UInt8]] {
    name.split(separator: UInt8(ascii: "_")).map(Array.init).sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  private static func digits(_ name: [UInt8]) -> [UInt8] {
    name.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// `customer` of `customer_id`, `id` of nothing.
  private static func isPart(_ name: [UInt8], of known: [UInt8]) -> Bool {
    guard name.count > 2 else { return false }
    let underscore = UInt8(ascii: "_")
    return known.starts(with: name + [underscore])
      || known.reversed().starts(with: name.reversed() + [underscore])
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two names (Damerau 1964,
  /// in the restricted form: nothing is edited twice); `nil` above the limit.
  static func edits(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    var twoBack = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(row[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, twoBack[j - 1] + 1) }
        row.append(cost)
      }
      twoBack = previous
      previous = row
    }
    let total = previous[b.count]
    return total <= limit ? total : nil
  }
}
