import Diagnostics
import Syntax

/// The right side of a formula, written out: which features stand alone, which are multiplied.
///
///     a * b - a      [["b"], ["a", "b"]]
///     (a + b):c - 1  [["a", "c"], ["b", "c"]], no intercept
struct FormulaTerms {
  /// Products of factors, in the order of their first mention.
  private(set) var products: [[Factor]] = []
  private(set) var hasIntercept = true
  /// Numbers that are no intercept: `~ x + 2`.
  private(set) var strange: [Formula.Term] = []

  enum Factor: Hashable {
    case column(Name)
    case call(Name, [Argument])
    case variable(Name)
    /// `.`: every column that is left.
    case everything(Span)

    static func == (a: Factor, b: Factor) -> Bool {
      switch (a, b) {
      case (.column(let x), .column(let y)), (.variable(let x), .variable(let y)):
        x.text == y.text
      case (.call(let x, let xs), .call(let y, let ys)):
        x.text == y.text && ExprText.sameArguments(xs, ys)
      case (.everything, .everything): true
      case (.column, _), (.call, _), (.variable, _), (.everything, _): false
      }
    }

    func hash(into hasher: inout Hasher) {
      switch self {
      case .column(let name), .call(let name, _), .variable(let name): hasher.combine(name.text)
      case .everything: hasher.combine(0)
      }
    }
  }

  /// `members` says what a factor stands for: `.`, a set of columns, or itself.
  init(_ terms: [Formula.SignedTerm], members: (Factor) -> [Factor]) {
    add(terms, members)
  }

  private mutating func add(_ terms: [Formula.SignedTerm], _ members: (Factor) -> [Factor]) {
    for signed in terms {
      if case .number(let number, _) = signed.term {
        setIntercept(number, signed)
        continue
      }
      for product in expand(signed.term, members) {
        let known = products.firstIndex { Set($0) == Set(product) }
        if signed.isRemoved {
          if let known { products.remove(at: known) }
        } else if known == nil {
          products.append(product)
        }
      }
    }
  }

  /// `+ 0` and `- 1` leave the intercept out, `+ 1` keeps it.
  private mutating func setIntercept(_ number: NumberLiteral, _ signed: Formula.SignedTerm) {
    switch number {
    case .int(0): hasIntercept = signed.isRemoved
    case .int(1): hasIntercept = !signed.isRemoved
    case .int, .float: strange.append(signed.term)
    }
  }

  private mutating func expand(
    _ term: Formula.Term, _ members: (Factor) -> [Factor]
  ) -> [[Factor]] {
    switch term {
    case .column(let name): return members(.column(name)).map { [$0] }
    case .call(let name, let arguments): return members(.call(name, arguments)).map { [$0] }
    case .variable(let name): return members(.variable(name)).map { [$0] }
    case .everything(let span): return members(.everything(span)).map { [$0] }
    case .number:
      strange.append(term)
      return []
    case .group(let terms):
      var inner = FormulaTerms([], members: members)
      inner.add(terms, members)
      strange += inner.strange
      return inner.products
    case .interaction(let a, let b):
      return Self.cross(expand(a, members), expand(b, members))
    case .crossing(let a, let b):
      let (left, right) = (expand(a, members), expand(b, members))
      return left + right + Self.cross(left, right)
    }
  }

  private static func cross(_ a: [[Factor]], _ b: [[Factor]]) -> [[Factor]] {
    a.flatMap { left in
      b.map { right in left + right.filter { !left.contains($0) } }
    }
  }
}
