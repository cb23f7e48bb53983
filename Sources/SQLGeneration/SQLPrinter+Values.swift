import SQLTree

extension SQLPrinter {
  /// Conversions, choices and nested values.
  func value(_ expr: SQLExpr, _ place: Place) -> String {
    switch expr {
    case .cast(let value, let type, let isTry):
      let word = isTry && dialect.hasTryCast ? "try_cast(" : "cast("
      return word + text(value, place.taking(word.utf8.count)) + " as \(dialect.typeName(type)))"
    case .conditional(let branches, let otherwise):
      return conditional(branches, otherwise, place)
    case .list(let values): return list(values.map { text($0, place.flattened) })
    case .record(let fields):
      return record(fields.map { ($0.name, text($0.value, place.flattened)) })
    case .field(let value, let name): return field(value, name, place)
    case .element(let value, let index):
      let list = text(value, place)
      if case .column = value { return "\(list)[\(index)]" }
      return "(\(list))[\(index)]"
    case .column, .literal, .exact, .star, .call, .aggregate, .window, .chain, .prefix, .postfix,
      .inList, .inQuery, .exists, .subquery:
      return node(expr, place)
    }
  }

  /// `case when "a" then 1 else 2 end`, or a branch a line.
  private func conditional(
    _ branches: [SQLBranch], _ otherwise: SQLExpr?, _ place: Place
  ) -> String {
    let inside = place.isFlat ? place : place.deeper
    var lines = branches.map {
      "when \(text($0.condition, inside.taking(5))) then \(text($0.value, inside.flattened))"
    }
    if let otherwise { lines.append("else " + text(otherwise, inside.taking(5))) }
    if place.isFlat { return "case " + lines.joined(separator: " ") + " end" }
    return "case" + inside.newline + lines.joined(separator: inside.newline) + place.newline + "end"
  }

  func list(_ values: [String]) -> String {
    switch dialect.lists {
    case .brackets: "[" + values.joined(separator: ", ") + "]"
    case .array where values.isEmpty: "'{}'"
    case .array: "array[" + values.joined(separator: ", ") + "]"
    }
  }

  func record(_ fields: [(name: String, value: String)]) -> String {
    switch dialect.records {
    case .braces:
      "{" + fields.map { "\(quotedText($0.name)): \($0.value)" }.joined(separator: ", ") + "}"
    case .json:
      "jsonb_build_object("
        + fields.map { "\(quotedText($0.name)), \($0.value)" }.joined(separator: ", ") + ")"
    }
  }

  private func field(_ value: SQLExpr, _ name: String, _ place: Place) -> String {
    let record = text(value, place)
    switch dialect.records {
    case .braces:
      if case .column = value { return record + "." + SQLPrinter.quoted(name) }
      return "(\(record))." + SQLPrinter.quoted(name)
    case .json: return "(\(record) -> \(quotedText(name)))"
    }
  }
}
