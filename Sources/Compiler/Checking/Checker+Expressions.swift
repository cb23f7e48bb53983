import Diagnostics
import Syntax
import Values

extension Checker {
  /// Types an expression. Never fails: a mistake is reported once and gives `.failed`.
  func check(_ expr: Expr, _ context: ExprContext) -> TypedExpr {
    let span = expr.span
    switch expr.kind {
    case .name(let name): return checkName(name, span, context)
    case .variable(let name): return checkVariable(name, span, context)
    case .number, .percent, .duration, .date, .bool, .null:
      return Self.literal(expr, constants)
    case .text(let text): return checkText(text, context)
    case .it: return checkIt(span)
    case .source(.read, _), .rows, .source(.sql, _), .source(.model, _), .pipeline:
      return valueOf(pipeline: Pipeline(head: expr, stages: [], span: span), context)
    case .call(let name, let arguments): return checkCall(name, arguments, span, context)
    case .qualifiedCall(let base, let name, let arguments):
      return checkQualifiedCall(base, name, arguments, span, context)
    case .field(let base, let name): return checkField(base, name, span, context)
    case .negate(let operand): return checkNegation(check(operand, context), span)
    case .not(let operand):
      let condition = checkCondition(operand, context)
      if case .literal(.bool(let value)) = condition.kind { return Self.bool(!value, span) }
      return condition.isFailed
        ? condition : TypedExpr(.not(condition), boolType([condition]), span)
    case .or(let operands), .and(let operands):
      let conditions = operands.map { checkOperand($0, of: operands, context) }
      if conditions.contains(where: \.isFailed) { return .failed(span) }
      let isAnd = if case .and = expr.kind { true } else { false }
      return Self.connect(conditions, isAnd: isAnd, span)
    case .coalesce(let operands): return checkCoalesce(operands, span, context)
    case .sum(let first, let rest):
      return rest.reduce(check(first, context)) { left, operand in
        let sign: ArithmeticSign = operand.sign == .plus ? .plus : .minus
        return arithmetic(sign, left, check(operand.value, context))
      }
    case .product(let first, let rest):
      return rest.reduce(check(first, context)) { left, operand in
        arithmetic(Self.sign(operand.sign), left, check(operand.value, context))
      }
    case .power(let base, let exponent):
      return arithmetic(.power, check(base, context), check(exponent, context))
    case .compare(let left, let sign, let right):
      return checkComparison(left, sign, right, span, context)
    case .range: return rangeOutsideIn(span)
    case .conditional(let branches, let otherwise, _):
      return checkConditional(branches, otherwise, span, context)
    case .list(let elements): return checkList(elements, span, context)
    case .record(let fields): return checkRecord(fields, span, context)
    case .filtered(let inner, let filter):
      return checkFiltered(inner, filter, span, context)
    case .missing: return .failed(span)
    }
  }

  private static func sign(_ sign: MultiplicativeSign) -> ArithmeticSign {
    switch sign {
    case .times: .times
    case .divide: .divide
    case .floorDivide: .floorDivide
    }
  }

  /// An expression that must be true or false. A null counts as false.
  func checkCondition(_ expr: Expr, _ context: ExprContext) -> TypedExpr {
    let typed = check(expr, context)
    if typed.isFailed { return typed }
    guard typed.type.base == .bool || typed.type.base == .null else {
      report(.notACondition(typed.type, at: typed.span))
      return .failed(typed.span)
    }
    warnAboutNulls(typed)
    return typed
  }

  /// A nullable flag counts as false where it is missing (L53).
  private func warnAboutNulls(_ condition: TypedExpr) {
    guard condition.type.isNullable, condition.type.base == .bool else { return }
    report(
      Diagnostic(
        .nullableCondition, "a missing value counts as false here", at: condition.span,
        label: "this is \(condition.type)",
        help: ["say what is meant: `== true`, or `?? false`"]))
  }

