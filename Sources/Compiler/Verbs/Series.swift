import Diagnostics
import Syntax
import Values

extension Verb {
  static let series = Verb(
    name: "series", summary: "a complete time series: a row for every step, for every group",
    form: "series revenue = sum(amount) at week = ordered_at every 1 week over @2025 by region",
    clauses: [.at, .every, .over, .fill, .by],
    details: """
      Folds rows as `summarize` does, by the step of time they fall into, and adds the steps without
      rows: `count` and `sum` are 0 there, other measures missing, or what `fill` says. `at` names the
      column of the step, its first day or moment. Every group has every step of the range: that of all
      rows, or the one that `over` fixes, which leaves other rows out. Several units (`every 2 weeks`,
      `every 15 minutes`) are counted from Monday 1970-01-05 for weeks and days, from midnight of
      1970-01-01 for hours and less, from January of year 0 for months. Rows without a time are left out.
      The result is sorted by groups, then time.
      """,
    examples: [
      "orders | series revenue = sum(amount), orders = count() at month = ordered_at every 1 month",
      "orders | series spend = sum(amount) at week = ordered_at every 2 weeks over @2025-Q1 by region",
    ]
  ) { check in
    let inner = StageCheck(
      checker: check.checker, stage: check.stage, input: check.marked().plan, scope: check.scope)
    guard var series = SeriesCheck(inner) else { return .failed }
    return series.plan().map { .relation($0) } ?? .failed
  }
}

/// Writes the stage as stages: steps of the rows, a grid of all groups and steps, both together
/// folded, where only true rows count.
private struct SeriesCheck {
  let check: StageCheck
  let time: Name
  let moment: Expr
  let step: TimeStep
  let isDate: Bool
  var scope: Scope

  private static let first = "#first"
  private static let last = "#last"
  private static let place = "#place"
  private static let isRow = "#row"

  init?(_ check: StageCheck) {
    guard let at = check.clause(.at)?.items.first, let every = check.clause(.every)?.items.first
    else {
      check.report(check.missingClock)
      return nil
    }
    guard let name = check.name(of: at, what: "column of time"),
      let step = check.timeStep(every.expr)
    else { return nil }
    let typed = check.checker.check(at.expr, check.rowContext)
    guard !typed.isFailed, check.isMoment(typed, at: at.span) else { return nil }
    isDate = typed.type.base == .date
    if isDate, step.isWithinDay {
      check.report(
        .mismatch(
          "a date has no hours", at: every.span, label: "steps of less than a day",
          help: ["dates go `every 1 day`, or longer"]))
      return nil
    }
    self.check = check
    self.step = step
    time = name
    moment = at.expr
    scope = check.scope
  }

  private var span: Span { check.span }

  mutating func plan() -> LogicalPlan? {
    guard let keys = keys(), let rows = rowsInSteps(keys), let grid = grid(rows, keys),
      let folded = folded(rows, grid, keys)
    else { return nil }
    return filled(folded)
  }

  // MARK: Stages

  private func apply(
    _ verb: String, _ items: [Item], to input: LogicalPlan, _ clauses: [Clause] = [],
    _ modifiers: [String] = []
  ) -> LogicalPlan? {
    var stage = Stage(path: [Name(verb, span)], isVerb: true, span: span)
    stage.items = items
    stage.clauses = clauses
    stage.modifiers = modifiers.map { Name($0, span) }
    let inner = StageCheck(checker: check.checker, stage: stage, input: input, scope: scope)
    guard case .relation(let plan)? = Verb.named(verb)?.apply(inner) else { return nil }
    return plan
  }

  private func item(_ name: String?, _ expr: Expr) -> Item {
    Item(name: name.map { Name($0, span) }, expr: expr, span: expr.span)
  }

  private func column(_ name: String) -> Expr { Expr(.name(name), span) }

  private func call(_ function: String, _ arguments: Expr...) -> Expr {
    Expr(.call(Name(function, span), arguments.map { Argument(name: nil, value: $0) }), span)
  }

  private var by: Clause? { check.clause(.by).flatMap { $0.items.isEmpty ? nil : $0 } }

  // MARK: Rows and their steps

  private func keys() -> [Name]? {
    guard let by else { return [] }
    var names: [Name] = []
    for item in by.items {
      guard let name = check.name(of: item, what: "key") else { return nil }
      names.append(name)
    }
    return check.areDistinct(names + [time]) ? names : nil
  }

