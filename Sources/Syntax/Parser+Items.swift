import Diagnostics

/// Lists of items in a stage.
extension Parser {
  enum ItemShape {
    /// exprs = expr ("," expr)*
    case plain
    /// binding = NAME "=" expr | expr
    case binding
    /// measure = NAME "=" filtered | filtered
    case measure
    /// NAME "=" NAME
    case renaming
    /// NAME "=" NAME ("(" NAME ")")?
    case tag
    /// check = expr ("for" expr)?
    case check
    /// relation = postfix
    case relation
  }

  mutating func items(_ shape: ItemShape) throws(SyntaxFailure) -> [Item] {
    var items = [try item(shape)]
    while current == .comma {
      let comma = token
      if shape == .binding || shape == .measure, let number = commaInNumber {
        throw fail(number)
      }
      advance()
      if isListEnd {
        report(.commaAtEnd(comma.span))
        break
      }
      items.append(try item(shape))
    }
    return items
  }

  /// At a comma with a plain number glued to each side of it.
  var commaInNumber: Diagnostic? {
    guard current == .comma, index > 0, index + 1 < tokens.count else { return nil }
    let (whole, rest) = (tokens[index - 1], tokens[index + 1])
    guard whole.kind == .number, rest.kind == .number, token.isGlued, rest.isGlued else {
      return nil
    }
    return .commaInNumber(text(whole), text(rest), whole.span.union(rest.span))
  }

  /// A list that ends behind a comma: the comma was one too many.
  private var isListEnd: Bool {
    switch current {
    case .pipe, .closeParen, .closeBrace, .closeBracket: true
    case .newline: true
    default: false
    }
  }

  private mutating func item(_ shape: ItemShape) throws(SyntaxFailure) -> Item {
    switch shape {
    case .plain: try plainItem()
    case .binding: try namedItem(filtered: false)
    case .measure: try namedItem(filtered: true)
    case .renaming: try renaming()
    case .tag: try tag()
    case .check: try check()
    case .relation: try relationItem()
    }
  }

  mutating func plainItem() throws(SyntaxFailure) -> Item {
    let expr = try expression()
    return Item(name: nil, expr: expr, span: expr.span)
  }

  mutating func relationItem() throws(SyntaxFailure) -> Item {
    let expr = try postfix()
    return Item(name: nil, expr: expr, span: expr.span)
  }

  mutating func namedItem(filtered: Bool) throws(SyntaxFailure) -> Item {
    let start = token.start
    var name: Name?
    if current.isName, next == .equals {
      name = takeName()
      advance()
    }
    var item = filtered ? try filteredItem() : try plainItem()
    item.name = name
    item.span = span(from: start)
    return item
  }

  /// filtered = expr ("where" expr)?
  mutating func filteredItem() throws(SyntaxFailure) -> Item {
    let start = token.start
    let expr = try expression()
    let filter = acceptWord("where") ? try expression() : nil
    return Item(name: nil, expr: expr, filter: filter, span: span(from: start))
  }

  private mutating func renaming() throws(SyntaxFailure) -> Item {
    let start = token.start
    let new = try name("the new name of a column")
    if isWord("as"), next.isName {
      let fix = "write `rename \(text(tokens[index + 1]).shortened) = \(new.text.shortened)`"
      throw fail(
        .foreignWord("as", title: "the new name stands first", fix: fix, token.span))
    }
    try expect(.equals, "`=` and the old name")
    let old = try name("the old name of the column")
    return Item(name: new, expr: Expr(.name(old.text), old.span), span: span(from: start))
  }

  /// tag = NAME ("(" NAME ")")?
  private mutating func tag() throws(SyntaxFailure) -> Item {
    let start = token.start
    let column = try name("the name of a column")
    try expect(.equals, "`=` and the label")
    let label = try name("a label, such as `pii` or `key`")
    var expr = Expr(.name(label.text), label.span)
    if accept(.openParen) {
      let unit = try name("the currency, such as `EUR`")
      try expectClosing(.closeParen, "`)`")
      let argument = Argument(name: nil, value: Expr(.name(unit.text), unit.span))
      expr = Expr(.call(label, [argument]), span(from: label.span.start))
    }
    return Item(name: column, expr: expr, span: span(from: start))
  }

  /// check = expr ("for" expr)?
  private mutating func check() throws(SyntaxFailure) -> Item {
    let start = token.start
    let expr = try expression()
    let tolerance = acceptWord("for") ? try expression() : nil
    return Item(name: nil, expr: expr, tolerance: tolerance, span: span(from: start))
  }
}
