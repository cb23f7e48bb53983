import Diagnostics

/// The words for what a parser finds.
extension Diagnostic {
  /// What stands where something else was expected.
  enum Found {
    case token(String)
    case lineEnd
    case end
  }

  static func unexpected(_ found: Found, expected: String, _ span: Span) -> Diagnostic {
    switch found {
    case .token(let text):
      Diagnostic(
        .unexpectedToken, "unexpected `\(text.shortened)`", at: span,
        label: "expected \(expected)")
    case .lineEnd:
      Diagnostic(
        .unexpectedToken, "the line ends too early", at: span, label: "expected \(expected)",
        help: ["a statement goes on in the next line when that line is indented deeper"])
    case .end:
      Diagnostic(
        .unexpectedToken, "the program ends too early", at: span, label: "expected \(expected)")
    }
  }

  static func reservedWord(_ word: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .reservedWord, "`\(word)` is a reserved word", at: span, label: "a name is expected here",
      help: ["write `` `\(word)` `` in backquotes to use it as a name"])
  }

  static func unclosedBracket(_ bracket: String, _ span: Span, found: Span) -> Diagnostic {
    let closing = ["(": ")", "[": "]", "{": "}"][bracket] ?? bracket
    return Diagnostic(
      .unclosedBracket, "`\(bracket)` is never closed", at: span, label: "opened here",
      notes: [Note("`\(closing)` is missing before this", at: found)])
  }

  static func nestingTooDeep(_ span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, "this is nested more than \(limit) levels deep", at: span,
      label: "too deep", help: ["give an inner part a name with `let`"])
  }

  static func severalModules(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`use` takes one module", at: span, label: "behind the first",
      help: ["write a `use` for each, on lines of their own"])
  }

  static func chainedComparison(_ span: Span) -> Diagnostic {
    Diagnostic(
      .chainedComparison, "comparisons do not chain", at: span, label: "a second comparison",
      help: ["join two comparisons with `and`, or say `x in 1..10` for a range"])
  }

  static func chainedRange(_ span: Span) -> Diagnostic {
    Diagnostic(
      .chainedComparison, "ranges do not chain", at: span, label: "a second `..`",
      help: ["a range has two ends, as in `1..10`"])
  }

  static func commaAtEnd(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a comma with nothing behind it", at: span,
      label: "the list ends here", help: ["remove the comma"])
  }

  static func pipeWithoutStart(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a pipe with nothing before it", at: span,
      label: "which relation goes in here?",
      help: ["start with a relation: `orders | take 5`"])
  }

  static func missingElse(_ word: String, _ span: Span) -> Diagnostic {
    let help =
      word == "if"
      ? "an `if` is a value in every case: `if paid then amount else 0`"
      : "the last branch is for all other rows: `else -> null`"
    return Diagnostic(
      .unexpectedToken, "`\(word)` without `else`", at: span, label: "has no `else`",
      help: [word == "route" ? "the last rule is for all other rows: `else -> review`" : help])
  }

  static func topWithoutBy(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`top` needs to know what is largest", at: span,
      label: "expected `by` and a measure",
      help: ["as in `top 10 by spend`; the first rows as they come are `take 10`"])
  }

  static func unknownRemedy(_ word: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`\(word.shortened)` is not a way to go on", at: span,
      label: "expected `fail`, `warn` or `quarantine`",
      help: ["`else quarantine \"bad.parquet\"` sets the bad rows aside"])
  }

  static func domainBehindDefault(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "the allowed values stand before the default", at: span,
      label: "move this before `=`",
      help: ["as in `param region: text in [\"EMEA\", \"AMER\"] = \"EMEA\"`"])
  }

  static func functionWithoutResult(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "the function has no result", at: span,
      label: "expected a pipeline before this",
      help: ["the last line of a function's body is what the function gives"])
  }

  static func stepsBehindResult(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "something stands behind the function's result", at: span,
      label: "the body has ended already",
      help: ["a body is any number of `let`s, then one pipeline, which is the result"])
  }

  static func statementInFunction(_ word: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`\(word)` cannot stand in a function", at: span, label: "not here",
      help: ["a body is any number of `let`s, then one pipeline, which is the result"])
  }

  static func letWithType(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a `let` takes no type", at: span, label: "not here",
      help: ["the type is that of the value: `let limit = 10`; `param limit: int = 10` has one"])
  }

  static func returnType(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a function takes no type of result", at: span, label: "not here",
      help: ["the type is that of the body: `fn margin(price, cost) = (price - cost) / price`"])
  }

  static func wholeNumberExpected(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "a whole number is expected", at: span, label: "not a whole number",
      help: ["as in `decimal(12, 2)`"])
  }

  static func missingPipe(_ verb: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a pipe is missing before `\(verb)`", at: span,
      label: "a new stage begins here", help: ["write `| \(verb)`"])
  }

  static func unknownClause(_ word: String, near: String?, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "unexpected `\(word.shortened)`", at: span,
      label: "the stage is complete before this",
      help: near.map { ["did you mean `\($0)`?"] }
        ?? ["an operator, a comma, or `|` and a verb is missing before this"])
  }

  static func groupsWithoutBy(_ key: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "unexpected `\(key.shortened)`", at: span,
      label: "the stage is complete before this",
      help: ["groups stand behind `by`: `by \(key.shortened)`; a further measure behind a comma"])
  }

  static func joinWithoutOn(_ key: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`on` is missing before the keys of the join", at: span,
      label: "expected `on`", help: ["as in `join customers on \(key.shortened)`"])
  }

  static func pathWithoutQuotes(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "the path of a file is a text", at: span, label: "not a path",
      help: ["write it in quotes: `save \"out/top.csv\"`"])
  }

  static func readWithoutQuotes(_ word: String, isVariable: Bool, _ span: Span) -> Diagnostic {
    isVariable
      ? Diagnostic(
        .unexpectedToken, "`read` is followed by a path in quotes", at: span, label: "a binding",
        help: ["for a path that was bound to a name, write `read(\(word.shortened))`"])
      : Diagnostic(
        .unexpectedToken, "the path of a file is a text", at: span, label: "not a path",
        help: ["write it in quotes: `read \"data/orders.csv\"`"])
  }

  /// `1,000` and `0,81`: in Whom a comma stands between two values.
  static func commaInNumber(_ whole: String, _ rest: String, _ span: Span) -> Diagnostic {
    let isThousands = rest.count == 3 && whole != "0"
    return Diagnostic(
      .badNumber, "a number has no comma", at: span, label: "a comma separates two values",
      help: [
        isThousands
          ? "write `\(whole)\(rest)`, or `\(whole)_\(rest)`" : "write `\(whole).\(rest)`"
      ])
  }

  static func misspeltStatement(_ word: String, near: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`\(word.shortened)` begins no statement", at: span, label: "unknown word",
      help: ["did you mean `\(near)`?"])
  }

  static func missingComma(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a comma is missing before `\(name.shortened)`", at: span,
      label: "the next item begins here",
      help: ["as in `summarize orders = count(), spend = sum(amount)`"])
  }

  static func closedTooOften(_ bracket: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "unexpected `\(bracket)`", at: span, label: "no bracket is open here",
      help: ["remove it, or open one before"])
  }

  static func typeWithoutColon(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a type stands behind a colon", at: span, label: "expected `:`",
      help: ["as in `param region: text = \"EMEA\"`"])
  }

  static func metricWithoutRelation(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "a metric is about one relation", at: span, label: "expected `on`",
      help: ["as in `metric \(name.shortened) on orders = sum(amount) / count()`"])
  }

  static func unknownVerb(_ word: String, near: String?, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownVerb, "unknown verb `\(word.shortened)`", at: span, label: "not a verb",
      help: near.map { ["did you mean `\($0)`?"] }
        ?? ["a function as a stage takes brackets: `| \(word.shortened)(...)`"])
  }
}

extension String {
  /// Program text inside of a title: short, and on one line.
  var shortened: String {
    let line = prefix { !$0.isNewline }
    return line.count > 32 ? line.prefix(31) + "…" : String(line)
  }
}