  /// One side of `and` or `or`: `status == "paid" or "sent"` is a habit of speech.
  private func checkOperand(
    _ operand: Expr, of all: [Expr], _ context: ExprContext
  ) -> TypedExpr {
    let reported = diagnostics.count
    let typed = checkCondition(operand, context)
    if typed.isFailed, diagnostics.count == reported + 1, operand.isPlainLiteral,
      case .compare(let left, _, _)? = all.first?.kind, case .name(let name) = left.kind
    {
      diagnostics[reported].help = [
        "each side is a condition of its own: `\(name) == ...`; for several values write `\(name) in [...]`"
      ]
    }
    return typed
  }

  // MARK: Names

  private func checkName(_ name: String, _ span: Span, _ context: ExprContext) -> TypedExpr {
    if context.namesAreBindings { return checkVariable(name, span, context) }
    switch context.row {
    case .none: return checkVariable(name, span, context)
    case .relation(let schema, let relation):
      if let column = schema[name] { return .column(column, span) }
      return unknownColumn(name, schema, relation, span, context)
    case .joined(let schema, let relation):
      if let column = schema[name] {
        return TypedExpr(.rightColumn(name), column.type, span)
      }
      return unknownColumn(name, schema, relation, span, context)
    case .group(let schema, let incoming):
      if let column = schema[name] { return .column(column, span) }
      if incoming[name] != nil {
        report(.notGrouped(name, at: span))
        return .failed(span)
      }
      return unknownColumn(name, incoming, nil, span, context)
    }
  }

  private func unknownColumn(
    _ name: String, _ schema: Schema, _ relation: String?, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    var diagnostic = Diagnostic.unknownColumn(
      name, in: schema, relation: relation, binding: context.scope.bindings[name] != nil,
      at: span)
    if incoming?.schema == schema { diagnostic.explain(name, lost: incoming?.lost(name)) }
    if let constant = ForeignFunctions.constant(name) {
      diagnostic.help = ["write `\(constant)`"]
    } else if context.scope.metrics[name] != nil, diagnostic.code == .unknownColumn {
      diagnostic.help = ["`\(name)` is a metric, and is called: `\(name)()`"]
    } else if Suggestion.nearest(to: name, in: schema.names) == nil,
      let near = Suggestion.nearest(to: name, in: context.scope.boundNames)
    {
      diagnostic.help.insert("did you mean the name bound outside, `$\(near)`?", at: 0)
    } else if diagnostic.code == .unknownColumn, BuiltinFunction.named(name) != nil {
      diagnostic.help.insert("`\(name)` is a function: `\(name)(...)`", at: 0)
    }
    report(diagnostic)
    return .failed(span)
  }

  func checkVariable(_ name: String, _ span: Span, _ context: ExprContext) -> TypedExpr {
    guard let binding = context.scope.bindings[name] else {
      if failedNames.contains(name) { return .failed(span) }
      report(unknownBinding(name, context.scope, span))
      return .failed(span)
    }
    switch binding {
    case .value(let value):
      if case .runValue(let id) = value.kind { uses.insert(id) }
      return TypedExpr(value.kind, value.type, span)
    case .column(let argument): return checkColumnArgument(argument, span, context)
    case .relation(let plan):
      // A relation with one column is a list of values for `in`, and nothing else.
      report(.needsValue(at: span, got: "the relation `\(name)`"))
      _ = plan
      return .failed(span)
    case .chart:
      report(.needsValue(at: span, got: "a chart"))
      return .failed(span)
    case .record(let record):
      reportParts(record, named: name, at: span)
      return .failed(span)
    case .model(let model):
      reportModel(model, at: span)
      return .failed(span)
    case .columns:
      report(.needsValue(at: span, got: "a list of columns"))
      return .failed(span)
    case .failed: return .failed(span)
    }
  }