  /// The incoming rows with their step and keys, those without a time left out.
  private mutating func rowsInSteps(_ keys: [Name]) -> LogicalPlan? {
    var input = check.input
    if let over = check.clause(.over)?.items.first {
      guard let within = within(over.expr),
        let kept = apply("where", [item(nil, within)], to: input)
      else { return nil }
      input = kept
    }
    let clash = input.schema[time.text] != nil && time.text != plainName(moment)
    if clash {
      check.report(.duplicateName(time.text, at: time.span, first: nil))
      return nil
    }
    let wanted = columnsOfMeasures().map { names in
      input.schema.names.filter { names.contains($0) && $0 != time.text }
    }
    var items: [Item] = []
    for (key, given) in zip(keys, by?.items ?? []) { items.append(item(key.text, given.expr)) }
    items.append(item(time.text, step.start(of: moment, span, run)))
    let set = Set(items.compactMap(\.name?.text))
    let rest = (wanted ?? input.schema.names).filter { !set.contains($0) }
    items += rest.map { item(nil, column($0)) }
    guard let stepped = apply("select", items, to: input) else { return nil }
    let isThere = Expr(.compare(column(time.text), .notEqual, Expr(.null, span)), span)
    return apply("where", [item(nil, isThere)], to: stepped)
  }

  private func plainName(_ expr: Expr) -> String? {
    if case .name(let name) = expr.kind { name } else { nil }
  }

  /// The names that measures use; nil where that cannot be told.
  private func columnsOfMeasures() -> Set<String>? {
    var names: Set<String> = []
    var isKnown = true
    func look(_ expr: Expr) {
      switch expr.kind {
      case .name(let name): names.insert(name)
      case .variable, .pipeline, .text: isKnown = false
      case .call(let name, _):
        if scope.functions[name.text] != nil || scope.metrics[name.text] != nil { isKnown = false }
      default: break
      }
      expr.children.forEach(look)
    }
    for item in check.stage.items {
      look(item.expr)
      if let filter = item.filter { look(filter) }
    }
    return isKnown ? names : nil
  }

  // MARK: The range

  /// Whether a row is in the range of `over`; its ends are bound on the way.
  private mutating func within(_ over: Expr) -> Expr? {
    let ends: (Expr, Expr)
    switch over.kind {
    case .range(let low, let high): ends = (low, high)
    default:
      let value = check.checker.check(over, .outside(scope))
      guard !value.isFailed else { return nil }
      guard case .period(let start, let end)? = value.constant else {
        check.report(
          .mismatch(
            "`over` takes a period or a range", at: over.span, label: "this is \(value.type)",
            help: ["`over @2025`, `over @2025-01-01..@2025-06-30`"]))
        return nil
      }
      ends = (
        bound("from", .date(start), over.span), bound("to", .date(end - 1), over.span)
      )
    }
    for end in [ends.0, ends.1] {
      let typed = check.checker.check(end, .outside(scope))
      guard !typed.isFailed, check.isMoment(typed, at: end.span) else { return nil }
    }
    range = ends
    return Expr(.compare(moment, .isIn, over), over.span)
  }

  private var range: (Expr, Expr)?
  private var run: RunConstants { check.checker.constants }

  private mutating func bound(_ name: String, _ value: Value, _ span: Span) -> Expr {
    let hole = "\u{0}series_\(name)"
    scope.bind(hole, .value(TypedExpr(.literal(value), ValueType(.date), span)), at: span)
    return Expr(.variable(hole), span)
  }

  // MARK: The grid

  /// Every group with every step between the first and the last.
  private mutating func grid(_ rows: LogicalPlan, _ keys: [Name]) -> LogicalPlan? {
    guard let groups = groups(rows, keys) else { return nil }
    let count = step.count(from: column(Self.first), to: column(Self.last), isDate, span, run)
    let places = call("list_range", Expr(.number(.int(0)), span), count)
    guard let listed = apply("derive", [item(Self.place, places)], to: groups),
      let spread = apply("unnest", [item(nil, column(Self.place))], to: listed)
    else { return nil }
    let moment = step.step(column(Self.place), after: column(Self.first), isDate, span, run)
    let items = keys.map { item(nil, column($0.text)) } + [item(time.text, moment)]
    return apply("select", items, to: spread)
  }

  /// The groups with the ends of the range.
  private mutating func groups(_ rows: LogicalPlan, _ keys: [Name]) -> LogicalPlan? {
    let distinct =
      keys.isEmpty ? nil : apply("distinct", keys.map { item(nil, column($0.text)) }, to: rows)
    if !keys.isEmpty, distinct == nil { return nil }
    if let range {
      let ends = [
        item(Self.first, step.start(of: range.0, span, run)),
        item(Self.last, step.start(of: range.1, span, run)),
      ]
      return apply("derive", ends, to: distinct ?? oneRow)
    }
    let ends = [
      item(Self.first, call("min", column(time.text))),
      item(Self.last, call("max", column(time.text))),
    ]
    guard let bounds = apply("summarize", ends, to: rows) else { return nil }
    guard let distinct else { return bounds }
    let hole = "\u{0}series_bounds"
    scope.bind(hole, .relation(bounds), at: span)
    return apply("join", [item(nil, Expr(.variable(hole), span))], to: distinct, [], ["cross"])
  }

