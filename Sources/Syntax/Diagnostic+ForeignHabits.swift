import Diagnostics

/// Signs that other languages use.
enum ForeignSign {
  case pipeArrow, percentPipe, doubleBar, ampersand, exclamation, tripleEquals, notDoubleEquals
  case lessGreater, equalsTilde, notTilde, doubleArrow, colonEquals, doubleStar, modulo
  case semicolon, singleQuote
  case comment(String)
  case singleQuotes(String)
}

/// The words for what is right in another language: each says how Whom says it.
extension Diagnostic {
  static func foreign(_ sign: ForeignSign, _ span: Span) -> Diagnostic {
    let words = sign.words
    return Diagnostic(
      .foreignSyntax, words.title, at: span, label: words.label, help: [words.help])
  }

  static func doubleMinus(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "two minus signs in a row", at: span, label: "leave a blank between them",
      help: ["`x - -1` subtracts a negative number; a comment starts with `#`"])
  }

  static func unexpectedCharacter(_ scalar: Unicode.Scalar?, _ span: Span) -> Diagnostic {
    guard let scalar else {
      return Diagnostic(.unexpectedCharacter, "an unknown character", at: span, label: "here")
    }
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: return .hiddenDirection(String(scalar), span)
    case _ where scalar.isTypographicQuote:
      return Diagnostic(
        .unexpectedCharacter, "a typographic quotation mark", at: span,
        label: "not the quote of a text", help: ["a text stands in straight quotes: `\"paid\"`"])
    case 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF:
      return Diagnostic(
        .unexpectedCharacter, "a special blank", at: span,
        label: "the character \(scalar.codePoint)",
        help: ["replace it with a plain blank"])
    case 0x2013, 0x2014, 0x2212:
      return Diagnostic(
        .unexpectedCharacter, "a dash that is no minus sign", at: span,
        label: "the character \(scalar.codePoint)", help: ["write `-`"])
    case 0x5C:
      return Diagnostic(
        .unexpectedCharacter, "a backslash outside of a text", at: span, label: "not needed",
        help: ["a statement goes on in the next line when that line is indented deeper"])
    case _ where scalar.properties.generalCategory == .currencySymbol:
      return Diagnostic(
        .unexpectedCharacter, "an amount of money is a plain number", at: span,
        label: "a sign of currency",
        help: ["`label price = money(EUR)` says what a column counts"])
    default:
      let isShown = scalar.properties.isAlphabetic || scalar.properties.isEmojiPresentation
      return Diagnostic(
        .unexpectedCharacter, "a character that means nothing here", at: span,
        label: isShown ? "" : "the character \(scalar.codePoint)",
        help: ["a name with other signs stands in backquotes: `` `Total (USD)` ``"])
    }
  }

  static func lettersNeedBackquotes(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedCharacter, "a plain name has only the letters A to Z", at: span,
      label: "other letters", help: ["write it in backquotes: `` `\(name.shortened)` ``"])
  }

  static func index(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "there is no index operator", at: span, label: "not here",
      help: [
        "`select a, b` picks columns, `where` picks rows, `take 1 by k sort at` the first of each"
      ])
  }

  static func callWithStar(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`*` is not an argument", at: span, label: "remove it",
      help: ["`count()` counts rows, `count(x)` the rows where `x` is present"])
  }

  static func listInParentheses(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "a list stands in square brackets", at: span,
      label: "a second value in parentheses", help: ["as in `plan in [\"basic\", \"pro\"]`"])
  }

  static func assertInBrackets(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`assert` takes no brackets", at: span, label: "remove them",
      help: ["as in `assert $auc > 0.7, \"too weak to act on\"`"])
  }

  static func quotedFieldName(_ name: String, _ span: Span) -> Diagnostic {
    let plain = name.filter { $0 != "\"" }
    return Diagnostic(
      .foreignSyntax, "the name of a field is not a text", at: span, label: "remove the quotes",
      help: ["as in `{\(plain.shortened): 1}`; unusual names stand in backquotes"])
  }

  static func whenInArm(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "a branch needs no `when`", at: span, label: "remove it",
      help: ["as in `case { amount > 100 -> \"large\", else -> \"small\" }`"])
  }

  static func armWithoutArrow(_ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "the value of a branch stands behind `->`", at: span, label: "write `->`",
      help: ["as in `case { amount > 100 -> \"large\", else -> \"small\" }`"])
  }

  /// `count(distinct customer_id)`
  static func distinctArgument(_ call: String, _ column: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`distinct` is a function of its own", at: span,
      label: "another language's way",
      help: [
        call.lowercased() == "count"
          ? "write `count_distinct(\(column.shortened))`"
          : "different values are counted by `count_distinct(x)`"
      ])
  }

  static func caseNeedsBraces(isWhen: Bool, _ span: Span) -> Diagnostic {
    Diagnostic(
      isWhen ? .foreignSyntax : .unexpectedToken, "`case` is followed by `{`", at: span,
      label: "its branches stand in braces",
      help: ["as in `case { amount > 100 -> \"large\", else -> \"small\" }`"])
  }

  static func sortBy(_ key: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`sort` is followed by its keys", at: span, label: "remove `by`",
      help: ["write `sort \(key.shortened)`, and a minus in front for the largest first"])
  }

  static func foreignJoinKind(_ word: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`\(word)` is not a kind of join", at: span, label: "leave it out",
      help: ["`join` alone is the inner join; `join left` and `join full` keep unmatched rows"])
  }

  /// `take 10 rows`
  static func rowsBehindCount(_ count: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "`take` counts rows without the word", at: span, label: "remove it",
      help: ["write `take \(count.shortened)`"])
  }

  static func formulaSign(_ sign: String, _ span: Span, fix: String) -> Diagnostic {
    Diagnostic(
      .foreignSyntax, "a formula has no `\(sign)`", at: span, label: "another language's way",
      help: [fix])
  }

  /// A word of another language where a word of Whom is expected.
  static func foreignWord(_ word: String, title: String? = nil, fix: String, _ span: Span)
    -> Diagnostic
  {
    Diagnostic(
      .foreignSyntax, title ?? "`\(word.shortened)` means nothing here", at: span,
      label: "another language's way", help: [fix])
  }
}