  private func unknownBinding(_ name: String, _ scope: Scope, _ span: Span) -> Diagnostic {
    var diagnostic = Diagnostic.unknownBinding(name, known: scope.boundNames, at: span)
    if let constant = ForeignFunctions.constant(name) {
      diagnostic.help = ["write `\(constant)`"]
    } else if !expansions.isEmpty, self.scope.bindings[name] != nil {
      diagnostic.help = ["a function does not see the names of the file: give it a parameter"]
    } else if !expansions.isEmpty, Suggestion.nearest(to: name, in: scope.boundNames) == nil {
      diagnostic.help = ["a function sees its parameters only: add `\(name)` to them"]
    } else if let block = blockNames[name] {
      diagnostic.notes.append(Diagnostic.Note("bound in this block, and gone behind it", at: block))
      diagnostic.help = ["bind it before the block, or use it inside"]
    } else if ["return", "break", "continue", "pass"].contains(name) {
      diagnostic.help = ["a block runs to its end: no word leaves it"]
    } else {
      diagnostic.pointDown(to: upcoming[name])
    }
    return diagnostic
  }

  /// `$customer` inside a function: the caller's expression over the relation at hand. After a
  /// stage that named it, the column of the parameter's name stands for a computed argument.
  private func checkColumnArgument(
    _ argument: ColumnArgument, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    var inner = context
    inner.scope = argument.scope
    inner.namesAreBindings = argument.namesAreBindings
    if let column = context.row.schema?[argument.parameter], isNamed(argument, context, inner) {
      return .column(column, span)
    }
    let typed = check(argument.expr, inner)
    if let made = ownColumn(in: typed, context) {
      let finding = Diagnostic.hiddenByBody(
        made.name, expansions.last?.name ?? "", at: span, made: made.place)
      // The body may read it in several places; one says it all.
      if !diagnostics.contains(where: { $0.title == finding.title }) { report(finding) }
      return .failed(span)
    }
    return TypedExpr(typed.kind, typed.type, span)
  }

  /// A column of the caller's expression in whose place the body at hand has put one of its own.
  private func ownColumn(
    in typed: TypedExpr, _ context: ExprContext
  ) -> (name: String, place: Span)? {
    guard let body = expansions.last?.function, case .relation = context.row else { return nil }
    for name in typed.columnUses.keys.sorted() {
      let made = context.renewed[name] ?? incoming?.origin(of: name)?.expr.span
      if let made, made.file == body.file, body.start <= made.start, made.end <= body.end {
        return (name, made)
      }
    }
    return nil
  }

  /// Whether the column of the parameter's name is the computed argument, named by a stage of the
  /// body (`by $customer`), and not a column of the caller that happens to be called so.
  private func isNamed(
    _ argument: ColumnArgument, _ context: ExprContext, _ inner: ExprContext
  ) -> Bool {
    if case .name = argument.expr.kind { return false }
    switch (argument.naming, context.row) {
    case (.never, _): return false
    case (.byTheBody, _), (.ambiguous, .none), (.ambiguous, .group), (.ambiguous, .joined):
      return true
    case (.ambiguous, .relation):
      guard let origin = incoming?.origin(of: argument.parameter) else { return false }
      return quietly { check(argument.expr, .over(origin.input, inner.scope, place: "")).kind }
        == origin.expr.kind
    }
  }

  /// What a check gives, without what it finds.
  private func quietly<T>(_ work: () -> T) -> T {
    let known = diagnostics
    defer { diagnostics = known }
    return work()
  }

  private func checkIt(_ span: Span) -> TypedExpr {
    guard isPrompt, case .value(let value)? = scope.bindings["it"] else {
      report(isPrompt ? .needsValue(at: span, got: "a relation") : .itOutsidePrompt(at: span))
      return .failed(span)
    }
    return TypedExpr(value.kind, value.type, span)
  }

