/// How the categories of each term become indicators, so that every term says all that it can and
/// no feature follows from others: a category leaves its base out where the term without it is in
/// the formula, and has every level where it is not.
///
///     g           p q r with an intercept: q r
///     x + x:g     x, then x × q, x × r
///     x:g         x × p, x × q, x × r: a slope for each level
///     g:k         q r, then every level of g × every level of k but its base
///
/// A product stands for all its parts, those of earlier terms left out; what is left is joined, two
/// parts that differ by one category into one with all its levels (as Patsy codes formulas; the
/// rule of margins is that of Chambers and Hastie 1992, section 2.4.1).
struct TermCoding {
  /// By column of a part: whether it has every level. Columns that are no category are in each.
  typealias Part = [String: Bool]

  private var parts: [Set<String>: [Part]] = [:]
  /// Beyond so many categories in one term each leaves its base out.
  private static let limit = 12

  init(_ formula: Formula, isCategory: (String) -> Bool) {
    /// By the numbers of a term: the categories of the parts that are there.
    var known: [Set<String>: Set<Set<String>>] = [:]
    if formula.hasIntercept { known[[]] = [[]] }
    for term in formula.terms.sorted(by: { $0.count < $1.count }) {
      var seen: Set<String> = []
      let categories = term.filter { isCategory($0) && seen.insert($0).inserted }
      let numbers = Set(term).subtracting(categories)
      guard categories.count <= Self.limit else {
        parts[Set(term)] = [Part(uniqueKeysWithValues: categories.map { ($0, false) })]
        continue
      }
      var found: [Part] = []
      for subset in Self.subsets(categories)
      where known[numbers, default: []].insert(Set(subset)).inserted {
        found.append(Part(uniqueKeysWithValues: subset.map { ($0, false) }))
      }
      while Self.join(&found) {}
      parts[Set(term)] = found
    }
  }

  /// The parts that a term adds, the small ones first.
  func parts(of term: [String]) -> [Part] { parts[Set(term)] ?? [] }

  /// The small ones first.
  private static func subsets(_ names: [String]) -> [[String]] {
    var result: [[String]] = [[]]
    for name in names { result += result.map { $0 + [name] } }
    return result.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }
    .map(\.element)
  }

  /// Joins the first two parts that differ by one category; whether there were such.
  private static func join(_ parts: inout [Part]) -> Bool {
    for (place, short) in parts.enumerated() {
      for (other, long) in parts.enumerated().dropFirst(place + 1)
      where long.count == short.count + 1 && short.allSatisfy({ long[$0.key] == $0.value }) {
        guard let added = long.keys.first(where: { short[$0] == nil }), long[added] == false
        else { continue }
        parts[other][added] = true
        parts.remove(at: place)
        return true
      }
    }
    return false
  }
}
