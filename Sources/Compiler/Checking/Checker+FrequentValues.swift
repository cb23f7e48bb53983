import Diagnostics
import Syntax
import Values

/// The last column of `describe`: the most frequent values, with their shares of the values that
/// are there.
///
///     gold 41%, silver 33%, basic 26%
///
/// Of equally frequent ones the smaller stands first. Nothing where all values differ, since then
/// none is more frequent. Each column's values are counted once, and three of the counts are kept.
struct FrequentValues {
  let profile: ColumnProfile

  private static let shown = 3
  /// Longer texts are cut, so that one value does not fill the table.
  private static let longest: Int64 = 24

  private var span: Span { profile.span }

  /// The rows of a profile with `top`; `nil` after a mistake was reported.
  func added(to rows: LogicalPlan) -> LogicalPlan? {
    let counted = profile.input.schema.columns.filter { isCounted($0) }
    guard !counted.isEmpty else { return withoutValues(rows) }
    let input = counted.count > 1 ? shared(profile.input) : profile.input
    let counts = counted.compactMap { self.counts(of: $0, in: input) }
    guard counts.count == counted.count, let first = counts.first else { return nil }
    let all =
      counts.count == 1
      ? first
      : LogicalPlan(
        .combine(.unionAll, counts), schema: first.schema, facts: Facts(name: "frequent"),
        span: span)
    return written(joined(rows, all), keeping: rows.schema)
  }

  /// A key is different in every row, or nearly.
  private func isCounted(_ column: Column) -> Bool {
    column.type.base.isOrdered && !column.type.labels.isKey && !ColumnProfile.isMasked(column)
  }

  /// Rows that are dear to come by are come by once.
  private func shared(_ input: LogicalPlan) -> LogicalPlan {
    if case .reference = input.op { return input }
    return Checker.reference(
      profile.checker.newBinding(), input.facts.name ?? "described", input)
  }

  private func withoutValues(_ rows: LogicalPlan) -> LogicalPlan {
    let nothing = TypedExpr(.literal(.null), ValueType(.text, nullable: true), span)
    return Projection.plan(
      rows, Projection.identity(rows, span) + [NamedExpr("top", masking(nothing))], span)
  }

  /// Of the columns whose values stay private, the word for that.
  private func masking(_ top: TypedExpr) -> TypedExpr {
    let type = ValueType(.text, nullable: true)
    let names = profile.input.schema.columns.filter(ColumnProfile.isMasked).map { column in
      TypedExpr(.literal(.text(column.name)), ValueType(.text), span)
    }
    guard !names.isEmpty else { return TypedExpr(top.kind, type, span) }
    let isMasked = TypedExpr(
      .isIn(TypedExpr(.column("column"), ValueType(.text), span), names, negated: false),
      ValueType(.bool), span)
    let masked = TypedExpr(.literal(.text(PersonalData.mask)), ValueType(.text), span)
    return TypedExpr(
      .conditional([TypedBranch(condition: isMasked, value: masked)], otherwise: top), type, span)
  }

  // MARK: Counting

  /// One row: the column's name, its most frequent values and how often they are there.
  private func counts(of column: Column, in input: LogicalPlan) -> LogicalPlan? {
    let value = Expr(.name(column.name), span)
    let count = Name("\(column.name) rows", span)
    let present = compare(value, .notEqual, Expr(.null, span))
    guard let kept = apply("where", [item(present)], to: input),
      let groups = apply(
        "summarize", [item(profile.call("count"), count)], by: [item(value)], to: kept)
    else { return nil }
    let keys = [Expr(.negate(name(count)), span), value]
    // Three of the values that enough people share.
    let told = profile.checker.leaving(groups, isMasked: false)
    guard let sorted = apply("sort", keys.map { item($0) }, to: told),
      let taken = apply("take", [item(number(Int64(Self.shown)))], to: sorted)
    else { return nil }
    return apply(
      "summarize",
      [
        item(text(column.name), Name("column", span)),
        item(list(shown(value, of: column), keys), Name("values", span)),
        item(list(name(count), keys), Name("rows", span)),
      ], to: taken)
  }

  private func list(_ value: Expr, _ keys: [Expr]) -> Expr {
    Expr(.call(Name("list", span), ([value] + keys).map { Argument(name: nil, value: $0) }), span)
  }

  private func apply(
    _ verb: String, _ items: [Item], by keys: [Item] = [], to input: LogicalPlan
  ) -> LogicalPlan? {
    var stage = Stage(path: [Name(verb, span)], isVerb: true, span: span)
    stage.items = items
    if !keys.isEmpty {
      var by = Clause(word: .by, span: span)
      by.items = keys
      stage.clauses = [by]
    }
    let check = StageCheck(
      checker: profile.checker, stage: stage, input: input, scope: profile.scope)
    guard let verb = Verb.named(verb), case .relation(let plan) = verb.apply(check) else {
      return nil
    }
    return plan
  }

