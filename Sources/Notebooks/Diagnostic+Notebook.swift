internal import Diagnostics

/// The words of everything that can be wrong with a notebook as a file.
extension Diagnostic {
  // MARK: Shape of the file

  static func noCells(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "the notebook has no cells", at: span,
      help: ["A cell is a fence with `whom` behind it: ```whom"])
  }

  static func unclosedFrontMatter(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "the front matter is not closed", at: span, label: "opened here",
      help: ["Close it with a line that holds only `---`."])
  }

  static func unclosedFence(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "the cell is not closed", at: span, label: "opened here",
      help: ["Close it with a line that repeats the signs it opens with."])
  }

  static func nestedCell(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "a cell inside a list or a quote", at: span, label: "does not run here",
      help: [
        "Move it to the left margin, after a blank line.",
        "To show the code only, write `whom norun`.",
      ])
  }

  static func misspelledFence(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "`\(word)` does not open a cell", at: span, label: "this code would not run",
      help: ["Write ```whom, in lower case and without braces."])
  }

  // MARK: Cell heads

  static func unknownCellWord(_ word: String, at span: Span) -> Diagnostic {
    let near = Suggestion.nearest(to: word, in: ["norun"]).map { ["Did you mean `\($0)`?"] }
    return Diagnostic(
      .unknownOption, "unknown word \"\(word)\" behind `whom`", at: span,
      help: near ?? [
        "Behind `whom` may stand an id, such as `#revenue`, or `norun`.",
        "Options go into the cell: `#| fold: true`.",
      ])
  }

  static func badCellID(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "\"\(word)\" is not the id of a cell", at: span,
      help: ["An id is a letter, then letters, digits, `-` and `_`: `#top-customers`."])
  }

  static func twoCellIDs(at span: Span) -> Diagnostic {
    Diagnostic(.badNotebook, "a cell with two ids", at: span, help: ["Keep one of them."])
  }

  static func repeatedCellID(_ id: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "two cells are called \"\(id)\"", at: span, label: "the second one",
      notes: [Note("the first one", at: first)], help: ["Give one of them another id."])
  }

  // MARK: Settings

  static func badYAML(_ problem: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "these settings cannot be read", at: span, label: problem,
      help: ["Settings are YAML: `name: value`, one a line; a text with `: ` in it goes in quotes."]
    )
  }

  static func notSettings(_ value: YAMLValue, of owner: String) -> Diagnostic {
    Diagnostic(
      .badNotebook, "the settings of \(owner) are not `name: value`", at: value.span,
      label: "this is \(value.description)")
  }

  static func repeatedOption(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "\"\(name)\" is set twice", at: span, label: "the second time",
      notes: [Note("the first time", at: first)])
  }

  static func unknownOption(_ entry: YAMLEntry, of owner: String, known: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: entry.key, in: known).map { ["Did you mean `\($0)`?"] } ?? []
    let isParameter = ["param", "params", "parameters"].contains(entry.key)
    let advice =
      isParameter
      ? ["Parameters are statements of a cell: `param week: date = @2025-06-30`."] : near
    return Diagnostic(
      .unknownOption, "unknown setting \"\(entry.key)\"", at: entry.keySpan,
      label: "not a setting of \(owner)",
      help: advice + ["Known: \(known.joined(separator: ", "))."])
  }

  static func wrongOption(_ name: String, wants words: String, found value: YAMLValue) -> Diagnostic
  {
    Diagnostic(
      .badNotebook, "`\(name)` takes \(words)", at: value.span,
      label: "this is \(value.description)")
  }

  static func noSuchSection(_ lead: ReportSettings.Lead, headings: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: lead.heading, in: headings)
    return Diagnostic(
      .badNotebook, "no section is called \"\(lead.heading)\"", at: lead.span,
      label: "`lead` names the section that the report opens with",
      help: [
        near.map { "Did you mean \"\($0)\"?" }
          ?? "Write a heading: `## \(lead.heading)`"
      ])
  }

  static func lateOption(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "an option below code", at: span, label: "would be taken for a comment",
      help: ["Options stand at the top of the cell; a comment starts with `# `."])
  }

  // MARK: Inline values

  static func unclosedValue(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "the inline value is not closed", at: span, label: "opened here",
      help: [
        "Close it with `=}` in the same paragraph.",
        "For the signs themselves write `\\{=`, or put them in backquotes.",
      ])
  }

  static func emptyValue(at span: Span) -> Diagnostic {
    Diagnostic(
      .badNotebook, "an inline value without an expression", at: span,
      help: ["Write what to compute: {= orders | count =}"])
  }
}