extension ForeignSign {
  fileprivate var words: (title: String, label: String, help: String) {
    switch self {
    case .pipeArrow: ("the pipe is `|`", "not `|>`", "write `orders | take 5`")
    case .percentPipe: ("the pipe is `|`", "not `%>%`", "write `orders | take 5`")
    case .doubleBar: ("`||` is written `or`", "write `or`", "two conditions: `a > 1 or b > 1`")
    case .ampersand: ("`&&` is written `and`", "write `and`", "two conditions: `a > 1 and b > 1`")
    case .exclamation: ("`!` is written `not`", "write `not`", "as in `where not paid`")
    case .tripleEquals:
      ("equality is `==`", "one sign too many", "`==` also finds two missing values equal")
    case .notDoubleEquals: ("inequality is `!=`", "one sign too many", "write `!=`")
    case .lessGreater: ("inequality is `!=`", "not `<>`", "write `status != \"paid\"`")
    case .equalsTilde: ("a pattern is matched with `~`", "not `=~`", "write `name ~ r\"^A\"`")
    case .notTilde: ("`!~` is written with `not`", "not `!~`", "write `not name ~ r\"^A\"`")
    case .doubleArrow:
      ("the arrow is `->`", "not `=>`", "as in `case { a > 1 -> \"x\", else -> \"y\" }`")
    case .colonEquals: ("a name is bound with `=`", "not `:=`", "write `let limit = 10`")
    case .doubleStar: ("a power is written `^`", "not `**`", "write `x ^ 2`")
    case .modulo:
      ("`%` is not an operator", "a remainder is a function", "write `mod(a, b)`; `15%` is a share")
    case .semicolon:
      (
        "statements end with the line", "remove it",
        "the next statement begins on a line of its own"
      )
    case .singleQuote: ("a single quote alone", "not the quote of a text", "a text stands in `\"`")
    case .singleQuotes(let text):
      ("a text stands in double quotes", "single quotes", "write `\"\(text.shortened)\"`")
    case .comment(let sign): ("a comment starts with `#`", "not `\(sign)`", "write `# like this`")
    }
  }
}
