package import SQLTree

/// Writes an SQL tree as the text of one dialect, laid out for people: lowercase words, one
/// clause a line, no parenthesis or alias that says nothing. Names and texts are escaped here
/// and nowhere else.
///
///     select "region", sum("amount") as "revenue"
///     from "orders"
///     where "paid"
///     group by "region"
package struct SQLPrinter: Sendable {
  package var dialect: Dialect
  package init(_ dialect: Dialect) { self.dialect = dialect }

  package func print(_ statement: SQLStatement) -> String {
    switch dialect.native(statement) {
    case .query(let query): text(of: query, Place())
    case .createView(let name, let query):
      "create or replace view \(path(name)) as\n\(text(of: query, Place()))"
    case .createTable(let name, let query):
      "create table \(path(name)) as\n\(text(of: query, Place()))"
    case .dropTable(let name): "drop table if exists \(path(name))"
    case .copy(let query, let file, let options): copy(query, to: file, options)
    }
  }

  package func print(_ query: SQLQuery) -> String { print(.query(query)) }

  package func print(_ expr: SQLExpr) -> String { text(dialect.native(expr), Place()) }

  /// One line, however long.
  package func flat(_ expr: SQLExpr) -> String { node(expr, .flat) }

  private func copy(_ query: SQLQuery, to file: String, _ options: [SQLField]) -> String {
    let body = text(of: query, Place(indent: 2))
    let settings = options.map { "\($0.name) \(flat($0.value))" }.joined(separator: ", ")
    let suffix = settings.isEmpty ? "" : " (\(settings))"
    return "copy (\n  \(body)\n) to \(quotedPath(file))\(suffix)"
  }

  func path(_ parts: [String]) -> String {
    parts.map(SQLPrinter.quoted).joined(separator: ".")
  }

  /// `"order ""id"""`: always in quotes, so that no name can be a word of SQL.
  package static func quoted(_ name: String) -> String {
    var result = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": result += "\"\""
      case "\0": result += "\u{2400}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Where a piece of SQL is to stand: how far in its lines begin, and what is known there.
struct Place {
  static let width = 88
  static let flat = Place(isFlat: true)

  var indent = 0
  /// What stands before the piece on its first line, and behind it on its last.
  var taken = 0
  /// All on one line.
  var isFlat = false
  /// Windows that the select names once because they are used more than once.
  var windows: [SQLWindow: String] = [:]

  var newline: String { "\n" + String(repeating: " ", count: indent) }
  var deeper: Place {
    var place = self
    place.indent += 2
    place.taken = 0
    return place
  }
  func taking(_ count: Int) -> Place {
    var place = self
    place.taken += count
    return place
  }
  var flattened: Place {
    var place = self
    place.isFlat = true
    return place
  }
  func fits(_ text: String) -> Bool { indent + taken + text.utf8.count <= Place.width }
}
