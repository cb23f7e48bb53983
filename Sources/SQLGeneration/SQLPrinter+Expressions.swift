import SQLTree

extension SQLPrinter {
  /// The expression on one line if it fits there, else over several.
  func text(_ expr: SQLExpr, _ place: Place) -> String {
    if place.isFlat { return node(expr, place) }
    let flat = node(expr, place.flattened)
    return place.fits(flat) ? flat : node(expr, place)
  }

  /// In parentheses where it binds looser than its place asks.
  private func operand(_ expr: SQLExpr, _ level: SQLLevel, _ place: Place) -> String {
    expr.level < level ? "(" + text(expr, place.taking(2)) + ")" : text(expr, place)
  }

  func node(_ expr: SQLExpr, _ place: Place) -> String {
    switch expr {
    case .column(let table, let name):
      (table.map { SQLPrinter.quoted($0) + "." } ?? "") + SQLPrinter.quoted(name)
    case .literal(let value): literal(value)
    case .exact(let number): number
    case .star: "*"
    case .call(let name, let arguments):
      call(name, arguments.map { text($0, inside(place)) }, place)
    case .aggregate(let aggregate): text(of: aggregate, place)
    case .window(let function, let window):
      text(function, place) + " over "
        + (place.windows[window] ?? "(" + self.window(window) + ")")
    case .chain(let first, let rest): chain(first, rest, place)
    case .prefix(let sign, let value): prefix(sign, value, place)
    case .postfix(let value, let test): operand(value, .concatenation, place) + " \(test.rawValue)"
    case .inList(let value, let list, let negated):
      operand(value, .concatenation, place) + (negated ? " not in (" : " in (")
        + list.map { text($0, place.flattened) }.joined(separator: ", ") + ")"
    case .inQuery(let value, let query, let negated):
      operand(value, .concatenation, place) + (negated ? " not in " : " in ")
        + nested(query, place)
    case .exists(let query, let negated):
      (negated ? "not exists " : "exists ") + nested(query, place)
    case .subquery(let query): nested(query, place)
    case .cast, .conditional, .list, .record, .field, .element: value(expr, place)
    }
  }

  /// Where the arguments of a call stand when each has a line.
  private func inside(_ place: Place) -> Place { place.isFlat ? place : place.deeper }

  /// `name(a, b)`, or one argument a line.
  func call(_ name: String, _ arguments: [String], _ place: Place) -> String {
    let flat = "\(name)(\(arguments.joined(separator: ", ")))"
    if place.isFlat || arguments.isEmpty || place.fits(flat) && !flat.contains("\n") {
      return flat
    }
    let inner = place.deeper.newline
    return name + "(" + inner + arguments.joined(separator: "," + inner) + place.newline + ")"
  }

  private func text(of aggregate: SQLAggregate, _ place: Place) -> String {
    var body = aggregate.arguments.map { text($0, place.flattened) }.joined(separator: ", ")
    if aggregate.isDistinct { body = "distinct " + body }
    let order =
      aggregate.order.isEmpty
      ? "" : "order by " + keys(aggregate.order, .flat).joined(separator: ", ")
    if !aggregate.isWithinGroup && !order.isEmpty { body += " " + order }
    if aggregate.ignoresNulls { body += " ignore nulls" }
    var call = "\(aggregate.name)(\(body))"
    if aggregate.isWithinGroup { call += " within group (\(order))" }
    guard let filter = aggregate.filter else { return call }
    return call + " filter (where " + text(filter, place.flattened) + ")"
  }

  private func prefix(_ sign: SQLPrefix, _ value: SQLExpr, _ place: Place) -> String {
    switch sign {
    case .not: "not " + operand(value, .not, place.taking(4))
    case .minus: "-" + operand(value, .atom, place.taking(1))
    }
  }

  private func chain(_ first: SQLExpr, _ rest: [SQLOperand], _ place: Place) -> String {
    guard let sign = rest.last?.sign else { return text(first, place) }
    if let split = rest.lastIndex(where: { $0.sign.level != sign.level }) {
      let left = SQLExpr.chain(first, Array(rest[...split]))
      return chain(left, Array(rest[(split + 1)...]), place)
    }
    let level = sign.level
    let inner = place.isFlat ? place : place.deeper
    var result = operand(first, level.first, place)
    for operand in rest {
      result += (place.isFlat ? " " : inner.newline) + operand.sign.rawValue + " "
      let taken = inner.taking(operand.sign.rawValue.utf8.count + 1)
      result += self.operand(operand.value, level.following, taken)
    }
    return result
  }
}
