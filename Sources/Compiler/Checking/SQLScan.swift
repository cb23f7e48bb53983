/// Follows a text of SQL from one brace to the next: whether it stands in a quoted text, a
/// quoted name or a comment, and which word came last.
struct SQLScan {
  enum Place { case plain, text, name, lineComment, blockComment }

  private(set) var place = Place.plain
  /// The last word or sign outside of quotes and comments, in small letters.
  private(set) var lastWord = ""
  private(set) var hasSeenWith = false

  mutating func read(_ text: String) {
    var rest = Substring(text)
    while let sign = rest.first {
      rest.removeFirst()
      switch place {
      case .plain: readPlain(sign, &rest)
      case .text: if sign == "'" { place = .plain }
      case .name: if sign == "\"" { place = .plain }
      case .lineComment: if sign.isNewline { place = .plain }
      case .blockComment:
        if sign == "*", rest.first == "/" {
          rest.removeFirst()
          place = .plain
        }
      }
    }
  }

  private mutating func readPlain(_ sign: Character, _ rest: inout Substring) {
    switch sign {
    case "'": place = .text
    case "\"": place = .name
    case "-" where rest.first == "-": place = .lineComment
    case "/" where rest.first == "*": place = .blockComment
    default:
      if sign.isWhitespace { return }
      guard Self.isWord(sign) else {
        lastWord = String(sign)
        return
      }
      let tail = rest.prefix(while: Self.isWord)
      rest.removeFirst(tail.count)
      lastWord = (String(sign) + tail).lowercased()
      if lastWord == "with" { hasSeenWith = true }
    }
  }

  private static func isWord(_ sign: Character) -> Bool {
    sign.isLetter || sign.isNumber || sign == "_"
  }

  /// Whether a relation at the end of the text so far is a table of `from`.
  var isBeforeTable: Bool { lastWord == "from" || lastWord == "join" || lastWord == "," }

  /// Whether the text behind a brace gives the table a name of its own.
  static func beginsWithAlias(_ text: String) -> Bool {
    let rest = text.drop { $0.isWhitespace }
    if rest.first == "\"" { return true }
    let word = rest.prefix(while: isWord).lowercased()
    return !word.isEmpty && !clauses.contains(word)
  }

  /// Words that can follow a table and are no name for it.
  private static let clauses: Set<String> = [
    "where", "join", "on", "using", "group", "order", "limit", "left", "right", "inner", "full",
    "cross", "natural", "having", "union", "except", "intersect", "window", "qualify", "offset",
    "fetch", "for", "tablesample", "asof", "positional", "semi", "anti", "pivot", "unpivot",
  ]
}
