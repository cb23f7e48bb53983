import Diagnostics

/// Pipelines and their stages.
extension Parser {
  /// pipeline = expr ("|" stage)*; the stages behind a head that was given up are still read, for
  /// what is wrong with them.
  mutating func pipeline() throws(SyntaxFailure) -> Pipeline {
    let start = token.start
    let level = openBrackets.count
    do throws(SyntaxFailure) {
      let head = try expression()
      let pipeline = try stages(behind: head, start: start)
      if level == blockBase, !isStageEnd {
        throw stageWithoutPipe ?? unexpected("the end of the statement")
      }
      return pipeline
    } catch {
      guard openBrackets.count >= level, recoverStage(level: level) else { throw error }
      if current == .pipe { _ = try stages(behind: Expr(.missing, token.span), start: start) }
      return Pipeline(missing: span(from: start))
    }
  }

  /// A verb without the pipe that it should stand behind.
  private var stageWithoutPipe: SyntaxFailure? {
    mutating get {
      guard current == .name, VerbWord(rawValue: text(token)) != nil,
        !tokens[index - 1].isReported
      else { return nil }
      return fail(.missingPipe(text(token), token.span))
    }
  }

  /// The stages behind a head that has been read. A mistake in one does not keep the others from
  /// being read, but the pipeline as a whole is then missing.
  mutating func stages(behind head: Expr, start: Int) throws(SyntaxFailure) -> Pipeline {
    let level = openBrackets.count
    var stages: [Stage] = []
    var isBroken = false
    while accept(.pipe) {
      do throws(SyntaxFailure) {
        stages.append(try stage())
      } catch {
        isBroken = true
        guard recoverStage(level: level) else { throw error }
      }
    }
    let span = span(from: start)
    return isBroken
      ? Pipeline(missing: span) : Pipeline(head: head, stages: stages, span: span)
  }

  /// stage = verb ... | apply
  private mutating func stage() throws(SyntaxFailure) -> Stage {
    if startsLineOfItsOwn { throw lineEndsTooEarly("a verb or a function behind the pipe") }
    guard current.isName else { throw unexpected("a verb or a function behind the pipe") }
    let start = token.start
    let verb = current == .name ? VerbWord(rawValue: text(token)) : nil
    let name = takeName()
    var stage = Stage(path: [name], isVerb: verb != nil, span: name.span)
    if let verb {
      try operands(of: verb, &stage)
      try clauses(of: verb, &stage)
    } else {
      try application(&stage)
    }
    guard isStageEnd else { throw unexpectedBehind(stage, verb) }
    stage.span = span(from: start)
    return stage
  }

  private var isStageEnd: Bool {
    switch current {
    case .pipe, .newline, .endOfFile, .semicolon, .closeParen, .closeBrace, .closeBracket: true
    default: false
    }
  }

  /// apply = path ("(" arguments? ")")? by?
  private mutating func application(_ stage: inout Stage) throws(SyntaxFailure) {
    while accept(.dot) { stage.path.append(try name("the name of a function")) }
    if current == .openParen { stage.arguments = try callArguments() }
    if isWord("by"), !isForeignVerb(stage) { stage.clauses.append(try clause(.by, of: nil)) }
  }

  /// What a verb takes, before its clauses.
  private mutating func operands(
    of verb: VerbWord, _ stage: inout Stage
  ) throws(SyntaxFailure) {
    switch verb {
    case .where, .take, .sample: stage.items = [try plainItem()]
    case .top: try topOperands(&stage)
    case .derive, .summarize, .series, .pivot: stage.items = try items(.measure)
    case .select: stage.items = try items(.binding)
    case .drop, .sort, .unpivot, .reveal: stage.items = try items(.plain)
    case .distinct, .show: stage.items = isStageEnd ? [] : try items(.plain)
    case .rename: stage.items = try items(.renaming)
    case .label: stage.items = try items(.tag)
    case .expect: stage.items = try items(.check)
    case .join: try joinOperands(&stage)
    case .union:
      if isWord("all"), next.isName || next == .openParen {
        throw fail(
          .foreignWord(
            "all", title: "`union` keeps all rows as it is", fix: "write `union more_orders`",
            token.span))
      }
      stage.items = try items(.relation)
    case .predict, .evaluate, .explain:
      if isStageEnd { throw unexpected("a model, as in `rows | \(verb.rawValue) churn`") }
      stage.items = [try relationItem()]
    case .except, .intersect, .save, .unnest:
      stage.items = [try relationItem()]
    case .split: try splitOperands(&stage)
    case .train: try trainOperands(&stage)
    case .route: stage.route = try routeTable()
    case .chart: try chartOperands(&stage)
    }
  }

  /// top = "top" expr "by" exprs
  private mutating func topOperands(_ stage: inout Stage) throws(SyntaxFailure) {
    stage.items = [try plainItem()]
    guard isWord("by") else { throw fail(.topWithoutBy(token.span)) }
  }

  /// join = "join" kind? "many"? relation (on | at | within | into | as)*
  private mutating func joinOperands(_ stage: inout Stage) throws(SyntaxFailure) {
    let kinds = ["left", "right", "full", "semi", "anti", "cross", "asof", "window"]
    if current == .name, kinds.contains(text(token)) {
      stage.modifiers.append(takeName())
    } else if isWord("inner"), isOperandNext {
      stage.modifiers.append(takeName())
    }
    if isWord("outer"), isOperandNext { throw fail(.foreignJoinKind("outer", token.span)) }
    if isWord("many") { stage.modifiers.append(takeName()) }
    stage.items = [try relationItem()]
  }

  /// Whether the current word cannot be the relation itself, since one follows.
  private var isOperandNext: Bool {
    if next == .openParen { return !tokens[index + 1].isGlued }
    return next.isName && ClauseWord(rawValue: text(tokens[index + 1])) == nil
  }

  /// split = "split" ("before" expr | exprs) (on | by | seed)*
  private mutating func splitOperands(_ stage: inout Stage) throws(SyntaxFailure) {
    if isWord("before") {
      stage.modifiers = [takeName()]
      stage.items = [try plainItem()]
    } else {
      stage.items = try items(.plain)
    }
  }

  /// chart = "chart" NAME "(" arguments? ")"
  private mutating func chartOperands(_ stage: inout Stage) throws(SyntaxFailure) {
    stage.modifiers = [try name("the kind of chart, such as `line` or `bar`")]
    guard current == .openParen else { throw unexpected("`(` and what to draw") }
    stage.arguments = try callArguments()
  }
}