  private func checkField(
    _ base: Expr, _ name: Name, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    if case .name(let relation) = base.kind, case .none = context.row,
      case .relation? = context.scope.bindings[relation]
    {
      report(
        Diagnostic(
          .notAValue, "a relation has columns, not fields", at: span,
          label: "a column for every row",
          help: ["`\(relation) | select \(name.text)` picks it, `summarize` folds it"]))
      return .failed(span)
    }
    if let part = partOfRecord(base, name, context) ?? partOfModel(base, name, context) {
      return value(of: part, span)
    }
    let typed = check(base, context)
    if typed.isFailed { return typed }
    guard case .record(let fields) = typed.type.base else {
      report(
        .mismatch(
          "`.\(name.text)` needs a record", at: base.span, label: "this is \(typed.type)",
          help: BuiltinFunction.named(name.text) == nil
            ? [] : ["it is a function: `\(name.text)(...)`"]))
      return .failed(span)
    }
    guard let field = fields.first(where: { $0.name == name.text }) else {
      report(.unknownField(name, in: fields.map(\.name)))
      return .failed(span)
    }
    if case .record(let known) = typed.kind,
      let value = known.first(where: { $0.name == name.text })?.value, value.isKnown
    {
      return TypedExpr(value.kind, value.type, span)
    }
    let type = typed.type.isNullable ? field.type.nullable : field.type
    return TypedExpr(.field(typed, name.text), type, span)
  }

  // MARK: Logic and choice

  static func bool(_ value: Bool, _ span: Span) -> TypedExpr {
    TypedExpr(.literal(.bool(value)), ValueType(.bool), span)
  }

  /// Conditions are two-valued: never null.
  func boolType(_ operands: [TypedExpr]) -> ValueType {
    let labels = operands.reduce(LabelSet()) { $0.mergedPrivacy($1.type.labels) }
    // A condition over a pii column says little about it: booleans clear pii (L80).
    var kept = labels
    kept.isPII = false
    kept.isRevealed = false
    kept.isPseudonym = false
    return ValueType(.bool, labels: kept)
  }

  static func connect(_ operands: [TypedExpr], isAnd: Bool, _ span: Span) -> TypedExpr {
    let decisive = Value.bool(!isAnd)
    if operands.contains(where: { $0.constant == decisive }) { return bool(!isAnd, span) }
    let rest = operands.filter { $0.constant != .bool(isAnd) }
    if rest.isEmpty { return bool(isAnd, span) }
    if rest.count == 1, rest[0].type.base == .bool, !rest[0].type.isNullable { return rest[0] }
    let labels = rest.reduce(LabelSet()) { $0.mergedPrivacy($1.type.labels) }
    return TypedExpr(isAnd ? .and(rest) : .or(rest), ValueType(.bool, labels: labels), span)
  }

  private func checkCoalesce(
    _ operands: [Expr], _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    let typed = operands.map { check($0, context) }
    guard let (unified, type) = unify(typed, "the sides of `??`", span) else {
      return .failed(span)
    }
    let nullable = typed.allSatisfy { $0.type.isNullable }
    return TypedExpr(
      .coalesce(unified), ValueType(type.base, nullable: nullable, labels: type.labels), span)
  }

  private func checkConditional(
    _ branches: [Branch], _ otherwise: Expr, _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    let conditions = branches.map { checkCondition($0.condition, context) }
    let values = (branches.map(\.value) + [otherwise]).map { check($0, context) }
    if conditions.contains(where: \.isFailed) { return .failed(span) }
    warnOfShadowed(conditions, "branch")
    guard let (unified, type) = unify(values, "the branches", span) else { return .failed(span) }
    for (condition, value) in zip(conditions, unified) {
      if condition.constant == .bool(true) { return TypedExpr(value.kind, type, span) }
      if condition.constant != .bool(false) { break }
    }
    let typedBranches = zip(conditions, unified).map { TypedBranch(condition: $0, value: $1) }
    guard let last = unified.last else { return .failed(span) }
    return TypedExpr(.conditional(typedBranches, otherwise: last), type, span)
  }

