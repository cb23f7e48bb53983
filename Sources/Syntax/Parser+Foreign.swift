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
    case .name: return wordHabit(text(token), place)
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
    if let verb, current == .comma { return fail(commaInNumber ?? commaBehind(verb)) }
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

  /// The clause word or verb that the current name may be meant for.
  private var nearestWord: String? {
    let swapped = String(text(token).reversed())
    if swapped.count == 2, ClauseWord(rawValue: swapped) != nil { return swapped }
    let words = ClauseWord.allCases.map(\.rawValue) + VerbWord.allCases.map(\.rawValue)
    return Suggestion.nearest(to: text(token), in: words)
  }

  private var isNearClause: Bool { nearestWord != nil }

  private var stageEnding: String { "`|` or the end of the statement" }

  private func commaBehind(_ verb: VerbWord) -> Diagnostic {
    var help: [String] = []
    if verb == .where { help = ["conditions are joined with `and`: `where a > 1 and b < 2`"] }
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

/// Words of other languages, with what Whom says instead.
package enum ForeignWord {
  /// Where a verb is expected; also for a checker that meets one as a function.
  package static let verbs: [String: String] = [
    "filter": "`where` keeps rows: `| where amount > 10`",
    "having": "`where` behind `summarize` keeps groups",
    "mutate": "`derive` adds columns: `| derive net = amount - discount`",
    "with_column": "`derive` adds columns: `| derive net = amount - discount`",
    "assign": "`derive` adds columns: `| derive net = amount - discount`",
    "extend": "`derive` adds columns: `| derive net = amount - discount`",
    "arrange": "`sort` orders rows: `| sort -spend, name`",
    "order": "`sort` orders rows: `| sort -spend, name`",
    "order_by": "`sort` orders rows: `| sort -spend, name`",
    "orderby": "`sort` orders rows: `| sort -spend, name`",
    "sort_values": "`sort` orders rows: `| sort -spend, name`",
    "group": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "group_by": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "groupby": "groups are said behind `by`: `| summarize spend = sum(amount) by plan`",
    "partition": "groups are said behind `by`: `| derive share = amount / sum(amount) by plan`",
    "aggregate": "`summarize` aggregates: `| summarize spend = sum(amount) by plan`",
    "agg": "`summarize` aggregates: `| summarize spend = sum(amount) by plan`",
    "summarise": "write `summarize`",
    "limit": "`take` keeps the first rows: `| take 10`",
    "head": "`take` keeps the first rows: `| take 10`",
    "slice": "`take` keeps the first rows: `| take 10`",
    "project": "`select` picks columns: `| select customer_id, amount`",
    "transmute": "`select` picks and computes columns: `| select id, net = amount - discount`",
    "left_join": "write `join left`", "inner_join": "write `join`",
    "full_join": "write `join full`", "anti_join": "write `join anti`",
    "semi_join": "write `join semi`", "cross_join": "write `join cross`",
    "merge": "`join` adds the columns of a relation: `| join customers on customer_id`",
    "melt": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "pivot_longer": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "pivot_wider": "`pivot` makes columns of values",
    "gather": "`unpivot` makes rows of columns: `| unpivot q1, q2 as quarter, amount`",
    "spread": "`pivot` makes columns of values",
    "bind_rows": "`union` puts rows below each other: `| union more_orders`",
    "rbind": "`union` puts rows below each other: `| union more_orders`",
    "concat": "`union` puts rows below each other: `| union more_orders`",
    "union_all": "`union` keeps all rows: `| union more_orders`",
    "setdiff": "`except` leaves out rows that another relation has: `| except returned`",
    "minus": "`except` leaves out rows that another relation has: `| except returned`",
    "explode": "`unnest` makes a row of each item of a list: `| unnest tags as tag`",
    "flatten": "`unnest` makes a row of each item of a list: `| unnest tags as tag`",
    "unique": "`distinct` keeps different rows: `| distinct customer_id`",
    "drop_duplicates": "`distinct` keeps different rows: `| distinct customer_id`",
    "dropna": "`where` keeps rows that have a value: `| where email != null`",
    "drop_na": "`where` keeps rows that have a value: `| where email != null`",
    "fillna": "`derive` puts a value where there is none: `| derive amount = amount ?? 0`",
    "replace_na": "`derive` puts a value where there is none: `| derive amount = amount ?? 0`",
    "sample_n": "`sample` draws rows: `| sample 100 on customer_id`",
    "sample_frac": "`sample` draws rows: `| sample 10% on customer_id`",
    "fit": "`train` makes a model: `| train churned ~ plan using logistic()`",
    "plot": "`chart` draws: `| chart line(x = month, y = revenue)`",
    "print": "`show` shows a relation: `| show \"Top customers\"`",
    "write": "`save` writes a file: `| save \"out/top.csv\"`",
  ]

  /// At the start of a statement, with something behind them.
  static let statements: [String: String] = [
    "select": "a pipeline starts with the relation: `orders | where amount > 10 | select id`",
    "with": "give a relation a name: `let paid = orders | where status == \"paid\"`",
    "from": "a pipeline starts with the relation itself: `orders | take 5`",
    "insert": "a pipeline writes with `save`: `new_rows | save wh.sales.orders append`",
    "create": "give a relation a name with `let`, or write it with `save`",
    "update": "`derive` computes new values: `orders | derive amount = amount * 2`",
    "delete": "`where` keeps the other rows: `orders | where not cancelled`",
    "def": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "function": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "func": "a function is written `fn margin(price, cost) = (price - cost) / price`",
    "import": "a module is taken in with `use`: `use rfm`",
    "library": "a module is taken in with `use`: `use rfm`",
    "var": "a name is bound with `let`: `let limit = 10`",
    "const": "a name is bound with `let`: `let limit = 10`",
    "set": "a name is bound with `let`: `let limit = 10`",
    "return": "the last pipeline of a function is its result, without a word",
    "print": "an expression alone is shown; `| show \"Title\"` gives it a title",
    "while": "`for region in [\"EMEA\", \"AMER\"] { ... }` runs over a list",
  ]

  private static let sql: Set<String> = [
    "select", "from", "where", "group", "order", "having", "limit", "join", "left", "right",
    "full", "inner", "outer", "cross", "union", "on", "with", "insert", "update", "delete",
    "create", "set", "values", "into", "as", "and", "or",
  ]

  static func isSQL(_ word: String) -> Bool { sql.contains(word.lowercased()) }
}

extension VerbWord {
  /// Whether `name = ...` may begin an item of this verb.
  var takesNamedItems: Bool {
    switch self {
    case .derive, .summarize, .series, .pivot, .select, .rename, .label: true
    case .where, .take, .sample, .top, .drop, .sort, .unpivot, .reveal, .distinct, .show, .expect,
      .join, .union, .except, .intersect, .save, .predict, .evaluate, .explain, .unnest, .split,
      .train, .route, .chart:
      false
    }
  }
}

extension Token.Kind {
  /// Whether an operand may begin with it: two operands in a row are no expression.
  var startsOperand: Bool {
    switch self {
    case .name, .quotedName, .variable, .number, .percent, .duration, .date, .text, .true, .false,
      .null, .it, .case, .if, .not:
      true
    default: false
    }
  }
}
