package import SQLTree

extension SQLPrinter {
  /// The lines of a query, or one line in a flat place; the first is not indented.
  func text(of query: SQLQuery, _ place: Place) -> String {
    clauses(of: query, place).joined(separator: place.isFlat ? " " : place.newline)
  }

  /// `(select ...)`, on one line where it fits.
  func nested(_ query: SQLQuery, _ place: Place) -> String {
    let flat = "(" + text(of: query, .flat) + ")"
    if place.isFlat || place.fits(flat) { return flat }
    return broken(query, place)
  }

  /// The parenthesis on lines of its own.
  private func broken(_ query: SQLQuery, _ place: Place) -> String {
    let inside = Place(indent: place.indent + 2)
    return "(" + inside.newline + text(of: query, inside) + place.newline + ")"
  }

  private func clauses(of query: SQLQuery, _ place: Place) -> [String] {
    switch query {
    case .select(let select): return clauses(of: select, place)
    case .combined(let left, let sign, let right, let order, let limit):
      return clauses(ofOperand: left, first: sign, place) + [sign.rawValue]
        + clauses(ofOperand: right, first: nil, place) + tail(order, limit, place)
    }
  }

  /// An operand that has an order or a limit, or is put together otherwise, keeps its parentheses.
  private func clauses(
    ofOperand query: SQLQuery, first sign: SQLSetOperator?, _ place: Place
  ) -> [String] {
    switch query {
    case .select(let select)
    where select.order.isEmpty && select.limit == nil && !select.isKeptApart:
      return clauses(of: select, place)
    case .combined(_, let own, _, let order, nil) where own == sign && order.isEmpty:
      return clauses(of: query, place)
    case .select, .combined:
      return [place.isFlat ? nested(query, place) : broken(query, place)]
    }
  }

  private func clauses(of select: SQLSelect, _ outer: Place) -> [String] {
    var place = outer
    place.windows = namedWindows(of: select)
    var lines = [items(of: select, place)]
    if let from = select.from { lines.append("from " + text(of: from, place)) }
    lines += select.joins.map { text(of: $0, place) }
    if let filter = select.filter { lines.append("where " + text(filter, place.taking(6))) }
    if !select.group.isEmpty {
      lines.append(
        listed("group by", select.group.map { text($0, place.flattened) }, place))
    }
    if let having = select.having { lines.append("having " + text(having, place.taking(7))) }
    if !place.windows.isEmpty { lines.append(windowClause(place)) }
    if let qualify = select.qualify { lines.append("qualify " + text(qualify, place.taking(8))) }
    lines += tail(select.order, select.limit, place)
    return select.isKeptApart ? lines + ["offset 0"] : lines
  }

  private func tail(_ order: [SQLOrder], _ limit: Int?, _ place: Place) -> [String] {
    var lines: [String] = []
    if !order.isEmpty { lines.append(listed("order by", keys(order, place), place)) }
    if let limit { lines.append("limit \(limit)") }
    return lines
  }

  /// `select "a", "b"`; too many for a line, each has one of its own.
  private func items(of select: SQLSelect, _ place: Place) -> String {
    let word = select.isDistinct ? "select distinct" : "select"
    guard !select.items.isEmpty else { return word + " *" }
    let flat =
      word + " " + select.items.map { text(of: $0, place.flattened) }.joined(separator: ", ")
    if place.isFlat || place.fits(flat) { return flat }
    let inside = place.deeper
    return word + inside.newline
      + select.items.map { text(of: $0, inside) }.joined(separator: "," + inside.newline)
  }

  private func text(of item: SQLItem, _ place: Place) -> String {
    if case .star = item.expr { return "*" }
    if case .column(_, item.name) = item.expr { return text(item.expr, place) }
    if item.name.isEmpty { return text(item.expr, place) }
    let name = " as " + SQLPrinter.quoted(item.name)
    return text(item.expr, place.taking(name.utf8.count + 1)) + name
  }

  /// A word and what follows it, one a line where all are too long for a line.
  func listed(_ word: String, _ parts: [String], _ place: Place) -> String {
    let flat = word + " " + parts.joined(separator: ", ")
    if place.isFlat || place.fits(flat) || parts.count < 2 { return flat }
    let inside = place.deeper
    return word + inside.newline + parts.joined(separator: "," + inside.newline)
  }

  private func windowClause(_ place: Place) -> String {
    let parts = place.windows.sorted { ($0.value.count, $0.value) < ($1.value.count, $1.value) }
      .map { "\($0.value) as (\(window($0.key)))" }
    return listed("window", parts, place)
  }
}

extension SQLPrinter {
  func text(of table: SQLTable, _ place: Place) -> String {
    switch table {
    case .named(let parts, let alias):
      return path(parts) + (alias.map { $0 == parts.last ? "" : named($0) } ?? "")
    case .query(let query, let alias):
      return (place.isFlat ? nested(query, place) : broken(query, place)) + named(alias)
    case .verbatim(let pieces, let alias):
      return "(\n" + text(of: pieces) + "\n)" + named(alias)
    case .values(let rows, let alias, let columns):
      let list = columns.map(SQLPrinter.quoted).joined(separator: ", ")
      return values(rows, place) + named(alias) + " (\(list))"
    case .function(let name, let arguments, let options, let alias):
      let parts =
        arguments.map { flat($0) } + options.map { "\($0.name) = \(flat($0.value))" }
      return call(name, parts, place.taking(5)) + (alias.map(named) ?? "")
    }
  }

  package func print(verbatim pieces: [SQLPiece]) -> String {
    text(of: pieces.map(dialect.native))
  }

  /// The user's text as it stands, on lines of its own because it may hold comments.
  private func text(of pieces: [SQLPiece]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text.replacing("\0", with: "\u{2400}")
      case .query(let query, let alias): nested(query, .flat) + (alias.map(named) ?? "")
      case .value(let expr): flat(expr)
      }
    }.joined()
  }

  private func named(_ alias: String) -> String { " as " + SQLPrinter.quoted(alias) }

  /// `(values (1, 'a'), (2, 'b'))`, a row a line where that is too long.
  private func values(_ rows: [[SQLExpr]], _ place: Place) -> String {
    let lines = rows.map { row in "(" + row.map { flat($0) }.joined(separator: ", ") + ")" }
    let line = "(values " + lines.joined(separator: ", ") + ")"
    if place.isFlat || place.taking(20).fits(line) { return line }
    let inside = place.deeper
    let body = lines.joined(separator: "," + inside.deeper.newline)
    return "(" + inside.newline + "values" + inside.deeper.newline + body + place.newline + ")"
  }

  private func text(of join: SQLJoin, _ place: Place) -> String {
    let head = join.kind.rawValue + " " + text(of: join.table, place)
    if !join.using.isEmpty {
      return head + " using (" + join.using.map(SQLPrinter.quoted).joined(separator: ", ") + ")"
    }
    guard let on = join.on else { return head }
    let lead = " on "
    let lastLine = head.split(separator: "\n").last?.utf8.count ?? 0
    return head + lead + text(on, place.taking(lastLine + lead.utf8.count))
  }
}
