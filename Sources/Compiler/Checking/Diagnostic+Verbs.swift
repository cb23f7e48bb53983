import Diagnostics
import Syntax
import Values

// The words of everything that can be wrong with a stage.
extension Diagnostic {
  static func aggregateNeedsBy(
    _ function: String, verb: String, isWindow: Bool = false, of schema: Schema?, at span: Span
  ) -> Diagnostic {
    var help = ["add `by all` for all rows together"]
    if let key = schema?.likelyGroup {
      help = ["add `by \(key)` for each group, or `by all` for all rows together"]
    }
    if !isWindow { help.append("to fold the rows into one for each group, use `summarize`") }
    return Diagnostic(
      .aggregateNeedsBy, "`\(function)` in `\(verb)` needs its groups", at: span,
      label: "over which rows?", help: help)
  }

  static func aggregateNotHere(_ function: String, place: String, at span: Span) -> Diagnostic {
    let isOutside = place == ExprContext.outsidePlace
    return Diagnostic(
      .aggregateNotHere,
      isOutside
        ? "`\(function)` folds the rows of a relation, and there is none here"
        : "`\(function)` folds many rows and cannot stand in \(place)",
      at: span, label: isOutside ? "of which relation?" : "no group of rows here",
      help: [
        isOutside
          ? "put the relation before it: `orders | \(function == "count" ? function : "\(function)(amount)")`"
          : "compute it in a stage before, with `summarize` or `derive ... by`"
      ])
  }

  static func nestedAggregate(
    _ inner: String, outer: String, isWindow: Bool, at span: Span
  ) -> Diagnostic {
    if isWindow {
      return Diagnostic(
        .nestedAggregate, "`\(inner)` inside `\(outer)`", at: span,
        label: "it looks at other rows, as `\(outer)` does",
        help: ["`derive` it in a stage of its own, and use its name in `\(outer)(...)` behind it"])
    }
    return Diagnostic(
      .nestedAggregate, "`\(inner)` inside `\(outer)`", at: span,
      label: "an aggregate of an aggregate",
      help: ["summarize twice: first by the finer key, then over the result"])
  }

  /// `isRanking`: its order is an argument, not the stage's `sort`.
  static func windowNotHere(
    _ function: String, place: String, isRanking: Bool, at span: Span
  ) -> Diagnostic {
    let clauses = isRanking ? "by all" : "by all sort ..."
    return Diagnostic(
      .windowNotHere, "`\(function)` looks at other rows and cannot stand in \(place)",
      at: span, label: "needs `derive ... by` or `where ... by`",
      help: ["write `derive x = \(function)(...) \(clauses)` as a stage of its own"])
  }

  static func needsSort(_ function: String, of schema: Schema, at span: Span) -> Diagnostic {
    return Diagnostic(
      .orderArgument, "`\(function)` needs an order", at: span, label: "which row comes before?",
      help: [
        "say it behind `by`: `by \(schema.likelyGroup ?? "all") sort \(schema.likelyOrder ?? "...")`"
      ])
  }

  static func needsOrderArgument(_ function: String, at span: Span) -> Diagnostic {
    let example = BuiltinFunction.named(function)?.examples.first ?? "\(function)(..., at)"
    return Diagnostic(
      .orderArgument, "`\(function)` needs an order", at: span, label: "first by what?",
      help: ["give it as an argument: `\(example)`; a minus means the largest first"])
  }

