import Diagnostics

/// What a program looks like that was written with another language in mind.
extension Parser {
  /// A teaching finding for the token that cannot stand here, if it is a known habit.
  func habit() -> Diagnostic? {
    let place = token.span
    switch current {
    case .equals: return equalsHabit
    case .floorDivide where token.startsLine: return .foreign(.comment("//"), place)
    case .question:
      return .foreignWord(
        "?", title: "`? :` is written `if`", fix: "write `if paid then 1 else 0`", place)
    case .openBracket where index > 0 && tokens[index - 1].kind.isName:
      var finding = Diagnostic.index(place)
      if let name = nameWithBrackets {
        finding.help = ["a name with other signs stands in backquotes: `` `\(name)` ``"]
      }
      return finding
    case .if:
      return .foreignWord(
        "if", title: "a filter behind a value is written `where`",
        fix: "as in `sum(amount) where status == \"paid\"`", place)
    case .number: return numberHabit
    case .text: return foreignRead
    case .name: return wordHabit(text(token), place)
    default: return nil
    }
  }

  /// `read_csv "orders.csv"`
  private var foreignRead: Diagnostic? {
    guard index > 0, tokens[index - 1].kind == .name else { return nil }
    let word = text(tokens[index - 1])
    guard ForeignWord.isReader(word) else { return nil }
    return .foreignWord(
      word, title: "`\(word)` is written `read`", fix: "write `read \(text(token).shortened)`",
      tokens[index - 1].span)
  }

  /// `rows 0..5`, `take first 3`
  private var numberHabit: Diagnostic? {
    guard index > 0 else { return nil }
    switch text(tokens[index - 1]) {
    case "rows":
      return .foreignWord(
        "rows", title: "`rows` is followed by records",
        fix: "a range as rows is `numbers(1..5)`; records are `rows [{a: 1}, {a: 2}]`",
        tokens[index - 1].span)
    case "first" where index > 1 && text(tokens[index - 2]) == "take":
      return .foreignWord(
        "first", title: "`take` is followed by a number",
        fix: "write `take \(text(token).shortened)`", tokens[index - 1].span)
    default: return nil
    }
  }

  /// `Torque [Nm]`: a name with a unit behind it.
  private var nameWithBrackets: String? {
    guard !token.isGlued, index + 2 < tokens.count, tokens[index + 1].kind == .name,
      tokens[index + 2].kind == .closeBracket
    else { return nil }
    return "\(text(tokens[index - 1])) [\(text(tokens[index + 1]))]".shortened
  }

  private var equalsHabit: Diagnostic {
    Diagnostic(
      .foreignSyntax, "a comparison is written `==`", at: token.span, label: "did you mean `==`?",
      help: ["`=` gives something a name, `==` compares"])
  }