  /// Brings expressions to one type, or reports where they differ.
  func unify(
    _ exprs: [TypedExpr], _ what: String, _ span: Span
  ) -> (exprs: [TypedExpr], type: ValueType)? {
    if exprs.contains(where: \.isFailed) { return nil }
    guard var type = exprs.first?.type else { return nil }
    for (position, expr) in exprs.enumerated().dropFirst() {
      guard let wider = TypeRules.unify(type, expr.type) else {
        let first = exprs[0..<position].first { $0.type.base != .null } ?? exprs[0]
        report(
          .mismatch(
            "\(what) have different types", at: expr.span, label: "this is \(expr.type.base)",
            help: ["bring them to one type; `null` goes with any"],
            notes: [Diagnostic.Note("this is \(first.type.base)", at: first.span)]))
        return nil
      }
      type = wider
    }
    return (exprs.map { widen($0, to: type.base) }, type)
  }

  /// The same value as a wider type; a literal is changed in place.
  func widen(_ expr: TypedExpr, to base: DataType) -> TypedExpr {
    if expr.type.base == base || expr.isFailed { return expr }
    let type = ValueType(base, nullable: expr.type.isNullable, labels: expr.type.labels)
    if case .literal(let value) = expr.kind {
      switch (value, base) {
      case (.null, _): return TypedExpr(.literal(.null), type, expr.span)
      case (.int(let number), .float):
        return TypedExpr(.literal(.float(Double(number))), type, expr.span)
      case (.date(let day), .timestamp):
        return TypedExpr(.literal(.timestamp(constants.midnight(day))), type, expr.span)
      default: break
      }
    }
    if expr.type.base == .date, base == .timestamp, constants.zone != nil {
      return midnight(of: expr)
    }
    // What only may be missing more often is the same value.
    if case .record = base, !TypeRules.holdsNull(expr.type.base) {
      return TypedExpr(expr.kind, type, expr.span)
    }
    return TypedExpr(.widen(expr), type, expr.span)
  }

  // MARK: Collections

  private func checkList(_ elements: [Expr], _ span: Span, _ context: ExprContext) -> TypedExpr {
    let typed = elements.map { check($0, context) }
    if typed.isEmpty {
      return TypedExpr(.list([]), ValueType(.list(ValueType(.null))), span)
    }
    guard let (unified, type) = unify(typed, "the items of the list", span) else {
      return .failed(span)
    }
    let listType = ValueType(.list(type), labels: type.labels.privacy)
    let values = unified.compactMap(\.constant)
    if values.count == unified.count {
      return TypedExpr(.literal(.list(values)), listType, span)
    }
    return TypedExpr(.list(unified), listType, span)
  }

  private func checkRecord(
    _ fields: [RecordField], _ span: Span, _ context: ExprContext
  ) -> TypedExpr {
    var seen: [String: Span] = [:]
    var typed: [TypedField] = []
    for field in fields {
      if let first = seen[field.name.text] {
        report(.duplicateName(field.name.text, at: field.name.span, first: first))
        return .failed(span)
      }
      seen[field.name.text] = field.name.span
      typed.append(TypedField(name: field.name.text, value: check(field.value, context)))
    }
    if typed.contains(where: \.value.isFailed) { return .failed(span) }
    let columns = typed.map { Column($0.name, $0.value.type) }
    if let (first, second) = Schema(columns).twins {
      report(.twins(first.name, second.name, at: seen[second.name] ?? span))
      return .failed(span)
    }
    let type = ValueType(.record(columns))
    return TypedExpr(.record(typed), type, span)
  }

  private func rangeOutsideIn(_ span: Span) -> TypedExpr {
    report(
      .mismatch(
        "a range stands only behind `in`", at: span, label: "not a value by itself",
        help: ["write `x in 1..12`"]))
    return .failed(span)
  }
}

extension Expr {
  fileprivate var isPlainLiteral: Bool {
    switch kind {
    case .number, .percent, .text, .date, .duration: true
    default: false
    }
  }
}
