import Compiler
import SQLTree
import Values

extension PostgreSQLForms {
  /// `%d %B %Y` as the template of `to_char`: `DD FMMonth YYYY`.
  static func timeFormat(_ expr: SQLExpr) -> SQLExpr {
    guard case .literal(.text(let format)) = expr else { return expr }
    var template = ""
    var rest = Array(format)[...]
    var text = ""
    func close() {
      guard !text.isEmpty else { return }
      template += "\"" + text + "\""
      text = ""
    }
    while let letter = rest.popFirst() {
      guard letter == "%" else {
        if letter == "\"" || letter == "\\" { text += "\\" }
        text.append(letter)
        continue
      }
      let isPadded = rest.first != "-"
      if !isPadded { rest.removeFirst() }
      guard let directive = rest.popFirst() else { break }
      if directive == "%" {
        text.append("%")
        continue
      }
      close()
      template += (isPadded ? "" : "FM") + (templates[directive] ?? "")
    }
    close()
    return .text(template)
  }

  private static let templates: [Character: String] = [
    "Y": "YYYY", "y": "YY", "m": "MM", "d": "DD", "B": "FMMonth", "b": "Mon", "A": "FMDay",
    "a": "Dy", "u": "ID", "j": "DDD", "G": "IYYY", "V": "IW", "F": "YYYY-MM-DD", "H": "HH24",
    "I": "HH12", "M": "MI", "S": "SS", "f": "US", "p": "AM", "T": "HH24:MI:SS", "R": "HH24:MI",
    "L": "MS",
  ]

  /// `format('{:,.2f} %', x)`: the server has no such function; ours takes the parts.
  static func formatted(_ x: [SQLExpr]) -> SQLExpr? {
    guard case .literal(.text(let format)) = x[0], let start = format.firstIndex(of: "{"),
      let end = format.firstIndex(of: "}")
    else { return nil }
    var spec = format[format.index(after: start)..<end].dropFirst()
    let separator = spec.first.flatMap { $0 == "," || $0 == "_" ? $0 : nil }
    if separator != nil { spec = spec.dropFirst() }
    var precision: Int?
    if spec.first == "." {
      precision = Int(spec.dropFirst().prefix { $0.isNumber })
      spec = spec.dropFirst().drop { $0.isNumber }
    }
    let tail = String(format[format.index(after: end)...])
    let arguments: [SQLExpr] = [
      x[1], precision.map { .int($0) } ?? .cast(.literal(.null), .int, isTry: false),
      .text(separator.map(String.init) ?? ""),
    ]
    let text =
      switch spec.first {
      case "e", "E", "g", "G":
        own(
          "format_general",
          [
            .cast(x[1], .float, isTry: false), .int(precision ?? 6), arguments[2],
            .text(String(spec)),
          ])
      default: own("format_number", arguments)
      }
    return tail.isEmpty ? text : .binary(text, .concatenate, .text(tail))
  }
}

/// A format that texts are read by: what `to_timestamp` is told, and the pattern that a text must
/// have, because the server reads much that does not fit.
struct TimePattern {
  var template = ""
  var pattern = "^"

  init?(_ format: String) {
    var rest = Array(format)[...]
    while let letter = rest.popFirst() {
      guard letter == "%" else {
        template += "\"" + (letter == "\"" || letter == "\\" ? "\\" : "") + String(letter) + "\""
        pattern += Self.escaped(letter)
        continue
      }
      if rest.first == "-" { rest.removeFirst() }
      guard let directive = rest.popFirst(), let part = Self.parts[directive] else { return nil }
      template += part.template
      pattern += part.pattern
    }
    pattern += "$"
  }

  private static func escaped(_ letter: Character) -> String {
    letter.isLetter || letter.isNumber || letter == " " ? String(letter) : "\\" + String(letter)
  }

  private static let parts: [Character: (template: String, pattern: String)] = [
    "Y": ("YYYY", "\\d{4}"), "y": ("YY", "\\d{2}"), "m": ("MM", "\\d{1,2}"),
    "d": ("DD", "\\d{1,2}"), "B": ("FMMonth", "[A-Za-z]+"), "b": ("Mon", "[A-Za-z]{3}"),
    "H": ("HH24", "\\d{1,2}"), "M": ("MI", "\\d{1,2}"), "S": ("SS", "\\d{1,2}"),
    "I": ("HH12", "\\d{1,2}"), "p": ("AM", "[AaPp][Mm]"), "j": ("DDD", "\\d{1,3}"),
    "f": ("US", "\\d{1,6}"),
  ]
}