  /// A word behind a complete expression.
  private func wordHabit(_ word: String, _ place: Span) -> Diagnostic? {
    switch word.lowercased() {
    case "and" where word != "and", "or" where word != "or", "not" where word != "not",
      "in" where word != "in", "then" where word != "then", "else" where word != "else":
      let small = word.lowercased()
      return .foreignWord(
        word, title: "`\(small)` is written in small letters", fix: "write `\(small)`", place)
    case "is":
      return .foreignWord(
        word, title: "`\(word)` is written `==`",
        fix: "`x == null` finds missing values, `x != null` the others", place)
    case "like", "ilike", "regexp", "rlike":
      return .foreignWord(
        word, fix: "`name ~ r\"^A\"` matches a pattern; there is also `starts_with(name, \"A\")`",
        place)
    case "between":
      return .foreignWord(word, fix: "write `\(betweenAsRange ?? "x in 1..10")`", place)
    case "desc", "descending":
      return .foreignWord(
        word, title: "descending order is a minus sign",
        fix: "write `-\(nameBefore ?? "spend")`", place)
    case "asc", "ascending":
      return .foreignWord(
        word, title: "ascending order needs no word", fix: "write `sort name`", place)
    case "contains", "starts_with", "startswith", "ends_with", "endswith", "matches":
      let name = ["startswith": "starts_with", "endswith": "ends_with"][word] ?? word
      return .foreignWord(
        word, title: "`\(name)` is a function",
        fix: "write `\(name)(\(nameBefore ?? "name"), \(textBehind ?? "\"A\""))`", place)
    case "elif", "elsif", "elseif":
      return .foreignWord(
        word, title: "`\(word)` is written `else if`", fix: "as in `} else if $n > 2 {`", place)
    case "per":
      return .foreignWord(
        word, title: "groups stand behind `by`", fix: "as in `take 3 by region sort -spend`", place)
    case "when":
      return .foreignWord(word, fix: "write `case { a > 1 -> \"x\", else -> \"y\" }`", place)
    default: return unitHabit(word, place)
    }
  }

  /// The column that the word stands behind.
  private var nameBefore: String? {
    index > 0 && tokens[index - 1].kind.isName ? text(tokens[index - 1]).shortened : nil
  }

  private var textBehind: String? {
    index + 1 < tokens.count && tokens[index + 1].kind == .text
      ? text(tokens[index + 1]).shortened : nil
  }

  /// `amount between 10 and 20` in the words of Whom.
  private var betweenAsRange: String? {
    guard let name = nameBefore, index + 3 < tokens.count, tokens[index + 2].kind == .and else {
      return nil
    }
    let ends = [tokens[index + 1], tokens[index + 3]]
    let simple: [Token.Kind] = [.number, .date, .name, .variable]
    guard ends.allSatisfy({ simple.contains($0.kind) }) else { return nil }
    return "\(name) in \(text(ends[0]))..\(text(ends[1]))"
  }

  private func unitHabit(_ word: String, _ place: Span) -> Diagnostic? {
    guard DurationUnit(word: word) != nil, index > 0, tokens[index - 1].kind == .variable else {
      return nil
    }
    let one = word.hasSuffix("s") ? String(word.dropLast()) : word
    return .foreignWord(
      word, title: "a unit stands behind a written number only",
      fix: "write `\(text(tokens[index - 1])) * 1 \(one)`", place)
  }

  // MARK: Behind a stage

  /// What stands behind a stage that should have ended.
  mutating func unexpectedBehind(_ stage: Stage, _ verb: VerbWord?) -> SyntaxFailure {
    if token.isReported || current == .endOfFile { return unexpected("the end of the stage") }
    if let verb, current == .comma {
      return fail(commaInNumber ?? commaBehind(verb, stage.clauses.last))
    }
    if verb == nil, stage.arguments.isEmpty, let join = foreignJoin(stage) { return fail(join) }
    if verb == nil, stage.arguments.isEmpty, let unknown = unknownVerb(stage) {
      return fail(unknown)
    }
    if verb == nil, stage.path.count == 1, let name = stage.path.first,
      let fix = ForeignWord.verbs[name.text.lowercased()]
    {
      return fail(
        .foreignWord(name.text, title: "`\(name.text)` is not a verb", fix: fix, name.span))
    }
    if let habit = habit() { return fail(habit) }
    if verb == .join, stage.clauses.isEmpty, current.isName, !isNearClause {
      return fail(.joinWithoutOn(text(token), token.span))
    }
    if let verb, current.isName, next == .equals, verb.takesNamedItems {
      return fail(.missingComma(text(token), token.span))
    }
    if verb == .save, current == .divide { return fail(.pathWithoutQuotes(token.span)) }
    if verb == .sort, let by = stage.items.first, case .name("by") = by.expr.kind {
      return fail(.sortBy(text(token), by.span))
    }
    if verb == .sort, let last = stage.items.last, case .name(let word) = last.expr.kind,
      ["desc", "descending"].contains(word.lowercased()), current.isName
    {
      return fail(
        .foreignWord(
          word, title: "descending order is a minus sign",
          fix: "write `sort -\(text(token).shortened)`", last.span))
    }
    if let verb, let noise = noiseWord(behind: verb, stage) { return fail(noise) }
    guard current == .name else { return unexpected(stageEnding) }
    let word = text(token)
    if VerbWord(rawValue: word) != nil { return fail(.missingPipe(word, token.span)) }
    if let fix = ForeignWord.verbs[word.lowercased()] {
      return fail(.foreignWord(word, title: "`\(word)` is not a verb", fix: fix, token.span))
    }
    if verb == .summarize, nearestWord == nil {
      return fail(.groupsWithoutBy(word, token.span))
    }
    return fail(.unknownClause(word, near: nearestWord, token.span))
  }

  /// `distinct on id`, `drop column status`, `save to "x.csv"`
  private func noiseWord(behind verb: VerbWord, _ stage: Stage) -> Diagnostic? {
    guard current.isName || current == .text, stage.clauses.isEmpty, stage.items.count == 1,
      let item = stage.items.first, case .name(let word) = item.expr.kind,
      ["on", "to", "as", "into", "from", "the", "column", "columns"].contains(word.lowercased())
    else { return nil }
    return .foreignWord(
      word, title: "`\(word)` is not needed behind `\(verb.rawValue)`",
      fix: "write `\(verb.rawValue) \(text(token).shortened)`", item.span)
  }

  /// The clause word or verb that the current name may be meant for.
  private var nearestWord: String? {
    let swapped = String(text(token).reversed())
    if swapped.count == 2, ClauseWord(rawValue: swapped) != nil { return swapped }
    let words = ClauseWord.allCases.map(\.rawValue) + VerbWord.allCases.map(\.rawValue)
    return Suggestion.nearest(to: text(token), in: words)
  }

  private var isNearClause: Bool { nearestWord != nil }

  private var stageEnding: String { "`|` or the end of the statement" }

  private func commaBehind(_ verb: VerbWord, _ clause: Clause?) -> Diagnostic {
    var help: [String] = []
    if verb == .where { help = ["conditions are joined with `and`: `where a > 1 and b < 2`"] }
    if let clause, clause.word == .rows {
      return Diagnostic(
        .unexpectedToken, "`\(clause.word.rawValue)` takes one expression", at: token.span,
        label: "a second one begins here",
        help: [
          "clauses stand behind the last item and hold for all of them",
          "for items with another `\(clause.word.rawValue)` write a stage of its own: "
            + "`| \(verb.rawValue) ...`",
        ])
    }
    return Diagnostic(
      .unexpectedToken, "`\(verb.rawValue)` takes one expression", at: token.span,
      label: "a second one begins here", help: help)
  }

  /// `| inner join x`, `| left outer join x`: the kind stands behind the verb.
  private func foreignJoin(_ stage: Stage) -> Diagnostic? {
    guard stage.path.count == 1, let kind = stage.path.first, current == .name else { return nil }
    let words = [text(token), next == .name ? text(tokens[index + 1]) : ""].map { $0.lowercased() }
    guard words[0] == "join" || words[0] == "outer" && words[1] == "join" else { return nil }
    let known = ["left", "right", "full", "semi", "anti", "cross"]
    let name = kind.text.lowercased()
    let fix = known.contains(name) ? "join \(name) customers" : "join customers"
    return .foreignWord(
      kind.text, title: "the kind of a join stands behind `join`",
      fix: "write `| \(fix) on customer_id`", kind.span)
  }

  /// `| filter amount > 3`: no verb, and no function, since those take brackets.
  private func unknownVerb(_ stage: Stage) -> Diagnostic? {
    guard stage.path.count == 1, let name = stage.path.first else { return nil }
    if let fix = ForeignWord.verbs[name.text.lowercased()] {
      return .foreignWord(name.text, title: "`\(name.text)` is not a verb", fix: fix, name.span)
    }
    let near = Suggestion.nearest(to: name.text, in: VerbWord.allCases.map(\.rawValue))
    return .unknownVerb(name.text, near: near, name.span)
  }

  /// `| group by x`, `| order by x`: not a function with a `by`.
  func isForeignVerb(_ stage: Stage) -> Bool {
    guard stage.path.count == 1, stage.arguments.isEmpty, let name = stage.path.first else {
      return false
    }
    return ["group", "order", "partition"].contains(name.text.lowercased())
  }

  // MARK: At the start of a statement

  /// `SELECT ... FROM`, `def f(x):`, `x = 3` and the like, before they make a chain of errors.
  mutating func foreignStatement() -> Diagnostic? {
    guard current == .name else { return nil }
    let word = text(token)
    let place = token.span
    if next == .equals {
      if tokens[index + 1].isReported { return nil }
      return .foreignWord(
        word, title: "a name is bound with `let`", fix: "write `let \(word.shortened) = ...`", place
      )
    }
    if isArrowAssignment {
      return .foreignWord(
        word, title: "a name is bound with `let`", fix: "write `let \(word.shortened) = ...`",
        tokens[index + 1].span.union(tokens[index + 2].span))
    }
    guard next.startsOperand || next == .times else { return nil }
    if next.isName, index + 2 < tokens.count,
      [.equals, .colon, .openParen].contains(tokens[index + 2].kind)
        || isSpelled("on", index + 2),
      let near = Suggestion.nearest(to: word, in: Self.statementWords)
    {
      return .misspeltStatement(word, near: near, place)
    }
    if word == "from", index + 2 < tokens.count, text(tokens[index + 2]) == "import" {
      skipSQL()
      return .foreignWord(word, fix: ForeignWord.statements["import"] ?? "", place)
    }
    if let fix = ForeignWord.statements[word.lowercased()] {
      if ForeignWord.isSQL(word) { skipSQL() }
      return .foreignWord(word, fix: fix, place)
    }
    return VerbWord(rawValue: word) == nil ? nil : verbAtStart(word, place)
  }

  private func isSpelled(_ word: String, _ position: Int) -> Bool {
    tokens[position].kind == .name && text(tokens[position]) == word
  }

  /// `x <- 3`: with blanks around the arrow and none in it.
  private var isArrowAssignment: Bool {
    guard index + 2 < tokens.count, next == .less else { return false }
    let (less, minus) = (tokens[index + 1], tokens[index + 2])
    guard minus.kind == .minus, minus.isGlued, !less.isGlued else { return false }
    return index + 3 < tokens.count && !tokens[index + 3].isGlued
  }

  private func verbAtStart(_ word: String, _ place: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "`\(word)` needs a relation before it", at: place,
      label: "a verb stands behind a pipe", help: ["as in `orders | \(word) ...`"])
  }

  /// The further lines of a SQL statement, so that they are not each reported.
  private mutating func skipSQL() {
    var ahead = index + 1
    while ahead < tokens.count, tokens[ahead].kind != .endOfFile {
      let token = tokens[ahead]
      if token.startsLine, token.column <= statementColumn,
        token.kind != .closeParen, !(token.kind == .name && ForeignWord.isSQL(text(token)))
      {
        break
      }
      ahead += 1
    }
    skipTo = ahead
  }
}
