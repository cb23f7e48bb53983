import Diagnostics
import Values

// The words of everything that can be wrong with a stage.
extension Diagnostic {
  static func aggregateNeedsBy(_ function: String, verb: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .aggregateNeedsBy, "`\(function)` in `\(verb)` needs its groups", at: span,
      label: "over which rows?",
      help: [
        "add `by customer_id` for each group, or `by all` for all rows together",
        "to fold the rows into one for each group, use `summarize`",
      ])
  }

  static func aggregateNotHere(_ function: String, place: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .aggregateNotHere, "`\(function)` folds many rows and cannot stand in \(place)", at: span,
      label: "no group of rows here", help: ["compute it first with `summarize` or `derive ... by`"]
    )
  }

  static func nestedAggregate(_ inner: String, outer: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .nestedAggregate, "`\(inner)` inside `\(outer)`", at: span,
      label: "an aggregate of an aggregate",
      help: ["summarize twice: first by the finer key, then over the result"])
  }

  static func windowNotHere(_ function: String, place: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .windowNotHere, "`\(function)` looks at neighbouring rows and cannot stand in \(place)",
      at: span, label: "needs `derive ... by` or `where ... by`",
      help: ["write `derive x = \(function)(...) by all sort ...` before this stage"])
  }

  static func needsSort(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .orderArgument, "`\(function)` needs an order", at: span, label: "which row comes before?",
      help: ["say it behind `by`: `by customer_id sort at`"])
  }

  static func needsOrderArgument(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .orderArgument, "`\(function)` needs an order", at: span, label: "first by what?",
      help: ["give it as an argument: `\(function)(..., at)`, with a minus for the largest first"])
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

  static func badCount(_ verb: String, at span: Span, got: String) -> Diagnostic {
    Diagnostic(
      .badCount, "`\(verb)` wants a number of rows or a share", at: span, label: "this is \(got)",
      help: ["`\(verb) 10` for ten rows, `\(verb) 5%` for a twentieth of them"])
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
      help: [rest])
  }

  static func clauseNeedsBy(_ word: String, verb: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .clauseNotHere, "`\(word)` in `\(verb)` needs `by`", at: span,
      label: "an order within which groups?",
      help: ["`by all \(word) ...` for all rows together; to order the rows, use the verb `sort`"])
  }

  static func repeatedClause(_ word: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .repeatedClause, "`\(word)` stands twice in this stage", at: span, label: "second time here",
      notes: [Note("first here", at: first)], help: ["put both into one, with a comma between"])
  }

  static func notYetAVerb(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notYetAVerb, "`\(name)` is not in this version of Whom", at: span,
      label: "a verb of the language that this build does not have")
  }
}