  private var oneRow: LogicalPlan {
    let zero = TypedExpr(.literal(.int(0)), ValueType(.int), span)
    return LogicalPlan(
      .rows([[zero]]), schema: Schema([Column("#one", ValueType(.int))]), facts: Facts(), span: span
    )
  }

  // MARK: Together

  /// Rows and grid one below the other, folded by groups and steps; the grid counts for nothing.
  private func folded(
    _ rows: LogicalPlan, _ grid: LogicalPlan, _ keys: [Name]
  ) -> LogicalPlan? {
    guard
      let marked = apply("derive", [item(Self.isRow, Expr(.bool(true), span))], to: rows)
    else { return nil }
    let empty = marked.schema.columns.map { column -> NamedExpr in
      if let own = grid.schema[column.name] { return NamedExpr(column.name, .column(own, span)) }
      let value: Value = column.name == Self.isRow ? .bool(false) : .null
      return NamedExpr(column.name, TypedExpr(.literal(value), column.type.nullable, span))
    }
    let steps = Projection.plan(grid, empty, span)
    var facts = Facts(name: check.input.facts.name)
    facts.addsSteps = true
    let both = LogicalPlan(
      .combine(.unionAll, [marked, steps]), schema: marked.schema, facts: facts, span: span)
    let items = check.stage.items.map { measure -> Item in
      var measure = measure
      let isRow = column(Self.isRow)
      measure.filter = measure.filter.map { Expr(.and([isRow, $0]), $0.span) } ?? isRow
      return measure
    }
    var clause = Clause(word: .by, span: span)
    clause.items = keys.map { item(nil, column($0.text)) } + [item(nil, column(time.text))]
    return apply("summarize", items, to: both, [clause])
  }

  /// `fill 0`: in the place of what is missing in a step.
  private func filled(_ plan: LogicalPlan) -> LogicalPlan? {
    guard let fill = check.clause(.fill)?.items.first else { return plan }
    let names = check.stage.items.compactMap { check.name(of: $0, what: "measure") }
    let items = names.filter { plan.schema[$0.text]?.type.isNullable == true }.map { name in
      item(name.text, Expr(.coalesce([column(name.text), fill.expr]), fill.span))
    }
    return items.isEmpty ? plan : apply("derive", items, to: plan)
  }
}

extension StageCheck {
  fileprivate var missingClock: Diagnostic {
    Diagnostic(
      .unexpectedToken, "`series` needs `at` and `every`", at: span, label: "which steps of time?",
      help: ["`series revenue = sum(amount) at week = ordered_at every 1 week`"])
  }

  fileprivate func isMoment(_ typed: TypedExpr, at place: Span) -> Bool {
    if typed.type.base == .date || typed.type.base == .timestamp { return true }
    report(
      .mismatch("`series` needs a date or a timestamp", at: place, label: "this is \(typed.type)"))
    return false
  }

  fileprivate func timeStep(_ expr: Expr) -> TimeStep? {
    let value = checker.check(expr, .outside(scope))
    if value.isFailed { return nil }
    switch value.constant {
    case .months(let months)? where months > 0: return .months(Int64(months))
    case .duration(let micros)? where micros > 0 && micros % 1_000_000 == 0:
      let seconds = micros / 1_000_000
      return seconds % 86_400 == 0 ? .days(seconds / 86_400) : .seconds(seconds)
    case .duration(let micros)? where micros > 0:
      report(
        .mismatch(
          "steps of `series` are whole seconds", at: expr.span, label: "a part of a second",
          help: ["`every 1 second`; finer steps are keys: `by t = time_bucket(at, ...)`"]))
    case .duration, .months:
      report(
        .mismatch(
          "`every` takes a length of time", at: expr.span, label: "this leads nowhere",
          help: ["`every 1 day`, `every 2 weeks`, `every 1 month`, `every 15 minutes`"]))
    case nil: report(.notConstant("the step behind `every`", at: expr.span))
    default:
      report(
        .mismatch(
          "`every` takes a length of time", at: expr.span, label: "this is \(value.type)",
          help: ["`every 1 day`, `every 2 weeks`, `every 1 month`, `every 15 minutes`"]))
    }
    return nil
  }
}
