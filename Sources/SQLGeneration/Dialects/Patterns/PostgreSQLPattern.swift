/// A pattern of the subset that all engines know (`PatternSubset`), written so that the server
/// means by it what RE2 does: `\d`, `\w`, `\s` and `\b` know ASCII only, a point is not a line end,
/// and a class that leaves characters out takes one.
///
///     \w+        [0-9A-Za-z_]+
///     (?i)a.b    (?i)a[^\n]b
enum PostgreSQLPattern {
  static func written(_ text: String, isGroup: Bool = false) -> String {
    var rest = Array(text.unicodeScalars)[...]
    let ignoresCase = text.hasPrefix("(?i)")
    if ignoresCase { rest = rest.dropFirst(4) }
    var result = ""
    var isInClass = false
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        guard let next = rest.popFirst() else { break }
        result += isInClass ? itemOfClass(next) : escape(next)
      case "[" where !isInClass:
        isInClass = true
        result += "["
      case "]":
        isInClass = false
        result += "]"
      case "." where !isInClass: result += "[^\\n]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return (ignoresCase ? "(?i)" : "") + (isGroup ? "(\(result))" : result)
  }

  private static let digits = "0-9"
  private static let word = "0-9A-Za-z_"
  private static let blanks = "\\t\\n\\f\\r "

  private static func escape(_ letter: Unicode.Scalar) -> String {
    switch letter {
    case "d": "[\(digits)]"
    case "D": "[^\(digits)]"
    case "w": "[\(word)]"
    case "W": "[^\(word)]"
    case "s": "[\(blanks)]"
    case "S": "[^\(blanks)]"
    case "b": "(?:(?<=[\(word)])(?![\(word)])|(?<![\(word)])(?=[\(word)]))"
    case "B": "(?:(?<=[\(word)])(?=[\(word)])|(?<![\(word)])(?![\(word)]))"
    default: "\\\(letter)"
    }
  }

  private static func itemOfClass(_ letter: Unicode.Scalar) -> String {
    switch letter {
    case "d": digits
    case "w": word
    case "s": blanks
    default: "\\\(letter)"
    }
  }
}