  static func notGrouped(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownColumn, "`\(name)` has many values in a group", at: span,
      label: "neither a key nor inside an aggregate",
      help: [
        "fold it: `max(\(name))`, `first(\(name), at)`, `only(\(name))`",
        "or make it a key: `by \(name)`",
      ])
  }

  static func renameTurnedRound(new: Name, old: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownColumn, "unknown column `\(old)`", at: span, label: "the new name stands first",
      help: ["write `\(old) = \(new.text)`"])
  }

  static func renameToKnown(_ name: Name) -> Diagnostic {
    Diagnostic(
      .duplicateName, "there is a column `\(name.text)` already", at: name.span,
      label: "the new name",
      help: ["take another name, or leave the other column out first: `| drop \(name.text)`"])
  }

  static func badCount(_ verb: String, at span: Span, got: String) -> Diagnostic {
    let way =
      switch verb {
      case "top": "`top 10 by spend` for ten rows, `top 5% by spend` for a twentieth of them"
      case "evaluate": "`at top 500` takes the best 500 rows, `at top 5%` a twentieth of them"
      default: "`\(verb) 10` for ten rows, `\(verb) 5%` for a twentieth of them"
      }
    return Diagnostic(
      .badCount, "`\(verb)` wants a number of rows or a share", at: span, label: "this is \(got)",
      help: [way])
  }

  static func clauseNotHere(_ word: String, verb: String, allowed: [String], at span: Span)
    -> Diagnostic
  {
    let rest =
      allowed.isEmpty
      ? "`\(verb)` takes no clauses"
      : "`\(verb)` takes " + allowed.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .clauseNotHere, "`\(word)` does not go with `\(verb)`", at: span, label: "not a clause here",
      help: [clauseAdvice(word, verb: verb) ?? rest])
  }

  /// What was probably meant by a clause that the verb does not have.
  private static func clauseAdvice(_ word: String, verb: String) -> String? {
    switch (word, verb) {
    case ("as", "derive"), ("as", "select"), ("as", "summarize"), ("as", "distinct"):
      "a new name stands in front: `\(verb) net = amount`"
    case ("using", "join"): "the columns that match stand behind `on`: `on customer_id`"
    case ("sort", _): "to order the rows, `sort` is a stage of its own: `| sort -amount`"
    case ("by", "select"), ("by", "distinct"), ("by", "drop"), ("by", "rename"):
      "rows are folded by `summarize`: `| summarize spend = sum(amount) by region`"
    case ("by", "sort"): "the keys stand right behind the verb: `sort region, -amount`"
    default: nil
    }
  }

  static func clauseNeedsBy(_ word: String, verb: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .clauseNotHere, "`\(word)` in `\(verb)` needs `by`", at: span,
      label: "an order within which groups?",
      help: [
        verb == "take"
          ? "to order all rows, sort them first: `| sort -amount | take 10`"
          : "`by all \(word) ...` for all rows together; to order the rows, use the verb `sort`"
      ])
  }

  static func repeatedClause(
    _ word: String, verb: String, at span: Span, first: Span
  ) -> Diagnostic {
    Diagnostic(
      .repeatedClause, "`\(word)` stands twice in this stage", at: span, label: "second time here",
      notes: [Note("first here", at: first)],
      help: [
        verb == "top" && word == "by"
          ? "the largest of each group: `take 3 by region sort -spend`"
          : "put both into one, with a comma between"
      ])
  }

  static func notYetAVerb(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notYetAVerb, "`\(name)` is not in this version of Whom", at: span,
      label: "a statement of the language that this build does not have",
      help: ["a whole program runs on one server: `whom FILE --engine postgresql://user@host/base`"]
    )
  }
}

extension Schema {
  /// The column that rows are most often grouped by: of people, with a key, of words.
  fileprivate var likelyGroup: String? {
    let plain = columns.filter(\.isPlainlyNamed)
    let people = ["customer_id", "user_id", "visitor_id", "client_id", "account_id", "person_id"]
    let known = plain.first { people.contains($0.name) || $0.type.labels.isPseudonym }
    let named = plain.first { $0.name.hasSuffix("_id") && $0.name != columns[0].name }
    let words = plain.first { $0.type.base == .text && !$0.type.labels.isPII }
    return (known ?? named ?? words ?? plain.first { $0.type.base == .bool })?.name
  }

  /// The column that rows are most often ordered by: a time, or else a number.
  fileprivate var likelyOrder: String? {
    let plain = columns.filter(\.isPlainlyNamed)
    let time = plain.first { $0.type.base == .date || $0.type.base == .timestamp }
    return (time ?? plain.first { $0.type.base.isNumber })?.name
  }
}

extension Column {
  /// Whether a program can say it without backquotes.
  fileprivate var isPlainlyNamed: Bool {
    name.first?.isLetter == true
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
      }
  }
}
