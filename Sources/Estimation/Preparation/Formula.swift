/// The right side of `churned ~ tenure + plan + tenure:plan - 1`.
package struct Formula: Sendable, Equatable {
  /// Each term is one column, or several that are multiplied.
  package var terms: [[String]]
  package var hasIntercept: Bool

  package init(_ terms: [[String]], hasIntercept: Bool = true) {
    var seen: Set<Set<String>> = []
    self.terms = terms.filter { !$0.isEmpty && seen.insert(Set($0)).inserted }
    self.hasIntercept = hasIntercept
  }

  /// `a + b + c`
  package init(columns: [String]) { self.init(columns.map { [$0] }) }

  /// `a * b * c`: each column alone, then every product, the short ones first.
  ///
  ///     Formula.crossing(["a", "b"])   // [["a"], ["b"], ["a", "b"]]
  package static func crossing(_ columns: [String]) -> [[String]] {
    var products: [[String]] = [[]]
    for column in columns { products += products.map { $0 + [column] } }
    return products.dropFirst().sorted { $0.count < $1.count }
  }

  /// Every column that is read, in the order of its first use.
  package var columns: [String] {
    var seen: Set<String> = []
    return terms.flatMap { $0 }.filter { seen.insert($0).inserted }
  }
}