  // MARK: Put beside the figures

  private func joined(_ rows: LogicalPlan, _ counts: LogicalPlan) -> LogicalPlan {
    let added = counts.schema.columns.filter { $0.name != "column" }
    let outputs =
      rows.schema.names.map { Join.Output(name: $0, source: .left($0)) }
      + added.map { Join.Output(name: $0.name, source: .right($0.name)) }
    let type = ValueType(.text)
    let key = JoinKey(
      left: TypedExpr(.column("column"), type, span),
      right: TypedExpr(.rightColumn("column"), type, span))
    let nullable = added.map { Column($0.name, $0.type.nullable) }
    return LogicalPlan(
      .join(rows, counts, Join(kind: .left, keys: [key], conditions: [], outputs: outputs)),
      schema: Schema(rows.schema.columns + nullable), facts: rows.facts, span: span)
  }

  // MARK: Written as text

  /// `gold 41%, silver 33%, basic 26%`
  private func written(_ joined: LogicalPlan, keeping schema: Schema) -> LogicalPlan? {
    let pieces = (1...Self.shown).map { place in
      text([
        .hole(at("values", place), format: nil), .text(" "),
        .hole(share(at("rows", place)), format: nil),
      ])
    }
    let all = profile.call("join_text", Expr(.list(pieces), span), text(", "))
    let differ = compare(name("distinct"), .equal, name("count"))
    let top = Expr(
      .conditional(
        [Branch(condition: differ, value: Expr(.null, span))], otherwise: all,
        isCase: false), span)
    let context = ExprContext.over(joined, profile.scope, place: "`describe`")
    let checked = profile.checker.check(top, context)
    guard !checked.isFailed else { return nil }
    let items = schema.columns.map { column in
      NamedExpr(column.name, .column(column, span))
    }
    return Projection.plan(joined, items + [NamedExpr("top", masking(checked))], span)
  }

  /// In whole percents, and never all or nothing where it is not: `41%`, `<1%`, `>99%`, `100%`.
  private func share(_ rows: Expr) -> Expr {
    let share = Expr(
      .product(first: rows, rest: [Operand(.divide, name("count"))]), span)
    let branches = [
      Branch(condition: compare(rows, .equal, name("count")), value: text("100%")),
      Branch(condition: compare(share, .less, float(0.005)), value: text("<1%")),
      Branch(condition: compare(share, .greater, float(0.995)), value: text(">99%")),
    ]
    let percents = text([.hole(share, format: ".0%")])
    return Expr(.conditional(branches, otherwise: percents, isCase: true), span)
  }

  /// A text that is short enough, in quotes where it would read as several or as none.
  private func shown(_ value: Expr, of column: Column) -> Expr {
    guard column.type.base == .text else { return profile.call("text", value) }
    let isLong = compare(profile.call("length", value), .greater, number(Self.longest))
    let start = profile.call("left", value, number(Self.longest - 1))
    let unclear = Expr(.compare(value, .matches, text("[\",]|^ | $|^$")), span)
    let branches = [
      Branch(condition: isLong, value: text([.hole(start, format: nil), .text("…")])),
      Branch(
        condition: unclear, value: text([.text("\""), .hole(value, format: nil), .text("\"")])),
    ]
    return Expr(.conditional(branches, otherwise: value, isCase: true), span)
  }

  // MARK: Pieces of expressions

  private func item(_ expr: Expr, _ name: Name? = nil) -> Item {
    Item(name: name, expr: expr, span: span)
  }
  private func at(_ list: String, _ place: Int) -> Expr {
    profile.call("get", name(list), number(Int64(place)))
  }
  private func name(_ name: Name) -> Expr { Expr(.name(name.text), span) }
  private func name(_ text: String) -> Expr { Expr(.name(text), span) }
  private func number(_ value: Int64) -> Expr { Expr(.number(.int(value)), span) }
  private func float(_ value: Double) -> Expr { Expr(.number(.float(value)), span) }

  private func text(_ text: String) -> Expr {
    Expr(.text(TextLiteral(parts: [.text(text)], isFormatted: false, span: span)), span)
  }

  private func text(_ parts: [TextLiteral.Part]) -> Expr {
    Expr(.text(TextLiteral(parts: parts, isFormatted: true, span: span)), span)
  }

  private func compare(_ left: Expr, _ sign: Comparison, _ right: Expr) -> Expr {
    Expr(.compare(left, sign, right), span)
  }
}
